"""The commands that ask a store and write what it holds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from geograph.cli.options import (
    DEFAULT_STORE,
    AsOfOption,
    OntologyOption,
    OutOption,
    StoreOption,
    as_day,
    asked_graph,
    write,
)


def query(
    text: Annotated[str | None, typer.Argument(metavar="QUERY", help="SPARQL, the name of a query, or -.")] = None,
    param: Annotated[
        list[str], typer.Option("--param", "-p", help="Value of a named query's parameter.", metavar="NAME=VALUE")
    ] = [],  # noqa: B006 - Typer copies it
    format: Annotated[
        str,
        typer.Option("--format", "-f", help="table, csv, tsv, json or xml; for graphs turtle, ntriples or jsonld."),
    ] = "table",
    list_: Annotated[bool, typer.Option("--list", help="List the named queries.")] = False,
    as_of: AsOfOption = None,
    out: OutOption = None,
    store: StoreOption = DEFAULT_STORE,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Ask the graph in SPARQL (prefixes are known), or run a named query."""
    from geograph import query as queries
    from geograph.store import Store

    if list_:
        typer.echo(queries.listing())
        return
    if text is None:
        raise typer.BadParameter("give a SPARQL query, the name of a named query, or - for standard input")
    parameters = dict(_pair(value) for value in param)
    source = sys.stdin.read() if text == "-" else text
    queries.check_format(format)
    if as_of is None:
        with Store.open(store, read_only=True) as opened:
            result = queries.run(opened, source, parameters=parameters)
    else:
        with asked_graph(store, ontology, as_of) as graph:
            result = queries.run(graph.store, source, parameters=parameters)
    write(queries.serialize(result, format), out)


def view(
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write.")] = Path("exports/graph.html"),
    title: Annotated[str, typer.Option("--title", help="Title of the page.")] = "geograph",
    entity: Annotated[
        list[str], typer.Option("--entity", help="Only around this actor (may be given again).", metavar="NAME")
    ] = [],  # noqa: B006 - Typer copies it
    hops: Annotated[int, typer.Option("--hops", help="With --entity: how many steps around.", min=0)] = 1,
    first: Annotated[str | None, typer.Option("--from", help="Not before this day.", metavar="YYYY-MM-DD")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Not after this day.", metavar="YYYY-MM-DD")] = None,
    relation: Annotated[
        list[str], typer.Option("--relation", help="Only this relation (may be given again).", metavar="NAME")
    ] = [],  # noqa: B006 - Typer copies it
    min_sources: Annotated[int, typer.Option("--min-sources", help="Least independent sources.", min=1)] = 1,
    limit: Annotated[int, typer.Option("--limit", help="Open on so many most central actors.", min=1)] = 300,
    as_of: AsOfOption = None,
    store: StoreOption = DEFAULT_STORE,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Write the interactive page, of everything or of a part: one HTML file that works offline."""
    from geograph.excerpt import Excerpt
    from geograph.query import find_entity, find_relation

    days = as_day(first, "--from"), as_day(last, "--to")
    with asked_graph(store, ontology, as_of) as graph:
        excerpt = Excerpt(
            frozenset(find_entity(graph.store, name) for name in entity),
            hops,
            *days,
            frozenset(find_relation(graph.store, name) for name in relation),
            min_sources,
        )
        write(graph.html(title=title, excerpt=excerpt, limit=limit).encode(), out)
    typer.echo(f"page: {out}")


def show(
    name: Annotated[str, typer.Argument(help="Name, alias or key of an entity.")],
    as_of: AsOfOption = None,
    store: StoreOption = DEFAULT_STORE,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Print a dossier: who, aliases, offices, relations by date with sources."""
    from geograph.dossier import lines
    from geograph.escaping import for_terminal

    with asked_graph(store, ontology, as_of) as graph:
        for line in lines(graph.dossier(name)):
            typer.echo(for_terminal(line))


def relations(
    name: Annotated[str | None, typer.Argument(help="A relation, to see all of it.")] = None,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """List the relations that geograph reads, or describe one."""
    from geograph.catalogue import describe, listing
    from geograph.ontology import load

    catalogue = load(ontology).relations
    typer.echo("\n".join(listing(catalogue) if name is None else describe(catalogue, name)))


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise typer.BadParameter(f"{text!r} is not NAME=VALUE", param_hint="--param")
    return name, value
