"""RDF files: the graph (shortcuts, facts, claims, articles, entities) and the whole dataset with its named graphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, serialize

if TYPE_CHECKING:
    import rdflib

    from geograph.store import Store


def graph(store: Store, format: RdfFormat) -> bytes:
    """The graph as one set of triples: Turtle, RDF/XML or N-Triples. Article texts are left out."""
    return serialize(store.graph_triples(), format=format, prefixes=store.vocabulary.prefixes()) or b""


def dataset(store: Store, format: RdfFormat) -> bytes:
    """Everything stored, each article in its named graph: TriG, N-Quads or JSON-LD."""
    return serialize(store.dataset_quads(), format=format, prefixes=store.vocabulary.prefixes()) or b""


def to_rdflib(store: Store) -> rdflib.Graph:
    """The triples of the graph in a plain rdflib graph, its prefixes bound."""
    import rdflib

    result = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in store.vocabulary.prefixes().items():
        result.bind(prefix, namespace)
    return result.parse(data=graph(store, RdfFormat.N_TRIPLES), format="nt")
