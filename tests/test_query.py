"""Questions to the store: free SPARQL that only reads, and the named queries."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from claim_factory import RELATIONS, article
from hypothesis import given, settings, strategies as st
from server_process import listening
from summer_news import world

from geograph import query
from geograph.errors import QueryError
from geograph.model import Entity, EntityType, Extraction
from geograph.query import Description, Table, Truth, run, serialize
from geograph.query.guard import check
from geograph.store import Store

DOCS = Path(__file__).parents[1] / "docs" / "queries.md"


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store.open(None, relations=RELATIONS) as fresh:
        fresh.add(world())
        yield fresh


def rows(store: Store, text: str, **parameters: str) -> list[tuple[str | None, ...]]:
    table = run(store, text, parameters=parameters)
    assert isinstance(table, Table)
    return table.rows


# Free SPARQL


def test_prefixes_are_known_and_graphs_are_one(store: Store):
    found = rows(store, "SELECT ?c ?d { ?f a gg:Fact ; gg:claim ?c . ?c gg:article/gg:document ?d }")
    assert {document for _, document in found} == {"a", "b", "c", "d", "e"}


def test_rows_without_an_order_are_sorted(store: Store):
    found = rows(store, "SELECT ?l { ?e rdfs:label ?l } # ORDER BY DESC(?l)")
    assert found == sorted(found)
    turned = rows(store, "SELECT ?l { ?e rdfs:label ?l } ORDER BY DESC(?l)")
    assert turned == sorted(found, reverse=True)


def test_ask_and_construct_have_answers_of_their_own(store: Store):
    assert run(store, "ASK { id:RUS a gg:Country }") == Truth(True)
    made = run(store, "CONSTRUCT { ?a gg:meets ?b } { ?a gg:meets ?b }")
    assert isinstance(made, Description)
    assert len(made.triples) == 2
    assert b"gg:meets" in serialize(made, "turtle")


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ("SELECT ?a { ?a gg:meets }", r"broken query at 1:\d+: "),
        ("SELECT ?a {\n ?a nope:meets ?b }", r"broken query at 2:\d+: unknown prefix"),
        ("SELECT ?z (COUNT(?a) AS ?n) { ?a ?b ?z }", "names a variable"),
        ("", "broken query at 1:1"),
        ("SELECT * { ?s ?p ?o ", "broken query at"),
    ],
)
def test_a_broken_query_is_told_in_one_line_with_its_place(store: Store, broken: str, message: str):
    with pytest.raises(QueryError, match=message) as raised:
        run(store, broken)
    assert "\n" not in str(raised.value) and len(str(raised.value)) < 200


# What a query may not do

HARMLESS = [
    "SELECT * { ?s ?p 'SERVICE <http://127.0.0.1/> { ?a ?b ?c }' }",
    'SELECT * { ?s ?p """ a " SERVICE <x:y> { } """ } # SERVICE <x:y> {',
    "SELECT * { ?s <http://x.example/SERVICE> ?service }",
    "SELECT * { ?s <http://x.example/a/service/b> ?o . ?o <http://x.example/from/b> ?from }",
    "PREFIX service: <http://x.example/> SELECT * { ?s service:x ?y }",
    "SELECT * { ?s ?p ?o FILTER(?s < ?o && ?o > ?s) }",
    "SELECT * { ?s ?p ?o FILTER(?o != 'INSERT DATA { }') }",
    "SELECT ?from { ?s gg:from ?from ; gg:from gg:b , <x:y> }",
    "PREFIX from: <http://x.example/> SELECT * { ?s a from:x }",
    "SELECT * { ?s gg:service ?y OPTIONAL { ?s ?p ?y } }",
]


@pytest.mark.parametrize("harmless", HARMLESS)
def test_words_in_strings_comments_iris_and_names_are_harmless(store: Store, harmless: str):
    run(store, harmless)


@pytest.fixture
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """A server on this machine that notes who calls."""
    with listening() as heard:
        yield heard


CALLS = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { service silent <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE # really\n <URL> { ?s ?p ?o } }",
    "PREFIX x: <URL> SELECT * { SERVICE x: { ?s ?p ?o } }",
    "SELECT * { VALUES ?url { <URL> } SERVICE ?url { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
    "SELECT * { ?s gg:sourceCount 1SERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { ?s gg:disputed falseSERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER(?a<?b&&'x>'='1' || true) SERVICE <URL> {?s ?p ?o} FILTER('a'='b' || true) }",
    "SELECT * { ?s ?p ?o FILTER(?a<?b#>'\n || true) SERVICE <URL> {?s ?p ?o} #'\n }",
    "SELECT * { ?s ?p '''a'b''' . SERVICE <URL> { ?s ?p 'x' } }",
    "SELECT * { ?s ?p 'a\\'' . SERVICE <URL> { ?s ?p 'x' } }",
    "SELECT * { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "PREFIX x: <URL> SELECT * { trueSERVICEx:{ ?s ?p ?o } }",
    "SELECT * { VALUES ?a\u0301\u1680 { <URL> } SERVICE ?a\u0301\u1680#{\n{ ?s ?p ?o } }",
    "PREFIX x: <u:> SELECT * { { ?s x:p x:o\\' } UNION { SERVICE <URL> { ?s ?p ?o } } UNION { ?s ?p 'a' } }",
    "ASK { SERVICE <URL> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } { SERVICE <URL> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <URL> { ?s ?p ?o } }",
    "\\u0053ELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    "SELECT * FROM <URL> { ?s ?p ?o }",
    "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "ASK FROM<URL>{ ?s ?p ?o }",
    "CONSTRUCT { ?s ?p ?o } FROM <URL> WHERE { ?s ?p ?o }",
    "# {\nSELECT * FROM#\n<URL> { ?s ?p ?o }",
    "LOAD <URL>",
    "PREFIX x: <URL> LOAD <URL> INTO GRAPH <URL>",
]


