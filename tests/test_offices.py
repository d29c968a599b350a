"""Offices from titles and appositions, through the whole chain."""

from __future__ import annotations

import pytest
from spacy.language import Language

from geograph.model import Article
from geograph.ontology import load
from geograph.pipeline import extract

CASES = [
    ("Peruvian Foreign Minister Ana Quispe visited Chile.", "Ana Quispe", "PER", "Foreign Minister"),
    ("Peru's foreign minister, Ana Quispe, visited Chile.", "Ana Quispe", "PER", "foreign minister"),
    ("Ana Quispe, the Peruvian foreign minister, visited Chile.", "Ana Quispe", "PER", "foreign minister"),
    ("Ana Quispe, the foreign minister of Peru, visited Chile.", "Ana Quispe", "PER", "foreign minister"),
    ("President of Peru Ana Quispe visited Chile.", "Ana Quispe", "PER", "President"),
    ("Chile thanked former Peruvian President Ana Quispe.", "Ana Quispe", "PER", "former President"),
    ("NATO Secretary General Marta Lindqvist visited Chile.", "Marta Lindqvist", "NATO", "Secretary General"),
    ("U.S. Secretary of State Dana Whitlock visited Peru.", "Dana Whitlock", "USA", "Secretary of State"),
    ("Marta Lindqvist, a spokeswoman for the European Union, visited Peru.", "Marta Lindqvist", "EU", "spokeswoman"),
    ("Peruvian Ambassador to Chile Ana Quispe visited Kenya.", "Ana Quispe", "PER", "Ambassador"),
    (
        "Ana Quispe, a former Peruvian security official, praised Chile.",
        "Ana Quispe",
        "PER",
        "former security official",
    ),
    (
        "Ana Quispe, an economist at Deutsche Bank, praised Peru.",
        "Ana Quispe",
        "organization.Deutsche_Bank",
        "economist",
    ),
    ("Reuters correspondent Ana Quispe was arrested.", "Ana Quispe", "Reuters", "correspondent"),
    ("Chile thanked President Ana Quispe of Peru.", "Ana Quispe", "PER", "President"),
    ("Deputy Prime Minister of Peru Ana Quispe arrived in Chile.", "Ana Quispe", "PER", "Deputy Prime Minister"),
]


@pytest.mark.parametrize(("text", "person", "body", "title"), CASES)
def test_office_is_read(nlp: Language, text: str, person: str, body: str, title: str) -> None:
    (extraction,) = extract([Article("a", text)], nlp=nlp, ontology=load())
    labels = {entity.key: entity.label for entity in extraction.entities}
    found = {(labels[c.subject], c.object, c.item, c.ended) for c in extraction.claims if c.relation == "holdsOfficeIn"}
    assert found == {(person, body, title, title.startswith("former"))}


def test_titles_joined_by_and_are_offices_of_their_own(nlp: Language) -> None:
    text = "Hezbollah leader and Prime Minister Ana Quispe of Lebanon visited Chile."
    (extraction,) = extract([Article("a", text)], nlp=nlp, ontology=load())
    found = {(c.object, c.item) for c in extraction.claims if c.relation == "holdsOfficeIn"}
    assert ("LBN", "Prime Minister") in found and len(found) == 2


def test_an_aide_s_office_is_in_the_country_of_the_principal(nlp: Language) -> None:
    text = "Peruvian President Ana Quispe's spokesman, Luis Rojomar, thanked Chile."
    (extraction,) = extract([Article("a", text)], nlp=nlp, ontology=load())
    found = {(c.subject, c.object, c.item) for c in extraction.claims if c.relation == "holdsOfficeIn"}
    assert ("person.Luis_Rojomar", "PER", "spokesman") in found


def test_a_plural_title_is_every_name_s(nlp: Language) -> None:
    text = "Presidents Ana Quispe of Peru and Luis Rojomar of Chile met in Lima."
    (extraction,) = extract([Article("a", text)], nlp=nlp, ontology=load())
    found = {(c.subject, c.object, c.item) for c in extraction.claims if c.relation == "holdsOfficeIn"}
    assert found == {("person.Ana_Quispe", "PER", "President"), ("person.Luis_Rojomar", "CHL", "President")}


@pytest.mark.parametrize(
    "text",
    [
        "Chile thanked Ana Quispe and the senior Peruvian officials.",
        "Ana Quispe visited Chile.",
        "The minister met Ana Quispe in Peru.",
        "Peru's cabinet thanked Ana Quispe.",
        "Peru elected a president, and Ana Quispe visited Chile.",
    ],
)
def test_no_office_is_made_up(nlp: Language, text: str) -> None:
    (extraction,) = extract([Article("a", text)], nlp=nlp, ontology=load())
    assert not [claim for claim in extraction.claims if claim.relation == "holdsOfficeIn"]
