"""What articles say of an entity, counted, and the one entity that comes of it.

The counts are kept in the store, so that adding or removing an article need not read the others that name the
same entity.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from geograph.model import Entity, EntityType, Extraction, Listing, Via

CODE = "iso3166:"
Tally = Counter[tuple[str, str]]
"""How many articles give a field ("label", "alias", ...) of one entity a value."""


def told_of_entities(extraction: Extraction) -> dict[str, Tally]:
    """What one article says of each of its entities, by key: the fields as linked, and the names that it uses."""
    names: dict[str, set[str]] = {}
    for mention in extraction.mentions:
        if mention.entity is not None and mention.via is Via.NAME:
            names.setdefault(mention.entity, set()).add(" ".join(mention.text.split()))
    return {
        entity.key: Counter(set(_fields(entity)) | {("alias", name) for name in names.get(entity.key, ()) if name})
        for entity in extraction.entities
    }


def _fields(entity: Entity) -> Iterator[tuple[str, str]]:
    yield "type", entity.type.value
    yield "label", entity.label
    if entity.country is not None:
        yield "country", entity.country
    for alias in entity.aliases:
        yield "alias", alias
    for identifier in entity.identifiers:
        yield "identifier", identifier
    for listing in entity.listings:
        yield "listing", json.dumps([listing.list, listing.authority, listing.program], ensure_ascii=False)
    if entity.coordinates is not None:
        yield "coordinates", json.dumps(entity.coordinates)


def together(tallies: Iterable[Tally]) -> Tally:
    """The sums of some tallies."""
    return sum(tallies, Tally())


def entity_of(key: str, tally: Tally, others: Tally | None = None) -> Entity | None:
    """The entity that the articles taken together tell of, None if none does.

    `others` counts what is told of the entities that are merged into it: names, identifiers and listings are added,
    and what else articles do not say of itself. Label, type, country and coordinates are the most frequent, then the
    longest, then the first in code-point order; aliases, identifiers and listings are all that were given, the label
    itself left out.
    """
    others = others if others is not None else Tally()
    every = together((tally, others)) if others else tally

    def told(field: str) -> str | None:
        own = _most_frequent(tally, field)
        return own if own is not None else _most_frequent(others, field)

    label, kind, coordinates = told("label"), told("type"), told("coordinates")
    if label is None or kind is None:
        return None
    names = {*_values(every, "alias"), *_values(others, "label")}
    listings = (Listing(*json.loads(value)) for value in _values(every, "listing"))
    return Entity(
        key=key,
        type=EntityType(kind),
        label=label,
        country=told("country"),
        aliases=tuple(sorted(names - {label})),
        identifiers=tuple(sorted(_identifiers(tally, others))),
        coordinates=_pair(coordinates) if coordinates is not None else None,
        listings=tuple(sorted(listings, key=lambda listing: listing.sort_key)),
    )


def _identifiers(tally: Tally, others: Tally) -> set[str]:
    """All identifiers, but one code of a country: its own, else the first of those merged into it."""
    own, merged = set(_values(tally, "identifier")), set(_values(others, "identifier"))
    codes = sorted(each for each in merged if each.startswith(CODE))
    return own | (merged - set(codes)) | (set() if any(each.startswith(CODE) for each in own) else set(codes[:1]))


def _pair(coordinates: str) -> tuple[float, float]:
    latitude, longitude = json.loads(coordinates)
    return latitude, longitude


def _values(tally: Tally, field: str) -> Iterator[str]:
    return (value for (name, value), count in tally.items() if name == field and count > 0)


def _most_frequent(tally: Tally, field: str) -> str | None:
    return min(_values(tally, field), key=lambda value: (-tally[field, value], -len(value), value), default=None)
