"""What feeds, sitemaps, lists of feeds and robots.txt say, and what broken and hostile ones do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from web_server import item, rss

from geograph.errors import FetchError
from geograph.web import robots
from geograph.web.entries import Entry, Named, chosen, day_of
from geograph.web.feeds import FULL_TEXT_WORDS, read_feed
from geograph.web.kinds import Kind, kind_of
from geograph.web.opml import read_opml
from geograph.web.sitemaps import read_sitemap

URL = "https://news.example/feeds/all"
SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">'
    '<!ENTITY c SYSTEM "file:///etc/passwd">]>'
)


def feed(data: bytes) -> Named:
    return read_feed(data, URL, URL)


def only(data: bytes) -> Entry:
    [entry] = feed(data).pages
    return entry


def test_an_item_of_rss_is_a_page_with_the_publishers_own_day() -> None:
    entry = only(rss(item("/2025/talks?utm_source=rss", "A &amp;amp; B", "Sat, 12 Jul 2025 23:30:00 -0500")))
    assert entry.url == "https://news.example/2025/talks"
    assert (entry.title, entry.publisher) == ("A & B", "The Example Herald")
    assert (entry.published, entry.said_by) == (date(2025, 7, 12), "feed")


def test_the_day_of_a_change_is_no_day_of_publication() -> None:
    data = """<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><title>t</title><link href="/a"/>
      <updated>2025-07-12T10:00:00Z</updated>{}</entry></feed>"""
    entry = only(data.format("").encode())
    assert (entry.published, entry.said_by, entry.day) == (None, None, date(2025, 7, 12))
    entry = only(data.format("<published>2025-07-10T10:00:00Z</published>").encode())
    assert (entry.published, entry.day) == (date(2025, 7, 10), date(2025, 7, 12))


def test_rss_1_dates_its_items_by_dublin_core() -> None:
    entry = only(
        b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title></channel>
        <item><title>t</title><link>https://a.example/</link><dc:date>2025-07-12</dc:date></item></rdf:RDF>"""
    )
    assert entry.published == date(2025, 7, 12)


@pytest.mark.parametrize(
    ("words", "end", "whole"),
    [(FULL_TEXT_WORDS, ".", True), (FULL_TEXT_WORDS - 1, ".", False), (400, "…", False), (400, " Read more »", False)],
)
def test_only_content_of_an_articles_length_is_an_article(words: int, end: str, whole: bool) -> None:
    text = f"<p>{' '.join(['word'] * words)}{end}</p>"
    entry = only(rss(item("/a", extra=f"<content:encoded><![CDATA[{text}]]></content:encoded>")))
    assert (entry.content is not None) is whole
    # However long a summary is, nobody says that it is all.
    assert only(rss(item("/a", extra=f"<description><![CDATA[{text}]]></description>"))).content is None


def test_a_feed_speaks_for_its_own_site_only() -> None:
    """Else anybody's words could become an article of a paper of record."""
    text = f"<content:encoded><![CDATA[<p>{'word ' * 200}.</p>]]></content:encoded>"
    for link, own in (
        ("https://www.news.example/a", True),
        ("https://news.example/a", True),
        ("https://sport.news.example/a", True),
        ("https://paper.example/a", False),
        ("https://example/a", False),
        ("https://fakenews.example/a", False),
    ):
        entry = only(rss(item(link, extra=text)))
        assert (entry.content is not None, entry.publisher is not None) == (own, own), link
    source = '<source url="https://paper.example/rss">The Paper</source>'
    assert only(rss(item("https://paper.example/a", extra=source))).publisher == "The Paper"


def test_scripts_in_a_feed_are_taken_out() -> None:
    text = f"<p>{'word ' * 200}.</p><script>alert(1)</script><p onclick='alert(2)'>end.</p>"
    content = only(rss(item("/a", extra=f"<content:encoded><![CDATA[{text}]]></content:encoded>"))).content
    assert content is not None and "alert" not in content


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "", "http://u:p@a.example/"])
def test_an_item_that_leads_to_no_web_address_is_named_and_the_rest_is_read(link: str) -> None:
    found = feed(rss(item(link, "Evil"), item("/good")))
    assert [entry.url for entry in found.pages] == ["https://news.example/good"]
    [fault] = found.faults
    assert "'Evil'" in fault and fault.isprintable()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_a_feed_with_entities_is_refused_in_any_encoding(encoding: str) -> None:
    data = LAUGHS + rss(item("/a", "&b;")).decode().partition("?>")[2]
    with pytest.raises(FetchError, match="declares XML entities"):
        feed(data.encode(encoding))


