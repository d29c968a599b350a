"""What every request passes before it is answered: whose name it calls, where it comes from, how long it is.

Against DNS rebinding: a page of the web can make a browser call this machine under a name of its own, so only known
names are answered. Against floods of queries from pages of other sites: these may link here, no more.
"""

from __future__ import annotations

import ipaddress
import re
import sys
from time import monotonic
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geograph.server.settings import Settings

LONGEST_ADDRESS = 32 * 1024
LONGEST_BODY = 1024 * 1024
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "content-security-policy": PAGE_POLICY,
    "cache-control": "no-store",
}
_HOST = re.compile(r"(?:\[([0-9a-fA-F:.]+)\]|([^:\[\]/@\s]+))(?::\d{1,5})?", re.ASCII)


class Gate:
    """The application behind the checks; adds the headers that every answer has, and writes the log."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings
        self._hosts = frozenset(host.lower().rstrip(".") for host in settings.allowed_hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = monotonic()
        status = 0
        headers = Headers(scope=scope)
        origin = self._origin(headers)

        async def send_on(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                answered = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    answered.setdefault(name, value)
                if self._settings.cors:
                    answered.add_vary_header("Origin")
                if origin is not None:
                    answered["access-control-allow-origin"] = origin
                    answered["access-control-expose-headers"] = "retry-after"
                    answered["cross-origin-resource-policy"] = "cross-origin"
            await send(message)

        refusal = self._refusal(scope, headers, origin)
        try:
            await (refusal or self._app)(scope, receive, send_on)
        finally:
            if not self._settings.quiet:
                _log(scope, status, monotonic() - started)

    def _origin(self, headers: Headers) -> str | None:
        """The other site that asks, if it is one of those that may read answers."""
        origin = headers.get("origin")
        allowed = self._settings.cors
        if origin is None or not (origin in allowed or "*" in allowed):
            return None
        return "*" if "*" in allowed else origin

    def _refusal(self, scope: Scope, headers: Headers, origin: str | None) -> Response | None:
        if not self._knows(headers.getlist("host"), scope):
            return _plain(421, "this server does not go by that name; start it with --allowed-host NAME")
        if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
            return _plain(414, f"the address is longer than {LONGEST_ADDRESS} bytes; send the query by POST")
        if origin is not None and scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            return Response(
                status_code=204,
                headers={
                    "access-control-allow-methods": "GET, POST, HEAD",
                    "access-control-allow-headers": "content-type, accept",
                    "access-control-max-age": "600",
                },
            )
        visits = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
        if headers.get("sec-fetch-site") == "cross-site" and origin is None and not visits:
            return _plain(403, "pages of other sites may not ask; start the server with --cors ORIGIN to let one")
        return None

    def _knows(self, named: list[str], scope: Scope) -> bool:
        match = _HOST.fullmatch(named[0]) if len(named) == 1 else None
        if match is None:
            return False
        name = (match[1] or match[2]).lower().rstrip(".")
        if name in self._hosts or name == "localhost" or name.endswith(".localhost"):
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return False
        own = scope.get("server")
        return address.is_loopback or (own is not None and _is(address, own[0]))


def is_origin(text: str) -> bool:
    """Whether the text is what a browser sends as Origin, or `*`."""
    if text == "*":
        return True
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and text == f"{parts.scheme}://{parts.netloc}"


def _is(address: ipaddress.IPv4Address | ipaddress.IPv6Address, text: str) -> bool:
    try:
        return address == ipaddress.ip_address(text)
    except ValueError:
        return False


def _plain(status: int, message: str) -> Response:
    return PlainTextResponse(f"{message}\n", status)


def _log(scope: Scope, status: int, seconds: float) -> None:
    """One line to standard error. Queries are not written: what an analyst asks is nobody else's business."""
    client = scope["client"][0] if scope.get("client") else "-"
    path = quote(scope["path"], safe="/:@!$&'()*+,;=~-._")
    print(f"{client} {scope['method']} {path} {status or '-'} {seconds * 1000:.0f} ms", file=sys.stderr, flush=True)
