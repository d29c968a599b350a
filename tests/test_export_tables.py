"""Event data and Parquet, read back by csv and pyarrow."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from typing import Any

import pyarrow.parquet as pq
import pytest
from claim_factory import article, claim
from export_factory import NASTY, WORDS, extraction_of, extractions, graph_of
from hypothesis import given, settings

from geograph import Graph
from geograph.errors import GeographError
from geograph.export import FORMATS, Options, render_files
from geograph.ontology import load


@pytest.fixture(scope="module")
def graph() -> Graph:
    return graph_of(extractions())


def events(graph: Graph, *statuses: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(graph.export("events", statuses=statuses).decode(), newline="")))


def tables(graph: Graph) -> dict[str, list[dict[str, Any]]]:
    files = render_files(graph.store, "parquet")
    return {name: pq.read_table(io.BytesIO(content)).to_pylist() for name, content in files.items()}


def event(rows: list[dict[str, str]], source: str, relation: str, target: str) -> dict[str, str]:
    (found,) = [
        each for each in rows if (each["source"], each["relation"], each["target"]) == (source, relation, target)
    ]
    return found


def test_an_event_has_its_codes_class_and_score(graph: Graph) -> None:
    row = event(events(graph), "FRA", "sanctions", "RUS")
    wanted = {"cameo": "163", "cameo_root": "16", "plover": "SANCTION", "quad_class": "4", "goldstein": "-8.0"}
    assert {name: row[name] for name in wanted} == wanted
    assert (row["source_country"], row["target_country"], row["status"]) == ("FRA", "RUS", "actual")


def test_a_date_is_given_as_it_is_known_and_no_finer(graph: Graph) -> None:
    rows = events(graph)
    for source, relation, target, precision, parts in (
        ("PRK", "meets", "RUS", "day", ("2025", "07", "11")),
        ("FRA", "sanctions", "RUS", "month", ("2025", "06", "")),
        ("FRA", "supplies", "group.Rogue", "year", ("2025", "", "")),
        ("CHN", "visits", "Ostrava-1", "interval", ("", "", "")),
    ):
        row = event(rows, source, relation, target)
        assert (row["date_precision"], (row["year"], row["month"], row["day"])) == (precision, parts)
        assert row["earliest"] <= row["latest"]


def test_only_what_happened_is_an_event_unless_asked_for(graph: Graph) -> None:
    assert {row["status"] for row in events(graph)} == {"actual"}
    assert {row["status"] for row in events(graph, "planned", "denied")} == {"planned", "denied"}
    assert [row["relation"] for row in events(graph, "disputed")] == ["criticizes"]


def test_states_are_no_events(graph: Graph) -> None:
    every = events(graph, "actual", "planned", "possible", "denied", "disputed")
    assert not {row["relation"] for row in every} & {"holdsOfficeIn", "memberOf", "controls"}


def test_every_event_names_its_articles(graph: Graph) -> None:
    known = {article.id for article in graph.articles()}
    assert all(set(row["articles"].split()) <= known and row["articles"] for row in events(graph))


def test_no_cell_of_events_runs_as_a_formula_and_scores_stay_numbers(graph: Graph) -> None:
    rows = events(graph)
    assert all(cell[:1] not in "=+@\t\r" or not cell for row in rows for cell in row.values())
    assert event(rows, "FRA", "sanctions", "RUS")["item"] == f"'{NASTY}"
    assert all(-10 <= float(row["goldstein"]) <= 10 for row in rows)


def test_every_event_relation_has_a_quad_class() -> None:
    ontology = load()
    plover = {relation.plover for relation in ontology.relations.values() if not relation.is_state}
    assert plover <= set(ontology.quad_classes)
    assert set(ontology.quad_classes.values()) == {1, 2, 3, 4}


def test_parquet_holds_facts_claims_entities_and_articles(graph: Graph) -> None:
    found = tables(graph)
    assert {name: len(rows) for name, rows in found.items()} == {
        f"{name}.parquet": count for name, count in graph.store.counts().items()
    }


def test_parquet_dates_are_dates_with_what_is_known_of_them(graph: Graph) -> None:
    facts = {(row["subject"], row["relation"], row["object"]): row for row in tables(graph)["facts.parquet"]}
    row = facts["FRA", "sanctions", "RUS"]
    assert (row["date"], row["date_precision"]) == ("2025-06", "month")
    assert (row["earliest"], row["latest"]) == (date(2025, 6, 1), date(2025, 6, 30))
    assert facts["CHN", "supplies", "JPN"]["earliest"] is None


def test_parquet_says_which_facts_hold(graph: Graph) -> None:
    holding = {(row["subject"], row["relation"]) for row in tables(graph)["facts.parquet"] if row["holds"]}
    assert ("PRK", "meets") in holding
    assert not holding & {("FRA", "criticizes"), ("CHN", "attacks"), ("person.Pak_Seong_Rim", "holdsOfficeIn")}


def test_claims_point_at_facts_and_articles_that_are_there(graph: Graph) -> None:
    found = tables(graph)
    facts = {row["fact"] for row in found["facts.parquet"]}
    articles = {row["article"] for row in found["articles.parquet"]}
    assert all(row["fact"] in facts and row["article"] in articles for row in found["claims.parquet"])


@settings(max_examples=25)
@given(WORDS, WORDS, WORDS)
def test_any_words_come_back_from_parquet(title: str, publisher: str, item: str) -> None:
    of = article("a", title=title, publisher=publisher)
    found = tables(graph_of([extraction_of(of, [claim(of, item=item)])]))
    assert [(row["title"], row["publisher"]) for row in found["articles.parquet"]] == [(title, publisher)]
    assert [row["item"] for row in found["claims.parquet"]] == [item]


def test_the_order_of_adding_shows_in_no_format(graph: Graph) -> None:
    other = graph_of(reversed(extractions()))
    for name in FORMATS:
        assert graph.export(name) == other.export(name), name


def test_several_files_are_one_archive_without_a_clock(graph: Graph) -> None:
    with zipfile.ZipFile(io.BytesIO(graph.export("parquet"))) as archive:
        assert archive.namelist() == sorted(render_files(graph.store, "parquet"))
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


def test_an_option_that_a_format_does_not_take_is_named(graph: Graph) -> None:
    with pytest.raises(GeographError, match="csv takes no --status; these do: events, ftm"):
        graph.export("csv", statuses=["planned"])
    with pytest.raises(GeographError, match="events takes no --annotations"):
        graph.export("events", annotations=["oa"])
    with pytest.raises(GeographError, match="unknown 'dreamt'; use one of actual"):
        Options.of(statuses=["dreamt"])
    with pytest.raises(GeographError, match="unknown 'rdf13'"):
        Options.of(["rdf13"])
    with pytest.raises(GeographError, match="turtle is one file"):
        render_files(graph.store, "turtle")
