"""A connection to an address that was checked, with an end to every wait: connecting, each read, and the whole.

http.client waits anew for every piece that arrives, so that a server which sends a byte now and then could hold it for
ever; here each wait is cut to what is left of the whole.
"""

from __future__ import annotations

import io
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING

from geograph.web.addresses import Place

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds that may pass: until a connection stands, until more arrives, until all has arrived."""

    connect: float = 10.0
    read: float = 20.0
    whole: float = 60.0


class Deadline:
    """What is left of the whole. `clock` gives seconds that only grow."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._end = clock() + seconds

    def left(self, most: float) -> float:
        """The seconds to wait now, `most` at most. Raises TimeoutError if none are left."""
        left = min(most, self._end - self._clock())
        if left <= 0:
            raise TimeoutError("the whole took too long")
        return left


class _Raw(io.RawIOBase):
    """The bytes of a socket, each wait for which ends."""

    def __init__(self, line: socket.socket, times: Times, deadline: Deadline) -> None:
        self._line = line
        self._times = times
        self._deadline = deadline

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """How many bytes were read. Raises TimeoutError."""
        self._line.settimeout(self._deadline.left(self._times.read))
        return self._line.recv_into(buffer)


class _Line:
    """What http.client takes for a socket. It closes nothing: whoever opened the socket does."""

    def __init__(self, line: socket.socket, times: Times, deadline: Deadline) -> None:
        self._line = line
        self._times = times
        self._deadline = deadline

    def makefile(self, mode: str) -> io.BufferedReader:
        """A reader of the socket."""
        return io.BufferedReader(_Raw(self._line, self._times, self._deadline))

    def sendall(self, data: bytes) -> None:
        """Sends the data."""
        self._line.settimeout(self._deadline.left(self._times.read))
        self._line.sendall(data)

    def close(self) -> None:
        """Nothing."""


@contextmanager
def connected(
    place: Place, addresses: Sequence[str], times: Times, deadline: Deadline, context: ssl.SSLContext
) -> Iterator[HTTPConnection]:
    """A connection to the first of the addresses that answers; closed afterwards. Raises OSError."""
    opened = _opened(place, addresses, times, deadline)
    try:
        if place.scheme == "https":
            opened.settimeout(deadline.left(times.connect))
            opened = context.wrap_socket(opened, server_hostname=place.host)
        connection = HTTPConnection(place.host, place.port)
        connection.sock = _Line(opened, times, deadline)
        yield connection
    finally:
        opened.close()


def _opened(place: Place, addresses: Sequence[str], times: Times, deadline: Deadline) -> socket.socket:
    failed: OSError = OSError("no address")
    for address in addresses:
        try:
            # A numeric address: nothing is resolved again.
            return socket.create_connection((address, place.port), timeout=deadline.left(times.connect))
        except OSError as error:
            failed = error
    raise failed
