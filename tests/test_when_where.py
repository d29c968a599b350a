"""When and where: the date and place that belong to an event. Rows: text, predicate, trigger words, what is found."""

from __future__ import annotations

from datetime import date

import pytest
from reading_factory import ONTOLOGY, make_frame, make_reading
from spacy.language import Language

from geograph.model import EntityType
from geograph.readers.when import event_date
from geograph.readers.where import event_place

SATURDAY = date(2025, 7, 12)
ACTORS = {
    "France": ("FRA", EntityType.COUNTRY),
    "Iran": ("IRN", EntityType.COUNTRY),
    "Peru": ("PER", EntityType.COUNTRY),
    "Anna Lindqvar": ("person.Anna_Lindqvar", EntityType.PERSON),
    "Lindqvar": ("person.Anna_Lindqvar", EntityType.PERSON),
    "Pavel Orsov": ("person.Pavel_Orsov", EntityType.PERSON),
    "Lima": ("Lima-1", EntityType.PLACE),
    "Arequipa": ("Arequipa-2", EntityType.PLACE),
    "White House": ("White_House", EntityType.ORGANIZATION),
}

DATES = [
    ("France attacked Iran on Friday.", "attacked", (), "2025-07-11"),
    ("On Friday, France attacked Iran.", "attacked", (), "2025-07-11"),
    ("France attacked Iran, the ministry said on Friday.", "attacked", (), None),
    ("The ministry said on Friday that France attacked Iran.", "attacked", (), None),
    ("The ministry said on Friday that France attacked Iran in 2014.", "attacked", (), "2014"),
    ("The ministry said on Saturday that France would attack Iran from August 1.", "attack", (), "2025-08-01"),
    ("France attacked Iran in 2014 and sanctioned Peru.", "sanctioned", (), None),
    ("France sanctioned Peru and attacked Iran in 2014.", "attacked", (), "2014"),
    ("On Friday France left Peru and attacked Iran.", "attacked", (), "2025-07-11"),
    ("France may deploy troops to Iran in July or August.", "deploy", (), "2025-07/2025-08"),
    ("France is due to visit Iran on Monday and Tuesday.", "visit", (), "2025-07-14/2025-07-15"),
    ("On Monday, France is due to visit Iran.", "visit", (), "2025-07-14"),
    ("France began on Monday to attack Iran.", "attack", (), "2025-07-07"),
    ("France agreed on Monday to attack Iran.", "attack", (), None),
    ("France must leave Iran by Friday.", "leave", (), "2025-07-12/2025-07-18"),
    ("France attacked Iran, which Peru had attacked in 2014.", "attacked", (), None),
    ("France has sanctioned Iran since 2011.", "sanctioned", (), "2011/2025"),
    ("France attacked Iran.", "attacked", (), None),
    ("France criticized Iran over a war that began in 2014.", "criticized", (), None),
    ("France criticized the 2014 attack on Iran.", "criticized", (), None),
    ("In a speech on Friday, France criticized Iran.", "criticized", (), "2025-07-11"),
    ("France criticized Iran at a summit on Friday.", "criticized", (), "2025-07-11"),
    ("France criticized Iran after a summit last year.", "criticized", (), None),
    ("France criticized Iran for an attack last year.", "criticized", (), None),
    ("France criticized Iran during the war last year.", "criticized", (), None),
    (
        "France was due to visit Iran to attend a meeting scheduled for Monday and Tuesday.",
        "visit",
        (),
        "2025-07-14/2025-07-15",
    ),
    ("France met Peru on Friday to sign a pact with Iran.", "sign", ("pact",), "2025-07-11"),
    ("In 2014 Peru fled when France attacked Iran.", "attacked", (), "2014"),
    ("Peru fled in 2014 because France attacked Iran.", "attacked", (), None),
    ("France ordered on Friday that Iran be attacked.", "attacked", (), None),
    ("France launched attacks on Iran overnight.", "launched", ("attacks",), "2025-07-11/2025-07-12"),
    ("France struck Iran two days after Peru left on July 1.", "struck", (), None),
    ("France attacked Iran for three days.", "attacked", (), None),
    # The date of saying so, where who says so does so
    ("France said on Friday it condemned Iran.", "condemned", (), "2025-07-11"),
    ("France said on Friday that it was urging Iran to leave.", "urging", (), "2025-07-11"),
    ("France's ministry said on Friday that France condemned Iran.", "condemned", (), "2025-07-11"),
    ("France said on Friday it had condemned Iran.", "condemned", (), None),
    ("France said on Friday it would condemn Iran.", "condemn", (), None),
    ("France said on Friday it attacked Iran.", "attacked", (), None),
    ("The ministry said on Friday that France condemned Iran.", "condemned", (), None),
    ("France said on Friday it condemned Iran on Monday.", "condemned", (), "2025-07-07"),
    ("France, speaking on Friday, condemned Iran.", "condemned", (), "2025-07-11"),
    ("France, elected on Friday, condemned Iran.", "condemned", (), None),
    ("In a statement issued on Friday, France condemned Iran.", "condemned", (), "2025-07-11"),
    ("France condemned Iran in an interview published on Friday.", "condemned", (), "2025-07-11"),
    ("France condemned Iran over a report published on Friday.", "condemned", (), None),
    # Dates of nouns
    ("France criticized a 2015 report on Iran.", "criticized", (), None),
    ("France rejected Iran's July proposal.", "rejected", (), None),
    ("France sent aid to Iran after the quake of July 3.", "sent", (), None),
    ("France urged Iran to hold elections in May 2026.", "urged", (), None),
    ("France threatened Iran with sanctions on Friday.", "threatened", (), "2025-07-11"),
    ("France threatened Iran over the sanctions of Friday.", "threatened", (), None),
    ("In the 1973 war, France attacked Iran.", "attacked", (), "1973"),
    ("France attacked Iran during the war of 1973.", "attacked", (), "1973"),
    ("France attacked Iran over the 1973 war.", "attacked", (), None),
    ("France attacked Iran during the war that began in 1973.", "attacked", (), None),
    # Bounds
    ("France attacked Iran for the first time since 2011.", "attacked", (), None),
    ("France attacked Iran on Friday for the first time since 2011.", "attacked", (), "2025-07-11"),
    ("France met Iran on the eve of July 4.", "met", (), "2025-07-03"),
    ("France met Iran days before July 4.", "met", (), None),
    ("France aided Iran after the July 3 flood.", "aided", (), None),
    ("France left Iran before Monday's vote.", "left", (), None),
    ("France has aided Iran since the 2014 flood.", "aided", (), "2014/2025"),
    # The finer of two
    ("France attacked Iran earlier this month, on July 3.", "attacked", (), "2025-07-03"),
    ("France attacked Iran this week on Friday.", "attacked", (), "2025-07-11"),
]
PERFORMED = [
    ("France condemns Iran. We will stay.", "condemns", "2025-07-12"),
    ("We are with our friends. France again urges Iran to leave.", "urges", "2025-07-12"),
    ("France thanks Peru and condemns Iran. I will stay.", "condemns", "2025-07-12"),
    ("France condemned Iran. We will stay.", "condemned", None),
    ("France will condemn Iran. We will stay.", "condemn", None),
    ("France condemns Iran.", "condemns", None),
    ('France condemns Iran. "We will stay," he said.', "condemns", None),
    ("France attacks Iran. We will stay.", "attacks", None),
    ("He knows that France condemns Iran. We will stay.", "condemns", None),
    ("France condemns Iran, the minister said on Friday.", "condemns", "2025-07-11"),
    ("The minister said on Friday that France condemns Iran.", "condemns", "2025-07-11"),
    ("The minister said on Friday that France had condemned Iran.", "condemned", None),
]


