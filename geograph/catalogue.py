"""The catalogue of relations as text, for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from geograph.errors import QueryError
from geograph.ontology import Relation


def listing(relations: Mapping[str, Relation]) -> Iterator[str]:
    """One line a relation: name, PLOVER category, what it means."""
    width = max(map(len, relations))
    for relation in relations.values():
        yield f"{relation.name:<{width}}  {relation.plover or '-':<10} {relation.comment}"


def describe(relations: Mapping[str, Relation], name: str) -> Iterator[str]:
    """All of one relation. Raises QueryError that names the nearest for an unknown one."""
    if name not in relations:
        near = get_close_matches(name, relations, n=3)
        hint = f"; near it: {', '.join(near)}" if near else "; `geograph relations` lists them"
        raise QueryError(f"unknown relation {name!r}{hint}")
    relation = relations[name]
    yield f"gg:{relation.name} ({relation.label}): {relation.comment}"
    yield f"  {relation.kind}{', symmetric' if relation.symmetric else ''}, family {relation.family}"
    yield f"  subject: {', '.join(sorted(relation.domain))}"
    yield f"  object: {', '.join(sorted(relation.range))}"
    if relation.plover:
        yield f"  PLOVER {relation.plover}, CAMEO {relation.cameo}, conflict-cooperation score {relation.score}"
    for title, texts in (
        ("triggers", relation.triggers),
        ("examples", relation.examples),
        ("not said by", relation.counter_examples),
    ):
        yield f"  {title}:"
        yield from (f"    {text}" for text in texts)
