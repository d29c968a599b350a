"""The options that say what may be fetched from the web, and how much."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geograph.errors import SourceError

if TYPE_CHECKING:
    from geograph.graph import Graph
    from geograph.model import Article
    from geograph.web.fetch import Fetcher
    from geograph.web.reading import Wanted, WebReader

MOST_PAGES = 500
_TELL_EVERY_SECONDS = 10.0
SinceOption = Annotated[
    str | None,
    typer.Option("--since", help="On the web, only articles published from this day on.", metavar="YYYY-MM-DD"),
]
PagesOption = Annotated[
    int, typer.Option("--max-pages", help="Pages to fetch for one web address, at most.", min=1, metavar="N")
]
RefetchOption = Annotated[bool, typer.Option("--refetch", help="Fetch pages again that have not changed.")]
PrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from this machine and private networks too.")
]
PortOption = Annotated[
    list[int],
    typer.Option("--allow-port", help="Fetch from this port too (may be given again).", min=1, max=65535, metavar="N"),
]


@dataclass(frozen=True)
class Fetching:
    """What the command line says of fetching."""

    since: str | None
    most_pages: int
    refetch: bool
    private: bool
    ports: Sequence[int]

    def wanted(self) -> Wanted:
        """What to read. Raises BadParameter for a day that is none."""
        from geograph.web.reading import Wanted

        try:
            since = date.fromisoformat(self.since) if self.since is not None else None
        except ValueError as error:
            raise typer.BadParameter(f"{self.since!r} is no day like 2025-07-16", param_hint="--since") from error
        return Wanted(since, self.most_pages, self.refetch)

    def fetcher(self) -> Fetcher:
        """What fetches."""
        from geograph.web.addresses import PORTS, Allowed
        from geograph.web.fetch import Fetcher

        return Fetcher(Allowed(self.private, frozenset((*PORTS.values(), *self.ports))))


@contextmanager
def status_line() -> Iterator[Callable[[str], None]]:
    """Something to tell what goes on: one line that changes on a terminal, nothing in a log."""
    if not sys.stderr.isatty():
        yield lambda words: None
        return
    from rich.console import Console
    from rich.markup import escape

    with Console(stderr=True).status("reading") as status:
        yield lambda words: status.update(escape(words))


@contextmanager
def _fetched_so_far() -> Iterator[Callable[[str], None]]:
    """Something to tell each address to: on a terminal it is shown, in a log now and then how many there were."""
    count, told = 0, time.monotonic()
    with status_line() as at:

        def tell(url: str) -> None:
            nonlocal count, told
            at(f"fetching {url}")
            count += 1
            if not sys.stderr.isatty() and time.monotonic() - told >= _TELL_EVERY_SECONDS:
                told = time.monotonic()
                typer.echo(f"{count} addresses fetched, now {url}", err=True)

        yield tell


@dataclass
class BuildWeb:
    """The web addresses among the sources of a build; `reader` is None until one of them is read."""

    fetching: Fetching
    graph: Graph
    store: Path
    on_error: Callable[[SourceError], None]
    reader: WebReader | None = field(default=None, init=False)

    def read(self, urls: Sequence[str]) -> Iterator[Article]:
        """The articles of the addresses that have changed since the last build into this store."""
        from geograph.sources.phrases import boilerplate
        from geograph.web.fetch import Outside
        from geograph.web.reading import WebReader
        from geograph.web.state import file_beside, read_visits

        # What was read into a store that is empty now has to be read again.
        is_known = self.graph.store.counts()["articles"] > 0
        self.reader = WebReader(
            self.fetching.fetcher(),
            boilerplate(self.graph.ontology),
            Outside().now,
            self.on_error,
            self.fetching.wanted(),
            read_visits(file_beside(self.store)) if is_known else {},
        )
        with _fetched_so_far() as self.reader.on_fetch:
            yield from self.reader.read(urls)

    @property
    def unchanged(self) -> int:
        """How many pages were known and have not changed."""
        return self.reader.unchanged if self.reader is not None else 0

    def remember(self) -> None:
        """Keeps what was read, so that it is not fetched again; to be called once it is in the store."""
        from geograph.web.fetch import Outside
        from geograph.web.state import file_beside, write_visits

        if self.reader is not None:
            write_visits(file_beside(self.store), self.reader.visits, Outside().now())
