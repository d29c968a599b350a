"""How fast a host is asked: one request a second at most, slower where it says so.

Clock and pause are arguments. A wait that a host asks for is remembered for it; one that is too long to sit out is an
error that passes, so that other hosts are not kept waiting.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from geograph.errors import FetchError

SECONDS_BETWEEN = 1.0
LONGEST_PAUSE = 60.0
_NO_LONGER_THAN = 86_400.0


class Pace:
    """When each host may be asked again. `clock` gives seconds that only grow, `pause` waits so many."""

    def __init__(self, clock: Callable[[], float], pause: Callable[[float], None]) -> None:
        self._clock = clock
        self._pause = pause
        self._next: dict[str, float] = {}
        self._delays: dict[str, float] = {}

    def slow(self, host: str, seconds: float) -> None:
        """Asks the host from now on so many seconds apart, if that is slower than usual."""
        self._delays[host] = min(max(SECONDS_BETWEEN, seconds), _NO_LONGER_THAN)

    def hold(self, host: str, seconds: float) -> None:
        """Asks the host nothing for so many seconds."""
        until = self._clock() + min(max(seconds, 0.0), _NO_LONGER_THAN)
        self._next[host] = max(self._next.get(host, until), until)

    def wait(self, host: str) -> None:
        """Waits until the host may be asked. Raises FetchError if that is not soon."""
        left = self._next.get(host, 0.0) - self._clock() if host in self._next else 0.0
        if left > LONGEST_PAUSE:
            raise FetchError(f"{host} wants to be asked again in {left:.0f} s only; run it again then", passing=True)
        if left > 0:
            self._pause(left)
        self._next[host] = self._clock() + self._delays.get(host, SECONDS_BETWEEN)


def asked_wait(value: str | None, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks for, by number or date; None where it says nothing."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit() and len(text) < 10:
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
