"""Answers in the W3C's formats, read back by other programs: Oxigraph, rdflib, SPARQLWrapper."""

from __future__ import annotations

import csv
import io
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results as parse_results,
)

from geograph.errors import QueryError
from geograph.query import Description, Table, Truth, serialize

rdflib = pytest.importorskip("rdflib")

XSD = "http://www.w3.org/2001/XMLSchema#"
TEXTS = st.text(max_size=30) | st.sampled_from(
    [
        "\x00\x1b[2J",
        "\r\n\t\r",
        "</literal><!--",
        "]]>&amp;",
        '"""\\',
        "\\u0041",
        "\ufffe\uffff\ud7ff",
        "=1+1",
        "é\u0301 \u202e",
    ]
)
IRIS = st.from_regex(r"\Ahttp://x\.example/[a-z0-9é&'=?_-]{0,12}\Z").map(NamedNode)
LITERALS = (
    TEXTS.map(Literal)
    | st.builds(lambda text, tag: Literal(text, language=tag), TEXTS, st.sampled_from(["en", "pt-br", "zh-hant"]))
    | st.builds(lambda text, iri: Literal(text, datatype=iri), TEXTS, IRIS)
    | st.integers(-1000, 1000).map(lambda n: Literal(str(n), datatype=NamedNode(XSD + "integer")))
)
NODES = st.from_regex(r"\A[a-z][a-z0-9]{0,5}\Z").map(BlankNode)
TERMS = st.none() | IRIS | LITERALS | NODES
TABLES = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.tuples(*[TERMS] * width), max_size=4).map(
        lambda rows: Table(tuple("abc"[:width]), tuple(rows), {})
    )
)


def xml_text(text: str) -> str:
    """The text with what XML 1.0 cannot hold replaced."""
    return "".join(
        c if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff") else "\N{REPLACEMENT CHARACTER}" for c in text
    )


def in_xml(term: Any) -> Any:
    if not isinstance(term, Literal):
        return term
    if term.language:
        return Literal(xml_text(term.value), language=term.language)
    return Literal(xml_text(term.value), datatype=term.datatype)


def oxigraph_rows(table: Table, format: str, kind: QueryResultsFormat) -> tuple[tuple[Any, ...], ...]:
    back = parse_results(serialize(table, format), kind)
    assert isinstance(back, QuerySolutions)
    assert tuple(variable.value for variable in back.variables) == table.variables
    return tuple(tuple(solution) for solution in back)


@settings(max_examples=150)
@given(TABLES)
def test_oxigraph_reads_json_tsv_and_xml_back(table: Table) -> None:
    assert oxigraph_rows(table, "json", QueryResultsFormat.JSON) == table.terms
    assert oxigraph_rows(table, "tsv", QueryResultsFormat.TSV) == table.terms
    assert oxigraph_rows(table, "xml", QueryResultsFormat.XML) == tuple(tuple(map(in_xml, row)) for row in table.terms)


def in_rdflib(term: Any) -> Any:
    """The same term as rdflib has it, literals as they are written."""
    match term:
        case None:
            return None
        case NamedNode():
            return rdflib.URIRef(term.value)
        case BlankNode():
            return rdflib.BNode(term.value)
        case _ if term.language:
            return rdflib.Literal(term.value, lang=term.language)
    datatype = None if term.datatype.value == XSD + "string" else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, datatype=datatype, normalize=False)


@settings(max_examples=150)
@given(TABLES)
def test_rdflib_reads_json_and_xml_back(table: Table) -> None:
    for format, rows in (("json", table.terms), ("xml", [tuple(map(in_xml, row)) for row in table.terms])):
        back = rdflib.query.Result.parse(io.BytesIO(serialize(table, format)), format=format)
        assert [str(variable) for variable in back.vars] == list(table.variables)
        found = [[row.get(variable) for variable in back.vars] for row in back.bindings]
        wanted = [[in_rdflib(term) for term in row] for row in rows]
        assert [[_alike(term) for term in row] for row in found] == [[_alike(term) for term in row] for row in wanted]


def _alike(term: Any) -> Any:
    """rdflib names blank nodes anew."""
    return "a blank node" if isinstance(term, rdflib.BNode) else term


@settings(max_examples=150)
@given(TABLES)
def test_csv_gives_every_text_and_no_formula(table: Table) -> None:
    header, *rows = csv.reader(io.StringIO(serialize(table, "csv").decode(), newline=""))
    assert tuple(header) == table.variables
    for row, cells in zip(table.rows, rows, strict=True):
        for text, cell in zip(row, cells, strict=True):
            assert cell.removeprefix("'") == (text or "").removeprefix("'")
            assert cell[:1] not in ("=", "@", "\t", "\r", "\n")


