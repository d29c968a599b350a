"""Fetching from servers that misbehave: each gives an error that names the address, within bounds, and no more."""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from web_server import Request, WebServer, World, answer, gzipped, moved, self_signed, web_server

from geograph.errors import FetchError
from geograph.web.fetch import Limits
from geograph.web.line import Times

PAGE = answer("<p>right")
SMALL = Limits(most_bytes=100_000)


@pytest.fixture
def server() -> Iterator[WebServer]:
    with web_server() as running:
        yield running


def refused(server: WebServer, path: str = "/", *, world: World | None = None, limits: Limits | None = None) -> str:
    """The one line that fetching fails with; it names the address."""
    with pytest.raises(FetchError) as caught:
        (world or World()).fetcher(server.port, limits=limits).get(f"{server.url}{path}")
    text = str(caught.value)
    assert text.isprintable() and f"{server.port}{path}" in text
    return text


def got(server: WebServer, path: str = "/", world: World | None = None) -> bytes | None:
    return (world or World()).fetcher(server.port).get(f"{server.url}{path}").body


def test_a_page_is_fetched_by_who_says_who_it_is(server: WebServer) -> None:
    server.pages["/"] = PAGE
    assert got(server) == b"<p>right"
    agent = server.requests[-1].headers["user-agent"]
    assert agent.startswith("geograph/") and "+https://" in agent
    assert "cookie" not in server.requests[-1].headers


@pytest.mark.parametrize(
    "sent",
    [
        gzipped(b"<p>right"),
        answer(zlib.compress(b"<p>right"), Content_Encoding="deflate"),
        answer(zlib.compress(b"<p>right", wbits=-15), Content_Encoding="deflate"),
        answer(gzip.compress(b"<p>") + gzip.compress(b"right"), Content_Encoding="x-gzip"),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\n5\r\nright\r\n0\r\n\r\n",
        b"HTTP/1.0 200 OK\r\n\r\n<p>right",
    ],
    ids=["gzip", "deflate", "bare deflate", "two members", "chunked", "until the end"],
)
def test_what_was_compressed_or_sent_in_pieces_is_put_together(server: WebServer, sent: bytes) -> None:
    server.pages["/"] = sent
    assert got(server) == b"<p>right"


def test_a_server_that_sends_a_byte_now_and_then_does_not_hold_it_for_ever(server: WebServer) -> None:
    def drip(request: Request) -> None:
        request.line.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        while not server.stopping.is_set():
            request.line.sendall(b"x")

    server.pages["/"] = drip
    # Each look at the clock is a second later.
    assert "no answer in time" in refused(server, world=World(tick=1.0))


def test_a_server_that_says_nothing_is_left_after_the_time_for_reading(server: WebServer) -> None:
    def silent(request: Request) -> None:
        server.stopping.wait()

    server.pages["/"] = silent
    with pytest.raises(FetchError, match="no answer in time") as caught:
        try:
            World().fetcher(server.port, limits=Limits(Times(read=0.05))).get(f"{server.url}/")
        finally:
            server.stopping.set()
    assert caught.value.passing


@pytest.mark.parametrize("head", [b"", b"Transfer-Encoding: chunked\r\n", b"Content-Length: 99999999999\r\n"])
def test_a_body_without_end_is_cut_off(server: WebServer, head: bytes) -> None:
    def endless(request: Request) -> None:
        request.line.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + head + b"\r\n")
        piece = b"4000\r\n" + b"x" * 0x4000 + b"\r\n" if b"chunked" in head else b"x" * 0x4000
        while not server.stopping.is_set():
            request.line.sendall(piece)

    server.pages["/"] = endless
    assert "over 0.1 MB" in refused(server, limits=SMALL)


@pytest.mark.parametrize(
    "bomb",
    [
        gzipped(b"\0" * 5_000_000),
        answer(gzip.compress(gzip.compress(b"\0" * 50_000_000)), Content_Encoding="gzip, gzip"),
        answer(zlib.compress(b"\0" * 5_000_000), Content_Encoding="deflate"),
        answer(gzip.compress(b"\0" * 60_000) * 2, Content_Encoding="gzip"),
    ],
    ids=["gzip", "gzip in gzip", "deflate", "many members"],
)
def test_a_small_answer_that_unpacks_to_a_large_one_is_cut_off(server: WebServer, bomb: bytes) -> None:
    server.pages["/"] = bomb
    assert len(bomb) < 100_000
    assert "over 0.1 MB" in refused(server, limits=SMALL)


