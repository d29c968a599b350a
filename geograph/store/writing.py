"""Values -> quads: how articles, claims, facts and entities are written as RDF.

Articles and claims lie in the named graph of their article, facts and entities in the default graph. No triple is in
two graphs, so that a query over the union of all graphs counts nothing twice. There are no blank nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Quad

from geograph.facts import Encounter
from geograph.model import Claim, Entity, Extraction, Fact, Listing, Period, content_id
from geograph.store.terms import (
    ALIAS,
    EDTF,
    ISSUED,
    JSON,
    LABEL,
    LATITUDE,
    LONGITUDE,
    PUBLISHER,
    SAME_AS,
    SOURCE,
    TITLE,
    TYPE,
    WIKIDATA,
    Node,
    boolean,
    day,
    decimal,
    integer,
    reading_json,
    source_iri,
)
from geograph.vocabulary import Vocabulary

Said = Iterator[tuple[NamedNode, Node]]


@dataclass(frozen=True)
class Writer:
    """Writes values as quads below one vocabulary."""

    vocabulary: Vocabulary

    def term(self, name: str) -> NamedNode:
        """The node of a class, property or relation."""
        node = self._terms.get(name)
        if node is None:
            node = self._terms[name] = NamedNode(self.vocabulary.term(name))
        return node

    @cached_property
    def _terms(self) -> dict[str, NamedNode]:
        """The terms written so far: the same few dozen for every claim."""
        return {}

    def entity(self, key: str) -> NamedNode:
        """The node of an entity."""
        return NamedNode(self.vocabulary.entity(key))

    def article(self, id: str) -> NamedNode:
        """The node of an article, which also names its graph."""
        return NamedNode(self.vocabulary.article(id))

    def claim(self, id: str) -> NamedNode:
        """The node of a claim."""
        return NamedNode(self.vocabulary.claim(id))

    def fact(self, id: str) -> NamedNode:
        """The node of a fact."""
        return NamedNode(self.vocabulary.fact(id))

    def page(self, id: str, number: int) -> NamedNode:
        """The node of a page of the store's own index."""
        return NamedNode(f"{self.vocabulary.base}page/{id}.{number}")

    def encounter(self, id: str) -> NamedNode:
        """The node of an encounter."""
        return NamedNode(self.vocabulary.encounter(id))

    def extraction_quads(self, extraction: Extraction) -> Iterator[Quad]:
        """All that the article's graph holds."""
        graph = self.article(extraction.article.id)
        for predicate, value in self._article(extraction):
            yield Quad(graph, predicate, value, graph)
        for claim in extraction.claims:
            node = self.claim(claim.id)
            for predicate, value in self._claim(claim):
                yield Quad(node, predicate, value, graph)

    def fact_quads(self, fact: Fact) -> Iterator[Quad]:
        """The fact's node but for its claims, in the default graph."""
        node = self.fact(fact.id)
        for predicate, value in self._fact(fact):
            yield Quad(node, predicate, value)

    def told_by_quads(self, fact: Fact, claims: Iterable[str]) -> Iterator[Quad]:
        """The links of a fact to claims that tell of it, in the default graph."""
        node = self.fact(fact.id)
        for id in claims:
            yield Quad(node, self.term("claim"), self.claim(id))

    def encounter_quads(self, encounter: Encounter, label: str) -> Iterator[Quad]:
        """The encounter's node, in the default graph."""
        node = self.encounter(encounter.id)
        yield Quad(node, TYPE, self.term(encounter.kind))
        yield Quad(node, LABEL, Literal(label))
        for predicate, value in self._when(encounter.day):
            yield Quad(node, predicate, value)
        for side in encounter.sides:
            yield Quad(node, self.term("side"), self.entity(side))

    def shortcut_quads(self, relation: str, subject: str, object: str, *, symmetric: bool) -> Iterator[Quad]:
        """The triple that says in one line that it happened; both ways if symmetric."""
        yield Quad(self.entity(subject), self.term(relation), self.entity(object))
        if symmetric and subject != object:
            yield Quad(self.entity(object), self.term(relation), self.entity(subject))

    def entity_quads(self, entity: Entity) -> Iterator[Quad]:
        """The entity's node, in the default graph."""
        node = self.entity(entity.key)
        for predicate, value in self._entity(entity):
            yield Quad(node, predicate, value)
        for listing in entity.listings:
            listed = self._listing(entity.key, listing)
            yield Quad(node, self.term("listing"), listed)
            for predicate, value in self._of_listing(listing):
                yield Quad(listed, predicate, value)

    def _article(self, extraction: Extraction) -> Said:
        article = extraction.article
        yield TYPE, self.term("Article")
        yield self.term("document"), Literal(article.document)
        yield self.term("text"), Literal(article.text)
        yield from self._texts((("agency", article.agency),))
        if article.title is not None:
            yield TITLE, Literal(article.title)
        if article.published is not None:
            yield ISSUED, day(article.published)
        if article.publisher is not None:
            yield PUBLISHER, Literal(article.publisher)
        if (iri := source_iri(article.url)) is not None:
            yield SOURCE, iri
        if article.sample:
            yield self.term("sample"), boolean(True)
        for key in sorted({mention.entity for mention in extraction.mentions if mention.entity is not None}):
            yield self.term("mentions"), self.entity(key)
        yield self.term("reading"), Literal(reading_json(extraction), datatype=JSON)

    def _claim(self, claim: Claim) -> Said:
        yield TYPE, self.term("Claim")
        yield from self._what(claim)
        yield self.term("article"), self.article(claim.article)
        yield self.term("confidence"), decimal(claim.confidence)
        if claim.ended:
            yield self.term("ended"), boolean(True)
        if claim.said_by is not None:
            yield self.term("attributedTo"), self.entity(claim.said_by)
        yield from self._texts(
            (("quote", claim.quote), ("trigger", claim.trigger), ("reader", claim.reader), ("version", claim.version))
        )
        for start, end, span in (
            ("start", "end", claim.span),
            ("triggerStart", "triggerEnd", claim.trigger_span),
            ("subjectStart", "subjectEnd", claim.subject_span),
            ("objectStart", "objectEnd", claim.object_span),
            ("dateStart", "dateEnd", claim.date_span),
        ):
            if span is not None:
                yield self.term(start), integer(span.start)
                yield self.term(end), integer(span.end)

    def _fact(self, fact: Fact) -> Said:
        yield TYPE, self.term("Fact")
        yield from self._what(fact)
        yield self.term("confidence"), decimal(fact.confidence)
        yield self.term("sourceCount"), integer(fact.source_count)
        yield self.term("independentSourceCount"), integer(fact.independent_source_count)
        if fact.first_reported is not None:
            yield self.term("firstReported"), day(fact.first_reported)
        if fact.last_reported is not None:
            yield self.term("lastReported"), day(fact.last_reported)
        yield self.term("disputed"), boolean(fact.disputed)
        yield self.term("ended"), boolean(fact.ended)

    def _what(self, told: Claim | Fact) -> Said:
        """What claims and facts have in common."""
        yield self.term("relation"), self.term(told.relation)
        yield self.term("subject"), self.entity(told.subject)
        yield self.term("object"), self.entity(told.object)
        yield from self._texts((("status", told.status.value), ("place", told.place), ("item", told.item)))
        if told.date is not None:
            yield from self._when(told.date)
        if told.place_entity is not None:
            yield self.term("placeEntity"), self.entity(told.place_entity)

    def _when(self, period: Period) -> Said:
        yield self.term("date"), Literal(period.edtf, datatype=EDTF)
        yield self.term("earliest"), day(period.earliest)
        yield self.term("latest"), day(period.latest)

    def _entity(self, entity: Entity) -> Said:
        yield TYPE, self.term(entity.type.value)
        yield LABEL, Literal(entity.label)
        for alias in entity.aliases:
            yield ALIAS, Literal(alias)
        if entity.country is not None:
            yield self.term("country"), self.entity(entity.country)
        for identifier in entity.identifiers:
            scheme, _, value = identifier.partition(":")
            if scheme == "wikidata" and value.isalnum() and value.isascii():
                yield SAME_AS, NamedNode(WIKIDATA + value)
            elif scheme == "iso3166":
                yield self.term("iso3166"), Literal(value)
            else:
                yield self.term("identifier"), Literal(identifier)
        if entity.coordinates is not None:
            yield LATITUDE, decimal(entity.coordinates[0])
            yield LONGITUDE, decimal(entity.coordinates[1])

        if entity.listings:
            yield self.term("sanctioned"), boolean(True)

    def _listing(self, key: str, listing: Listing) -> NamedNode:
        id = content_id(key, listing.list, listing.authority, listing.program)
        return NamedNode(self.vocabulary.listing(id))

    def _of_listing(self, listing: Listing) -> Said:
        yield TYPE, self.term("SanctionsListing")
        said = ("list", listing.list), ("authority", listing.authority), ("program", listing.program)
        yield from self._texts(said)

    def _texts(self, values: Iterable[tuple[str, str | None]]) -> Said:
        for name, value in values:
            if value is not None:
                yield self.term(name), Literal(value)