@pytest.mark.parametrize("text", CALLS)
def test_no_query_leaves_the_machine(store: Store, text: str, listener: tuple[str, list[bytes]]):
    url, calls = listener
    with pytest.raises(QueryError) as raised:
        run(store, text.replace("URL", url))
    assert "\n" not in str(raised.value)
    assert calls == []


def test_the_listener_would_hear_a_call(store: Store, listener: tuple[str, list[bytes]]):
    url, calls = listener
    with pytest.raises(Exception, match=r".*"):
        list(store.query(f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}"))
    assert calls


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { id:RUS gg:meets id:FRA }",
        "# a comment\nPREFIX x: <y:z>\ndelete where { ?s ?p ?o }",
        "WITH <g:h> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "CLEAR ALL",
        "DROP DEFAULT",
    ],
)
def test_updates_are_refused(store: Store, update: str):
    before = [str(quad) for quad in store.dataset_quads()]
    with pytest.raises(QueryError, match="updates are refused"):
        run(store, update)
    assert [str(quad) for quad in store.dataset_quads()] == before


def test_the_refusal_says_where(store: Store):
    with pytest.raises(QueryError, match=r"^2:3: SERVICE is refused"):
        run(store, "SELECT * {\n  SERVICE <http://x.example/> { ?s ?p ?o } }")


PIECES = st.lists(
    st.sampled_from(
        [*"<>'\"#\n\\{}() .;=/|!,1", "'''", '"""', "?a", "x:b", "x:", "true", "FILTER(", "&&", "||", "<u:v>", "'s'"]
    ),
    max_size=9,
).map("".join)


def parses(text: str) -> bool:
    """Whether Oxigraph takes the text for a query."""
    try:
        pyoxigraph.Store().query(text)
    except SyntaxError:
        return False
    except OSError:  # it is one, and tried to call
        return True
    return True


@settings(max_examples=400)
@given(PIECES, PIECES)
def test_whatever_surrounds_it_a_call_that_parses_is_refused(before: str, after: str):
    """Oxigraph's parser is the judge: a SERVICE that it would not miss is a keyword, not a part of some string."""
    text = f"PREFIX x: <u:> SELECT * {{ {before} SERVICE <u:service> {{ ?s ?p ?o }} {after} }}"
    if parses(text) and not parses(text.replace("SERVICE", "SERVIXE")):
        with pytest.raises(QueryError, match="SERVICE is refused"):
            check(text)


@given(st.text(max_size=60))
def test_any_text_is_answered_or_refused_with_a_line(text: str):
    with Store.open(None, relations=RELATIONS) as empty:
        try:
            run(empty, text)
        except QueryError as error:
            assert "\n" not in str(error)


# Formats


def test_table_shows_entities_by_name_shortens_other_iris_and_counts_rows(store: Store):
    text = serialize(run(store, "SELECT ?a ?type { ?a gg:meets ?b ; rdf:type ?type }")).decode()
    assert text.splitlines()[2].split("  ")[0] == "Orlan Veshnyak"
    assert text.splitlines()[2].endswith("gg:Person")
    assert text.endswith("(2 rows)\n")


def test_table_tells_entities_of_one_name_apart():
    iris = [pyoxigraph.NamedNode(f"https://w3id.org/geograph/id/{key}") for key in ("a", "b", "c")]
    names = {iris[0].value: "Georgia", iris[1].value: "Georgia", iris[2].value: "Peru"}
    table = Table(("x",), tuple((iri,) for iri in iris), {"id": "https://w3id.org/geograph/id/"}, names)
    assert serialize(table).decode().splitlines()[2:5] == ["Georgia (id:a)", "Georgia (id:b)", "Peru"]


HOSTILE = "\x1b[31mred\x1b[0m\ttab\r\nline, \"quoted\" 'single' <b>&amp; \u2028 =1+1 \ud7ff"


