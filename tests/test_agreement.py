"""Several readers of one sentence: each thing is claimed once, surer where they agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, strategies as st
from spacy.language import Language

from geograph.model import Article, Claim, Span, Status
from geograph.ontology import load
from geograph.pipeline import extract
from geograph.readers.agreement import agreed
from geograph.readers.protocol import Reading
from geograph.readers.rules.reader import rule_reader

ONTOLOGY = load()
RELATIONS = ONTOLOGY.relations


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


@dataclass(frozen=True)
class Believer:
    """Reads one relation between the first two actors of an article, whatever the words say."""

    relation: str
    name: str = "believer"

    def read(self, reading: Reading) -> Iterator[Claim]:
        first, second = (mention for mention in reading.mentions if mention.entity is not None)
        assert first.entity is not None
        assert second.entity is not None
        whole = Span(0, len(reading.article.text))
        yield Claim(
            article=reading.article.id,
            relation=self.relation,
            subject=first.entity,
            object=second.entity,
            status=Status.ACTUAL,
            span=whole,
            quote=reading.article.text,
            trigger=reading.article.text,
            trigger_span=whole,
            reader=self.name,
            confidence=0.9,
        )


@pytest.mark.parametrize(
    ("text", "relation", "refused"),
    [
        ("Did Norway attack Ghana?", "attacks", True),
        ("Did Norway attack Ghana?", "praises", False),
        ("Norway and Ghana stood apart.", "attacks", False),
    ],
)
def test_what_the_rules_have_understood_and_refused_no_other_reader_claims(
    nlp: Language, text: str, relation: str, refused: bool
) -> None:
    for readers, kept in (
        ([Believer(relation)], True),
        ([rule_reader(ONTOLOGY), Believer(relation)], not refused),
    ):
        (found,) = extract([Article("a", text)], nlp=nlp, ontology=ONTOLOGY, readers=readers)
        assert [(c.relation, c.reader) for c in found.claims] == ([(relation, "believer")] if kept else [])
