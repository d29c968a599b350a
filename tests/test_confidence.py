"""How sure claims are: less for pronouns, plans and distant ends, never more than their kind allows."""

from __future__ import annotations

from hypothesis import given, strategies as st

from geograph.model import EntityType, Mention, Span, Status, Via
from geograph.readers.confidence import EVENT, OFFICE, confidence

TRIGGER = Span(20, 26)


def _end(via: Via = Via.NAME, start: int = 30) -> Mention:
    return Mention(Span(start, start + 4), "Peru", EntityType.COUNTRY, via, "PER")


def test_a_plain_claim_between_names_is_as_sure_as_its_kind() -> None:
    assert confidence(EVENT, TRIGGER, (_end(), _end(start=10)), Status.ACTUAL) == EVENT
    assert confidence(OFFICE, TRIGGER, (_end(),), Status.ACTUAL) == OFFICE


def test_pronouns_plans_and_distance_make_less_sure() -> None:
    plain = confidence(EVENT, TRIGGER, (_end(), _end()), Status.ACTUAL)
    assert confidence(EVENT, TRIGGER, (_end(Via.PRONOUN), _end()), Status.ACTUAL) < plain
    assert confidence(EVENT, TRIGGER, (_end(), _end()), Status.POSSIBLE) < plain
    assert confidence(EVENT, TRIGGER, (_end(), _end(start=150)), Status.ACTUAL) < plain


def test_what_may_be_is_less_sure_than_what_will() -> None:
    may, will = (confidence(EVENT, TRIGGER, (_end(), _end()), status) for status in (Status.POSSIBLE, Status.PLANNED))
    assert may < will


@given(
    base=st.sampled_from([EVENT, OFFICE]),
    vias=st.lists(st.sampled_from(Via), min_size=1, max_size=2),
    start=st.integers(0, 900),
    status=st.sampled_from(Status),
)
def test_it_is_a_share_of_two_decimals_that_no_more_doubt_raises(
    base: float, vias: list[Via], start: int, status: Status
) -> None:
    found = confidence(base, TRIGGER, tuple(_end(via, start) for via in vias), status)
    assert 0 < found <= base
    assert found == round(found, 2)
    assert found <= confidence(base, TRIGGER, tuple(_end(start=start) for _ in vias), status)
