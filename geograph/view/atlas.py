"""Where actors stand on the world map: a projection, points of countries, and the outline of the land.

Land and points of countries are data, which `scripts/world_map.py` makes from Natural Earth.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from geograph.model import Entity

Point = tuple[float, float]

FOLDER = Path(__file__).parent / "atlas"
WIDTH = 2000.0
"""The width of the whole world, in the units of the drawing."""

CENTRAL_MERIDIAN = 11.0
"""Degrees east. The rim of the map then runs through the Bering Strait and parts no country but Antarctica."""

SOUTH_END = -60
"""Degrees north at which the map ends: Antarctica would take a fifth of it."""

_COEFFICIENTS = (1.340264, -0.081106, 0.000893, 0.003796)
_SINE = math.sqrt(3) / 2


def project(latitude: float, longitude: float) -> Point:
    """Where a point of the earth stands on the map, in units of the drawing, y growing southwards.

    Source: the Equal Earth projection (Šavrič, Patterson and Jenny 2019, doi:10.1080/13658816.2018.1504949), which
    keeps areas in proportion.

    >>> project(0, 11), project(0, -169)
    ((0.0, 0.0), (-1000.0, 0.0))
    """
    east = (longitude - CENTRAL_MERIDIAN + 180) % 360 - 180
    return project_from_centre(latitude, east)


def project_from_centre(latitude: float, east: float) -> Point:
    """The same for degrees east of the central meridian; beyond 180 they lie beyond the rim."""
    a1, a2, a3, a4 = _COEFFICIENTS
    t = math.asin(_SINE * math.sin(math.radians(latitude)))
    x = math.radians(east) * math.cos(t) / (_SINE * (9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1))
    y = t * (a4 * t**8 + a3 * t**6 + a2 * t**2 + a1)
    unit = WIDTH / 2 / (math.pi / (_SINE * a1))
    return (round(x * unit, 1) + 0.0, round(-y * unit, 1) + 0.0)


def site(entity: Entity) -> Point | None:
    """Latitude and longitude of the entity: its own, else its country's; None where neither is known."""
    return entity.coordinates or country_points().get(entity.country or entity.key)


def rim_crossing(one: Point, other: Point) -> float | None:
    """The latitude at which the shorter way between two points (latitude, longitude) leaves the map; None if it stays.

    The way is straight in latitude and longitude.
    """
    (lat, east), (other_lat, other_east) = ((p[0], (p[1] - CENTRAL_MERIDIAN + 180) % 360 - 180) for p in (one, other))
    if abs(other_east - east) <= 180:
        return None
    gap, other_gap = 180 - abs(east), 180 - abs(other_east)
    share = gap / (gap + other_gap) if gap + other_gap else 0.5
    return lat + (other_lat - lat) * share


def rim(latitude: float) -> Point:
    """The eastern end of the map at a latitude; the western one has the opposite x."""
    return project_from_centre(latitude, 180)


def world() -> dict[str, object]:
    """What the page draws under the actors: the outline of the land, and the eastern rim from north to south."""
    return {**land(), "rim": [rim(latitude) for latitude in range(90, SOUTH_END - 1, -5)]}


@cache
def country_points() -> Mapping[str, Point]:
    """Latitude and longitude of every country and territory by ISO 3166-1 alpha-3 code."""
    with (FOLDER / "countries.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {row["code"]: (float(row["latitude"]), float(row["longitude"])) for row in rows}


@cache
def land() -> dict[str, object]:
    """The rings of the land as `script/land.js` reads them, with their source."""
    found: dict[str, object] = json.loads((FOLDER / "land.json").read_text(encoding="utf-8"))
    return found
