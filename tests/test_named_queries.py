"""The named queries: what they answer on the samples, the same in plain rdflib, whatever values they are given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from claim_factory import RELATIONS
from hypothesis import given, settings, strategies as st
from spacy.language import Language
from summer_news import world

from geograph import Graph, query
from geograph.errors import QueryError
from geograph.ontology import load
from geograph.query import Table, run
from geograph.samples import sample_paths
from geograph.sources import read
from geograph.store import Store

DOCS = Path(__file__).parents[1] / "docs" / "queries.md"
NAMES = [each.name for each in query.named()]
Rows = list[tuple[str | None, ...]]
Values = Mapping[str, str]

# Of the invented summer: values for the parameters, several sets a query; a query that is not here is asked without.
SUMMER: Mapping[str, list[Values]] = {
    "arms-supplies": [{}, {"supplier": "North Korea"}, {"receiver": "PRK"}],
    "conflict-ranking": [{"least": "1"}, {"from": "2025-07-12", "to": "2025-07-12", "least": "1"}, {"least": "50"}],
    "country-pairs": [{}, {"least": "3"}],
    "dyad": [{"a": "Russia", "b": "North Korea"}, {"a": "PRK", "b": "FRA"}, {"a": "CHN", "b": "CHN"}],
    "dyad-score": [{"a": "Russia", "b": "North Korea"}, {"a": "PRK", "b": "JPN"}],
    "escalation": [{"a": "North Korea", "b": "Japan"}, {"a": "Russia", "b": "North Korea"}],
    "evidence": [
        {"a": "Orlan Veshnyak", "b": "Pak Seong Rim"},
        {"a": "FRA", "b": "PRK", "relation": "sanctions"},
        {"a": "FRA", "b": "PRK", "relation": "meets"},
    ],
    "facts-by-place": [{}, {"words": "WONSAN"}, {"words": '"} #'}, {"from": "2026-01-01"}],
    "mediators": [{"a": "North Korea", "b": "France"}, {"a": "RUS", "b": "PRK"}],
    "members": [{}, {"organisation": "France"}, {"member": "RUS"}],
    "mentioned-together": [{}, {"least": "1"}],
    "most-active": [{}, {"from": "2025-07-13"}, {"least": "2"}],
    "neighbours": [{"actor": "RUS"}, {"actor": "Pak Seong Rim"}],
    "new-since": [{"since": "2025-08-01"}, {"since": "2025-07-01", "until": "2025-07-13"}, {"since": "2030-01-01"}],
    "offices": [{}, {"country": "Russia"}, {"person": "PRK"}],
    "offices-over-time": [{}, {"body": "Russia"}, {"person": "Orlan Veshnyak", "body": "PRK"}],
    "possible": [{}, {"actor": "JPN"}, {"actor": "RUS"}],
    "sanctioned": [{}, {"least": "2"}],
    "statements": [{"speaker": "Luc Tavernier"}, {"speaker": "France"}, {"speaker": "RUS"}],
    "supplies": [{}, {"supplier": "north korea"}, {"receiver": "RUS", "words": "SHELL"}, {"words": "\\"}],
    "timeline": [{"actor": "Russia"}, {"actor": "PRK", "from": "2025-07-01", "to": "2025-07-12"}],
    "visits": [{}, {"from": "2025-08-01"}],
    "who-met-whom": [{}, {"from": "2025-07-01", "to": "2025-07-31"}, {"from": "2025-08-01"}],
}
# In the factory all events are as friendly.
SCORED = {**RELATIONS, "sanctions": replace(RELATIONS["sanctions"], score=-8.0)}
CASES = [(name, values) for name in NAMES for values in SUMMER.get(name, [{}])]

# Of the samples: the values, the columns that are compared, and rows of the answer, in its order.
MAURITANIA_AND_PORTUGAL = {"a": "Mauritania", "b": "Portugal"}
SAMPLES: Mapping[str, tuple[Values, str, Rows]] = {
    "arms-supplies": (
        {},
        "from to item status",
        [
            ("Slovakia", "Chad", "armoured vehicles", "denied"),
            ("Vietnam", "Philippines", "two patrol boats", "actual"),
        ],
    ),
    "articles": ({}, "document publisher", [("2031-03-04-norway-kenya-visit", "Kestrel Wire")]),
    "conflict-ranking": ({}, "a b worst", [("Mauritania", "Portugal", "-9.2")]),
    "copied": (
        {},
        "subject relation object articles independent",
        [("Ingrid Solvaag", "gg:meets", "Josphat Wekulo", "3", "2")],
    ),
    "country-pairs": ({"least": "5"}, "a b", [("Kenya", "Norway"), ("Mauritania", "Portugal")]),
    "denials": (
        {},
        "subject relation object speaker published",
        [
            ("Ecuador", "gg:threatens", "Paraguay", "Lucía Ferrandel", "2031-04-17"),
            ("Australia", "gg:fights", "Blue Mountain Front", "Rowan Hartsell", "2031-04-24"),
        ],
    ),
    "disputed": ({}, "subject", []),
    "disputes-by-publisher": ({}, "publisher", []),
    "dyad": (
        MAURITANIA_AND_PORTUGAL,
        "date subject relation object",
        [
            ("2031-03-19", "Mauritania", "gg:seizes", "Portugal"),
            ("2031-03-21", "Portugal", "gg:protestsAgainst", "Mauritania"),
            ("2031-05-12", "Mauritania", "gg:agreesWith", "Portugal"),
        ],
    ),
    "dyad-score": (MAURITANIA_AND_PORTUGAL, "month facts mean", [("2031-03", "2", "-7.85"), ("2031-04", "2", "3")]),
    "escalation": (
        MAURITANIA_AND_PORTUGAL,
        "date score relation",
        [("2026", "-7", "gg:expels"), ("2031-03-19", "-9.2", "gg:seizes")],
    ),
    "evidence": (
        {"a": "European Union", "b": "Mauritania", "relation": "sanctions"},
        "status speaker date published",
        [("possible", "Klara Windhoven", None, "2031-03-21"), ("actual", None, "2031-04-03", "2031-04-03")],
    ),
    "facts-by-place": ({"words": "dakar"}, "place date relation", [("Dakar", "2031-04", "gg:meets")]),
    "first-reports": ({}, "publisher", [("Kestrel Wire",), ("The Harbour Post",)]),
    "mediators": (MAURITANIA_AND_PORTUGAL, "mediator with_a with_b", [("Aliou Mbodjane", "1", "1")]),
    "members": (
        {"organisation": "ASEAN"},
        "who of status ended",
        [("Philippines", "ASEAN", "actual", "false"), ("Vietnam", "ASEAN", "actual", "false")],
    ),
    "mentioned-together": ({"least": "4"}, "a b articles", [("Kenya", "Josphat Wekulo", "4")]),
    "most-active": ({"from": "2031-01-01", "least": "3"}, "actor", [("Mauritania",)]),
    "neighbours": ({"actor": "Kenya"}, "neighbour relation", [("Norway", "gg:aids"), ("Ingrid Solvaag", "gg:visits")]),
    "new-since": (
        {"since": "2031-04-24", "until": "2031-04-24"},
        "subject relation object date",
        [("Australia", "gg:deploysTo", "Papua New Guinea", "2031-04-23")],
    ),
    "offices": (
        {"person": "Helena Trigalva"},
        "holder office of",
        [("Helena Trigalva", "Foreign Minister", "Portugal")],
    ),
    "offices-over-time": (
        {"body": "Mauritania"},
        "office holder first_reported",
        [("Fisheries Minister", "Mariem Sidatna", "2031-03-21")],
    ),
    "plans": ({}, "subject relation object item", [("Norway", "gg:supplies", "Kenya", "ferries")]),
    "possible": (
        {},
        "subject relation object published",
        [("Australia", "gg:deploysTo", "Papua New Guinea", "2031-04-10")],
    ),
    "publishers": ({}, "publisher articles first", [("Kestrel Wire", "3", "2031-03-04")]),
    "relation-counts": ({}, "relation status", [("gg:sanctions", "actual"), ("gg:sanctions", "possible")]),
    "sanctioned": ({}, "target sanctioners", [("Storm Petrel Brigade", "2"), ("Mauritania", "1")]),
    "sanctions-network": ({}, "sanctioner target date", [("European Union", "Mauritania", "2031-04-03")]),
    "single-source": ({}, "subject relation object", [("Ecuador", "gg:expels", "Paraguay")]),
    "speakers": ({}, "speaker about", [("Josphat Wekulo", "Norway")]),
    "statements": (
        {"speaker": "Josphat Wekulo"},
        "published relation object status",
        [("2031-03-04", "gg:visits", "Norway", "planned")],
    ),
    "supplies": (
        {"words": "GAS"},
        "from to item",
        [("Algeria", "Spain", "gas"), ("Qatar", "Tanzania", "liquefied gas")],
    ),
    "timeline": (
        {"actor": "Kenya", "from": "2031-03-01", "to": "2031-03-31"},
        "date subject relation object",
        [("2031-03-03", "Ingrid Solvaag", "gg:visits", "Kenya")],
    ),
    "visits": ({"to": "2031-03-31"}, "date visitor visited", [("2031-03-03", "Ingrid Solvaag", "Kenya")]),
    "who-met-whom": (
        {"from": "2031-07-01"},
        "date a b place",
        [("2031-07-05", "Josphat Wekulo", "Tesfaye Worknesh", "Nairobi")],
    ),
}


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store.open(None, relations=SCORED) as fresh:
        fresh.add(world())
        yield fresh


@pytest.fixture(scope="module")
def samples(nlp: Language) -> Iterator[Store]:
    with Graph.open() as graph:
        graph.add(read(sample_paths(), on_error=pytest.fail, ontology=load()))
        yield graph.store


def table(store: Store, name: str, values: Values) -> Table:
    answer = run(store, name, parameters=values)
    assert isinstance(answer, Table)
    return answer


def rows(store: Store, name: str, **values: str) -> Rows:
    return table(store, name, values).rows


@cache
def named(name: str) -> query.NamedQuery:
    return next(each for each in query.named() if each.name == name)


# What they answer


@pytest.mark.parametrize("name", NAMES)
def test_what_a_query_finds_in_the_samples(samples: Store, name: str) -> None:
    values, columns, expected = SAMPLES[name]
    found = table(samples, name, values)
    at = [found.variables.index(column) for column in columns.split()]
    answer = [tuple(_short(row[i], samples) for i in at) for row in found.rows]
    assert list(dict.fromkeys(row for row in answer if row in expected)) == expected if expected else answer == []


def _short(cell: str | None, store: Store) -> str | None:
    return cell.replace(store.vocabulary.ns, "gg:") if cell else cell


@pytest.mark.parametrize("name", NAMES)
def test_every_query_finds_something_and_always_in_the_same_order(store: Store, name: str) -> None:
    values = SUMMER.get(name, [{}])[0]
    found = rows(store, name, **values)
    assert found
    with Store.open(None, relations=SCORED) as other:
        for each in reversed(world()):
            other.add([each])
        assert rows(other, name, **values) == found


def test_plans_that_came_true_are_left_out(store: Store) -> None:
    assert [(row[0], row[2]) for row in rows(store, "plans")] == [("Luc Tavernier", "Japan")]


def test_a_dyad_counts_people_with_their_country(store: Store) -> None:
    ((june, *_), (july, facts, mean)) = rows(store, "dyad-score", a="RUS", b="PRK")
    assert (june, july, facts) == ("2025-06", "2025-07", "2")
    assert mean is not None and -10 <= float(mean) <= 10


def test_disputed_facts_show_both_sides_and_who_told_them(store: Store) -> None:
    assert [row[4] for row in rows(store, "disputed")] == ["actual", "denied"]
    assert rows(store, "disputes-by-publisher") == [("The Ferry", "0", "1"), ("unknown", "1", "0")]


def test_who_met_whom_in_a_period(store: Store) -> None:
    ((date, one, other, place, sources, _),) = rows(store, "who-met-whom", **{"from": "2025-07-01", "to": "2025-07-31"})
    assert (date, one, other, place, sources) == ("2025-07-12", "Orlan Veshnyak", "Pak Seong Rim", "Wonsan", "2")
    assert rows(store, "who-met-whom", **{"from": "2025-08-01"}) == []


def test_an_open_parameter_takes_all_and_a_given_one_restricts(store: Store) -> None:
    assert len(rows(store, "supplies")) == 3
    assert [row[1] for row in rows(store, "supplies", supplier="north korea")] == ["Russia"]


# The same elsewhere


def plain(store: Store) -> Any:
    """What `graph.ttl` holds, in rdflib."""
    rdflib = pytest.importorskip("rdflib")
    triples = pyoxigraph.serialize(store.graph_triples(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=triples, format="nt")


@pytest.fixture(scope="module")
def summer_in_rdflib(store: Store) -> Any:
    return plain(store)


@pytest.fixture(scope="module")
def samples_in_rdflib(samples: Store) -> Any:
    return plain(samples)


def rounded(row: tuple[Any, ...]) -> tuple[str | None, ...]:
    """Means have as many digits as an engine likes."""
    cells = (None if cell is None else str(cell) for cell in row)
    return tuple(f"{float(cell):.6f}" if cell and re.fullmatch(r"-?\d+(\.\d+)?", cell) else cell for cell in cells)


def assert_same_in_rdflib(store: Store, graph: Any, name: str, values: Values) -> None:
    answer = graph.query(named(name).bound(store, values), initNs=store.vocabulary.prefixes())
    assert [rounded(tuple(row)) for row in answer] == [rounded(row) for row in rows(store, name, **values)]


@pytest.mark.parametrize(("name", "values"), CASES)
def test_plain_rdflib_gives_the_same_rows_in_the_same_order(
    store: Store, summer_in_rdflib: Any, name: str, values: Values
) -> None:
    assert_same_in_rdflib(store, summer_in_rdflib, name, values)


@pytest.mark.parametrize("name", NAMES)
def test_plain_rdflib_gives_the_same_rows_of_the_samples(samples: Store, samples_in_rdflib: Any, name: str) -> None:
    assert_same_in_rdflib(samples, samples_in_rdflib, name, SAMPLES[name][0])


@pytest.mark.parametrize("name", NAMES)
def test_every_file_runs_as_it_stands_over_the_graph_alone_and_orders_its_rows(store: Store, name: str) -> None:
    sparql = named(name).sparql
    assert isinstance(run(store, sparql), Table)
    assert "ORDER BY" in sparql
    assert not re.search(r"\bGRAPH\b|gg:text|gg:reading|gg:key|gg:tally", sparql)


# Values


HOSTILE = st.sampled_from(
    [
        '"} SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } #',
        "> } ; DROP ALL #",
        'a" . ?x gg:meets ?y . "',
        "\n  VALUES ?from { UNDEF }\n",
        "UNDEF",
        "\\u0022 } #",
        "'''",
        "<http://x.example/>",
        "?actor",
        "$0 \\1 \\g<1> {0} %s",
    ]
) | st.text(max_size=30)


@pytest.mark.parametrize("name", [name for name in NAMES if named(name).parameters])
@settings(max_examples=30)
@given(value=HOSTILE)
def test_no_value_changes_the_query(store: Store, name: str, value: str) -> None:
    """It is the value of its parameter, or refused with a line: never more rows than all, and the same columns."""
    usual = dict(SUMMER.get(name, [{}])[0])
    for parameter in named(name).parameters:
        try:
            answer = table(store, name, {**usual, parameter.name: value})
        except QueryError as error:
            assert "\n" not in str(error)
            continue
        assert answer.variables == table(store, name, usual).variables
        if parameter.kind == "text" and value != "*":
            at = answer.variables.index("place" if "place" in answer.variables else "item")
            assert all(value.lower() in str(row[at]).lower() for row in answer.rows)


# How they are told


def test_there_are_at_least_24_and_the_list_names_their_parameters() -> None:
    listing = query.listing()
    assert len(NAMES) >= 24
    for each in query.named():
        assert f"{each.name}: {each.about}" in listing
        for parameter in each.parameters:
            assert f"-p {parameter.name}=" in listing


def test_the_page_describes_every_named_query() -> None:
    text = DOCS.read_text("utf-8")
    assert re.findall(r"^## `(.+)`$", text, re.MULTILINE) == NAMES
    for each in query.named():
        assert each.about in text
        for parameter in each.parameters:
            default = f", `{parameter.default}` if not given" if parameter.default else ""
            assert f"- `{parameter.name}` ({parameter.kind}{default}): {parameter.about}" in text