@pytest.mark.parametrize("reader", [read_sitemap, read_opml])
@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (LAUGHS + "<x>&b;&c;</x>", "declares XML entities"),
        ("<a>" * 200, "nested too deeply"),
        ("<a><b></a>", "broken XML"),
        ("", "broken XML"),
        ("\x00", "broken XML"),
        ('<?xml version="1.0" encoding="nonsense"?><a/>', "broken XML"),
    ],
)
def test_broken_and_hostile_xml_is_refused(reader: type, data: str, reason: str) -> None:
    with pytest.raises(FetchError, match=f"name.*{reason}"):
        reader(data.encode(), URL, "name")


def test_an_external_document_type_is_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.dtd"
    secret.write_text('<!ENTITY s "secret">')
    data = f'<!DOCTYPE urlset SYSTEM "{secret.as_uri()}"><urlset {SITEMAP}><url><loc>/&s;</loc></url></urlset>'
    try:
        assert "secret" not in str(read_sitemap(data.encode(), URL, "name"))
    except FetchError as error:
        assert "broken XML" in str(error)


def test_bytes_that_name_a_file_are_not_read_as_that_file(tmp_path: Path) -> None:
    there = tmp_path / "feed.xml"
    there.write_bytes(rss(item("/secret")))
    with pytest.raises(FetchError, match="broken feed"):
        feed(str(there).encode())


def test_a_broken_feed_is_read_as_far_as_it_goes() -> None:
    data = rss(item("/a", "one & two"), item("/b"))
    assert [entry.url for entry in feed(data).pages] == ["https://news.example/a", "https://news.example/b"]


@given(st.binary(max_size=300))
def test_any_bytes_are_a_feed_or_a_named_error(data: bytes) -> None:
    for reader in (read_feed, read_sitemap, read_opml):
        for document in (data, b"<rss><channel><item>" + data, b"<urlset><url><loc>" + data):
            try:
                reader(document, URL, "name")
            except FetchError as error:
                assert str(error).startswith("name: ")


def test_a_news_sitemap_dates_and_names_its_pages() -> None:
    data = f"""<urlset {SITEMAP} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
      xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
      <url><loc> https://news.example/a </loc><lastmod>2025-07-14T10:00:00+02:00</lastmod>
        <image:image><image:loc>https://cdn.example/picture</image:loc></image:image>
        <news:news><news:publication><news:name>Herald</news:name></news:publication>
        <news:publication_date>2025-07-12</news:publication_date><news:title>Talks</news:title></news:news></url>
      <url><loc>https://news.example/b</loc><lastmod>2025</lastmod></url>
      <url><loc>file:///etc/passwd</loc></url></urlset>"""
    found = read_sitemap(data.encode(), URL, "name")
    first, second = found.pages
    assert (first.url, first.title, first.publisher) == ("https://news.example/a", "Talks", "Herald")
    assert (first.published, first.said_by, first.day) == (date(2025, 7, 12), "news sitemap", date(2025, 7, 14))
    # When a page was changed says nothing of when it was published.
    assert (second.published, second.day) == (None, None)
    assert len(found.faults) == 1


def test_an_index_names_sitemaps_and_a_list_names_feeds() -> None:
    index = f"<sitemapindex {SITEMAP}><sitemap><loc>/s1.xml.gz</loc></sitemap></sitemapindex>"
    assert [entry.url for entry in read_sitemap(index.encode(), URL, "").documents] == [
        "https://news.example/s1.xml.gz"
    ]
    opml = """<opml version="2.0"><body><outline text="World"><outline type="rss" xmlUrl="/rss" htmlUrl="/"/></outline>
      <outline text="bad" xmlUrl="javascript:x"/></body></opml>"""
    found = read_opml(opml.encode(), URL, "")
    assert [entry.url for entry in found.documents] == ["https://news.example/rss"]
    assert len(found.faults) == 1


