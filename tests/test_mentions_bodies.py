"""Organisations: acronyms and aliases, armed forces and what is no actor, groups of a nation."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from entity_factory import Resolved, assert_found, assert_not_found, read_text  # noqa: F401 (a fixture)

from geograph.model import EntityType

Read = Callable[..., Resolved]


@pytest.mark.parametrize(
    ("text", "words", "kind", "meant"),
    [
        (
            "The Northern Harbour Forum (NHF) met. The NHF voted.",
            "Northern Harbour Forum",
            EntityType.ORGANIZATION,
            None,
        ),
        (
            "The Northern Harbour Forum (NHF) met. The NHF voted.",
            "NHF",
            EntityType.ORGANIZATION,
            "Northern Harbour Forum",
        ),
        (
            "The Northern Harbour Forum (NHF) met. The NHF voted.",
            "NHF#1",
            EntityType.ORGANIZATION,
            "Northern Harbour Forum",
        ),
        (
            "The NHF (Northern Harbour Forum) met. The NHF voted.",
            "NHF",
            EntityType.ORGANIZATION,
            "Northern Harbour Forum",
        ),
        (
            "The NHF (Northern Harbour Forum) met. The NHF voted.",
            "Northern Harbour Forum",
            EntityType.ORGANIZATION,
            None,
        ),
        (
            "The NHF (Northern Harbour Forum) met. The NHF voted.",
            "NHF#1",
            EntityType.ORGANIZATION,
            "Northern Harbour Forum",
        ),
        (
            "The Orm Liberation Front, or OLF, attacked. The OLF denied it.",
            "Orm Liberation Front",
            EntityType.ORGANIZATION,
            None,
        ),
        (
            "The Orm Liberation Front, or OLF, attacked. The OLF denied it.",
            "OLF",
            EntityType.ORGANIZATION,
            "Orm Liberation Front",
        ),
        (
            "The Orm Liberation Front, or OLF, attacked. The OLF denied it.",
            "OLF#1",
            EntityType.ORGANIZATION,
            "Orm Liberation Front",
        ),
        (
            "The Orm Liberation Front, known as the OLF, attacked. The OLF denied it.",
            "Orm Liberation Front",
            EntityType.ORGANIZATION,
            None,
        ),
        (
            "The Orm Liberation Front, known as the OLF, attacked. The OLF denied it.",
            "OLF#1",
            EntityType.ORGANIZATION,
            "Orm Liberation Front",
        ),
        (
            "Latvia's State Security Service (VDD) said so. VDD agents left.",
            "Latvia's State Security Service",
            EntityType.ORGANIZATION,
            "LVA",
        ),
        (
            "Latvia's State Security Service (VDD) said so. VDD agents left.",
            "VDD",
            EntityType.ORGANIZATION,
            "Latvian State Security Service",
        ),
        (
            "The Popular Mobilization Forces (PMF) advanced. The PMF won.",
            "Popular Mobilization Forces",
            EntityType.ORGANIZATION,
            None,
        ),
        ("The Popular Mobilization Forces (PMF) advanced. The PMF won.", "PMF#1", EntityType.ORGANIZATION, None),
        ("Karel Brandt (CDU) won. CDU leaders cheered.", "Karel Brandt", EntityType.PERSON, None),
        (
            "US troops and U.S. envoys left America for the United States.",
            "America",
            EntityType.COUNTRY,
            "United States",
        ),
        (
            "US troops and U.S. envoys left America for the United States.",
            "United States",
            EntityType.COUNTRY,
            "United States",
        ),
        ("The UK and Britain are Great Britain.", "UK", EntityType.COUNTRY, "United Kingdom"),
        ("The UK and Britain are Great Britain.", "Britain", EntityType.COUNTRY, "United Kingdom"),
        ("The UK and Britain are Great Britain.", "Great Britain", EntityType.COUNTRY, "United Kingdom"),
        (
            "The DRC and the Democratic Republic of Congo are Congo-Kinshasa.",
            "DRC",
            EntityType.COUNTRY,
            "Democratic Republic of the Congo",
        ),
        (
            "The DRC and the Democratic Republic of Congo are Congo-Kinshasa.",
            "Democratic Republic of Congo",
            EntityType.COUNTRY,
            "Democratic Republic of the Congo",
        ),
        ("Burma, or Myanmar, voted.", "Burma", EntityType.COUNTRY, "Myanmar"),
        ("Burma, or Myanmar, voted.", "Myanmar", EntityType.COUNTRY, "Myanmar"),
        ("ISIL, ISIS and Daesh are one; so is the Islamic State.", "ISIL", EntityType.ORGANIZATION, "Islamic State"),
        ("ISIL, ISIS and Daesh are one; so is the Islamic State.", "ISIS", EntityType.ORGANIZATION, "Islamic State"),
        ("ISIL, ISIS and Daesh are one; so is the Islamic State.", "Daesh", EntityType.ORGANIZATION, "Islamic State"),
        (
            "ISIL, ISIS and Daesh are one; so is the Islamic State.",
            "Islamic State",
            EntityType.ORGANIZATION,
            "Islamic State",
        ),
        ("Georgia votes on Sunday, Tbilisi said.", "Georgia", EntityType.COUNTRY, "Georgia"),
        ("Voters in Georgia and Florida backed the U.S. senator.", "Florida", EntityType.PLACE, None),
        ("Georgia's Abkhazia fell to Russian troops.", "Georgia", EntityType.COUNTRY, None),
    ],
)
def test_acronyms_and_aliases(read: Read, text: str, words: str, kind: EntityType, meant: str | None) -> None:
    assert_found(read(text), words, kind, meant)


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("The gross domestic product (GDP) fell. GDP rose.", "GDP#1", None),
        ("An unmanned aerial vehicle (UAV) fell. A UAV rose.", "UAV#1", EntityType.PERSON),
        ("Weapons of mass destruction (WMD) were sought.", "WMD", EntityType.PERSON),
        ("Liquefied natural gas (LNG) was sold.", "LNG", None),
        ("Voters in Georgia and Florida backed the U.S. senator.", "Georgia", EntityType.COUNTRY),
        ("The governor of Georgia, a Democrat, met mayors in Atlanta.", "Georgia", EntityType.COUNTRY),
    ],
)
def test_what_looks_like_an_acronym(read: Read, text: str, words: str, kind: EntityType | None) -> None:
    assert_not_found(read(text), words, kind)


@pytest.mark.parametrize(
    ("text", "words", "kind", "meant"),
    [
        ("The Coalition bombed Hit. Coalition forces left.", "Coalition#1", EntityType.ORGANIZATION, None),
        ("The U.S.-led coalition struck.", "U.S.-led coalition", EntityType.COUNTRY, "United States"),
        (
            "Ukraine's 47th Mechanized Brigade held. The 101st Airborne Division left.",
            "47th Mechanized Brigade",
            EntityType.ORGANIZATION,
            None,
        ),
        (
            "Ukraine's 47th Mechanized Brigade held. The 101st Airborne Division left.",
            "101st Airborne Division",
            EntityType.ORGANIZATION,
            None,
        ),
        ("The Azov Regiment and the Golani Brigade fought.", "Azov Regiment", EntityType.ORGANIZATION, None),
        ("The Azov Regiment and the Golani Brigade fought.", "Golani Brigade", EntityType.ORGANIZATION, None),
        ("The 7th Fleet sailed. First Armored Division troops landed.", "7th Fleet", EntityType.ORGANIZATION, None),
        ("Russian Lancet drones hit Kyiv.", "Russian Lancet drones", EntityType.COUNTRY, "Russia"),
        ("ISIL fighters fled Mosul.", "ISIL", EntityType.ORGANIZATION, "Islamic State"),
        ("ISIL fighters fled Mosul.", "Mosul", EntityType.PLACE, None),
        ("The Free Syrian Army took Azaz.", "Free Syrian Army", EntityType.ORGANIZATION, None),
        ("Peshmerga fighters held Kirkuk.", "Kirkuk", EntityType.PLACE, None),
        ("The Ministry of Defence said RAF Tornados struck.", "Ministry of Defence", EntityType.ORGANIZATION, None),
        ("The Ministry of Defence said RAF Tornados struck.", "RAF", EntityType.ORGANIZATION, None),
        ("Houthi rebels fired on Saudi soldiers.", "Houthi", EntityType.GROUP, None),
        ("Houthi rebels fired on Saudi soldiers.", "Saudi soldiers", EntityType.COUNTRY, "Saudi Arabia"),
        ("Lt. Col. Amy Tuck briefed Maj. Karel Ross.", "Amy Tuck", EntityType.PERSON, None),
        ("Lt. Col. Amy Tuck briefed Maj. Karel Ross.", "Karel Ross", EntityType.PERSON, None),
        ("Boeing jets and Hezbollah rockets were hit.", "Boeing", EntityType.ORGANIZATION, None),
        ("Boeing jets and Hezbollah rockets were hit.", "Hezbollah", EntityType.ORGANIZATION, None),
        ("A Halden Aviation helicopter crashed.", "Halden Aviation", EntityType.ORGANIZATION, None),
    ],
)
def test_armed_forces_and_groups(read: Read, text: str, words: str, kind: EntityType, meant: str | None) -> None:
    assert_found(read(text), words, kind, meant)


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Operation Copper Shield began in Orm.", "Operation Copper Shield", None),
        ("Exercise Northern Lance ended.", "Northern Lance", None),
        ("The USS Halvorsen sailed. HMS Cardew followed.", "USS Halvorsen", None),
        ("The USS Halvorsen sailed. HMS Cardew followed.", "HMS Cardew", None),
        ("The tanker Ocean Marigold burned.", "Ocean Marigold", None),
        ("The frigate Tromp sank.", "Tromp", None),
        ("Kornet missiles hit a Leopard 2. Javelins and Stingers arrived.", "Kornet", None),
        ("Kornet missiles hit a Leopard 2. Javelins and Stingers arrived.", "Leopard", None),
        ("Kornet missiles hit a Leopard 2. Javelins and Stingers arrived.", "Javelins", None),
        ("Kornet missiles hit a Leopard 2. Javelins and Stingers arrived.", "Stingers", None),
        ("Two F-16s and a Su-34 fell.", "F-16s", None),
        ("Two F-16s and a Su-34 fell.", "Su-34", None),
        ("Patriot batteries guard Oslo.", "Patriot", None),
        ("Hurricane Adela hit Cuba.", "Adela", EntityType.PERSON),
        ("A Typhoon jet landed.", "Typhoon", None),
        ("Regime forces shelled Idlib.", "Regime", None),
    ],
)
def test_weapons_ships_and_operations_are_no_actors(read: Read, text: str, words: str, kind: EntityType | None) -> None:
    assert_not_found(read(text), words, kind)


@pytest.mark.parametrize(
    ("text", "words", "kind", "meant"),
    [
        ("Ukrainian forces left.", "Ukrainian forces", EntityType.COUNTRY, "Ukraine"),
        ("Turkish soldiers and Tajik border guards fought.", "Turkish soldiers", EntityType.COUNTRY, "Turkey"),
        ("Turkish soldiers and Tajik border guards fought.", "Tajik border guards", EntityType.COUNTRY, "Tajikistan"),
        ("U.S. officials met senior Iranian diplomats.", "U.S. officials", EntityType.COUNTRY, "United States"),
        ("U.S. officials met senior Iranian diplomats.", "Iranian diplomats", EntityType.COUNTRY, "Iran"),
        ("Fellow NATO members agreed.", "NATO members", EntityType.ORGANIZATION, "NATO"),
        ("Iraqi Security Forces advanced.", "Iraqi Security Forces", EntityType.COUNTRY, "Iraq"),
        (
            "Kenyan police officers and Rwandan peacekeepers arrived.",
            "Kenyan police officers",
            EntityType.COUNTRY,
            "Kenya",
        ),
        (
            "Kenyan police officers and Rwandan peacekeepers arrived.",
            "Rwandan peacekeepers",
            EntityType.COUNTRY,
            "Rwanda",
        ),
        ("Russian border guards detained two.", "Russian border guards", EntityType.COUNTRY, "Russia"),
        ("Israel's security cabinet met.", "Israel's security cabinet", EntityType.COUNTRY, "Israel"),
        ("Egyptian state television reported it.", "Egyptian state television", EntityType.ORGANIZATION, "EGY"),
        (
            "The Trump administration and the Biden White House agreed.",
            "Trump administration",
            EntityType.COUNTRY,
            "United States",
        ),
        ("Turkish Airlines sued.", "Turkish Airlines", EntityType.ORGANIZATION, "TUR"),
        ("The American Medical Association met.", "American Medical Association", EntityType.ORGANIZATION, None),
    ],
)
def test_groups_and_institutions_of_a_nation(
    read: Read, text: str, words: str, kind: EntityType, meant: str | None
) -> None:
    assert_found(read(text), words, kind, meant)


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Kurdish forces held the town.", "Kurdish forces", EntityType.COUNTRY),
        ("Indian Ocean trade fell.", "Indian", EntityType.COUNTRY),
        ("British Columbia voted.", "British", EntityType.COUNTRY),
    ],
)
def test_what_belongs_to_a_nation_is_not_the_nation(read: Read, text: str, words: str, kind: EntityType | None) -> None:
    assert_not_found(read(text), words, kind)
