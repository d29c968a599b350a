"""Web addresses to articles: pages, feeds, sitemaps, lists; what is known is not fetched again."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from web_server import Request, WebServer, World, answer, article, item, rss, web_server

from geograph.errors import SourceError, StoreError
from geograph.model import Article
from geograph.ontology import load
from geograph.sources.phrases import boilerplate
from geograph.web.reading import Wanted, WebReader
from geograph.web.state import KEPT_DAYS, Visit, read_visits, write_visits

TALKS = article("Norway and Ghana hold talks", "Norway's foreign minister met the president of Ghana in Accra.")
SANCTIONS = article(
    "Japan to sanction firms", "TOKYO, July 14 - Japan will impose sanctions on two firms.", published="2025-07-14"
)
FULL = f"<p>France imposed sanctions on Iran.</p><p>{'The decision was published in the official journal. ' * 30}</p>"


@pytest.fixture
def server() -> Iterator[WebServer]:
    with web_server() as running:
        running.pages |= {"/talks": answer(TALKS), "/sanctions": answer(SANCTIONS)}
        yield running


@dataclass
class Reading:
    """What reading gave, and what went wrong."""

    articles: list[Article]
    unchanged: int
    errors: list[str] = field(default_factory=list)

    @property
    def titles(self) -> list[str | None]:
        return [article.title for article in self.articles]


def read(server: WebServer, *paths: str, visits: dict[str, Visit] | None = None, **wanted: object) -> Reading:
    errors: list[SourceError] = []
    world = World()
    reader = WebReader(
        world.fetcher(server.port),
        boilerplate(load()),
        world.now,
        errors.append,
        Wanted(**wanted),  # type: ignore[arg-type]
        visits if visits is not None else {},
    )
    found = list(reader.read([f"{server.url}{path}" for path in paths]))
    texts = [str(error) for error in errors]
    assert all(text.isprintable() for text in texts)
    return Reading(found, reader.unchanged, texts)


def test_a_page_is_an_article_with_its_address(server: WebServer) -> None:
    [found] = read(server, "/talks").articles
    assert found.title == "Norway and Ghana hold talks"
    assert "met the president of Ghana" in found.text
    assert found.url == f"{server.url}/talks"
    assert found.published is None


def test_a_feed_is_its_pages_and_fills_what_they_leave_open(server: WebServer) -> None:
    server.pages["/feed"] = answer(rss(item("/talks"), item("/sanctions")), type="text/html")
    found = read(server, "/feed")
    talks, sanctions = sorted(found.articles, key=lambda article: article.title or "", reverse=True)
    assert found.errors == []
    assert (talks.published, dict(talks.metadata)["published_from"]) == (date(2025, 7, 12), "feed")
    assert talks.publisher == "The Example Herald"
    # The page knows better than the feed.
    assert sanctions.published == date(2025, 7, 14)
    assert dict(sanctions.metadata)["published_from"] != "feed"


def test_an_item_that_the_feed_carries_whole_is_not_fetched(server: WebServer) -> None:
    extra = f"<content:encoded><![CDATA[{FULL}]]></content:encoded>"
    server.pages["/feed"] = answer(rss(item("/whole", "France sanctions Iran", extra=extra)))
    [found] = read(server, "/feed").articles
    assert server.paths() == ["/feed"]
    assert found.url == f"{server.url}/whole"
    assert (found.title, found.published) == ("France sanctions Iran", date(2025, 7, 12))
    assert "France imposed sanctions on Iran." in found.text


def test_a_page_cannot_call_itself_one_of_another_site(server: WebServer) -> None:
    page = TALKS.replace("<head>", '<head><link rel="canonical" href="https://paper.example/talks">')
    server.pages |= {
        "/fake": answer(page),
        "/print": answer(TALKS.replace("<head>", '<head><link rel="canonical" href="/talks">')),
    }
    assert [article.url for article in read(server, "/fake", "/print").articles] == [
        f"{server.url}/fake",
        f"{server.url}/talks",
    ]


def test_a_summary_is_no_article(server: WebServer) -> None:
    extra = "<description>France imposed sanctions on Iran on Monday.</description>"
    server.pages["/feed"] = answer(rss(item("/gone", extra=extra)))
    found = read(server, "/feed")
    assert found.articles == []
    assert "/gone: 404" in found.errors[0]


def test_sitemaps_lists_and_texts_are_read(server: WebServer) -> None:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    sitemap = f"<urlset {space}><url><loc>/talks</loc><lastmod>2025-07-12</lastmod></url></urlset>"
    server.pages |= {
        "/index": answer(f"<sitemapindex {space}><sitemap><loc>/map.xml.gz</loc></sitemap></sitemapindex>"),
        "/map.xml.gz": answer(gzip.compress(sitemap.encode()), type="application/gzip"),
        "/list": answer('<opml version="2.0"><body><outline xmlUrl="/feed"/></body></opml>'),
        "/feed": answer(rss(item("/sanctions"))),
        "/text": answer("Peru and Chile signed a treaty on Monday in Lima.", type="text/plain"),
    }
    found = read(server, "/index", "/list", "/text")
    assert found.errors == []
    assert found.titles[:2] == ["Norway and Ghana hold talks", "Japan to sanction firms"]
    assert found.articles[2].url == f"{server.url}/text"
    assert found.articles[0].published is None  # A change is no publication.


def test_what_fails_is_named_and_the_rest_is_read(server: WebServer) -> None:
    server.pages |= {
        "/feed": answer(rss(item("/gone"), item("/talks"), item("javascript:x"), item("/other"), item("/empty"))),
        "/other": answer(rss()),
        "/empty": answer("<html><body></body></html>"),
    }
    found = read(server, "/missing", "/feed", "/feed")
    assert found.titles == ["Norway and Ghana hold talks"]
    assert [error for error in found.errors if "/missing: 404" in error]
    assert [error for error in found.errors if "no web address" in error]
    assert [error for error in found.errors if "/gone: 404" in error]
    assert [error for error in found.errors if "/other: is a feed, where a page was expected" in error]
    assert [error for error in found.errors if "/empty: no article" in error]
    assert server.paths().count("/feed") == 1


def test_only_what_is_recent_is_fetched(server: WebServer) -> None:
    server.pages["/feed"] = answer(
        rss(item("/talks", date=""), item("/sanctions"), item("/old", date="Mon, 02 Jun 2025 10:00:00 GMT"))
    )
    found = read(server, "/feed", since=date(2025, 7, 1))
    assert "/old" not in server.paths()
    assert sorted(found.titles, key=str) == ["Japan to sanction firms", "Norway and Ghana hold talks"]
    # The page itself may say that it is older than its feed knows.
    assert read(server, "/sanctions", since=date(2025, 7, 15)).articles == []


def test_no_more_pages_than_wanted_are_fetched_and_the_next_run_goes_on(server: WebServer) -> None:
    server.pages |= {f"/{number}": answer(TALKS.replace("Accra", f"Town {number}")) for number in range(5)}
    server.pages["/feed"] = answer(rss(*(item(f"/{number}") for number in range(5))), ETag='"1"')
    visits: dict[str, Visit] = {}
    first = read(server, "/feed", visits=visits, most_pages=2)
    assert len(first.articles) == 2
    assert first.errors == [
        f"{server.url}/feed: 3 pages left out, 2 read; run it again, raise --max-pages, or narrow it with --since"
    ]
    assert len(read(server, "/feed", visits=visits, most_pages=2).articles) == 2
    last = read(server, "/feed", visits=visits, most_pages=2)
    assert (len(last.articles), last.errors) == (1, [])


def test_a_feed_of_ten_thousand_items_is_bounded(server: WebServer) -> None:
    server.pages["/feed"] = answer(rss(*(item(f"/{number}") for number in range(10_000))))
    server.pages |= {f"/{number}": answer(b"", 404) for number in range(3)}
    found = read(server, "/feed", most_pages=3)
    assert "9,997 pages left out" in found.errors[-1]
    assert len(server.paths()) == 4


def test_a_list_that_names_itself_ends(server: WebServer) -> None:
    server.pages |= {
        f"/list{number}": answer(f'<opml><body><outline xmlUrl="/list{number + 1}"/></body></opml>')
        for number in range(9)
    }
    server.pages["/loop"] = answer('<opml><body><outline xmlUrl="/loop"/></body></opml>')
    assert read(server, "/loop").errors == []
    assert "one of too many" in read(server, "/list0").errors[0]


def test_what_is_known_is_not_fetched_again_until_it_changes(server: WebServer) -> None:
    feed = [rss(item("/talks", "One"))]

    def sent(request: Request) -> bytes:
        tag = f'"{len(feed)}"'
        return answer(b"", 304) if request.headers.get("if-none-match") == tag else answer(feed[-1], ETag=tag)

    server.pages["/feed"] = sent
    visits: dict[str, Visit] = {}
    assert len(read(server, "/feed", visits=visits).articles) == 1
    again = read(server, "/feed", visits=visits)
    assert (again.articles, again.unchanged) == ([], 1)
    feed.append(rss(item("/sanctions", "Two"), item("/talks", "One")))
    assert read(server, "/feed", visits=visits).titles == ["Japan to sanction firms"]
    feed.append(rss(item("/sanctions", "Two"), item("/talks", "One, corrected")))
    assert read(server, "/feed", visits=visits).titles == ["Norway and Ghana hold talks"]
    assert server.paths().count("/talks") == 2
    assert len(read(server, "/feed", visits=visits, again=True).articles) == 2
    # Asked for something else, the feed is looked through anew.
    assert read(server, "/feed", visits=visits, since=date(2025, 7, 1)).unchanged == 2


def test_what_fails_for_now_is_tried_again_and_what_is_gone_is_not(server: WebServer) -> None:
    server.pages |= {"/feed": answer(rss(item("/later"), item("/gone"))), "/later": answer(b"", 500)}
    visits: dict[str, Visit] = {}
    assert len(read(server, "/feed", visits=visits).errors) == 2
    server.pages["/later"] = answer(TALKS)
    found = read(server, "/feed", visits=visits)
    assert (len(found.articles), found.errors) == (1, [])
    assert server.paths().count("/gone") == 1


def test_who_stops_amid_a_page_has_not_read_it(server: WebServer) -> None:
    world, visits = World(), dict[str, Visit]()
    reader = WebReader(world.fetcher(server.port), boilerplate(load()), world.now, [].append, visits=visits)
    articles = reader.read([f"{server.url}/talks"])
    next(articles)
    assert visits == {}
    assert list(articles) == []
    [visit] = visits.values()
    assert visit.retrieved == "2025-07-16T12:00:01Z"
    assert len(visit.articles) == 1


@pytest.mark.parametrize(
    ("body", "type"),
    [
        (TALKS.replace("Accra", "Trängsund").encode("cp1252"), "text/html; charset=utf-8"),
        (TALKS.replace("Accra", "Trängsund").encode(), "text/html; charset=x-nonsense"),
        (TALKS.replace("Accra", "Trängsund").encode("utf-16"), "text/html"),
    ],
)
def test_a_wrong_charset_spoils_no_letter(server: WebServer, body: bytes, type: str) -> None:
    server.pages["/page"] = answer(body, type=type)
    [found] = read(server, "/page").articles
    assert "Trängsund" in found.text


def test_visits_are_kept_whole_or_not_at_all_and_forgotten_in_time(tmp_path: Path) -> None:
    path, world = tmp_path / "store.web.json", World()
    assert read_visits(path) == {}
    visits = {
        "https://a.example/": Visit("2025-07-16T12:00:00Z", "2025-07-16T12:00:00Z", "u", '"1"', None, "m", ("i",))
    }
    write_visits(path, visits, world.now())
    assert read_visits(path) == visits
    assert [file.name for file in tmp_path.iterdir()] == ["store.web.json"]
    world.seconds = (KEPT_DAYS + 1) * 86_400.0
    write_visits(path, visits, world.now())
    assert read_visits(path) == {}


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"version": 9}', b'{"version": 1, "addresses": {"a": 1}}', b"\xff"]
)
def test_damaged_visits_are_named_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "store.web.json"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"store\.web\.json: damaged .* delete it"):
        read_visits(path)
