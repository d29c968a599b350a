"""`push` and servers that refuse, stall, break off, redirect or are something else: one clear line each."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from claim_factory import RELATIONS, article, claim, extraction
from sparql_server import Answer, Handler, SparqlServer, serving

from geograph.errors import PushError
from geograph.push import Settings, Target, push
from geograph.store import Store

PAUSES: list[float] = []
QUICK = Settings(timeout=5, tries=3, pause=PAUSES.append)


@pytest.fixture
def store() -> Store:
    store = Store.open(None, relations=RELATIONS)
    of = article("a")
    store.add([extraction(of, [claim(of)])])
    return store


@pytest.fixture
def server() -> Iterator[SparqlServer]:
    PAUSES.clear()
    with serving(SparqlServer()) as running:
        yield running


def always(status: int, headers: dict[str, str] | None = None, body: bytes = b"") -> object:
    return lambda handler, method: (status, headers or {}, body)


def on_writes(status: int, body: bytes = b"") -> object:
    return lambda handler, method: None if handler.path.startswith("/query") else (status, {}, body)


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (401, r"asks who you are \(401\).*--user.*GEOGRAPH_PUSH_PASSWORD"),
        (403, r"may not POST here \(403\)"),
        (404, r"nothing is there \(404\)"),
        (405, r"takes no POST \(405\).*--graph-store"),
        (413, r"refuses \d+ bytes at once \(413\).*--batch"),
        (500, "answers 500 to POST: all is lost"),
    ],
)
def test_a_refusal_to_write_is_one_line(store: Store, server: SparqlServer, status: int, says: str) -> None:
    server.misbehave = on_writes(status, b"all is\n\x1b[31mlost"[:7] + b"lost")  # type: ignore[assignment]
    with pytest.raises(PushError, match=says) as raised:
        push(store, Target(server.url, graph_store=f"{server.url}/store"), QUICK)
    assert "\n" not in str(raised.value)


def test_an_error_page_cannot_send_escapes_to_the_terminal(store: Store, server: SparqlServer) -> None:
    server.misbehave = on_writes(500, b"\x1b]0;owned\x07 <html>\n" * 900)  # type: ignore[assignment]
    with pytest.raises(PushError) as raised:
        push(store, Target(server.url, update=f"{server.url}/update"), QUICK)
    assert str(raised.value).isprintable() and len(str(raised.value)) < 400


@pytest.mark.parametrize(("status", "says"), [(401, "401"), (403, "403")])
def test_a_refusal_to_answer_is_told(store: Store, server: SparqlServer, status: int, says: str) -> None:
    server.misbehave = always(status)  # type: ignore[assignment]
    with pytest.raises(PushError, match=says):
        push(store, Target(server.url), QUICK)
    assert {method for method, _, _, _ in server.requests} == {"GET"}


@pytest.mark.parametrize("body", [b"<html>Welcome</html>", b"[]", b"{}", b'{"boolean": "yes"}', b"[" * 100_000])
def test_what_is_no_sparql_endpoint_is_told(store: Store, server: SparqlServer, body: bytes) -> None:
    server.misbehave = always(200, {}, body)  # type: ignore[assignment]
    with pytest.raises(PushError, match=r"no SPARQL endpoint there.*--query"):
        push(store, Target(server.url), QUICK)


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_asked_again_after_the_pause_that_it_names(
    store: Store, server: SparqlServer, status: int
) -> None:
    left = [2]

    def busy(handler: Handler, method: str) -> Answer | None:
        if method == "PUT" and left[0]:
            left[0] -= 1
            return status, {"Retry-After": "7"} if left[0] else {}, b""
        return None

    server.misbehave = busy
    push(store, Target(server.url, graph_store=f"{server.url}/store"), QUICK)
    assert PAUSES == [7.0, 1.0]


def test_a_server_that_stays_busy_is_left_with_what_it_took(store: Store, server: SparqlServer) -> None:
    server.misbehave = on_writes(503)  # type: ignore[assignment]
    with pytest.raises(PushError, match=r"busy \(3 tries\).*it goes on"):
        push(store, Target(server.url, update=f"{server.url}/update"), QUICK)


def test_a_lost_connection_is_opened_again(store: Store, server: SparqlServer) -> None:
    number = [0]

    def hang_up(handler: Handler, method: str) -> Answer | None:
        number[0] += 1
        return (0, {}, b"") if number[0] % 2 else None

    server.misbehave = hang_up
    push(store, Target(server.url, update=f"{server.url}/update"), QUICK)
    assert push(store, Target(server.url, update=f"{server.url}/update"), QUICK).plan.send == ()


def test_an_answer_that_breaks_off_is_no_answer(store: Store, server: SparqlServer) -> None:
    def short(handler: Handler, method: str) -> Answer | None:
        handler.close_connection = True
        return 200, {"Content-Length": "500"}, b'{"boolean": true}'

    server.misbehave = short
    with pytest.raises(PushError, match=r"broke off|Incomplete.*3 tries"):
        push(store, Target(server.url), QUICK)


def test_a_server_that_never_answers_is_left_after_the_time_limit(store: Store, server: SparqlServer) -> None:
    def stall(handler: Handler, method: str) -> Answer | None:
        handler.server.stopping.wait()
        return 0, {}, b""

    server.misbehave = stall
    with pytest.raises(PushError, match=r"no answer within 0.2 s; raise --timeout"):
        push(store, Target(server.url), Settings(timeout=0.2, pause=PAUSES.append))
    assert PAUSES == []


def test_an_answer_without_end_is_cut(store: Store, server: SparqlServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geograph.push.http.MOST_BYTES", 1000)
    server.misbehave = always(200, {}, b" " * 5000)  # type: ignore[assignment]
    with pytest.raises(PushError, match="answers more than"):
        push(store, Target(server.url), QUICK)


def test_nobody_listening_is_told_at_once(store: Store) -> None:
    with serving(SparqlServer()) as gone:
        url = gone.url
    with pytest.raises(PushError, match=r"cannot be reached.*is the store running"):
        push(store, Target(url), QUICK)


def test_a_store_that_takes_everything_and_keeps_nothing_is_found_out(store: Store, server: SparqlServer) -> None:
    server.misbehave = on_writes(204)  # type: ignore[assignment]
    with pytest.raises(PushError, match="does not find it there"):
        push(store, Target(server.url, graph_store=f"{server.url}/store"), QUICK)


def test_a_store_that_loses_graphs_is_found_out(store: Store, server: SparqlServer) -> None:
    server.misbehave = lambda handler, method: (
        (204, {}, b"") if method == "PUT" and "article%2F" in handler.path else None
    )
    with pytest.raises(PushError, match=r"1 graphs are not there as they were sent.*--verify"):
        push(store, Target(server.url, graph_store=f"{server.url}/store"), QUICK)


def test_without_a_graph_store_an_update_address_is_found(store: Store, server: SparqlServer) -> None:
    server.graph_store = False
    assert push(store, Target(server.url), QUICK).where == f"{server.url}/update"


def test_the_address_for_questions_leads_to_the_one_for_writing(store: Store, server: SparqlServer) -> None:
    assert push(store, Target(f"{server.url}/query"), QUICK).where == f"{server.url}/store"


def test_a_store_that_can_only_be_read_is_told(store: Store, server: SparqlServer) -> None:
    server.graph_store = server.sparql_update = False
    with pytest.raises(PushError, match=r"found no way to write there.*--graph-store or --update"):
        push(store, Target(server.url), QUICK)


def test_finding_the_way_never_replaces_or_deletes(store: Store, server: SparqlServer) -> None:
    server.misbehave = on_writes(404)  # type: ignore[assignment]
    with pytest.raises(PushError):
        push(store, Target(server.url), QUICK)
    assert {method for method, _, _, _ in server.requests} == {"GET", "POST"}
    assert not any(b"DROP" in body or b"DELETE" in body for _, _, _, body in server.requests)


def test_credentials_are_sent_and_never_shown(store: Store, server: SparqlServer) -> None:
    asks = Settings(timeout=5, user="anna", password="se:cret", pause=PAUSES.append)
    push(store, Target(server.url), asks)
    wanted = "Basic " + base64.b64encode(b"anna:se:cret").decode()
    assert {headers["authorization"] for _, _, headers, _ in server.requests} == {wanted}
    assert "cret" not in repr(asks)
    server.requests.clear()
    push(store, Target(server.url), Settings(timeout=5, token="t0k"))
    assert {headers["authorization"] for _, _, headers, _ in server.requests} == {"Bearer t0k"}


def test_a_redirect_to_another_host_is_refused_before_anything_is_sent_there(store: Store) -> None:
    with serving(SparqlServer()) as other, serving(SparqlServer()) as server:
        server.misbehave = lambda handler, method: (307, {"Location": f"{other.url}{handler.path}"}, b"")
        with pytest.raises(PushError, match=r"redirects to .*give it instead"):
            push(store, Target(server.url), Settings(timeout=5, user="anna", password="secret"))
        assert other.requests == []


def test_a_redirect_on_the_same_host_is_followed(store: Store, server: SparqlServer) -> None:
    def moved(handler: Handler, method: str) -> Answer | None:
        if handler.path.startswith("/old"):
            return 308, {"Location": handler.path.removeprefix("/old")}, b""
        return None

    server.misbehave = moved
    old = f"{server.url}/old"
    push(store, Target(f"{old}/query", graph_store=f"{old}/store"), QUICK)
    assert server.graphs()


def test_a_redirect_in_a_circle_ends(store: Store, server: SparqlServer) -> None:
    server.misbehave = lambda handler, method: (302, {"Location": handler.path}, b"")
    with pytest.raises(PushError, match="redirects without end"):
        push(store, Target(server.url), QUICK)


@pytest.mark.parametrize(
    "url",
    ["localhost:7878", "ftp://x/y", "file:///etc/passwd", "http://", "http://[::1", "http://h/a b", "http://h:0/", ""],
)
def test_what_is_no_address_is_named(store: Store, url: str) -> None:
    with pytest.raises(PushError):
        push(store, Target(url), QUICK)


def test_a_password_in_the_address_is_refused_and_not_repeated(store: Store) -> None:
    with pytest.raises(PushError, match="GEOGRAPH_PUSH_PASSWORD") as raised:
        push(store, Target("http://anna:secret@127.0.0.1/"), QUICK)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("asks", [Settings(token="a\r\nX: y"), Settings(user="a:b", password="")])
def test_credentials_that_no_header_can_hold_are_refused(store: Store, server: SparqlServer, asks: Settings) -> None:
    with pytest.raises(PushError, match=r"GEOGRAPH_PUSH_TOKEN|--user"):
        push(store, Target(server.url), asks)
    assert server.requests == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    paths = folder / "cert.pem", folder / "key.pem"
    made = subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"),
            *("-addext", "subjectAltName=IP:127.0.0.1", "-out", str(paths[0]), "-keyout", str(paths[1])),
        ],
        capture_output=True,
    )
    if made.returncode:
        pytest.skip("no openssl to make a certificate with")
    return paths


def test_a_certificate_that_nobody_vouches_for_is_refused(store: Store, certificate: tuple[Path, Path]) -> None:
    with serving(SparqlServer(), certificate) as server:
        with pytest.raises(PushError, match=r"certificate is not trusted.*SSL_CERT_FILE"):
            push(store, Target(server.url.replace("http:", "https:")), Settings(timeout=5, token="t0k"))
        assert server.requests == []


def test_an_authority_of_ones_own_is_named_by_the_environment(
    store: Store, certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    with serving(SparqlServer(), certificate) as server:
        push(store, Target(server.url.replace("http:", "https:")), QUICK)
        assert server.graphs()


def test_a_proxy_of_the_environment_is_given_whole_addresses(
    store: Store, server: SparqlServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", server.url.replace("http://", "http://me:pass@"))
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    push(store, Target("http://store.example.org/query"), QUICK)
    assert all(path.startswith("http://store.example.org/") for _, path, _, _ in server.requests)
    _, path, headers, _ = server.requests[0]
    assert path.startswith("http://store.example.org/query?query=ASK")
    assert headers["proxy-authorization"] == "Basic " + base64.b64encode(b"me:pass").decode()
