"""FollowTheMoney lines, read back and held against the model by the followthemoney library."""

from __future__ import annotations

import json
from typing import Any

import pytest
from claim_factory import article, claim
from export_factory import WORDS, extraction_of, extractions, graph_of
from followthemoney import model
from followthemoney.proxy import EntityProxy
from hypothesis import given, settings

from geograph import Graph
from geograph.export.ftm import known_date
from geograph.model import Period


@pytest.fixture(scope="module")
def graph() -> Graph:
    return graph_of(extractions())


def proxies(graph: Graph, *statuses: str) -> list[EntityProxy]:
    """The entities; each must be valid, and cleaning must find nothing to change."""
    found = []
    for line in graph.export("ftm", statuses=statuses).decode().split("\n")[:-1]:
        row: dict[str, Any] = json.loads(line)
        proxy = model.get_proxy(row, cleaned=False)
        assert {name: sorted(values) for name, values in proxy.to_dict()["properties"].items()} == row["properties"]
        proxy.schema.validate(row)
        found.append(proxy)
    return found


def of_schema(found: list[EntityProxy], name: str) -> list[EntityProxy]:
    return [proxy for proxy in found if proxy.schema.name == name]


def test_actors_places_and_articles_have_the_schema_of_their_kind(graph: Graph) -> None:
    found = proxies(graph)
    by_name = {proxy.first("name"): proxy for proxy in found if proxy.schema.is_a("Thing")}
    assert by_name["Luc Tavernier"].schema.name == "Person"
    assert by_name["Luc Tavernier"].get("country") == ["fr"]
    assert by_name["Puna Pact"].schema.name == "Organization"
    assert by_name["North Korea"].schema.name == "PublicBody"
    assert by_name["Ostrava"].schema.name == "Address"
    assert by_name["Ostrava"].get("latitude") == ["49.83"]
    assert len(of_schema(found, "Article")) == 2


def test_every_reference_leads_to_an_entity_of_the_right_kind(graph: Graph) -> None:
    found = {proxy.id: proxy for proxy in proxies(graph)}
    for proxy in found.values():
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert prop.range is not None
                assert found[value].schema.is_a(prop.range), (proxy.schema.name, prop.name)


def test_everything_told_points_at_its_articles_and_quotes_them(graph: Graph) -> None:
    told = [proxy for proxy in proxies(graph) if "summary" in proxy.schema.properties and proxy.has("summary")]
    assert len(told) > 5
    assert all(proxy.get("proof") and proxy.get("description") for proxy in told)


def test_an_event_names_both_sides_and_a_link_keeps_who_did_it_to_whom(graph: Graph) -> None:
    found = proxies(graph)
    names = {proxy.id: proxy.first("name") for proxy in found if proxy.schema.is_a("Thing")}
    (event,) = [
        each for each in of_schema(found, "Event") if (each.first("name") or "").startswith("North Korea meets")
    ]
    assert {names[id] for id in event.get("involved")} == {"North Korea", "Russia"}
    assert (event.get("date"), event.get("location")) == (["2025-07-11"], ["Ostrava"])
    links = {
        (names[each.first("subject")], each.first("role"), names[each.first("object")])
        for each in of_schema(found, "UnknownLink")
    }
    assert ("China", "visits", "Ostrava") in links


def test_offices_memberships_and_sanctions_have_schemata_of_their_own(graph: Graph) -> None:
    found = proxies(graph)
    names = {proxy.id: proxy.first("name", quiet=True) for proxy in found}
    offices = {
        (names[each.first("holder")], names[each.first("post")], each.first("status"))
        for each in of_schema(found, "Occupancy")
    }
    assert offices == {
        ("Luc Tavernier", "president, France", None),
        ("Pak Seong Rim", "envoy, North Korea", "ended"),
    }
    (membership,) = of_schema(found, "Membership")
    assert (names[membership.first("member")], names[membership.first("organization")]) == ("France", "Puna Pact")
    (sanction,) = of_schema(found, "Sanction")
    assert (sanction.first("authority"), names[sanction.first("entity")]) == ("France", "Russia")
    assert sanction.get("date") == ["2025-06"]


def test_only_what_happened_is_given_unless_asked_for(graph: Graph) -> None:
    usual = {proxy.first("recordId", quiet=True) for proxy in proxies(graph)} - {None}
    facts = {fact.id: fact for fact in graph.facts()}
    assert {(facts[id].status.value, facts[id].disputed) for id in usual} == {("actual", False)}
    planned = [each for each in proxies(graph, "planned") if each.has("recordId", quiet=True)]
    assert {proxy.first("status") for proxy in of_schema(planned, "UnknownLink")} == {"planned"}
    assert all((proxy.first("summary") or "").endswith("(planned)") for proxy in planned)


def test_addresses_that_a_browser_would_run_are_left_out(graph: Graph) -> None:
    assert not [url for proxy in proxies(graph) for url in proxy.get("sourceUrl", quiet=True) if "script" in url]


@pytest.mark.parametrize(
    ("edtf", "known"),
    [
        ("2025-07-11", "2025-07-11"),
        ("2025-07", "2025-07"),
        ("2025", "2025"),
        ("2025-07-03/2025-07-05", "2025-07"),
        ("2025-07/2025-09", "2025"),
        ("2025-12-30/2026-01-02", None),
        ("2025-01-05/2026-01-05", None),
        ("2025/2025", "2025"),
        ("0300", None),
    ],
)
def test_a_date_is_the_prefix_that_is_certainly_right(edtf: str, known: str | None) -> None:
    assert known_date(Period(edtf)) == known


@settings(max_examples=25)
@given(WORDS, WORDS, WORDS)
def test_any_words_give_valid_entities(title: str, publisher: str, item: str) -> None:
    of = article("a", title=title, publisher=publisher)
    office = claim(of, "person.Luc_Tavernier", "holdsOfficeIn", "FRA", item=item)
    assert proxies(graph_of([extraction_of(of, [claim(of, item=item, place=title), office])]))
