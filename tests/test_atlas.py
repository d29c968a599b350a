"""Where actors stand on the world map."""

from __future__ import annotations

import math
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from geograph.model import Entity, EntityType
from geograph.ontology import load
from geograph.view import atlas

latitudes = st.floats(-85, 85)
longitudes = st.floats(-180, 180)
points = st.tuples(latitudes, longitudes)

NOWHERE = {"TKL"}
"""Tokelau has neither an outline of its own nor a city in the sources."""


def test_the_projection_has_its_published_proportions() -> None:
    # Equal Earth on a sphere of radius 1: half the equator is 2.70663, from the equator to a pole 1.31736.
    assert atlas.project(0, 11) == (0, 0)
    assert atlas.rim(0) == (1000, 0)
    assert atlas.project(90, 50)[1] == pytest.approx(-1000 * 1.3173628 / 2.7066299, abs=0.1)


@given(points)
def test_every_point_lies_within_the_rim(point: atlas.Point) -> None:
    x, y = atlas.project(*point)
    assert abs(x) <= atlas.rim(point[0])[0] <= 1000 and abs(y) <= 487


@given(st.integers(-8, 7), st.integers(-16, 15))
def test_areas_stay_in_proportion(row: int, column: int) -> None:
    south, west = row * 10, column * 10
    edge = [(south, west + i) for i in range(11)] + [(south + i, west + 10) for i in range(11)]
    edge += [(south + 10, west + 10 - i) for i in range(11)] + [(south + 10 - i, west) for i in range(11)]
    corners = [atlas.project(latitude, longitude + atlas.CENTRAL_MERIDIAN) for latitude, longitude in edge]
    turned = [*corners[1:], corners[0]]
    area = abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(corners, turned, strict=True))) / 2
    on_earth = math.radians(10) * (math.sin(math.radians(south + 10)) - math.sin(math.radians(south)))
    assert area == pytest.approx(on_earth * (1000 / 2.7066299) ** 2, rel=0.02)


def test_the_way_over_the_pacific_leaves_the_map_and_that_over_the_atlantic_does_not() -> None:
    japan, america, france = (atlas.country_points()[code] for code in ("JPN", "USA", "FRA"))
    crossing = atlas.rim_crossing(america, japan)
    assert crossing is not None and japan[0] < crossing < america[0]
    assert atlas.rim_crossing(america, france) is None


@given(points, points)
def test_a_way_leaves_the_map_at_the_same_place_from_both_ends(one: atlas.Point, other: atlas.Point) -> None:
    there, back = atlas.rim_crossing(one, other), atlas.rim_crossing(other, one)
    assert there == back is None or there == pytest.approx(back)
    if there is not None:
        assert min(one[0], other[0]) - 1e-9 <= there <= max(one[0], other[0]) + 1e-9


def test_an_entity_stands_at_its_own_place_else_at_its_country() -> None:
    town = Entity("Wonsan-1877449", EntityType.PLACE, "Wonsan", "PRK", coordinates=(39.15, 127.44))
    envoy = Entity("person.Han", EntityType.PERSON, "Han", "PRK")
    body = Entity("organization.Halden", EntityType.ORGANIZATION, "Halden")
    assert atlas.site(town) == (39.15, 127.44)
    assert atlas.site(envoy) == atlas.country_points()["PRK"]
    assert atlas.site(body) is None


def test_every_country_of_the_gazetteer_has_a_point() -> None:
    text = next(path for path in load().gazetteer_files() if path.name == "countries.ttl").read_text(encoding="utf-8")
    codes = set(re.findall(r"^id:([A-Z]{3}) a ", text, re.MULTILINE))
    assert len(codes) > 200
    assert codes - set(atlas.country_points()) == NOWHERE


@pytest.mark.parametrize(
    ("code", "south", "north", "west", "east"),
    [
        ("FRA", 43, 50, -2, 7),
        ("NOR", 58, 70, 5, 20),
        ("USA", 30, 48, -120, -80),
        ("KEN", -4, 4, 34, 41),
        ("XKX", 42, 43, 20, 22),
    ],
)
def test_points_of_countries_lie_in_their_main_land(code: str, south: int, north: int, west: int, east: int) -> None:
    latitude, longitude = atlas.country_points()[code]
    assert south < latitude < north and west < longitude < east


def test_the_land_is_small_and_lies_on_the_map() -> None:
    land = atlas.land()
    rings, steps = land["rings"], land["steps"]
    assert isinstance(rings, list) and isinstance(steps, int)
    assert sum(map(len, rings)) < 60_000
    for ring in rings:
        x = y = 0
        for dx, dy in zip(*[iter(_numbers(ring))] * 2, strict=True):
            x, y = x + dx, y + dy
            assert abs(x) <= 1010 * steps and -490 * steps <= y <= 420 * steps


def _numbers(text: str) -> list[int]:
    found, value, shift = [], 0, 0
    for character in text:
        bits = ord(character) - 63
        value |= (bits & 31) << shift
        shift += 5
        if not bits & 32:
            found.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    return found


def test_the_script_that_makes_the_map_refuses_another_archive(tmp_path: Path) -> None:
    archive = tmp_path / "world-atlas.tgz"
    archive.write_bytes(b"not it")
    script = Path(__file__).parent.parent / "scripts" / "world_map.py"
    done = subprocess.run([sys.executable, script, archive], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert (
        done.stderr.strip()
        == f"{archive}: not the archive of world-atlas 2.0.2; get it with: npm pack world-atlas@2.0.2"
    )