@pytest.mark.parametrize(("text", "predicate", "expected"), PERFORMED)
def test_date_of_an_act_done_by_saying_so(nlp: Language, text: str, predicate: str, expected: str | None) -> None:
    reading = make_reading(nlp, text, ACTORS, published=SATURDAY)
    found = event_date(reading, make_frame(reading, "criticizes", predicate, "France", "Iran"), ONTOLOGY.words)
    assert (found.period.edtf if found is not None and found.period is not None else None) == expected


@pytest.mark.parametrize(
    ("title", "text", "predicate", "expected"),
    [
        ("Statement by the President of France", "France condemns Iran.", "condemns", "2025-07-12"),
        ("Joint Statement on Iran", "France urges Iran to leave.", "urges", "2025-07-12"),
        ("Statement on Iran", "France condemned Iran.", "condemned", None),
        ("Statement on Iran", "France attacks Iran.", "attacks", None),
        ("Statement on Iran", "Peru knows that France condemns Iran.", "condemns", None),
        ("France condemns Iran", "France condemns Iran.", "condemns", None),
        ("Minister makes statement on Iran", "France condemns Iran.", "condemns", None),
        (None, "France condemns Iran.", "condemns", None),
    ],
)
def test_acts_of_a_statement_are_of_its_day(
    nlp: Language, title: str | None, text: str, predicate: str, expected: str | None
) -> None:
    reading = make_reading(nlp, text, ACTORS, published=SATURDAY, title=title)
    found = event_date(reading, make_frame(reading, "criticizes", predicate, "France", "Iran"), ONTOLOGY.words)
    assert (found.period.edtf if found is not None and found.period is not None else None) == expected


