"""The command that writes a store's graphs into another store, over the network."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from geograph.cli.options import DEFAULT_STORE, StoreOption
from geograph.errors import PushError

if TYPE_CHECKING:
    from geograph.push import Plan, Pushed

PASSWORD, TOKEN = "GEOGRAPH_PUSH_PASSWORD", "GEOGRAPH_PUSH_TOKEN"
_TELL_EVERY_SECONDS = 10.0


def push(
    url: Annotated[str, typer.Argument(metavar="URL", help="Address of the store or of its SPARQL endpoint.")],
    graph_store: Annotated[
        str | None, typer.Option("--graph-store", help="Write here by the Graph Store HTTP Protocol.", metavar="URL")
    ] = None,
    update: Annotated[str | None, typer.Option("--update", help="Write here by SPARQL Update.", metavar="URL")] = None,
    query: Annotated[str | None, typer.Option("--query", help="Ask here.", metavar="URL")] = None,
    user: Annotated[
        str | None, typer.Option("--user", help=f"Name to log in with; the password is taken from {PASSWORD}.")
    ] = None,
    texts: Annotated[bool, typer.Option("--texts", help="Send the texts of the articles too.")] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Drop what another geograph store pushed there.")] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Count every graph there, and send again those that differ.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be sent.")] = False,
    timeout: Annotated[float, typer.Option("--timeout", help="Seconds to wait for an answer.", min=0.001)] = 60.0,
    tries: Annotated[int, typer.Option("--tries", help="How often to try where a server is busy.", min=1)] = 5,
    batch: Annotated[int, typer.Option("--batch", help="KiB to send at once, at most.", min=1)] = 1024,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write the graphs into another SPARQL store; only what changed is sent."""
    from geograph.push import Settings, Target, push as send
    from geograph.store import Store

    if graph_store is not None and update is not None:
        raise typer.BadParameter("give one of --graph-store and --update", param_hint="--update")
    password, token = os.environ.get(PASSWORD), os.environ.get(TOKEN)
    if user is not None and password is None:
        raise PushError(f"--user needs a password; set {PASSWORD}")
    settings = Settings(timeout, tries, user, password, token)
    target = Target(url, query, graph_store, update)
    if settings.authorization():
        for host in target.unencrypted():
            typer.echo(f"geograph: the password or token goes to {host} unencrypted; use https where you can", err=True)
    with Store.open(store, read_only=True) as opened, _progress() as progress:
        done = send(
            opened,
            target,
            settings,
            texts=texts,
            replace=replace,
            verify=verify,
            dry_run=dry_run,
            batch=batch * 1024,
            progress=progress,
        )
    for line in _told(done, dry_run=dry_run):
        typer.echo(line)


def _told(done: Pushed, *, dry_run: bool) -> Iterator[str]:
    plan = done.plan
    if dry_run:
        yield f"would send {_amount(plan)}; would drop {_graphs(len(plan.drop))}; {plan.kept:,} are there already"
        for graph in plan.send:
            yield f"  send {graph.iri} ({graph.triples:,} triples)"
        for iri in plan.drop:
            yield f"  drop {iri}"
        return
    if done.where is None:
        yield f"nothing to send: all {_graphs(plan.kept)} are there already"
    else:
        yield f"sent {_amount(plan)}; dropped {_graphs(len(plan.drop))}; {plan.kept:,} were there already"
        yield f"counted there: all as sent, at {done.where}"
    if not done.is_found:
        yield (
            "a query there that names no graph does not find them: let the store take all its graphs "
            "as the default graph (docs/howto.md)"
        )


def _amount(plan: Plan) -> str:
    return f"{_graphs(len(plan.send))} ({plan.triples:,} triples, {plan.size / 1e6:.1f} MB)"


def _graphs(count: int) -> str:
    return f"{count:,} graph{'' if count == 1 else 's'}"


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """Something to tell of bytes done and to do: a bar on a terminal, now and then a line elsewhere."""
    if not sys.stderr.isatty():
        yield _log(time.monotonic)
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("sending"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("sending", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _log(clock: Callable[[], float]) -> Callable[[int, int], None]:
    told = clock()

    def tell(done: int, total: int) -> None:
        nonlocal told
        if clock() - told >= _TELL_EVERY_SECONDS:
            told = clock()
            typer.echo(f"{done / 1e6:.1f} of {total / 1e6:.1f} MB sent", err=True)

    return tell
