"""Parquet: facts, claims, entities and articles as typed tables, for pandas, DuckDB and Spark (extra `parquet`).

A date is an EDTF string with its precision, and two days between which it lies. The same content gives the same bytes
with the same version of pyarrow: rows are sorted, and the writer's options are fixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from geograph.errors import GeographError
from geograph.export.options import Content, precision
from geograph.facts import holds
from geograph.model import Article, Claim, Entity, Fact, Period

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped, import-not-found, unused-ignore]

_PERIOD = {"date": "string", "date_precision": "string", "earliest": "date32", "latest": "date32"}
_TOLD = {"relation": "string", "subject": "string", "object": "string", "status": "string", **_PERIOD}
_WHERE = {"place": "string", "place_entity": "string", "item": "string", "confidence": "float64", "ended": "bool"}
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "facts": {
        "fact": "string",
        **_TOLD,
        "disputed": "bool",
        "holds": "bool",
        **_WHERE,
        "sources": "int32",
        "independent_sources": "int32",
        "first_reported": "date32",
        "last_reported": "date32",
        "claims": "strings",
    },
    "claims": {
        "claim": "string",
        "fact": "string",
        "article": "string",
        **_TOLD,
        **_WHERE,
        "said_by": "string",
        "quote": "string",
        "start": "int32",
        "end": "int32",
        "trigger": "string",
        "reader": "string",
        "version": "string",
    },
    "entities": {
        "entity": "string",
        "type": "string",
        "label": "string",
        "country": "string",
        "aliases": "strings",
        "identifiers": "strings",
        "latitude": "float64",
        "longitude": "float64",
    },
    "articles": {
        "article": "string",
        "document": "string",
        "title": "string",
        "published": "date32",
        "publisher": "string",
        "agency": "string",
        "url": "string",
        "sample": "bool",
    },
}
"""The columns of each table with their types."""


def tables(content: Content) -> dict[str, bytes]:
    """The four files by name. Raises GeographError where pyarrow is not installed."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq  # type: ignore[import-untyped, import-not-found, unused-ignore]
    except ModuleNotFoundError as error:
        raise GeographError(
            f"Parquet needs a further package ({error.name} is missing); run `pip install 'geograph[parquet]'`"
        ) from error
    fact_of = {claim: fact.id for fact in content.facts for claim in fact.claims}
    claims = sorted(content.claims().items())
    rows: dict[str, Iterable[dict[str, Any]]] = {
        "facts": map(_fact, sorted(content.facts, key=lambda fact: fact.id)),
        "claims": (_claim(id, claim, fact_of.get(id)) for id, claim in claims),
        "entities": (_entity(entity) for _, entity in sorted(content.entities.items())),
        "articles": (_article(extraction.article) for extraction in content.extractions),
    }
    files = {}
    for name, columns in COLUMNS.items():
        schema = pa.schema([pa.field(column, _type(kind)) for column, kind in columns.items()])
        out = BytesIO()
        table = pa.Table.from_pylist(list(rows[name]), schema=schema)
        pq.write_table(table, out, version="2.6", compression="zstd", compression_level=3, row_group_size=65_536)
        files[f"{name}.parquet"] = out.getvalue()
    return files


def _type(kind: str) -> pa.DataType:
    import pyarrow as pa

    types: dict[str, pa.DataType] = {
        "string": pa.string(),
        "strings": pa.list_(pa.string()),
        "date32": pa.date32(),
        "float64": pa.float64(),
        "int32": pa.int32(),
        "bool": pa.bool_(),
    }
    return types[kind]


def _period(period: Period | None) -> Iterator[tuple[str, object]]:
    if period is not None:
        yield from (("date", period.edtf), ("date_precision", precision(period)))
        yield from (("earliest", period.earliest), ("latest", period.latest))


def _told(told: Fact | Claim) -> dict[str, Any]:
    return {
        "relation": told.relation,
        "subject": told.subject,
        "object": told.object,
        "status": told.status.value,
        **dict(_period(told.date)),
        "place": told.place,
        "place_entity": told.place_entity,
        "item": told.item,
        "confidence": told.confidence,
        "ended": told.ended,
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "fact": fact.id,
        **_told(fact),
        "disputed": fact.disputed,
        "holds": holds(fact),
        "sources": fact.source_count,
        "independent_sources": fact.independent_source_count,
        "first_reported": fact.first_reported,
        "last_reported": fact.last_reported,
        "claims": list(fact.claims),
    }


def _claim(id: str, claim: Claim, fact: str | None) -> dict[str, Any]:
    return {
        "claim": id,
        "fact": fact,
        "article": claim.article,
        **_told(claim),
        "said_by": claim.said_by,
        "quote": claim.quote,
        "start": claim.span.start,
        "end": claim.span.end,
        "trigger": claim.trigger,
        "reader": claim.reader,
        "version": claim.version,
    }


def _entity(entity: Entity) -> dict[str, Any]:
    latitude, longitude = entity.coordinates or (None, None)
    return {
        "entity": entity.key,
        "type": entity.type.value,
        "label": entity.label,
        "country": entity.country,
        "aliases": list(entity.aliases),
        "identifiers": list(entity.identifiers),
        "latitude": latitude,
        "longitude": longitude,
    }


def _article(article: Article) -> dict[str, Any]:
    return {
        "article": article.id,
        "document": article.document,
        "title": article.title,
        "published": article.published,
        "publisher": article.publisher,
        "agency": article.agency,
        "url": article.url,
        "sample": article.sample,
    }
