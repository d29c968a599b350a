"""The training corpus: its markup, what the checks refuse, and that what is there passes them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geograph.ontology import load
from geograph.training.corpus import counts, faults, frame, passages, sentences
from geograph.training.passages import Passage, PassageError, drafts, parse

CATALOGUE = load().relations
MARKED = "{a:PN|Ada Moran} told {b:PT|her {c:CD|Kenyan} counterpart} that {d:CN|Norway} would not attack {d2:CR|it}."


def _passage(text: str, *relations: str, id: str = "x", register: str = "wire") -> Passage:
    return parse(id, register, text, relations, CATALOGUE)


def test_markup_gives_text_mentions_and_relations() -> None:
    passage = _passage(MARKED, "a contacts b", "d attacks c denied")
    assert passage.text == "Ada Moran told her Kenyan counterpart that Norway would not attack it."
    found = [(passage.text[m.start : m.end], m.id, m.type, m.form) for m in passage.mentions]
    assert found == [
        ("Ada Moran", "a", "Person", "name"),
        ("her Kenyan counterpart", "b", "Person", "title"),
        ("Kenyan", "c", "Country", "demonym"),
        ("Norway", "d", "Country", "name"),
        ("it", "d2", "Country", "pronoun"),
    ]
    assert {m.entity for m in passage.mentions if m.id.startswith("d")} == {"d"}
    assert [(r.subject, r.relation, r.object, r.status) for r in passage.relations] == [
        ("a", "contacts", "b", "actual"),
        ("d", "attacks", "c", "denied"),
    ]


@pytest.mark.parametrize(
    ("text", "relations", "wrong"),
    [
        ("{a:PN|Ada met Bo.", (), "not closed"),
        ("Ada} met Bo.", (), "stray"),
        ("{a:QN|Ada} met Bo.", (), "unknown type"),
        ("{a:PZ|Ada} met Bo.", (), "unknown type or form"),
        ("{a:PN|Ada} met {a:PN|Bo}.", (), "twice"),
        ("{a:PN|Ada} met {b:PN|Bo}.", ("a meets c",), "no mention 'c'"),
        ("{a:PN|Ada} met {b:PN|Bo}.", ("a greets b",), "no relation 'greets'"),
        ("{a:PN|Ada} met {b:PN|Bo}.", ("a meets b perhaps",), "no status"),
        ("{a:PN|Ada} met {b:PN|Bo}.", ("a meets",), "is not `subject relation object"),
        ("{a:PN|Ada} saw {a2:PR|herself}.", ("a meets a2",), "with itself"),
        ("{a:PN|Ada} met {b:PN|Bo}.", ("a meets b", "a meets b planned"), "stands there twice"),
    ],
)
def test_broken_markup_is_named(text: str, relations: tuple[str, ...], wrong: str) -> None:
    with pytest.raises(PassageError, match=wrong):
        _passage(text, *relations)


def test_an_unknown_register_is_named() -> None:
    with pytest.raises(PassageError, match="register"):
        _passage(MARKED, register="poem")


def test_drafts_are_split_at_their_registers(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_text("# a note\n@wire\n{a:PN|Ada} met\n{b:PN|Bo}.\n> a meets b\n\n@headline\nRain in {c:LN|Lima}\n")
    assert list(drafts(path)) == [
        ("wire", "{a:PN|Ada} met {b:PN|Bo}.", ["a meets b"]),
        ("headline", "Rain in {c:LN|Lima}", []),
    ]


def test_the_same_frame_with_other_names_is_refused() -> None:
    one = _passage("{a:CN|Norway} sold grain to {b:CN|Ghana} at the old price.", id="one")
    two = _passage("{a:CN|Chile} sold grain to {b:CN|Oman} at the old price.", id="two")
    assert frame(one) == frame(two)
    assert any(line.startswith("two: the same frame as one") for line in faults([one, two]))


def test_words_of_a_gold_text_are_refused() -> None:
    passage = _passage("{a:CN|Norway} said that it would send grain to the east of {b:CN|Ghana}.")
    gold = "The minister said that it would send grain to the east of the country."
    assert list(faults([passage], [gold])) == ["x: shares 8 words with a gold text"]
    assert not list(faults([passage], ["Nothing of it."]))


def test_sentences_are_counted_by_their_ends() -> None:
    assert sentences(_passage("{a:CN|Norway} waited. {b:CN|Ghana} did not. “Why?” it asked.")) >= 2


@pytest.fixture(scope="module")
def corpus() -> list[Passage]:
    return list(passages())


def test_the_corpus_repeats_nothing_and_nobody(corpus: list[Passage]) -> None:
    gold = Path(__file__).resolve().parents[2] / "shared" / "gold" / "dev"
    texts = [path.read_text("utf-8") for path in sorted(gold.glob("*.txt"))]
    assert not list(faults(corpus, texts))


def test_every_relation_has_its_passages_and_many_ways_of_saying_it(corpus: list[Passage]) -> None:
    lines = list(counts(corpus))
    told = {line.split()[0]: (int(line.split()[1]), int(line.split()[3])) for line in lines if line.startswith("  ")}
    assert told.keys() == CATALOGUE.keys()
    assert all(passages_of >= 60 and ways >= 40 for passages_of, ways in told.values()), told
    assert sum(not passage.relations for passage in corpus) >= 0.2 * len(corpus)


def test_corpus_files_are_one_object_a_line() -> None:
    for path in sorted((Path(__file__).resolve().parents[1] / "training" / "corpus").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            assert json.loads(line).keys() == {"id", "register", "text", "relations"}
