"""Records of users' lists -> the gazetteer: each is an entity that is known already, or a new one.

Whoever stands on a sanctions list must be nobody else, so that a record is taken for a known entity only by a common
Wikidata id, or by a common name if type and country are the same and no id differs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from geograph.entities import gazetteer as gazetteers
from geograph.entities.gazetteer import Gazetteer
from geograph.entities.names import ascii_form, keys, slug
from geograph.errors import SourceError
from geograph.lists import Record, read_lists
from geograph.model import Entity, EntityType, content_id
from geograph.ontology import Ontology

_BODIES = (EntityType.ORGANIZATION, EntityType.GROUP)
_SHORTEST_WORD = 4


_CACHE: dict[tuple[str, ...], Gazetteer] = {}


def load(ontology: Ontology, on_error: Callable[[SourceError], None] | None = None) -> Gazetteer:
    """The gazetteer of an ontology with the lists that users gave, read once for the same folders and lists.

    What of a list cannot be read or told goes to `on_error` on the first reading, and is left out; without `on_error`
    it is raised.
    """
    gazetteer = gazetteers.load(ontology)
    if not ontology.gazetteers:
        return gazetteer
    same = (*map(str, ontology.folders), ontology.version)
    if same not in _CACHE:
        report = on_error if on_error is not None else _raise
        _CACHE[same] = joined(gazetteer, read_lists(ontology.gazetteers, ontology.schemas, report), report)
    return _CACHE[same]


def _raise(error: SourceError) -> None:
    raise error


def joined(gazetteer: Gazetteer, records: Iterable[Record], on_error: Callable[[SourceError], None]) -> Gazetteer:
    """The gazetteer with the records, the same in whatever order they come; its name index is added to.

    A record that may be one entity or another goes to `on_error` and is left out.
    """
    joining = _Joining(gazetteer, dict(gazetteer.entities), {})
    for entity in gazetteer.entities.values():
        joining.note_wikidata(entity)
    # Those with a Wikidata id come first: what one list tells by id, another may tell by name alone.
    for record in sorted(records, key=lambda each: (not _ids(each.identifiers, "wikidata"), each.content, each.at)):
        try:
            joining.join(record)
        except SourceError as error:
            on_error(error)
    return replace(gazetteer, entities=joining.entities)


@dataclass
class _Joining:
    """The gazetteer's entities while records join them, and the keys by Wikidata id."""

    gazetteer: Gazetteer
    entities: dict[str, Entity]
    by_wikidata: dict[str, str]

    def note_wikidata(self, entity: Entity) -> None:
        """Notes by which Wikidata ids an entity is found."""
        for id in _ids(entity.identifiers, "wikidata"):
            self.by_wikidata.setdefault(id, entity.key)

    def join(self, record: Record) -> None:
        """Joins a record to the entity that it means, or adds it as one. Raises SourceError where that stays open."""
        countries = self._countries(record)
        known = self._known(record, countries)
        if known is None:
            key = _key(record, countries)
            country = countries[0] if len(countries) == 1 else None
            known = self.entities.get(key) or Entity(key, record.type, record.names[0], country=country)
        forms = [form for form in (*record.names, *record.aliases) if self._tells(form, record, known.key)]
        self.entities[known.key] = replace(
            known,
            aliases=tuple(sorted({*known.aliases, *forms} - {known.label})),
            identifiers=tuple(dict.fromkeys((*known.identifiers, *record.identifiers))),
            listings=tuple(sorted({*known.listings, *record.listings}, key=lambda listing: listing.sort_key)),
        )
        self.note_wikidata(self.entities[known.key])
        for form in forms:
            self.gazetteer.index.add(form, known.key, "name")

    def _known(self, record: Record, countries: tuple[str, ...]) -> Entity | None:
        """The entity that a record means, None for one that is not known yet."""
        found = {self.by_wikidata[id] for id in _ids(record.identifiers, "wikidata") if id in self.by_wikidata}
        if found:
            known = self.entities[min(found)]
            if len(found) > 1 or not _types_fit(known.type, record.type):
                whose = f"the Wikidata id of {known.label} ({known.key}, {known.type})"
                raise SourceError(f"{record.at}: {record.names[0]!r} has {whose}; mend id or type")
            return known
        fitting: list[Entity] = []
        unclear: list[Entity] = []
        for entity in self._namesakes(record):
            if _ids_differ(entity, record) or (countries and entity.country and entity.country not in countries):
                continue
            same = entity.country in countries if countries else entity.country is None
            (fitting if same and len(countries) < 2 else unclear).append(entity)
        if unclear or len(fitting) > 1:
            named = ", ".join(f"{entity.label} ({entity.key})" for entity in (*fitting, *unclear))
            raise SourceError(
                f"{record.at}: {record.names[0]!r} may be {named} or not; give its country or Wikidata id"
            )
        return fitting[0] if fitting else None

    def _namesakes(self, record: Record) -> Iterator[Entity]:
        senses = (sense for name in record.names for sense in self.gazetteer.index.senses(name))
        for key in dict.fromkeys(sense.key for sense in senses if sense.role == "name"):
            if _types_fit(self.entities[key].type, record.type):
                yield self.entities[key]

    def _countries(self, record: Record) -> tuple[str, ...]:
        """ISO alpha-3 codes; a two-letter code of no country ("su", "eu") tells nothing."""
        found: dict[str, None] = {}
        for text in record.countries:
            code = text.upper()
            named = {self.entities[sense.key].country for sense in self.gazetteer.index.senses(text)}
            if len(text) == 2:
                code = self.gazetteer.cities.countries.get(code, "")
            elif code not in self.gazetteer.entities and len(named) == 1:
                code = next(iter(named)) or code
            if code and (code not in self.gazetteer.entities or self.gazetteer.entities[code].country != code):
                raise SourceError(f"{record.at}: {text!r} is no country; give its ISO 3166-1 code or English name")
            found.update({code: None} if code else {})
        return tuple(found)

    def _tells(self, form: str, record: Record, key: str) -> bool:
        """Whether mentions may be found by a form: in Latin letters, no common word by itself, no one else's alias."""
        words = keys(form)
        if not words or not ascii_form(form).isascii():
            return False
        if form not in record.names and any(sense.key != key for sense in self.gazetteer.index.senses(form)):
            return False
        if len(words) > 1 or (form == record.names[0] and not _is_listed(record)):
            return True
        # One word is found everywhere: of bodies only what is nothing else, of persons nothing.
        common = any(words[0] in members for members in self.gazetteer.words.values())
        city = self.gazetteer.cities.known(form)
        long = len(words[0]) >= _SHORTEST_WORD - form.isupper()
        return record.type in _BODIES and long and not common and not city


def _is_listed(record: Record) -> bool:
    return any(identifier.startswith("ftm:") for identifier in record.identifiers)


def _types_fit(one: EntityType, other: EntityType) -> bool:
    return one is other or (one in _BODIES and other in _BODIES)


def _ids(identifiers: Iterable[str], scheme: str) -> frozenset[str]:
    return frozenset(each for each in identifiers if each.startswith(f"{scheme}:"))


def _ids_differ(entity: Entity, record: Record) -> bool:
    schemes = {each.partition(":")[0] for each in record.identifiers}
    pairs = ((_ids(entity.identifiers, scheme), _ids(record.identifiers, scheme)) for scheme in schemes)
    return any(mine and not mine & others for mine, others in pairs)


def _key(record: Record, countries: tuple[str, ...]) -> str:
    """A key that stays whatever else the lists hold: the name, and the id or what else tells who it is."""
    identifier = next(iter(record.identifiers), "").partition(":")[2]
    told = slug(identifier) if identifier else content_id(record.names[0], record.type, *countries)[:8]
    return f"{slug(record.names[0])}-{told}"
