"""`geograph serve` from outside: how it starts and ends, whom it answers, and what it never says."""

from __future__ import annotations

import http.client
import re
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from claim_factory import RELATIONS
from server_process import Server, serving
from summer_news import world
from test_cli import assert_one_line_error, geograph

from geograph.server.gate import LONGEST_ADDRESS, LONGEST_BODY, is_origin
from geograph.server.settings import Settings
from geograph.store import Store


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("serve") / "store"
    with Store.open(path, relations=RELATIONS) as fresh:
        fresh.add(world())
    return path


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    options = ("--workers", "2", "--allowed-host", "graph.example", "--cors", "https://team.example")
    with serving(folder, *options) as running:
        yield running


PAGES = ("/", "/query", "/queries", "/queries/who-met-whom", "/view", "/entity/RUS", "/health", "/sparql")


# Start and end


def test_it_listens_on_loopback_only_unless_told(server: Server, folder: Path) -> None:
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", server.url)
    with serving(folder, "--host", "0.0.0.0", "--workers", "2") as wide:
        assert "can be reached from other machines" in wide.log("geograph:")


def test_a_port_that_is_taken_is_told(folder: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert_one_line_error(geograph("serve", "--store", folder, "--port", port, cwd=tmp_path), port, "--port")


def test_what_cannot_be_served_is_told_in_one_line(folder: Path, tmp_path: Path) -> None:
    assert_one_line_error(geograph("serve", cwd=tmp_path), "exports/store", "build")
    assert_one_line_error(
        geograph("serve", "--store", folder, "--host", "no.such.host.invalid", cwd=tmp_path), "--host"
    )
    assert_one_line_error(geograph("serve", "--store", folder, "--workers", "1", cwd=tmp_path), "--workers")
    assert_one_line_error(geograph("serve", "--store", folder, "--timeout", "0", cwd=tmp_path), "--timeout")
    wrong = geograph("serve", "--store", folder, "--cors", "team.example", cwd=tmp_path)
    assert wrong.returncode == 2 and "--cors" in wrong.stderr


def test_without_the_extra_it_says_what_to_install(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "uvicorn.py").write_text("raise ModuleNotFoundError(\"No module named 'uvicorn'\", name='uvicorn')")
    done = geograph("serve", "--store", folder, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)})
    assert_one_line_error(done, "uvicorn is missing", "pip install 'geograph[server]'")


def test_settings_reach_the_workers_as_they_are() -> None:
    settings = Settings(Path("store"), ontology=(Path("a b"),), cors=("https://x.example",), allowed_hosts=("y",))
    assert Settings.from_json(settings.to_json()) == settings


# Whom it answers


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST:8700", 200),
        ("127.0.0.1", 200),
        ("127.8.8.8:1", 200),
        ("[::1]:8700", 200),
        ("graph.localhost", 200),
        ("graph.example", 200),
        ("Graph.Example.:443", 200),
        ("evil.example", 421),
        ("localhost.evil.example", 421),
        ("evil.example:localhost", 421),
        ("192.0.2.7", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost@evil.example", 421),
        ("", 421),
    ],
)
def test_only_known_names_are_answered(server: Server, host: str, status: int) -> None:
    """What a page that rebinds its name to 127.0.0.1 would send is refused."""
    for path in PAGES:
        assert server.get(path, Host=host).status == status


def raw(server: Server, request: bytes) -> int:
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(request)
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        return answer.status


def test_two_hosts_or_none_are_refused(server: Server) -> None:
    assert raw(server, b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n") in (400, 421)
    assert raw(server, b"GET / HTTP/1.0\r\n\r\n") == 421
    assert raw(server, b"GET / HTTP/1.1\r\n\r\n") == 400


def test_pages_of_other_sites_may_link_here_but_not_ask(server: Server) -> None:
    asking = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}
    assert server.request("GET", "/sparql?query=ASK%7B%7D", headers=asking).status == 403
    framed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}
    assert server.request("GET", "/view", headers=framed).status == 403
    linked = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert server.request("GET", "/entity/RUS", headers=linked).status == 200


