"""Finding and typing mentions: names over the whole article, demonyms, groups, institutions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from entity_factory import Resolved, read_text  # noqa: F401 (a fixture)

from geograph.model import EntityType, Via

Read = Callable[..., Resolved]


def test_mentions_lie_where_they_say_and_are_sorted(read: Read) -> None:
    found = read(
        "Polish troops and the Polish Foreign Minister Karel Brandt left Norway’s Bodin region. He thanked Oslo."
    )
    assert all(m.span.of(found.text) == m.text for m in found.mentions)
    assert list(found.mentions) == sorted(found.mentions, key=lambda m: m.sort_key)
    assert all(m.entity is None or m.entity in found.entities for m in found.mentions)


def test_every_country_of_an_entity_is_an_entity_too(read: Read) -> None:
    found = read("Karel Brandt, the Norwegian trade minister, met Gazprom managers in Wonsan.")
    assert {e.country for e in found.entities.values() if e.country} <= set(found.entities)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Karel Brandt arrived in Oslo. Brandt spoke to reporters.", "Karel Brandt"),
        ("Norwegian Foreign Minister Karel Brandt’s visit ended. Brandt’s plane left.", "Karel Brandt"),
        ("Gen. Karel Brandt resigned. Mr. Brandt gave no reason.", "Karel Brandt"),
        ("Karel J. Brandt resigned. Karel Brandt gave no reason; Brandt left.", "Karel J. Brandt"),
        ("Prime Minister Karel von der Brandt won. Von der Brandt thanked voters in Vienna.", "Karel von der Brandt"),
    ],
)
def test_the_full_name_spreads_to_its_short_forms(read: Read, text: str, name: str) -> None:
    found = read(text)
    people = {e.label for e in found.entities.values() if e.type is EntityType.PERSON}
    assert people == {name}


def test_surnames_that_stand_first(read: Read) -> None:
    found = read(
        "He Wenlan, a spokeswoman of the Chinese commerce ministry, spoke on Monday. "
        '"We will respond," He said in Beijing.'
    )
    assert found.entity("He Wenlan").type is EntityType.PERSON
    assert found.entity("He Wenlan").country == "CHN"
    assert found.all("He", 1) == ["He Wenlan"]


def test_a_surname_that_looks_like_a_pronoun_is_no_pronoun(read: Read) -> None:
    found = read("Anton Vidal left. He Wenlan, a Chinese envoy, stayed.")
    assert not [m for m in found.mentions if m.via is Via.PRONOUN]


def test_an_ordinary_he_is_a_pronoun(read: Read) -> None:
    found = read("Karel Brandt resigned. He gave no reason.")
    assert found.mention("He").via is Via.PRONOUN


def test_possessives_articles_and_titles_stay_outside_the_span(read: Read) -> None:
    found = read("The European Union's envoy met President Karel Brandt's aides.")
    assert {"European Union", "Karel Brandt"} <= set(found.texts())


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Ukrainian forces crossed the river.", "Ukrainian forces", "Ukraine"),
        ("Thousands of North Korean troops were deployed.", "North Korean troops", "North Korea"),
        ("Several U.S. officials confirmed it.", "U.S. officials", "United States"),
        ("The German government said so.", "German government", "Germany"),
        ("Chile's navy seized the ship.", "Chile's navy", "Chile"),
        ("The government of Peru fell.", "government of Peru", "Peru"),
        ("Serbian protesters threw stones.", "Serbian protesters", "Serbia"),
        ("A Chilean court jailed him.", "Chilean court", "Chile"),
        ("Danish Prime Minister Ada Moran spoke. The Moran administration fell.", "Moran administration", "Denmark"),
        ("Turkish special forces stormed it.", "Turkish special forces", "Turkey"),
        ("Iraqi and Kuwaiti soldiers met.", "Kuwaiti soldiers", "Kuwait"),
    ],
)
def test_a_nationality_with_its_people_is_the_country(read: Read, text: str, words: str, country: str) -> None:
    found = read(text)
    assert found[words] == country
    assert found.mention(words).type is EntityType.COUNTRY


def test_joint_nationalities_are_several_mentions_of_one_span(read: Read) -> None:
    found = read("U.S. and South Korean forces held drills.")
    assert found.all("U.S. and South Korean forces") == ["South Korea", "United States"]


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Syrian rebels left.", "Syrian rebels", "SYR"),
        ("Palestinian militants fired.", "Palestinian militants", "PSE"),
        ("Peru arrested leaders of the pro-harbour camp. Peruvian police said so.", "pro-harbour camp", "PER"),
    ],
)
def test_rebels_are_a_group_of_their_country_and_not_the_country(
    read: Read, text: str, words: str, country: str
) -> None:
    entity = read(text).entity(words)
    assert (entity.type, entity.country) == (EntityType.GROUP, country)


@pytest.mark.parametrize("text", ["They want a Kurdish state.", "Tamil culture thrives.", "The NATO summit ended."])
def test_what_belongs_to_an_actor_is_not_the_actor(read: Read, text: str) -> None:
    assert not [m for m in read(text).mentions if m.via is Via.NOMINAL]


@pytest.mark.parametrize(
    "text",
    [
        "Pro-Russian rebels shelled the town.",
        "An anti-NATO rally drew crowds.",
        "An Iranian-backed militia fired.",
    ],
)
def test_an_attitude_to_a_country_is_not_the_country(read: Read, text: str) -> None:
    found = read(text)
    assert not [m for m in found.mentions if m.via is Via.NOMINAL]


def test_the_head_noun_is_the_root_of_a_group(read: Read, nlp: object) -> None:
    found = read("North Korean troops left.")
    span = found.mention("North Korean troops").span
    assert found.text[span.start : span.end].endswith("troops")


@pytest.mark.parametrize(
    ("text", "words", "label", "country"),
    [
        ("Latvia's defence ministry said so.", "Latvia's defence ministry", "Latvian Defence Ministry", "LVA"),
        ("The Latvian Ministry of Defence said so.", "Latvian Ministry of Defence", "Latvian Defence Ministry", "LVA"),
        (
            "The Ministry of Defence of Latvia said so.",
            "Ministry of Defence of Latvia",
            "Latvian Defence Ministry",
            "LVA",
        ),
        ("Russia’s foreign ministry said so.", "Russia’s foreign ministry", "Russian Foreign Ministry", "RUS"),
        ("The Omani intelligence service said so.", "Omani intelligence service", "Omani intelligence service", "OMN"),
        ("The Slovak parliament voted.", "Slovak parliament", "Slovak Parliament", "SVK"),
        (
            "Bolivia's constitutional court ruled.",
            "Bolivia's constitutional court",
            "Bolivian constitutional court",
            "BOL",
        ),
    ],
)
def test_institutions_have_their_country(read: Read, text: str, words: str, label: str, country: str) -> None:
    entity = read(text).entity(words)
    assert (entity.type, entity.label, entity.country) == (EntityType.ORGANIZATION, label, country)


def test_two_wordings_of_one_institution_have_one_key(read: Read) -> None:
    keys = {
        read(f"{words} denied it.").entity(words).key
        for words in (
            "Estonia's foreign ministry",
            "Estonia’s Foreign Ministry",
            "Estonian Ministry of Foreign Affairs",
        )
    }
    assert keys == {"organization.Estonian_Foreign_Ministry"}


def test_a_ministry_without_country_is_that_of_the_country_at_hand(read: Read) -> None:
    found = read(
        "Estonia raised taxes. Estonian shops closed in Tallinn. The Ministry of Energy blamed Estonia's weather."
    )
    assert found.entity("Ministry of Energy").country == "EST"


def test_a_name_inside_an_institution_is_a_mention_of_its_own(read: Read) -> None:
    found = read("Latvia's defence ministry said so.")
    assert found["Latvia"] == "Latvia"


def test_a_title_is_not_part_of_the_name_but_tells_the_country(read: Read) -> None:
    found = read("Danish Foreign Minister Ada Moran arrived.")
    assert found.entity("Ada Moran").country == "DNK"
    assert found["Danish"] == "Denmark"
    assert found.mention("Danish").via is Via.DEMONYM


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Ada Moran, the Danish foreign minister, arrived.", "DNK"),
        ("Foreign Minister Ada Moran of Denmark arrived.", "DNK"),
        ("President of Denmark Ada Moran arrived.", "DNK"),
        ("Denmark's Ada Moran arrived.", "DNK"),
        ("Danish Ambassador to Norway Ada Moran arrived.", "DNK"),
        ("Former Danish deputy prime minister Ada Moran arrived.", "DNK"),
        ("The EU's top diplomat Ada Moran arrived.", None),
        ("Ada Moran arrived in Denmark.", None),
    ],
)
def test_where_a_person_belongs(read: Read, text: str, country: str | None) -> None:
    assert read(text).entity("Ada Moran").country == country


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Shells hit Kursk.", "Kursk", "RUS"),
        ("They fled the Kursk region.", "Kursk region", "RUS"),
        ("He was born in Wonsan.", "Wonsan", "PRK"),
        ("Rebels seized Goma.", "Goma", "COD"),
        ("They met in St. Petersburg.", "St. Petersburg", "RUS"),
        ("Fighting went on near Sumy in Ukraine.", "Sumy", "UKR"),
    ],
)
def test_places_have_their_country(read: Read, text: str, words: str, country: str) -> None:
    entity = read(text).entity(words)
    assert (entity.type, entity.country) == (EntityType.PLACE, country)


def test_of_cities_with_one_name_the_one_in_the_countries_at_hand_is_meant(read: Read) -> None:
    assert (
        read("Police in Valencia, Venezuela, closed roads. Venezuelan troops came.").entity("Valencia").country == "VEN"
    )
    assert read("Police in Valencia closed roads. Spain sent help.").entity("Valencia").country == "ESP"


def test_an_acronym_introduced_in_brackets_is_the_same_body(read: Read) -> None:
    found = read("The Northern Harbour Forum (NHF) met in Oslo. The NHF elected a chair.")
    assert found.entity("NHF").label == "Northern Harbour Forum"


def test_the_first_word_of_an_organisation_goes_on_for_it(read: Read) -> None:
    found = read("Peru bought planes from Haldenberg Aviation Group. Haldenberg denied it.")
    assert found.all("Haldenberg", 1) == ["Haldenberg Aviation Group"]


def test_nothing_in_nothing_out(read: Read) -> None:
    assert read("").mentions == ()
    assert read("\n\n…\n").mentions == ()
