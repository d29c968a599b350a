"""Stopping where it does no harm: waits and fetches are broken off, what is being read and stored is finished first."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from geograph.web.fetch import Fetched, Validators
from geograph.web.reading import Getter


class Stopped(Exception):
    """A wait or a fetch was broken off because somebody asked to stop."""


class Stop:
    """Whether somebody asked to stop; `signal` is by which signal, None for another way."""

    def __init__(self) -> None:
        self.requested = False
        self.signal: int | None = None
        self._breakable = False

    def request(self) -> None:
        """Asks to stop. Raises Stopped within `breakable`."""
        self.requested = True
        if self._breakable:
            self._breakable = False
            raise Stopped

    @contextmanager
    def breakable(self) -> Iterator[None]:
        """Work that may be broken off at any point. Raises Stopped as soon as somebody asks to stop."""
        self._breakable = True
        try:
            if self.requested:
                raise Stopped
            yield
        finally:
            self._breakable = False

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """SIGINT and SIGTERM ask to stop; a second one ends the program as it would have without."""
        before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

        def asked(number: int, frame: FrameType | None) -> None:
            restore()
            self.signal = number
            self.request()

        def restore() -> None:
            for number, handler in before.items():
                signal.signal(number, handler)

        for number in before:
            signal.signal(number, asked)
        try:
            yield
        finally:
            restore()


class StoppableGetter:
    """Fetches as another does, and can be stopped meanwhile."""

    def __init__(self, getter: Getter, stop: Stop) -> None:
        self._getter = getter
        self._stop = stop

    def get(self, url: str, known: Validators | None = None) -> Fetched:
        """What is at the address. Raises FetchError, and Stopped."""
        with self._stop.breakable():
            return self._getter.get(url, known)
