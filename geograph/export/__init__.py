"""Exports: one file per family of formats, one function each; `FORMATS` lists them by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import RdfFormat

from geograph.errors import GeographError
from geograph.export import csv, cypher, events, ftm, jsonl, neo4j, networks, parquet, rdf
from geograph.export.annotations import annotated
from geograph.export.archive import archive
from geograph.export.options import ANNOTATIONS, STANDINGS, Content, Options
from geograph.export.rdf import to_rdflib
from geograph.store import Store

__all__ = ["ANNOTATIONS", "FORMATS", "STANDINGS", "Format", "Options", "render", "render_files", "to_rdflib"]

Files = Mapping[str, bytes]
USUAL = Options()


@dataclass(frozen=True)
class Format:
    """One format: the suffix of its files, what it holds, the function that writes it, and the options it takes.

    One that consists of several files has the suffix "zip" and gives them by name.
    """

    suffix: str
    about: str
    write: Callable[[Store, Options], bytes | Files]
    takes: frozenset[str] = frozenset()

    @property
    def is_folder(self) -> bool:
        """Whether it consists of several files."""
        return self.suffix == "zip"


def render(store: Store, format: str, options: Options = USUAL) -> bytes:
    """The store's content in the format of that name; several files as a zip archive. Raises GeographError.

    The same content gives the same bytes.
    """
    written = _written(store, format, options)
    return written if isinstance(written, bytes) else archive(written)


def render_files(store: Store, format: str, options: Options = USUAL) -> Files:
    """The files of a format that consists of several, by name. Raises GeographError."""
    written = _written(store, format, options)
    if isinstance(written, bytes):
        raise GeographError(f"{format} is one file, no folder")
    return written


def _written(store: Store, format: str, options: Options) -> bytes | Files:
    if format not in FORMATS:
        raise GeographError(f"unknown format {format!r}; use one of {', '.join(FORMATS)}")
    for option in sorted(options.asked - FORMATS[format].takes):
        able = ", ".join(name for name, known in FORMATS.items() if option in known.takes)
        raise GeographError(f"{format} takes no {option}; these do: {able}")
    return FORMATS[format].write(store, options)


def _utf8(lines: Iterable[str]) -> bytes:
    return "".join(lines).encode("utf-8", errors="replace")


def _graph(format: RdfFormat) -> Callable[[Store, Options], bytes]:
    def write(store: Store, options: Options) -> bytes:
        if options.annotations:
            return annotated(store, format, options.annotations)
        return rdf.graph(store, format)

    return write


def _dataset(format: RdfFormat) -> Callable[[Store, Options], bytes]:
    def write(store: Store, options: Options) -> bytes:
        if options.annotations:
            return annotated(store, format, options.annotations)
        return rdf.dataset(store, format)

    return write


def _facts_csv(store: Store, options: Options) -> bytes:
    return _utf8(csv.facts(store.facts(), {entity.key: entity for entity in store.entities()}))


def _graphml(store: Store, options: Options) -> bytes:
    from geograph.network import build_network

    return networks.graphml(build_network(store.facts(), {entity.key: entity for entity in store.entities()}))


def _gexf(store: Store, options: Options) -> bytes:
    from geograph.network import build_network

    return networks.gexf(build_network(store.facts(), {entity.key: entity for entity in store.entities()}))


_ANNOTATED = frozenset({"--annotations"})
_CHOSEN = frozenset({"--status"})

FORMATS: Mapping[str, Format] = {
    "turtle": Format("ttl", "shortcuts, facts, claims, articles and entities", _graph(RdfFormat.TURTLE), _ANNOTATED),
    "trig": Format("trig", "all, each article in its named graph", _dataset(RdfFormat.TRIG), _ANNOTATED),
    "nquads": Format("nq", "all, one quad a line", _dataset(RdfFormat.N_QUADS), _ANNOTATED),
    "jsonld": Format("jsonld", "all, as JSON-LD", _dataset(RdfFormat.JSON_LD), _ANNOTATED),
    "rdfxml": Format("rdf", "what turtle holds, as RDF/XML", _graph(RdfFormat.RDF_XML), _ANNOTATED),
    "jsonl": Format(
        "jsonl", "one claim a line", lambda s, o: _utf8(jsonl.claims(s.extractions(), s.facts(), s.vocabulary))
    ),
    "articles": Format(
        "jsonl", "one article a line", lambda s, o: _utf8(jsonl.articles(s.extractions(), s.vocabulary))
    ),
    "mentions": Format(
        "jsonl", "one mention a line", lambda s, o: _utf8(jsonl.mentions(s.extractions(), s.vocabulary))
    ),
    "csv": Format("csv", "one fact a row", _facts_csv),
    "events": Format(
        "csv",
        "event data: one event a row, with CAMEO, PLOVER and score",
        lambda s, o: _utf8(events.events(Content.of(s, o), o)),
        _CHOSEN,
    ),
    "parquet": Format(
        "zip", "facts, claims, entities and articles as Parquet", lambda s, o: parquet.tables(Content.of(s, o))
    ),
    "graphml": Format("graphml", "the network of facts", _graphml),
    "gexf": Format("gexf", "the network of facts", _gexf),
    "neo4j": Format(
        "zip",
        "nodes.csv and relationships.csv for neo4j-admin",
        lambda s, o: neo4j.files(Content.of(s, o), s.vocabulary),
    ),
    "cypher": Format(
        "cypher", "a script for a running Neo4j", lambda s, o: _utf8(cypher.script(Content.of(s, o), s.vocabulary))
    ),
    "ftm": Format(
        "ftm.json",
        "FollowTheMoney entities, one a line",
        lambda s, o: _utf8(ftm.lines(Content.of(s, o), s.vocabulary, o)),
        _CHOSEN,
    ),
}
