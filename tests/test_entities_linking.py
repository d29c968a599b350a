"""Linking: aliases, metonyms, office holders by date, unknown names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from entity_factory import Resolved, gazetteer, read_text  # noqa: F401 (a fixture)

from geograph.model import EntityType, Via

Read = Callable[..., Resolved]


@pytest.mark.parametrize("name", ["US", "U.S.", "United States", "America", "USA"])
def test_names_of_a_country_are_one(read: Read, name: str) -> None:
    entity = read(f"The {name} signed.").entity(name)
    assert (entity.key, entity.type, entity.country) == ("USA", EntityType.COUNTRY, "USA")
    assert "wikidata:Q30" in entity.identifiers
    assert "iso3166:USA" in entity.identifiers


@pytest.mark.parametrize(
    ("text", "capital", "country"),
    [
        ("Moscow denied the report.", "Moscow", "Russia"),
        ("Berlin and Paris urged restraint.", "Paris", "France"),
        ("Norway accused Tehran of lying.", "Tehran", "Iran"),
        ("Sanctions on Minsk were eased.", "Minsk", "Belarus"),
        ("The war between Moscow and Kyiv went on.", "Kyiv", "Ukraine"),
        ("Washington's demands were rejected.", "Washington", "United States"),
        ("Peru sent weapons to Bogota.", "Bogota", "Colombia"),
        ("Talks with Ankara failed.", "Ankara", "Turkey"),
    ],
)
def test_a_capital_that_acts_is_its_government(read: Read, text: str, capital: str, country: str) -> None:
    found = read(text)
    assert found[capital] == country
    assert found.mention(capital).via is Via.METONYM


@pytest.mark.parametrize(
    ("text", "capital"),
    [
        ("Talks were held in Moscow.", "Moscow"),
        ("She flew from Paris to Oslo.", "Paris"),
        ("She flew from Paris to Oslo.", "Oslo"),
        ("Drones struck Kyiv overnight.", "Kyiv"),
        ("He was seen near Damascus.", "Damascus"),
        ("Ada Moran visited Tokyo.", "Tokyo"),
        ("Tehran's airport was closed.", "Tehran"),
        ("The mayor of Warsaw resigned.", "Warsaw"),
    ],
)
def test_a_capital_where_something_happens_is_a_place(read: Read, text: str, capital: str) -> None:
    entity = read(text).entity(capital)
    assert entity.type is EntityType.PLACE


def test_brussels_acts_for_the_european_union(read: Read) -> None:
    assert read("Brussels imposed new tariffs.")["Brussels"] == "European Union"
    assert read("They met in Brussels.").entity("Brussels").country == "BEL"


def test_the_kremlin_and_the_white_house_are_bodies(read: Read) -> None:
    found = read("The Kremlin rejected it. The White House agreed.")
    assert (found.entity("Kremlin").type, found.entity("Kremlin").country) == (EntityType.ORGANIZATION, "RUS")
    assert (found.entity("White House").type, found.entity("White House").country) == (EntityType.ORGANIZATION, "USA")


def test_a_local_name_needs_its_country(read: Read) -> None:
    assert read("The U.S. budget stalled. Congress did not vote.")["Congress"] == "United States Congress"
    assert (
        read("India mourned. In New Delhi the Congress chose a leader; India watched.")["Congress"]
        == "Indian National Congress"
    )


def test_a_short_form_of_an_institution_is_that_of_the_article(read: Read) -> None:
    found = read("Mexico's Supreme Court ruled. U.S. shares fell. The Supreme Court gave no reason.")
    assert found.all("Supreme Court", 1) == ["Mexican Supreme Court"]


@pytest.mark.parametrize(
    ("published", "holder"),
    [(date(2010, 3, 1), "Dmitry Medvedev"), (date(2005, 3, 1), "Vladimir Putin"), (date(2024, 3, 1), "Vladimir Putin")],
)
def test_an_office_depends_on_the_date(read: Read, published: date, holder: str) -> None:
    assert read("The Russian president arrived in Oslo.", published)["Russian president"] == holder


def test_an_office_without_date_stands_for_its_country(read: Read) -> None:
    found = read("The Russian president arrived in Oslo.")
    assert found["Russian president"] == "Russia"


def test_a_surname_alone_is_linked_only_where_the_article_supports_it(read: Read) -> None:
    assert read("Russia has a foreign minister. Lavrov is the name.")["Lavrov"] == "Sergei Lavrov"
    assert read("Kim thanked them for the flowers.")["Kim"] is None
    assert read("North Korea's Kim is its leader.", date(2024, 5, 1))["Kim"] == "Kim Jong Un"


def test_someone_else_of_the_same_surname_is_not_the_known_one(read: Read) -> None:
    found = read("Ada Lavrov, a Russian poet, won a prize in Russia. Lavrov thanked the jury.")
    assert {e.label for e in found.entities.values() if e.type is EntityType.PERSON} == {"Ada Lavrov"}


def test_unknown_names_get_keys_that_cannot_collide_with_the_gazetteers(read: Read) -> None:
    found = read("Ada Moran of the Northern Harbour Forum visited the Ormsund region.")
    for entity in found.entities.values():
        assert entity.key in gazetteer().entities or entity.key.split(".")[0] in ("person", "organization", "place")
        assert "/" not in entity.key


def test_spelling_variants_within_an_article_are_one_person(read: Read) -> None:
    found = read("Tariq al-Hamdani spoke. Tariq al-Hamdany was born in Basra. Hamdani left Iraq.")
    people = {e.label for e in found.entities.values() if e.type is EntityType.PERSON}
    assert len(people) == 1


def test_two_people_of_one_surname_stay_two(read: Read) -> None:
    found = read("Ada Moran met Karel Moran in Oslo.\nKarel Moran spoke first. Moran then left.")
    people = {e.label for e in found.entities.values() if e.type is EntityType.PERSON}
    assert people == {"Ada Moran", "Karel Moran"}


def test_the_same_text_gives_the_same_entities(read: Read) -> None:
    text = "Ukrainian forces left Kursk. The two countries, Norway and Peru, agreed. Ada Moran thanked them."
    assert read(text) == read(text)


def test_one_article_does_not_change_the_next(read: Read) -> None:
    before = read("She thanked Oslo. Moran left.")
    read("Ada Moran, the Norwegian envoy, arrived. Moran left.")
    assert read("She thanked Oslo. Moran left.") == before