@pytest.mark.parametrize(
    ("data", "type", "kind"),
    [
        (rss(), "text/html", Kind.FEED),
        (b"\xef\xbb\xbf\n<!-- <html> --><rss version='2.0'>", "", Kind.FEED),
        (b"<?xml version='1.0'?><!DOCTYPE rss PUBLIC 'x' 'y'><rss>", "", Kind.FEED),
        ("<?xml version='1.0' encoding='utf-16'?><feed>".encode("utf-16"), "", Kind.FEED),
        (b"<rdf:RDF xmlns:rdf='x'>", "", Kind.FEED),
        (b"<urlset>", "text/plain", Kind.SITEMAP),
        (b"<sm:sitemapindex xmlns:sm='x'>", "", Kind.SITEMAP),
        (b"<OPML version='2.0'>", "", Kind.OPML),
        (b"<!DOCTYPE html><html>", "application/xml", Kind.HTML),
        (b"<p>Talks", "", Kind.HTML),
        (b"Talks went on.", "text/html", Kind.TEXT),
        (b"One <b>of</b> them", "text/plain", Kind.TEXT),
        (b"", "", Kind.TEXT),
    ],
)
def test_a_document_is_told_by_its_content(data: bytes, type: str, kind: Kind) -> None:
    assert kind_of(data, type) == kind


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-07-12", date(2025, 7, 12)),
        ("2025-07-12T23:59:59-11:00", date(2025, 7, 12)),
        ("Sat, 12 Jul 2025 00:10:00 +1200", date(2025, 7, 12)),
        *((text, None) for text in ("", "2025", "2025-07", "yesterday", "2025-13-01", "Sat, 99 Jul 2025", "1" * 500)),
        (None, None),
    ],
)
def test_a_date_is_the_day_where_it_was_written_or_none(text: str | None, day: date | None) -> None:
    assert day_of(text) == day


@given(st.text(max_size=70))
def test_any_text_is_a_day_or_none(text: str) -> None:
    day_of(text)


def test_entries_are_chosen_by_day_the_newest_first_and_each_once() -> None:
    entries = [Entry("a", day=date(2025, 7, 1)), Entry("b"), Entry("c", day=date(2025, 7, 3)), Entry("c")]
    assert [entry.url for entry in chosen(entries, None)] == ["c", "a", "b"]
    assert [entry.url for entry in chosen(entries, date(2025, 7, 2))] == ["c", "b"]


# The examples of RFC 9309, sections 2.2.2 and 2.2.3, and some more.
@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Disallow: /", "/a", False),
        ("Disallow:", "/a", True),
        ("", "/a", True),
        ("Disallow: /a\nAllow: /a", "/a", True),
        ("Allow: /a\nDisallow: /a/b", "/a/b/c", False),
        ("Disallow: /a/\nAllow: /a/b", "/a/b/c", True),
        ("Disallow: *.gif$", "/x.gif", False),
        ("Disallow: *.gif$", "/x.gif?y", True),
        ("Disallow: /*/private/*/x", "/a/private/b/x", False),
        ("Disallow: /*/private/*/x", "/private/b/x", True),
        ("Disallow: /$", "/", False),
        ("Disallow: /$", "/a", True),
        ("Disallow: /a$b", "/a$b", False),
        ("Disallow: /foo/bar?baz=ま", "/foo/bar?baz=%E3%81%BE", False),
        ("Disallow: /%66oo", "/foo", False),
        ("Disallow: /foo%2fbar", "/foo/bar", True),
        ("Disallow: /a # a comment", "/a", False),
        ("disALLOW : /a", "/a", False),
        ("Sitemap: https://a.example/s\nDisallow: /a", "/a", False),
        ("Disallow: " + "*a" * 500 + "$", "/" + "a" * 1000 + "b", True),
    ],
)
def test_rules_of_robots_txt(rules: str, path: str, allowed: bool) -> None:
    assert robots.parse(f"User-agent: *\n{rules}", "geograph").allows(path) is allowed


def test_the_group_that_names_us_goes_before_the_one_for_all() -> None:
    text = (
        "User-agent: *\nDisallow: /\nUser-agent: other\nUser-Agent: GeoGraph/2\nDisallow: /a\nCrawl-delay: 2.5\n\n"
        "User-agent: geograph\nDisallow: /b\nCrawl-delay: -1"
    )
    rules = robots.parse(text, "geograph")
    assert [path for path in ("/a", "/b", "/c") if rules.allows(path)] == ["/c"]
    assert rules.delay == 2.5
    assert not robots.parse(text, "unknown").allows("/c")


@given(st.text(), st.text())
def test_any_robots_txt_can_be_asked_about_any_path(text: str, path: str) -> None:
    robots.parse(f"User-agent: *\nDisallow: {text}\n{text}", "geograph").allows(path)