@pytest.mark.parametrize(
    "sent",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n",
        b"",
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"HTTP/1.1 abc\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
    ],
    ids=["too short", "chunk too short", "no chunk", "nothing", "no HTTP", "no status", "many headers", "huge header"],
)
def test_a_broken_answer_is_tried_again_and_then_named(server: WebServer, sent: bytes) -> None:
    server.pages["/"] = sent
    world = World()
    assert "3 tries" in refused(server, world=world)
    assert server.paths() == ["/"] * 3
    assert world.pauses[-2:] == [1.0, 2.0]


def test_a_broken_connection_is_tried_again(server: WebServer) -> None:
    def reset(request: Request) -> bytes | None:
        if len(server.paths()) > 1:
            return PAGE
        request.line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")
        request.line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return None

    server.pages["/"] = reset
    assert got(server) == b"<p>right"


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (gzipped(b"x")[:-6].replace(b"Content-Length: 21", b"Content-Length: 15"), "ends early"),
        (answer(b"not gzip", Content_Encoding="gzip"), "broken"),
        (answer(b"x", Content_Encoding="br"), "not asked for"),
        (answer(b"x", type="image/png"), "image/png"),
        (answer(b"x", type="application/pdf"), "application/pdf"),
        (answer(b"", 404), "404"),
        (answer(b"", 403), "403"),
        (answer(b"", 500), "500"),
        (answer(b"", 204), "204"),
        (answer(b"", 302), "302"),
    ],
)
def test_what_is_no_page_is_said_to_be_none(server: WebServer, sent: bytes, reason: str) -> None:
    server.pages["/"] = sent
    assert reason in refused(server)


def test_redirects_are_followed_a_few_times(server: WebServer) -> None:
    server.pages |= {f"/{number}": moved(f"/{number + 1}", 301 + number % 2) for number in range(9)}
    server.pages["/5"] = PAGE
    fetched = World().fetcher(server.port).get(f"{server.url}/0")
    assert fetched.url == f"{server.url}/5"
    server.pages["/5"] = moved("/6")
    with pytest.raises(FetchError, match="without end"):
        World().fetcher(server.port).get(f"{server.url}/0")


def test_a_loop_of_redirects_ends(server: WebServer) -> None:
    server.pages["/"] = moved("/")
    assert "without end" in refused(server)
    assert len(server.paths()) == 6


