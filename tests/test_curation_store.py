"""Decisions in a store: facts, entities and shortcuts follow them, claims stay as read, undoing gives all back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from claim_factory import RELATIONS, article, claim, extraction, mention
from hypothesis import given, settings, strategies as st

from geograph.curation import (
    Curation,
    Decision,
    Distinct,
    Hide,
    Judge,
    Judgement,
    Merge,
    Rename,
    Retype,
    reference_to,
)
from geograph.curation.conflicts import conflict
from geograph.facts import consolidate
from geograph.model import Claim, EntityType, Extraction, Span, Status
from geograph.store import Store

LUC, PAK = "person.Luc_Tavernier", "person.Pak_Seong_Rim"


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(None, relations=RELATIONS) as fresh:
        fresh.add(world())
        yield fresh


def world() -> list[Extraction]:
    a = article("a", publisher="Daily Lantern")
    b = article("b", published="2025-07-13", url="https://news.example/b")
    c = article("c", published="2025-07-14")
    return [
        extraction(
            a,
            [claim(a, "RUS", "meets", "PRK", when="2025-07-12", place="Wonsan", place_entity="CHN"), office(a)],
            [mention(a, "RUS", 0, 6), mention(a, "PRK", 10, 14)],
        ),
        extraction(b, [claim(b, "JPN", "meets", "PRK", when="2025-07-12"), claim(b, "JPN", "visits", "RUS", at=2)]),
        extraction(c, [claim(c, "RUS", "visits", PAK, said_by=LUC), claim(c, LUC, "visits", "RUS", at=4)]),
    ]


def office(of) -> Claim:
    return claim(of, LUC, "holdsOfficeIn", "FRA", at=3, item="foreign minister")


def decided(*verdicts: object) -> Curation:
    return Curation(tuple(Decision(verdict) for verdict in verdicts))


def content(store: Store) -> list[str]:
    return [str(quad) for quad in store.dataset_quads()]


def stored(store: Store) -> set[str]:
    """Every quad, the store's own index among them."""
    return {str(quad) for quad in store._quads}


def holds(store: Store, sparql: str) -> bool:
    return bool(store.query(f"ASK {{ {sparql} }}"))


def the_claim(store: Store, relation: str, subject: str) -> Claim:
    (found,) = (each for each in store.claims() if each.relation == relation and each.subject == subject)
    return found


def judge(store: Store, of: Claim, judgement: Judgement) -> Judge:
    found = store.extraction(of.article)
    assert found is not None
    return Judge(reference_to(of, found.article), judgement)


def test_merged_entities_have_one_set_of_facts_and_claims_stay_as_read(store: Store):
    claims, quotes = sorted(each.id for each in store.claims()), list(store.extractions())
    store.curate(decided(Merge(("RUS", "JPN"))))
    (meeting,) = (fact for fact in store.facts() if fact.relation == "meets")
    assert (meeting.subject, meeting.object) == ("PRK", "RUS") and meeting.source_count == 2
    assert sorted(each.id for each in store.claims()) == claims and list(store.extractions()) == quotes
    assert store.entity("JPN") is None
    merged = store.entity("RUS")
    assert merged is not None and "Japan" in merged.aliases and merged.identifiers == ("iso3166:RUS",)
    assert holds(store, "id:PRK gg:meets id:RUS . id:JPN gg:mergedInto id:RUS")
    assert not holds(store, "id:PRK gg:meets id:JPN")
    assert holds(store, "?claim gg:subject/gg:mergedInto? id:RUS ; gg:relation gg:meets ; gg:subject id:JPN")


def test_what_would_be_a_relation_of_an_entity_with_itself_is_no_fact(store: Store):
    store.curate(decided(Merge(("RUS", "JPN"))))
    assert not [fact for fact in store.facts() if fact.subject == fact.object]
    assert not holds(store, "id:RUS gg:visits id:RUS")


