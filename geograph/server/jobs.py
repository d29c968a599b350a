"""What workers do: each job reads the open graph and gives an answer as HTTP has it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version

from pyoxigraph import NamedNode, RdfFormat, serialize as serialize_rdf

from geograph import query as queries
from geograph.dossier import dossier as dossier_of
from geograph.errors import QueryError, RefusedError
from geograph.graph import Graph
from geograph.query import Description, NamedQuery, Result, Table, find_entity, named
from geograph.server import pages
from geograph.server.negotiation import GRAPHS, HTML, TABLES, MediaType, by_name, choose
from geograph.server.settings import Settings
from geograph.server.wire import Answer, text
from geograph.store import Store

_RDF = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
_ABOUT = """CONSTRUCT { ?s ?p ?o } WHERE {
  { VALUES ?s { ENTITY } ?s ?p ?o }
  UNION { ?s gg:subject ENTITY ; a gg:Fact ; ?p ?o }
  UNION { ?s gg:object ENTITY ; a gg:Fact ; ?p ?o }
}"""


def sparql(
    graph: Graph,
    settings: Settings,
    *,
    query: str,
    default_graphs: Sequence[str],
    named_graphs: Sequence[str],
    accept: str | None,
) -> Answer:
    """The answer to a query of the protocol."""
    for iri in (*default_graphs, *named_graphs):
        if not _is_graph(graph.store, iri):
            return text(400, f"no graph <{iri}> in the store; a graph is an article's, and nothing is fetched")
    try:
        result = queries.ask(
            graph.store,
            query,
            default_graphs=default_graphs,
            named_graphs=named_graphs,
            limit=settings.max_rows,
            names=False,
        )
    except QueryError as error:
        return _refusal(error)
    offers = _offers(result)
    return _written(result, choose(accept, offers), offers, settings)


def run_named(
    graph: Graph,
    settings: Settings,
    *,
    name: str,
    values: Mapping[str, str],
    accept: str | None,
    format: str | None,
) -> Answer:
    """The answer to a named query: a page with its form and a table, or one of the formats."""
    query = next(each for each in named() if each.name == name)
    offers = (HTML, *TABLES)
    chosen = by_name(format, offers) if format else choose(accept, offers)
    if chosen is None:
        return _unacceptable(offers)
    needed = [parameter.name for parameter in query.parameters if parameter.default is None]
    if chosen is HTML and not values.keys() & set(needed) and needed:
        return _form(200, query, values)
    try:
        bound = query.bound(graph.store, values)
        result = queries.ask(graph.store, bound, limit=settings.max_rows, names=chosen is HTML)
    except QueryError as error:
        if chosen is not HTML:
            return _refusal(error)
        return _form(_status(error), query, values, error=str(error))
    if chosen is not HTML:
        return _written(result, chosen, offers, settings)
    assert isinstance(result, Table)
    return _bounded(Answer(200, HTML.header, pages.results(query, values, bound, result, graph.store)), settings)


def entity(graph: Graph, settings: Settings, *, key: str, accept: str | None, format: str | None) -> Answer:
    """The dossier of the entity with this key: a page, or its triples and those of its facts."""
    offers = (HTML, *GRAPHS)
    chosen = by_name(format, offers) if format else choose(accept, offers)
    if chosen is None:
        return _unacceptable(offers)
    if graph.store.entity(key) is None:
        message = f"no entity {key!r} in the store"
        if chosen is not HTML:
            return text(404, message)
        return Answer(404, HTML.header, pages.message("Not found", message, depth=1))
    if chosen is HTML:
        found = dossier_of(graph.store, key, graph.ontology.relations)
        return _bounded(Answer(200, HTML.header, pages.dossier(found)), settings)
    iri = NamedNode(graph.store.vocabulary.entity(key))
    result = queries.ask(graph.store, _ABOUT.replace("ENTITY", str(iri)), names=False)
    return _written(result, chosen, offers, settings)


def find(graph: Graph, settings: Settings, *, name: str) -> Answer:
    """The key of the entity with this name, label or alias, as text; 404 with the nearest for an unknown one."""
    try:
        return Answer(200, "text/plain; charset=utf-8", find_entity(graph.store, name).encode())
    except QueryError as error:
        return Answer(404, HTML.header, pages.message("Not found", str(error), depth=0))


def view(graph: Graph, settings: Settings) -> Answer:
    """The interactive page of the whole graph."""
    return _bounded(Answer(200, HTML.header, graph.html().encode()), settings)


def counts(graph: Graph, settings: Settings) -> Answer:
    """How much the store holds, as JSON, with the version of geograph."""
    held = {"status": "ok", "version": version("geograph"), **graph.store.counts()}
    return Answer(200, "application/json", json.dumps(held).encode() + b"\n")


JOBS: Mapping[str, Callable[..., Answer]] = {
    "sparql": sparql,
    "named": run_named,
    "entity": entity,
    "find": find,
    "view": view,
    "counts": counts,
}


def _is_graph(store: Store, iri: str) -> bool:
    try:
        name = NamedNode(iri)
    except ValueError:
        return False
    return bool(store.query(f"ASK {{ GRAPH {name} {{ ?s ?p ?o }} }}"))


def _offers(result: Result) -> tuple[MediaType, ...]:
    return GRAPHS if isinstance(result, Description) else TABLES


def _written(result: Result, chosen: MediaType | None, offers: Sequence[MediaType], settings: Settings) -> Answer:
    if chosen is None:
        return _unacceptable(offers)
    if isinstance(result, Description):
        format = _RDF[chosen.format]
        body = serialize_rdf(result.triples, format=format, prefixes=dict(result.prefixes)) or b""
    else:
        body = queries.serialize(result, chosen.format)
    return _bounded(Answer(200, chosen.header, body), settings)


def _bounded(answer: Answer, settings: Settings) -> Answer:
    if len(answer.body) <= settings.max_bytes:
        return answer
    most = settings.max_bytes // (1024 * 1024)
    return text(403, f"the answer is larger than {most} MiB; ask for less (LIMIT, fewer columns)")


def _unacceptable(offers: Sequence[MediaType]) -> Answer:
    return text(406, f"the answer can be had as {', '.join(dict.fromkeys(offer.type for offer in offers))}")


def _status(error: QueryError) -> int:
    return 403 if isinstance(error, RefusedError) else 400


def _refusal(error: QueryError) -> Answer:
    return text(_status(error), str(error))


def _form(status: int, query: NamedQuery, values: Mapping[str, str], *, error: str | None = None) -> Answer:
    return Answer(status, HTML.header, pages.form(query, values, error))
