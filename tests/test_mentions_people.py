"""Names of persons: titles, ranks, initials, suffixes, given names after family names, particles."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from entity_factory import Resolved, assert_found, assert_not_found, read_text  # noqa: F401 (a fixture)

from geograph.model import EntityType

Read = Callable[..., Resolved]


@pytest.mark.parametrize(
    ("text", "words", "kind", "meant"),
    [
        ("Karel Brandt's lawyer and Ada Moran’s aides met.", "Karel Brandt", EntityType.PERSON, None),
        ("Karel Brandt's lawyer and Ada Moran’s aides met.", "Ada Moran", EntityType.PERSON, None),
        ("Prime Minister J. R. Okonda-Mbeki resigned.", "J. R. Okonda-Mbeki", EntityType.PERSON, None),
        ("Senator Philip Q. Harrowgate, R-Ohio, objected.", "Philip Q. Harrowgate", EntityType.PERSON, None),
        ("Robert F. Calloway Jr. spoke. Calloway then left Oslo.", "Robert F. Calloway Jr.", EntityType.PERSON, None),
        (
            "Robert F. Calloway Jr. spoke. Calloway then left Oslo.",
            "Calloway#1",
            EntityType.PERSON,
            "Robert F. Calloway Jr.",
        ),
        ("Ex-president Lars-Erik Nyholm sued.", "Lars-Erik Nyholm", EntityType.PERSON, None),
        (
            "Rear Adm. Yusuf Demirkan-Oz and Wing Commander Peter Ashdown-Reeve flew to Oslo.",
            "Yusuf Demirkan-Oz",
            EntityType.PERSON,
            None,
        ),
        (
            "Rear Adm. Yusuf Demirkan-Oz and Wing Commander Peter Ashdown-Reeve flew to Oslo.",
            "Peter Ashdown-Reeve",
            EntityType.PERSON,
            None,
        ),
        ("Sgt. Maj. Dwayne Pickett and Brig. Gen. Leah Stein arrived.", "Dwayne Pickett", EntityType.PERSON, None),
        ("Sgt. Maj. Dwayne Pickett and Brig. Gen. Leah Stein arrived.", "Leah Stein", EntityType.PERSON, None),
        ("Maj. Gen. Idriss Haroun put the toll at 30. Gen. Haroun left.", "Idriss Haroun", EntityType.PERSON, None),
        (
            "Maj. Gen. Idriss Haroun put the toll at 30. Gen. Haroun left.",
            "Haroun#1",
            EntityType.PERSON,
            "Idriss Haroun",
        ),
        ("Mr Pickett and Mrs. Delacroix testified.", "Pickett", EntityType.PERSON, None),
        ("Mr Pickett and Mrs. Delacroix testified.", "Delacroix", EntityType.PERSON, None),
        ("Cpl. Dan Roper, Staff Sgt. Luis Mena and Pvt. Ed Cole were killed.", "Dan Roper", EntityType.PERSON, None),
        ("Cpl. Dan Roper, Staff Sgt. Luis Mena and Pvt. Ed Cole were killed.", "Luis Mena", EntityType.PERSON, None),
        ("Cpl. Dan Roper, Staff Sgt. Luis Mena and Pvt. Ed Cole were killed.", "Ed Cole", EntityType.PERSON, None),
        (
            "Flight Lieutenant Hugh Brandreth and Lance Corporal Amy Tuck were hurt.",
            "Hugh Brandreth",
            EntityType.PERSON,
            None,
        ),
        (
            "Flight Lieutenant Hugh Brandreth and Lance Corporal Amy Tuck were hurt.",
            "Amy Tuck",
            EntityType.PERSON,
            None,
        ),
        ("Air Chief Marshal Sir Peter Brockhurst retired.", "Peter Brockhurst", EntityType.PERSON, None),
        (
            "Minister of Information Tariq Dulaimi denied it. Iraqi police and Iraq's army agreed.",
            "Tariq Dulaimi",
            EntityType.PERSON,
            "IRQ",
        ),
        (
            "Police director Moussa Faye denied it in Dakar. Senegal's police and Senegalese voters agreed.",
            "Moussa Faye",
            EntityType.PERSON,
            "SEN",
        ),
        (
            "President Joao Teles of Cape Verde and King Olav Brun of Norway met.",
            "Joao Teles",
            EntityType.PERSON,
            "CPV",
        ),
        ("President Joao Teles of Cape Verde and King Olav Brun of Norway met.", "Olav Brun", EntityType.PERSON, "NOR"),
    ],
)
def test_names_without_titles_and_possessives(
    read: Read, text: str, words: str, kind: EntityType, meant: str | None
) -> None:
    assert_found(read(text), words, kind, meant)


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("The ministers' cars passed Brandt Street.", "ministers'", None),
        ("The General Assembly met.", "General Assembly", EntityType.PERSON),
        ("The Secretary General spoke.", "Secretary General", EntityType.PERSON),
        ("Major General Motors plants closed.", "General Motors", EntityType.PERSON),
        ("Captain America opened in cinemas.", "America", EntityType.PERSON),
        ("The Speaker Series began.", "Series", None),
        ("Doctor Who fans came.", "Who", EntityType.ORGANIZATION),
        ("The Chief Justice retired.", "Chief Justice", EntityType.PERSON),
        ("Minister Says Taxes Will Rise", "Says Taxes", None),
        ("President Visits Flood Victims", "Visits Flood", None),
        ("Officials Say Talks Failed", "Say Talks", None),
    ],
)
def test_titles_make_no_names(read: Read, text: str, words: str, kind: EntityType | None) -> None:
    assert_not_found(read(text), words, kind)


@pytest.mark.parametrize(
    ("text", "words", "kind", "meant"),
    [
        ("Zhou Wenbin arrived. Zhou met Ada Moran; Wenbin's son stayed.", "Zhou Wenbin", EntityType.PERSON, None),
        ("Zhou Wenbin arrived. Zhou met Ada Moran; Wenbin's son stayed.", "Zhou#1", EntityType.PERSON, "Zhou Wenbin"),
        ("President Ahn Jae-sun spoke. Ahn left.", "Ahn Jae-sun", EntityType.PERSON, None),
        ("President Ahn Jae-sun spoke. Ahn left.", "Ahn#1", EntityType.PERSON, "Ahn Jae-sun"),
        ("South Korean envoy Baek Seung-ho met Hwang In-kyu. Baek smiled.", "Baek Seung-ho", EntityType.PERSON, "KOR"),
        ("South Korean envoy Baek Seung-ho met Hwang In-kyu. Baek smiled.", "Hwang In-kyu", EntityType.PERSON, None),
        ("Nguyen Thi Lan, a Vietnamese official, spoke. Lan left.", "Nguyen Thi Lan", EntityType.PERSON, "VNM"),
        ("Nguyen Thi Lan, a Vietnamese official, spoke. Lan left.", "Lan#1", EntityType.PERSON, "Nguyen Thi Lan"),
        ("Hungarian Defence Minister Varga Istvan spoke. Varga left.", "Varga Istvan", EntityType.PERSON, "HUN"),
        ("Hungarian Defence Minister Varga Istvan spoke. Varga left.", "Varga#1", EntityType.PERSON, "Varga Istvan"),
        (
            "Szabo Katalin, Hungary's deputy prime minister, visited Belgrade. Szabo was greeted.",
            "Szabo Katalin",
            EntityType.PERSON,
            "HUN",
        ),
        (
            "Szabo Katalin, Hungary's deputy prime minister, visited Belgrade. Szabo was greeted.",
            "Szabo#1",
            EntityType.PERSON,
            "Szabo Katalin",
        ),
        (
            "Mohammed bin Faisal Al-Harthy, Oman's deputy foreign minister, spoke. Al-Harthy left.",
            "Mohammed bin Faisal Al-Harthy",
            EntityType.PERSON,
            "OMN",
        ),
        (
            "Mohammed bin Faisal Al-Harthy, Oman's deputy foreign minister, spoke. Al-Harthy left.",
            "Al-Harthy#1",
            EntityType.PERSON,
            "Mohammed bin Faisal Al-Harthy",
        ),
        (
            "Jan van der Meulen, the Dutch envoy, spoke. Van der Meulen left.",
            "Jan van der Meulen",
            EntityType.PERSON,
            "NLD",
        ),
        (
            "Jan van der Meulen, the Dutch envoy, spoke. Van der Meulen left.",
            "Van der Meulen",
            EntityType.PERSON,
            "Jan van der Meulen",
        ),
        (
            "Maria de la Cruz Ibarra won. De la Cruz Ibarra thanked voters.",
            "Maria de la Cruz Ibarra",
            EntityType.PERSON,
            None,
        ),
        (
            "Maria de la Cruz Ibarra won. De la Cruz Ibarra thanked voters.",
            "De la Cruz Ibarra",
            EntityType.PERSON,
            "Maria de la Cruz Ibarra",
        ),
        ("Abu Yusuf al-Shami was killed. Al-Shami led a cell in Idlib.", "Abu Yusuf al-Shami", EntityType.PERSON, None),
        (
            "Abu Yusuf al-Shami was killed. Al-Shami led a cell in Idlib.",
            "Al-Shami",
            EntityType.PERSON,
            "Abu Yusuf al-Shami",
        ),
        (
            "Sheikh Khalid ibn Salman Al Zayed met Qatari officials.",
            "Khalid ibn Salman Al Zayed",
            EntityType.PERSON,
            None,
        ),
        ("Sao Tome's envoy, Joao dos Reis, met Ursula von Hagen.", "Ursula von Hagen", EntityType.PERSON, None),
        (
            "Luiz da Costa Prado and Pieter de Vries signed. De Vries smiled.",
            "Luiz da Costa Prado",
            EntityType.PERSON,
            None,
        ),
        ("Ada Moran-backed candidates lost.", "Ada Moran", EntityType.PERSON, None),
        ("La Paz and Los Angeles signed a deal.", "Los Angeles", EntityType.PLACE, None),
        ("Al Jazeera and Al-Ahram reported it.", "Al Jazeera", EntityType.ORGANIZATION, None),
        ("Le Monde said so.", "Le Monde", EntityType.ORGANIZATION, None),
        ("De facto rulers met in Da Nang.", "Da Nang", EntityType.PLACE, None),
        ("Van sales rose in Van province.", "Van province", EntityType.PLACE, None),
    ],
)
def test_family_names_first_and_particles(
    read: Read, text: str, words: str, kind: EntityType, meant: str | None
) -> None:
    assert_found(read(text), words, kind, meant)


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Ada Moran-backed candidates lost.", "Ada Moran-backed", EntityType.ORGANIZATION),
        ("They met in Sun City. Sun rose.", "Sun rose", EntityType.PERSON),
        ("La Paz and Los Angeles signed a deal.", "La Paz", EntityType.PERSON),
        ("Al Jazeera and Al-Ahram reported it.", "Al-Ahram", EntityType.PERSON),
        ("De facto rulers met in Da Nang.", "De facto", None),
        ("Song sales and Long Beach port fees rose.", "Song", None),
        ("Song sales and Long Beach port fees rose.", "Long Beach", EntityType.PERSON),
    ],
)
def test_particles_and_family_names_that_are_words(read: Read, text: str, words: str, kind: EntityType | None) -> None:
    assert_not_found(read(text), words, kind)
