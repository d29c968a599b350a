"""What follows from the claims: facts, shortcuts, entities and encounters, as far as a change touches them.

Three properties are the store's own index and leave it in no export: `gg:page`, what consolidation remembers of a key,
`gg:tally`, what the articles say of an entity, counted, and `gg:sketch`, the fingerprint of an article's text.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, Quad

from geograph.facts import FactChange, Key, Report, Sketch, reports_of, sketch, update
from geograph.model import Entity, Extraction
from geograph.ontology import Relation
from geograph.store.changes import Changes
from geograph.store.encounters import Encounters, FactPair
from geograph.store.pages import Shelves
from geograph.store.reading import Reader
from geograph.store.tallies import Tally, entity_of, told_of_entities
from geograph.store.terms import sketch_from, sketch_text, value
from geograph.store.writing import Writer

Extractions = Mapping[str, Extraction | None]
"""Extractions by article id; None for an article that is not there (yet, or any more)."""


class Derivation:
    """Derives from an open store's claims."""

    def __init__(self, quads: pyoxigraph.Store, write: Writer, read: Reader, relations: Mapping[str, Relation]) -> None:
        self._quads = quads
        self._write = write
        self._relations = relations
        self._shelves = Shelves(quads, write)
        self._encounters = Encounters(quads, write, read, relations)

    def forget(self) -> None:
        """Forgets everything read: the store was emptied, or a batch could not be written."""
        self._shelves.forget()

    def article_quads(self, extraction: Extraction) -> Iterator[Quad]:
        """All quads of an article's graph, the fingerprint of its text among them."""
        yield from self._write.extraction_quads(extraction)
        if extraction.claims:
            node = self._write.article(extraction.article.id)
            fingerprint = Literal(sketch_text(sketch(extraction.article.text)))
            yield Quad(node, self._write.term("sketch"), fingerprint, node)

    def derive(self, before: Extractions, after: Extractions, changes: Changes) -> None:
        """Adds to `changes` what follows when the articles `before` become those of `after`."""
        leaving, coming = self._by_key(before), self._by_key(after)
        facts: list[FactPair] = []
        for key in {**leaving, **coming}:
            facts += self._change_facts(key, leaving.get(key, []), coming.get(key, []), after, changes)
        self._shelves.changes(changes)
        entities = self._change_entities(before.values(), after.values(), changes)
        self._encounters.change(facts, entities, changes)

    def settle(self) -> None:
        """Keeps what the last batch changed in mind: it is written."""
        self._shelves.settle()

    # Facts

    def _by_key(self, extractions: Extractions) -> dict[Key, list[Report]]:
        found: dict[Key, list[Report]] = {}
        for extraction in extractions.values():
            if extraction is not None:
                told = reports_of(extraction.article, extraction.claims, self._relations)
                for key, report in told.items():
                    found.setdefault(key, []).append(report)
        return found

    def _change_facts(
        self, key: Key, leaving: list[Report], coming: list[Report], after: Extractions, changes: Changes
    ) -> Iterator[FactPair]:
        """Changes the facts and the shortcut of a key; the facts before and after."""
        unchanged = [report for report in leaving if report in coming]
        change = update(
            key,
            [report for report in leaving if report not in unchanged],
            [report for report in coming if report not in unchanged],
            self._relations,
            partial(self._shelves.memory, key),
            partial(self._sketch_of, after),
        )
        for each in change.facts:
            self._change_fact(each, changes)
            yield each.before, each.after
        relation = self._relations.get(key[0])
        shortcut = list(self._write.shortcut_quads(*key, symmetric=relation is not None and relation.symmetric))
        changes.change(shortcut if change.held else (), shortcut if change.holds else ())

    def _change_fact(self, change: FactChange, changes: Changes) -> None:
        before, after = change.before, change.after
        if before != after:
            changes.change(
                self._write.fact_quads(before) if before is not None else (),
                self._write.fact_quads(after) if after is not None else (),
            )
        changes.change(
            self._write.told_by_quads(before, change.lost) if before is not None else (),
            self._write.told_by_quads(after, change.gained) if after is not None else (),
        )

    def _sketch_of(self, after: Extractions, article: str) -> Sketch:
        extraction = after.get(article)
        if extraction is not None:
            return sketch(extraction.article.text)
        node = self._write.article(article)
        quad = next(self._quads.quads_for_pattern(node, self._write.term("sketch"), None, node))
        return sketch_from(value(quad.object))

    # Entities

    def _change_entities(
        self, before: Iterable[Extraction | None], after: Iterable[Extraction | None], changes: Changes
    ) -> dict[str, tuple[Entity | None, Entity | None]]:
        """Changes the entities that the articles name; those that differ, before and after."""
        differences: dict[str, Tally] = {}
        for extractions, sign in ((before, -1), (after, 1)):
            for extraction in extractions:
                for key, told in told_of_entities(extraction).items() if extraction is not None else ():
                    difference = differences.setdefault(key, Counter())
                    for said, count in told.items():
                        difference[said] += sign * count
        found = {}
        for key, difference in differences.items():
            if any(difference.values()):
                old = self._tally(key)
                new = Counter(old)
                new.update(difference)
                changes.change(self._tally_quads(key, old), self._tally_quads(key, +new))
                was, now = entity_of(key, old), entity_of(key, new)
                if was != now:
                    found[key] = was, now
        for was, now in found.values():
            changes.change(
                self._write.entity_quads(was) if was is not None else (),
                self._write.entity_quads(now) if now is not None else (),
            )
        return found

    def _tally(self, key: str) -> Tally:
        node = self._write.entity(key)
        quad = next(self._quads.quads_for_pattern(node, self._write.term("tally"), None, DefaultGraph()), None)
        counted = json.loads(value(quad.object)) if quad is not None else ()
        return Counter({(field, said): count for field, said, count in counted})

    def _tally_quads(self, key: str, tally: Tally) -> Iterator[Quad]:
        if tally:
            counted = [[field, said, count] for (field, said), count in sorted(tally.items())]
            text = json.dumps(counted, ensure_ascii=False, separators=(",", ":"))
            yield Quad(self._write.entity(key), self._write.term("tally"), Literal(text))
