"""Questions to the store: free SPARQL and the named queries.

Queries run over the union of all graphs, know the prefixes of `geograph.vocabulary`, and only read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import pyoxigraph

from geograph.errors import QueryError, RefusedError
from geograph.query.guard import check, is_ordered
from geograph.query.lookup import find_claim, find_entity, find_relation
from geograph.query.named import NamedQuery, Parameter, named
from geograph.query.results import FORMATS, Description, Result, Table, Truth, check_format, serialize
from geograph.store import Store

__all__ = [
    "FORMATS",
    "Description",
    "NamedQuery",
    "Parameter",
    "Result",
    "Table",
    "Truth",
    "ask",
    "check_format",
    "find_claim",
    "find_entity",
    "find_relation",
    "listing",
    "named",
    "run",
    "serialize",
]

_Row = TypeVar("_Row")


def run(store: Store, query: str, *, parameters: Mapping[str, str] | None = None) -> Result:
    """The answer to a SPARQL query, or to the named query of that name with its `parameters`.

    All rows are read before it returns. Rows come in the query's own order; without an ORDER BY they are sorted, so
    that the same store gives the same bytes. Raises QueryError, with line and column for a broken query.
    """
    name = query.strip()
    by_name = {each.name: each for each in named()}
    if name in by_name:
        return ask(store, by_name[name].bound(store, parameters or {}))
    if name and all(character.isalnum() or character in "-_" for character in name):
        raise QueryError(f"no named query {name!r}{_nearest(name, by_name)}; `geograph query --list` lists them")
    if parameters:
        raise QueryError("parameters are for named queries only; write the values into the SPARQL")
    return ask(store, query)


def ask(
    store: Store,
    sparql: str,
    *,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
    limit: int | None = None,
    names: bool = True,
) -> Result:
    """The answer to a SPARQL query.

    Where graphs are named (by IRI), the query is over these alone, else over the union of all. Raises RefusedError
    where there are more than `limit` rows or triples. `names` says whether a table gets the names of its entities.
    """
    check(sparql)
    try:
        answer = store.query(sparql, default_graphs=default_graphs, named_graphs=named_graphs)
        prefixes = store.vocabulary.prefixes()
        if isinstance(answer, pyoxigraph.QueryBoolean):
            return Truth(bool(answer))
        if isinstance(answer, pyoxigraph.QueryTriples):
            return Description(tuple(sorted(set(_limited(answer, limit)), key=str)), prefixes)
        variables = tuple(variable.value for variable in answer.variables)
        rows = [tuple(solution) for solution in _limited(answer, limit)]
    except SyntaxError as error:
        raise QueryError(_syntax(str(error))) from error
    if not is_ordered(sparql):
        rows.sort(key=lambda row: [("" if term is None else str(term)) for term in row])
    return Table(variables, tuple(rows), prefixes, _names(store, rows) if names else {})


def _limited(found: Iterable[_Row], limit: int | None) -> Iterator[_Row]:
    for count, each in enumerate(found):
        if count == limit:
            raise RefusedError(f"the answer has more than {limit:,} rows; ask for fewer (LIMIT), or for counts")
        yield each


def _names(store: Store, rows: Iterable[Iterable[object]]) -> dict[str, str]:
    """The labels of the entities in the rows, by IRI."""
    space = store.vocabulary.entity("")
    iris = {term.value for row in rows for term in row if isinstance(term, pyoxigraph.NamedNode)}
    found = ((iri, store.entity(iri.removeprefix(space))) for iri in sorted(iris) if iri.startswith(space))
    return {iri: entity.label for iri, entity in found if entity is not None}


def listing() -> str:
    """The named queries with their parameters, as lines of text."""
    lines = []
    for query in named():
        lines.append(f"{query.name}: {query.about}")
        for parameter in query.parameters:
            default = f" (default {parameter.default})" if parameter.default else ""
            lines.append(f"    -p {parameter.name}={parameter.kind.upper()}  {parameter.about}{default}")
    return "\n".join(lines)


def _nearest(name: str, known: Mapping[str, NamedQuery]) -> str:
    from rapidfuzz import process

    near = [each for each, _, _ in process.extract(name, sorted(known), limit=2, score_cutoff=60)]
    return f"; did you mean {' or '.join(near)}?" if near else ""


def _syntax(reason: str) -> str:
    """Oxigraph's complaint, in one line and without its lists of characters."""
    place, _, expected = " ".join(reason.split()).removeprefix("error at ").partition(": ")
    if "Prefix not found" in expected:
        expected = "unknown prefix"
    elif "unbound" in expected:
        expected = "the SELECT names a variable that the query does not bind (or does not group by)"
    elif len(expected) > 80:
        expected = "the query cannot be read from here on"
    return f"broken query at {place}: {expected}"
