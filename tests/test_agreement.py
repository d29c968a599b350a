"""Several readers of one sentence: each thing is claimed once, surer where they agree."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, strategies as st

from geograph.model import Claim, Span, Status
from geograph.ontology import load
from geograph.readers.agreement import agreed

RELATIONS = load().relations


def claim(relation: str = "meets", subject: str = "a", object: str = "b", **changes: object) -> Claim:
    base = Claim(
        article="1",
        relation=relation,
        subject=subject,
        object=object,
        status=Status.ACTUAL,
        span=Span(0, 20),
        quote="Ada Moran met Bo Lind",
        trigger="met",
        trigger_span=Span(10, 13),
        confidence=0.8,
    )
    return replace(base, **changes)


def test_what_two_readers_say_is_one_claim_that_is_surer_than_either() -> None:
    (found,) = agreed([claim(), claim(reader="learned", confidence=0.7)], RELATIONS)
    assert found.reader == "rules+learned"
    assert found.confidence == 0.87


def test_no_agreement_makes_certain() -> None:
    (found,) = agreed([claim(confidence=0.99), claim(reader="learned", confidence=0.99)], RELATIONS)
    assert found.confidence == 0.99


def test_ends_of_a_symmetric_relation_may_stand_either_way_round() -> None:
    assert len(agreed([claim(), claim(subject="b", object="a", reader="learned")], RELATIONS)) == 1
    other = [claim("attacks"), claim("attacks", subject="b", object="a")]
    assert len(agreed(other, RELATIONS)) == 2


def test_another_status_is_no_agreement_and_the_first_reader_holds() -> None:
    (found,) = agreed([claim(status=Status.DENIED), claim(reader="learned")], RELATIONS)
    assert (found.status, found.reader, found.confidence) == (Status.DENIED, "rules", 0.8)


def test_what_only_the_second_reader_says_is_kept_as_its_own() -> None:
    found = agreed([claim(), claim("visits", object="c", reader="learned")], RELATIONS)
    assert [c.reader for c in found] == ["rules", "learned"]


def test_of_two_whose_event_is_told_a_later_reader_tells_no_other() -> None:
    other = claim("visits", subject="b", object="a", reader="learned")
    assert agreed([claim(), other], RELATIONS) == [claim()]
    elsewhere = replace(other, span=Span(30, 50))
    assert agreed([claim(), elsewhere], RELATIONS) == [claim(), elsewhere]


def test_an_office_and_an_event_of_the_same_two_are_both_told() -> None:
    office = claim("holdsOfficeIn", reader="learned")
    assert agreed([claim("visits"), office], RELATIONS) == [claim("visits"), office]


def test_one_reader_may_say_the_same_of_two_dates_of_a_sentence() -> None:
    twice = [claim(item="first talks"), claim(item="second talks")]
    assert agreed(twice, RELATIONS) == twice


claims = st.builds(
    claim,
    st.sampled_from(["meets", "attacks", "visits"]),
    st.sampled_from(["a", "b"]),
    st.sampled_from(["c", "d"]),
    reader=st.sampled_from(["rules", "learned"]),
    confidence=st.floats(0, 1),
    status=st.sampled_from(list(Status)),
)


@given(st.lists(claims))
def test_nothing_new_is_said_and_nothing_that_was_said_is_lost(said: list[Claim]) -> None:
    found = agreed(said, RELATIONS)
    first = {frozenset((c.subject, c.object)) for c in said}
    assert {frozenset((c.subject, c.object)) for c in found} == first
    assert {c.id for c in found} <= {c.id for c in said}
    assert all(0 <= c.confidence <= 1 for c in found)
