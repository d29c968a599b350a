"""Answers and how they are written: table, CSV, TSV, JSON, XML, Turtle."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize as serialize_rdf

from geograph.errors import QueryError

Term = NamedNode | BlankNode | Literal | Triple
_STRING = "http://www.w3.org/2001/XMLSchema#string"
_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle")


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
    formula begins with an apostrophe (OWASP: CSV injection); TSV, JSON and XML give every value as it is.
    """
    if format not in FORMATS:
        raise QueryError(f"unknown format {format!r}; use one of {', '.join(FORMATS)}")
    if isinstance(result, Description):
        if format not in ("turtle", "table"):
            raise QueryError(f"the answer is a graph, which {format} cannot hold; use turtle")
        return serialize_rdf(result.triples, format=RdfFormat.TURTLE, prefixes=dict(result.prefixes)) or b""
    if format == "turtle":
        raise QueryError("the answer is no graph, and turtle holds only those; use table, csv, tsv, json or xml")
    if isinstance(result, Truth):
        return _truth(result.value, format).encode()
    writers = {"table": _table, "csv": _csv, "tsv": _tsv, "json": _json, "xml": _xml}
    return "".join(writers[format](result)).encode("utf-8", errors="replace")


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

    cells = [table.variables, *(tuple(_printable(shown(term)) for term in row) for row in table.terms)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(table.variables))]
    for number, row in enumerate(cells):
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n"
        if number == 0:
            yield "  ".join("-" * width for width in widths) + "\n"
    yield f"({len(table.terms)} {'row' if len(table.terms) == 1 else 'rows'})\n"


def _printable(text: str) -> str:
    # News text may hold terminal escape sequences.
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def _csv(table: Table) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(table.variables)
    for row in table.rows:
        writer.writerow(["" if cell is None else _inert(cell) for cell in row])
    yield buffer.getvalue()


def _inert(cell: str) -> str:
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} and not _is_number(cell) else cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


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


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        return {"type": "literal", "value": str(term)}
    extra = {"xml:lang": term.language} if term.language else {"datatype": term.datatype.value}
    return {"type": "literal", "value": term.value, **({} if extra.get("datatype") == _STRING else extra)}


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
    described = _json_term(term)
    text = escape(_xml_allowed(described["value"]), {"\r": "&#13;"})
    if described["type"] != "literal":
        return f"<{described['type']}>{text}</{described['type']}>"
    if "xml:lang" in described:
        return f"<literal xml:lang={quoteattr(described['xml:lang'])}>{text}</literal>"
    datatype = f" datatype={quoteattr(described['datatype'])}" if "datatype" in described else ""
    return f"<literal{datatype}>{text}</literal>"


def _xml_allowed(text: str) -> str:
    """The text without the control characters that XML 1.0 cannot hold at all."""
    return "".join(c if c >= " " or c in "\t\n\r" else "\N{REPLACEMENT CHARACTER}" for c in text)
