"""Which articles are meant: by id, document or URL, by a claim, or by an entity that their claims name."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pyoxigraph
from pyoxigraph import Literal, NamedNode

from geograph.store.terms import SOURCE, TYPE, source_iri, value
from geograph.store.writing import Writer

_ID = re.compile(r"[0-9a-f]{20}")
_ENDS = ("subject", "object", "placeEntity")


def articles_called(quads: pyoxigraph.Store, write: Writer, selector: str) -> list[str]:
    """The ids of the articles with this id, IRI, document or URL, sorted."""
    id = selector.removeprefix(write.vocabulary.article(""))
    document, iri = write.term("document"), source_iri(selector)
    if _ID.fullmatch(id) and any(quads.quads_for_pattern(write.article(id), document, None)):
        return [id]
    of_document = quads.quads_for_pattern(None, document, Literal(selector))
    of_url = quads.quads_for_pattern(None, SOURCE, iri) if iri is not None else ()
    return sorted({write.vocabulary.local(value(quad.subject)) for quad in (*of_document, *of_url)})


def article_of_claim(quads: pyoxigraph.Store, write: Writer, id: str) -> str | None:
    """The id of the article that makes the claim with this id, None if none does."""
    found = next(quads.quads_for_pattern(write.claim(id), write.term("article"), None), None)
    return write.vocabulary.local(value(found.object)) if found is not None else None


def articles_naming(quads: pyoxigraph.Store, write: Writer, keys: Iterable[str]) -> set[str]:
    """The ids of the articles in which a claim has one of the entities, by its key as read, as an end or place."""
    graphs = (
        quad.graph_name
        for key in keys
        for name in _ENDS
        for quad in quads.quads_for_pattern(None, write.term(name), write.entity(key))
    )
    return {write.vocabulary.local(graph.value) for graph in graphs if isinstance(graph, NamedNode)}


def holds_samples(quads: pyoxigraph.Store, write: Writer) -> bool | None:
    """Whether the articles are the invented samples, None where there are none yet."""
    stored = next(quads.quads_for_pattern(None, TYPE, write.term("Article")), None)
    if stored is None:
        return None
    return any(quads.quads_for_pattern(stored.subject, write.term("sample"), None))
