"""Feeds read again and again into one store, by the function and by the real command line."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from test_cli import assert_one_line_error, geograph
from web_server import Request, WebServer, World, answer, article, item, rss, web_server

from geograph.errors import GeographError
from geograph.graph import Graph
from geograph.readers.choice import readers_of
from geograph.store import Store
from geograph.web.fetch import Outside
from geograph.web.state import file_beside, read_visits
from geograph.web.stopping import Stop, Stopped
from geograph.web.watch import Round, Watch


def page(number: int) -> bytes:
    return answer(article(f"France sanctions Iran over case {number}", "France imposed sanctions on Iran on Monday."))


@pytest.fixture
def server() -> Iterator[WebServer]:
    with web_server() as running:
        running.pages |= {f"/{number}": page(number) for number in range(5)}
        running.pages["/feed"] = answer(rss(item("/0"), item("/1")))
        yield running


@dataclass
class Rounds:
    """A watch in a world of its own, which ends after the rounds that are given, each a thing to do before the next."""

    server: WebServer
    store: Path
    between: list[Callable[[], object]] = field(default_factory=list)
    world: World = field(default_factory=World)
    stop: Stop = field(default_factory=Stop)
    told: list[tuple[Round, float | None]] = field(default_factory=list)
    errors: list[GeographError] = field(default_factory=list)
    changed: int = 0

    def run(self, *feeds: str) -> list[Round]:
        def pause(seconds: float) -> None:
            self.world.pause(seconds)
            if seconds <= 60:
                return  # the pace of fetching
            if not self.between:
                self.stop.request()
            self.between.pop(0)()

        inner = self.world.outside()
        outside = Outside(inner.clock, inner.now, pause, inner.resolver)

        def change(graph: Graph) -> None:
            self.changed += 1

        Watch(
            [f"{self.server.url}{feed}" for feed in feeds or ("/feed",)],
            self.world.fetcher(self.server.port),
            outside,
            self.stop,
            open_graph=lambda: Graph.open(self.store),
            visits=file_beside(self.store),
            on_error=self.errors.append,
            changed=change,
            readers=lambda graph: readers_of("rules", graph.ontology, {}),
        ).run(900.0, lambda done, left: self.told.append((done, left)))
        return [done for done, _ in self.told]


def stored(path: Path) -> set[str]:
    with Store.open(path, read_only=True) as store:
        return {str(article.title) for article in store.articles()}


def test_each_round_adds_what_is_new(server: WebServer, tmp_path: Path) -> None:
    def publish() -> None:
        server.pages["/feed"] = answer(rss(item("/2"), item("/0"), item("/1")))

    watching = Rounds(server, tmp_path / "store", [lambda: None, publish])
    first, second, third = watching.run()
    assert (first.added.new, second.added.new, third.added.new) == (2, 0, 1)
    assert (second.unchanged, third.unchanged, watching.changed) == (2, 2, 2)
    assert len(stored(tmp_path / "store")) == 3
    assert sorted(server.paths()) == ["/0", "/1", "/2", "/feed", "/feed", "/feed"]
    # Rounds begin at equal times, however long they take.
    assert watching.told[0][1] == 900.0 - 3.0


def test_the_store_is_free_for_others_between_rounds(server: WebServer, tmp_path: Path) -> None:
    path = tmp_path / "store"

    def remove() -> None:
        with Graph.open(path) as graph:
            graph.remove(f"{server.url}/0")

    Rounds(server, path, [remove]).run()
    # What somebody has taken out does not come back by itself.
    assert stored(path) == {"France sanctions Iran over case 1"}


def test_a_store_in_use_is_tried_again_in_the_next_round(server: WebServer, tmp_path: Path) -> None:
    path = tmp_path / "store"
    other = Graph.open(path)
    watching = Rounds(server, path, [other.close])
    blocked, read = watching.run()
    assert blocked.fault is not None and "in use by another" in blocked.fault
    assert read.added.new == 2


def test_a_feed_that_fails_is_named_and_the_others_are_read(server: WebServer, tmp_path: Path) -> None:
    watching = Rounds(server, tmp_path / "store")
    [done] = watching.run("/missing", "/feed")
    assert (done.added.new, done.left_out) == (2, 1)
    assert "/missing: 404" in str(watching.errors[0])


def test_asked_to_stop_amid_a_round_it_keeps_what_it_has_read(server: WebServer, tmp_path: Path) -> None:
    watching = Rounds(server, tmp_path / "store")

    def stop(request: Request) -> bytes:
        watching.stop.requested = True
        return page(1)

    server.pages["/1"] = stop
    server.pages["/feed"] = answer(rss(item("/0"), item("/1"), item("/2")))
    [done] = watching.run()
    assert watching.told[0][1] is None
    assert "/2" not in server.paths()
    assert done.added.new == len(stored(tmp_path / "store")) == 2
    visits = read_visits(file_beside(tmp_path / "store"))
    # What came to its end is remembered; the feed did not, and so is asked again.
    assert f"{server.url}/0" in visits and f"{server.url}/feed" not in visits
    again = Rounds(server, tmp_path / "store")
    again.run()
    assert len(stored(tmp_path / "store")) == 3


def test_a_new_store_is_filled_whatever_was_read_into_the_old_one(server: WebServer, tmp_path: Path) -> None:
    path = tmp_path / "store"
    Rounds(server, path).run()
    Graph.open(path, new=True).close()
    [done] = Rounds(server, path).run()
    assert done.added.new == 2


def test_stopping_breaks_off_only_what_may_be_broken_off() -> None:
    stop = Stop()
    with pytest.raises(Stopped), stop.breakable():
        stop.request()
    stop.request()  # outside of it nothing is raised
    with pytest.raises(Stopped), stop.breakable():
        pytest.fail("nothing more is begun")


def test_a_changed_page_takes_the_place_of_what_it_was_and_its_stories_stand_side_by_side(
    server: WebServer, tmp_path: Path
) -> None:
    def two(first: str) -> bytes:
        stories = "".join(
            f"<article><h2>{title}</h2><p>LIMA, July 14 - {text}</p><p>The ministry said that it would publish the "
            "whole text of the document within the next few days.</p></article>"
            for title, text in (
                ("Peru and Chile agree", f"Peru and Chile signed {first} on Monday in Lima."),
                ("Kenya expels envoy", "Kenya expelled an envoy of Uganda on Monday, officials said."),
            )
        )
        return answer(f"<html lang='en'><head><title>News</title></head><body>{stories}</body></html>")

    def correct() -> None:
        server.pages["/live"] = two("a fisheries treaty")

    server.pages["/live"] = two("a border treaty")
    first, second = Rounds(server, tmp_path / "store", [correct]).run("/live")
    assert first.added.new == 2
    assert second.added.replaced or second.added.new
    with Store.open(tmp_path / "store", read_only=True) as store:
        texts = [article.text for article in store.articles()]
    assert len(texts) == 2
    assert "fisheries" in "".join(texts) and "border" not in "".join(texts)


def test_an_article_in_two_feeds_is_read_once(server: WebServer, tmp_path: Path) -> None:
    server.pages["/other"] = answer(rss(item("/1?utm_source=other"), item("/2")))
    [done] = Rounds(server, tmp_path / "store").run("/feed", "/other")
    assert done.added.new == 3
    assert server.paths().count("/1") == 1


# The real command line. The server is on this machine, which has to be allowed.


def allowed(server: WebServer) -> list[str]:
    return ["--allow-private", "--allow-port", str(server.port), "--reader", "rules"]


def test_build_reads_a_feed_and_nothing_twice(server: WebServer, tmp_path: Path) -> None:
    server.pages["/feed"] = answer(rss(item("/0"), item("/gone")), ETag='"1"')
    done = geograph("build", f"{server.url}/feed", *allowed(server), cwd=tmp_path)
    assert done.returncode == 3, done.stderr
    assert f"left out: {server.url}/gone: 404" in done.stderr
    assert "1 article" in done.stdout
    assert f"<{server.url}/0>" in (tmp_path / "exports/graph.ttl").read_text()
    before = (tmp_path / "exports/graph.ttl").read_bytes()
    again = geograph("build", f"{server.url}/feed", *allowed(server), cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert "have not changed" in again.stderr
    assert (tmp_path / "exports/graph.ttl").read_bytes() == before
    # When it was fetched is kept beside the store, and is in no export.
    [visit] = [v for v in read_visits(tmp_path / "exports/store.web.json").values() if v.url.endswith("/0")]
    assert visit.retrieved.encode() not in before


def test_without_leave_nothing_connects_to_this_machine(server: WebServer, tmp_path: Path) -> None:
    for command in (["build"], ["watch", "--once"]):
        done = geograph(*command, f"{server.url}/feed", "--allow-port", str(server.port), cwd=tmp_path)
        assert done.returncode in (1, 3)
        assert "--allow-private" in done.stderr
    assert server.connections == 0


def test_wrong_use_is_said_in_one_line(tmp_path: Path) -> None:
    for options, word in ((["news/"], "no web address"), (["http://a.example/", "--every", "soon"], "soon")):
        done = geograph("watch", *options, cwd=tmp_path)
        assert done.returncode == 2
        assert word in done.stderr
    done = geograph("build", "http://a.example/", "--since", "yesterday", cwd=tmp_path)
    assert done.returncode == 2 and "yesterday" in done.stderr


def test_watch_once_reads_once(server: WebServer, tmp_path: Path) -> None:
    done = geograph("watch", f"{server.url}/feed", "--once", *allowed(server), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    [line] = done.stderr.strip().splitlines()
    assert "articles: 2 new, 0 replaced" in line and "next" not in line
    assert (tmp_path / "exports/graph.html").exists()


@pytest.mark.parametrize(("number", "code", "amid"), [(signal.SIGINT, 130, "a fetch"), (signal.SIGTERM, 0, "the wait")])
def test_watch_ends_cleanly_when_asked(
    server: WebServer, tmp_path: Path, number: signal.Signals, code: int, amid: str
) -> None:
    reached = threading.Event()

    def hang(request: Request) -> None:
        reached.set()
        server.stopping.wait()

    server.pages["/feed"] = answer(rss(item("/0")))
    feeds = [f"{server.url}/feed"]
    if amid == "a fetch":
        server.pages["/slow"] = hang
        feeds.append(f"{server.url}/slow")
    process = subprocess.Popen(
        [sys.executable, "-m", "geograph", "watch", *feeds, "--every", "1h", *allowed(server)],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ,
    )
    assert process.stderr is not None
    if amid == "a fetch":
        assert reached.wait(120)
    else:
        assert "next at" in process.stderr.readline()
    process.send_signal(number)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == code, errors
    assert "Traceback" not in errors
    assert stored(tmp_path / "exports/store") == {"France sanctions Iran over case 0"}
    checked = geograph("check", cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout


def test_a_store_that_cannot_be_read_is_one_line(server: WebServer, tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports/store").write_text("no store")
    done = geograph("build", f"{server.url}/feed", *allowed(server), cwd=tmp_path)
    assert_one_line_error(done, "exports/store", "is a file")
