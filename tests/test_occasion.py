"""What belongs to an occasion told before, and what does not. Rows: text, relation, object."""

from __future__ import annotations

from datetime import date

import pytest
from reading_factory import ONTOLOGY, make_reading
from spacy.language import Language

from geograph.model import EntityType
from geograph.readers.rules.reader import rule_reader

SATURDAY = date(2025, 7, 12)
MONDAY = "2025-07-07"
ACTORS = {
    "France": ("FRA", EntityType.COUNTRY),
    "Peru": ("PER", EntityType.COUNTRY),
    "Iran": ("IRN", EntityType.COUNTRY),
    "Anna Lindqvar": ("person.Anna_Lindqvar", EntityType.PERSON),
    "Lindqvar": ("person.Anna_Lindqvar", EntityType.PERSON),
    "Pavel Orsov": ("person.Pavel_Orsov", EntityType.PERSON),
    "Orsov": ("person.Pavel_Orsov", EntityType.PERSON),
    "Ivo Brandt": ("person.Ivo_Brandt", EntityType.PERSON),
    "It": ("FRA", EntityType.COUNTRY),
    "it": ("FRA", EntityType.COUNTRY),
    "Lima": ("Lima-1", EntityType.PLACE),
    "Arequipa": ("Arequipa-2", EntityType.PLACE),
}
PERSONS = "Anna Lindqvar met Pavel Orsov in Lima on Monday. "
SPEECH = "In Lima on Monday, France condemned Iran. "
STATES = "France and Peru held talks in Lima on Monday. "

THERE = [
    (PERSONS + "Lindqvar thanked Orsov.", "praises", "person.Pavel_Orsov"),
    (PERSONS + "Lindqvar praised Orsov and left.", "praises", "person.Pavel_Orsov"),
    (PERSONS + "Lindqvar also met Ivo Brandt.", "meets", "person.Ivo_Brandt"),
    (PERSONS + "Lindqvar also held talks with Ivo Brandt.", "meets", "person.Ivo_Brandt"),
    (PERSONS + "It rained. Lindqvar urged Orsov to stay.", "urges", "person.Pavel_Orsov"),
    (PERSONS + "At the meeting, Lindqvar condemned Iran.", "criticizes", "IRN"),
    (PERSONS + "Lindqvar, an official said, thanked Orsov.", "praises", "person.Pavel_Orsov"),
    (PERSONS + "Lindqvar thanked Orsov, an official said.", "praises", "person.Pavel_Orsov"),
    (STATES + "France thanked Peru.", "praises", "PER"),
    (STATES + "Peru thanked France.", "praises", "FRA"),
    (STATES + "During the talks, France criticized Iran.", "criticizes", "IRN"),
    (STATES + "The talks between France and Peru were useful.", "meets", "PER"),
    (STATES + "France urged Peru to stay.", "urges", "PER"),
    (STATES + "France thanked Peru for its help over the July 3 flood.", "praises", "PER"),
    (SPEECH + "It urged Iran to leave.", "urges", "IRN"),
    (SPEECH + "France also urged Iran to leave.", "urges", "IRN"),
    (SPEECH + "France added that it urged Iran to leave.", "urges", "IRN"),
    (SPEECH + "It rained. France added that it thanked Peru.", "praises", "PER"),
]
NOT_THERE = [
    (PERSONS + "Lindqvar condemned Iran.", "criticizes", "IRN"),
    (PERSONS + "Lindqvar had thanked Orsov.", "praises", "person.Pavel_Orsov"),
    (PERSONS + "Lindqvar has often thanked Orsov.", "praises", "person.Pavel_Orsov"),
    (PERSONS + "Earlier, Lindqvar thanked Orsov.", "praises", "person.Pavel_Orsov"),
    (PERSONS + "Lindqvar later met Ivo Brandt.", "meets", "person.Ivo_Brandt"),
    (PERSONS + "Lindqvar met Ivo Brandt.", "meets", "person.Ivo_Brandt"),
    (PERSONS + "A week earlier, Lindqvar thanked Orsov.", "praises", "person.Pavel_Orsov"),
    (PERSONS + "On Friday it rained. Lindqvar thanked Orsov.", "praises", "person.Pavel_Orsov"),
    (PERSONS + "Ivo Brandt thanked Orsov.", "praises", "person.Pavel_Orsov"),
    (PERSONS + "During the war, Lindqvar condemned Iran.", "criticizes", "IRN"),
    (PERSONS + "At a summit of Iran, Lindqvar thanked Iran.", "praises", "IRN"),
    (PERSONS + "It rained. " * 7 + "Lindqvar thanked Orsov.", "praises", "person.Pavel_Orsov"),
    ("Lindqvar will meet Pavel Orsov on Monday. Lindqvar thanked Orsov.", "praises", "person.Pavel_Orsov"),
    (
        "After Lindqvar met Orsov on Monday and thanked Ivo Brandt, it rained. Lindqvar thanked Orsov.",
        "praises",
        "person.Pavel_Orsov",
    ),
    ("After Lindqvar met Orsov on Monday, it rained. Lindqvar thanked Orsov.", "praises", "person.Pavel_Orsov"),
    (STATES + "France criticized Peru.", "criticizes", "PER"),
    (STATES + "France thanked Peru during the 2020 crisis.", "praises", "PER"),
    (STATES + "In the 2020 election France supported Peru.", "supports", "PER"),
    (STATES + "France supported Peru.", "supports", "PER"),
    (STATES + "France attacked Peru.", "attacks", "PER"),
    (STATES + "France had thanked Peru.", "praises", "PER"),
    (STATES + "France will thank Peru.", "praises", "PER"),
    (SPEECH + "It thanked Peru.", "praises", "PER"),
    (SPEECH + "It has urged Iran to leave.", "urges", "IRN"),
    (SPEECH + "Peru also urged Iran to leave.", "urges", "IRN"),
    (SPEECH + "It rained. France urged Iran to leave.", "urges", "IRN"),
    (SPEECH + "Last year it urged Iran to leave.", "urges", "IRN"),
    (SPEECH + "It attacked Iran.", "attacks", "IRN"),
]


