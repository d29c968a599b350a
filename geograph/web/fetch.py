"""Fetching: an address -> what is there, asked for politely, within bounds, from a host that may be asked.

Each step of a redirect is checked as the first was: address, port, robots.txt, pace. No cookies, no credentials, no
proxies: through one, nobody here could tell whom it connects to.
"""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPException, HTTPResponse
from importlib.metadata import version
from urllib.parse import urljoin

from geograph.errors import FetchError
from geograph.web import robots
from geograph.web.addresses import Allowed, Place, Resolver, checked, place_of, resolve, shown
from geograph.web.body import MOST_BYTES, read_body
from geograph.web.line import Deadline, Times, connected
from geograph.web.pace import Pace, asked_wait

AGENT = "geograph"
PROJECT = "https://w3id.org/geograph/"
MOST_REDIRECTS = 5
TRIES = 3
_BUSY = frozenset({429, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})
_ROBOTS_SECONDS, _ROBOTS_FAULT_SECONDS = 86_400.0, 300.0
_READABLE = re.compile(r"(text/.*|application/(.*\+)?(xml|gzip|x-gzip|octet-stream)|)")
_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5"


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server said by which to ask whether the content at `url` has changed."""

    url: str
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was at `url`, which is where redirects ended; `body` is None where it has not changed."""

    url: str
    body: bytes | None
    type: str = ""
    charset: str | None = None
    validators: Validators | None = None


