"""Items: what was supplied, agreed, imposed or deployed."""

from __future__ import annotations

import pytest
from reading_factory import ONTOLOGY, make_frame, make_reading
from spacy.language import Language

from geograph.model import EntityType
from geograph.readers.items import item_of

ACTORS = {"France": ("FRA", EntityType.COUNTRY), "Iran": ("IRN", EntityType.COUNTRY)}

NAMED = [
    ("France sent Iran 10,000 soldiers.", "sent", "soldiers", "10,000 soldiers"),
    ("France sent more than 10,000 soldiers to Iran.", "sent", "soldiers", "more than 10,000 soldiers"),
    ("France supplied Iran with munitions.", "supplied", "munitions", "munitions"),
    ("France sent Iran the new air defence systems it had built.", "sent", "systems", "new air defence systems"),
    ("France sent its tanks to Iran.", "sent", "tanks", "tanks"),
    ("France sent Iran thousands of troops.", "sent", "thousands", "thousands of troops"),
    ("France will send Iran 6,000 engineers and builders.", "send", "engineers", "6,000 engineers and builders"),
    ("France sent Iran missiles, drones and tanks.", "sent", "missiles", "missiles, drones and tanks"),
    ("France sells Iran two billion cubic meters of gas.", "sells", "meters", "two billion cubic meters of gas"),
    ("France sent Iran weapons, which Iran wanted.", "sent", "weapons", "weapons"),
    ("France sent Iran jets from a base near the sea.", "sent", "jets", "jets"),
    ("France sent Iran jets last year.", "sent", "jets", "jets"),
    ("France gave Iran “humanitarian aid”.", "gave", "aid", "humanitarian aid"),
    ("France sent Iran about 5,000 of its best troops.", "sent", "troops", "best troops"),
]
OWN = [
    ("France imposed a 20% tariff on Iran.", "imposed", "tariff", "20% tariff"),
    ("France signed a mutual defence pact with Iran.", "signed", "pact", "mutual defence pact"),
    ("France reached an agreement with Iran.", "reached", "agreement", "agreement"),
    ("France imposed new sanctions on Iran.", "imposed", "sanctions", "new sanctions"),
    ("France signed an agreement on grain exports with Iran.", "signed", "agreement", "agreement on grain exports"),
    ("France imposed a ban on Iran.", "imposed", "ban", "ban"),
    ("France signed a letter and a 2014 deal with Iran.", "signed", "deal", "deal"),
    ("France reached a deal on Monday with Iran.", "reached", "deal", "deal"),
    ("France imposed its new sanctions on Iran and others.", "imposed", "sanctions", "new sanctions"),
    ("France held talks with Iran.", "held", "talks", None),
    ("France paid a visit to Iran.", "paid", "visit", None),
]


@pytest.mark.parametrize(("text", "predicate", "item", "expected"), NAMED)
def test_item_that_the_trigger_names(nlp: Language, text: str, predicate: str, item: str, expected: str) -> None:
    reading = make_reading(nlp, text, ACTORS)
    frame = make_frame(reading, "supplies", predicate, "France", "Iran", item=item)
    assert item_of(reading, frame, ONTOLOGY.words) == expected


@pytest.mark.parametrize(("text", "predicate", "noun", "expected"), OWN)
def test_noun_of_the_trigger_as_item(nlp: Language, text: str, predicate: str, noun: str, expected: str | None) -> None:
    reading = make_reading(nlp, text, ACTORS)
    frame = make_frame(reading, "agreesWith", predicate, "France", "Iran", trigger=(noun,))
    assert item_of(reading, frame, ONTOLOGY.words) == expected
