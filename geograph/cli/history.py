"""The commands that follow events: in order of time, from actor to actor, from one day's knowledge to another's."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geograph.cli.options import (
    DEFAULT_STORE,
    AsOfOption,
    OntologyOption,
    OutOption,
    StoreOption,
    as_day,
    asked_graph,
    open_graph,
    write,
)
from geograph.errors import QueryError

if TYPE_CHECKING:
    from geograph.diff import Diff
    from geograph.graph import Graph
    from geograph.records import Index


def timeline(
    actors: Annotated[list[str] | None, typer.Argument(help="One actor, or two: what is between them.")] = None,
    first: Annotated[str | None, typer.Option("--from", help="First day.", metavar="YYYY-MM-DD")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last day.", metavar="YYYY-MM-DD")] = None,
    relation: Annotated[list[str], typer.Option("--relation", help="Only this (may be given again).")] = [],  # noqa: B006
    status: Annotated[
        list[str],
        typer.Option("--status", help="Only this: actual, planned, possible or denied (may be given again)."),
    ] = [],  # noqa: B006 - Typer copies it
    alone: Annotated[bool, typer.Option("--alone", help="A country without its people and institutions.")] = False,
    format: Annotated[str, typer.Option("--format", "-f", help="text, json or csv.")] = "text",
    as_of: AsOfOption = None,
    out: OutOption = None,
    store: StoreOption = DEFAULT_STORE,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Print facts in order of time, those of unknown date apart; what is planned, possible or denied is marked."""
    from geograph.query import find_entity, find_relation
    from geograph.records import index
    from geograph.timeline import FORMATS, render, timeline as facts_in_order

    if len(actors or ()) > 2:
        raise typer.BadParameter("give one actor, or two", param_hint="ACTORS")
    _check_format(format, FORMATS)
    begin, end = as_day(first, "--from") or date.min, as_day(last, "--to") or date.max
    _check_order(begin, end)
    statuses = [_status(each) for each in status]
    with asked_graph(store, ontology, as_of) as graph:
        known = index(graph.store, graph.ontology.relations)
        found = facts_in_order(
            graph.facts(),
            known.entities,
            actors=[find_entity(graph.store, name) for name in actors or ()],
            alone=alone,
            first=begin,
            last=end,
            relations=[find_relation(graph.store, name) for name in relation],
            statuses=statuses,
        )
        write(render(found, known, format), out)


def path(
    start: Annotated[str, typer.Argument(help="Name, alias or key of an actor.")],
    end: Annotated[str, typer.Argument(help="Name, alias or key of another.")],
    format: Annotated[str, typer.Option("--format", "-f", help="text or json.")] = "text",
    as_of: AsOfOption = None,
    out: OutOption = None,
    store: StoreOption = DEFAULT_STORE,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Print a shortest chain of facts that connects two actors, each with the sentence that proves it."""
    from geograph.paths import FORMATS, render
    from geograph.records import index

    _check_format(format, FORMATS)
    with asked_graph(store, ontology, as_of) as graph:
        steps = graph.path(start, end)
        write(render(steps, index(graph.store, graph.ontology.relations), graph.store, format), out)


def diff(
    stores: Annotated[list[Path] | None, typer.Argument(help="Two stores to compare, instead of two days.")] = None,
    first: Annotated[
        str | None, typer.Option("--from", help="What was known on this day ...", metavar="YYYY-MM-DD")
    ] = None,
    last: Annotated[
        str | None,
        typer.Option("--to", help="... against this; else the day of the newest article.", metavar="YYYY-MM-DD"),
    ] = None,
    format: Annotated[str, typer.Option("--format", "-f", help="text, json or csv.")] = "text",
    out: OutOption = None,
    store: StoreOption = DEFAULT_STORE,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Compare what was known on two days: new, ended, changed and gone facts, and dyads that turned."""
    from geograph.diff import FORMATS, render

    _check_format(format, FORMATS)
    begin, end = as_day(first, "--from"), as_day(last, "--to")
    if stores:
        if len(stores) != 2 or begin or end:
            raise typer.BadParameter("give two stores, or --from and --to", param_hint="STORES")
        with ExitStack() as opened:
            old, new = (opened.enter_context(open_graph(each, ontology, read_only=True)) for each in stores)
            found, known = _compared(old, new, since=None)
    elif begin is None:
        raise typer.BadParameter("give the day of the first state of knowledge", param_hint="--from")
    else:
        with open_graph(store, ontology, read_only=True) as graph:
            found, known = _of_days(graph, begin, end)
    write(render(found, known, format), out)


def _of_days(graph: Graph, first: date, last: date | None) -> tuple[Diff, Index]:
    from geograph.asof import last_publication

    until = last or last_publication(graph.store)
    if until is None:
        raise QueryError("no article of the store has a date, so no day has a state of knowledge of its own")
    _check_order(first, until)
    for day in (first, until):
        typer.echo(graph.history.at(day).summary(), err=True)
    return _compared(graph.as_of(first), graph.as_of(until), since=first)


def _compared(old: Graph, new: Graph, *, since: date | None) -> tuple[Diff, Index]:
    from geograph.diff import compare
    from geograph.records import index

    relations = new.ontology.relations
    known = index(old.store, relations) | index(new.store, relations)
    return compare(old.facts(), new.facts(), known.entities, relations, since=since), known


def _status(name: str) -> str:
    from geograph.model import Status

    if name not in set(Status):
        raise typer.BadParameter(f"{name!r} is none of {', '.join(Status)}", param_hint="--status")
    return name


def _check_format(format: str, formats: tuple[str, ...]) -> None:
    if format not in formats:
        raise QueryError(f"unknown format {format!r}; use one of {', '.join(formats)}")


def _check_order(first: date, last: date) -> None:
    if first > last:
        raise typer.BadParameter(f"{first} comes after {last}", param_hint="--from")