@pytest.mark.parametrize("to", ["file:///etc/passwd", "javascript:alert(1)", "ftp://a.test/", "http://[", "gopher:x"])
def test_a_redirect_to_what_is_no_web_address_is_not_followed(server: WebServer, to: str) -> None:
    server.pages["/"] = moved(to)
    with pytest.raises(FetchError, match="no web address"):
        World().fetcher(server.port).get(f"{server.url}/")


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(tmp_path: Path) -> None:
    certificate, key = self_signed(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with web_server(context) as server, web_server() as plain:
        server.pages["/"] = PAGE
        server.pages["/down"] = moved(f"{plain.url}/")
        with pytest.raises(FetchError, match=r"certificate is not trusted.*SSL_CERT_FILE"):
            World().fetcher(server.port).get(f"{server.url}/")
        assert server.requests == []
        trusting = World(context=lambda: ssl.create_default_context(cafile=certificate))
        assert trusting.fetcher(server.port).get(f"{server.url}/").body == b"<p>right"
        with pytest.raises(FetchError, match="not encrypted"):
            trusting.fetcher(server.port, plain.port).get(f"{server.url}/down")
        assert plain.connections == 0
        wrong_name = World(names={"other.test": [["127.0.0.1"]]}, context=trusting.context)
        with pytest.raises(FetchError, match="certificate is not trusted"):
            wrong_name.fetcher(server.port).get(f"https://other.test:{server.port}/")


def test_nobody_there_is_said_at_once() -> None:
    with web_server() as server:
        port = server.port
    world = World()
    with pytest.raises(FetchError, match="nothing answers there"):
        world.fetcher(port).get(f"http://127.0.0.1:{port}/")
    with pytest.raises(FetchError, match="no such host"):
        world.fetcher().get("http://nowhere.example/")
    assert world.pauses == []


def test_a_host_is_asked_once_a_second_at_most(server: WebServer) -> None:
    server.pages |= {f"/{number}": PAGE for number in range(4)}
    world = World()
    fetcher = world.fetcher(server.port)
    for number in range(4):
        fetcher.get(f"{server.url}/{number}")
    assert world.pauses == [1.0] * 4  # robots.txt came first
    assert server.requests[0].path == "/robots.txt"


@pytest.mark.parametrize(
    ("header", "pause"),
    [
        ("7", 7.0),
        ("Wed, 16 Jul 2025 12:00:31 GMT", 30.0),
        ("Wed, 16 Jul 2025 11:00:00 GMT", 1.0),
        ("soon", 1.0),
        ("-5", 1.0),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_host_is_asked_again_when_it_says(server: WebServer, status: int, header: str, pause: float) -> None:
    def busy(request: Request) -> bytes:
        return PAGE if len(server.paths()) > 1 else answer(b"", status, Retry_After=header)

    server.pages["/"] = busy
    world = World()
    assert got(server, world=world) == b"<p>right"
    assert world.pauses == [1.0, pause]


def test_a_host_that_wants_to_be_left_alone_for_long_is_left_alone(server: WebServer) -> None:
    server.pages |= {"/": answer(b"", 429, Retry_After="3600"), "/other": PAGE}
    world = World()
    fetcher = world.fetcher(server.port)
    for path in ("/", "/other"):
        with pytest.raises(FetchError, match="wants to be asked again in 3600 s") as caught:
            fetcher.get(f"{server.url}{path}")
        assert caught.value.passing
    assert server.paths() == ["/"]
    world.seconds += 3600
    assert fetcher.get(f"{server.url}/other").body == b"<p>right"


def test_what_robots_txt_forbids_is_not_asked_for(server: WebServer) -> None:
    server.pages |= {
        "/robots.txt": answer(
            "User-agent: *\nDisallow: /\n\nUser-agent: geograph\nDisallow: /private/\nAllow: /private/open$\n"
            "Crawl-delay: 3",
            type="text/plain",
        ),
        "/news": PAGE,
        "/private/open": PAGE,
    }
    world = World()
    assert "robots.txt asks not to" in refused(server, "/private/page", world=world)
    fetcher = world.fetcher(server.port)
    for path in ("/news", "/private/open"):
        assert fetcher.get(f"{server.url}{path}").body == b"<p>right"
    assert server.paths() == ["/news", "/private/open"]
    assert world.pauses[-1] == 3.0


def test_a_redirect_to_what_robots_txt_forbids_is_not_followed(server: WebServer) -> None:
    server.pages |= {"/robots.txt": answer("User-agent: *\nDisallow: /private"), "/": moved("/private")}
    with pytest.raises(FetchError, match=r"/private: its robots\.txt asks not to"):
        World().fetcher(server.port).get(f"{server.url}/")
    assert server.paths() == ["/"]


def test_a_host_whose_robots_txt_fails_is_not_asked_and_not_tried_for_each_page(server: WebServer) -> None:
    server.pages |= {"/robots.txt": answer(b"", 500), "/": PAGE, "/other": PAGE}
    world = World()
    fetcher = world.fetcher(server.port)
    for path in ("/", "/other"):
        with pytest.raises(FetchError, match=r"robots\.txt cannot be had \(the server answered 500"):
            fetcher.get(f"{server.url}{path}")
    assert [request.path for request in server.requests] == ["/robots.txt"]
    server.pages["/robots.txt"] = answer(b"", 404)
    world.seconds += 301
    assert fetcher.get(f"{server.url}/").body == b"<p>right"


def test_unchanged_content_is_not_sent_again(server: WebServer) -> None:
    def page(request: Request) -> bytes:
        if request.headers.get("if-none-match") == '"1"' and "if-modified-since" in request.headers:
            return answer(b"", 304)
        return answer(b"<p>right", ETag='"1"', Last_Modified="Wed, 16 Jul 2025 10:00:00 GMT")

    server.pages["/"] = page
    fetcher = World().fetcher(server.port)
    first = fetcher.get(f"{server.url}/")
    assert first.validators is not None
    assert fetcher.get(f"{server.url}/", first.validators).body is None
    server.pages["/moved"] = moved("/other")
    server.pages["/other"] = page
    # What was said of one address says nothing of another.
    assert fetcher.get(f"{server.url}/moved", first.validators).body == b"<p>right"


@pytest.mark.parametrize(
    ("header", "type", "charset"),
    [
        ("text/html; charset=ISO-8859-1", "text/html", "iso-8859-1"),
        ('Text/HTML;Charset="utf-8"', "text/html", "utf-8"),
        ("text/html; charset=", "text/html", None),
        ("text/html", "text/html", None),
        (";;;", "", None),
    ],
)
def test_the_charset_that_the_server_names_is_told(
    server: WebServer, header: str, type: str, charset: str | None
) -> None:
    server.pages["/"] = answer(b"x", type=header)
    fetched = World().fetcher(server.port).get(f"{server.url}/")
    assert (fetched.type, fetched.charset) == (type, charset)
