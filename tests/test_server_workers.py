"""A query that takes too long, too much or is not wanted any more: it ends, and nobody else notices."""

from __future__ import annotations

import asyncio
import http.client
import signal
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import pytest
from claim_factory import RELATIONS, article, claim, extraction
from server_process import HEAVY, Server, gone, gone_first, listening, serving
from summer_news import world

from geograph.errors import GeographError
from geograph.server.cache import PageCache
from geograph.server.pool import Pool
from geograph.server.settings import Settings
from geograph.server.wire import Answer, Job
from geograph.store import Store

T = TypeVar("T")
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY DESC(?i) ?f"
NESTED = f"ASK {{ {'{' * 200_000} ?s ?p ?o {'}' * 200_000} }}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "store", relations=RELATIONS) as fresh:
        fresh.add(world())
    return tmp_path / "store"


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    with serving(folder, "--workers", "2") as running:
        yield running


def query(sparql: str, **fields: object) -> Job:
    return {"job": "sparql", "query": sparql, "default_graphs": [], "named_graphs": [], "accept": None, **fields}


def within(settings: Settings, work: Callable[[Pool], Awaitable[T]]) -> T:
    """What `work` makes of a pool that is started before and closed after."""

    async def run() -> T:
        pool = Pool(settings)
        await pool.start()
        try:
            return await work(pool)
        finally:
            await pool.close()

    return in_a_loop(run)


def in_a_loop(work: Callable[[], Awaitable[T]]) -> T:
    """The outcome of work in a thread of its own: the browser of other tests keeps a loop running in this one."""

    async def run() -> T:
        return await work()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(run())).result()


def test_at_its_deadline_a_query_is_killed_and_the_next_is_answered(folder: Path) -> None:
    async def work(pool: Pool) -> list[Answer]:
        late = await pool.run(query(HEAVY))
        return [late, *[await pool.run(query("ASK {}")) for _ in range(4)]]

    late, *rest = within(Settings(folder, workers=2, timeout=0.5), work)
    assert late.status == 504 and b"ended after 0.5 seconds" in late.body
    assert [answer.status for answer in rest] == [200] * 4


def test_light_queries_are_answered_while_heavy_ones_hold_all_the_workers_they_may(folder: Path) -> None:
    async def work(pool: Pool) -> tuple[list[Answer], list[Answer], int]:
        heavy = [asyncio.ensure_future(pool.run(query(HEAVY))) for _ in range(5)]
        light = [await pool.run(query("ASK {}")) for _ in range(20)]
        # Two heavy ones may stay; the other three have been ended so that light ones pass.
        ended = [await each for each in heavy if each.done()]
        running = sum(not each.done() for each in heavy)
        for each in heavy:
            each.cancel()
        await asyncio.gather(*heavy, return_exceptions=True)
        return light, ended, running

    light, ended, running = within(Settings(folder, workers=3, timeout=60, quick=0.3, patience=30), work)
    assert {answer.status for answer in light} == {200}
    assert running >= 2 and len(ended) + running == 5
    for answer in ended:
        assert answer.status == 503 and int(answer.headers["Retry-After"]) > 0 and b"too many long" in answer.body


def test_who_waits_too_long_for_a_worker_is_asked_to_come_again(folder: Path) -> None:
    async def work(pool: Pool) -> Answer:
        heavy = [asyncio.ensure_future(pool.run(query(HEAVY))) for _ in range(2)]
        await asyncio.sleep(0)
        waiting = await pool.run(query("ASK {}"))
        for each in heavy:
            each.cancel()
        await asyncio.gather(*heavy, return_exceptions=True)
        return waiting

    answer = within(Settings(folder, workers=2, quick=30, patience=0.1), work)
    assert answer.status == 503 and answer.headers["Retry-After"] == "5" and b"every worker is busy" in answer.body


def test_the_queue_is_bounded(folder: Path) -> None:
    async def work(pool: Pool) -> list[Answer]:
        return list(await asyncio.gather(*(pool.run(query(HEAVY)) for _ in range(8))))

    answers = within(Settings(folder, workers=2, timeout=1, quick=2, queue=3), work)
    assert sorted(answer.status for answer in answers) == [503] * 3 + [504] * 5


@pytest.mark.parametrize("sparql", [GREEDY, NESTED], ids=["greedy", "nested"])
def test_a_query_that_breaks_its_worker_breaks_nothing_else(folder: Path, sparql: str) -> None:
    async def work(pool: Pool) -> list[Answer]:
        return [await pool.run(query(sparql)), *[await pool.run(query("ASK {}")) for _ in range(4)]]

    broken, *rest = within(Settings(folder, workers=2, memory=600, timeout=60, max_rows=10**9), work)
    assert broken.status in (400, 500)
    assert {answer.status for answer in rest} == {200}


