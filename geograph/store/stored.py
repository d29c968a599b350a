"""What a store holds, read back: articles, claims, facts and entities, and the answers of Oxigraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from geograph.model import Article, Claim, Entity, EntityType, Extraction, Fact
from geograph.store.asking import Answer, answer, by_key_and_date
from geograph.store.content import dataset_quads, graph_triples
from geograph.store.folder import telling
from geograph.store.provenance import Provenance
from geograph.store.reading import Reader
from geograph.store.terms import TYPE, Properties, properties_of, value
from geograph.store.writing import Writer
from geograph.vocabulary import Vocabulary

_DEFAULT = DefaultGraph()


class Stored:
    """The reading half of a store."""

    def __init__(self, quads: pyoxigraph.Store, path: Path | None, vocabulary: Vocabulary, *, first_seen: bool) -> None:
        self.path = path
        self.vocabulary = vocabulary
        self._quads = quads
        self._write = Writer(vocabulary)
        self._read = Reader(vocabulary)
        self._provenance = Provenance(quads, self._write, self._read)
        self._tells_first_seen = first_seen

    def extraction(self, id: str) -> Extraction | None:
        """All that reading the article with this id gave, None for an unknown one."""
        quads = self._graph(id)
        return self._read.extraction(quads) if quads else None

    def extractions(self) -> Iterator[Extraction]:
        """All extractions, sorted by article id, as they were added."""
        for id in self._ids("Article"):
            yield self._read.extraction(self._graph(id))

    def articles(self) -> Iterator[Article]:
        """The articles, sorted by id."""
        for id in self._ids("Article"):
            node = self._write.article(id)
            yield self._read.article(properties_of(self._pattern(node, None, None, node)))

    def claims(self) -> Iterator[Claim]:
        """The claims, sorted by article id and then as their article has them: in text order."""
        for extraction in self.extractions():
            yield from extraction.claims

    def facts(self) -> Iterator[Fact]:
        """The facts, sorted by relation, subject, object and date, the undated first."""
        found = []
        for quad in self._pattern(None, TYPE, self._write.term("Fact"), _DEFAULT):
            said = self._pattern(quad.subject, None, None, _DEFAULT)
            found.append(self._read.fact(properties_of(said)))
        yield from sorted(found, key=by_key_and_date)

    def entities(self) -> Iterator[Entity]:
        """The entities, sorted by key: of each what the articles taken together say."""
        for key in sorted(key for kind in EntityType for key in self._ids(kind.value)):
            yield self._entity(key, properties_of(self._pattern(self._write.entity(key), None, None, _DEFAULT)))

    def entity(self, key: str) -> Entity | None:
        """The entity with this key, None if no article holds it."""
        try:
            node = self._write.entity(key)
        except ValueError:
            return None
        properties = properties_of(self._pattern(node, None, None, _DEFAULT))
        return self._entity(key, properties) if TYPE.value in properties else None

    def _entity(self, key: str, properties: Properties) -> Entity:
        listings = self._read.listings(properties)
        return self._read.entity(key, properties, [properties_of(self._pattern(node, None, None)) for node in listings])

    def counts(self) -> dict[str, int]:
        """How many articles, claims, facts and entities there are, by these names."""
        return {
            "articles": len(self._ids("Article")),
            "claims": len(self._ids("Claim")),
            "facts": len(self._ids("Fact")),
            "entities": sum(len(self._ids(kind.value)) for kind in EntityType),
        }

    def relation_names(self) -> frozenset[str]:
        """The relations that some fact has."""
        relations = {quad.object for quad in self._pattern(None, self._write.term("relation"), None, _DEFAULT)}
        return frozenset(self.vocabulary.local(value(relation)) for relation in relations)

    def query(self, sparql: str, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()) -> Answer:
        """Oxigraph's own answer to a query over the union of all graphs; `geograph.query.run` is the safe way in.

        Where graphs are given, by IRI, they alone are the dataset.
        """
        return answer(self._quads, self.vocabulary, sparql, default_graphs, named_graphs)

    def first_seen(self, id: str) -> datetime | None:
        """When the article with this id was first added, in UTC; None for an unknown one."""
        return self._provenance.first_seen(id)

    def graph_triples(self) -> Iterator[Triple]:
        """What `graph.ttl` holds, sorted: shortcuts, facts, entities, claims, and articles without their texts."""
        with telling(self.path):
            yield from graph_triples(self._quads, self.vocabulary, first_seen=self._tells_first_seen)

    def dataset_quads(self) -> Iterator[Quad]:
        """All that is stored, sorted by graph, the derived (default) graph first; the store's own index is left out."""
        with telling(self.path):
            yield from dataset_quads(self._quads, self.vocabulary, first_seen=self._tells_first_seen)

    def _ids(self, kind: str) -> list[str]:
        quads = self._pattern(None, TYPE, self._write.term(kind))
        return sorted(self.vocabulary.local(value(quad.subject)) for quad in quads)

    def _graph(self, id: str) -> list[Quad]:
        return list(self._pattern(None, None, None, self._write.article(id)))

    def _pattern(
        self,
        subject: NamedNode | BlankNode | Triple | None,
        predicate: NamedNode | None,
        object: NamedNode | Literal | None,
        graph: NamedNode | BlankNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        with telling(self.path):
            yield from self._quads.quads_for_pattern(subject, predicate, object, graph)