def test_an_entity_that_only_its_merged_ones_are_told_of_takes_what_they_say(store: Store):
    store.curate(decided(Merge(("Ruritania", "RUS"))))
    entity = store.entity("Ruritania")
    assert entity is not None and entity.label == "Russia"
    assert holds(store, "id:Ruritania gg:meets id:PRK")


def test_a_new_label_stands_and_the_old_one_is_an_alias(store: Store):
    store.curate(decided(Rename(LUC, "Lucien Tavernier"), Retype("FRA", EntityType.ORGANIZATION)))
    entity, country = store.entity(LUC), store.entity("FRA")
    assert entity is not None and country is not None
    assert entity.label == "Lucien Tavernier" and "Luc Tavernier" in entity.aliases
    assert country.type is EntityType.ORGANIZATION


def test_a_type_that_a_relation_does_not_take_leaves_its_claims_out():
    relations = {"visits": replace(RELATIONS["visits"], domain=frozenset({EntityType.PERSON}))}
    with Store.open(None, relations=relations) as store:
        store.add(world())
        assert [fact for fact in store.facts() if fact.subject == LUC and fact.relation == "visits"]
        store.curate(decided(Retype(LUC, EntityType.PLACE)))
        assert not [fact for fact in store.facts() if fact.subject == LUC and fact.relation == "visits"]


def test_a_hidden_entity_and_what_is_told_of_it_leave_the_facts(store: Store):
    store.curate(decided(Hide("CHN"), Hide("JPN")))
    assert store.entity("JPN") is None and store.entity("CHN") is None
    assert not [fact for fact in store.facts() if "JPN" in (fact.subject, fact.object)]
    assert {fact.place_entity for fact in store.facts()} == {None}
    assert holds(store, "id:JPN gg:hidden true") and not holds(store, "id:JPN rdfs:label ?any")


def test_a_rejected_claim_counts_in_no_fact_and_stays_visible_with_its_mark(store: Store):
    wrong = the_claim(store, "visits", "JPN")
    store.curate(decided(judge(store, wrong, Judgement.REJECTED)))
    assert not [fact for fact in store.facts() if wrong.id in fact.claims]
    assert holds(store, f'claim:{wrong.id} gg:judgement "rejected" ; gg:quote ?quote')
    assert not holds(store, "id:JPN gg:visits id:RUS")
    assert any(f"claim/{wrong.id}" in str(t) and "rejected" in str(t) for t in store.graph_triples())


def test_a_confirmed_claim_makes_its_fact_as_sure_as_facts_can_be(store: Store):
    right = the_claim(store, "visits", "JPN")
    store.curate(decided(judge(store, right, Judgement.CONFIRMED)))
    (fact,) = (fact for fact in store.facts() if right.id in fact.claims)
    assert fact.confidence == 0.99
    assert the_claim(store, "visits", "JPN").confidence == right.confidence


def test_a_judgement_finds_the_claim_that_a_new_version_cut_otherwise(store: Store):
    wrong = the_claim(store, "visits", "JPN")
    store.curate(decided(judge(store, wrong, Judgement.REJECTED)))
    found = store.extraction(wrong.article)
    assert found is not None
    span = Span(wrong.span.start, wrong.span.end + 6)
    newer = replace(wrong, span=span, quote=span.of(found.article.text), version="newer", reader="learned")
    planned = replace(newer, status=Status.PLANNED)
    assert newer.id != wrong.id
    kept = tuple(each for each in found.claims if each != wrong)
    store.add([replace(found, claims=(*kept, newer, planned))])
    facts = [fact for fact in store.facts() if (fact.subject, fact.relation) == ("JPN", "visits")]
    assert [fact.status for fact in facts] == [Status.PLANNED]
    assert holds(store, f'claim:{newer.id} gg:judgement "rejected"')
    assert not holds(store, f"claim:{wrong.id} ?any ?thing")


def test_marks_go_with_their_articles(store: Store):
    store.curate(decided(judge(store, the_claim(store, "visits", "JPN"), Judgement.REJECTED), Merge(("RUS", "JPN"))))
    for name in "abc":
        store.remove(name)
    assert content(store) == []
    store.add(world())
    assert holds(store, 'id:JPN gg:mergedInto id:RUS . ?claim gg:judgement "rejected"')


