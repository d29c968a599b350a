"""Which decisions cannot hold together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from geograph.curation.decisions import Decision, Distinct, Judge, Merge, Rename, Retype, Verdict


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two decisions, by their places in the list, and why not both can hold."""

    first: int
    second: int
    reason: str


def conflict(decisions: Sequence[Decision]) -> Conflict | None:
    """The first conflict among the decisions, None if all can hold."""
    return next(_conflicts([decision.verdict for decision in decisions]), None)


def _conflicts(verdicts: Sequence[Verdict]) -> Iterator[Conflict]:
    said: dict[Verdict, int] = {}
    for place, verdict in enumerate(verdicts):
        if verdict in said:
            yield Conflict(said[verdict], place, f"“{verdict}” is decided twice")
        said[verdict] = place
    merged: dict[str, tuple[str, int]] = {}
    for place, verdict in enumerate(verdicts):
        if isinstance(verdict, Merge):
            yield from _wrong_merges(verdict, place, merged)
    yield from _merged_though_distinct(verdicts, merged)
    yield from _told_twice(verdicts, merged)


def _wrong_merges(verdict: Merge, place: int, merged: dict[str, tuple[str, int]]) -> Iterator[Conflict]:
    """Adds a merge to those in `merged` (what each key goes into, by which decision), or says why it cannot be."""
    into = verdict.keys[0]
    for key in verdict.keys[1:]:
        if key in merged:
            other, earlier = merged[key]
            what = "is merged twice" if other == into else f"is merged into {other} and into {into}"
            yield Conflict(earlier, place, f"{key} {what}")
        elif _end(into, merged) == key:
            earlier = merged[into][1] if into in merged else place
            yield Conflict(earlier, place, f"{key} is merged into {into}, and that into {key}: a circle")
        else:
            merged[key] = into, place


def _end(key: str, merged: dict[str, tuple[str, int]]) -> str:
    while key in merged:
        key = merged[key][0]
    return key


def _merged_though_distinct(verdicts: Sequence[Verdict], merged: dict[str, tuple[str, int]]) -> Iterator[Conflict]:
    for place, verdict in enumerate(verdicts):
        for one, other in combinations(verdict.keys, 2) if isinstance(verdict, Distinct) else ():
            if _end(one, merged) == _end(other, merged):
                merge = max(merged[key][1] for key in (one, other) if key in merged)
                reason = f"{one} and {other} are merged and said to be distinct"
                yield Conflict(min(place, merge), max(place, merge), reason)


def _told_twice(verdicts: Sequence[Verdict], merged: dict[str, tuple[str, int]]) -> Iterator[Conflict]:
    """Two labels or types for what is one entity; a claim both rejected and confirmed."""
    told: dict[tuple[str, str], tuple[str, int]] = {}
    for place, verdict in enumerate(verdicts):
        match verdict:
            case Rename(key, label):
                about, value = ("label", _end(key, merged)), label
            case Retype(key, type):
                about, value = ("type", _end(key, merged)), str(type)
            case Judge(claim, judgement):
                about, value = ("judgement", claim.id), str(judgement)
            case _:
                continue
        earlier = told.setdefault(about, (value, place))
        if earlier[0] != value:
            reason = f"{about[1]} has two {about[0]}s: {earlier[0]} and {value}"
            yield Conflict(earlier[1], place, reason)
