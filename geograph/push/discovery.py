"""Finding where a store is asked and where it is written, from one address and what is usual below it.

Nothing is replaced before it is known that a write lands in the graph that it names: some addresses take a PUT for
"replace everything". So a single triple is added to our own manifest first, and then asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from geograph.errors import PushError
from geograph.push.connection import address
from geograph.push.endpoint import Endpoint, fault
from geograph.push.http import Client
from geograph.push.manifest import manifest_graph, marker
from geograph.push.writers import GraphStore, Piece, Update, Writer
from geograph.vocabulary import Vocabulary

QUERY = ("", "/query", "/sparql")
"""The address itself (Fuseki, GraphDB, Virtuoso, QLever, Neptune); Oxigraph; what others use."""
GRAPH_STORE = ("/store", "/data", "/rdf-graphs/service", "/gsp", "")
"""Oxigraph; Fuseki; RDF4J and GraphDB; Neptune; Fuseki again."""
UPDATE = ("/update", "/statements", "")
"""Oxigraph and Fuseki; RDF4J and GraphDB; Virtuoso, QLever and Neptune."""
_ASKED = ("/query", "/sparql")


def find_endpoint(client: Client, url: str, query: str | None) -> Endpoint:
    """Where the store is asked: at `query` if given. Raises PushError where nothing answers SPARQL."""
    tried = [query] if query is not None else [_below(url, suffix) for suffix in QUERY]
    refusals = []
    for candidate in tried:
        endpoint = Endpoint(client, candidate)
        refusal = endpoint.refusal()
        if refusal is None:
            return endpoint
        refusals.append(refusal)
    _raise_if_shut(refusals)
    raise PushError(f"{url}: no SPARQL endpoint there (tried {', '.join(tried)}); name it with --query")


def find_writer(
    client: Client,
    url: str,
    endpoint: Endpoint,
    vocabulary: Vocabulary,
    *,
    graph_store: str | None = None,
    update: str | None = None,
) -> Writer:
    """How the store is written: as named, else the first usual way that works. Raises PushError."""
    if graph_store is not None or update is not None:
        named: Writer = GraphStore(client, graph_store) if graph_store is not None else Update(client, update or "")
        reason = _refused(named, endpoint, vocabulary)
        if reason is not None:
            raise PushError(reason)
        return named
    bases = _bases(url)
    writers: list[Writer] = [GraphStore(client, _below(base, suffix)) for suffix in GRAPH_STORE for base in bases]
    writers += [Update(client, _below(base, suffix)) for suffix in UPDATE for base in bases]
    refusals = []
    for writer in writers:
        reason = _refused(writer, endpoint, vocabulary)
        if reason is None:
            return writer
        refusals.append(reason)
    _raise_if_shut(refusals)
    raise PushError(f"{url}: found no way to write there; name it with --graph-store or --update")


def _raise_if_shut(refusals: Iterable[str]) -> None:
    """Raises PushError where one of the addresses lets nobody in without credentials: it is likely the right one."""
    for reason in refusals:
        if "(401)" in reason or "(403)" in reason:
            raise PushError(reason)


def _refused(writer: Writer, endpoint: Endpoint, vocabulary: Vocabulary) -> str | None:
    """Why the writer cannot be used, None if it can."""
    graph = manifest_graph(vocabulary)
    triple = marker(vocabulary)
    reply = writer.try_write(Piece(graph, triple.encode() + b"\n", replaces=False))
    if not reply.is_good:
        return fault("POST", writer.url, reply, len(triple))
    if not endpoint.ask(f"ASK {{ GRAPH <{graph}> {{ {triple} }} }}"):
        return (
            f"{writer.url}: took a triple for the graph {graph}, but {endpoint.url} does not find it there; "
            "check --graph-store, --update and --query"
        )
    return None


def _bases(url: str) -> Iterable[str]:
    """The address, and what it is below where it names the place for questions."""
    path = urlsplit(url).path.rstrip("/")
    above = next((url.removesuffix("/")[: -len(end)] for end in _ASKED if path.endswith(end)), None)
    return (url,) if above is None or urlsplit(url).query else (above, url)


def _below(url: str, suffix: str) -> str:
    parts = address(url)
    return parts._replace(path=parts.path.rstrip("/") + suffix).geturl() if suffix else parts.geturl()
