"""The country of an organisation that the gazetteer does not know, and more of what is no actor."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from entity_factory import Resolved, assert_found, assert_not_found, read_text  # noqa: F401 (a fixture)

from geograph.model import EntityType

Read = Callable[..., Resolved]


@pytest.mark.parametrize(
    ("text", "words", "kind", "meant"),
    [
        ("Japan's Haldenberg Motors lost money.", "Haldenberg Motors", EntityType.ORGANIZATION, "JPN"),
        ("The Swedish carmaker Haldenberg Motors lost money.", "Haldenberg Motors", EntityType.ORGANIZATION, "SWE"),
        ("Ukraine's 47th Mechanized Brigade left.", "47th Mechanized Brigade", EntityType.ORGANIZATION, "UKR"),
        ("Oslo-based Haldenberg Aviation closed.", "Haldenberg Aviation", EntityType.ORGANIZATION, "NOR"),
        ("Haldenberg Aviation, a Danish airline, closed.", "Haldenberg Aviation", EntityType.ORGANIZATION, "DNK"),
        ("The Indian newspaper The Orm Herald said so.", "Orm Herald", EntityType.ORGANIZATION, "IND"),
        (
            "Peru bought planes from Haldenberg Aviation Group.",
            "Haldenberg Aviation Group",
            EntityType.ORGANIZATION,
            "",
        ),
        ("Iran and Haldenberg Aviation signed.", "Haldenberg Aviation", EntityType.ORGANIZATION, ""),
        ("The Iranian-backed group Orm Liberation Front fired.", "Orm Liberation Front", EntityType.ORGANIZATION, ""),
        ("Norway told Haldenberg Aviation to stop.", "Haldenberg Aviation", EntityType.ORGANIZATION, ""),
        ("In Denmark, Haldenberg Aviation closed.", "Haldenberg Aviation", EntityType.ORGANIZATION, ""),
        ("Haldenberg Aviation, like Danish firms, closed.", "Haldenberg Aviation", EntityType.ORGANIZATION, ""),
        ("Washington state officials met.", "Washington", EntityType.PLACE, None),
        ("Whitehall officials said so.", "Whitehall", EntityType.COUNTRY, "United Kingdom"),
        ("Zhongnanhai kept silent.", "Zhongnanhai", EntityType.COUNTRY, "China"),
    ],
)
def test_organisations_with_and_without_country(
    read: Read, text: str, words: str, kind: EntityType, meant: str | None
) -> None:
    assert_found(read(text), words, kind, meant)


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("The Oruc Reis research vessel sailed.", "Oruc Reis", None),
        ("The Admiral Grigorov frigate fired.", "Grigorov", None),
    ],
)
def test_ships(read: Read, text: str, words: str, kind: EntityType | None) -> None:
    assert_not_found(read(text), words, kind)