def test_an_answer_of_too_many_rows_or_bytes_is_refused_not_cut(folder: Path) -> None:
    async def work(pool: Pool) -> list[Answer]:
        texts = ("SELECT * { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "SELECT * { ?s ?p ?o } LIMIT 50")
        return [await pool.run(query(each)) for each in texts]

    rows, triples, few = within(Settings(folder, workers=2, max_rows=50), work)
    assert rows.status == triples.status == 403
    assert b"more than 50 rows" in rows.body and b"LIMIT" in triples.body
    assert few.status == 200
    rows, triples, few = within(Settings(folder, workers=2, max_bytes=1000), work)
    assert {answer.status for answer in (rows, triples, few)} == {403} and b"larger" in rows.body


def test_when_its_client_leaves_a_query_is_ended(server: Server) -> None:
    workers = server.workers()
    with server.begin(HEAVY), server.begin(HEAVY):
        # Both are at work once a light one has had to wait for one of them to be ended as one too many.
        assert server.ask("ASK {}").status == 200
    server.log(" 499 ")
    assert gone_first(workers, 2) == 2
    assert server.ask("ASK {}").status == 200


def test_a_heavy_query_of_one_client_does_not_hold_up_another(server: Server) -> None:
    with server.begin(HEAVY), server.begin(HEAVY), server.begin(HEAVY):
        for _ in range(5):
            assert server.ask("ASK { ?a gg:meets ?b }").json()["boolean"] is True


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_a_signal_ends_server_workers_and_running_queries(server: Server, number: int, code: int) -> None:
    with server.begin(HEAVY) as connection:
        assert server.ask("ASK {}").status == 200
        workers = server.workers()
        assert len(workers) >= 2
        assert server.stop(number) == code
        assert all(gone(pid) for pid in workers)
        assert b"503" in connection.recv(65536)


def test_workers_outlive_no_server_that_was_killed(folder: Path) -> None:
    with serving(folder, "--workers", "2", "--timeout", "2") as server, server.begin(HEAVY) as connection:
        assert server.ask("ASK {}").status == 200
        workers = server.workers()
        assert server.stop(signal.SIGKILL) == -signal.SIGKILL
        assert all(gone(pid) for pid in workers)
        connection.close()


def test_what_another_process_writes_is_seen_by_the_next_query(server: Server, folder: Path) -> None:
    def documents() -> set[str]:
        found = server.ask("SELECT ?d { ?a gg:document ?d }").json()["results"]["bindings"]
        return {row["d"]["value"] for row in found}

    assert documents() == {"a", "b", "c", "d", "e"}
    late = article("late", published="2025-08-09")
    with Store.open(folder, relations=RELATIONS) as writing:
        writing.add([extraction(late, [claim(late, "FRA", "visits", "CHN", when="2025-08-08")])])
        assert documents() == {"a", "b", "c", "d", "e", "late"}
        writing.remove("a")
        assert documents() == {"b", "c", "d", "e", "late"}
    assert documents() == {"b", "c", "d", "e", "late"}


def test_a_store_that_has_gone_is_told_until_it_is_back(server: Server, folder: Path) -> None:
    away = folder.rename(folder.with_name("away"))
    answer = server.ask("ASK {}")
    assert answer.status == 503 and answer.headers["retry-after"] and "build" in answer.text
    assert server.get("/health").status == 503 and server.get("/").status == 503
    away.rename(folder)
    assert server.ask("ASK {}").status == 200
    assert server.get("/health").json()["status"] == "ok"


def test_workers_that_cannot_start_are_told(folder: Path) -> None:
    async def nothing(pool: Pool) -> None:
        return None

    with pytest.raises(GeographError, match="memory"):
        within(Settings(folder, workers=2, memory=20), nothing)


def test_where_the_kernel_allows_it_a_worker_has_no_network() -> None:
    with listening() as (url, calls):
        code = (
            "import sys, urllib.request\n"
            "from geograph.server.confinement import leave_network\n"
            "if not leave_network(): sys.exit(77)\n"
            "try: urllib.request.urlopen(sys.argv[1])\n"
            "except OSError as error: print(error)\n"
        )
        done = subprocess.run([sys.executable, "-c", code, url], capture_output=True, text=True, check=False)
        if done.returncode == 77:
            pytest.skip("this system lets no process leave the network")
        assert "unreachable" in done.stdout and calls == []


def test_a_client_that_sends_its_query_slowly_holds_no_worker(server: Server) -> None:
    with (
        socket.create_connection(("127.0.0.1", server.port)) as slow,
        socket.create_connection(("127.0.0.1", server.port)) as slower,
    ):
        for connection in (slow, slower):
            connection.sendall(
                b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
                b"Content-Length: 6\r\n\r\nASK"
            )
        assert server.ask("ASK {}").status == 200
        slow.sendall(b" {}")
        answer = http.client.HTTPResponse(slow)
        answer.begin()
        assert answer.status == 200


def test_pages_are_built_once_a_state_and_errors_are_not_kept() -> None:
    built: list[str] = []

    async def build(name: str, status: int = 200, state: str = "s1") -> Answer:
        built.append(name)
        await asyncio.sleep(0)
        return Answer(status, "text/html", b"x" * 40, {}, state)

    async def run() -> None:
        cache = PageCache(most_bytes=100)
        await asyncio.gather(*(cache.get("view", "s1", lambda: build("view")) for _ in range(5)))
        await cache.get("broken", "s1", lambda: build("broken", 504))
        await cache.get("broken", "s1", lambda: build("broken"))
        await cache.get("view", "s1", lambda: build("view"))
        assert built == ["view", "broken", "broken"]
        await cache.get("view", "s2", lambda: build("view", state="s2"))
        await cache.get("third", "s2", lambda: build("third", state="s2"))
        await cache.get("broken", "s1", lambda: build("left for want of room"))
        assert built[3:] == ["view", "third", "left for want of room"]

    in_a_loop(run)
