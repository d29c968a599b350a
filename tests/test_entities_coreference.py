"""Words that refer back: pronouns, offices, pairs, institutions, first person. Half of the cases are traps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from entity_factory import Resolved, read_text  # noqa: F401 (a fixture)

from geograph.model import Via

Read = Callable[..., Resolved]
TWO = "Danish Foreign Minister Ada Moran met Peruvian President Karel Brandt in Oslo."


@pytest.mark.parametrize(
    ("text", "pronoun", "meant"),
    [
        ("Karel Brandt, the board said, thanked Peru for the ships it had sent.", "it", ["Peru"]),
        ("Karel Brandt said he would resign.", "he", ["Karel Brandt"]),
        ("Karel Brandt resigned on Monday. He gave no reason.", "He", ["Karel Brandt"]),
        (f"{TWO} She thanked Peru.", "She", ["Ada Moran"]),
        ("Norway said it would send aid.", "it", ["Norway"]),
        ("Norway withdrew its envoy.", "its", ["Norway"]),
        ("NATO warned that it would respond.", "it", ["NATO"]),
        ("Norway and Sweden said they would leave.", "they", ["Norway", "Sweden"]),
        ("Norway and Sweden recalled their envoys.", "their", ["Norway", "Sweden"]),
        ("Ukrainian forces said they had left.", "they", ["Ukraine"]),
        ("Norway urged Peru to withdraw its troops.", "its", ["Peru"]),
        ("Peru thanked Norway for its help.", "its", ["Norway"]),
        ("Norway attacked Peru and its allies.", "its", ["Peru"]),
        ("Karel Brandt, the ministry said, would meet his Danish guests.", "his", ["Karel Brandt"]),
    ],
)
def test_pronouns(read: Read, text: str, pronoun: str, meant: list[str]) -> None:
    found = read(text)
    at = next(m for m in found.mentions if m.text == pronoun)
    assert at.via is Via.PRONOUN
    assert sorted({found.entities[m.entity].label for m in found.mentions if m.span == at.span and m.entity}) == meant


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [
        ("Norway said it was clear that prices would rise.", "it"),
        ("It rained in Norway.", "It"),
        ("The airline left Norway. It was founded in 1992.", "It"),
        ("Norway complained. The treaty failed because it was late.", "it"),
        ("A spokesman said he knew nothing of Karel Brandt.", "he"),
        ("Protesters in Norway said they would stay.", "they"),
        ("Farmers blocked roads in Peru. They demanded help.", "They"),
        ('Karel Brandt said: "She has left."', "She"),
        ("He left.", "He"),
        ("Karel Brandt resigned. She was surprised.", "She"),
        ("Norway can do it.", "it"),
    ],
)
def test_a_pronoun_that_means_no_known_actor_stays_open(read: Read, text: str, pronoun: str) -> None:
    found = read(text)
    assert [m for m in found.mentions if m.text == pronoun and m.entity] == []


def test_he_in_a_quotation_is_not_its_speaker(read: Read) -> None:
    found = read('Karel Brandt met Anton Vidal in Oslo. "He was kind," Brandt said.')
    assert found["He"] == "Anton Vidal"


def test_he_as_object_is_not_the_subject(read: Read) -> None:
    found = read("Anton Vidal arrived in Oslo. Karel Brandt greeted him.")
    assert found["him"] == "Anton Vidal"


@pytest.mark.parametrize(
    ("text", "words", "meant"),
    [
        (f"{TWO} The two leaders signed nothing.", "The two leaders", ["Ada Moran", "Karel Brandt"]),
        ("Norway and Peru met. The two countries signed a pact.", "The two countries", ["Norway", "Peru"]),
        ("Norway met Peru. Both sides were pleased.", "Both sides", ["Norway", "Peru"]),
        (
            "Norway and Peru fought over a ship in Chile. The two nations blamed a storm.",
            "The two nations",
            ["Norway", "Peru"],
        ),
        ("Norway arrived late. The two countries quarrelled.", "The two countries", []),
        ("Norway, Peru and Chile met. The two countries quarrelled.", "The two countries", []),
        ("Norway, Peru and Chile met. The two doctors left.", "The two doctors", []),
    ],
)
def test_pairs(read: Read, text: str, words: str, meant: list[str]) -> None:
    assert read(text).all(words) == meant


def test_a_pair_is_several_mentions_of_one_span(read: Read) -> None:
    found = read("Norway and Peru met. The two countries signed a pact.")
    here = [m for m in found.mentions if m.text == "The two countries"]
    assert len(here) == 2
    assert len({m.span for m in here}) == 1


@pytest.mark.parametrize(
    ("text", "words", "meant"),
    [
        (
            "Latvia's defence ministry denied it. The ministry said no more.",
            "The ministry",
            ["Latvian Defence Ministry"],
        ),
        ("NATO met. The alliance agreed.", "The alliance", ["NATO"]),
        ("Hamas fired rockets. The group claimed the attack.", "The group", ["Hamas"]),
        ("The IAEA sent a team. The agency found nothing.", "The agency", ["International Atomic Energy Agency"]),
        (
            "Vietnam signed. The Southeast Asian country had waited for years.",
            "The Southeast Asian country",
            ["Vietnam"],
        ),
        ("Norway met Vietnam. The Southeast Asian country had waited.", "The Southeast Asian country", ["Vietnam"]),
        ("Peru voted. The country has had three presidents.", "The country", ["Peru"]),
        ("Norway voted. The Southeast Asian country did not.", "The Southeast Asian country", []),
        ("Norway voted. The ministry was closed.", "The ministry", []),
        ("Norway voted. The only country without a vote was angry.", "The only country", []),
        ("Hezbollah fired. The Lebanese group blamed Israel.", "The Lebanese group", ["Hezbollah"]),
        ("Hezbollah fired. The Yemeni group blamed Israel.", "The Yemeni group", []),
        ("NATO met. The company denied it.", "The company", []),
    ],
)
def test_nouns_with_an_article(read: Read, text: str, words: str, meant: list[str]) -> None:
    assert read(text).all(words) == meant


@pytest.mark.parametrize(
    ("text", "words", "meant"),
    [
        (f"{TWO} The minister left first.", "The minister", ["Ada Moran"]),
        (f"{TWO} The president stayed.", "The president", ["Karel Brandt"]),
        (
            "Vice President Anton Vidal spoke for President Karel Brandt. The president was ill.",
            "The president",
            ["Karel Brandt"],
        ),
        ("Vice President Anton Vidal spoke. The president was ill.", "The president", []),
        ("Ada Moran met her Peruvian counterpart, Karel Brandt, in Oslo.", "Peruvian counterpart", ["Karel Brandt"]),
        ("Peru's foreign minister, Karel Brandt, left.", "Peru's foreign minister", ["Karel Brandt"]),
    ],
)
def test_offices(read: Read, text: str, words: str, meant: list[str]) -> None:
    assert read(text).all(words) == meant


def test_a_counterpart_without_name_is_the_holder_of_the_same_office(read: Read) -> None:
    found = read("Sergei Lavrov has a Turkish counterpart.", date(2024, 5, 1))
    assert found["Turkish counterpart"] == "Hakan Fidan"


@pytest.mark.parametrize(
    ("text", "words", "meant"),
    [
        ('"I will not go," Ada Moran said.', "I", ["Ada Moran"]),
        ('Danish Foreign Minister Ada Moran said: "We will not go."', "We", ["Denmark"]),
        ('NATO said: "Our ships are ready."', "Our", ["NATO"]),
        ('Ada Moran, the Danish minister, arrived. "Our ships are ready," she said.', "Our", ["Denmark"]),
        ('"We will not go," a spokesman said. Denmark was silent.', "We", []),
        ("Ada Moran left. We do not know why.", "We", []),
        ('The agency TASS quoted Ada Moran as saying: "I will not go."', "I", ["Ada Moran"]),
    ],
)
def test_first_person_in_quotations(read: Read, text: str, words: str, meant: list[str]) -> None:
    assert read(text).all(words) == meant


@pytest.mark.parametrize(
    ("title", "meant"),
    [
        ("Statement by Danish Foreign Minister Ada Moran on the harbour", "Ada Moran"),
        ("Statement from National Security Advisor Otto Havlik", "Otto Havlik"),
        ("Readings by candle light", None),
        ("Statement on the harbour", None),
    ],
)
def test_a_title_outside_the_text_signs_it(read: Read, title: str, meant: str | None) -> None:
    found = read("I welcome the pact with Peru.", date(2022, 5, 1), title)
    assert found["I"] == meant


def test_first_person_in_a_signed_statement(read: Read) -> None:
    title = "Statement by Danish Foreign Minister Ada Moran on the harbour"
    found = read(f"{title}\n\nI welcome the pact. We stand with Peru, and our ships will help.", title=title)
    assert found["I"] == "Ada Moran"
    assert found["We"] == "Denmark"
    assert found.entity("our").label == "Denmark"


@pytest.mark.parametrize(
    ("text", "words", "meant"),
    [
        ("Thousands of North Korean troops left.", "Thousands of North Korean troops", ["North Korea"]),
        ("Representatives of Norway and Peru met.", "Representatives of Norway and Peru", ["Norway", "Peru"]),
        ("Officials from Norway arrived.", "Officials from Norway", ["Norway"]),
        ("A group of Polish envoys arrived.", "group of Polish envoys", ["Poland"]),
        ("Members of NATO agreed.", "Members of NATO", ["NATO"]),
    ],
)
def test_nouns_that_look_through(read: Read, text: str, words: str, meant: list[str]) -> None:
    assert read(text).all(words) == meant


@pytest.mark.parametrize(
    "text",
    [
        "They drove troops from Norway.",
        "A member of NATO left.",
        "Goods from Norway arrived.",
        "The price of Norwegian oil rose.",
    ],
)
def test_nouns_that_do_not_look_through(read: Read, text: str) -> None:
    assert not [m for m in read(text).mentions if m.via is Via.NOMINAL]


def test_his_government_and_its_troops_are_the_country(read: Read) -> None:
    found = read("Peruvian President Karel Brandt said his government had agreed. Norway moved its troops.")
    assert read("Peruvian President Karel Brandt loves his country.")["his country"] == "Peru"
    assert "his family" not in read("Peruvian President Karel Brandt loves his family.").texts()
    assert found["his government"] == "Peru"
    assert found["its troops"] == "Norway"
