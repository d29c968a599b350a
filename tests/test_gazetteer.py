"""The gazetteer's own truths: ids told apart, terms that can be, names that mean one thing, countries that exist."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from entity_factory import Resolved, gazetteer, read_text  # noqa: F401 (a fixture)

from geograph import ontology
from geograph.entities.metonyms import RULE
from geograph.entities.names import keys, slug
from geograph.entities.territories import country_facts
from geograph.model import EntityType, Period
from geograph.ontology import turtle
from geograph.vocabulary import Vocabulary

FILES = tuple(ontology.load().gazetteer_files())

ONE_HOLDER = frozenset(
    {
        *("president", "prime minister", "premier", "chancellor", "king", "queen", "emir", "pope", "supreme leader"),
        *("secretary-general", "director-general", "director general", "managing director", "chairperson"),
        *("european commission president", "european council president", "european parliament president"),
        *("foreign minister", "foreign secretary", "external affairs minister", "secretary of state", "vice president"),
        *("defence minister", "defence secretary", "treasury secretary", "foreign policy chief", "chief executive"),
    }
)

# Offices that two held at once, by country and office: from 2016 to 2021 Libya had one government in Tripoli, which the
# UN recognised, and one in the east.
DISPUTED = frozenset({("LBY", "prime minister")})

# Forms that two organisations share; the countries that the article speaks of tell them apart.
SHARED = {("rsf",): {"RSF_Sudan", "Reporters_Without_Borders"}}


@dataclass(frozen=True)
class Held:
    """A term as it is written: who held which office of which country, from and until a period."""

    holder: str
    office: str
    of: str
    since: Period | None
    until: Period | None

    def clashes(self, later: Held, grace: timedelta) -> bool:
        """Whether this term certainly goes on for longer than `grace` after the later one has certainly begun."""
        end = self.until.earliest if self.until else date.max
        return later.since is not None and later.since.latest is not None and end - later.since.latest > grace


Block = dict[str, list[str]]


@cache
def blocks() -> dict[str, Block]:
    """Every subject of the gazetteer's files with its properties and their values, as local names."""
    found: dict[str, Block] = {}
    for path in FILES:
        for triple in turtle(path):
            value = getattr(triple.object, "value", "")
            key = Vocabulary.local(triple.subject.value)
            named = Vocabulary.local(value) if value.startswith("http") else value
            found.setdefault(key, {}).setdefault(Vocabulary.local(triple.predicate.value), []).append(named)
    return found


def entities(*kinds: str) -> Iterator[tuple[str, Block]]:
    """The blocks of these types with their keys."""
    return ((key, block) for key, block in blocks().items() if block["type"][0] in kinds)