NOMINAL_DATES = [
    ("The pact was renewed by a visit of France to Iran last year.", "visit", (), "2024"),
    ("The 2012 attack of France on Iran hurt Peru.", "attack", (), "2012"),
    ("Talks between France and Iran took place on Monday.", "Talks", (), "2025-07-07"),
    ("France held talks with Iran on Monday.", "held", ("talks",), "2025-07-07"),
    ("France held talks with Iran on Monday.", "talks", (), "2025-07-07"),
    ("A meeting on Friday between France and Iran failed.", "meeting", (), "2025-07-11"),
    ("Peru spoke on Friday of an attack of France on Iran.", "attack", (), None),
    ("Peru on Friday condemned the attack of France on Iran.", "attack", (), None),
    ("The attack of France on Iran, which occurred overnight, hurt Peru.", "attack", (), "2025-07-11/2025-07-12"),
    ("A summit of France and Iran is expected to take place in late July.", "summit", (), "2025-07"),
    ("A summit of France and Iran expected to take place in late July pleased Peru.", "summit", (), "2025-07"),
    ("Sanctions of France on Iran will take effect on Monday.", "Sanctions", (), "2025-07-14"),
    ("Peru hailed the talks of France with Iran in 2014.", "talks", (), "2014"),
    ("The criticism by France of Iran over the 2014 attack hurt Peru.", "criticism", (), None),
    ("France said on Friday in a letter to Iran that it would leave.", "letter", (), "2025-07-11"),
    ("France said on Friday in a retort to Iran that it would leave.", "retort", (), "2025-07-11"),
    ("France said on Friday after a meeting with Iran that it would leave.", "meeting", (), None),
    ("France said on Friday during the war with Iran that it would leave.", "war", (), None),
    ("The first attack of France on Iran since 2011 hurt Peru.", "attack", (), None),
]


@pytest.mark.parametrize(("text", "predicate", "trigger", "expected"), DATES + NOMINAL_DATES)
def test_date_of_an_event(
    nlp: Language, text: str, predicate: str, trigger: tuple[str, ...], expected: str | None
) -> None:
    reading = make_reading(nlp, text, ACTORS, published=SATURDAY)
    frame = make_frame(reading, "attacks", predicate, "France", "Iran", trigger=trigger)
    found = event_date(reading, frame, ONTOLOGY.words)
    assert (found.period.edtf if found is not None and found.period is not None else None) == expected


PLACES = [
    ("Lindqvar met Pavel Orsov in Lima.", "met", (), "Lima"),
    ("Lindqvar met Pavel Orsov in the coastal city of Lima on Saturday.", "met", (), "Lima"),
    ("Lindqvar met Pavel Orsov in Lima, Peru.", "met", (), "Lima"),
    ("In Lima, Lindqvar met Pavel Orsov.", "met", (), "Lima"),
    ("Lindqvar met Pavel Orsov at the White House.", "met", (), "White House"),
    ("Lindqvar met Pavel Orsov.", "met", (), None),
    ("Lindqvar met Pavel Orsov, who was born in Lima.", "met", (), None),
    ("Lindqvar met Pavel Orsov after a bomb fell in Lima.", "met", (), None),
    ("Lindqvar met Pavel Orsov, the ministry said in Lima.", "met", (), None),
    ("Lindqvar met Pavel Orsov near Lima.", "met", (), "Lima"),
    ("Lindqvar and Pavel Orsov held talks in Lima.", "held", ("talks",), "Lima"),
    ("Talks of Lindqvar with Pavel Orsov took place in Lima.", "Talks", (), "Lima"),
    ("Lindqvar met Pavel Orsov in July.", "met", (), None),
    ("At a summit in Lima, Lindqvar met Pavel Orsov.", "met", (), "Lima"),
    ("The envoy flew to Lima, where Lindqvar met Pavel Orsov.", "met", (), "Lima"),
    ("The envoy stayed in the city of Lima, where Lindqvar met Pavel Orsov.", "met", (), "Lima"),
    ("The envoy sat in Lima for a summit where Lindqvar met Pavel Orsov.", "met", (), "Lima"),
    ("Lindqvar wrote to Pavel Orsov, whose embassy in Lima had closed.", "wrote", (), None),
    ("Lindqvar was met by Pavel Orsov in Lima.", "met", (), "Lima"),
    ("Lindqvar praised Pavel Orsov for a speech in Lima.", "praised", (), None),
    ("Lindqvar met Pavel Orsov over the war in Peru.", "met", (), None),
    ("Lindqvar met Pavel Orsov during the conflict in Peru.", "met", (), None),
    ("Lindqvar met Pavel Orsov and left troops in Lima.", "met", (), None),
    ("Lindqvar met Pavel Orsov on the sidelines of a summit in Lima.", "met", (), "Lima"),
    ("Lindqvar met Pavel Orsov at the end of a summit in Lima.", "met", (), "Lima"),
    ("Lindqvar met Pavel Orsov ahead of a summit in Lima.", "met", (), None),
    ("Lindqvar met Pavel Orsov at a Lima airport.", "met", (), "Lima"),
    ("Lindqvar, speaking in Lima, thanked Pavel Orsov.", "thanked", (), "Lima"),
    ("Lindqvar, born in Lima, thanked Pavel Orsov.", "thanked", (), None),
    ("Lindqvar said in a letter to Pavel Orsov that Lima was lost.", "letter", (), None),
    ("Lindqvar flew to Lima to meet Pavel Orsov.", "meet", (), "Lima"),
    ("Lindqvar flew to Lima for talks with Pavel Orsov.", "talks", (), "Lima"),
    ("Lindqvar is in Lima to meet Pavel Orsov.", "meet", (), "Lima"),
    ("Lindqvar wrote to Lima to meet Pavel Orsov.", "meet", (), None),
    ("Lindqvar decided in Lima to meet Pavel Orsov.", "meet", (), None),
    ("Lindqvar flew from Lima to meet Pavel Orsov.", "meet", (), None),
    ("The Lima talks of Lindqvar with Pavel Orsov failed.", "talks", (), "Lima"),
    ("Lima-hosted talks between Lindqvar and Pavel Orsov failed.", "talks", (), "Lima"),
    ("The Peru talks of Lindqvar with Pavel Orsov failed.", "talks", (), None),
    ("The talks of the Lima envoy Lindqvar with Pavel Orsov failed.", "talks", (), None),
    ("Lindqvar met Pavel Orsov, not far off the coast of Lima.", "met", (), "Lima"),
    ("Lindqvar met Pavel Orsov to sign a pact in Lima.", "met", (), None),
]