def test_lines_of_csv_end_as_its_rfc_says() -> None:
    table = Table(("a", "b"), ((Literal("x"), Literal('say "y"')),), {})
    assert serialize(table, "csv") == b'a,b\r\nx,"say ""y"""\r\n'


def test_a_triple_term_is_a_term_of_its_own() -> None:
    triple = Triple(NamedNode("x:s"), NamedNode("x:p"), Literal("o"))
    table = Table(("t",), ((triple,),), {})
    assert oxigraph_rows(table, "json", QueryResultsFormat.JSON) == ((triple,),)
    assert oxigraph_rows(table, "xml", QueryResultsFormat.XML) == ((triple,),)


@contextmanager
def endpoint(content: bytes, type: str) -> Iterator[str]:
    """A server on this machine that answers every question with the content."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/sparql"
        server.shutdown()
        thread.join()


def test_sparqlwrapper_reads_json_xml_and_turtle() -> None:
    wrapper = pytest.importorskip("SPARQLWrapper")
    hostile = '</literal> "quoted" \u2028 \\n é\r\n\t'
    table = Table(
        ("a", "b"), ((Literal(hostile), None), (NamedNode("http://x.example/é"), Literal("1", language="en"))), {}
    )

    def asked(content: bytes, type: str, format: str) -> Any:
        with endpoint(content, type) as url:
            client = wrapper.SPARQLWrapper(url)
            client.setQuery("SELECT * { ?a ?p ?b }" if format != "turtle" else "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")
            client.setReturnFormat(format)
            return client.query().convert()

    found = asked(serialize(table, "json"), "application/sparql-results+json", wrapper.JSON)
    assert [sorted(row) for row in found["results"]["bindings"]] == [["a"], ["a", "b"]]
    assert found["results"]["bindings"][0]["a"]["value"] == hostile
    document = asked(serialize(table, "xml"), "application/sparql-results+xml", wrapper.XML)
    assert document.getElementsByTagName("literal")[0].firstChild.data == hostile
    assert asked(serialize(Truth(True), "json"), "application/sparql-results+json", wrapper.JSON)["boolean"] is True


TRIPLES = st.lists(st.builds(Triple, IRIS, IRIS, IRIS | LITERALS), max_size=5, unique_by=str)


@settings(max_examples=100)
@given(TRIPLES)
def test_graphs_are_read_back_from_turtle_n_triples_and_json_ld(triples: list[Triple]) -> None:
    answer = Description(tuple(sorted(triples, key=str)), {"x": "http://x.example/"})
    for format, kind in (
        ("turtle", RdfFormat.TURTLE),
        ("ntriples", RdfFormat.N_TRIPLES),
        ("jsonld", RdfFormat.JSON_LD),
    ):
        back = {quad.triple for quad in parse(serialize(answer, format), format=kind)}
        assert back == set(triples), format


@pytest.mark.filterwarnings("ignore:.*is deprecated.*:DeprecationWarning")  # rdflib's own
def test_rdflib_reads_the_graph_formats() -> None:
    text = Literal('a "b"\n\\ \u2028 é', language="en")
    answer = Description((Triple(NamedNode("http://x.example/s"), NamedNode("http://x.example/p"), text),), {})
    for format, name in (("turtle", "turtle"), ("ntriples", "nt"), ("jsonld", "json-ld")):
        graph = rdflib.Dataset(default_union=True).parse(data=serialize(answer, format), format=name)
        assert set(graph.objects()) == {rdflib.Literal(text.value, lang="en")}


def test_formats_of_graphs_and_of_tables_are_told_apart() -> None:
    table, graph = Table((), (), {}), Description((), {})
    assert serialize(graph, "table") == serialize(graph, "turtle")
    for format in ("turtle", "ntriples", "jsonld"):
        with pytest.raises(QueryError, match=f"no graph, and {format} holds only those"):
            serialize(table, format)
    for format in ("csv", "tsv", "json", "xml"):
        with pytest.raises(QueryError, match="use turtle, ntriples, jsonld"):
            serialize(graph, format)


def test_an_answer_without_rows_or_columns_is_still_well_formed() -> None:
    table = Table((), ((),), {})
    assert json.loads(serialize(table, "json")) == {"head": {"vars": []}, "results": {"bindings": [{}]}}
    assert oxigraph_rows(Table(("a",), (), {}), "xml", QueryResultsFormat.XML) == ()
