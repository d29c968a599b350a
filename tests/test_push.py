"""`push` against a small store on a loopback socket: what is sent, what stays, and how it goes on after a fault."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pyoxigraph
import pytest
from claim_factory import RELATIONS, article, claim, extraction
from hypothesis import given, settings, strategies as st
from pyoxigraph import Literal, NamedNode, Quad
from sparql_server import Answer, Handler, SparqlServer, serving

from geograph.errors import PushError
from geograph.model import Extraction, Status
from geograph.push import Pushed, Settings, Target, push
from geograph.push.content import PART, Snapshot
from geograph.push.writers import pieces
from geograph.store import Store

BASE = "https://w3id.org/geograph/"
MANIFEST = f"{BASE}manifest"
PAUSES: list[float] = []
QUICK = Settings(timeout=5, tries=3, pause=PAUSES.append)


def told(name: str, **fields: object) -> Extraction:
    of = article(name)
    return extraction(of, [claim(of, **fields)])  # type: ignore[arg-type]


def store_of(*extractions: Extraction) -> Store:
    store = Store.open(None, relations=RELATIONS)
    store.add(extractions)
    return store


def content(store: pyoxigraph.Store) -> set[Quad]:
    """What lies in the graphs of a push, but for its manifest."""
    return {quad for quad in store if quad.graph_name != NamedNode(MANIFEST)}


def expected(store: Store) -> set[str]:
    left_out = {f"{BASE}ns#text", f"{BASE}ns#reading"}
    return {str(quad.triple) for quad in store.dataset_quads() if quad.predicate.value not in left_out}


def hashes(store: Store) -> dict[str, str]:
    with Snapshot(store) as snapshot:
        return {iri: graph.hash for iri, graph in snapshot.graphs.items()}


@pytest.fixture
def server() -> Iterator[SparqlServer]:
    PAUSES.clear()
    with serving(SparqlServer()) as running:
        yield running


@pytest.fixture
def store() -> Store:
    return store_of(told("a", when="2025-07-12"), told("b", subject="FRA", relation="visits", object="JPN"))


@pytest.fixture(params=["graph store", "update"])
def target(request: pytest.FixtureRequest, server: SparqlServer) -> Target:
    if request.param == "update":
        return Target(server.url, update=f"{server.url}/update")
    return Target(server.url, graph_store=f"{server.url}/store")


def test_everything_but_the_texts_is_there_afterwards(store: Store, server: SparqlServer, target: Target) -> None:
    done = push(store, target, QUICK)
    assert {str(quad.triple) for quad in content(server.store)} == expected(store)
    assert done.plan.kept == 0
    assert done.is_found


def test_nothing_lies_in_the_default_graph_and_every_graph_is_below_the_base(
    store: Store, server: SparqlServer, target: Target
) -> None:
    push(store, target, QUICK)
    assert not list(server.store.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph()))
    assert all(graph.startswith((f"{BASE}article/", f"{BASE}derived/", MANIFEST)) for graph in server.graphs())


def test_the_second_push_sends_nothing(store: Store, server: SparqlServer, target: Target) -> None:
    push(store, target, QUICK)
    server.requests.clear()
    done = push(store, target, QUICK)
    assert server.writes() == []
    assert (done.where, done.plan.send, done.plan.drop, done.sent_bytes) == (None, (), (), 0)


def test_only_what_changed_is_sent(server: SparqlServer, target: Target) -> None:
    names = [f"n{number}" for number in range(30)]
    store = store_of(*(told(name, subject="FRA", relation="visits", object="JPN") for name in names))
    push(store, target, QUICK)
    store.add([told("new", subject="CHN", relation="supplies", object="PRK")])
    done = push(store, target, QUICK)
    assert sum("/article/" in graph.iri for graph in done.plan.send) == 1
    assert done.plan.kept >= len(names)
    assert {str(quad.triple) for quad in content(server.store)} == expected(store)


def test_the_graph_of_a_removed_article_is_dropped(store: Store, server: SparqlServer, target: Target) -> None:
    push(store, target, QUICK)
    store.remove("b")
    done = push(store, target, QUICK)
    assert any("/article/" in graph for graph in done.plan.drop)
    assert {str(quad.triple) for quad in content(server.store)} == expected(store)
    assert not push(store, target, QUICK).plan.drop


def test_what_is_not_ours_stays(store: Store, server: SparqlServer, target: Target) -> None:
    theirs = [
        Quad(NamedNode("http://x/a"), NamedNode("http://x/b"), Literal("c"), NamedNode("http://x/graph")),
        Quad(NamedNode("http://x/a"), NamedNode("http://x/b"), Literal("c")),
        Quad(NamedNode("http://x/a"), NamedNode("http://x/b"), Literal("c"), NamedNode(f"{BASE}mine")),
    ]
    server.store.extend(theirs)
    push(store, target, QUICK)
    # Someone writes names into the manifest that no push gives.
    hash = NamedNode(f"{BASE}ns#contentHash")
    for graph in ("http://x/graph", f"{BASE}mine", f"{BASE}article/../mine", f"{BASE}manifest"):
        server.store.add(Quad(NamedNode(graph), hash, Literal("1"), NamedNode(MANIFEST)))
    store.remove("b")
    push(store, target, QUICK)
    assert set(theirs) <= set(server.store)


def test_texts_are_sent_only_if_asked_for(store: Store, server: SparqlServer, target: Target) -> None:
    text = NamedNode(f"{BASE}ns#text")
    push(store, target, QUICK)
    assert not list(server.store.quads_for_pattern(None, text, None))
    push(store, target, QUICK, texts=True)
    assert len(list(server.store.quads_for_pattern(None, text, None))) == 2


def test_a_dry_run_writes_nothing_and_says_what_would_be_sent(
    store: Store, server: SparqlServer, target: Target
) -> None:
    done = push(store, target, QUICK, dry_run=True)
    assert server.writes() == []
    assert len(done.plan.send) == len(hashes(store))
    assert not list(server.store)


def test_another_store_is_not_replaced_unless_asked_for(store: Store, server: SparqlServer, target: Target) -> None:
    push(store, target, QUICK)
    other = store_of(told("other"))
    before = set(server.store)
    with pytest.raises(PushError, match=r"another geograph store.*--replace"):
        push(other, target, QUICK)
    assert set(server.store) == before
    push(other, target, QUICK, replace=True)
    assert {str(quad.triple) for quad in content(server.store)} == expected(other)


def test_damage_there_is_found_and_mended_by_verify(store: Store, server: SparqlServer, target: Target) -> None:
    push(store, target, QUICK)
    graph = next(graph for graph in sorted(server.graphs()) if "/article/" in graph)
    server.store.remove_graph(NamedNode(graph))
    assert push(store, target, QUICK).plan.send == ()
    assert [each.iri for each in push(store, target, QUICK, verify=True).plan.send] == [graph]
    assert {str(quad.triple) for quad in content(server.store)} == expected(store)


@pytest.mark.parametrize("after", range(0, 24, 3))
def test_an_interrupted_push_goes_on_and_leaves_nothing_behind(
    server: SparqlServer, target: Target, after: int
) -> None:
    """The second push is of other content: half-sent graphs of the first must be neither kept nor forgotten."""
    first = store_of(*(told(f"n{number}", when="2025-07-12") for number in range(12)))
    left = [after]

    def fail(handler: Handler, method: str) -> Answer | None:
        if not handler.path.startswith("/query"):
            left[0] -= 1
            if left[0] < 0:
                return 500, {}, b"disk\nfull"
        return None

    server.misbehave = fail
    try:
        push(first, target, QUICK, batch=700)
    except PushError as error:
        assert "500" in str(error) and "disk full" in str(error)
    server.misbehave = lambda handler, method: None
    for number in range(0, 12, 2):
        first.remove(f"n{number}")
    push(first, target, QUICK, batch=700)
    assert {str(quad.triple) for quad in content(server.store)} == expected(first)
    assert push(first, target, QUICK).plan.send == ()


def test_every_request_is_of_bounded_size(server: SparqlServer, target: Target) -> None:
    store = store_of(*(told(f"n{number}", when="2025-07-12") for number in range(30)))
    push(store, target, QUICK, batch=2_000)
    notes = 30 * 250
    assert max(len(body) for _, _, _, body in server.writes()) < 2_000 + notes


@given(st.lists(st.binary(max_size=60).map(lambda line: line.replace(b"\n", b" ") + b"\n")), st.integers(1, 200))
def test_pieces_are_whole_lines_and_make_up_the_whole(lines: list[bytes], limit: int) -> None:
    body = b"".join(lines)
    found = list(pieces("http://x/g", body, limit))
    assert b"".join(piece.body for piece in found) == body
    assert [piece.replaces for piece in found] == [number == 0 for number in range(len(found))]
    for piece in found:
        assert not piece.body or piece.body.endswith(b"\n")
        assert len(piece.body) <= max(limit, *(len(line) for line in lines), 0)


HOSTILE = st.text(st.sampled_from("\\\"'\nuU0022{}<>;# \t\r\x00\x07é\u2028😀"), max_size=30) | st.text(max_size=20)


@settings(max_examples=40)
@given(title=HOSTILE, publisher=HOSTILE, item=HOSTILE)
@pytest.mark.parametrize("way", ["store", "update"])
def test_hostile_words_arrive_as_they_are(way: str, title: str, publisher: str, item: str) -> None:
    of = article("a", title=title, publisher=publisher)
    store = store_of(extraction(of, [claim(of, item=item)]))
    with serving(SparqlServer()) as server:
        named = {"graph_store": f"{server.url}/store"} if way == "store" else {"update": f"{server.url}/update"}
        push(store, Target(server.url, **named), QUICK)
        assert {str(quad.triple) for quad in content(server.store)} == expected(store)


@given(st.text(st.sampled_from("\\u0022\"U'; }"), max_size=40))
def test_no_text_ends_its_string_for_readers_that_undo_escapes_first(text: str) -> None:
    """SPARQL 1.1, 19.2: codepoint escapes are undone before strings are read."""
    from geograph.push.writers import _unambiguous

    line = f"<http://x/s> <http://x/p> {Literal(text)} .\n".encode()
    sent = _unambiguous(line).decode()
    undone = re.sub(r"\\u([0-9A-Fa-f]{4})", lambda found: chr(int(found[1], 16)), sent)
    for query in (sent, undone):
        found = pyoxigraph.Store()
        found.update(f"INSERT DATA {{ {query} }}")
        assert [quad.object for quad in found] == [Literal(text)]


def test_the_hashes_do_not_depend_on_the_order_of_adding() -> None:
    given = [told("a", when="2025-07-12"), told("b"), told("c", status=Status.PLANNED)]
    assert hashes(store_of(*given)) == hashes(store_of(*reversed(given)))


def test_derived_graphs_stay_small_however_large_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geograph.push.content.PART", 40)
    store = store_of(*(told(f"n{number}", subject=f"group{number}") for number in range(60)))
    with Snapshot(store) as snapshot:
        derived = [graph for graph in snapshot.graphs.values() if "/derived/" in graph.iri]
    assert PART == 5_000
    assert len(derived) > 16
    assert sum(graph.triples for graph in derived) == sum(
        isinstance(quad.graph_name, pyoxigraph.DefaultGraph) for quad in store.dataset_quads()
    )


def test_a_manifest_longer_than_a_page_is_read_whole(
    store: Store, server: SparqlServer, target: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geograph.push.manifest.PAGE", 3)
    push(store, target, QUICK)
    done: Pushed = push(store, target, QUICK)
    assert done.plan.send == () and done.plan.kept > 3
