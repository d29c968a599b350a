"""What follows from the claims: facts, shortcut triples and entities, computed anew for the touched keys only.

Two properties are the store's own index and leave it in no export: `gg:key`, under which a claim or fact is
consolidated, and `gg:tally`, what the articles say of an entity, counted.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from geograph.facts import Key, consolidate, key_of
from geograph.model import Article, Claim, Extraction, Fact, Status, content_id
from geograph.ontology import Relation
from geograph.store.changes import Changes
from geograph.store.reading import Reader
from geograph.store.tallies import Tally, entity_of, told_of_entities
from geograph.store.terms import properties_of, value
from geograph.store.writing import Writer

_DEFAULT = DefaultGraph()
REMEMBERED = 2000


class Derivation:
    """Derives from an open store's claims; it remembers some articles between batches, and nothing else."""

    def __init__(self, quads: pyoxigraph.Store, write: Writer, read: Reader, relations: Mapping[str, Relation]) -> None:
        self._quads = quads
        self._write = write
        self._read = read
        self._relations = relations
        self._articles: dict[str, Article] = {}

    def article_quads(self, extraction: Extraction) -> Iterator[Quad]:
        """All quads of an article's graph, the keys of its claims among them."""
        yield from self._write.extraction_quads(extraction)
        graph = self._write.article(extraction.article.id)
        for claim in extraction.claims:
            yield Quad(self._write.claim(claim.id), self._write.term("key"), _key_literal(self._key(claim)), graph)

    def derive(
        self,
        after: Mapping[str, Extraction | None],
        before: Mapping[str, Extraction | None],
        changes: Changes,
    ) -> None:
        """Adds to `changes` what follows when the articles `before`, by id, become those of `after`."""
        touched: dict[Key, list[Claim]] = {}
        for extraction in before.values():
            for claim in extraction.claims if extraction is not None else ():
                touched.setdefault(self._key(claim), [])
        for extraction in after.values():
            for claim in extraction.claims if extraction is not None else ():
                touched.setdefault(self._key(claim), []).append(claim)
        for key, incoming in touched.items():
            self._derive_facts(key, incoming, after, changes)
        self._derive_entities(before.values(), after.values(), changes)

    def _derive_facts(
        self, key: Key, incoming: list[Claim], after: Mapping[str, Extraction | None], changes: Changes
    ) -> None:
        literal = _key_literal(key)
        claims = list(incoming)
        old: list[Quad] = []
        for quad in self._quads.quads_for_pattern(None, self._write.term("key"), literal):
            if not isinstance(quad.graph_name, NamedNode):
                old.extend(self._quads.quads_for_pattern(quad.subject, None, None, _DEFAULT))
            elif self._read.vocabulary.local(quad.graph_name.value) not in after:
                said = self._quads.quads_for_pattern(quad.subject, None, None, quad.graph_name)
                claims.append(self._read.claim(properties_of(said)))
        articles = {id: self._article(id, after) for id in sorted({claim.article for claim in claims})}
        facts = list(consolidate(claims, articles, self._relations))
        new = [quad for fact in facts for quad in self._fact_quads(fact, literal)]
        relation = self._relations.get(key[0])
        shortcut = list(self._write.shortcut_quads(*key, symmetric=relation is not None and relation.symmetric))
        old.extend(quad for quad in shortcut if quad in self._quads)
        new.extend(shortcut if any(map(holds, facts)) else ())
        changes.change(old, new)

    def _fact_quads(self, fact: Fact, key: Literal) -> Iterator[Quad]:
        yield from self._write.fact_quads(fact)
        yield Quad(self._write.fact(fact.id), self._write.term("key"), key)

    def _article(self, id: str, after: Mapping[str, Extraction | None]) -> Article:
        extraction = after.get(id)
        if extraction is not None:
            return extraction.article
        if id not in self._articles:
            if len(self._articles) >= REMEMBERED:
                self._articles.clear()
            node = self._write.article(id)
            said = self._quads.quads_for_pattern(node, None, None, node)
            self._articles[id] = self._read.article(properties_of(said))
        return self._articles[id]

    def forget(self, ids: Iterable[str] | None = None) -> None:
        """Forgets the articles with these ids, or all: they have changed."""
        for id in list(self._articles) if ids is None else ids:
            self._articles.pop(id, None)

    def _derive_entities(
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
            old = self._tally(key)
            new = Counter(old)
            new.update(difference)
            changes.change(self._entity_quads(key, old), self._entity_quads(key, +new))

    def _tally(self, key: str) -> Tally:
        node = self._write.entity(key)
        tally: Tally = Counter()
        for quad in self._quads.quads_for_pattern(node, self._write.term("tally"), None, _DEFAULT):
            field, said, count = json.loads(value(quad.object))
            tally[field, said] = count
        return tally

    def _entity_quads(self, key: str, tally: Tally) -> Iterator[Quad]:
        entity = entity_of(key, tally)
        if entity is not None:
            yield from self._write.entity_quads(entity)
        node, predicate = self._write.entity(key), self._write.term("tally")
        for (field, said), count in tally.items():
            counted = json.dumps([field, said, count], ensure_ascii=False, separators=(",", ":"))
            yield Quad(node, predicate, Literal(counted))

    def _key(self, claim: Claim) -> Key:
        return key_of(claim, self._relations)


def holds(fact: Fact) -> bool:
    """Whether a shortcut triple may say it: it happened, nobody denies it, and it is not known to be over."""
    return fact.status is Status.ACTUAL and not fact.disputed and not fact.ended


def _key_literal(key: Key) -> Literal:
    return Literal(content_id(*key))
