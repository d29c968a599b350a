"""Quads -> values: articles, claims, facts and entities are read back exactly as they were written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pyoxigraph import NamedNode, Quad

from geograph.model import Article, Claim, Entity, EntityType, Extraction, Fact, Listing, Period, Span, Status
from geograph.store.terms import (
    ALIAS,
    ISSUED,
    LABEL,
    LATITUDE,
    LONGITUDE,
    PUBLISHER,
    SAME_AS,
    SOURCE,
    TITLE,
    TYPE,
    Properties,
    entities_of,
    mentions_of,
    properties_of,
    value,
)
from geograph.vocabulary import Vocabulary


@dataclass(frozen=True)
class Reader:
    """Reads values from quads below one vocabulary."""

    vocabulary: Vocabulary

    def extraction(self, quads: Iterable[Quad]) -> Extraction:
        """The extraction whose article's graph holds `quads`."""
        by_subject: dict[str, list[Quad]] = {}
        for quad in quads:
            by_subject.setdefault(value(quad.subject), []).append(quad)
        claim_prefix = self.vocabulary.claim("")
        said = {subject: properties_of(found) for subject, found in by_subject.items()}
        (of_article,) = (properties for subject, properties in said.items() if not subject.startswith(claim_prefix))
        article = self.article(of_article)
        reading = json.loads(self._of(of_article).need("reading"))
        return Extraction(
            article=article,
            entities=entities_of(reading),
            mentions=mentions_of(reading, article),
            claims=tuple(self.claim(said[claim_prefix + id]) for id in reading["claims"]),
        )

    def article(self, properties: Properties) -> Article:
        """The article that has the properties."""
        node = self._of(properties)
        reading = json.loads(node.need("reading"))
        issued = node.of(ISSUED.value)
        return Article(
            document=node.need("document"),
            text=node.need("text"),
            title=node.of(TITLE.value),
            published=date.fromisoformat(issued) if issued else None,
            publisher=node.of(PUBLISHER.value),
            url=reading.get("url", node.of(SOURCE.value)),
            agency=node.one("agency"),
            sample=node.one("sample") == "true",
            metadata=tuple((name, value) for name, value in reading["metadata"]),
        )

    def claim(self, properties: Properties) -> Claim:
        """The claim that has the properties."""
        node = self._of(properties)
        span, trigger_span = node.span("start", "end"), node.span("triggerStart", "triggerEnd")
        assert span is not None and trigger_span is not None
        return Claim(
            article=node.need_local("article"),
            relation=node.need_local("relation"),
            subject=node.need_local("subject"),
            object=node.need_local("object"),
            status=Status(node.need("status")),
            span=span,
            quote=node.need("quote"),
            trigger=node.need("trigger"),
            trigger_span=trigger_span,
            date=node.period("date"),
            date_span=node.span("dateStart", "dateEnd"),
            place=node.one("place"),
            place_entity=node.local("placeEntity"),
            said_by=node.local("attributedTo"),
            item=node.one("item"),
            ended=node.one("ended") == "true",
            subject_span=node.span("subjectStart", "subjectEnd"),
            object_span=node.span("objectStart", "objectEnd"),
            confidence=float(node.need("confidence")),
            reader=node.need("reader"),
            version=node.need("version"),
        )

    def fact(self, properties: Properties) -> Fact:
        """The fact that has the properties."""
        node = self._of(properties)
        return Fact(
            relation=node.need_local("relation"),
            subject=node.need_local("subject"),
            object=node.need_local("object"),
            status=Status(node.need("status")),
            claims=tuple(sorted(map(self.vocabulary.local, node.all("claim")))),
            date=node.period("date"),
            place=node.one("place"),
            place_entity=node.local("placeEntity"),
            item=node.one("item"),
            confidence=float(node.need("confidence")),
            source_count=int(node.need("sourceCount")),
            independent_source_count=int(node.need("independentSourceCount")),
            first_reported=node.day("firstReported"),
            last_reported=node.day("lastReported"),
            disputed=node.need("disputed") == "true",
            ended=node.need("ended") == "true",
        )

    def entity(self, key: str, properties: Properties, listings: Iterable[Properties] = ()) -> Entity:
        """The entity that has the properties, and the listings; others, such as its relations, are passed over."""
        node = self._of(properties)
        latitude, longitude = node.of(LATITUDE.value), node.of(LONGITUDE.value)
        identifiers = [
            *(f"wikidata:{self.vocabulary.local(each.value)}" for each in properties.get(SAME_AS.value, ())),
            *(f"iso3166:{value}" for value in node.all("iso3166")),
            *node.all("identifier"),
        ]
        return Entity(
            key=key,
            type=EntityType(self.vocabulary.local(properties[TYPE.value][0].value)),
            label=properties[LABEL.value][0].value,
            country=node.local("country"),
            aliases=tuple(sorted(each.value for each in properties.get(ALIAS.value, ()))),
            identifiers=tuple(sorted(identifiers)),
            coordinates=(float(latitude), float(longitude)) if latitude and longitude else None,
            listings=tuple(sorted(map(self._listing, listings), key=lambda listing: listing.sort_key)),
        )

    def listings(self, properties: Properties) -> list[NamedNode]:
        """The nodes of the listings of the entity that has the properties."""
        found = properties.get(self.vocabulary.term("listing"), ())
        return [node for node in found if isinstance(node, NamedNode)]

    def _listing(self, properties: Properties) -> Listing:
        node = self._of(properties)
        return Listing(node.need("list"), node.one("authority"), node.one("program"))

    def _of(self, properties: Properties) -> _Node:
        return _Node(self.vocabulary, properties)


@dataclass(frozen=True)
class _Node:
    """The properties of one node, by their local names in the vocabulary."""

    vocabulary: Vocabulary
    properties: Properties

    def of(self, predicate: str) -> str | None:
        values = self.properties.get(predicate)
        return values[0].value if values else None

    def one(self, name: str) -> str | None:
        return self.of(self.vocabulary.term(name))

    def all(self, name: str) -> list[str]:
        return [node.value for node in self.properties.get(self.vocabulary.term(name), ())]

    def need(self, name: str) -> str:
        return self.properties[self.vocabulary.term(name)][0].value

    def local(self, name: str) -> str | None:
        iri = self.one(name)
        return self.vocabulary.local(iri) if iri is not None else None

    def need_local(self, name: str) -> str:
        return self.vocabulary.local(self.need(name))

    def day(self, name: str) -> date | None:
        value = self.one(name)
        return date.fromisoformat(value) if value is not None else None

    def period(self, name: str) -> Period | None:
        value = self.one(name)
        return Period(value) if value is not None else None

    def span(self, start: str, end: str) -> Span | None:
        first = self.one(start)
        return Span(int(first), int(self.need(end))) if first is not None else None