@cache
def terms() -> tuple[Held, ...]:
    """Every term, in the order of its beginning."""
    found = []
    for _, block in entities("Term"):
        since, until = (None if part == ".." else Period(part) for part in block["period"][0].split("/"))
        found.append(Held(block["holder"][0], block["office"][0], block["of"][0], since, until))
    return tuple(sorted(found, key=lambda term: (term.since.earliest if term.since else date.min, term.holder)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_parses(path: Path) -> None:
    assert sum(1 for _ in turtle(path)) > 0


def test_every_block_has_one_type() -> None:
    kinds = {*map(str, EntityType), "Term", "Region"}
    assert [key for key, block in blocks().items() if len(block["type"]) != 1 or block["type"][0] not in kinds] == []


def test_wikidata_ids_are_well_formed_and_told_apart() -> None:
    holders: dict[str, list[str]] = defaultdict(list)
    for entity in gazetteer().entities.values():
        for identifier in entity.identifiers:
            if identifier.startswith("wikidata:"):
                assert re.fullmatch(r"wikidata:Q[1-9][0-9]*", identifier), (entity.key, identifier)
                holders[identifier].append(entity.key)
    assert {each: found for each, found in holders.items() if len(found) > 1} == {}


def test_keys_are_slugs_without_a_slash() -> None:
    written = (key for key, _ in entities(*map(str, EntityType)))
    assert [key for key in written if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", key)] == []


def test_only_countries_have_the_keys_of_countries() -> None:
    others = {key for key, _ in entities("Person", "Organization", "Group")}
    assert others & set(country_facts()) == set()


def test_the_key_of_a_person_spells_the_name() -> None:
    persons = [(key, block) for key, block in entities("Person")]
    assert [key for key, block in persons if key not in {slug(f) for f in names(block)}] == []


def names(block: Block) -> list[str]:
    """The label of an entity and its other names."""
    return [*block["label"], *block.get("altLabel", ())]


def test_names_are_not_empty_and_have_no_stray_space() -> None:
    roles = ("label", "altLabel", "localName", "demonym", "people", "seat", "adjective", "kind")
    forms = [(key, form) for key, block in blocks().items() for role in roles for form in block.get(role, ())]
    assert [(key, form) for key, form in forms if not form.strip() or form != " ".join(form.split())] == []
    assert [key for key, block in entities(*map(str, EntityType)) if len(block.get("label", ())) != 1] == []


def test_a_name_of_an_organisation_means_one_organisation() -> None:
    meant: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for key, block in entities("Organization", "Group"):
        for form in set(names(block)) - set(block.get("localName", ())):
            meant[keys(form)].add(key)
    assert {form: found for form, found in meant.items() if len(found) > 1} == SHARED


def test_a_name_of_a_person_means_one_person() -> None:
    meant: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for key, block in entities("Person"):
        for form in names(block):
            meant[keys(form)].add(key)
    assert {form: found for form, found in meant.items() if len(found) > 1} == {}


def test_countries_of_persons_and_organisations_exist() -> None:
    countries = {key for key, entity in gazetteer().entities.items() if entity.country == key}
    named = [
        (key, code) for key, block in entities("Person", "Organization", "Group") for code in block.get("country", ())
    ]
    assert [(key, code) for key, code in named if code not in countries] == []


def test_persons_have_a_gender() -> None:
    assert [key for key, block in entities("Person") if block.get("gender") not in (["male"], ["female"])] == []


def test_terms_are_of_persons_and_of_what_the_gazetteer_knows() -> None:
    persons = {key for key, _ in entities("Person")}
    assert [term for term in terms() if term.holder not in persons] == []
    assert [term for term in terms() if term.of not in gazetteer().entities] == []


def test_terms_begin_before_they_end() -> None:
    for term in terms():
        if term.since and term.until:
            assert term.since.earliest is not None and term.until.latest is not None, term
            assert term.since.earliest <= term.until.latest, term


def test_terms_are_written_once() -> None:
    assert len(set(terms())) == len(terms()) == len(list(entities("Term")))


def test_an_office_for_one_is_held_by_one_at_a_time() -> None:
    held: dict[tuple[str, str], list[Held]] = defaultdict(list)
    for term in terms():
        if term.office in ONE_HOLDER and (term.of, term.office) not in DISPUTED:
            held[term.of, term.office].append(term)
    month = timedelta(days=31)
    clashes = [
        (earlier, later)
        for in_turn in held.values()
        for i, earlier in enumerate(in_turn)
        for later in in_turn[i + 1 :]
        if earlier.clashes(later, month)
    ]
    assert clashes == []


@pytest.mark.parametrize(
    ("office", "of", "day", "holder"),
    [
        ("president", "RUS", date(2007, 6, 1), "Vladimir_Putin"),
        ("president", "RUS", date(2010, 6, 1), "Dmitry_Medvedev"),
        ("president", "RUS", date(2025, 6, 1), "Vladimir_Putin"),
        ("prime minister", "RUS", date(2010, 6, 1), "Vladimir_Putin"),
        ("president", "USA", date(2016, 6, 1), "Barack_Obama"),
        ("president", "USA", date(2019, 6, 1), "Donald_Trump"),
        ("president", "USA", date(2022, 6, 1), "Joe_Biden"),
        ("president", "USA", date(2025, 6, 1), "Donald_Trump"),
        ("secretary of state", "USA", date(2011, 6, 1), "Hillary_Clinton"),
        ("prime minister", "GBR", date(2022, 10, 1), "Liz_Truss"),
        ("prime minister", "GBR", date(2025, 6, 1), "Keir_Starmer"),
        ("prime minister", "GBR", date(2026, 9, 1), "Andy_Burnham"),
        ("prime minister", "HUN", date(2026, 9, 1), "Peter_Magyar"),
        ("prime minister", "JPN", date(2007, 6, 1), "Shinzo_Abe"),
        ("prime minister", "ISR", date(2022, 9, 1), "Yair_Lapid"),
        ("prime minister", "ITA", date(2015, 6, 1), "Matteo_Renzi"),
        ("president", "BRA", date(2009, 6, 1), "Luiz_Inacio_Lula_da_Silva"),
        ("supreme leader", "IRN", date(2026, 6, 1), "Mojtaba_Khamenei"),
        ("secretary-general", "UN", date(2003, 6, 1), "Kofi_Annan"),
        ("secretary-general", "NATO", date(2025, 6, 1), "Mark_Rutte"),
        ("european commission president", "EU", date(2018, 6, 1), "Jean-Claude_Juncker"),
        ("chancellor", "DEU", date(2023, 6, 1), "Olaf_Scholz"),
    ],
)
def test_who_held_an_office_depends_on_the_day(office: str, of: str, day: date, holder: str) -> None:
    assert gazetteer().holders(office, of, day) == (holder,)


def test_a_government_met_only_by_its_seat_says_so(read: Callable[..., Resolved]) -> None:
    assert read("Moscow denied the report.").entity("Moscow").rule == RULE
    assert read("Moscow denied the report. The Russian envoy left.").entity("Moscow").rule is None
    assert read("Russia denied the report.").entity("Russia").rule is None


def test_opec_is_not_opec_plus(read: Callable[..., Resolved]) -> None:
    found = read("OPEC met in Vienna. OPEC+ met a day later.")
    assert found.entity("OPEC").key == "OPEC"
    assert found.entity("OPEC+").key == "OPEC_plus"


def test_600_office_holders_since_2000_have_id_country_office_and_dates() -> None:
    known = {key for key, block in entities("Person") if block.get("sameAs") and block.get("country")}
    served = {
        term.holder
        for term in terms()
        if term.since is not None and (term.until is None or term.until.latest >= date(2000, 1, 1))
    }
    assert len(known & served) >= 1000


def test_offices_of_every_region_of_the_world_are_known() -> None:
    held = {term.of for term in terms() if term.office in ("president", "prime minister", "king", "foreign minister")}
    states = {key for key, _ in entities("Country")}
    assert len(held & states) >= 190


def test_300_organisations_and_every_kind_of_armed_group_are_known() -> None:
    assert sum(1 for _ in entities("Organization", "Group")) >= 850
    for name, key in (
        *(("ISIS", "Islamic_State"), ("ISIL", "Islamic_State"), ("Daesh", "Islamic_State"), ("IS", "Islamic_State")),
        *(("Peshmerga", "Peshmerga"), ("PMF", "Popular_Mobilization_Forces"), ("YPG", "YPG"), ("PKK", "PKK")),
        *(("Jabhat al-Nusra", "Al-Nusra_Front"), ("LeT", "Lashkar-e-Taiba"), ("TTP", "TTP"), ("ATMIS", "ATMIS")),
        *(("Inherent Resolve", "CJTF_OIR"), ("EUCOM", "EUCOM"), ("FARDC", "FARDC"), ("Wagner", "Wagner_Group")),
        *(("Shining Path", "Shining_Path"), ("ICTY", "ICTY"), ("Naxalites", "CPI_Maoist"), ("MINUSCA", "MINUSCA")),
    ):
        assert {sense.key for sense in gazetteer().senses(name)} == {key}, name


@pytest.mark.parametrize(
    ("name", "key", "country"),
    [
        *(("Saint Helena", "SHN", "SHN"), ("Guam", "GUM", "GUM"), ("Puerto Rico", "PRI", "PRI")),
        *(("Hong Kong", "HKG", "HKG"), ("Macau", "MAC", "MAC"), ("Falkland Islands", "FLK", "FLK")),
        *(("Crimea", "Crimea", "UKR"), ("Golan", "Golan_Heights", "SYR"), ("Artsakh", "Nagorno-Karabakh", "AZE")),
        *(("Kashmir", "Kashmir", None), ("Shebaa Farms", "Shebaa_Farms", None), ("West Bank", "West_Bank", "PSE")),
        *(("Goma", "Goma-216281", "COD"), ("Srinagar", "Srinagar-1255634", "IND"), ("Odessa", "Odesa-698740", "UKR")),
        *(("Avdiivka", "Avdiivka", "UKR"), ("Tal Afar", "Tal_Afar", "IRQ"), ("Kobane", "Ayn_al_Arab-172256", "SYR")),
        *(("Bagram Airfield", "Bagram_Air_Base", "AFG"), ("Malacca Strait", "Strait_of_Malacca", None)),
    ],
)
def test_territories_disputed_lands_bases_and_front_towns_are_places(name: str, key: str, country: str | None) -> None:
    entity = gazetteer().named(name, "name")
    assert entity is not None
    assert (entity.key, entity.type, entity.country) == (key, EntityType.PLACE, country)


def test_a_town_of_the_gazetteer_is_the_same_as_among_the_cities() -> None:
    for key, block in entities("Place"):
        if "identifier" in block:
            entity = gazetteer().entities[key]
            assert entity.identifiers == (f"geonames:{key.rsplit('-', 1)[1]}",)
            assert entity.coordinates is not None and abs(entity.coordinates[0]) <= 90


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Goma fell to the rebels on Monday.", "Goma"),
        ("Srinagar remained tense after the shooting.", "Srinagar"),
        ("Wagner fighters seized Bakhmut and Soledar.", "Soledar"),
        ("Kurdish forces retook Kobani from ISIL.", "Kobani"),
        ("Iraqi troops entered Tal Afar and Hawija.", "Tal Afar"),
    ],
)
def test_front_towns_are_read_as_places(text: str, town: str, read: Callable[..., Resolved]) -> None:
    assert read(text).entity(town).type is EntityType.PLACE


@pytest.mark.parametrize(
    "text",
    [
        "The ambassador spoke about human rights in the capital.",  # holds "assad" and "hts"
        "They asked us to stay, and who would refuse?",  # neither USA nor WHO
        "It may rain, he said, and the turkey is in the oven.",  # neither May nor Turkey
        "The straw hat was on the long table near the gates.",  # words that are surnames too
        "She drew the cards, and power went out at the ridge.",
        "The rice and the snow lay in the cook's pan.",
        "He let the cat out, and it is old.",  # neither LeT nor IS
        "The quad and the raw meat were a gang affair.",
    ],
)
def test_plain_words_are_no_names(text: str, read: Callable[..., Resolved]) -> None:
    assert [mention.text for mention in read(text).mentions if mention.entity in gazetteer().entities] == []


@pytest.mark.parametrize(
    "text",
    ["Kim thanked them.", "Powell wrote the song.", "Gates opened the shop.", "Miller sold his farm."],
)
def test_a_common_surname_alone_is_nobody_that_the_gazetteer_knows(text: str, read: Callable[..., Resolved]) -> None:
    assert [mention.text for mention in read(text).mentions if mention.entity in gazetteer().entities] == []


@pytest.mark.parametrize(
    ("text", "day", "words", "holder"),
    [
        ("The Russian president spoke.", date(2010, 6, 1), "Russian president", "Dmitry_Medvedev"),
        ("The Russian president spoke.", date(2015, 6, 1), "Russian president", "Vladimir_Putin"),
        ("The Pakistani president spoke.", date(2005, 6, 1), "Pakistani president", "Pervez_Musharraf"),
        ("The Georgian president spoke.", date(2009, 6, 1), "Georgian president", "Mikheil_Saakashvili"),
        ("Iran's foreign minister spoke.", date(2012, 6, 1), "Iran's foreign minister", "Ali_Akbar_Salehi"),
        ("The Iraqi prime minister spoke.", date(2008, 6, 1), "Iraqi prime minister", "Nouri_al-Maliki"),
    ],
)
def test_an_office_alone_means_its_holder_on_the_day(
    text: str, day: date, words: str, holder: str, read: Callable[..., Resolved]
) -> None:
    assert read(text, published=day).entity(words).key == holder
