"""Exports: one file per family of formats, one function each; `FORMATS` lists them by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import RdfFormat

from geograph.errors import GeographError
from geograph.export import csv, jsonl, networks, rdf
from geograph.export.rdf import to_rdflib
from geograph.store import Store

__all__ = ["FORMATS", "Format", "render", "to_rdflib"]


@dataclass(frozen=True)
class Format:
    """One format: the suffix of its files, what it holds, and the function that writes it."""

    suffix: str
    about: str
    write: Callable[[Store], bytes]


def render(store: Store, format: str) -> bytes:
    """The store's content in the format of that name; the same bytes for the same content. Raises GeographError."""
    if format not in FORMATS:
        raise GeographError(f"unknown format {format!r}; use one of {', '.join(FORMATS)}")
    return FORMATS[format].write(store)


def _utf8(lines: Iterable[str]) -> bytes:
    return "".join(lines).encode("utf-8", errors="replace")


def _facts_csv(store: Store) -> bytes:
    return _utf8(csv.facts(store.facts(), {entity.key: entity for entity in store.entities()}))


def _graphml(store: Store) -> bytes:
    from geograph.network import build_network

    return networks.graphml(build_network(store.facts(), {entity.key: entity for entity in store.entities()}))


def _gexf(store: Store) -> bytes:
    from geograph.network import build_network

    return networks.gexf(build_network(store.facts(), {entity.key: entity for entity in store.entities()}))


FORMATS: Mapping[str, Format] = {
    "turtle": Format(
        "ttl", "shortcuts, facts, claims, articles and entities", lambda s: rdf.graph(s, RdfFormat.TURTLE)
    ),
    "trig": Format("trig", "all, each article in its named graph", lambda s: rdf.dataset(s, RdfFormat.TRIG)),
    "nquads": Format("nq", "all, one quad a line", lambda s: rdf.dataset(s, RdfFormat.N_QUADS)),
    "jsonld": Format("jsonld", "all, as JSON-LD", lambda s: rdf.dataset(s, RdfFormat.JSON_LD)),
    "rdfxml": Format("rdf", "what turtle holds, as RDF/XML", lambda s: rdf.graph(s, RdfFormat.RDF_XML)),
    "jsonl": Format(
        "jsonl", "one claim a line", lambda s: _utf8(jsonl.claims(s.extractions(), s.facts(), s.vocabulary))
    ),
    "articles": Format("jsonl", "one article a line", lambda s: _utf8(jsonl.articles(s.extractions(), s.vocabulary))),
    "mentions": Format("jsonl", "one mention a line", lambda s: _utf8(jsonl.mentions(s.extractions(), s.vocabulary))),
    "csv": Format("csv", "one fact a row", _facts_csv),
    "graphml": Format("graphml", "the network of facts", _graphml),
    "gexf": Format("gexf", "the network of facts", _gexf),
}
