"""The nodes and literals of the RDF mapping, and the JSON of a reading."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from struct import pack, unpack
from typing import Any
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad

from geograph.facts import Sketch
from geograph.model import Article, Entity, EntityType, Extraction, Listing, Mention, Span, Via
from geograph.vocabulary import STANDARD_PREFIXES

RDF, RDFS, XSD = STANDARD_PREFIXES["rdf"], STANDARD_PREFIXES["rdfs"], STANDARD_PREFIXES["xsd"]
TYPE = NamedNode(RDF + "type")
LABEL = NamedNode(RDFS + "label")
ALIAS = NamedNode(STANDARD_PREFIXES["skos"] + "altLabel")
SAME_AS = NamedNode(STANDARD_PREFIXES["owl"] + "sameAs")
LATITUDE = NamedNode(STANDARD_PREFIXES["wgs84"] + "lat")
LONGITUDE = NamedNode(STANDARD_PREFIXES["wgs84"] + "long")
TITLE, ISSUED, PUBLISHER, SOURCE = (
    NamedNode(STANDARD_PREFIXES["dcterms"] + name) for name in ("title", "issued", "publisher", "source")
)
WIKIDATA = STANDARD_PREFIXES["wd"]

DECIMAL, DATE, DATE_TIME, INTEGER, BOOLEAN = (
    NamedNode(XSD + name) for name in ("decimal", "date", "dateTime", "integer", "boolean")
)
EDTF = NamedNode(STANDARD_PREFIXES["edtf"] + "EDTF")
JSON = NamedNode(RDF + "JSON")

Node = NamedNode | Literal
Properties = dict[str, list[Node]]
"""The values of each predicate, by the predicate's IRI."""


def properties_of(quads: Iterable[Quad]) -> Properties:
    """What `quads`, which have one subject, say of it."""
    properties: Properties = {}
    for quad in quads:
        if isinstance(quad.object, Node):
            properties.setdefault(quad.predicate.value, []).append(quad.object)
    return properties


def value(node: object) -> str:
    """The IRI of a node or the text of a literal; a store holds nothing else."""
    if isinstance(node, NamedNode | Literal):
        return node.value
    raise TypeError(f"neither an IRI nor a literal: {node}")


def decimal(number: float) -> Literal:
    """The number as xsd:decimal, exactly as Python writes it and without an exponent."""
    return Literal(format(Decimal(repr(number)), "f"), datatype=DECIMAL)


def day(moment: date) -> Literal:
    """The day as xsd:date."""
    return Literal(moment.isoformat(), datatype=DATE)


def moment(time: datetime) -> Literal:
    """The moment as xsd:dateTime, to the second, in UTC."""
    return Literal(f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", datatype=DATE_TIME)


def integer(number: int) -> Literal:
    """The number as xsd:integer."""
    return Literal(str(number), datatype=INTEGER)


def boolean(truth: bool) -> Literal:
    """The truth value as xsd:boolean."""
    return Literal("true" if truth else "false", datatype=BOOLEAN)


def source_iri(url: str | None) -> NamedNode | None:
    """The node of an article's URL; characters that no IRI may hold are percent-encoded. None for a relative one."""
    if url is None or "://" not in url:
        return None
    try:
        return NamedNode(quote(url, safe="!#$%&'()*+,/:;=?@[]~"))
    except ValueError:
        return None


def sketch_text(sketch: Sketch) -> str:
    """A sketch as text: its hashes, eight bytes each, in base 64."""
    return b64encode(pack(f">{len(sketch)}Q", *sketch)).decode("ascii")


def sketch_from(text: str) -> Sketch:
    """The sketch that `sketch_text` wrote."""
    data = b64decode(text)
    return unpack(f">{len(data) // 8}Q", data)


def reading_json(extraction: Extraction) -> str:
    """What of an extraction no other triple says, as compact JSON with sorted keys."""
    article = extraction.article
    iri = source_iri(article.url)
    reading: dict[str, Any] = {
        "metadata": article.metadata,
        "entities": [
            [each.key, each.type, each.label, each.country, each.aliases, each.identifiers, each.coordinates, each.rule]
            + ([[[listed.list, listed.authority, listed.program] for listed in each.listings]] if each.listings else [])
            for each in extraction.entities
        ],
        "mentions": [
            [each.span.start, each.span.end, each.type, each.via, each.entity]
            + ([] if each.text == each.span.of(article.text) else [each.text])
            for each in extraction.mentions
        ],
        "claims": [claim.id for claim in extraction.claims],
    }
    if article.url is not None and (iri is None or iri.value != article.url):
        reading["url"] = article.url
    return json.dumps(reading, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def entities_of(reading: dict[str, Any]) -> tuple[Entity, ...]:
    """The entities that a reading holds."""
    return tuple(
        Entity(
            key=key,
            type=EntityType(type),
            label=label,
            country=country,
            aliases=tuple(aliases),
            identifiers=tuple(identifiers),
            coordinates=(coordinates[0], coordinates[1]) if coordinates else None,
            rule=rule,
            listings=tuple(Listing(*listed) for found in listings for listed in found),
        )
        for key, type, label, country, aliases, identifiers, coordinates, rule, *listings in reading["entities"]
    )


def mentions_of(reading: dict[str, Any], article: Article) -> tuple[Mention, ...]:
    """The mentions that a reading of `article` holds."""
    return tuple(
        Mention(
            span=Span(start, end),
            text=text[0] if text else article.text[start:end],
            type=EntityType(type),
            via=Via(via),
            entity=entity,
        )
        for start, end, type, via, entity, *text in reading["mentions"]
    )
