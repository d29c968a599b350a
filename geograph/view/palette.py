"""How the picture looks: shapes of entity types, and relation colours that stay readable on dark ground."""

from __future__ import annotations

import re

from geograph.model import EntityType

SHAPES: dict[EntityType, str] = {
    EntityType.COUNTRY: "dot",
    EntityType.PERSON: "diamond",
    EntityType.ORGANIZATION: "square",
    EntityType.GROUP: "triangle",
    EntityType.PLACE: "hexagon",
}
"""The vis-network shape of each type; colour alone never says the type."""

NEUTRAL = "#667085"
_LIGHT_GROUND, _DARK_GROUND = "#f1f3f6", "#222a34"
"""The least favourable grounds that names of relations stand on (`--sunken` in style.css)."""
_READABLE = 4.5
"""The contrast that text needs against its ground (WCAG 2.2, criterion 1.4.3)."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")


def checked(colour: str) -> str:
    """The colour if it is one (`#rrggbb`), else the neutral grey: an ontology may come from anywhere."""
    return colour.lower() if _COLOUR.match(colour) else NEUTRAL


def for_light(colour: str) -> str:
    """The colour, darkened until words in it read on light ground.

    >>> for_light("#c48a00")
    '#916600'
    """
    return _readable(colour, towards=0, ground=_LIGHT_GROUND)


def for_dark(colour: str) -> str:
    """The colour, lightened until words in it read on dark ground.

    >>> for_dark("#7a0019")
    '#bc808c'
    """
    return _readable(colour, towards=255, ground=_DARK_GROUND)


def _readable(colour: str, towards: int, ground: str) -> str:
    channels = _channels(checked(colour))
    for step in range(51):
        mixed = tuple(round(value + (towards - value) * step / 50) for value in channels)
        if contrast(mixed, _channels(ground)) >= _READABLE:
            break
    return "#{:02x}{:02x}{:02x}".format(*mixed)


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def _luminance(channels: tuple[int, ...]) -> float:
    linear = [c / 3294.6 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
