"""What follows from the claims: facts, shortcut triples and entities, computed anew for the touched keys only.

Two properties are the store's own index and leave it in no export: `gg:key`, under which a claim or fact is
consolidated, and `gg:tally`, what the articles say of an entity, counted.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, Quad

from geograph.facts import Key, consolidate, key_of
from geograph.model import Article, Claim, Extraction, Fact, Status, content_id
from geograph.ontology import Relation
from geograph.store.changes import Changes
from geograph.store.reading import Reader
from geograph.store.tallies import Tally, entity_of, told_of_entities
from geograph.store.terms import properties_of, value
from geograph.store.writing import Writer

REMEMBERED_ARTICLES = 5_000
REMEMBERED_CLAIMS = 50_000
Extractions = Mapping[str, Extraction | None]
"""Extractions by article id; None for an article that is not there (yet, or any more)."""


@dataclass(frozen=True)
class _Told:
    """The claims of one key, by id, and the facts that they make."""

    claims: Mapping[str, Claim]
    facts: tuple[Fact, ...]


class Derivation:
    """Derives from an open store's claims.

    Between batches it remembers keys and articles that it read: in a build the same few dozen actors come again and
    again. What a batch changes is remembered only once `settle` says that it is written.
    """

    def __init__(self, quads: pyoxigraph.Store, write: Writer, read: Reader, relations: Mapping[str, Relation]) -> None:
        self._quads = quads
        self._write = write
        self._read = read
        self._relations = relations
        self.forget()

    def forget(self) -> None:
        """Forgets everything read: the store was emptied, or a batch could not be written."""
        self._articles: dict[str, Article] = {}
        self._known: dict[Key, _Told] = {}
        self._pending: dict[Key, _Told] = {}

    def article_quads(self, extraction: Extraction) -> Iterator[Quad]:
        """All quads of an article's graph, the keys of its claims among them."""
        yield from self._write.extraction_quads(extraction)
        graph = self._write.article(extraction.article.id)
        for claim in extraction.claims:
            key = _key_literal(key_of(claim, self._relations))
            yield Quad(self._write.claim(claim.id), self._write.term("key"), key, graph)

    def derive(self, before: Extractions, after: Extractions, changes: Changes) -> None:
        """Adds to `changes` what follows when the articles `before` become those of `after`."""
        leaving, coming = self._by_key(before), self._by_key(after)
        for key in {**leaving, **coming}:
            told = self._told(key)
            claims = {id: claim for id, claim in told.claims.items() if id not in leaving.get(key, {})}
            claims.update(coming.get(key, {}))
            articles = {id: self._article(id, after) for id in {claim.article: None for claim in claims.values()}}
            now = _Told(claims, tuple(consolidate(claims.values(), articles, self._relations)))
            self._change_facts(key, told.facts, now.facts, changes)
            self._pending[key] = now
        self._change_entities(before.values(), after.values(), changes)
        for id in after:
            self._articles.pop(id, None)

    def settle(self) -> None:
        """Remembers what the last batch changed: it is written. The keys touched longest ago are forgotten first."""
        for key, told in self._pending.items():
            self._known.pop(key, None)
            self._known[key] = told
        self._pending = {}
        total = sum(len(told.claims) for told in self._known.values())
        while total > REMEMBERED_CLAIMS:
            total -= len(self._known.pop(next(iter(self._known))).claims)

    # Facts

    def _by_key(self, extractions: Extractions) -> dict[Key, dict[str, Claim]]:
        found: dict[Key, dict[str, Claim]] = {}
        for extraction in extractions.values():
            for claim in extraction.claims if extraction is not None else ():
                found.setdefault(key_of(claim, self._relations), {})[claim.id] = claim
        return found

    def _told(self, key: Key) -> _Told:
        if key in self._known:
            return self._known[key]
        claims, facts = {}, []
        for quad in self._quads.quads_for_pattern(None, self._write.term("key"), _key_literal(key)):
            said = properties_of(self._quads.quads_for_pattern(quad.subject, None, None, quad.graph_name))
            if isinstance(quad.graph_name, DefaultGraph):
                facts.append(self._read.fact(said))
            else:
                claim = self._read.claim(said)
                claims[claim.id] = claim
        return _Told(claims, tuple(facts))

    def _change_facts(self, key: Key, old: tuple[Fact, ...], new: tuple[Fact, ...], changes: Changes) -> None:
        before, after = set(old), set(new)
        changes.change(self._fact_quads(key, before - after), self._fact_quads(key, after - before))
        relation = self._relations.get(key[0])
        shortcut = list(self._write.shortcut_quads(*key, symmetric=relation is not None and relation.symmetric))
        changes.change(shortcut if any(map(holds, old)) else (), shortcut if any(map(holds, new)) else ())

    def _fact_quads(self, key: Key, facts: Iterable[Fact]) -> Iterator[Quad]:
        for fact in facts:
            yield from self._write.fact_quads(fact)
            yield Quad(self._write.fact(fact.id), self._write.term("key"), _key_literal(key))

    def _article(self, id: str, after: Extractions) -> Article:
        extraction = after.get(id)
        if extraction is not None:
            return extraction.article
        if id not in self._articles:
            node = self._write.article(id)
            said = self._quads.quads_for_pattern(node, None, None, node)
            self._articles[id] = self._read.article(properties_of(said))
            if len(self._articles) > REMEMBERED_ARTICLES:
                del self._articles[next(iter(self._articles))]
        return self._articles[id]

    # Entities

    def _change_entities(
        self, before: Iterable[Extraction | None], after: Iterable[Extraction | None], changes: Changes
    ) -> None:
        differences: dict[str, Tally] = {}
        for extractions, sign in ((before, -1), (after, 1)):
            for extraction in extractions:
                for key, told in told_of_entities(extraction).items() if extraction is not None else ():
                    difference = differences.setdefault(key, Counter())
                    for said, count in told.items():
                        difference[said] += sign * count
        for key, difference in differences.items():
            changed = [said for said, count in difference.items() if count]
            old = self._tally(key)
            new = Counter(old)
            new.update(difference)
            changes.change(self._tally_quads(key, old, changed), self._tally_quads(key, new, changed))
            entity, now = entity_of(key, old), entity_of(key, new)
            if entity != now:
                changes.change(
                    self._write.entity_quads(entity) if entity is not None else (),
                    self._write.entity_quads(now) if now is not None else (),
                )

    def _tally(self, key: str) -> Tally:
        node = self._write.entity(key)
        tally: Tally = Counter()
        for quad in self._quads.quads_for_pattern(node, self._write.term("tally"), None, DefaultGraph()):
            field, said, count = json.loads(value(quad.object))
            tally[field, said] = count
        return tally

    def _tally_quads(self, key: str, tally: Tally, said: Iterable[tuple[str, str]]) -> Iterator[Quad]:
        node, predicate = self._write.entity(key), self._write.term("tally")
        for field, told in said:
            count = tally[field, told]
            if count:
                counted = json.dumps([field, told, count], ensure_ascii=False, separators=(",", ":"))
                yield Quad(node, predicate, Literal(counted))


def holds(fact: Fact) -> bool:
    """Whether a shortcut triple may say it: it happened, nobody denies it, and it is not known to be over."""
    return fact.status is Status.ACTUAL and not fact.disputed and not fact.ended


def _key_literal(key: Key) -> Literal:
    return Literal(content_id(*key))
