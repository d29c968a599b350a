"""Reading feeds again and again into one store, which is open only while a round goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from geograph.errors import GeographError, SourceError, StoreError
from geograph.graph import Graph
from geograph.model import Article
from geograph.readers.protocol import Reader
from geograph.sources.phrases import boilerplate
from geograph.store import Added
from geograph.web.fetch import Outside
from geograph.web.reading import Getter, Wanted, WebReader
from geograph.web.state import read_visits, write_visits
from geograph.web.stopping import Stop, StoppableGetter, Stopped


@dataclass(frozen=True, slots=True)
class Round:
    """What one round came to: what was added, pages known already, what was left out, and a fault that ended it."""

    added: Added = field(default_factory=Added)
    unchanged: int = 0
    left_out: int = 0
    fault: str | None = None


@dataclass
class Watch:
    """Feeds to read into a store. `open_graph` opens it, `changed` is called with it when a round added something."""

    feeds: Sequence[str]
    getter: Getter
    outside: Outside
    stop: Stop
    open_graph: Callable[[], AbstractContextManager[Graph]]
    visits: Path
    on_error: Callable[[GeographError], None]
    changed: Callable[[Graph], object] = lambda graph: None
    wanted: Wanted = field(default_factory=Wanted)
    model: str | None = None
    readers: Callable[[Graph], Sequence[Reader] | None] = lambda graph: None
    on_fetch: Callable[[str], None] = lambda url: None
    _left_out: int = field(default=0, init=False)

    def run(self, every: float, told: Callable[[Round, float | None], None]) -> None:
        """Reads every so many seconds until asked to stop; `told` is given each round and the seconds to the next."""
        while True:
            started = self.outside.clock()
            done = self.round()
            left = max(0.0, every - (self.outside.clock() - started))
            told(done, None if self.stop.requested else left)
            try:
                with self.stop.breakable():
                    self.outside.pause(left)
            except Stopped:
                return

    def round(self) -> Round:
        """What reading all feeds once came to. Asked to stop, it finishes the page that it is at.

        What was read is remembered once it is in the store, so that a crash forgets nothing.
        """
        self._left_out = 0
        try:
            with self.open_graph() as graph:
                return self._read_into(graph)
        except StoreError as error:
            # In use, or the disk is full: the next round may find it otherwise.
            return Round(fault=str(error))

    def _read_into(self, graph: Graph) -> Round:
        visits = read_visits(self.visits) if graph.store.counts()["articles"] else {}
        reader = WebReader(
            StoppableGetter(self.getter, self.stop),
            boilerplate(graph.ontology),
            self.outside.now,
            self._leave_out,
            self.wanted,
            visits,
            self._before,
        )
        added = Added()
        for feed in self.feeds:
            articles = self._until_stopped(reader.read([feed]))
            # Most rounds bring nothing: the language model is not loaded for them.
            if (first := next(articles, None)) is not None:
                readers = self.readers(graph)
                added += graph.add(
                    chain((first,), articles), model=self.model, readers=readers, on_error=self._leave_out
                )
            write_visits(self.visits, reader.visits, self.outside.now())
        if added.new or added.replaced:
            self.changed(graph)
        return Round(added, reader.unchanged, self._left_out)

    def _until_stopped(self, articles: Iterator[Article]) -> Iterator[Article]:
        """All articles of each page that was begun: those of half a page would look as if the others had gone."""
        try:
            yield from articles
        except Stopped:
            return

    def _before(self, url: str) -> None:
        if self.stop.requested:
            raise Stopped
        self.on_fetch(url)

    def _leave_out(self, error: SourceError) -> None:
        self._left_out += 1
        self.on_error(error)
