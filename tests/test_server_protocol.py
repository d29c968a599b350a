"""The SPARQL 1.1 Protocol over a real server: every case of the W3C's suite that a read-only service can be asked.

The cases are named as in https://w3c.github.io/rdf-tests/sparql/sparql11/protocol/; the requests are our own. Where
they name graphs, these are articles of the store, as this server fetches none.
"""

from __future__ import annotations

import csv
import io
import subprocess
from collections.abc import Iterator
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pyoxigraph
import pytest
from claim_factory import RELATIONS
from hypothesis import given, strategies as st
from server_process import Answered, Server, serving
from summer_news import world

from geograph.server.negotiation import GRAPHS, TABLES, choose
from geograph.server.protocol import DIRECT, FORM, ProtocolError, from_get, from_post
from geograph.store import Store

MET = "SELECT ?a ?b { ?a gg:meets ?b }"
MADE = "CONSTRUCT { ?a gg:meets ?b } { ?a gg:meets ?b }"
FORMS = {"Content-Type": FORM}
QUERIES = {"Content-Type": DIRECT}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("protocol") / "store"
    with Store.open(folder, relations=RELATIONS) as fresh:
        fresh.add(world())
    with serving(folder, "--workers", "2", "--quiet") as running:
        yield running


@pytest.fixture(scope="module")
def graphs(server: Server) -> list[str]:
    """The names of the graphs: one an article."""
    found = server.ask("SELECT ?g { ?g a gg:Article } ORDER BY ?g").json()["results"]["bindings"]
    return [row["g"]["value"] for row in found]


def post(server: Server, path: str, body: str | bytes, headers: dict[str, str]) -> Answered:
    return server.request("POST", path, body.encode() if isinstance(body, str) else body, headers)


def truth(answer: Answered) -> bool:
    assert answer.status == 200, answer.text
    assert answer.type == "application/sparql-results+json"
    return bool(answer.json()["boolean"])


# Queries that are answered


def test_query_get(server: Server) -> None:
    assert truth(server.get("/sparql?query=ASK%20%7B%7D"))
    assert truth(server.get("/sparql/?query=ASK%20%7B%7D"))


def test_query_post_form(server: Server) -> None:
    assert truth(post(server, "/sparql", "query=ASK%20%7B%7D", FORMS))
    assert truth(post(server, "/sparql", "query=ASK%20%7B%7D", {"Content-Type": f"{FORM}; charset=UTF-8"}))


def test_query_post_direct(server: Server) -> None:
    assert truth(post(server, "/sparql", "ASK {}", QUERIES))


def test_query_dataset_default_graphs_get(server: Server, graphs: list[str]) -> None:
    both = f"ASK {{ <{graphs[0]}> a gg:Article . <{graphs[1]}> a gg:Article }}"
    one, other = (("default-graph-uri", graph) for graph in graphs[:2])
    assert truth(server.get(f"/sparql?{urlencode([('query', both), one, other])}"))
    assert not truth(server.get(f"/sparql?{urlencode([('query', both), one])}"))


def test_query_dataset_default_graphs_post(server: Server, graphs: list[str]) -> None:
    both = f"ASK {{ <{graphs[0]}> a gg:Article . <{graphs[1]}> a gg:Article }}"
    named = urlencode([("default-graph-uri", graph) for graph in graphs[:2]])
    assert truth(post(server, f"/sparql?{named}", both, QUERIES))
    assert truth(post(server, "/sparql", f"{named}&{urlencode({'query': both})}", FORMS))
    assert truth(post(server, f"/sparql?{named}", urlencode({"query": both}), FORMS))


def test_query_dataset_named_graphs_get_and_post(server: Server, graphs: list[str]) -> None:
    query = f"ASK {{ GRAPH ?g {{ <{graphs[0]}> a gg:Article }} GRAPH ?h {{ <{graphs[1]}> a gg:Article }} }}"
    both = urlencode([("named-graph-uri", graph) for graph in graphs[:2]])
    assert truth(server.get(f"/sparql?{both}&{urlencode({'query': query})}"))
    assert truth(post(server, f"/sparql?{both}", query, QUERIES))
    assert not truth(post(server, f"/sparql?{urlencode({'named-graph-uri': graphs[0]})}", query, QUERIES))
    assert not truth(post(server, f"/sparql?{both}", f"ASK {{ <{graphs[0]}> ?p ?o }}", QUERIES))


def test_query_dataset_full(server: Server, graphs: list[str]) -> None:
    query = f"ASK {{ <{graphs[2]}> a gg:Article GRAPH ?g {{ <{graphs[0]}> a gg:Article }} }}"
    fields = [("default-graph-uri", graphs[2]), ("named-graph-uri", graphs[0])]
    assert truth(post(server, f"/sparql?{urlencode(fields)}", query, QUERIES))


