"""Places that a tagger takes for persons or companies, and capitals that act or lie."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from entity_factory import Resolved, assert_found, assert_not_found, read_text  # noqa: F401 (a fixture)

from geograph.model import EntityType

Read = Callable[..., Resolved]


@pytest.mark.parametrize(
    ("text", "words", "kind", "meant"),
    [
        ("Shelling hit Goma and Srinagar. Goma burned.", "Goma", EntityType.PLACE, None),
        ("Shelling hit Goma and Srinagar. Goma burned.", "Srinagar", EntityType.PLACE, None),
        ("Shelling hit Goma and Srinagar. Goma burned.", "Goma#1", EntityType.PLACE, None),
        ("Troops entered Tal Afar, a town in northern Iraq.", "Tal Afar", EntityType.PLACE, None),
        ("Troops entered Tal Afar, a town in northern Iraq.", "Iraq", EntityType.COUNTRY, None),
        ("Turkish jets struck Sinjar; drones hit Jarablus.", "Sinjar", EntityType.PLACE, None),
        ("Turkish jets struck Sinjar; drones hit Jarablus.", "Jarablus", EntityType.PLACE, None),
        ("Positions near Raqqa were struck. Raqqa fell in October.", "Raqqa", EntityType.PLACE, None),
        ("Positions near Raqqa were struck. Raqqa fell in October.", "Raqqa#1", EntityType.PLACE, None),
        ("Shells fell near Avdiivka. Avdiivka has been besieged.", "Avdiivka", EntityType.PLACE, None),
        ("Fighting raged in the Suwalki Gap and in Lower Juba.", "Suwalki Gap", EntityType.PLACE, None),
        ("Fighting raged in the Suwalki Gap and in Lower Juba.", "Lower Juba", EntityType.PLACE, None),
        ("Clashes in Deir ez-Zor and in the town of Abu Kamal went on.", "Deir ez-Zor", EntityType.PLACE, None),
        ("Clashes in Deir ez-Zor and in the town of Abu Kamal went on.", "Abu Kamal", EntityType.PLACE, None),
        ("He left eastern Mosul for Anbar province, then northern Aleppo.", "Mosul", EntityType.PLACE, None),
        ("He left eastern Mosul for Anbar province, then northern Aleppo.", "Anbar province", EntityType.PLACE, None),
        ("He left eastern Mosul for Anbar province, then northern Aleppo.", "Aleppo", EntityType.PLACE, None),
        ("They fled to Bama and Gwoza in Borno State.", "Bama", EntityType.PLACE, None),
        ("They fled to Bama and Gwoza in Borno State.", "Borno State", EntityType.PLACE, None),
        ("The villages of Ein Zeid and Tell Orm were shelled.", "Tell Orm", EntityType.PLACE, None),
        ("A bomb exploded in Hit, Iraq.", "Hit", EntityType.PLACE, None),
        ("Confidence in Ada Moran fell.", "Ada Moran", EntityType.PERSON, None),
        ("Interest in Moran grew after Karel Moran won.", "Moran", EntityType.PERSON, None),
        ("Police see in Karel Brandt a suspect.", "Karel Brandt", EntityType.PERSON, None),
        ("They believe in Anton Vidal and trust in Vidal's party.", "Anton Vidal", EntityType.PERSON, None),
        ("They believe in Anton Vidal and trust in Vidal's party.", "Vidal#1", EntityType.PERSON, None),
        ("In Brandt's view, Karel Brandt was right.", "Brandt", EntityType.PERSON, None),
        ("The army entered the Tigray region and Kassala State.", "Tigray region", EntityType.PLACE, None),
        ("The army entered the Tigray region and Kassala State.", "Kassala State", EntityType.PLACE, None),
    ],
)
def test_towns_are_no_persons(read: Read, text: str, words: str, kind: EntityType, meant: str | None) -> None:
    assert_found(read(text), words, kind, meant)


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Members in Congress objected to cuts in Medicare.", "Medicare", EntityType.PERSON),
        ("She was in Chanel.", "Chanel", EntityType.PERSON),
    ],
)
def test_what_stands_like_a_town_and_is_none(read: Read, text: str, words: str, kind: EntityType | None) -> None:
    assert_not_found(read(text), words, kind)


@pytest.mark.parametrize(
    ("text", "words", "kind", "meant"),
    [
        ("The Kremlin denied it.", "Kremlin", EntityType.ORGANIZATION, "RUS"),
        ("Downing Street declined to comment.", "Downing Street", EntityType.ORGANIZATION, "GBR"),
        ("The Pentagon said so.", "Pentagon", EntityType.ORGANIZATION, "USA"),
        ("The Bundestag and the Knesset voted.", "Bundestag", EntityType.ORGANIZATION, "DEU"),
        ("The Bundestag and the Knesset voted.", "Knesset", EntityType.ORGANIZATION, "ISR"),
        ("The Blue House said so.", "Blue House", EntityType.ORGANIZATION, "KOR"),
        ("Foggy Bottom summoned him.", "Foggy Bottom", EntityType.ORGANIZATION, "USA"),
        ("The Élysée said so.", "Élysée", EntityType.ORGANIZATION, "FRA"),
        ("Minsk and Tehran condemned the strike.", "Minsk", EntityType.COUNTRY, "Belarus"),
        ("Minsk and Tehran condemned the strike.", "Tehran", EntityType.COUNTRY, "Iran"),
        ("London summoned the envoy.", "London", EntityType.COUNTRY, "United Kingdom"),
        ("Relations between Baku and Yerevan soured.", "Baku", EntityType.COUNTRY, "Azerbaijan"),
        ("Relations between Baku and Yerevan soured.", "Yerevan", EntityType.COUNTRY, "Armenia"),
        ("Pyongyang's missiles alarmed Tokyo.", "Pyongyang", EntityType.COUNTRY, "North Korea"),
        ("Pyongyang's missiles alarmed Tokyo.", "Tokyo", EntityType.COUNTRY, "Japan"),
        ("Kabul-based diplomats left.", "Kabul", EntityType.PLACE, None),
        ("He was jailed in Minsk.", "Minsk", EntityType.PLACE, None),
        ("Minsk residents marched.", "Minsk", EntityType.PLACE, None),
        ("The Paris summit ended.", "Paris", EntityType.PLACE, None),
        ("The Moscow-born singer won.", "Moscow", EntityType.PLACE, None),
        ("A Tehran-backed militia fired.", "Tehran", EntityType.COUNTRY, "Iran"),
        ("A Beijing-appointed official spoke.", "Beijing", EntityType.COUNTRY, "China"),
        ("The Rome-based agency said so.", "Rome", EntityType.PLACE, None),
        ("London police arrested two.", "London", EntityType.PLACE, None),
        ("Tokyo stocks fell.", "Tokyo", EntityType.PLACE, None),
        ("The Cairo talks failed.", "Cairo", EntityType.PLACE, None),
        ("He drove from Kyiv to Warsaw.", "Kyiv", EntityType.PLACE, None),
        ("He drove from Kyiv to Warsaw.", "Warsaw", EntityType.PLACE, None),
        ("A suburb of Damascus burned.", "Damascus", EntityType.PLACE, None),
    ],
)
def test_seats_and_capitals(read: Read, text: str, words: str, kind: EntityType, meant: str | None) -> None:
    assert_found(read(text), words, kind, meant)
