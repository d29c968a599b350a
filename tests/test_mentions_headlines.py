"""Capital letters that make no names: headlines, beginnings of sentences, credits; and names of one word for two."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from entity_factory import Resolved, assert_found, assert_not_found, read_text  # noqa: F401 (a fixture)

from geograph.model import EntityType

Read = Callable[..., Resolved]


@pytest.mark.parametrize(
    ("text", "words", "kind", "meant"),
    [
        ("UKRAINIAN FORCES RETAKE VILLAGE NEAR BAKHMUT", "BAKHMUT", EntityType.PLACE, None),
        ("FRENCH MINISTER ARRIVES IN DAKAR FOR TALKS WITH SENEGAL", "DAKAR", EntityType.PLACE, None),
        ("FRENCH MINISTER ARRIVES IN DAKAR FOR TALKS WITH SENEGAL", "SENEGAL", EntityType.COUNTRY, None),
        ("Moldovan President Elena Rusu Visits Bucharest As Moscow Warns NATO", "Elena Rusu", EntityType.PERSON, None),
        ("Moldovan President Elena Rusu Visits Bucharest As Moscow Warns NATO", "Bucharest", EntityType.PLACE, None),
        ("Moldovan President Elena Rusu Visits Bucharest As Moscow Warns NATO", "NATO", EntityType.ORGANIZATION, None),
        ("Thousands March In Lima After Minister Quits", "Lima", EntityType.PLACE, None),
        ("US Sends Tanks To Poland, Warsaw Says", "US", EntityType.COUNTRY, None),
        ("US Sends Tanks To Poland, Warsaw Says", "Poland", EntityType.COUNTRY, None),
        ("US Sends Tanks To Poland, Warsaw Says", "Warsaw", EntityType.COUNTRY, None),
        (
            "Brandt Vows New Push For Peace Deal\n\nPrime Minister Karel Brandt promised a new push for a peace deal.",
            "Brandt",
            EntityType.PERSON,
            "Karel Brandt",
        ),
        ("PRESIDENT MORAN VISITS OSLO\n\nPresident Ada Moran came to Oslo.", "MORAN", EntityType.PERSON, "Ada Moran"),
        ("PRESIDENT MORAN VISITS OSLO\n\nPresident Ada Moran came to Oslo.", "OSLO", EntityType.PLACE, None),
        ("Breaking News: Floods Hit Peru", "Peru", EntityType.COUNTRY, None),
    ],
)
def test_names_in_headlines(read: Read, text: str, words: str, kind: EntityType, meant: str | None) -> None:
    assert_found(read(text), words, kind, meant)


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Reporting by Ann Kessler; Editing by Tom Brandt", "Reporting", None),
        ("Reporting by Ann Kessler; Editing by Tom Brandt", "Editing", None),
        ("Thousands marched. Meanwhile, Dozens fled. Hundreds cheered.", "Thousands", None),
        ("Thousands marched. Meanwhile, Dozens fled. Hundreds cheered.", "Meanwhile", None),
        ("Thousands marched. Meanwhile, Dozens fled. Hundreds cheered.", "Dozens", None),
        ("Thousands marched. Meanwhile, Dozens fled. Hundreds cheered.", "Hundreds", None),
        ("On Monday in March, Christmas came.", "Monday", None),
        ("On Monday in March, Christmas came.", "March", None),
        ("On Monday in March, Christmas came.", "Christmas", None),
        ("UKRAINIAN FORCES RETAKE VILLAGE NEAR BAKHMUT", "RETAKE VILLAGE", None),
        ("FRENCH MINISTER ARRIVES IN DAKAR FOR TALKS WITH SENEGAL", "TALKS", None),
        ("FRENCH MINISTER ARRIVES IN DAKAR FOR TALKS WITH SENEGAL", "ARRIVES", None),
        ("Thousands March In Lima After Minister Quits", "Thousands", None),
        ("Thousands March In Lima After Minister Quits", "March", None),
        ("Thousands March In Lima After Minister Quits", "Minister Quits", None),
        ("US Sends Tanks To Poland, Warsaw Says", "Tanks", None),
        (
            "Brandt Vows New Push For Peace Deal\n\nPrime Minister Karel Brandt promised a new push for a peace deal.",
            "Vows",
            None,
        ),
        (
            "Brandt Vows New Push For Peace Deal\n\nPrime Minister Karel Brandt promised a new push for a peace deal.",
            "New Push",
            None,
        ),
        (
            "Brandt Vows New Push For Peace Deal\n\nPrime Minister Karel Brandt promised a new push for a peace deal.",
            "Peace Deal",
            None,
        ),
        ("PRESIDENT MORAN VISITS OSLO\n\nPresident Ada Moran came to Oslo.", "VISITS", None),
        ("Breaking News: Floods Hit Peru", "Breaking News", None),
        ("The Labour government fell. Labour costs rose.", "Labour#1", None),
        ("Democracy Wins As Voters Choose Change", "Democracy", None),
        ("Democracy Wins As Voters Choose Change", "Voters", None),
        ("Police said Officials fled.", "Police", None),
        ("Police said Officials fled.", "Officials", None),
        ("The Agreement and the Treaty were signed by Ministers.", "Agreement", None),
        ("The Agreement and the Treaty were signed by Ministers.", "Treaty", None),
        ("Covid-19 vaccines arrived on Saturday.", "Covid-19", EntityType.PERSON),
        ("The Internet and the Sun are old.", "Internet", None),
        ("The Internet and the Sun are old.", "Sun", EntityType.PERSON),
        ("God and Allah were praised.", "God", None),
        ("God and Allah were praised.", "Allah", None),
        ("He said Nazi crimes and Islam were discussed.", "Islam", EntityType.PERSON),
        ("Editor's note: Photo by Karel Brandt.", "Editor", None),
        ("Editor's note: Photo by Karel Brandt.", "Photo", None),
    ],
)
def test_ordinary_words_with_capitals(read: Read, text: str, words: str, kind: EntityType | None) -> None:
    assert_not_found(read(text), words, kind)


@pytest.mark.parametrize(
    ("text", "words", "kind", "meant"),
    [
        ("Georgia's president met U.S. senators.", "Georgia", EntityType.COUNTRY, None),
        ("U.S. senators visited Georgia on Monday.", "Georgia", EntityType.COUNTRY, None),
        ("Rep. Jim Jordan spoke. Jordan said he would vote.", "Jim Jordan", EntityType.PERSON, None),
        ("Rep. Jim Jordan spoke. Jordan said he would vote.", "Jordan#1", EntityType.PERSON, "Jim Jordan"),
        ("Jordan's king met Ada Jordan in Amman.", "Jordan", EntityType.COUNTRY, None),
        ("Chad Moran met Chad's leader.", "Chad Moran", EntityType.PERSON, None),
        ("Chad Moran met Chad's leader.", "Chad#1", EntityType.COUNTRY, None),
        ("Karel Moran met Ada Chad in Oslo. Chad left.", "Ada Chad", EntityType.PERSON, None),
        ("Karel Moran met Ada Chad in Oslo. Chad left.", "Chad#1", EntityType.PERSON, "Ada Chad"),
    ],
)
def test_namesakes(read: Read, text: str, words: str, kind: EntityType, meant: str | None) -> None:
    assert_found(read(text), words, kind, meant)
