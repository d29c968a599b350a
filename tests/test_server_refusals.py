"""Whatever a query says, no request leaves the machine: a listener on loopback counts who calls."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from claim_factory import RELATIONS
from hypothesis import HealthCheck, given, settings, strategies as st
from server_process import Server, listening, serving
from summer_news import world
from test_query import CALLS

from geograph.graph import Graph
from geograph.ontology import load
from geograph.server.jobs import sparql
from geograph.server.settings import Settings
from geograph.store import Store

SKIPS = st.sampled_from(["", " ", "\n", "\t", "# aside\n", "# {\r", " #'\n", '#"""\n', "#<\n", "\u00a0", "\\u0020"])
SPELLED = st.lists(st.booleans(), min_size=7, max_size=7).map(
    lambda ups: "".join(c.upper() if up else c.lower() for c, up in zip("service", ups, strict=True))
) | st.sampled_from(
    [
        "\\u0053ERVICE",
        "\\U00000053ERVICE",
        "SER\\u0056ICE",
        "SERVI#\nCE",
        "S\u0045RVICE",
        "\uff33ERVICE",
        "\u017fERVICE",
    ]
)
TARGETS = st.sampled_from(["<URL>", "x:", "?url", "$url", "<\\u0068ttpREST>", "y:\\u0073parql", "<URL#>", "<URL?'>"])
AROUND = st.lists(
    st.sampled_from(
        ["?s ?p ?o", ".", ";", "'", '"', "'''", '"""', "<", ">", "#", "\n", "\\", "{", "}", "(", ")", "1", "true",
         "FILTER(?a<?b)", "FILTER EXISTS {", "OPTIONAL {", "MINUS {", "GRAPH ?g {", "BIND(1 AS ?x)", "'a'", "<u:v>",
         "VALUES ?url { <URL> }", "UNION", "SELECT * {", "x:a\\'", "?x", "&&", "||"]
    ),
    max_size=8,
).map(" ".join)  # fmt: skip
HEADS = st.sampled_from(
    ["SELECT * {", "ASK {", "CONSTRUCT { ?s ?p ?o } WHERE {", "DESCRIBE ?s {", "SELECT * { { SELECT * {", "# x\nASK {"]
)


@st.composite
def calls(draw: st.DrawFn) -> str:
    """Texts that try to call: SERVICE, FROM or LOAD among all that could hide it."""
    prologue = draw(st.sampled_from(["PREFIX x: <URL> ", "PREFIX x: <URL>\nPREFIX y: <BASE> BASE <URL> ", ""]))
    skip, silent = draw(SKIPS), draw(st.sampled_from(["", "SILENT", "silent#\n"]))
    match draw(st.sampled_from(["service", "from", "load"])):
        case "service":
            call = f"{draw(SPELLED)}{skip}{silent}{skip}{draw(TARGETS)}{skip}{{ ?s ?p ?o }}"
            closing = "}" * draw(st.integers(1, 3))
            return f"{prologue}{draw(HEADS)} {draw(AROUND)} {call} {draw(AROUND)} {closing}"
        case "from":
            named = draw(st.sampled_from(["", "NAMED", "named#\n"]))
            return (
                f"{prologue}SELECT * {draw(st.sampled_from(['FROM', 'from']))}{skip}{named}{skip}<URL> {{ ?s ?p ?o }}"
            )
    return f"{prologue}{skip}{draw(st.sampled_from(['LOAD', 'load silent', 'ADD', 'INSERT DATA {']))}{skip}<URL>"


def pointed(text: str, url: str) -> str:
    """The text with a real address in place of the words that stand for one."""
    return (
        text.replace("URL", url).replace("REST", url.removeprefix("http")).replace("BASE", url.rsplit("/", 1)[0] + "/")
    )


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[bytes]]]:
    with listening() as found:
        yield found


@pytest.fixture(scope="module")
def graph() -> Iterator[Graph]:
    with Store.open(None, relations=RELATIONS) as store:
        store.add(world())
        yield Graph(store, load())


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("refusals") / "store"
    with Store.open(folder, relations=RELATIONS) as fresh:
        fresh.add(world())
    with serving(folder, "--workers", "2", "--timeout", "10", "--quiet") as running:
        yield running


BOUNDS = Settings(store=None, max_rows=1_000)  # type: ignore[arg-type] - the graph is given


def asked(graph: Graph, text: str) -> int:
    """The status of the answer, computed in this process: nothing but the guard is between the text and the network."""
    return sparql(graph, BOUNDS, query=text, default_graphs=(), named_graphs=(), accept=None).status


@settings(max_examples=600, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(calls())
def test_a_text_that_tries_to_call_is_refused_or_calls_nobody(
    graph: Graph, listener: tuple[str, list[bytes]], text: str
) -> None:
    url, heard = listener
    assert asked(graph, pointed(text, url)) in (200, 400, 403)
    assert heard == []


@settings(max_examples=300)
@given(st.text(max_size=120))
def test_any_text_is_answered_or_refused(graph: Graph, listener: tuple[str, list[bytes]], text: str) -> None:
    assert asked(graph, text) in (200, 400, 403)
    assert listener[1] == []


@settings(max_examples=100)
@given(calls())
def test_the_server_calls_nobody_and_goes_on(server: Server, listener: tuple[str, list[bytes]], text: str) -> None:
    url, heard = listener
    answer = server.request(
        "POST", "/sparql", pointed(text, url).encode(), {"Content-Type": "application/sparql-query"}
    )
    assert answer.status in (200, 400, 403)
    assert answer.status == 200 or answer.text.count("\n") == 1
    assert heard == []


@pytest.mark.parametrize("text", CALLS)
def test_every_known_way_to_call_is_refused(server: Server, listener: tuple[str, list[bytes]], text: str) -> None:
    url, heard = listener
    assert server.ask(text.replace("URL", url)).status in (400, 403)
    assert server.request(
        "POST", "/sparql", text.replace("URL", url).encode(), {"Content-Type": "application/sparql-query"}
    ).status in (400, 403)
    assert heard == []


def test_the_listener_would_hear_a_call(graph: Graph) -> None:
    with listening() as (url, heard):
        with pytest.raises(OSError):
            list(graph.store.query(f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}"))
        assert heard
