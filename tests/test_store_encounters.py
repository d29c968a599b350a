"""A meeting, a visit and a reception on one day between the same sides are one encounter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from claim_factory import RELATIONS, article, claim, entity, extraction
from hypothesis import given, strategies as st

from geograph.model import Entity, EntityType, Extraction, Period, Status
from geograph.store import Store

DAY = "2025-07-12"


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None, relations=RELATIONS) as fresh:
        yield fresh


def told(document: str, *claims: tuple, **fields: object) -> Extraction:
    of = article(document)
    return extraction(of, [claim(of, *each, at=at, **{"when": DAY, **fields}) for at, each in enumerate(claims)])


def encounters(store: Store) -> list[tuple[str, frozenset[str], frozenset[str]]]:
    """Label, sides and facts (relation, subject, object) of each encounter."""
    found = {}
    for row in store.query(
        """SELECT ?e ?label ?side ?r ?s ?o {
            ?e a gg:Encounter ; rdfs:label ?label ; gg:side ?side .
            ?f gg:partOfEvent ?e ; gg:relation ?r ; gg:subject ?s ; gg:object ?o }"""
    ):
        local = [store.vocabulary.local(row[name].value) for name in ("side", "r", "s", "o")]
        _, sides, facts = found.setdefault(row["e"].value, (row["label"].value, set(), set()))
        sides.add(local[0])
        facts.add(" ".join(local[1:]))
    return sorted((label, frozenset(sides), frozenset(facts)) for label, sides, facts in found.values())


def content(store: Store) -> list[str]:
    return [str(quad) for quad in store.dataset_quads()]


def test_a_meeting_and_a_visit_between_the_same_sides_on_one_day_are_one(store: Store):
    store.add([told("a", ("RUS", "meets", "PRK")), told("b", ("person.Luc_Tavernier", "visits", "PRK"))])
    store.add([told("c", ("RUS", "visits", "PRK"), ("FRA", "meets", "PRK"))])
    assert encounters(store) == [
        (
            "France, North Korea: encounter, 2025-07-12",
            {"FRA", "PRK"},
            {"meets FRA PRK", "visits person.Luc_Tavernier PRK"},
        ),
        ("North Korea, Russia: encounter, 2025-07-12", {"PRK", "RUS"}, {"meets PRK RUS", "visits RUS PRK"}),
    ]
    assert not list(store.query("SELECT ?e { ?e a gg:Encounter FILTER NOT EXISTS { ?e gg:earliest ?day } }"))


@pytest.mark.parametrize(
    "fields", [{"when": "2025-07"}, {"when": None}, *({"status": s} for s in Status if s is not Status.ACTUAL)]
)
def test_what_did_not_happen_or_has_no_day_is_no_encounter(store: Store, fields: dict[str, object]):
    store.add([told("a", ("RUS", "meets", "PRK"), **fields)])
    assert encounters(store) == []


def test_another_day_another_relation_and_a_dispute_are_no_part_of_it(store: Store):
    store.add([told("a", ("RUS", "meets", "PRK")), told("b", ("RUS", "visits", "PRK"), when="2025-07-13")])
    store.add([told("c", ("RUS", "sanctions", "PRK")), told("d", ("RUS", "meets", "PRK"), status=Status.DENIED)])
    assert [(label, len(facts)) for label, _, facts in encounters(store)] == [
        ("North Korea, Russia: encounter, 2025-07-13", 1)
    ]
    store.remove("d")
    assert len(encounters(store)) == 2


def test_actors_of_one_country_are_the_sides_themselves(store: Store):
    store.add([told("a", ("person.Luc_Tavernier", "meets", "FRA"))])
    ((label, sides, _),) = encounters(store)
    assert (label, sides) == ("France, Luc Tavernier: encounter, 2025-07-12", {"FRA", "person.Luc_Tavernier"})


def test_facts_follow_when_an_actor_gets_a_country_or_another(store: Store):
    envoy = Entity("person.Envoy", EntityType.PERSON, "The Envoy")

    def meeting(document: str, country: str | None) -> Extraction:
        of = article(document)
        countries = (entity(country),) if country else ()
        entities = (entity("PRK"), replace(envoy, country=country), *countries)
        return Extraction(of, entities, (), (claim(of, envoy.key, "meets", "PRK", when=DAY),))

    store.add([meeting("a", None)])
    assert [sides for _, sides, _ in encounters(store)] == [{"person.Envoy", "PRK"}]
    store.add([Extraction(article("b"), (replace(envoy, country="RUS"), entity("RUS")))])
    assert [label for label, _, _ in encounters(store)] == ["North Korea, Russia: encounter, 2025-07-12"]
    store.add([meeting(each, "JPN") for each in ("c", "d")])
    assert [sides for _, sides, _ in encounters(store)] == [{"JPN", "PRK"}]
    for each in "bcd":
        store.remove(each)
    assert [label for label, _, _ in encounters(store)] == ["North Korea, The Envoy: encounter, 2025-07-12"]


@st.composite
def extractions(draw: st.DrawFn) -> list[Extraction]:
    found = []
    for number in range(draw(st.integers(1, 6))):
        of = article(f"n{number}")
        ends = st.sampled_from(["RUS", "PRK", "person.Luc_Tavernier", "person.Envoy"])
        claims = [
            claim(
                of,
                draw(ends),
                draw(st.sampled_from(["meets", "visits"])),
                draw(ends),
                at=at,
                when=draw(st.sampled_from([DAY, DAY, "2025-07", None])),
                status=draw(st.sampled_from([Status.ACTUAL, Status.ACTUAL, Status.DENIED])),
            )
            for at in range(draw(st.integers(0, 3)))
        ]
        country = draw(st.sampled_from([None, "RUS", "PRK"]))
        whole = extraction(of, claims)
        entities = {each.key: each for each in (*whole.entities, *([entity(country)] if country else []))}
        envoy = Entity("person.Envoy", EntityType.PERSON, draw(st.sampled_from(["Envoy", "Envoi"])), country)
        found.append(replace(whole, entities=tuple(sorted({**entities, envoy.key: envoy}.values()))))
    return found


@given(extractions(), st.data())
def test_any_additions_and_removals_give_the_encounters_of_what_is_left(found: list[Extraction], data: st.DataObject):
    with Store.open(None, relations=RELATIONS) as store, Store.open(None, relations=RELATIONS) as fresh:
        store.add(found)
        leaving = data.draw(st.lists(st.sampled_from(found), unique_by=lambda each: each.article.id))
        for each in leaving:
            store.remove(each.article.id)
        coming = data.draw(st.lists(st.sampled_from(found), unique_by=lambda each: each.article.id))
        store.add(coming)
        fresh.add(each for each in found if each not in leaving or each in coming)
        assert content(store) == content(fresh)
        telling = [
            fact
            for fact in store.facts()
            if fact.date == Period(DAY)
            and fact.status is Status.ACTUAL
            and not fact.disputed
            and fact.subject != fact.object
        ]
        assert sum(len(facts) for _, _, facts in encounters(store)) == len(telling)