def test_a_graph_that_the_store_lacks_is_named_and_not_fetched(server: Server) -> None:
    for field in ("default-graph-uri", "named-graph-uri"):
        for graph in ("http://127.0.0.1:9/data.rdf", "file:///etc/passwd", "no iri at all"):
            answer = server.ask("ASK {}", **{field: graph})
            assert answer.status == 400 and graph in answer.text


def test_query_multiple_dataset_is_refused_as_every_from_is(server: Server, graphs: list[str]) -> None:
    answer = server.ask(f"ASK FROM <{graphs[0]}> {{ ?s ?p ?o }}", **{"default-graph-uri": graphs[1]})
    assert answer.status == 403 and "FROM is refused" in answer.text


@pytest.mark.parametrize(
    ("accept", "type"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.3, application/sparql-results+xml;q=0.8", "application/sparql-results+xml"),
        ("text/turtle, text/*;q=0.5", "text/csv; charset=utf-8"),
    ],
)
def test_query_content_type_select_and_ask(server: Server, accept: str | None, type: str) -> None:
    for query in (MET, "ASK { ?a gg:meets ?b }"):
        answer = server.ask(query, accept)
        assert (answer.status, answer.type) == (200, type)
        assert "Accept" in answer.headers["vary"]


def test_each_format_of_a_select_says_the_same(server: Server) -> None:
    query = "SELECT ?a ?b ?none { ?a gg:meets ?b OPTIONAL { ?a gg:meets 'nobody', ?none } }"
    rows = {(row["a"]["value"], row["b"]["value"]) for row in server.ask(query).json()["results"]["bindings"]}
    assert len(rows) == 2
    root = ElementTree.fromstring(server.ask(query, "application/sparql-results+xml").body)
    space = "{http://www.w3.org/2005/sparql-results#}"
    assert {tuple(uri.text for uri in row.iter(f"{space}uri")) for row in root.iter(f"{space}result")} == rows
    _, *cells = csv.reader(io.StringIO(server.ask(query, "text/csv").text))
    assert {tuple(row[:2]) for row in cells} == rows
    tsv = pyoxigraph.parse_query_results(
        server.ask(query, "text/tab-separated-values").body, pyoxigraph.QueryResultsFormat.TSV
    )
    assert isinstance(tsv, pyoxigraph.QuerySolutions)
    assert {(row["a"].value, row["b"].value) for row in tsv} == rows