@dataclass(frozen=True, slots=True)
class Outside:
    """What fetching needs of the world: clocks, waiting, name resolution and trusted certificates."""

    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    pause: Callable[[float], None] = time.sleep
    resolver: Resolver = resolve
    context: Callable[[], ssl.SSLContext] = ssl.create_default_context


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one request."""

    times: Times = field(default_factory=Times)
    most_bytes: int = MOST_BYTES


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Fetcher:
    """Fetches; remembers per host when it may be asked again and what its robots.txt says."""

    def __init__(self, allowed: Allowed, *, limits: Limits | None = None, outside: Outside | None = None) -> None:
        self._allowed = allowed
        self._limits = limits or Limits()
        self._outside = outside = outside or Outside()
        self._context = outside.context()
        self._pace = Pace(outside.clock, outside.pause)
        self._robots: dict[str, tuple[float, robots.Robots | FetchError]] = {}

    def get(self, url: str, known: Validators | None = None) -> Fetched:
        """What is at the address. Raises FetchError where nothing is, or nothing that may be read.

        What has not changed since `known` was said comes without body.
        """
        for _ in range(MOST_REDIRECTS + 1):
            place = place_of(url)
            addresses = checked(place, self._allowed, self._outside.resolver)
            self._permit(place, addresses)
            reply = self._patiently(place, addresses, known if known and known.url == place.url else None)
            location = reply.headers.get("location")
            if reply.status not in _MOVED or not location:
                return self._judged(place, reply)
            url = _moved(place, location)
        raise FetchError(f"{shown(url)}: redirects without end; give the address that it means")

    def _judged(self, place: Place, reply: _Reply) -> Fetched:
        name, status = shown(place.url), reply.status
        if status == 304:
            return Fetched(place.url, None)
        if status in (404, 410):
            raise FetchError(f"{name}: {status}, nothing is there; mend the address, or leave it out")
        if status in (401, 402, 403, 451):
            raise FetchError(f"{name}: {status}, not open to everyone; save the page and give the file")
        if status != 200:
            raise FetchError(f"{name}: the server answered {status}; try it again later", passing=status >= 500)
        type, charset = _content_type(reply.headers.get("content-type", ""))
        etag, modified = reply.headers.get("etag"), reply.headers.get("last-modified")
        validators = Validators(place.url, etag, modified) if etag or modified else None
        return Fetched(place.url, reply.body, type, charset, validators)

    def _permit(self, place: Place, addresses: Sequence[str]) -> None:
        """Raises FetchError unless robots.txt allows to ask."""
        origin = f"{place.scheme}://{place.netloc}"
        now = self._outside.clock()
        until, rules = self._robots.get(origin, (now, robots.NOTHING))
        if until <= now:
            try:
                rules, until = self._rules(place, addresses), now + _ROBOTS_SECONDS
            except FetchError as error:
                rules, until = error, now + _ROBOTS_FAULT_SECONDS
            self._robots[origin] = until, rules
        if isinstance(rules, FetchError):
            reason = str(rules).partition(": ")[2] or str(rules)
            raise FetchError(f"{shown(place.url)}: its robots.txt cannot be had ({reason})", passing=True) from rules
        self._pace.slow(place.host, rules.delay or 0.0)
        if not rules.allows(place.target):
            raise FetchError(f"{shown(place.url)}: its robots.txt asks not to read it; leave it out")

    def _rules(self, place: Place, addresses: Sequence[str]) -> robots.Robots:
        """What robots.txt says. What is not there forbids nothing; a server that fails forbids all (RFC 9309)."""
        place = place_of(f"{place.scheme}://{place.netloc}/robots.txt")
        for _ in range(MOST_REDIRECTS + 1):
            reply = self._patiently(place, addresses, None)
            location = reply.headers.get("location")
            if reply.status not in _MOVED or not location:
                break
            place = place_of(_moved(place, location))
            addresses = checked(place, self._allowed, self._outside.resolver)
        if reply.status >= 500:
            raise FetchError(f"{shown(place.url)}: the server answered {reply.status}; try it again later")
        if reply.status != 200:
            return robots.ALL
        return robots.parse(reply.body.decode("utf-8", errors="replace"), AGENT)

    def _patiently(self, place: Place, addresses: Sequence[str], known: Validators | None) -> _Reply:
        """The answer; asked again where the host is busy or the connection broke. Raises FetchError."""
        last = ""
        for number in range(TRIES):
            self._pace.wait(place.host)
            wait: float | None = 2.0**number
            try:
                reply = self._once(place, addresses, known)
            except (HTTPException, OSError) as error:
                last = _reason(error, place)
            else:
                if reply.status not in _BUSY:
                    return reply
                last = f"{reply.status}, the server is busy"
                wait = asked_wait(reply.headers.get("retry-after"), self._outside.now()) or wait
            self._pace.hold(place.host, wait or 0.0)
        raise FetchError(f"{shown(place.url)}: {last} ({TRIES} tries); try it again later", passing=True)

    def _once(self, place: Place, addresses: Sequence[str], known: Validators | None) -> _Reply:
        headers = {
            "Host": place.netloc,
            "User-Agent": f"{AGENT}/{version('geograph')} (+{PROJECT})",
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
        }
        if known and known.etag:
            headers["If-None-Match"] = known.etag
        if known and known.modified:
            headers["If-Modified-Since"] = known.modified
        deadline = Deadline(self._limits.times.whole, self._outside.clock)
        with connected(place, addresses, self._limits.times, deadline, self._context) as connection:
            connection.request("GET", place.target, headers=headers)
            with connection.getresponse() as response:
                return self._reply(place, response)

    def _reply(self, place: Place, response: HTTPResponse) -> _Reply:
        headers = {name.lower(): value for name, value in response.getheaders()}
        if response.status != 200:
            return _Reply(response.status, headers)
        type, _ = _content_type(headers.get("content-type", ""))
        if not _READABLE.fullmatch(type):
            raise FetchError(f"{shown(place.url)}: is {shown(type)}, no page and no feed; save it and give the file")
        return _Reply(200, headers, read_body(response, shown(place.url), self._limits.most_bytes))


def _moved(place: Place, location: str) -> str:
    """Where a redirect leads. Raises FetchError for one that gives up encryption, or leads to no web address."""
    try:
        target = urljoin(place.url, location.strip())
    except ValueError as error:
        raise FetchError(f"{shown(place.url)}: redirects to what is no web address; leave it out") from error
    if place.scheme == "https" and place_of(target).scheme != "https":
        raise FetchError(
            f"{shown(place.url)}: redirects to {shown(target)}, which is not encrypted; if you trust it, give that"
        )
    return target


def _content_type(header: str) -> tuple[str, str | None]:
    """The media type in small letters, and the charset that it names."""
    type, *parameters = header.split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return type.strip().lower(), value.strip().strip("\"'").lower() or None
    return type.strip().lower(), None


def _reason(error: HTTPException | OSError, place: Place) -> str:
    """What went wrong on the way. Raises FetchError for what trying again cannot mend at once."""
    name = shown(place.url)
    if isinstance(error, TimeoutError):
        raise FetchError(f"{name}: no answer in time; try it again later", passing=True) from error
    if isinstance(error, ssl.SSLCertVerificationError):
        raise FetchError(
            f"{name}: its certificate is not trusted ({error.verify_message}); if its authority is one of your own, "
            "name the authority's file in SSL_CERT_FILE"
        ) from error
    if isinstance(error, ConnectionRefusedError):
        raise FetchError(f"{name}: nothing answers there; check the address, or try it again later", passing=True)
    return shown(str(error)) or type(error).__name__
