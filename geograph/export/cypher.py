r"""A Cypher script that writes the content into a running Neo4j: constraints, then MERGE by key.

It can be run again after a new build: what is there is updated, nothing is doubled. Every value from a text stands in a
string literal; labels and types come from the ontology and are held against a pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from geograph.errors import GeographError
from geograph.export.options import Content
from geograph.export.property_graph import (
    ARTICLE,
    ENTITY,
    FACT,
    Node,
    Properties,
    Relationship,
    Value,
    nodes,
    relationships,
)
from geograph.vocabulary import Vocabulary

ROWS = 500
"""How many nodes or relationships one statement writes."""
_NAME = re.compile(r"[^\W\d]\w*")
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def script(content: Content, vocabulary: Vocabulary) -> Iterator[str]:
    """The statements, each ended by a semicolon and a line break."""
    for label in (ENTITY, FACT, ARTICLE):
        name = f"geograph_{label.lower()}"
        yield f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.iri IS UNIQUE;\n"
    by_labels: dict[tuple[str, ...], list[Node]] = {}
    for node in nodes(content, vocabulary):
        by_labels.setdefault(node.labels, []).append(node)
    for labels, of_kind in sorted(by_labels.items()):
        for start in range(0, len(of_kind), ROWS):
            yield _nodes(labels, of_kind[start : start + ROWS])
    by_type: dict[tuple[str, str, str], list[Relationship]] = {}
    for each in relationships(content, vocabulary):
        by_type.setdefault((each.start_label, each.type, each.end_label), []).append(each)
    for kind, of_type in sorted(by_type.items()):
        for start in range(0, len(of_type), ROWS):
            yield _relationships(kind, of_type[start : start + ROWS])


def _nodes(labels: Sequence[str], of_kind: Sequence[Node]) -> str:
    first, *more = map(_name, labels)
    rows = ",\n".join(f"  {{iri: {literal(node.iri)}, properties: {_map(node.properties)}}}" for node in of_kind)
    also = "".join(f" SET n:{label}" for label in more)
    return f"UNWIND [\n{rows}\n] AS row\nMERGE (n:{first} {{iri: row.iri}}) SET n += row.properties{also};\n"


def _relationships(kind: tuple[str, str, str], of_type: Sequence[Relationship]) -> str:
    start, type, end = map(_name, kind)
    rows = ",\n".join(
        f"  {{start: {literal(each.start)}, end: {literal(each.end)}, key: {literal(each.key)}, "
        f"properties: {_map(each.properties)}}}"
        for each in of_type
    )
    return (
        f"UNWIND [\n{rows}\n] AS row\nMATCH (a:{start} {{iri: row.start}}), (b:{end} {{iri: row.end}})\n"
        f"MERGE (a)-[r:{type} {{key: row.key}}]->(b) SET r += row.properties;\n"
    )


def _name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise GeographError(f"{name!r} cannot be a label or type in Cypher; rename that relation in its ontology")
    return name


def _map(properties: Properties) -> str:
    return "{" + ", ".join(f"{name}: {literal(value)}" for name, value in properties.items()) + "}"


def literal(value: Value) -> str:
    """The value as Cypher writes it."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _string(value)
        case date():
            return f"date('{value.isoformat()}')"
        case tuple():
            return "[" + ", ".join(map(_string, value)) + "]"
    return repr(value)


def _string(text: str) -> str:
    r"""The text between single quotes, on one line.

    Some versions of Cypher undo \uXXXX before they read strings, so a "u" after a backslash of the text is an escape
    itself: nothing in a text can end its string either way.
    """
    return "'" + "".join(map(_escaped, text, f"'{text}")) + "'"


def _escaped(character: str, before: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    code = ord(character)
    hidden = code < 32 or 127 <= code < 160 or code in (0x2028, 0x2029)
    return f"\\u{code:04X}" if hidden or (before == "\\" and character in "uU") else character
