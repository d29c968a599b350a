"""Whether a store is one of ours, of this version and base."""

from __future__ import annotations

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from geograph.store.terms import TYPE, value
from geograph.vocabulary import Vocabulary

STORE_VERSION = "2"


def is_ours(quads: pyoxigraph.Store) -> bool:
    """Whether a store is empty or a geograph made it, of whatever version and base."""
    mark = next(quads.quads_for_pattern(None, _mark(Vocabulary()), None, DefaultGraph()), None)
    return mark is not None or next(quads.quads_for_pattern(None, None, None), None) is None


def version_fault(quads: pyoxigraph.Store, vocabulary: Vocabulary, *, read_only: bool) -> str | None:
    """Why the store cannot be used, None if it can: another version, base or program, or, if `read_only`, empty."""
    found = next(quads.quads_for_pattern(None, _mark(vocabulary), None, DefaultGraph()), None)
    if found is None and next(quads.quads_for_pattern(None, None, None), None) is not None:
        return "holds data but no geograph store; name another folder with --store"
    if found is not None and (version := value(found.object)) != STORE_VERSION:
        reads = f"store version {version}, this one reads {STORE_VERSION}"
        return f"made by another version of geograph ({reads}); build it anew with --new"
    if found is not None and found.subject != _subject(vocabulary):
        base = value(found.subject).removesuffix("store")
        return f"built with the base IRI {base}; use that base, or build it anew with --new"
    article = NamedNode(vocabulary.term("Article"))
    if read_only and next(quads.quads_for_pattern(None, TYPE, article), None) is None:
        return "the store holds no article yet; build one first: geograph build SOURCES"
    return None


def mark_version(quads: pyoxigraph.Store, vocabulary: Vocabulary) -> None:
    """Writes the version and the base into a store; nothing changes if they are there."""
    quads.add(Quad(_subject(vocabulary), _mark(vocabulary), Literal(STORE_VERSION)))


def _mark(vocabulary: Vocabulary) -> NamedNode:
    return NamedNode(vocabulary.term("storeVersion"))


def _subject(vocabulary: Vocabulary) -> NamedNode:
    return NamedNode(vocabulary.base + "store")
