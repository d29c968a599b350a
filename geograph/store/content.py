"""What of a store is given to others, sorted, without the store's own index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, QuerySolutions, Triple

from geograph.store.terms import TYPE, value
from geograph.vocabulary import Vocabulary

FIRST_SEEN = "firstSeen"
OWN_INDEX = ("page", "tally", "sketch", "origin", "storeVersion", "curation")
NOT_IN_GRAPH = (*OWN_INDEX, "text", "reading")


def graph_triples(quads: pyoxigraph.Store, vocabulary: Vocabulary, *, first_seen: bool) -> Iterator[Triple]:
    """The triples of all graphs but for the texts of articles, each once; by subject, the type of each first."""
    left_out = _predicates(vocabulary, NOT_IN_GRAPH, first_seen)
    rows = quads.query("SELECT DISTINCT ?subject { ?subject ?property ?value }", use_default_graph_as_union=True)
    assert isinstance(rows, QuerySolutions)
    for subject in sorted(value(row[0]) for row in rows):
        said = {quad.triple for quad in quads.quads_for_pattern(NamedNode(subject), None, None)}
        yield from (triple for triple in sorted(said, key=_type_first) if triple.predicate not in left_out)


def dataset_quads(quads: pyoxigraph.Store, vocabulary: Vocabulary, *, first_seen: bool) -> Iterator[Quad]:
    """All quads, sorted by graph, the default graph first, and then by subject, the type of each first."""
    left_out = _predicates(vocabulary, OWN_INDEX, first_seen)
    named = sorted(value(graph) for graph in quads.named_graphs())
    graphs: list[NamedNode | DefaultGraph] = [DefaultGraph(), *map(NamedNode, named)]
    for graph in graphs:
        for quad in sorted(quads.quads_for_pattern(None, None, None, graph), key=_subject_first):
            if quad.predicate not in left_out:
                yield quad


def _predicates(vocabulary: Vocabulary, names: Iterable[str], first_seen: bool) -> set[NamedNode]:
    return {NamedNode(vocabulary.term(name)) for name in (*names, *(() if first_seen else (FIRST_SEEN,)))}


def _subject_first(quad: Quad) -> tuple[str, bool, str, str]:
    return value(quad.subject), *_type_first(quad)


def _type_first(quad: Quad | Triple) -> tuple[bool, str, str]:
    return quad.predicate != TYPE, quad.predicate.value, str(quad.object)
