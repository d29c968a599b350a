"""HTTP for `push`: one connection a host, kept open; credentials, time limits, and another try where that may help.

Standard library only. A redirect is followed on the same host and port alone, so that credentials never travel on.
"""

from __future__ import annotations

import ssl
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from socket import gaierror
from urllib.parse import urljoin

from geograph.errors import PushError
from geograph.push.connection import Line, Origin, address, connect, origin_of

BUSY = frozenset({429, 502, 503})
MOVED = frozenset({301, 302, 303, 307, 308})
MOVED_AS_IT_IS = frozenset({307, 308})
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0
MOST_REDIRECTS = 5
MOST_BYTES = 64 * 1024 * 1024
_CHUNK = 64 * 1024


@dataclass(frozen=True)
class Settings:
    """How to ask: seconds to wait for an answer, how often to try, and who asks.

    A bearer `token` goes before name and password. `pause` waits so many seconds.
    """

    timeout: float = 60.0
    tries: int = 5
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)
    pause: Callable[[float], None] = time.sleep

    def authorization(self) -> dict[str, str]:
        """The header that says who asks; none where nothing is known. Raises PushError for what no header can hold."""
        if self.token is not None:
            if not (self.token.isascii() and self.token.isprintable()) or " " in self.token:
                raise PushError("the token holds characters that none may hold; check GEOGRAPH_PUSH_TOKEN")
            return {"Authorization": f"Bearer {self.token}"}
        if self.user is not None:
            if ":" in self.user:
                raise PushError("--user: no name may hold a colon")
            pair = f"{self.user}:{self.password or ''}"
            return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}
        return {}


@dataclass(frozen=True)
class Reply:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def is_good(self) -> bool:
        """Whether it is a success."""
        return 200 <= self.status < 300

    @property
    def reason(self) -> str:
        """The beginning of the body as one printable line."""
        text = " ".join(self.body[:2000].decode("utf-8", errors="replace").split())
        return "".join(character if character.isprintable() else "?" for character in text)[:200]


class _Lost(Exception):
    """The connection broke before an answer came; `stale` if it had been kept open since an earlier one."""

    def __init__(self, reason: str, *, stale: bool) -> None:
        super().__init__(reason)
        self.stale = stale


class Client:
    """Asks servers; counts what it sent."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.requests = 0
        self.sent_bytes = 0
        self._lines: dict[Origin, Line] = {}
        self._reached: set[Origin] = set()

    def close(self) -> None:
        """Closes all connections."""
        for line in self._lines.values():
            line.connection.close()
        self._lines.clear()

    def ask(
        self, method: str, url: str, *, body: bytes | None = None, type: str | None = None, accept: str = "*/*"
    ) -> Reply:
        """The answer, whatever its status but for one that asks to come again later.

        Everything that `push` sends may be sent twice, so busy servers and broken connections are tried again.
        Raises PushError where no answer comes, or none that may be trusted.
        """
        headers = {"Accept": accept, "User-Agent": "geograph", **self.settings.authorization()}
        if type is not None:
            headers["Content-Type"] = type
        for _ in range(MOST_REDIRECTS + 1):
            reply = self._patiently(method, url, body, headers)
            if reply.status not in MOVED or "location" not in reply.headers:
                return reply
            target = urljoin(url, reply.headers["location"])
            parts = address(target)
            same = origin_of(parts) == origin_of(address(url))
            if not same or not (method == "GET" or reply.status in MOVED_AS_IT_IS):
                raise PushError(f"{_plain(url)}: redirects to {target}; if you trust that address, give it instead")
            url = target
        raise PushError(f"{_plain(url)}: redirects without end; give the address that it means")

    def _patiently(self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> Reply:
        origin, shown = origin_of(address(url)), _plain(url)
        last = ""
        for number in range(self.settings.tries):
            wait = min(FIRST_PAUSE * 2**number, LONGEST_PAUSE)
            try:
                reply = self._once(origin, method, url, body, headers)
            except _Lost as error:
                last = str(error)
                if origin not in self._reached and isinstance(error.__cause__, ConnectionRefusedError):
                    raise PushError(f"{shown}: cannot be reached ({last}); is the store running there?") from error
                if error.stale:
                    wait = 0.0
            else:
                self._reached.add(origin)
                if reply.status not in BUSY:
                    return reply
                last = f"{reply.status}, the server is busy"
                wait = _asked_for(reply) or wait
            if wait and number + 1 < self.settings.tries:
                self.settings.pause(wait)
        raise PushError(f"{shown}: {last} ({self.settings.tries} tries); run the same command again later, it goes on")

    def _once(self, origin: Origin, method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> Reply:
        self.requests += 1
        self.sent_bytes += len(body or b"")
        shown, stale = _plain(url), origin in self._lines
        try:
            if not stale:
                self._lines[origin] = connect(origin, self.settings.timeout)
            line = self._lines[origin]
            target = url if line.absolute else _path(url)
            # A server that refuses a body may answer, and hang up, before it has read all of it.
            with suppress(BrokenPipeError, ConnectionResetError):
                line.connection.request(method, target, body=body, headers={**headers, **line.headers})
            reply = self._read(url, line.connection.getresponse())
        except TimeoutError as error:
            self._drop(origin)
            raise PushError(
                f"{shown}: no answer within {self.settings.timeout:g} s; raise --timeout or lower --batch"
            ) from error
        except ssl.SSLCertVerificationError as error:
            self._drop(origin)
            raise PushError(
                f"{shown}: its certificate is not trusted ({error.verify_message}); "
                "name the file of its authority in SSL_CERT_FILE"
            ) from error
        except gaierror as error:
            self._drop(origin)
            raise PushError(f"{shown}: no such host ({error.strerror})") from error
        except (HTTPException, OSError) as error:
            self._drop(origin)
            raise _Lost(" ".join(str(error).split()) or type(error).__name__, stale=stale) from error
        if reply.headers.get("connection", "").lower() == "close":
            self._drop(origin)
        return reply

    def _read(self, url: str, response: HTTPResponse) -> Reply:
        deadline = time.monotonic() + self.settings.timeout
        body = bytearray()
        while chunk := response.read1(_CHUNK):
            body += chunk
            if len(body) > MOST_BYTES:
                raise PushError(f"{_plain(url)}: answers more than {MOST_BYTES >> 20} MB; is it a SPARQL endpoint?")
            if time.monotonic() > deadline:
                raise TimeoutError
        if response.length:
            raise HTTPException("the answer broke off")
        response.close()
        return Reply(response.status, {name.lower(): value for name, value in response.getheaders()}, bytes(body))

    def _drop(self, origin: Origin) -> None:
        line = self._lines.pop(origin, None)
        if line is not None:
            line.connection.close()


def _plain(url: str) -> str:
    """The address without the question, for messages."""
    return url.partition("?")[0]


def _path(url: str) -> str:
    parts = address(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _asked_for(reply: Reply) -> float | None:
    """The seconds that the server asks to wait, None where it says nothing or a date."""
    said = reply.headers.get("retry-after", "")
    return min(float(said), LONGEST_PAUSE) if said.isdecimal() and said.isascii() else None