def test_place_of_a_meeting_may_stand_behind_those_met(nlp: Language) -> None:
    reading = make_reading(nlp, "Lindqvar met Iran negotiators in Lima on Saturday.", ACTORS)
    assert event_place(reading, make_frame(reading, "meets", "met", "Lindqvar", "Iran"), ONTOLOGY.words) == (
        "Lima",
        "Lima-1",
    )
    reading = make_reading(nlp, "Lindqvar praised Iran negotiators in Lima on Saturday.", ACTORS)
    assert event_place(reading, make_frame(reading, "praises", "praised", "Lindqvar", "Iran"), ONTOLOGY.words) is None


@pytest.mark.parametrize(("text", "predicate", "trigger", "expected"), PLACES)
def test_place_of_an_event(
    nlp: Language, text: str, predicate: str, trigger: tuple[str, ...], expected: str | None
) -> None:
    reading = make_reading(nlp, text, ACTORS)
    frame = make_frame(reading, "meets", predicate, "Lindqvar", "Pavel Orsov", trigger=trigger)
    found = event_place(reading, frame, ONTOLOGY.words)
    assert (found[0] if found is not None else None) == expected


@pytest.mark.parametrize(
    ("text", "predicate", "object", "relation", "expected"),
    [
        ("Lindqvar visited Lima.", "visited", "Lima", "visits", ("Lima", "Lima-1")),
        ("Lindqvar visited Peru.", "visited", "Peru", "visits", ("Peru", "PER")),
        ("Lindqvar arrived in Lima from Arequipa.", "arrived", "Lima", "visits", ("Lima", "Lima-1")),
        ("Lindqvar sent soldiers to Peru.", "sent", "Peru", "deploysTo", ("Peru", "PER")),
        ("Lindqvar attacked Peru.", "attacked", "Peru", "attacks", ("Peru", "PER")),
        ("Lindqvar attacked Peru troops.", "attacked", "Peru", "attacks", None),
        ("Lindqvar sent aid to Peru.", "sent", "Peru", "aids", None),
        ("Lindqvar criticized Peru.", "criticized", "Peru", "criticizes", None),
        ("Lindqvar invested in Peru.", "invested", "Peru", "investsIn", None),
    ],
)
def test_object_as_place(
    nlp: Language, text: str, predicate: str, object: str, relation: str, expected: tuple[str, str] | None
) -> None:
    reading = make_reading(nlp, text, ACTORS)
    frame = make_frame(reading, relation, predicate, "Lindqvar", object)
    assert event_place(reading, frame, ONTOLOGY.words) == expected
