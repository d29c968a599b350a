"""The commands that ask a store and write what it holds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from geograph.cli.options import DEFAULT_STORE, OntologyOption, OutOption, StoreOption, open_graph, write


def query(
    text: Annotated[str | None, typer.Argument(metavar="QUERY", help="SPARQL, the name of a query, or -.")] = None,
    param: Annotated[
        list[str], typer.Option("--param", "-p", help="Value of a named query's parameter.", metavar="NAME=VALUE")
    ] = [],  # noqa: B006 - Typer copies it
    format: Annotated[str, typer.Option("--format", "-f", help="table, csv, tsv, json, xml or turtle.")] = "table",
    list_: Annotated[bool, typer.Option("--list", help="List the named queries.")] = False,
    out: OutOption = None,
    store: StoreOption = DEFAULT_STORE,
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
    with Store.open(store, read_only=True) as opened:
        result = queries.run(opened, source, parameters=parameters)
        write(queries.serialize(result, format), out)


def export(
    format: Annotated[str, typer.Option("--format", "-f", help="Name of the format; --list names them.")] = "turtle",
    list_: Annotated[bool, typer.Option("--list", help="List the formats.")] = False,
    first_seen: Annotated[
        bool, typer.Option("--first-seen", help="Tell in RDF when each article was first added.")
    ] = False,
    out: OutOption = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write the graph in an open format."""
    from geograph.export import FORMATS, render
    from geograph.store import Store

    if list_:
        for name, kind in FORMATS.items():
            typer.echo(f"{name:<10} .{kind.suffix:<8} {kind.about}")
        return
    with Store.open(store, read_only=True, first_seen=first_seen) as opened:
        write(render(opened, format), out)


def view(
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write.")] = Path("exports/graph.html"),
    title: Annotated[str, typer.Option("--title", help="Title of the page.")] = "geograph",
    store: StoreOption = DEFAULT_STORE,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Write the interactive page: one HTML file that works offline."""
    with open_graph(store, ontology, read_only=True) as graph:
        write(graph.html(title=title).encode(), out)
    typer.echo(f"page: {out}")


def show(
    name: Annotated[str, typer.Argument(help="Name, alias or key of an entity.")],
    store: StoreOption = DEFAULT_STORE,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Print a dossier: who, aliases, offices, relations by date with sources."""
    from geograph.dossier import lines

    with open_graph(store, ontology, read_only=True) as graph:
        for line in lines(graph.dossier(name)):
            typer.echo(line)


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
