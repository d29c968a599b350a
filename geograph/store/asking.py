"""Queries over the quads of a store, and the order in which its facts are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pyoxigraph
from pyoxigraph import NamedNode

from geograph.model import Fact
from geograph.vocabulary import Vocabulary

Answer = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples


def answer(
    quads: pyoxigraph.Store,
    vocabulary: Vocabulary,
    sparql: str,
    default_graphs: Sequence[str],
    named_graphs: Sequence[str],
) -> Answer:
    """Oxigraph's answer over the graphs that are named by IRI, over the union of all where none is."""
    prefixes = vocabulary.prefixes()
    if not default_graphs and not named_graphs:
        return quads.query(sparql, prefixes=prefixes, use_default_graph_as_union=True)
    return quads.query(
        sparql,
        prefixes=prefixes,
        default_graph=[NamedNode(iri) for iri in default_graphs],
        named_graphs=[NamedNode(iri) for iri in named_graphs],
    )


def by_key_and_date(fact: Fact) -> tuple[str, str, str, date, str]:
    """What facts are sorted by: relation, subject, object and date, the undated first."""
    day = fact.date.earliest if fact.date else date.min
    return fact.relation, fact.subject, fact.object, day, fact.date.edtf if fact.date else ""
