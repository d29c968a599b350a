"""What a store elsewhere holds of ours: a small graph there, `manifest`, with the hash of every graph that was sent.

A graph that is about to be sent gets an empty hash first, and its real one once it is there. So an interrupted push
neither takes half a graph for whole nor forgets one that it began.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import Literal

from geograph.push.content import is_ours
from geograph.push.endpoint import Endpoint
from geograph.vocabulary import STANDARD_PREFIXES, Vocabulary

PAGE = 5_000
Hashes = dict[str, str]
"""The hash of every graph that is there, by IRI; empty where it is not known to be whole."""


def manifest_graph(vocabulary: Vocabulary) -> str:
    """The IRI of the manifest and of the graph that holds it."""
    return f"{vocabulary.base}manifest"


def marker(vocabulary: Vocabulary) -> str:
    """The triple that every manifest begins with."""
    return f"<{manifest_graph(vocabulary)}> <{STANDARD_PREFIXES['rdf']}type> <{vocabulary.term('Manifest')}> ."


def entries(hashes: Mapping[str, str], vocabulary: Vocabulary) -> bytes:
    """The lines of the manifest for these graphs, those of unknown content first: they must be known before all."""
    property = vocabulary.term("contentHash")
    ordered = sorted(hashes.items(), key=lambda entry: (entry[1] != "", entry))
    return "".join(f'<{graph}> <{property}> "{hash}" .\n' for graph, hash in ordered).encode()


def whole(hashes: Mapping[str, str], vocabulary: Vocabulary) -> bytes:
    """The manifest, whole."""
    return marker(vocabulary).encode() + b"\n" + entries(hashes, vocabulary)


def read(endpoint: Endpoint, vocabulary: Vocabulary) -> Hashes:
    """The manifest of the store elsewhere, empty where there is none. Raises PushError.

    It is read page by page, as stores cut long answers short without a word. A name in it that no push of this
    vocabulary gives is passed over: what is not ours is never touched, whoever wrote it there.
    """
    found: Hashes = {}
    last = ""
    while True:
        rows = endpoint.select(_page(vocabulary, last))
        for row in rows:
            first, latest = row.get("first", ""), row.get("latest", "")
            if is_ours(row.get("graph", ""), vocabulary):
                found[row["graph"]] = latest if first in ("", latest) else ""
        following = max((row.get("graph", "") for row in rows), default="")
        if following <= last:
            return found
        last = following


def _page(vocabulary: Vocabulary, last: str) -> str:
    after = f"FILTER(STR(?graph) > {Literal(last)})" if last else ""
    return (
        "SELECT ?graph (MIN(?hash) AS ?first) (MAX(?hash) AS ?latest) { "
        f"GRAPH <{manifest_graph(vocabulary)}> {{ ?graph <{vocabulary.term('contentHash')}> ?hash }} {after} }} "
        f"GROUP BY ?graph ORDER BY STR(?graph) LIMIT {PAGE}"
    )


def counts(endpoint: Endpoint, graphs: Iterable[str]) -> dict[str, int]:
    """How many triples each of these graphs holds there; those that hold none are absent."""
    found: dict[str, int] = {}
    ordered = sorted(graphs)
    for start in range(0, len(ordered), 200):
        values = " ".join(f"<{graph}>" for graph in ordered[start : start + 200])
        rows = endpoint.select(
            f"SELECT ?graph (COUNT(*) AS ?count) {{ VALUES ?graph {{ {values} }} "
            "GRAPH ?graph { ?subject ?predicate ?object } } GROUP BY ?graph"
        )
        found |= {row["graph"]: int(row["count"]) for row in rows if "graph" in row and row.get("count", "").isdigit()}
    return found