@pytest.fixture
def hostile() -> Table:
    """A table of what may stand in news text."""
    five = pyoxigraph.Literal("5", datatype=pyoxigraph.NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
    formula = pyoxigraph.Literal("=cmd|' /C calc'!A0")
    link = pyoxigraph.NamedNode("http://x.example/é?a=b&c")
    rows = (
        (pyoxigraph.Literal(HOSTILE), None, link),
        (pyoxigraph.Literal("x", language="en"), five, formula),
    )
    return Table(("a", "b", "c"), rows, {})


@pytest.mark.parametrize("format", ["json", "tsv"])
def test_json_and_tsv_are_read_back_exactly(hostile: Table, format: str):
    kind = {"json": pyoxigraph.QueryResultsFormat.JSON, "tsv": pyoxigraph.QueryResultsFormat.TSV}[format]
    back = pyoxigraph.parse_query_results(serialize(hostile, format), kind)
    assert isinstance(back, pyoxigraph.QuerySolutions)
    assert tuple(tuple(solution) for solution in back) == hostile.terms


def test_xml_is_read_back_but_for_characters_that_xml_cannot_hold(hostile: Table):
    back = pyoxigraph.parse_query_results(serialize(hostile, "xml"), pyoxigraph.QueryResultsFormat.XML)
    assert isinstance(back, pyoxigraph.QuerySolutions)
    (first, *rest), second = [tuple(solution) for solution in back]
    assert first.value == HOSTILE.replace("\x1b", "\N{REPLACEMENT CHARACTER}")
    assert (tuple(rest), second) == (hostile.terms[0][1:], hostile.terms[1])


def test_csv_is_plain_and_holds_no_formula(hostile: Table):
    header, first, second = csv.reader(io.StringIO(serialize(hostile, "csv").decode(), newline=""))
    assert header == ["a", "b", "c"]
    assert first == [HOSTILE, "", "http://x.example/é?a=b&c"]
    assert second == ["x", "5", "'=cmd|' /C calc'!A0"]


def test_table_lets_no_terminal_escape_through(hostile: Table):
    text = serialize(hostile, "table").decode()
    assert "\x1b" not in text and len(text.splitlines()) == 5


def test_truth_in_each_format():
    assert serialize(Truth(True), "csv") == b"true\n"
    assert json.loads(serialize(Truth(False), "json")) == {"head": {}, "boolean": False}
    assert pyoxigraph.parse_query_results(serialize(Truth(True), "xml"), pyoxigraph.QueryResultsFormat.XML)


@pytest.mark.parametrize(("format", "message"), [("yaml", "unknown format"), ("turtle", "no graph")])
def test_a_format_that_does_not_fit_says_which_do(hostile: Table, format: str, message: str):
    with pytest.raises(QueryError, match=message):
        serialize(hostile, format)


# Entities by name


@pytest.mark.parametrize("name", ["Russia", "russia", "RUS", "id:RUS", "https://w3id.org/geograph/id/RUS", " Russia "])
def test_an_entity_is_named_by_label_key_or_iri(store: Store, name: str):
    assert query.find_entity(store, name) == "RUS"


def test_an_entity_is_named_by_alias(store: Store):
    assert query.find_entity(store, "epo") == "person.Pak_Seong_Rim"  # the words that the mention covers


def test_a_label_that_two_entities_have_is_not_guessed():
    twins = tuple(Entity(f"person.{n}", EntityType.PERSON, "Ada Twin") for n in "ab")
    with Store.open(None, relations=RELATIONS) as store:
        store.add([Extraction(article(), twins)])
        with pytest.raises(QueryError, match=r"person\.a, person\.b; give one of these keys"):
            query.find_entity(store, "Ada Twin")
        assert query.find_entity(store, "person.b") == "person.b"


@pytest.mark.parametrize(
    ("name", "parameters", "message"),
    [
        ("timeline", {"actor": "Rusia"}, "no entity 'Rusia' in the store; did you mean Russia"),
        ("timeline", {"actor": "<> } SERVICE"}, "no entity"),
        ("timeline", {}, r"timeline needs actor \(.*\): -p actor="),
        ("timeline", {"actor": "RUS", "form": "2025-01-01"}, "no parameter 'form'; it takes actor, from, to"),
        ("timeline", {"actor": "RUS", "from": "2025-02-30"}, "is no date; write it as 2025-07-31"),
        ("timeline", {"actor": "*"}, "no entity"),
        ("mentioned-together", {"least": "two"}, "no whole number"),
        ("evidence", {"a": "RUS", "b": "PRK", "relation": "meet"}, "no relation 'meet'; did you mean meets"),
        ("who-met-hwom", {}, "no named query 'who-met-hwom'; did you mean who-met-whom"),
        ("SELECT * { ?s ?p ?o }", {"a": "b"}, "named queries only"),
    ],
)
def test_what_does_not_fit_is_told_with_what_would(store: Store, name: str, parameters: dict[str, str], message: str):
    with pytest.raises(QueryError, match=message) as raised:
        run(store, name, parameters=parameters)
    assert "\n" not in str(raised.value)


def test_asking_loads_nothing_heavy():
    code = (
        "import sys; from geograph import query; from geograph.store import Store; "
        "s = Store.open(None); query.run(s, 'who-met-whom'); query.listing(); "
        "print([m for m in ('spacy', 'rdflib', 'networkx', 'rapidfuzz', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