@pytest.mark.parametrize(
    ("accept", "type", "format"),
    [
        (None, "text/turtle; charset=utf-8", pyoxigraph.RdfFormat.TURTLE),
        ("text/turtle", "text/turtle; charset=utf-8", pyoxigraph.RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", pyoxigraph.RdfFormat.N_TRIPLES),
        ("application/ld+json", "application/ld+json", pyoxigraph.RdfFormat.JSON_LD),
        ("application/rdf+xml", "application/rdf+xml", pyoxigraph.RdfFormat.RDF_XML),
        ("application/rdf+xml;q=0.1, text/turtle;q=0", "application/rdf+xml", pyoxigraph.RdfFormat.RDF_XML),
    ],
)
def test_query_content_type_construct_and_describe(
    server: Server, accept: str | None, type: str, format: pyoxigraph.RdfFormat
) -> None:
    made = server.ask(MADE, accept)
    assert (made.status, made.type) == (200, type)
    assert len(list(pyoxigraph.parse(made.body, format=format))) == 2
    described = server.ask("DESCRIBE id:RUS", accept)
    assert described.type == type and list(pyoxigraph.parse(described.body, format=format))


def test_what_cannot_be_had_is_said_with_what_can(server: Server) -> None:
    for query, accept, instead in ((MET, "text/turtle", "text/csv"), (MADE, "text/csv", "text/turtle")):
        answer = server.ask(query, accept)
        assert answer.status == 406 and instead in answer.text
    assert server.ask(MET, "image/png, */*;q=0").status == 406


def test_head_says_what_get_would(server: Server) -> None:
    path = f"/sparql?{urlencode({'query': MET})}"
    head, got = server.request("HEAD", path), server.get(path)
    assert (head.status, head.body) == (200, b"")
    assert all(head.headers[name] == got.headers[name] for name in ("content-type", "content-length"))


def test_unknown_fields_are_passed_over(server: Server) -> None:
    assert truth(server.ask("ASK {}", format="json", output="json", results="json"))


def test_a_query_in_another_script_is_read(server: Server) -> None:
    query = "SELECT (STRLEN('Київ') AS ?n) {}"
    for answer in (server.ask(query), post(server, "/sparql", query, QUERIES)):
        assert answer.json()["results"]["bindings"][0]["n"]["value"] == "4"


# Queries that are not


def test_bad_query_method(server: Server) -> None:
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        answer = server.request(method, "/sparql?query=ASK%20%7B%7D")
        assert answer.status == 405 and "GET" in answer.headers["allow"] and "POST" in answer.headers["allow"]


def test_bad_multiple_queries(server: Server) -> None:
    assert server.get("/sparql?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D").status == 400
    assert post(server, "/sparql", "query=ASK%20%7B%7D&query=ASK%20%7B%7D", FORMS).status == 400


@pytest.mark.parametrize(
    "type", ["text/plain", "application/json", "multipart/form-data; boundary=x", f"{DIRECT}; charset=utf-16", ""]
)
def test_bad_query_wrong_media_type(server: Server, type: str) -> None:
    assert post(server, "/sparql", "ASK {}", {"Content-Type": type}).status == 415


def test_bad_query_missing_form_type_and_direct_type(server: Server) -> None:
    for body in (b"query=ASK%20%7B%7D", b"ASK {}"):
        answer = server.request("POST", "/sparql", body)
        assert answer.status == 415 and DIRECT in answer.text


def test_bad_query_non_utf8(server: Server) -> None:
    assert post(server, "/sparql", "ASK {}".encode("utf-16"), QUERIES).status == 400
    assert post(server, "/sparql", b"query=ASK%20%7B%20%3Fs%20%3Fp%20%22%FF%22%7D", FORMS).status == 400
    assert server.get("/sparql?query=%FF").status == 400


@pytest.mark.parametrize(
    ("query", "place"), [("ASK { ?s ?p", "1:"), ("SELECT ?a {\n ?a nope:x ?b }", "2:"), ("", "1:1"), ("\0", "1:")]
)
def test_bad_query_syntax_says_where(server: Server, query: str, place: str) -> None:
    answer = server.ask(query)
    assert answer.status == 400 and f"broken query at {place}" in answer.text and answer.text.count("\n") == 1


def test_a_query_that_is_missing_is_said(server: Server) -> None:
    assert server.get("/sparql?qeury=ASK%20%7B%7D").status == 400
    assert post(server, "/sparql", "", FORMS).status == 400
    assert post(server, "/sparql?query=ASK%20%7B%7D", "ASK {}", QUERIES).status == 400


@pytest.mark.parametrize(
    ("path", "body", "headers"),
    [
        ("/sparql", "update=CLEAR%20ALL", FORMS),
        ("/sparql", "CLEAR ALL", {"Content-Type": "application/sparql-update"}),
        ("/sparql", "INSERT DATA { id:RUS gg:meets id:FRA }", QUERIES),
        ("/sparql?update=CLEAR%20ALL", "", FORMS),
    ],
)
def test_every_update_of_the_suite_is_refused(server: Server, path: str, body: str, headers: dict[str, str]) -> None:
    before = server.get("/health").body
    answer = post(server, path, body, headers)
    assert answer.status == 403 and "updates are refused" in answer.text
    assert server.get("/health").body == before


def test_bad_update_get(server: Server) -> None:
    assert server.get("/sparql?update=CLEAR%20ALL").status == 403


# Other clients


def test_curl_gets_csv(server: Server) -> None:
    done = subprocess.run(
        ["curl", "-sS", "-H", "Accept: text/csv", "--data-urlencode", f"query={MET}", f"{server.url}sparql"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[0] == "a,b" and len(done.stdout.splitlines()) == 3


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper_reads_every_kind_of_answer(server: Server, method: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(f"{server.url}sparql")
    client.setMethod(method)
    for format in (wrapper.JSON, wrapper.XML, wrapper.CSV, wrapper.TSV):
        client.setReturnFormat(format)
        client.setQuery("PREFIX gg: <https://w3id.org/geograph/ns#> " + MET)
        assert client.query().convert()
    client.setReturnFormat(wrapper.JSON)
    client.setQuery("PREFIX gg: <https://w3id.org/geograph/ns#> ASK { ?a gg:meets ?b }")
    assert client.query().convert()["boolean"] is True
    client.setReturnFormat(wrapper.TURTLE)
    client.setQuery("PREFIX gg: <https://w3id.org/geograph/ns#> " + MADE)
    assert client.query().convert().count(b"gg:meets") == 2
    client.setQuery("CONSTRUCT { ?s ?p ?o } { ?s nope:p ?o }")
    with pytest.raises(Exception, match="unknown prefix"):
        client.query()


def test_rdflib_asks_it_as_a_store(server: Server) -> None:
    rdflib = pytest.importorskip("rdflib")
    stores = pytest.importorskip("rdflib.plugins.stores.sparqlstore")
    graph = rdflib.Graph(stores.SPARQLStore(f"{server.url}sparql"))
    assert len(list(graph.query("SELECT ?a { ?a <https://w3id.org/geograph/ns#meets> ?b }"))) == 2


# The description of the service


@pytest.mark.parametrize(
    ("accept", "format"),
    [
        ("*/*", pyoxigraph.RdfFormat.TURTLE),
        ("text/turtle", pyoxigraph.RdfFormat.TURTLE),
        ("application/rdf+xml", pyoxigraph.RdfFormat.RDF_XML),
        ("application/n-triples", pyoxigraph.RdfFormat.N_TRIPLES),
        ("application/ld+json", pyoxigraph.RdfFormat.JSON_LD),
    ],
)
def test_without_a_query_the_service_describes_itself(
    server: Server, accept: str, format: pyoxigraph.RdfFormat
) -> None:
    answer = server.get("/sparql", Accept=accept)
    triples = {(quad.predicate.value.rpartition("#")[2], quad.object.value)
               for quad in pyoxigraph.parse(answer.body, format=format)
               if isinstance(quad.object, pyoxigraph.NamedNode)}  # fmt: skip
    space = "http://www.w3.org/ns/sparql-service-description#"
    assert ("endpoint", f"{server.url}sparql") in triples
    assert ("supportedLanguage", f"{space}SPARQL11Query") in triples
    assert ("feature", f"{space}UnionDefaultGraph") in triples
    assert sum(name == "resultFormat" for name, _ in triples) == 8
    assert server.get("/sparql", Accept="image/png").status == 406


def test_a_browser_without_a_query_is_led_to_the_editor(server: Server) -> None:
    answer = server.get("/sparql", Accept="text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
    assert (answer.status, answer.headers["location"]) == (303, "./query")


# The parts


def test_the_closest_range_counts_and_the_earlier_of_equals() -> None:
    def chosen(accept: str | None) -> str | None:
        found = choose(accept, TABLES)
        return found.type if found else None

    assert chosen("text/*;q=0.9, text/csv;q=0.1") == "text/tab-separated-values"
    assert chosen("*/*;q=0.1, text/csv;q=0.2") == "text/csv"
    assert chosen("TEXT/CSV ; Q=1") == "text/csv"
    assert chosen('text/csv;header="a,b";q=0.5, application/json;q=0.4') == "text/csv"
    assert chosen("text/csv;q=0, */*") == "application/sparql-results+json"
    assert chosen("text/csv;charset=utf-16, */*;q=0.1") == "application/sparql-results+json"
    assert chosen("nonsense") is None
    assert chosen("") == chosen(None) == "application/sparql-results+json"


@given(st.text(max_size=80))
def test_any_accept_header_gives_an_offer_or_none(accept: str) -> None:
    for offers in (TABLES, GRAPHS):
        assert choose(accept, offers) in (*offers, None)


@given(st.text(max_size=40), st.lists(st.text(max_size=20), max_size=3), st.lists(st.text(max_size=20), max_size=3))
def test_what_a_client_encodes_is_read_back_in_each_way_to_ask(
    query: str, default: list[str], named: list[str]
) -> None:
    graphs = [("default-graph-uri", each) for each in default] + [("named-graph-uri", each) for each in named]
    in_form = urlencode([("query", query), *graphs]).encode()
    found = from_get(in_form)
    assert found == from_post(FORM, b"", in_form) == from_post(DIRECT, urlencode(graphs).encode(), query.encode())
    assert found is not None
    assert (found.query, found.default_graphs, found.named_graphs) == (query, tuple(default), tuple(named))


@given(st.text(max_size=20), st.binary(max_size=60), st.binary(max_size=60))
def test_any_request_is_read_or_refused_with_a_status(type: str, query_string: bytes, body: bytes) -> None:
    reads = [lambda: from_get(query_string)]
    reads += [lambda kind=kind: from_post(kind, query_string, body) for kind in (type, FORM, DIRECT)]
    for read in reads:
        try:
            read()
        except ProtocolError as error:
            assert 400 <= error.status < 500 and "\n" not in str(error)


def test_a_form_of_countless_fields_is_refused() -> None:
    with pytest.raises(ProtocolError, match="fields"):
        from_post(FORM, b"", b"&".join(b"a=" + quote(str(n)).encode() for n in range(1_001)))
