"""A web server on a loopback socket that does what a test tells it to, down to the single byte; and a world for it."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from geograph.web.addresses import Allowed
from geograph.web.fetch import Fetcher, Limits, Outside

Page = bytes | Callable[["Request"], bytes | None]
"""All that is sent for a path, status line first; or who decides, and may send something itself (None)."""

NOW = datetime(2025, 7, 16, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Request:
    """What was asked, and the socket to answer on."""

    path: str
    headers: Mapping[str, str]
    line: socket.socket


def answer(body: bytes | str = b"", status: int = 200, type: str = "text/html; charset=utf-8", **headers: str) -> bytes:
    """A whole answer of HTTP."""
    content = body.encode() if isinstance(body, str) else body
    fields = {"Content-Type": type, "Content-Length": str(len(content))}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} Whatever\r\n{head}\r\n".encode() + content


def moved(to: str, status: int = 302) -> bytes:
    """A redirect."""
    return answer(status=status, Location=to)


def gzipped(body: bytes) -> bytes:
    """An answer that is compressed."""
    return answer(gzip.compress(body), Content_Encoding="gzip")


def article(title: str, text: str, *, published: str = "", extra: str = "") -> str:
    """The HTML of one article."""
    meta = f'<meta property="article:published_time" content="{published}">' if published else ""
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title}</title>{meta}</head><body><article><h1>{title}</h1>"
        f"<p>{text}</p><p>The two governments said on their web sites that they would publish further details of the "
        f"decision later in the week, and that they had told their partners of it.</p>{extra}</article></body></html>"
    )


def rss(*items: str, title: str = "The Example Herald") -> bytes:
    """An RSS feed of items."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        f'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{title}</title>'
        f"{''.join(items)}</channel></rss>"
    ).encode()


def item(link: str, title: str = "News", date: str = "Sat, 12 Jul 2025 10:00:00 GMT", extra: str = "") -> str:
    """An item of an RSS feed."""
    when = f"<pubDate>{date}</pubDate>" if date else ""
    return f"<item><title>{title}</title><link>{link}</link>{when}{extra}</item>"


class WebServer:
    """Answers by `pages`; `requests` lists what was asked, `connections` counts who came."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.pages: dict[str, Page] = {}
        self.requests: list[Request] = []
        self.connections = 0
        self.stopping = threading.Event()
        self._context = context
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    @property
    def port(self) -> int:
        return int(self._listening.getsockname()[1])

    @property
    def url(self) -> str:
        return f"{'http' if self._context is None else 'https'}://127.0.0.1:{self.port}"

    def paths(self) -> list[str]:
        """What was asked for, but for robots.txt."""
        return [request.path for request in self.requests if request.path != "/robots.txt"]

    def close(self) -> None:
        self.stopping.set()
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", self.port)).close()
        for thread in self._threads:
            thread.join()
        self._listening.close()

    def _accept(self) -> None:
        while True:
            line, _ = self._listening.accept()
            if self.stopping.is_set():
                line.close()
                return
            self.connections += 1
            thread = threading.Thread(target=self._serve, args=(line,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, line: socket.socket) -> None:
        # Whoever asks may hang up at any point.
        with suppress(OSError):
            try:
                if self._context is not None:
                    line = self._context.wrap_socket(line, server_side=True)
                self._answer(line)
            finally:
                line.close()

    def _answer(self, line: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            if not (more := line.recv(4096)):
                return
            head += more
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (text.partition(": ") for text in lines)}
        request = Request(first.split(" ")[1], headers, line)
        self.requests.append(request)
        page = self.pages.get(request.path, answer(b"nothing", 404))
        sent = page(request) if callable(page) else page
        if sent is not None:
            line.sendall(sent)


@contextmanager
def web_server(context: ssl.SSLContext | None = None) -> Iterator[WebServer]:
    """A running server, which is closed afterwards."""
    server = WebServer(context)
    try:
        yield server
    finally:
        server.close()


@dataclass
class World:
    """A clock that goes on only when somebody waits, and a name service that says what it is told."""

    seconds: float = 0.0
    tick: float = 0.0
    pauses: list[float] = field(default_factory=list)
    names: dict[str, list[list[str]]] = field(default_factory=dict)
    resolved: list[str] = field(default_factory=list)
    context: Callable[[], ssl.SSLContext] = ssl.create_default_context

    def clock(self) -> float:
        self.seconds += self.tick
        return self.seconds

    def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.seconds += seconds

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self.seconds)

    def resolver(self, host: str, port: int) -> list[str]:
        """The next answer for a name; the last one stays. An address is itself."""
        self.resolved.append(host)
        if host not in self.names:
            if not host.replace(".", "").replace(":", "").isalnum() or host.endswith(".example"):
                raise OSError("no such host")
            return [host]
        answers = self.names[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def outside(self) -> Outside:
        return Outside(self.clock, self.now, self.pause, self.resolver, self.context)

    def fetcher(self, *ports: int, private: bool = True, limits: Limits | None = None) -> Fetcher:
        return Fetcher(Allowed(private, frozenset((80, 443, *ports))), limits=limits, outside=self.outside())


def self_signed(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that nobody has signed but itself, and its key."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    kind = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    subprocess.run(["openssl", *kind.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)
    return certificate, key
