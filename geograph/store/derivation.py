"""What follows from the claims: facts, shortcuts, entities and encounters, as far as a change touches them.

Three properties are the store's own index and leave it in no export: `gg:page`, what consolidation remembers of a key,
`gg:tally`, what the articles say of an entity, counted, and `gg:sketch`, the fingerprint of an article's text.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, Quad

from geograph.curation import Curation
from geograph.facts import FactChange, Key, Report, Sketch, reports_of, sketch, update
from geograph.model import Extraction
from geograph.ontology import Relation
from geograph.store import curating
from geograph.store.changes import Changes
from geograph.store.encounters import Encounters, EntityPairs, FactPair
from geograph.store.pages import Shelves
from geograph.store.reading import Reader
from geograph.store.tallies import Tally, told_of_entities
from geograph.store.terms import sketch_from, sketch_text, value
from geograph.store.writing import Writer

Extractions = Mapping[str, Extraction | None]
"""Extractions by article id; None for an article that is not there (yet, or any more)."""


class Derivation:
    """Derives from an open store's claims."""

    def __init__(self, quads: pyoxigraph.Store, write: Writer, read: Reader, relations: Mapping[str, Relation]) -> None:
        self.curation = curating.applied(quads, write)
        self._quads = quads
        self._write = write
        self._relations = relations
        self._shelves = Shelves(quads, write)
        self._encounters = Encounters(quads, write, read, relations)

    def forget(self) -> None:
        """Forgets everything read: the store was emptied, or a batch could not be written."""
        self._shelves.forget()
        self.curation = curating.applied(self._quads, self._write)

    def article_quads(self, extraction: Extraction) -> Iterator[Quad]:
        """All quads of an article's graph, the fingerprint of its text among them."""
        yield from self._write.extraction_quads(extraction)
        if extraction.claims:
            node = self._write.article(extraction.article.id)
            fingerprint = Literal(sketch_text(sketch(extraction.article.text)))
            yield Quad(node, self._write.term("sketch"), fingerprint, node)

    def derive(self, before: Extractions, after: Extractions, changes: Changes) -> None:
        """Adds to `changes` what follows when the articles `before` become those of `after`."""
        facts = self._derive_facts(before, after, self.curation, changes)
        entities = self._change_entities(before.values(), after.values(), changes)
        self._encounters.change(facts, entities, changes)

    def curate(self, curation: Curation, read: Callable[[str], Extraction | None], changes: Changes) -> None:
        """Adds to `changes` what follows when other decisions hold, which are followed from now on.

        `read` gives the extraction of an article by its id.
        """
        old, self.curation = self.curation, curation
        curating.mark(old, curation, self._write, changes)
        touched = {id: read(id) for id in curating.touched_articles(self._quads, self._write, old, curation)}
        facts = self._derive_facts(touched, touched, old, changes)
        keys = curating.touched_entities(self._quads, self._write, old, curation)
        tallies = _Tallies(self._tally)
        before, after = (
            {key: curating.shown(key, tallies, each) for key in sorted({each.key(key) for key in keys})}
            for each in (old, curation)
        )
        self._encounters.change(facts, self._change_shown(before, after, changes), changes)

    def _derive_facts(self, before: Extractions, after: Extractions, old: Curation, changes: Changes) -> list[FactPair]:
        """Adds what becomes of the facts, and gives them before and after; `old` are the decisions of `before`."""
        leaving, coming = self._by_key(before, old), self._by_key(after, self.curation)
        facts: list[FactPair] = []
        for key in {**leaving, **coming}:
            facts += self._change_facts(key, leaving.get(key, []), coming.get(key, []), after, changes)
        self._shelves.changes(changes)
        changes.change(self._judgements(before, old), self._judgements(after, self.curation))
        return facts

    def _judgements(self, extractions: Extractions, curation: Curation) -> Iterator[Quad]:
        for extraction in extractions.values():
            if extraction is not None:
                yield from curating.judgement_quads(extraction, curation, self._write)

    def settle(self) -> None:
        """Keeps what the last batch changed in mind: it is written."""
        self._shelves.settle()

    # Facts

    def _by_key(self, extractions: Extractions, curation: Curation) -> dict[Key, list[Report]]:
        found: dict[Key, list[Report]] = {}
        for extraction in extractions.values():
            if extraction is not None:
                told = reports_of(extraction.article, extraction.claims, self._relations, curation)
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
        self, leaving: Iterable[Extraction | None], coming: Iterable[Extraction | None], changes: Changes
    ) -> EntityPairs:
        """Changes the entities that the articles name; those that differ, before and after."""
        differences: dict[str, Tally] = {}
        for extractions, sign in ((leaving, -1), (coming, 1)):
            for extraction in extractions:
                for key, told in told_of_entities(extraction).items() if extraction is not None else ():
                    difference = differences.setdefault(key, Counter())
                    for said, count in told.items():
                        difference[said] += sign * count
        old, new = _Tallies(self._tally), _Tallies(self._tally)
        changed = [key for key, difference in differences.items() if any(difference.values())]
        for key in changed:
            now = Counter(old[key])
            now.update(differences[key])
            new[key] = +now
            changes.change(self._tally_quads(key, old[key]), self._tally_quads(key, new[key]))
        keys = dict.fromkeys(map(self.curation.key, changed))
        before, after = ({key: curating.shown(key, each, self.curation) for key in keys} for each in (old, new))
        return self._change_shown(before, after, changes)

    def _change_shown(
        self, before: Mapping[str, curating.Shown], after: Mapping[str, curating.Shown], changes: Changes
    ) -> EntityPairs:
        """Changes what goes by keys; the entities that differ, before and after."""
        found = {}
        for key in {**before, **after}:
            was, now = before.get(key), after.get(key)
            if was != now:
                changes.change(
                    curating.shown_quads(was, self._write) if was is not None else (),
                    curating.shown_quads(now, self._write) if now is not None else (),
                )
                pair = (was.entity if was is not None else None, now.entity if now is not None else None)
                if pair[0] != pair[1]:
                    found[key] = pair
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


class _Tallies(dict[str, Tally]):
    """Tallies by key, read from the store when they are first asked for."""

    def __init__(self, read: Callable[[str], Tally]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, key: str) -> Tally:
        self[key] = self._read(key)
        return self[key]
