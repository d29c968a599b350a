"""The commands that keep a store in order: whether it holds together, how right it is, and removal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geograph.cli.options import DEFAULT_STORE, LEFT_OUT, OntologyOption, StoreOption, open_graph
from geograph.errors import QueryError


def check(
    deep: Annotated[
        bool, typer.Option("--deep", help="Derive every fact again, whatever the size of the store.")
    ] = False,
    shapes: Annotated[
        bool, typer.Option("--shapes", help="Run the SHACL shapes through pySHACL, whatever the size of the store.")
    ] = False,
    store: StoreOption = DEFAULT_STORE,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Check that the store keeps its promises: shapes, quotes, counts, shortcuts, and facts that follow from claims."""
    from geograph.check import check as check_store

    with open_graph(store, ontology, read_only=True) as graph:
        report = check_store(graph.store, graph.ontology, deep=deep, shapes=shapes)
        summary = graph.summary()
    for line in report.faults:
        typer.echo(line)
    for line in report.checked:
        typer.echo(f"checked {line}")
    found = len(report.faults)
    typer.echo(f"{summary}: {'no fault' if not found else '1 fault' if found == 1 else f'{found} faults'}")
    if found:
        raise typer.Exit(LEFT_OUT)


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Folder with gold files (*.json).")],
    errors: Annotated[int, typer.Option("--errors", help="How many missed and wrong claims to list.")] = 0,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Print precision and recall of the store's claims against hand-made gold."""
    from geograph.evaluate import report

    with open_graph(store, [], read_only=True) as graph:
        for line in report(graph.store, gold, graph.ontology.relations, errors=errors):
            typer.echo(line)


def remove(
    article: Annotated[str, typer.Argument(help="Id, IRI, document name or URL of the articles to remove.")],
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Remove articles with their claims; facts that rest on others stay."""
    # A store that is missing is an error here, not a new one.
    open_graph(store, [], read_only=True).close()
    with open_graph(store, []) as graph:
        count = graph.remove(article)
        if not count:
            raise QueryError(f"no article {article!r} in {store}; `geograph query articles` lists them")
        typer.echo(f"removed {count} article{'s' if count != 1 else ''}; {graph.summary()}")
