"""Which fact of an earlier state of knowledge a fact of a later one goes on.

A fact's id holds its period, so a date that was made precise gives another id. What goes on is told by the claims,
which never change: two facts of one key that share claims are one. Where the claims of a fact are gone altogether
(another store, another version of the reader), equal or overlapping periods tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from geograph.model import Fact, Period

Pair = tuple[Fact | None, Fact | None]
"""A fact before and after; None where there was none yet, or is none any more."""


def matched(before: Iterable[Fact], after: Iterable[Fact]) -> Iterator[Pair]:
    """Every fact of both states once, those that go on in pairs; sorted by key and id."""
    keys: dict[tuple[str, str, str], tuple[list[Fact], list[Fact]]] = {}
    for side, facts in enumerate((before, after)):
        for fact in facts:
            keys.setdefault((fact.relation, fact.subject, fact.object), ([], []))[side].append(fact)
    for _, (old, new) in sorted(keys.items()):
        yield from _matched(sorted(old, key=_id), sorted(new, key=_id))


def _matched(old: Sequence[Fact], new: Sequence[Fact]) -> Iterator[Pair]:
    """The pairs that have most in common first."""
    told = {claim for fact in new for claim in fact.claims}
    ranked = sorted(
        (rank, one.id, other.id) for one in old for other in new if (rank := _likeness(one, other, told)) is not None
    )
    left, right = {fact.id: fact for fact in old}, {fact.id: fact for fact in new}
    for _, one_id, other_id in ranked:
        if one_id in left and other_id in right:
            yield left.pop(one_id), right.pop(other_id)
    yield from ((fact, None) for fact in left.values())
    yield from ((None, fact) for fact in right.values())


def _likeness(old: Fact, new: Fact, told: set[str]) -> tuple[int, bool, bool] | None:
    """How much two facts of a key have in common, the least for the most; None if they are different facts."""
    shared = len(set(old.claims) & set(new.claims))
    same = old.date == new.date
    overlapping = overlap(old.date, new.date)
    if not shared and (not told.isdisjoint(old.claims) or not (same or overlapping)):
        return None
    return -shared, not same, not overlapping


def overlap(one: Period | None, other: Period | None) -> bool:
    """Whether both periods are known and share a day."""
    return one is not None and other is not None and one.earliest <= other.latest and other.earliest <= one.latest


def _id(fact: Fact) -> str:
    return fact.id
