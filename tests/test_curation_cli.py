"""`geograph curate` from the command line: decisions reach queries, dossiers and exports, and are taken back."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
import typer
from claim_factory import article, claim, extraction
from test_cli import assert_one_line_error, geograph

from geograph import cli
from geograph.cli import curating
from geograph.graph import Graph
from geograph.model import Claim, Extraction
from geograph.ontology import load
from geograph.store import Store

LUC = "person.Luc_Tavernier"


def world() -> Sequence[Extraction]:
    a = article("a", publisher="Daily Lantern", url="https://news.example/a")
    b = article("b", published="2025-07-13")
    return [
        extraction(a, [claim(a, "RUS", "meets", "PRK", when="2025-07-12", said_by="JPN")]),
        extraction(b, [claim(b, "JPN", "meets", "PRK", when="2025-07-12"), claim(b, LUC, "visits", "RUS", at=2)]),
    ]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("curation")
    with Store.open(folder / "exports/store", relations=load().relations) as store:
        store.add(world())
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "work"))


def the_claim(relation: str, subject: str) -> Claim:
    (found,) = (c for each in world() for c in each.claims if (c.relation, c.subject) == (relation, subject))
    return found


def test_a_merge_reaches_queries_dossier_and_exports_and_undo_gives_back_every_byte(folder: Path):
    before = geograph("export", "--format", "trig", cwd=folder).stdout
    done = geograph("curate", "merge", "Russia", "Japan", "--by", "A. M.", "--on", "2025-07-16", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert (
        (folder / "exports/curation.toml")
        .read_text()
        .endswith('[[decision]]\nmerge = ["RUS", "JPN"]\nby = "A. M."\non = 2025-07-16\n')
    )
    shown = geograph("show", "JPN", cwd=folder).stdout
    assert shown.startswith("Russia: country") and "also: Japan" in shown and "2 sources" in shown
    evidence = geograph("query", "evidence", "-p", "a=Japan", "-p", "b=North Korea", "-f", "csv", cwd=folder).stdout
    assert len(evidence.splitlines()) == 3 and "Russia" in evidence
    assert "gg:mergedInto id:RUS" in geograph("export", cwd=folder).stdout
    listed = geograph("curate", "list", cwd=folder).stdout
    assert "merge JPN into RUS" in listed and "A. M., 2025-07-16" in listed
    assert geograph("check", "--shapes", cwd=folder).stdout.endswith(": no fault\n")
    assert geograph("curate", "undo", cwd=folder).returncode == 0
    assert geograph("export", "--format", "trig", cwd=folder).stdout == before


def test_a_claim_is_rejected_by_its_first_digits(folder: Path):
    id = the_claim("visits", LUC).id
    done = geograph("curate", "reject", id[:8], "--why", "a plan", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "visits" not in geograph("show", "Luc Tavernier", cwd=folder).stdout
    assert 'gg:judgement "rejected"' in geograph("export", cwd=folder).stdout
    assert id in geograph("export", "--format", "jsonl", cwd=folder).stdout
    again = geograph("curate", "confirm", id, cwd=folder)
    assert_one_line_error(again, "rejected and confirmed", "undo 1")


def test_decisions_that_cannot_hold_or_name_nothing_are_one_line_and_change_nothing(folder: Path):
    path = folder / "exports/curation.toml"
    assert geograph("curate", "distinct", "Russia", "Japan", cwd=folder).returncode == 0
    text = path.read_bytes()
    assert_one_line_error(geograph("curate", "merge", "Russia", "Japan", cwd=folder), "distinct", "undo 1")
    assert_one_line_error(geograph("curate", "merge", "Russia", "RUS", cwd=folder), "one entity already")
    assert_one_line_error(geograph("curate", "hide", "Rusia", cwd=folder), "Russia")
    assert_one_line_error(geograph("curate", "reject", "ffffff", cwd=folder), "no claim")
    assert_one_line_error(geograph("curate", "undo", "7", cwd=folder), "7", "list")
    assert_one_line_error(geograph("curate", "hide", "Russia", "--store", "none", cwd=folder), "none", "build")
    assert geograph("curate", "retype", "Russia", "Alien", cwd=folder).returncode == 2
    assert path.read_bytes() == text


def test_a_file_edited_by_hand_is_followed_by_the_next_writer_and_told_of_before(folder: Path):
    path = folder / "exports/curation.toml"
    path.write_text("# by hand\n[[decision]]\nrename = 'RUS'\nlabel = 'Ruritania'\n[[decision]]\nhide = 'Nobody'\n")
    listed = geograph("curate", "list", cwd=folder)
    assert "curate apply" in listed.stderr and listed.stdout.count("names nothing") == 1
    assert geograph("curate", "apply", cwd=folder).returncode == 0
    assert geograph("show", "Russia", cwd=folder).stdout.startswith("Ruritania")
    assert geograph("curate", "list", cwd=folder).stderr == ""


def test_a_broken_file_stops_whoever_would_write_and_loses_nothing(folder: Path):
    path = folder / "exports/curation.toml"
    path.write_text("[[decision]]\nhide = RUS\n")
    before = geograph("export", "--format", "trig", cwd=folder).stdout
    for command in (("curate", "hide", "Japan"), ("curate", "list"), ("remove", "a"), ("curate", "apply")):
        assert_one_line_error(geograph(*command, cwd=folder), "curation.toml", "line 2")
    assert path.read_text() == "[[decision]]\nhide = RUS\n"
    assert geograph("export", "--format", "trig", cwd=folder).stdout == before


def test_the_page_shows_speakers_by_the_entities_they_are_merged_into(folder: Path):
    with Graph.open(folder / "exports/store") as graph:
        from geograph.curation import Curation, Decision, Merge

        graph.curate(Curation((Decision(Merge((LUC, "JPN"))),)))
        assert "Japan" in graph.entities()[LUC].aliases
        assert '"saidBy"' in graph.html()
        assert len(list(graph.query("speakers").rows)) == 2  # type: ignore[union-attr]


def test_suggestions_name_the_command_that_merges(folder: Path):
    done = geograph("curate", "suggest", cwd=folder)
    assert done.returncode == 0 and "no two entities" in done.stdout


@pytest.mark.parametrize("command", curating.COMMANDS, ids=lambda command: command.__name__.rstrip("_"))
def test_every_command_says_what_it_does_shows_an_example_and_is_documented(command: object):
    name = getattr(command, "__name__", "").rstrip("_")
    group = typer.main.get_command(cli.app).commands["curate"]  # type: ignore[attr-defined]
    known = group.commands[name]
    assert known.help and f"$ geograph curate {name}" in known.epilog
    reference = (Path(__file__).parents[1] / "docs/reference.md").read_text("utf-8")
    section = reference.split("### curate\n")[1].split("\n### ")[0]
    assert f"`{name}" in section
    for parameter in known.params:
        assert getattr(parameter, "help", "-"), parameter.name
        assert all(option in section for option in parameter.opts if option.startswith("--") and option != "--help")
