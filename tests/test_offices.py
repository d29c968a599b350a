"""Offices from titles and appositions, through the whole chain."""

from __future__ import annotations

import pytest
from spacy.language import Language

from geograph.model import Article
from geograph.ontology import load
from geograph.pipeline import extract
from geograph.readers.rules.reader import rule_reader

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

MORE = [
    ("Incoming Chilean President Aurelio Vanto left.", {"Aurelio Vanto CHL incoming President planned"}),
    ("Chilean President-elect Aurelio Vanto left.", {"Aurelio Vanto CHL President-elect planned"}),
    ("Peru's prime minister-designate, Ana Quispe, spoke.", {"Ana Quispe PER prime minister-designate planned"}),
    ("Acting Foreign Minister Otieno Wambasi of Kenya spoke.", {"Otieno Wambasi KEN Acting Foreign Minister actual"}),
    ("Senator Dana Whitlock of Ohio objected.", {"Dana Whitlock USA Senator actual"}),
    ("U.S. Representative Dana Whitlock objected.", {"Dana Whitlock USA Representative actual"}),
    ("Sally Chirwa, Malawi's long-serving leader, spoke.", {"Sally Chirwa MWI long-serving leader actual"}),
    ("Ana Quispe was appointed foreign minister of Peru.", {"Ana Quispe PER foreign minister actual"}),
    ("Ana Quispe became Peru's first female president.", {"Ana Quispe PER first female president actual"}),
    ("Luis Rojomar, who served as Chile's ambassador to Japan, left.", {"Luis Rojomar CHL ambassador actual"}),
    ("The foreign minister of Peru, Ana Quispe, left.", {"Ana Quispe PER foreign minister actual"}),
    ("Mayor Ana Quispe of Lima praised Chile.", {"Ana Quispe Lima-3936456 Mayor actual"}),
    (
        "Owen Tassle, the leader of NATO and a former mayor of Lima, objected.",
        {"Owen Tassle NATO leader actual", "Owen Tassle Lima-3936456 former mayor actual"},
    ),
    (
        "Ministers Otieno Wambasi of Kenya and Okot Lubega of Uganda left.",
        {"Otieno Wambasi KEN Minister actual", "Okot Lubega UGA Minister actual"},
    ),
    (
        "Foreign ministers Ana Quispe of Peru, Luis Rojomar of Chile and Rocio Baldera of Colombia dined.",
        {
            "Ana Quispe PER Foreign minister actual",
            "Luis Rojomar CHL Foreign minister actual",
            "Rocio Baldera COL Foreign minister actual",
        },
    ),
    (
        "Peruvian and Chilean foreign ministers Ana Quispe and Luis Rojomar dined.",
        {"Ana Quispe PER foreign minister actual", "Luis Rojomar CHL foreign minister actual"},
    ),
    ("Kenya thanked the ministers and Ana Quispe of Peru.", set()),
    ("Sigrun Aasvik, a Danish economist, praised Norway.", set()),
    ("Sigrun Aasvik, a Danish singer, praised Norway.", set()),
    ("Ana Quispe met the president of Peru.", set()),
    ("Ana Quispe, a critic of the president of Peru, praised Chile.", set()),
    ("Ana Quispe, daughter of the president of Peru, praised Chile.", set()),
    ("Peruvian presidential candidate Ana Quispe praised Chile.", set()),
    ("He named a carrier for Senator Dana Whitlock of Ohio.", {"Dana Whitlock USA Senator actual"}),
    ("Last month Senator Dana Whitlock of Ohio left.", {"Dana Whitlock USA Senator actual"}),
]


@pytest.mark.parametrize(("text", "told"), MORE)
def test_offices_in_other_words(nlp: Language, text: str, told: set[str]) -> None:
    (extraction,) = extract([Article("a", text)], nlp=nlp, ontology=load(), readers=[rule_reader(load())])
    labels = {entity.key: entity.label for entity in extraction.entities}
    offices = [claim for claim in extraction.claims if claim.relation == "holdsOfficeIn"]
    assert {f"{labels[c.subject]} {c.object} {c.item} {c.status.value}" for c in offices} == told


def test_a_singer_who_steps_down_leaves_no_office(nlp: Language) -> None:
    text = "Danish singer Sigrun Aasvik stepped down from the stage."
    (extraction,) = extract([Article("a", text)], nlp=nlp, ontology=load(), readers=[rule_reader(load())])
    assert not extraction.claims


@pytest.mark.parametrize(("text", "person", "body", "title"), CASES)
def test_office_is_read(nlp: Language, text: str, person: str, body: str, title: str) -> None:
    (extraction,) = extract([Article("a", text)], nlp=nlp, ontology=load(), readers=[rule_reader(load())])
    labels = {entity.key: entity.label for entity in extraction.entities}
    found = {(labels[c.subject], c.object, c.item, c.ended) for c in extraction.claims if c.relation == "holdsOfficeIn"}
    assert found == {(person, body, title, title.startswith("former"))}


def test_titles_joined_by_and_are_offices_of_their_own(nlp: Language) -> None:
    text = "Hezbollah leader and Prime Minister Ana Quispe of Lebanon visited Chile."
    (extraction,) = extract([Article("a", text)], nlp=nlp, ontology=load(), readers=[rule_reader(load())])
    found = {(c.object, c.item) for c in extraction.claims if c.relation == "holdsOfficeIn"}
    assert ("LBN", "Prime Minister") in found and len(found) == 2


def test_an_aide_s_office_is_in_the_country_of_the_principal(nlp: Language) -> None:
    text = "Peruvian President Ana Quispe's spokesman, Luis Rojomar, thanked Chile."
    (extraction,) = extract([Article("a", text)], nlp=nlp, ontology=load(), readers=[rule_reader(load())])
    found = {(c.subject, c.object, c.item) for c in extraction.claims if c.relation == "holdsOfficeIn"}
    assert ("person.Luis_Rojomar", "PER", "spokesman") in found


def test_a_plural_title_is_every_name_s(nlp: Language) -> None:
    text = "Presidents Ana Quispe of Peru and Luis Rojomar of Chile met in Lima."
    (extraction,) = extract([Article("a", text)], nlp=nlp, ontology=load(), readers=[rule_reader(load())])
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
    (extraction,) = extract([Article("a", text)], nlp=nlp, ontology=load(), readers=[rule_reader(load())])
    assert not [claim for claim in extraction.claims if claim.relation == "holdsOfficeIn"]
