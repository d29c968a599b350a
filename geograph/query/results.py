"""Answers and how they are written: table, CSV, TSV, JSON, XML; graphs as Turtle, N-Triples, JSON-LD."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize as serialize_rdf

from geograph.errors import QueryError
from geograph.escaping import csv_text, for_terminal

Term = NamedNode | BlankNode | Literal | Triple
_STRING = "http://www.w3.org/2001/XMLSchema#string"
FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle", "ntriples", "jsonld")
_GRAPH_FORMATS = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD}


@dataclass(frozen=True)
class Table:
    """The rows of a SELECT. `terms` are RDF terms, None where a variable is unbound.

    `names` gives the IRIs of entities the names by which people know them; only the plain table shows these.
    """

    variables: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]
    prefixes: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> list[tuple[str | None, ...]]:
        """The rows as plain text: IRIs in full, literals without datatype."""
        return [tuple(None if term is None else _text(term) for term in row) for row in self.terms]


@dataclass(frozen=True)
class Truth:
    """The answer to an ASK."""

    value: bool

    def __bool__(self) -> bool:
        return self.value


@dataclass(frozen=True)
class Description:
    """The triples of a CONSTRUCT or DESCRIBE, sorted."""

    triples: tuple[Triple, ...]
    prefixes: Mapping[str, str]


Result = Table | Truth | Description


def serialize(result: Result, format: str = "table") -> bytes:
    """The answer in one of `FORMATS`, as UTF-8. Raises QueryError where the format cannot hold it.

    JSON, XML, CSV and TSV follow the W3C's SPARQL 1.1 results formats. In CSV, a cell that a spreadsheet would run as a
    formula begins with an apostrophe (OWASP: CSV injection); TSV, JSON and XML give every value as it is. The graph of
    a CONSTRUCT or DESCRIBE is written as Turtle, N-Triples or JSON-LD; `table` gives Turtle.
    """
    check_format(format)
    if isinstance(result, Description):
        return _graph(result, format)
    if format in _GRAPH_FORMATS:
        raise QueryError(f"the answer is no graph, and {format} holds only those; use table, csv, tsv, json or xml")
    if isinstance(result, Truth):
        return _truth(result.value, format).encode()
    writers = {"table": _table, "csv": _csv, "tsv": _tsv, "json": _json, "xml": _xml}
    return "".join(writers[format](result)).encode("utf-8", errors="replace")


def check_format(format: str) -> None:
    """Nothing, for one of `FORMATS`. Raises QueryError for any other."""
    if format not in FORMATS:
        raise QueryError(f"unknown format {format!r}; use one of {', '.join(FORMATS)}")


def _graph(result: Description, format: str) -> bytes:
    kind = _GRAPH_FORMATS.get("turtle" if format == "table" else format)
    if kind is None:
        raise QueryError(f"the answer is a graph, which {format} cannot hold; use {', '.join(_GRAPH_FORMATS)}")
    prefixes = dict(result.prefixes) if kind is not RdfFormat.N_TRIPLES else None
    return serialize_rdf(result.triples, format=kind, prefixes=prefixes) or b""


def _truth(value: bool, format: str) -> str:
    word = "true" if value else "false"
    if format == "json":
        return f'{{"head":{{}},"boolean":{word}}}\n'
    if format == "xml":
        return f"{_XML_HEAD}<head/><boolean>{word}</boolean></sparql>\n"
    return word + "\n"


def _text(term: Term) -> str:
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    return str(term) if isinstance(term, Triple) else term.value


def _short(term: Term | None, prefixes: Sequence[tuple[str, str]]) -> str:
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        for prefix, namespace in prefixes:
            local = term.value.removeprefix(namespace)
            if local != term.value and "/" not in local and "#" not in local:
                return f"{prefix}:{local}"
    return " ".join(_text(term).split())


def _table(table: Table) -> Iterator[str]:
    """Columns of plain text: entities by name, other IRIs shortened by their prefixes, control characters taken out."""
    prefixes = sorted(table.prefixes.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    bearers = Counter(table.names.values())

    def shown(term: Term | None) -> str:
        short = _short(term, prefixes)
        name = table.names.get(term.value) if isinstance(term, NamedNode) else None
        if name is None:
            return short
        return name if bearers[name] == 1 else f"{name} ({short})"

    cells = [table.variables, *(tuple(for_terminal(shown(term)) for term in row) for row in table.terms)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(table.variables))]
    for number, row in enumerate(cells):
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n"
        if number == 0:
            yield "  ".join("-" * width for width in widths) + "\n"
    yield f"({len(table.terms)} {'row' if len(table.terms) == 1 else 'rows'})\n"


def _csv(table: Table) -> Iterator[str]:
    yield from csv_text([table.variables, *([cell or "" for cell in row] for row in table.rows)])


def _tsv(table: Table) -> Iterator[str]:
    yield "\t".join(f"?{variable}" for variable in table.variables) + "\n"
    for row in table.terms:
        cells = ("" if term is None else str(term).replace("\t", "\\t") for term in row)
        yield "\t".join(cells) + "\n"


def _json(table: Table) -> Iterator[str]:
    bindings = [
        {name: _json_term(term) for name, term in zip(table.variables, row, strict=True) if term is not None}
        for row in table.terms
    ]
    answer = {"head": {"vars": table.variables}, "results": {"bindings": bindings}}
    yield json.dumps(answer, ensure_ascii=False, separators=(",", ":")) + "\n"


def _json_term(term: Term) -> dict[str, object]:
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}
    kind, text, extra = _described(term)
    return {"type": kind, "value": text, **extra}


def _described(term: NamedNode | BlankNode | Literal) -> tuple[str, str, dict[str, str]]:
    """The term's kind, text, and language or datatype, as JSON and XML name them."""
    if isinstance(term, NamedNode):
        return "uri", term.value, {}
    if isinstance(term, BlankNode):
        return "bnode", term.value, {}
    if term.language:
        return "literal", term.value, {"xml:lang": term.language}
    return "literal", term.value, {} if term.datatype.value == _STRING else {"datatype": term.datatype.value}


# What XML 1.0 cannot hold at all, not even as a character reference.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENDS = re.compile(r"\A[ \t\n]+|[ \t\n]+\Z")
_REPLACED = "\N{REPLACEMENT CHARACTER}"
_XML_HEAD = '<?xml version="1.0"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">'


def _xml(table: Table) -> Iterator[str]:
    yield _XML_HEAD + "<head>"
    for name in table.variables:
        yield f"<variable name={quoteattr(name)}/>"
    yield "</head><results>\n"
    for row in table.terms:
        yield "<result>"
        for name, term in zip(table.variables, row, strict=True):
            if term is not None:
                yield f"<binding name={quoteattr(name)}>{_xml_term(term)}</binding>"
        yield "</result>\n"
    yield "</results></sparql>\n"


def _xml_term(term: Term) -> str:
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return f"<triple>{''.join(f'<{name}>{_xml_term(part)}</{name}>' for name, part in parts.items())}</triple>"
    kind, text, extra = _described(term)
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in extra.items())
    return f"<{kind}{attributes}>{_xml_text(text)}</{kind}>"


def _xml_text(text: str) -> str:
    """The text for an element. Blanks at its ends are character references, because readers strip others (Oxigraph)."""
    escaped = escape(_NOT_IN_XML.sub(_REPLACED, text), {"\r": "&#13;"})
    return _ENDS.sub(lambda blanks: "".join(f"&#{ord(blank)};" for blank in blanks[0]), escaped)
