"""Neo4j: two CSV files for `neo4j-admin database import full`, with its header rules.

Values are given as they are: the importer reads a file, no spreadsheet, and an apostrophe before an equals sign would
become part of a name. Quotes may run over lines, so the import needs `--multiline-fields=true`.
Source: Neo4j Operations Manual, "Import", CSV header format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain

from geograph.export.options import Content
from geograph.export.property_graph import Value, nodes, relationships
from geograph.vocabulary import Vocabulary

ARRAY_DELIMITER = ";"
_SPECIAL = re.compile(r'[",\r\n]|^\s|\s$')
NODE_COLUMNS: Mapping[str, str] = {
    "key": "string",
    "name": "string",
    "type": "string",
    "country": "string",
    "wikidata": "string",
    "aliases": "string[]",
    "latitude": "double",
    "longitude": "double",
    "relation": "string",
    "status": "string",
    "ended": "boolean",
    "date": "string",
    "date_precision": "string",
    "earliest": "date",
    "latest": "date",
    "place": "string",
    "item": "string",
    "confidence": "double",
    "sources": "int",
    "independent_sources": "int",
    "first_reported": "date",
    "last_reported": "date",
    "document": "string",
    "title": "string",
    "published": "date",
    "publisher": "string",
    "url": "string",
}
RELATIONSHIP_COLUMNS: Mapping[str, str] = {
    **{
        name: kind
        for name, kind in NODE_COLUMNS.items()
        if name in ("key", "relation", "status", "ended", "date", "date_precision", "earliest", "latest", "place")
        or name in ("item", "confidence", "sources", "independent_sources", "first_reported", "last_reported")
    },
    "said_by": "string",
    "quote": "string",
    "start": "int",
    "end": "int",
    "reader": "string",
}


def files(content: Content, vocabulary: Vocabulary) -> dict[str, bytes]:
    """`nodes.csv` and `relationships.csv`."""
    node_rows = (
        [node.iri, *(_cell(node.properties.get(name)) for name in NODE_COLUMNS), ARRAY_DELIMITER.join(node.labels)]
        for node in nodes(content, vocabulary)
    )
    relationship_rows = (
        [each.start, each.end, each.type, *(_cell(each.properties.get(name)) for name in RELATIONSHIP_COLUMNS)]
        for each in relationships(content, vocabulary)
    )
    return {
        "nodes.csv": _csv(["iri:ID", *_typed(NODE_COLUMNS), ":LABEL"], node_rows),
        "relationships.csv": _csv([":START_ID", ":END_ID", ":TYPE", *_typed(RELATIONSHIP_COLUMNS)], relationship_rows),
    }


def _typed(columns: Mapping[str, str]) -> list[str]:
    return [f"{name}:{kind}" for name, kind in columns.items()]


def _csv(header: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    lines = (",".join(map(_quoted, row)) for row in chain([header], rows))
    return "".join(f"{line}\n" for line in lines).encode("utf-8", errors="replace")


def _quoted(cell: str) -> str:
    """The cell as the importer reads it; Python's csv leaves a lone carriage return bare, which would end the line."""
    return '"' + cell.replace('"', '""') + '"' if _SPECIAL.search(cell) else cell


def _cell(value: Value | None) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case tuple():
            # The importer knows no way to write its delimiter inside an element; the Cypher script keeps such names.
            return ARRAY_DELIMITER.join(each for each in value if ARRAY_DELIMITER not in each)
    return str(value)