def test_a_country_that_is_merged_is_the_country_of_its_people(store: Store):
    store.curate(decided(Merge(("JPN", "FRA"))))
    assert holds(store, f"id:{LUC} gg:country id:JPN")
    store.curate(Curation())
    assert holds(store, f"id:{LUC} gg:country id:FRA")


def test_a_store_on_disk_keeps_its_decisions_and_a_fresh_one_with_them_has_the_same_bytes(tmp_path, store: Store):
    curation = decided(Merge(("RUS", "JPN")), judge(store, the_claim(store, "visits", LUC), Judgement.REJECTED))
    with Store.open(tmp_path / "store", relations=RELATIONS) as disk:
        disk.curate(curation)
        disk.add(world())
    store.curate(curation)
    with Store.open(tmp_path / "store", relations=RELATIONS, read_only=True) as disk:
        assert disk.curation == curation
        assert content(disk) == content(store)


def test_facts_follow_from_the_claims_and_the_decisions(store: Store):
    curation = decided(Merge(("RUS", "JPN")), Hide("CHN"))
    store.curate(curation)
    articles = {each.id: each for each in store.articles()}
    assert set(store.facts()) == set(consolidate(store.claims(), articles, RELATIONS, curation))


# Whatever is decided, in whatever order

KEYS = ["RUS", "PRK", "JPN", "FRA", "CHN", LUC, PAK, "Nobody"]
PAIRS = st.lists(st.sampled_from(KEYS), min_size=2, max_size=3, unique=True).map(tuple)


def claims_of(extractions: list[Extraction]) -> list[tuple[Claim, Extraction]]:
    return [(each, of) for of in extractions for each in of.claims]


VERDICTS = st.one_of(
    PAIRS.map(Merge),
    PAIRS.map(Distinct),
    st.builds(Rename, st.sampled_from(KEYS), st.sampled_from(["One", "Other"])),
    st.builds(Retype, st.sampled_from(KEYS), st.sampled_from(list(EntityType))),
    st.sampled_from(KEYS).map(Hide),
    st.builds(
        lambda found, judgement: Judge(reference_to(found[0], found[1].article), judgement),
        st.sampled_from(claims_of(world())),
        st.sampled_from(list(Judgement)),
    ),
)


@st.composite
def curations(draw: st.DrawFn) -> Curation:
    """Decisions that can hold together."""
    kept: list[Decision] = []
    for verdict in draw(st.lists(VERDICTS, max_size=6)):
        if conflict([*kept, Decision(verdict)]) is None:
            kept.append(Decision(verdict))
    return Curation(tuple(kept))


@given(curation=curations(), data=st.data())
@settings(max_examples=80)
def test_any_order_of_articles_and_decisions_gives_the_same_store(curation: Curation, data: st.DataObject):
    with Store.open(None, relations=RELATIONS) as one, Store.open(None, relations=RELATIONS) as other:
        one.curate(curation)
        one.add(world())
        before = stored(other)
        order = data.draw(st.permutations(world()))
        decisions = data.draw(st.permutations(curation.decisions))
        cut = data.draw(st.integers(0, len(order)))
        steps = data.draw(st.lists(st.integers(0, len(decisions)), max_size=3))
        other.add(order[:cut])
        for step in steps:
            other.curate(Curation(tuple(decisions[:step])))
        other.add(order[cut:])
        uncurated = None
        other.curate(Curation())
        uncurated = stored(other)
        other.curate(Curation(tuple(decisions)))
        assert content(one) == content(other)
        articles = {each.id: each for each in other.articles()}
        assert set(other.facts()) == set(consolidate(other.claims(), articles, RELATIONS, curation))
        other.curate(Curation())
        assert stored(other) == uncurated
        for each in order:
            other.remove(each.article.id)
        assert stored(other) == before
