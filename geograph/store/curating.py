"""Decisions in a store: which are applied, what they touch, and how they are written.

The default graph holds what follows from them: entities by the keys that they go by, `gg:mergedInto` and `gg:hidden`
for keys that no longer stand for one, `gg:judgement` for claims that were judged. Articles' graphs stay as read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from geograph.curation import NOTHING_DECIDED, Curation, parse, render
from geograph.model import Entity, Extraction
from geograph.store.changes import Changes
from geograph.store.finding import article_of_claim, articles_called, articles_naming
from geograph.store.tallies import Tally, entity_of, together
from geograph.store.terms import boolean, value
from geograph.store.writing import Writer


def applied(quads: pyoxigraph.Store, write: Writer) -> Curation:
    """The decisions that the store's facts follow."""
    found = next(quads.quads_for_pattern(_store(write), write.term("curation"), None, DefaultGraph()), None)
    return parse(value(found.object)) if found is not None else NOTHING_DECIDED


def mark(old: Curation, new: Curation, write: Writer, changes: Changes) -> None:
    """Adds to `changes` that the facts follow other decisions."""
    before, after = (
        [Quad(_store(write), write.term("curation"), Literal(render(each)))] if each.decisions else []
        for each in (old, new)
    )
    changes.change(before, after)


def touched_articles(quads: pyoxigraph.Store, write: Writer, old: Curation, new: Curation) -> list[str]:
    """The ids of the articles whose claims may count otherwise by other decisions, sorted."""
    found = articles_naming(quads, write, sorted(old.changed_keys(new)))
    for claim in old.changed_claims(new):
        found.update(articles_called(quads, write, claim.source))
        if (article := article_of_claim(quads, write, claim.id)) is not None:
            found.add(article)
    return sorted(found)


def touched_entities(quads: pyoxigraph.Store, write: Writer, old: Curation, new: Curation) -> set[str]:
    """The keys, as read, of the entities that are other by other decisions, and of those whose country is."""
    keys = old.changed_keys(new)
    countries = {curation.key(key) for key in keys for curation in (old, new)}
    found = set(keys)
    for country in sorted(countries):
        quads_of = quads.quads_for_pattern(None, write.term("country"), write.entity(country), DefaultGraph())
        found.update(write.vocabulary.local(value(quad.subject)) for quad in quads_of)
    return found


def judgement_quads(extraction: Extraction, curation: Curation, write: Writer) -> Iterator[Quad]:
    """What was decided on the claims of an article."""
    for claim in extraction.claims:
        if (judgement := curation.judgement(claim, extraction.article)) is not None:
            yield Quad(write.claim(claim.id), write.term("judgement"), Literal(judgement))


@dataclass(frozen=True, slots=True)
class Shown:
    """What goes by a key: the entity, unless it is hidden or no article speaks of it, and the keys merged into it."""

    key: str
    entity: Entity | None
    hidden: bool
    merged: tuple[str, ...]


def shown(key: str, tallies: Mapping[str, Tally], curation: Curation) -> Shown:
    """What goes by `key`. `tallies` holds what articles say of each of its members, by their keys as read."""
    told = {member: tallies[member] for member in curation.members(key) if tallies[member]}
    merged = tuple(member for member in told if member != key)
    if told and curation.is_hidden(key):
        return Shown(key, None, True, merged)
    entity = entity_of(key, told.get(key, Tally()), together(told[member] for member in merged))
    return Shown(key, curation.curated(entity) if entity is not None else None, False, merged)


def shown_quads(shown: Shown, write: Writer) -> Iterator[Quad]:
    """The quads of an entity, and of what became of others."""
    node = write.entity(shown.key)
    for member in shown.merged:
        yield Quad(write.entity(member), write.term("mergedInto"), node)
    if shown.hidden:
        yield Quad(node, write.term("hidden"), boolean(True))
    if shown.entity is not None:
        yield from write.entity_quads(shown.entity)


def _store(write: Writer) -> NamedNode:
    return NamedNode(f"{write.vocabulary.base}store")
