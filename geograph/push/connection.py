"""Opening a connection to a host: TLS with verified certificates, proxies as the environment names them."""

from __future__ import annotations

import ipaddress
import ssl
from base64 import b64encode
from http.client import HTTPConnection, HTTPSConnection
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from geograph.errors import PushError

PORTS = {"http": 80, "https": 443}


class Origin(NamedTuple):
    """Scheme, host and port: what must stay the same for credentials to be sent."""

    scheme: str
    host: str
    port: int

    @property
    def is_local(self) -> bool:
        """Whether it is this machine, by its loopback address or name."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


class Line(NamedTuple):
    """An open connection; `absolute` says that a proxy wants whole URLs, `headers` what it wants besides."""

    connection: HTTPConnection
    absolute: bool
    headers: dict[str, str]


def address(text: str) -> SplitResult:
    """The parts of an http or https URL. Raises PushError for any other, and for one that holds a password."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise PushError(f"{text!r} is no address: {error}") from error
    if parts.scheme not in PORTS or not parts.hostname or port == 0:
        raise PushError(f"{text!r} is no address of a store; give one like http://localhost:7878")
    if parts.username is not None or parts.password is not None:
        raise PushError(
            f"{parts.hostname}: the address holds a name or password; give --user NAME and set GEOGRAPH_PUSH_PASSWORD"
        )
    if not text.isascii() or any(character <= " " or character in '<>"{}|\\^`\x7f' for character in text):
        raise PushError(f"{text!r} holds characters that no address may hold; percent-encode them")
    return parts._replace(fragment="")


def origin_of(parts: SplitResult) -> Origin:
    """Where an address leads."""
    return Origin(parts.scheme, parts.hostname or "", parts.port or PORTS[parts.scheme])


def connect(origin: Origin, timeout: float) -> Line:
    """A connection that is opened with the first request. Raises PushError for a proxy that cannot be used."""
    proxy = None if origin.is_local or proxy_bypass(origin.host) else getproxies().get(origin.scheme)
    if proxy is None:
        return Line(_opened(origin, timeout), False, {})
    parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    if parts.scheme not in PORTS or not parts.hostname:
        raise PushError(f"the proxy {parts.hostname or proxy} cannot be used; mend {origin.scheme.upper()}_PROXY")
    headers = {}
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        headers["Proxy-Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
    if origin.scheme == "http":
        return Line(_opened(origin_of(parts), timeout), True, headers)
    tunnel = HTTPSConnection(
        parts.hostname, parts.port or PORTS[parts.scheme], timeout=timeout, context=ssl.create_default_context()
    )
    tunnel.set_tunnel(origin.host, origin.port, headers)
    return Line(tunnel, False, {})


def _opened(origin: Origin, timeout: float) -> HTTPConnection:
    if origin.scheme == "https":
        context = ssl.create_default_context()
        return HTTPSConnection(origin.host, origin.port, timeout=timeout, context=context)
    return HTTPConnection(origin.host, origin.port, timeout=timeout)