def found(nlp: Language, text: str, relation: str, object: str, title: str | None = None) -> tuple[str | None, ...]:
    reading = make_reading(nlp, text, ACTORS, published=SATURDAY, title=title)
    claims = [
        c for c in rule_reader(ONTOLOGY).read(reading) if c.relation == relation and object in (c.subject, c.object)
    ]
    assert claims, "no claim"
    last = claims[-1]
    return (last.date.edtf if last.date is not None else None, last.place)


@pytest.mark.parametrize(("text", "relation", "object"), THERE)
def test_claim_of_an_occasion(nlp: Language, text: str, relation: str, object: str) -> None:
    assert found(nlp, text, relation, object) == (MONDAY, "Lima")


@pytest.mark.parametrize(("text", "relation", "object"), NOT_THERE)
def test_claim_of_another_time(nlp: Language, text: str, relation: str, object: str) -> None:
    assert MONDAY not in found(nlp, text, relation, object)


def test_a_place_of_its_own_is_another_occasion(nlp: Language) -> None:
    assert found(nlp, PERSONS + "In Arequipa, Lindqvar thanked Orsov.", "praises", "person.Pavel_Orsov") == (
        None,
        "Arequipa",
    )


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Readout of the meeting", (MONDAY, "Lima")),
        ("Joint Statement", (MONDAY, "Lima")),
        ("Rain in Lima", (None, None)),
    ],
)
def test_a_readout_reports_one_occasion(nlp: Language, title: str, expected: tuple[str | None, ...]) -> None:
    text = STATES + "It rained. " * 7 + "France thanked Peru."
    assert found(nlp, text, "praises", "PER", title) == expected
