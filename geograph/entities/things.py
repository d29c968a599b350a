"""Capitalised names that are of no actor and no place: weapons, ships, operations, storms."""

from __future__ import annotations

from collections.abc import Sequence

from geograph.entities.names import Word
from geograph.entities.text import ReadText, singular
from geograph.model import Span


def is_thing(read: ReadText, name: Sequence[Word]) -> bool:
    """Whether a name that the gazetteer lacks is of a weapon, a ship, an operation or a storm."""
    words = read.gazetteer.words
    if not name:
        return False
    if name[0].key in words["OPERATION"] or name[0].key in words["SHIP_PREFIX"]:
        return True
    named = [singular(word.key) in words["WEAPON_NAME"] or word.text[0].isdigit() for word in name]
    if any(named) and all(
        known or (len(word.text) < 4 and word.text.isupper()) for known, word in zip(named, name, strict=True)
    ):
        return True
    span = Span(name[0].start, name[-1].end)
    before = read.before(span)
    if before is not None and read.gap(before.end, span.start) == " ":
        campaign = before.capital and before.key in words["OPERATION"]
        ship = (before.text.isupper() and before.key in words["SHIP_PREFIX"]) or (
            not before.capital and before.key in words["VESSEL_NOUN"]
        )
        if campaign or ship:
            return True
    return (len(name) == 1 and _are_craft(read, span, ("WEAPON_NOUN", "VESSEL_NOUN"))) or _are_craft(
        read, span, ("VESSEL_NOUN",)
    )


def _are_craft(read: ReadText, name: Span, classes: Sequence[str]) -> bool:
    """Whether weapons or ships follow a name, with at most one noun between: "X drones", "X research vessel"."""
    i = read.index(name.end)
    edge = name.end
    for word in read.words[i : i + 2]:
        if word.capital or read.gap(edge, word.start) != " ":
            return False
        if any(singular(word.key) in read.gazetteer.words[kind] for kind in classes):
            return True
        if read.token(word.start).pos_ != "NOUN":
            return False
        edge = word.end
    return False
