"""The command that reads feeds again and again."""

from __future__ import annotations

import re
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geograph.cli.fetching import (
    MOST_PAGES,
    Fetching,
    PagesOption,
    PortOption,
    PrivateOption,
    SinceOption,
    status_line,
)
from geograph.cli.options import (
    DEFAULT_STORE,
    FAILED,
    LEFT_OUT,
    GazetteerOption,
    OntologyOption,
    StoreOption,
    open_graph,
    write_graph,
)
from geograph.cli.readers import Asked, NetworkOption, ReaderOption, chosen
from geograph.errors import GeographError

if TYPE_CHECKING:
    from geograph.graph import Graph
    from geograph.readers.protocol import Reader
    from geograph.web.watch import Round

INTERRUPTED = 130
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_LEAST, _MOST = 60, 30 * 86_400


def watch(
    feeds: Annotated[
        list[str], typer.Argument(help="Web addresses: feeds, sitemaps, OPML lists or pages.", show_default=False)
    ],
    every: Annotated[
        str, typer.Option("--every", help="Time between two rounds, such as 90s, 15m, 2h or 1d.", metavar="TIME")
    ] = "15m",
    once: Annotated[bool, typer.Option("--once", help="Read once and end, for cron and the like.")] = False,
    store: StoreOption = DEFAULT_STORE,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for graph.html and graph.ttl.", metavar="DIR")
    ] = None,
    since: SinceOption = None,
    max_pages: PagesOption = MOST_PAGES,
    allow_private: PrivateOption = False,
    allow_port: PortOption = [],  # noqa: B006 - Typer copies it
    model: Annotated[
        str | None, typer.Option("--model", help="spaCy pipeline to use.", envvar="GEOGRAPH_MODEL", metavar="NAME")
    ] = None,
    reader: ReaderOption = None,
    network: NetworkOption = None,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
    gazetteer: GazetteerOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Read feeds again and again, and add what is new to the store, until Ctrl-C or SIGTERM."""
    from geograph.sources.files import is_web
    from geograph.web.fetch import Outside
    from geograph.web.state import file_beside
    from geograph.web.stopping import Stop
    from geograph.web.watch import Watch

    for feed in feeds:
        if not is_web(feed):
            raise typer.BadParameter(f"{feed!r} is no web address; files are read by `geograph build`")
    seconds = _seconds(every)
    fetching = Fetching(since, max_pages, False, allow_private, allow_port)
    stop = Stop()
    outside = Outside()
    found: list[tuple[Reader, ...]] = []

    def readers(graph: Graph) -> tuple[Reader, ...]:
        if not found:
            found.append(chosen(reader, graph.ontology, network, Asked(), tell))
        return found[0]

    def tell(error: GeographError) -> None:
        # print knows of a line that changes on the terminal; typer.echo writes past it.
        print(f"geograph: left out: {error}", file=sys.stderr, flush=True)

    with stop.on_signals(), status_line() as at:
        watching = Watch(
            feeds,
            fetching.fetcher(),
            outside,
            stop,
            open_graph=lambda: open_graph(store, ontology, gazetteers=gazetteer),
            visits=file_beside(store),
            on_error=tell,
            changed=lambda graph: write_graph(graph, out or store.parent),
            wanted=fetching.wanted(),
            model=model,
            readers=readers,
            on_fetch=lambda url: at(f"fetching {url}"),
        )

        def told(done: Round, left: float | None) -> None:
            now = outside.now()
            following = ""
            if left is not None:
                at(f"next at {now + timedelta(seconds=left):%H:%M:%S} UTC")
                following = f"; next at {now + timedelta(seconds=left):%Y-%m-%dT%H:%M:%SZ}"
            print(f"{now:%Y-%m-%dT%H:%M:%SZ} {_summary(done)}{following}", file=sys.stderr, flush=True)

        if once:
            done = watching.round()
            told(done, None)
        else:
            watching.run(seconds, told)
    if stop.signal == signal.SIGINT:
        raise typer.Exit(INTERRUPTED)
    if once and not stop.requested and (done.fault or done.left_out):
        raise typer.Exit(FAILED if done.fault else LEFT_OUT)


def _summary(done: Round) -> str:
    if done.fault is not None:
        return done.fault
    added = done.added
    return (
        f"articles: {added.new} new, {added.replaced} replaced; claims: {added.claims}; "
        f"pages and feeds: {done.unchanged} unchanged, {done.left_out} left out"
    )


def _seconds(text: str) -> int:
    match = re.fullmatch(r"(\d{1,7})([smhd])", text.strip())
    seconds = int(match[1]) * _UNITS[match[2]] if match else 0
    if not _LEAST <= seconds <= _MOST:
        raise typer.BadParameter(f"{text!r} is no time from 1m to 30d; write 90s, 15m, 2h or 1d", param_hint="--every")
    return seconds
