"""The content as a property graph: nodes with labels, relationships with a type, both with properties.

Actors and places are nodes; a fact that holds is a relationship between two of them, typed by its relation (`MEETS`).
One that is planned, possible, denied, disputed or over says so in its type (`PLANNED_MEETS`), so that no pattern that
asks who met whom finds it by mistake. A relationship cannot point at its proof, so each fact is a node too, and each
claim a relationship from its fact to its article, with the quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from geograph.export.options import Content, precision, standing
from geograph.model import Article, Claim, Entity, Fact
from geograph.vocabulary import Vocabulary

Value = str | int | float | bool | date | tuple[str, ...]
Properties = Mapping[str, Value]
ENTITY, FACT, ARTICLE = "Entity", "Fact", "Article"


@dataclass(frozen=True)
class Node:
    """A node by its IRI. The first label is that of its key."""

    iri: str
    labels: tuple[str, ...]
    properties: Properties


@dataclass(frozen=True)
class Relationship:
    """A relationship between two nodes; `key` tells it from others of its type between the same."""

    start: str
    start_label: str
    end: str
    end_label: str
    type: str
    key: str
    properties: Properties


def nodes(content: Content, vocabulary: Vocabulary) -> Iterator[Node]:
    """Entities, facts and articles, each sorted by IRI."""
    for key, entity in sorted(content.entities.items()):
        yield Node(vocabulary.entity(key), (ENTITY, entity.type.value), _known(_entity(entity)))
    for fact in sorted(content.facts, key=lambda fact: fact.id):
        yield Node(vocabulary.fact(fact.id), (FACT,), _known(_fact(fact)))
    for extraction in content.extractions:
        article = extraction.article
        yield Node(vocabulary.article(article.id), (ARTICLE,), _known(_article(article)))


def relationships(content: Content, vocabulary: Vocabulary) -> Iterator[Relationship]:
    """For every fact its relation, its ends and place, and its claims; sorted by fact."""
    claims = content.claims()
    for fact in sorted(content.facts, key=lambda fact: fact.id):
        iri = vocabulary.fact(fact.id)
        subject, object = vocabulary.entity(fact.subject), vocabulary.entity(fact.object)
        yield Relationship(subject, ENTITY, object, ENTITY, _type(fact), fact.id, _known(_fact(fact)))
        yield Relationship(iri, FACT, subject, ENTITY, "SUBJECT", "", {})
        yield Relationship(iri, FACT, object, ENTITY, "OBJECT", "", {})
        if fact.place_entity is not None:
            yield Relationship(iri, FACT, vocabulary.entity(fact.place_entity), ENTITY, "PLACE", "", {})
        for id in fact.claims:
            if id in claims:
                article = vocabulary.article(claims[id].article)
                yield Relationship(iri, FACT, article, ARTICLE, "CLAIMED_IN", id, _known(_claim(claims[id])))


def _type(fact: Fact) -> str:
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", fact.relation).upper()
    state = standing(fact)
    prefix = "" if state == "actual" else state.upper()
    return "_".join(part for part in (prefix, "ENDED" if fact.ended else "", name) if part)


def _entity(entity: Entity) -> dict[str, Value | None]:
    latitude, longitude = entity.coordinates or (None, None)
    wikidata = [each.removeprefix("wikidata:") for each in entity.identifiers if each.startswith("wikidata:")]
    return {
        "key": entity.key,
        "name": entity.label,
        "type": entity.type.value,
        "country": entity.country,
        "wikidata": wikidata[0] if wikidata else None,
        "aliases": entity.aliases or None,
        "latitude": latitude,
        "longitude": longitude,
    }


def _fact(fact: Fact) -> dict[str, Value | None]:
    period = fact.date
    return {
        "key": fact.id,
        "relation": fact.relation,
        "status": standing(fact),
        "ended": fact.ended,
        "date": period.edtf if period else None,
        "date_precision": precision(period),
        "earliest": period.earliest if period else None,
        "latest": period.latest if period else None,
        "place": fact.place,
        "item": fact.item,
        "confidence": fact.confidence,
        "sources": fact.source_count,
        "independent_sources": fact.independent_source_count,
        "first_reported": fact.first_reported,
        "last_reported": fact.last_reported,
    }


def _claim(claim: Claim) -> dict[str, Value | None]:
    return {
        "key": claim.id,
        "status": claim.status.value,
        "date": claim.date.edtf if claim.date else None,
        "said_by": claim.said_by,
        "quote": claim.quote,
        "start": claim.span.start,
        "end": claim.span.end,
        "confidence": claim.confidence,
        "reader": claim.reader,
    }


def _article(article: Article) -> dict[str, Value | None]:
    return {
        "key": article.id,
        "document": article.document,
        "title": article.title,
        "published": article.published,
        "publisher": article.publisher,
        "url": article.url,
    }


def _known(properties: Mapping[str, Value | None]) -> Properties:
    return {name: value for name, value in properties.items() if value is not None and value != ""}
