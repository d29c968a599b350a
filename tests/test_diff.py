"""Diffs: what changed from one state of knowledge to another."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from claim_factory import RELATIONS, article, claim, extraction
from hypothesis import given, settings, strategies as st

from geograph.asof import as_of
from geograph.diff import RULE, Diff, compare, lines, render
from geograph.diff.matching import matched
from geograph.errors import QueryError
from geograph.model import Claim, Extraction, Fact, Status
from geograph.records import Index, index
from geograph.store import Store

SCORED = {**RELATIONS, "sanctions": replace(RELATIONS["sanctions"], score=-8.0)}
BEFORE, AFTER = date(2025, 7, 31), date(2025, 8, 31)


def news(early: Iterable[Claim] = (), late: Iterable[Claim] = ()) -> tuple[Diff, Index]:
    """What articles of August changed in what those of July told; of each claim its own article."""
    store = Store.open(None, relations=SCORED)
    store.add(_told("2025-07-20", early, "july"))
    store.add(_told("2025-08-20", late, "august"))
    old, new = (as_of(store, day, SCORED).store for day in (BEFORE, AFTER))
    known = index(old, SCORED) | index(new, SCORED)
    return compare(old.facts(), new.facts(), known.entities, SCORED, since=BEFORE), known


def _told(day: str, claims: Iterable[Claim], name: str) -> list[Extraction]:
    found = []
    for number, each in enumerate(claims):
        of = article(f"{name}{number}", published=day)
        found.append(extraction(of, [replace(each, article=of.id, quote=each.span.of(of.text))]))
    return found


def said(
    subject: str = "RUS", relation: str = "meets", object: str = "PRK", when: str | None = None, **fields: object
) -> Claim:
    return claim(article(), subject, relation, object, when=when, **fields)  # type: ignore[arg-type]


def text(found: tuple[Diff, Index]) -> list[str]:
    return list(lines(*found))


def test_what_was_first_told_since_is_new() -> None:
    assert text(news([said()], [said("FRA", "visits", "JPN", "2025-08-02", status=Status.PLANNED)])) == [
        "new (1)",
        "  2025-08-02  France visits Japan [planned] (1 article, 1 independent: august0)",
    ]


def test_a_plan_that_came_true_a_date_made_precise_and_a_second_source_are_one_change() -> None:
    assert text(
        news(
            [said("FRA", "visits", "JPN", "2025-08", status=Status.PLANNED)],
            [said("FRA", "visits", "JPN", "2025-08-12")],
        )
    ) == [
        "changed (1)",
        "  2025-08-12  France visits Japan: status planned -> actual; date made precise 2025-08 -> 2025-08-12; "
        "more independent sources 1 -> 2 (2 articles, 2 independent: august0, july0)",
    ]


def test_a_state_that_is_over_has_ended() -> None:
    office = said("person.Luc_Tavernier", "holdsOfficeIn", "FRA", item="minister")
    assert text(news([office], [replace(office, ended=True)])) == [
        "ended (1)",
        "  date unknown  Luc Tavernier holdsOfficeIn France (minister) [ended]: more independent sources 1 -> 2 "
        "(2 articles, 2 independent: august0, july0)",
    ]


def test_a_denial_disputes() -> None:
    (line,) = text(news([said(when="2025-07-12")], [said(when="2025-07-12", status=Status.DENIED)]))[1:]
    assert "North Korea meets Russia [disputed]: now disputed; more independent sources 1 -> 2" in line


def test_facts_that_a_report_brings_together_are_told_as_regrouped_not_as_lost() -> None:
    """Two reports of unknown and of known date become one event when a third says so."""
    early = [said(when="2025-07-12"), said(when="2025-07-14"), said(when="2025-07")]
    diff, known = news(early, [said(when="2025-07-12/2025-07-14")])
    assert {gone.into != () for gone in diff.gone} <= {True}
    assert not any("no report of it is left" in line for line in lines(diff, known))


def test_a_copy_is_no_change() -> None:
    words = "The same words. " * 30
    articles = [article("a", published="2025-07-20", text=words), article("b", published="2025-08-20", text=words)]
    store = Store.open(None, relations=SCORED)
    store.add(extraction(of, [claim(of, when="2025-07-12")]) for of in articles)
    old, new = (as_of(store, day, SCORED).store for day in (BEFORE, AFTER))
    assert compare(old.facts(), new.facts(), {}, SCORED, since=BEFORE) == Diff((), (), (), (), ())


def test_nothing_is_said_of_equal_states() -> None:
    assert text(news([said()])) == ["nothing changed"]


# Dyads


CONFLICT = [said("FRA", "sanctions", "JPN", "2025-06"), said("JPN", "sanctions", "person.Luc_Tavernier", "2025-07")]
PEACE = [said("FRA", "visits", "JPN", "2025-08-12"), said("FRA", "meets", "JPN", "2025-08-13")]


def test_a_dyad_turns_from_conflict_to_cooperation_and_the_rule_is_told() -> None:
    found = news(CONFLICT, PEACE)
    (turn,) = found[0].turned
    assert (turn.one, turn.other, turn.mean_before, turn.mean_after) == ("FRA", "JPN", -8.0, 2.0)
    assert text(found)[-2:] == [
        "  France – Japan: conflictual to cooperative, mean score -8.00 (2 facts) -> +2.00 (2 facts) "
        "(2 articles: august0, august1)",
        f"  Rule: {RULE}.",
    ]


@pytest.mark.parametrize(
    ("early", "late"),
    [
        (CONFLICT[:1], PEACE),
        (CONFLICT, PEACE[:1]),
        (CONFLICT, [replace(each, status=Status.PLANNED) for each in PEACE]),
        (CONFLICT, [said("FRA", "visits", "JPN", "2020"), said("FRA", "meets", "JPN", "2021")]),
        (PEACE, [said("FRA", "supplies", "JPN", "2025-08-14"), said("JPN", "supplies", "FRA", "2025-08-14")]),
    ],
    ids=["one fact before", "one fact since", "only planned", "long over when told", "same sign"],
)
def test_a_dyad_does_not_turn_on_less(early: list[Claim], late: list[Claim]) -> None:
    assert news(early, late)[0].turned == ()


# Matching


def fact(when: str | None, *claims: str) -> Fact:
    from geograph.model import Period

    return Fact("meets", "PRK", "RUS", Status.ACTUAL, claims, Period(when) if when else None)


def test_where_no_claim_is_left_overlapping_periods_tell_what_goes_on() -> None:
    """Another version of the reader gives other claims."""
    pairs = list(matched([fact("2025-07", "x"), fact("2024", "y")], [fact("2025-07-12", "z"), fact("2023", "v")]))
    assert [tuple(each.date.edtf if each and each.date else None for each in pair) for pair in pairs] == [
        ("2025-07", "2025-07-12"),
        ("2024", None),
        (None, "2023"),
    ]


FACTS = st.lists(
    st.builds(
        fact,
        st.sampled_from((None, "2025", "2025-07", "2025-07-12", "2025-08-01", "2024/2026")),
        st.sampled_from("abcdef"),
        st.sampled_from("abcdef"),
    ),
    max_size=5,
    unique_by=lambda each: each.id,
)


@settings(max_examples=200)
@given(FACTS, FACTS, st.randoms())
def test_every_fact_is_told_once_whatever_the_order(old: list[Fact], new: list[Fact], random: object) -> None:
    pairs = list(matched(old, new))
    assert sorted(pair[0].id for pair in pairs if pair[0]) == sorted(each.id for each in old)
    assert sorted(pair[1].id for pair in pairs if pair[1]) == sorted(each.id for each in new)
    shuffled = sorted(old, key=lambda _: random.random()), sorted(new, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert list(matched(*shuffled)) == pairs


@given(FACTS)
def test_a_state_does_not_differ_from_itself(facts: list[Fact]) -> None:
    assert compare(facts, facts, {}, SCORED) == Diff((), (), (), (), ())


# Formats


def test_json_and_csv_hold_every_entry_with_its_documents() -> None:
    found = news([*CONFLICT, said(when="2025-07")], [*PEACE, said(when="2025-07-12")])
    record = json.loads(render(*found, "json"))
    assert record["turned_rule"] == RULE
    assert [each["documents"] for each in record["new"]] == [["august0"], ["august1"]]
    (change,) = record["changed"]
    assert {"aspect": "date made precise", "before": "2025-07", "after": "2025-07-12"} in change["changes"]
    assert record["turned"][0]["direction"] == "conflictual to cooperative"
    header, *rows = csv.reader(io.StringIO(render(*found, "csv").decode(), newline=""))
    assert header[:4] == ["change", "detail", "date", "subject"]
    assert [row[0] for row in rows] == ["new", "new", "changed", "turned", "turned"]
    with pytest.raises(QueryError, match="unknown format"):
        render(*found, "xls")
