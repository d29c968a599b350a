"""Timelines: facts in the order in which they happened, as precisely as that is known."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from geograph.errors import QueryError
from geograph.escaping import csv_text
from geograph.model import Entity, EntityType, Fact
from geograph.records import COLUMNS, Index

FORMATS = ("text", "json", "csv")


@dataclass(frozen=True)
class Timeline:
    """Facts by their first possible day, then their last; those of unknown date apart."""

    dated: tuple[Fact, ...]
    undated: tuple[Fact, ...]


def timeline(
    facts: Iterable[Fact],
    entities: Mapping[str, Entity],
    *,
    actors: Sequence[str] = (),
    alone: bool = False,
    first: date = date.min,
    last: date = date.max,
    relations: Collection[str] = (),
    statuses: Collection[str] = (),
) -> Timeline:
    """The facts of all actors, of one, or between two, given by key.

    A country stands for its people and institutions too, unless `alone`. Dated facts are those that may have happened
    from `first` to `last`; undated ones are always kept. No `relations` or `statuses` means all of them.
    """
    sides = [_side(actor, entities, alone=alone) for actor in actors]
    chosen = [
        fact
        for fact in facts
        if (not relations or fact.relation in relations)
        and (not statuses or fact.status in statuses)
        and _is_between(fact, sides)
    ]
    dated = [fact for fact in chosen if fact.date and fact.date.latest >= first and fact.date.earliest <= last]
    undated = [fact for fact in chosen if fact.date is None]
    return Timeline(tuple(sorted(dated, key=_by_date)), tuple(sorted(undated, key=_by_key)))


def lines(timeline: Timeline, index: Index) -> Iterator[str]:
    """The timeline as lines of text: date, what happened, marks of what is not simply so, sources."""
    width = max((len(fact.date.edtf) for fact in timeline.dated if fact.date), default=0)
    for fact in timeline.dated:
        when = fact.date.edtf if fact.date else ""
        yield f"{when:<{width}}  {_told(fact, index)}"
    if timeline.undated:
        yield "date unknown"
    for fact in timeline.undated:
        yield f"  {_told(fact, index)}"
    if not timeline.dated and not timeline.undated:
        yield "nothing is told"


def render(timeline: Timeline, index: Index, format: str) -> bytes:
    """The timeline in one of `FORMATS`, as UTF-8; in CSV the undated facts come last. Raises QueryError."""
    facts = (*timeline.dated, *timeline.undated)
    match format:
        case "text":
            text = "".join(f"{line}\n" for line in lines(timeline, index))
        case "csv":
            text = "".join(csv_text([COLUMNS, *map(index.row, facts)]))
        case "json":
            parts = {"dated": timeline.dated, "undated": timeline.undated}
            records = {name: [index.record(fact) for fact in part] for name, part in parts.items()}
            text = json.dumps(records, ensure_ascii=False, indent=2) + "\n"
        case _:
            raise QueryError(f"unknown format {format!r}; use one of {', '.join(FORMATS)}")
    return text.encode("utf-8", errors="replace")


def _told(fact: Fact, index: Index) -> str:
    return f"{index.said(fact)} ({index.evidence((fact,))})"


def _side(actor: str, entities: Mapping[str, Entity], *, alone: bool) -> frozenset[str]:
    """The keys that count as the actor."""
    if alone or actor not in entities or entities[actor].type is not EntityType.COUNTRY:
        return frozenset({actor})
    return frozenset(key for key, entity in entities.items() if entity.country == actor) | {actor}


def _is_between(fact: Fact, sides: Sequence[frozenset[str]]) -> bool:
    if len(sides) < 2:
        return all(fact.subject in side or fact.object in side for side in sides)
    one, other = sides
    return (fact.subject in one and fact.object in other) or (fact.subject in other and fact.object in one)


def _by_date(fact: Fact) -> tuple[date, date, str, str, str, str]:
    assert fact.date is not None
    return fact.date.earliest, fact.date.latest, *_by_key(fact)


def _by_key(fact: Fact) -> tuple[str, str, str, str]:
    return fact.relation, fact.subject, fact.object, fact.id
