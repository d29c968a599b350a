"""States of knowledge: what the graph would be had only articles published until a day been read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from claim_factory import RELATIONS, article, claim, extraction
from hypothesis import given, settings, strategies as st
from spacy.language import Language
from summer_news import world

from geograph import Graph
from geograph.asof import History, as_of, last_publication, publications
from geograph.curation import Curation, Decision, Merge
from geograph.errors import QueryError
from geograph.export import render
from geograph.model import Extraction, Status
from geograph.ontology import load
from geograph.samples import sample_paths
from geograph.sources import read
from geograph.store import Store

DAYS = st.dates(date(2025, 7, 10), date(2025, 8, 10))
FORMATS = ("turtle", "trig", "csv")


def stored(extractions: list[Extraction]) -> Store:
    store = Store.open(None, relations=RELATIONS)
    store.add(extractions)
    return store


def exported(store: Store) -> list[bytes]:
    return [render(store, format) for format in FORMATS]


@st.composite
def news(draw: st.DrawFn) -> list[Extraction]:
    """Articles of a few days, some undated, that tell of the same few events in different words."""
    found = []
    for number in range(draw(st.integers(0, 8))):
        published = draw(st.none() | DAYS)
        of = article(f"n{number}", published=published.isoformat() if published else None)
        claims = [
            claim(
                of,
                draw(st.sampled_from(("RUS", "PRK"))),
                draw(st.sampled_from(("meets", "sanctions", "memberOf"))),
                draw(st.sampled_from(("CHN", "FRA"))),
                at=at,
                when=draw(st.sampled_from((None, "2025-07", "2025-07-12", "2025-08-01"))),
                status=draw(st.sampled_from(Status)),
            )
            for at in range(draw(st.integers(0, 3)))
        ]
        found.append(extraction(of, claims))
    return found


@settings(max_examples=60)
@given(news(), DAYS)
def test_a_day_is_what_building_only_its_articles_gives(extractions: list[Extraction], day: date) -> None:
    until = [each for each in extractions if each.article.published and each.article.published <= day]
    snapshot = as_of(stored(extractions), day, RELATIONS)
    assert exported(snapshot.store) == exported(stored(until))
    assert snapshot.articles == len(until)
    assert snapshot.undated == sum(each.article.published is None for each in extractions)
    assert snapshot.articles + snapshot.later + snapshot.undated == len(extractions)


def test_a_day_of_the_samples_is_what_building_only_its_articles_gives(nlp: Language) -> None:
    day = date(2031, 4, 24)
    articles = list(read(sample_paths(), on_error=pytest.fail, ontology=load()))
    with Graph.open() as whole, Graph.open() as part:
        whole.add(articles)
        part.add([each for each in articles if each.published and each.published <= day])
        assert whole.as_of(day).export("turtle") == part.export("turtle")
        assert whole.as_of(day).html() == part.html()


@pytest.fixture
def store() -> Iterator[Store]:
    with stored([*world(), extraction(article("undated", published=None), [])]) as fresh:
        yield fresh


def test_the_summary_says_what_was_left_out_and_why(store: Store) -> None:
    history = History(store, RELATIONS)
    assert history.at(date(2025, 7, 13)).summary() == (
        "as of 2025-07-13: 1 article, 4 published later and 1 of unknown date left out"
    )
    assert history.at(date(2025, 8, 2)).summary() == "as of 2025-08-02: 5 articles, 1 of unknown date left out"


def test_a_later_denial_does_not_dispute_what_was_known_before(store: Store) -> None:
    def disputed(day: date) -> list[str]:
        return [fact.relation for fact in as_of(store, day, RELATIONS).store.facts() if fact.disputed]

    assert disputed(date(2025, 7, 31)) == []
    assert disputed(date(2025, 8, 1)) == ["sanctions"]


def test_states_are_kept_until_the_store_changes_and_only_a_few(store: Store) -> None:
    history = History(store, RELATIONS)
    first = history.at(date(2025, 7, 13))
    assert history.at(date(2025, 7, 13)) is first
    history.forget()
    assert history.at(date(2025, 7, 13)) is not first
    first = history.at(date(2025, 7, 13))
    for day in range(1, 9):
        history.at(date(2025, 8, day))
    assert history.at(date(2025, 7, 13)) is not first


def test_a_relation_that_the_catalogue_lacks_is_named(store: Store) -> None:
    with pytest.raises(QueryError, match=r"lacks .*supplies.*--ontology"):
        as_of(store, date(2025, 8, 2), {name: RELATIONS[name] for name in ("meets", "visits", "holdsOfficeIn")})


def test_days_of_publication(store: Store) -> None:
    assert last_publication(store) == date(2025, 8, 2)
    assert sorted(str(day) for _, day in publications(store))[-1] == "None"
    assert last_publication(Store.open(None)) is None


def test_closing_the_graph_of_a_day_leaves_its_state_open(nlp: Language) -> None:
    with Graph.open() as graph:
        graph.add(list(read(sample_paths(), on_error=pytest.fail, ontology=load()))[:1])
        with graph.as_of(date(2031, 12, 31)) as past:
            assert list(past.facts())
        assert list(graph.as_of(date(2031, 12, 31)).facts())


def test_decisions_of_people_hold_on_every_day() -> None:
    merged = Curation((Decision(Merge(("person.Orlan_Veshnyak", "person.Pak_Seong_Rim"))),))
    with stored(world()) as store, stored(world()[:1]) as part:
        for each in (store, part):
            each.curate(merged)
        assert exported(as_of(store, date(2025, 7, 13), RELATIONS).store) == exported(part)


def test_articles_of_one_file_and_address_stay_apart() -> None:
    url = "https://news.example/live"
    of = [article(name, published="2025-07-12", url=url, origin="file") for name in ("a", "b")]
    live = stored([extraction(each, [claim(each, when="2025-07-12")]) for each in of])
    assert exported(as_of(live, date(2025, 7, 12), RELATIONS).store) == exported(live)


def test_no_clock_is_read(store: Store) -> None:
    (seen,) = {str(each) for each in _moments(as_of(store, date(2025, 7, 31), RELATIONS).store)}
    assert seen.startswith("2025-07-31")


def _moments(store: Store) -> Iterator[object]:
    return (store.first_seen(each.id) for each in store.articles())
