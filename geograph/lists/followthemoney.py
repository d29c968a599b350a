"""FollowTheMoney JSON lines, as OpenSanctions publishes them: persons and organisations, and the sanctions on them.

One entity a line: `{"id": "…", "schema": "Person", "properties": {"name": ["…"], "topics": ["sanction"]}}`. Sanctions
are entities of their own that name the sanctioned one, or lie within it (`targets.nested.json`). Weak aliases are not
read: they are given for search, where a person looks at what is found.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from geograph.errors import SourceError
from geograph.lists.record import WIKIDATA_ID, Record, plain
from geograph.model import EntityType, Listing

SANCTION, SANCTIONED_TOPIC = "Sanction", "sanction"
NAMES, ALIASES = ("name",), ("alias", "previousName", "abbreviation")
COUNTRIES = ("country", "nationality", "citizenship", "jurisdiction", "mainCountry")
_SHOUTED = 4


def read_entities(
    file: Iterable[bytes],
    name: str,
    schemas: Mapping[str, EntityType],
    on_error: Callable[[SourceError], None],
) -> Iterator[Record]:
    """The record of each entity whose schema is among `schemas`, with its sanctions; other schemas are passed over.

    A line that is no entity goes to `on_error`. Raises SourceError for a file in which every line is wrong.
    """
    records: dict[str, Record] = {}
    sanctions: dict[str, set[Listing]] = {}
    source, read, wrong = Path(name).name, 0, 0
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        read += 1
        try:
            entity = _entity(line, f"{name}:{number}")
            if entity.schema == SANCTION:
                for target in entity.texts("entity"):
                    sanctions.setdefault(target, set()).update(_listings([entity], source))
            elif entity.schema in schemas:
                records[entity.id] = _record(entity, schemas[entity.schema], f"{name}:{number}")
                sanctions.setdefault(entity.id, set()).update(_listings(entity.within(SANCTION), source))
        except SourceError as error:
            wrong += 1
            on_error(error)
    if wrong and wrong == read:
        raise SourceError(f"{name}: no line is a FollowTheMoney entity; give JSON lines, one entity a line")
    for id, record in records.items():
        listings = sanctions[id] or ({Listing(source)} if record.sanctioned else set())
        ordered = sorted(listings, key=lambda each: (each.authority or "", each.program or ""))
        yield replace(record, sanctioned=bool(ordered), listings=tuple(ordered))


@dataclass(frozen=True)
class _Entity:
    """One entity as FollowTheMoney has it."""

    id: str
    schema: str
    properties: Mapping[str, Any]

    def texts(self, *names: str) -> tuple[str, ...]:
        """The text values of some properties, each once."""
        values = (value for name in names for value in self._values(name))
        return tuple(dict.fromkeys(text for value in values if isinstance(value, str) and (text := plain(value))))

    def within(self, schema: str) -> list[_Entity]:
        """The entities of a schema that lie within this one, as values of whatever property."""
        return [
            _Entity(str(value.get("id")), schema, value["properties"])
            for name in self.properties
            for value in self._values(name)
            if isinstance(value, dict) and value.get("schema") == schema and isinstance(value.get("properties"), dict)
        ]

    def _values(self, name: str) -> list[Any]:
        values = self.properties.get(name, [])
        return values if isinstance(values, list) else [values]


def _entity(line: bytes, at: str) -> _Entity:
    try:
        entity = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        entity = None
    if not isinstance(entity, dict):
        raise SourceError(f"{at}: not a JSON object in UTF-8; write one entity a line")
    id, schema, properties = (entity.get(name) for name in ("id", "schema", "properties"))
    if not isinstance(id, str) or not isinstance(schema, str) or not isinstance(properties, dict):
        raise SourceError(f"{at}: no FollowTheMoney entity; it has id, schema and properties")
    return _Entity(id, schema, properties)


def _listings(sanctions: Iterable[_Entity], source: str) -> Iterator[Listing]:
    """What the sanctions say that have not ended."""
    for sanction in sanctions:
        if not sanction.texts("endDate"):
            for program in sanction.texts("program") or sanction.texts("programId") or (None,):
                yield Listing(source, next(iter(sanction.texts("authority")), None), program)


def _record(entity: _Entity, kind: EntityType, at: str) -> Record:
    names = tuple(dict.fromkeys(_spelled(name, kind) for name in entity.texts(*NAMES)))
    if not any(c.isalpha() for name in names for c in name):
        raise SourceError(f"{at}: {entity.schema} {plain(entity.id)!r} has no name")
    wikidata = {id for id in (*entity.texts("wikidataId"), entity.id) if WIKIDATA_ID.fullmatch(id)}
    # Two ids in one record are a mistake of somebody's: neither is used to tell who it is.
    known = (f"wikidata:{min(wikidata)}",) if len(wikidata) == 1 else ()
    own = "".join(c if c.isprintable() and not c.isspace() else "-" for c in entity.id)
    return Record(
        at=at,
        type=kind,
        names=names,
        aliases=tuple(dict.fromkeys(_spelled(name, kind) for name in entity.texts(*ALIASES))),
        countries=entity.texts(*COUNTRIES),
        identifiers=(*known, f"ftm:{own}"),
        sanctioned=SANCTIONED_TOPIC in entity.texts("topics"),
    )


def _spelled(name: str, kind: EntityType) -> str:
    """The name as news writes it: "MORAN, Ada" is Ada Moran, and names that are all capitals are not shouted."""
    last, comma, first = name.partition(", ")
    if kind is EntityType.PERSON and comma and first and "," not in first:
        name = f"{first} {last}"
    words = name.split()
    shouted = [word for word in words if word.isupper() and len(word) > _SHOUTED]
    if len(words) > 1 and shouted:
        name = " ".join(word.capitalize() if word in shouted else word for word in words)
    return name