def test_other_sites_read_answers_only_where_cors_lets_them(server: Server, folder: Path) -> None:
    ours, theirs = {"Origin": "https://team.example"}, {"Origin": "https://evil.example"}
    allowed = server.request("GET", "/sparql?query=ASK%7B%7D", headers={**ours, "Sec-Fetch-Site": "cross-site"})
    assert (allowed.status, allowed.headers["access-control-allow-origin"]) == (200, "https://team.example")
    assert "Origin" in allowed.headers["vary"]
    preflight = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    told = server.request("OPTIONS", "/sparql", headers={**ours, **preflight})
    assert told.status == 204 and "content-type" in told.headers["access-control-allow-headers"]
    for method, headers in (("GET", theirs), ("OPTIONS", {**theirs, **preflight})):
        answer = server.request(method, "/sparql?query=ASK%7B%7D", headers=headers)
        assert answer.headers["access-control-allow-origin"] is None
    with serving(folder, "--workers", "2") as closed:
        answer = closed.request("GET", "/sparql?query=ASK%7B%7D", headers=ours)
        assert answer.headers["access-control-allow-origin"] is None
    with serving(folder, "--workers", "2", "--cors", "*") as opened:
        answer = opened.request("GET", "/sparql?query=ASK%7B%7D", headers=theirs)
        assert answer.headers["access-control-allow-origin"] == "*"


def test_an_origin_is_a_site_and_nothing_more() -> None:
    assert all(map(is_origin, ("https://team.example", "http://localhost:3000", "*")))
    assert not any(map(is_origin, ("team.example", "https://team.example/", "null", "", "ftp://x.example", "http://[")))


# How long a request may be


def test_what_is_too_long_is_refused(server: Server) -> None:
    assert server.get(f"/sparql?query={'x' * LONGEST_ADDRESS}").status == 414
    body = b"ASK {} #".ljust(LONGEST_BODY + 1)
    direct = {"Content-Type": "application/sparql-query"}
    assert server.request("POST", "/sparql", body, direct).status == 413
    assert server.request("POST", "/sparql", body[:-1], direct).status == 200
    chunked = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
    chunked += b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"
    assert raw(server, chunked) == 413
    assert server.request("POST", "/sparql", b"x", {**direct, "Content-Encoding": "gzip"}).status == 415


# What every answer carries, and what none says


@pytest.mark.parametrize("path", [*PAGES, "/nowhere", "/static/style.css", "/sparql?query=nonsense", "/entity/nobody"])
def test_every_answer_has_the_headers_that_keep_browsers_safe(server: Server, path: str) -> None:
    for host in ("localhost", "evil.example"):
        headers = server.get(path, Host=host).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["cache-control"] in ("no-store", "no-cache")
        assert headers["server"] is None and headers["access-control-allow-origin"] is None


def test_no_page_but_the_editor_and_the_view_may_run_script(server: Server) -> None:
    for path in ("/", "/queries", "/queries/who-met-whom", "/entity/RUS", "/nowhere"):
        answer = server.get(path, Accept="text/html")
        assert "script-src" not in answer.headers["content-security-policy"]
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert "<script" not in answer.text
    editor = server.get("/query").headers["content-security-policy"]
    assert "script-src 'self';" in editor and "connect-src 'self';" in editor and "unsafe-eval" not in editor


def test_no_answer_shows_a_stack_trace_or_a_path(server: Server, folder: Path) -> None:
    wrong = ("/sparql?query=%00", "/entity/%00", "/entity/..%2F..", "/queries/%2e%2e", "/static/%2e%2e/app.py")
    for path in wrong:
        answer = server.get(path)
        assert 400 <= answer.status < 500
        assert "Traceback" not in answer.text and str(folder) not in answer.text and sys.prefix not in answer.text


def test_the_log_is_one_plain_line_a_request_without_the_query(server: Server) -> None:
    server.get("/entity/%1b%5b31m%0aforged")
    line = server.log("forged")
    assert re.fullmatch(r"127\.0\.0\.1 GET /entity/%1B%5B31m%0Aforged 404 \d+ ms\n", line)
    server.get("/queries/timeline?actor=Russia")
    assert "Russia" not in server.log("/queries/timeline")


def test_quiet_is_quiet(folder: Path) -> None:
    with serving(folder, "--workers", "2", "--quiet") as quiet:
        assert quiet.get("/health").status == 200
        assert quiet.stop(signal.SIGINT) == 130
    assert quiet.lines == []
