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

# Offices that two held at once, by country and office: who says so and why. None is known in the gazetteer today.
DISPUTED: frozenset[tuple[str, str]] = frozenset()

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
