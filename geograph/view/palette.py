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
_DARK_GROUND = "#12161c"
_READABLE = 4.5
"""The contrast that text needs against its ground (WCAG 2.2, criterion 1.4.3)."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")


def checked(colour: str) -> str:
    """The colour if it is one (`#rrggbb`), else the neutral grey: an ontology may come from anywhere."""
    return colour.lower() if _COLOUR.match(colour) else NEUTRAL


def for_dark(colour: str) -> str:
    """The colour, lightened until it reads on dark ground.

    >>> for_dark("#b3261e")
    '#cd736e'
    """
    red, green, blue = _channels(checked(colour))
    for step in range(21):
        share = step / 20
        mixed = tuple(round(value + (255 - value) * share) for value in (red, green, blue))
        if contrast(mixed, _channels(_DARK_GROUND)) >= _READABLE:
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
