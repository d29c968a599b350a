"""When two claims tell of one fact, and how well a fact is attested."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date

import pytest
from claim_factory import RELATIONS, article, claim
from hypothesis import given, strategies as st

from geograph.facts import consolidate
from geograph.model import Article, Claim, Fact, Period, Status

WIRE = " ".join(f"word{i}" for i in range(120))
Told = tuple[Article, Claim]


def facts_of(*told: Told) -> list[Fact]:
    articles = {article.id: article for article, _ in told}
    return list(consolidate([claim for _, claim in told], articles, RELATIONS))


def told(name: str, *, published: str | None = "2025-07-20", **fields: object) -> Told:
    of = article(name, published=published)
    return of, claim(of, **fields)  # type: ignore[arg-type]


def dates(facts: Sequence[Fact]) -> list[str | None]:
    return [fact.date.edtf if fact.date else None for fact in facts]


# Events


def test_two_reports_of_one_day_are_one_fact():
    (fact,) = facts_of(told("a", when="2025-07-12"), told("b", when="2025-07-12"))
    assert fact.source_count == 2
    assert fact.date == Period("2025-07-12")


def test_ends_of_a_symmetric_relation_are_interchangeable_and_of_another_not():
    assert len(facts_of(told("a", subject="RUS", object="PRK"), told("b", subject="PRK", object="RUS"))) == 1
    directed = [
        told(n, relation="supplies", subject=s, object=o) for n, s, o in (("a", "RUS", "PRK"), ("b", "PRK", "RUS"))
    ]
    assert len(facts_of(*directed)) == 2


def test_a_coarse_period_joins_the_only_finer_event_within_it():
    (fact,) = facts_of(told("a", when="2025-07-12"), told("b", when="2025-07"), told("c", when="2025"))
    assert fact.date == Period("2025-07-12")
    assert fact.source_count == 3


def test_a_coarse_period_that_holds_several_events_is_a_fact_of_its_own():
    facts = facts_of(told("a", when="2025-07-12"), told("b", when="2025-07-19"), told("c", when="2025-07"))
    assert dates(facts) == ["2025-07", "2025-07-12", "2025-07-19"]


def test_a_year_joins_the_month_that_a_day_made_finer_but_not_two_months():
    assert len(facts_of(told("a", when="2025-07-12"), told("b", when="2025-07"), told("c", when="2025"))) == 1
    assert dates(facts_of(told("a", when="2025-06"), told("b", when="2025-07"), told("c", when="2025"))) == [
        "2025",
        "2025-06",
        "2025-07",
    ]


def test_periods_that_only_overlap_are_different_events():
    facts = facts_of(told("a", when="2025-07-10/2025-07-14"), told("b", when="2025-07-13/2025-07-18"))
    assert len(facts) == 2


def test_equal_periods_written_differently_are_one_event_with_the_shorter_spelling():
    assert dates(facts_of(told("a", when="2025-07"), told("b", when="2025-07-01/2025-07-31"))) == ["2025-07"]


@pytest.mark.parametrize(
    ("published", "joins"),
    [("2025-07-12", True), ("2025-07-26", True), ("2025-07-27", False), ("2025-07-11", False), (None, False)],
)
def test_an_undated_claim_joins_the_only_event_if_published_within_14_days_after_it(published: str | None, joins: bool):
    facts = facts_of(told("a", when="2025-07-12"), told("b", published=published))
    assert dates(facts) == (["2025-07-12"] if joins else [None, "2025-07-12"])


def test_an_undated_claim_that_fits_several_events_is_a_fact_of_its_own():
    facts = facts_of(told("a", when="2025-07-12"), told("b", when="2025-07-14"), told("c", published="2025-07-15"))
    assert dates(facts) == [None, "2025-07-12", "2025-07-14"]


def test_undated_claims_alone_are_one_fact():
    assert dates(facts_of(told("a"), told("b", published=None))) == [None]


# States


def test_states_join_where_their_periods_overlap():
    office = {"relation": "holdsOfficeIn", "subject": "person.Luc_Tavernier", "object": "FRA"}
    (fact,) = facts_of(told("a", when="2020/2023", **office), told("b", when="2022-03", **office), told("c", **office))
    assert fact.date == Period("2022-03")
    assert fact.source_count == 3


def test_an_undated_state_that_fits_several_terms_is_a_fact_of_its_own():
    office = {"relation": "holdsOfficeIn", "subject": "person.Luc_Tavernier", "object": "FRA"}
    facts = facts_of(told("a", when="2010", **office), told("b", when="2022", **office), told("c", **office))
    assert dates(facts) == [None, "2010", "2022"]


def test_a_state_is_over_where_a_later_report_denies_it():
    member = {"relation": "memberOf", "subject": "JPN", "object": "FRA"}
    before, after = facts_of(told("a", when="2010", **member), told("b", when="2020", status=Status.DENIED, **member))
    assert (before.ended, before.disputed, before.status) == (True, False, Status.ACTUAL)
    assert (after.ended, after.status) == (False, Status.DENIED)


# Status


@pytest.mark.parametrize(
    ("statuses", "status", "disputed"),
    [
        ("actual", "actual", False),
        ("planned actual possible", "actual", False),
        ("possible planned", "planned", False),
        ("possible", "possible", False),
        ("denied", "denied", False),
        ("actual denied", "actual", True),
        ("planned denied", "planned", False),
    ],
)
def test_status_of_a_fact(statuses: str, status: str, disputed: bool):
    each = [told(str(i), when="2025-07-12", status=Status(s)) for i, s in enumerate(statuses.split())]
    (fact,) = facts_of(*each)
    assert (fact.status, fact.disputed) == (status, disputed)


def test_a_denied_fact_without_affirmation_is_not_disputed_by_another_event():
    facts = facts_of(told("a", when="2025-07-12"), told("b", when="2024-01-01", status=Status.DENIED))
    assert [fact.disputed for fact in facts] == [False, False]


# Sources and confidence


def test_six_copies_of_a_wire_story_are_six_articles_and_one_source():
    each = []
    for i in range(6):
        of = article(f"copy{i}", text=f"{WIRE} ending{i}", publisher=f"Paper {i}")
        each.append((of, claim(of, when="2025-07-12")))
    (fact,) = facts_of(*each)
    assert (fact.source_count, fact.independent_source_count) == (6, 1)
    assert fact.confidence == 0.8


def test_reports_that_credit_one_agency_are_one_source_and_own_reports_are_not():
    texts = [" ".join(f"{name}{i}" for i in range(80)) for name in ("one", "two", "three", "four")]
    credited = [
        article("a", text=texts[0], publisher="Daily Lantern", agency="Northwire"),
        article("b", text=texts[1], publisher="northwire "),
        article("c", text=texts[2], publisher="Daily Lantern"),
        article("d", text=texts[3]),
    ]
    (fact,) = facts_of(*((of, claim(of, when="2025-07-12")) for of in credited))
    assert (fact.source_count, fact.independent_source_count) == (4, 3)


def test_confidence_grows_with_independent_sources_and_stays_below_certainty():
    (once,) = facts_of(told("a", when="2025", confidence=0.7))
    (twice,) = facts_of(told("a", when="2025", confidence=0.7), told("b", when="2025", confidence=0.6))
    (often,) = facts_of(*(told(f"n{i}", when="2025", confidence=0.9) for i in range(9)))
    assert (once.confidence, twice.confidence, often.confidence) == (0.7, 0.88, 0.99)


def test_a_plan_does_not_make_the_deed_more_certain():
    (fact,) = facts_of(
        told("a", when="2025", confidence=0.7), told("b", when="2025", confidence=0.9, status=Status.PLANNED)
    )
    assert (fact.status, fact.confidence, fact.source_count) == (Status.ACTUAL, 0.7, 2)


def test_item_and_place_are_the_most_frequent_then_the_first_in_the_alphabet():
    (fact,) = facts_of(
        told("a", when="2025", item="tanks", place="Wonsan"),
        told("b", when="2025", item="oil", place="Pyongyang", place_entity="PRK"),
        told("c", when="2025", item="oil"),
    )
    assert (fact.item, fact.place, fact.place_entity) == ("oil", "Pyongyang", "PRK")


def test_reporting_dates_are_the_first_and_the_last_publication():
    (fact,) = facts_of(
        told("a", when="2025", published="2025-03-01"),
        told("b", when="2025", published=None),
        told("c", when="2025", published="2025-02-01"),
    )
    assert (fact.first_reported, fact.last_reported) == (date(2025, 2, 1), date(2025, 3, 1))


def test_a_relation_that_the_catalogue_lacks_is_read_as_an_event():
    of = article()
    assert len(list(consolidate([claim(of, relation="expels")], {of.id: of}, RELATIONS))) == 1


# Whatever the order

DAYS = st.dates(date(2025, 6, 1), date(2025, 8, 31))
PERIODS = st.one_of(
    st.none(),
    DAYS.map(str),
    DAYS.map(lambda day: day.strftime("%Y-%m")),
    st.just("2025"),
    st.tuples(DAYS, DAYS).map(lambda pair: "/".join(map(str, sorted(pair)))),
)


@st.composite
def reports(draw: st.DrawFn) -> list[Told]:
    found = []
    for number in range(draw(st.integers(1, 8))):
        of = article(
            f"n{number}",
            published=draw(st.one_of(st.none(), DAYS.map(str))),
            text=draw(st.sampled_from([WIRE, WIRE + " more", f"other {number} text entirely"])),
            agency=draw(st.sampled_from([None, "Northwire", "Southwire"])),
        )
        for at in range(draw(st.integers(1, 2))):
            found.append(
                (
                    of,
                    claim(
                        of,
                        draw(st.sampled_from(["RUS", "PRK"])),
                        draw(st.sampled_from(["meets", "memberOf"])),
                        draw(st.sampled_from(["RUS", "PRK"])),
                        when=draw(PERIODS),
                        status=draw(st.sampled_from(Status)),
                        at=at,
                        confidence=draw(st.sampled_from([0.5, 0.8, 0.95])),
                        item=draw(st.sampled_from([None, "oil", "tanks"])),
                    ),
                )
            )
    return found


@given(reports(), st.randoms(use_true_random=False))
def test_any_order_gives_the_same_facts(told: list[Told], shuffler: random.Random):
    shuffled = list(told)
    shuffler.shuffle(shuffled)
    assert facts_of(*shuffled) == facts_of(*told)


@given(reports())
def test_every_claim_is_in_exactly_one_fact_and_ids_differ(told: list[Told]):
    facts = facts_of(*told)
    assert sorted(id for fact in facts for id in fact.claims) == sorted({claim.id for _, claim in told})
    assert len({fact.id for fact in facts}) == len(facts)


@given(reports())
def test_a_fact_is_never_dated_more_precisely_than_a_claim_of_it(told: list[Told]):
    claims = {claim.id: claim for _, claim in told}
    for fact in facts_of(*told):
        periods = [claims[id].date for id in fact.claims]
        assert fact.date in periods
        assert 1 <= fact.independent_source_count <= fact.source_count
