"""Timelines and paths: facts in order of time, and from actor to actor."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date

import pytest
from claim_factory import RELATIONS, article, claim, extraction
from hypothesis import given, settings, strategies as st
from summer_news import world

from geograph import paths
from geograph.errors import QueryError
from geograph.model import Fact, Status
from geograph.records import COLUMNS, Index, index
from geograph.store import Store
from geograph.timeline import lines, render, timeline


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store.open(None, relations=RELATIONS) as fresh:
        fresh.add(world())
        yield fresh


@pytest.fixture(scope="module")
def known(store: Store) -> Index:
    return index(store, RELATIONS)


def told(store: Store, known: Index, *actors: str, **chosen: object) -> list[str]:
    found = timeline(store.facts(), known.entities, actors=actors, **chosen)  # type: ignore[arg-type]
    return list(lines(found, known))


# Timelines


def test_facts_come_in_order_of_time_with_their_sources_and_the_undated_apart(store: Store, known: Index) -> None:
    assert told(store, known, "RUS", "PRK") == [
        "2025-06     North Korea supplies Russia (shells) (1 article, 1 independent: a)",
        "2025-07-12  Orlan Veshnyak meets Pak Seong Rim, Wonsan (2 articles, 2 independent: a, b)",
        "2025-07-12  Orlan Veshnyak visits North Korea (1 article, 1 independent: a)",
        "date unknown",
        "  Russia supplies North Korea (1 article, 1 independent: d)",
    ]


def test_a_country_alone_is_without_its_people(store: Store, known: Index) -> None:
    assert [line[:30] for line in told(store, known, "RUS", "PRK", alone=True)] == [
        "2025-06  North Korea supplies ",
        "date unknown",
        "  Russia supplies North Korea ",
    ]


def test_what_is_not_simply_so_is_marked(store: Store, known: Index) -> None:
    text = "\n".join(told(store, known))
    assert "Luc Tavernier visits Japan [planned]" in text
    assert "France sanctions North Korea (shells) [disputed]" in text
    assert "Japan visits Russia [possible]" in text


def test_a_period_keeps_what_may_have_happened_in_it(store: Store, known: Index) -> None:
    def dates(first: date, last: date) -> list[str]:
        found = timeline(store.facts(), known.entities, first=first, last=last)
        return [fact.date.edtf for fact in found.dated if fact.date]

    assert dates(date(2025, 6, 30), date(2025, 7, 1)) == ["2025-06"]
    assert dates(date(2025, 7, 12), date(2025, 7, 12)) == ["2025-07-12", "2025-07-12"]
    assert dates(date(2030, 1, 1), date(2030, 1, 1)) == []


def test_relations_and_statuses_restrict(store: Store, known: Index) -> None:
    found = timeline(store.facts(), known.entities, relations=["visits"], statuses=[Status.PLANNED])
    assert {(fact.relation, fact.status) for fact in (*found.dated, *found.undated)} == {("visits", Status.PLANNED)}


@settings(max_examples=30)
@given(st.randoms())
def test_the_order_in_which_facts_are_given_does_not_matter(store: Store, known: Index, random: object) -> None:
    facts = list(store.facts())
    shuffled = sorted(facts, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert timeline(shuffled, known.entities) == timeline(facts, known.entities)


def test_json_and_csv_hold_every_fact_once_with_its_documents(store: Store, known: Index) -> None:
    found = timeline(store.facts(), known.entities)
    parts = json.loads(render(found, known, "json"))
    facts = {fact.id: fact for fact in store.facts()}
    assert {each["fact"] for each in parts["dated"] + parts["undated"]} == facts.keys()
    assert all(each["date"] is None and each["earliest"] is None for each in parts["undated"])
    header, *rows = csv.reader(io.StringIO(render(found, known, "csv").decode(), newline=""))
    assert tuple(header) == COLUMNS and len(rows) == len(facts)
    meeting = dict(next(zip(header, row, strict=True) for row in rows if row[2] == "meets"))
    assert (meeting["documents"], meeting["sources"], meeting["disputed"]) == ("a | b", "2", "false")


def test_an_unknown_format_is_named(store: Store, known: Index) -> None:
    with pytest.raises(QueryError, match="unknown format 'xls'; use one of text, json, csv"):
        render(timeline(store.facts(), known.entities), known, "xls")


def test_hostile_names_reach_neither_terminal_nor_spreadsheet() -> None:
    of = article("=cmd|' /C calc'!A0\x1b[2J")
    with Store.open(None, relations=RELATIONS) as store:
        store.add([extraction(of, [claim(of, item="@SUM(A1)\x1b[31m", when="2025-07-12")])])
        known = index(store, RELATIONS)
        found = timeline(store.facts(), known.entities)
        assert "\x1b" not in "\n".join(lines(found, known))
        row = dict(zip(*csv.reader(io.StringIO(render(found, known, "csv").decode(), newline="")), strict=True))
        assert row["item"].startswith("'@SUM") and row["documents"].startswith("'=cmd")


# Paths


def test_a_path_is_a_chain_of_sentences(store: Store, known: Index) -> None:
    steps = paths.path(store.facts(), known.entities, "person.Pak_Seong_Rim", "PRK")
    assert list(paths.lines(steps, known, store)) == [
        "Pak Seong Rim – Orlan Veshnyak – North Korea",
        "1. Orlan Veshnyak meets Pak Seong Rim, Wonsan, 12 July 2025 (2 articles, 2 independent: a, b)",
        "   “Report a. a0 a1 a2 a” (Two ministers meet, Daily Lantern)",
        "2. Orlan Veshnyak visits North Korea, 12 July 2025 (1 article, 1 independent: a)",
        "   “ort a. a0 a1 a2 a3 a” (Two ministers meet, Daily Lantern)",
    ]


def test_plans_denials_and_disputes_connect_nobody(store: Store, known: Index) -> None:
    facts = [fact for fact in store.facts() if fact.status is not Status.ACTUAL or fact.disputed]
    assert facts
    for fact in facts:
        assert paths.path(facts, known.entities, fact.subject, fact.object) == ()


def test_each_step_has_all_facts_between_the_two_the_best_attested_first(store: Store, known: Index) -> None:
    (step,) = paths.path(store.facts(), known.entities, "RUS", "PRK")
    assert {fact.relation for fact in step.facts} == {"supplies"} and len(step.facts) == 2
    assert step.facts[0].date is not None


def test_no_way_is_said_and_one_actor_is_no_path(store: Store, known: Index) -> None:
    assert list(paths.lines((), known, store)) == ["no chain of facts that happened leads from one to the other"]
    assert paths.render((), known, store, "json") == b"[]\n"
    with pytest.raises(QueryError, match="Russia is both ends"):
        paths.path(store.facts(), known.entities, "RUS", "RUS")


def test_of_several_shortest_paths_always_the_same_is_taken() -> None:
    """Whatever the hash seed."""
    code = (
        "from claim_factory import RELATIONS, article, claim, extraction\n"
        "from geograph.store import Store\n"
        "from geograph.records import index\n"
        "from geograph.paths import path\n"
        "of = article()\n"
        "keys = [f'group.{n}' for n in range(12)]\n"
        "ends = [('RUS', key) for key in keys] + [(key, 'PRK') for key in keys]\n"
        "store = Store.open(None, relations=RELATIONS)\n"
        "store.add([extraction(of, [claim(of, a, 'visits', b, at=i) for i, (a, b) in enumerate(ends)])])\n"
        "print([s.end for s in path(store.facts(), index(store, RELATIONS).entities, 'RUS', 'PRK')])\n"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": os.path.dirname(__file__)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in range(4)
    }
    assert answers == {"['group.0', 'PRK']\n"}


def test_facts_have_every_column(known: Index) -> None:
    fact = Fact("meets", "RUS", "PRK", Status.ACTUAL, ())
    assert len(known.row(fact)) == len(COLUMNS)
