"""The server's own pages: start, named queries with their forms and tables, dossiers, the query page.

Whatever comes from the store or the request is text: the templates escape it, and no page but the one for queries runs
any script.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from pyoxigraph import NamedNode

from geograph.dossier import Dossier, Entry
from geograph.model import Status
from geograph.query import NamedQuery, Table
from geograph.view.contents import pieces, safe_url
from geograph.view.wording import date_words
from geograph.vocabulary import Vocabulary

if TYPE_CHECKING:
    from jinja2 import Environment

    from geograph.query.results import Term
    from geograph.store import Store

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Cell:
    """One cell of a table: its text, the address it leads to if any, and the whole of what it shortens."""

    text: str
    link: str | None = None
    title: str | None = None


def home(held: Mapping[str, object] | None, problem: str | None) -> bytes:
    """The start page with what the store holds; None where it cannot be read, for the reason of `problem`."""
    return _render("home.html", 0, held=held, problem=problem)


def message(title: str, words: str, *, depth: int) -> bytes:
    """A page that says one thing; `depth` is how many folders it lies below the root."""
    return _render("message.html", depth, title=title, words=words)


def query_page() -> bytes:
    """The page with the SPARQL editor."""
    return _render("query.html", 0)


def queries(known: Iterable[NamedQuery]) -> bytes:
    """The list of the named queries."""
    return _render("queries.html", 0, queries=known)


def as_json(known: Iterable[NamedQuery]) -> dict[str, object]:
    """The named queries, and the prefixes that need no line, as plain values."""
    listed = [
        {
            "name": query.name,
            "title": query.title,
            "about": query.about,
            "parameters": [
                {"name": each.name, "kind": each.kind, "default": each.default, "about": each.about}
                for each in query.parameters
            ],
            "sparql": query.sparql,
        }
        for query in known
    ]
    return {"prefixes": Vocabulary().prefixes(), "queries": listed}


def form(query: NamedQuery, values: Mapping[str, str], error: str | None) -> bytes:
    """The page of a named query before it has an answer."""
    return _render("named.html", 1, query=query, values=values, error=error, table=None)


def results(query: NamedQuery, values: Mapping[str, str], sparql: str, table: Table, store: Store) -> bytes:
    """The page of a named query with its answer."""
    rows = ([_cell(term, table, store) for term in row] for row in table.terms)
    given = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in sorted(values.items()))
    return _render(
        "named.html", 1, query=query, values=values, error=None, table=table, rows=rows, sparql=sparql, given=given
    )


def dossier(found: Dossier) -> bytes:
    """The page of an entity."""
    return _render("dossier.html", 1, dossier=found)


def _cell(term: Term | None, table: Table, store: Store) -> Cell:
    if term is None:
        return Cell("")
    if not isinstance(term, NamedNode):
        return Cell(getattr(term, "value", str(term)))
    iri = term.value
    if (name := table.names.get(iri)) is not None:
        key = iri.removeprefix(store.vocabulary.entity(""))
        return Cell(name, f"../entity/{quote(key, safe='')}", key)
    for prefix, namespace in sorted(table.prefixes.items(), key=lambda pair: -len(pair[1])):
        local = iri.removeprefix(namespace)
        if local != iri and "/" not in local and "#" not in local:
            return Cell(f"{prefix}:{local}", title=iri)
    return Cell(iri, safe_url(iri))


def _marks(entry: Entry) -> list[str]:
    fact = entry.fact
    return ([] if fact.status is Status.ACTUAL else [str(fact.status)]) + (["disputed"] if fact.disputed else [])


def _render(template: str, depth: int, **values: object) -> bytes:
    html = _environment().get_template(template).render(root="../" * depth or "./", **values)
    # A lone surrogate cannot be written as UTF-8.
    return html.encode("utf-8", "replace")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(date_words=date_words, marks=_marks, pieces=pieces, safe_url=safe_url, quoted=_quoted)
    return environment


def _quoted(text: str) -> str:
    return quote(text, safe="")
