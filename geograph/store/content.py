"""What of a store is given to others, sorted, without the store's own index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from geograph.store.terms import TYPE, value
from geograph.vocabulary import Vocabulary

FIRST_SEEN = "firstSeen"
OWN_INDEX = ("page", "tally", "sketch", "origin", "storeVersion", "curation")
DECIDED = ("judgement", "mergedInto", "hidden")
NOT_IN_GRAPH = (*OWN_INDEX, "text", "reading")


def graph_triples(quads: pyoxigraph.Store, vocabulary: Vocabulary, *, first_seen: bool) -> Iterator[Triple]:
    """The triples of all graphs but for the texts of articles, sorted by subject, the type of each first."""
    left_out = _predicates(vocabulary, NOT_IN_GRAPH, first_seen)
    quads_of = quads.quads_for_pattern
    typed = [(value(quad.subject), quad.graph_name) for quad in quads_of(None, TYPE, None)]
    # What people decided on a claim lies beside its graph; what they merged or hid has no type any more.
    decided = {NamedNode(vocabulary.term(name)) for name in DECIDED}
    typed += {(value(quad.subject), quad.graph_name) for name in decided for quad in quads_of(None, name, None)}
    for subject, graph in sorted(typed, key=lambda pair: (pair[0], str(pair[1]))):
        for quad in sorted(quads_of(NamedNode(subject), None, None, graph), key=_type_first):
            if quad.predicate not in left_out:
                yield quad.triple


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


def _type_first(quad: Quad) -> tuple[bool, str, str]:
    return quad.predicate != TYPE, quad.predicate.value, str(quad.object)
