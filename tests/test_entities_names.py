"""Finding known names: whole words only, capitals where the name has them."""

from __future__ import annotations

import pytest
from entity_factory import gazetteer
from hypothesis import given, strategies as st

from geograph.entities.names import NameIndex, fold, keys, slug, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. said no.", ["The", "U.S.", "said", "no"]),
        ("J.D. Arlen met Al-Qa'ida", ["J.D.", "Arlen", "met", "Al", "Qa", "ida"]),
        ("Guinea-Bissau’s envoy", ["Guinea", "Bissau", "s", "envoy"]),
    ],
)
def test_words_are_parted_at_hyphens_and_apostrophes_but_not_within_initials(text: str, expected: list[str]) -> None:
    assert [word.text for word in words(text)] == expected


@given(st.text(max_size=60))
def test_words_lie_where_they_say(text: str) -> None:
    assert all(text[word.start : word.end] == word.text for word in words(text))


@given(st.text(max_size=40))
def test_slug_is_never_empty_and_holds_only_plain_signs(name: str) -> None:
    assert slug(name)
    assert all(c.isascii() and (c.isalnum() or c in "_-.") for c in slug(name))


def test_slug_of_other_scripts_tells_names_apart() -> None:
    assert slug("北京") != slug("東京")


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("talks in the US today", "USA"),
        ("talks in the U.S. today", "USA"),
        ("talks in the United States", "USA"),
        ("an American envoy", "USA"),
        ("the DPRK", "PRK"),
        ("North Korean goods", "PRK"),
        ("South Korean goods", "KOR"),
        ("Guinea-Bissau voted", "GNB"),
        ("Guinea voted", "GIN"),
        ("a NATO meeting", "NATO"),
        ("Al-Qa’ida claimed", "Al-Qaeda"),
        ("Côte d'Ivoire", "CIV"),
        ("Cote d’Ivoire", "CIV"),
    ],
)
def test_forms_of_one_name_are_one(text: str, key: str) -> None:
    known = list(gazetteer().index.matches(text, words(text)))
    assert [{sense.key for sense in match.senses} for match in known] == [{key}]


@pytest.mark.parametrize(
    "text",
    [
        "the ambassador spoke",  # holds "assad"
        "human rights groups",  # holds "hts"
        "he told us so",  # us
        "it is so and who knows",  # IS, WHO
        "an ice age",  # ICE
        "a turkey and some china",  # lower case
        "they chad about it",
        "the unit",  # UN
        "Iranianborn",
        "Malian" + "ese",
    ],
)
def test_a_name_is_never_found_inside_another_word_or_without_its_capitals(text: str) -> None:
    assert list(gazetteer().index.matches(text, words(text))) == []


def test_the_longest_form_wins() -> None:
    index = NameIndex()
    index.add("Lake Orm", "lake", "name")
    index.add("Lake Orm Treaty Council", "council", "name")
    text = "The Lake Orm Treaty Council met at Lake Orm."
    assert [match.senses[0].key for match in index.matches(text, words(text))] == ["council", "lake"]


def test_keys_ignore_case_and_accents() -> None:
    assert keys("Türkiye") == keys("turkiye")
