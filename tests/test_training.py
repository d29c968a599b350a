"""Training with passages of one's own: what is wrong with them is said, what is right reaches the network."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from geograph.ontology import load
from geograph.readers.learned.network import FOLDER, is_there
from geograph.readers.learned.pieces import tokenizer_of
from geograph.training.corpus import given
from geograph.training.examples import examples
from geograph.training.passages import PassageError

DRAFT = """@wire
{a:PN|Ada Moran} told {b:CD|Kenyan} officials in {c:LN|Lima} that {d:CN|Norway} and {e:CN|Ghana} had met;
{a2:PR|she} would not attack {d2:CR|them}.
> a contacts b
> d meets e
> a2 attacks d2 denied
"""


def _train(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "geograph", "train", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.skipif(find_spec("torch") is not None, reason="the extra [train] is installed")
def test_without_its_packages_training_says_what_to_install(tmp_path: Path) -> None:
    done = _train("--out", str(tmp_path / "network"))
    assert done.returncode == 1
    assert done.stderr == (
        "geograph: training needs further packages (torch is missing); run `pip install 'geograph[train]'`\n"
    )


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("mine.txt", "@wire\n{a:PN|Ada met {b:CN|Ghana}.\n> a meets b\n", "mention 'a' is not closed"),
        ("mine.txt", "@wire\n{a:PN|Ada} met {b:CN|Ghana}.\n> a greets b\n", "no relation 'greets'"),
        ("mine.jsonl", '{"id": "1", "text": "x"}\n', "line 1: no passage ('register')"),
        ("mine.jsonl", "[1]\n", "line 1: no passage"),
    ],
)
def test_a_broken_passage_is_one_line_that_says_what_is_wrong(
    tmp_path: Path, name: str, content: str, reason: str
) -> None:
    path = tmp_path / name
    path.write_text(content, "utf-8")
    done = _train(str(path))
    assert done.returncode == 1
    assert reason in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = _train(str(tmp_path / "none.txt"))
    assert done.returncode == 1
    assert "none.txt" in done.stderr


def test_drafts_and_json_lines_are_the_same_passages(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DRAFT, "utf-8")
    (drafted,) = given(tmp_path / "a.txt")
    _, first, second, *lines = DRAFT.splitlines()
    record = {
        "id": drafted.id,
        "register": "wire",
        "text": f"{first} {second}",
        "relations": [line[2:] for line in lines],
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(record) + "\n", "utf-8")
    assert [drafted] == list(given(tmp_path / "a.jsonl"))
    (tmp_path / "b.jsonl").write_text("{}\n", "utf-8")
    with pytest.raises(PassageError, match="line 1"):
        list(given(tmp_path / "b.jsonl"))


@pytest.mark.skipif(not is_there(), reason="no vocabulary without the network")
def test_the_network_is_given_spans_types_and_both_directions_of_a_symmetric_relation(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DRAFT, "utf-8")
    catalogue = load().relations
    relations = sorted(catalogue)
    tokenizer = tokenizer_of(FOLDER / "tokenizer.json")
    symmetric = {name for name, relation in catalogue.items() if relation.symmetric}
    (example,) = examples(list(given(tmp_path / "a.txt")), tokenizer, relations, symmetric)
    told = {
        (pair.subject, relations[relation], pair.object, status)
        for pair in example.pairs
        for relation, status in pair.labels
    }
    both_ways = {(0, "contacts", 1, 0), (1, "contacts", 0, 0), (3, "meets", 4, 0), (4, "meets", 3, 0)}
    assert told == {*both_ways, (5, "attacks", 6, 3)}
    assert all(first <= last for first, last in example.spans)
    assert len(example.tags) == len(example.pieces.ids)
    tagged = [tag for tag in example.tags if tag % 2 == 1]
    assert len(tagged) == 5  # pronouns are not tagged
