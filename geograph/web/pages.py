"""A fetched page, or an item that a feed carries whole -> its articles; the feed fills what they leave open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from html import escape

from geograph.errors import SourceError
from geograph.model import Article, content_id
from geograph.sources.decode import decode
from geograph.sources.files import is_web
from geograph.sources.front_matter import Fields
from geograph.sources.html import read_html
from geograph.sources.phrases import Boilerplate
from geograph.sources.text import read_text
from geograph.web.addresses import is_of_site, shown
from geograph.web.entries import Entry
from geograph.web.fetch import Fetched
from geograph.web.kinds import Kind

_WHOLE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head>
<body><article><h1>{title}</h1>{content}</article></body></html>"""


def page_articles(
    data: bytes,
    kind: Kind,
    fetched: Fetched,
    entry: Entry,
    phrases: Boilerplate,
    on_error: Callable[[SourceError], None],
) -> Iterator[Article]:
    """The articles of a page or text. Raises SourceError that begins with the address for one without."""
    name = shown(fetched.url)
    if kind == Kind.TEXT:
        found = read_text(decode(data, name), name=name, document=fetched.url, phrases=phrases)
        yield from _filled(found, entry, fetched.url)
        return
    found = read_html(
        data,
        name=name,
        document=fetched.url,
        phrases=phrases,
        url=fetched.url,
        encoding=fetched.charset,
        known=_known(entry),
        on_error=on_error,
    )
    yield from _filled(found, entry, fetched.url)


def content_articles(entry: Entry, phrases: Boilerplate, on_error: Callable[[SourceError], None]) -> Iterator[Article]:
    """The article that a feed carries whole. Raises SourceError that begins with its address if there is none."""
    page = _WHOLE.format(title=escape(entry.title or ""), content=entry.content)
    found = read_html(
        page.encode(),
        name=shown(entry.url),
        document=entry.url,
        phrases=phrases,
        url=entry.url,
        encoding="utf-8",
        known=replace(_known(entry), title=entry.title, url=entry.url),
        on_error=on_error,
    )
    yield from _filled(found, entry, entry.url)


def _known(entry: Entry) -> Fields:
    """What goes before what the page says: only whose words they are, where the page names nobody."""
    return Fields(metadata=(("author", entry.author),) if entry.author else ())


def _filled(articles: Iterable[Article], entry: Entry, url: str) -> Iterator[Article]:
    """The articles with the feed's date and publisher where the page tells none; the date says where it is from.

    A page may call itself another of its own site, but not one of somebody else's. Its address is its articles' origin:
    what it holds now takes the place of what it held before.
    """
    found = list(articles)
    for article in found:
        if article.url is None or not is_web(article.url) or not is_of_site(article.url, url):
            article = replace(article, url=url)
        if article.publisher is None and entry.publisher is not None:
            article = replace(article, publisher=entry.publisher)
        # The date is that of one story; of several on one page nobody knows which it means.
        if article.published is None and entry.published is not None and len(found) == 1:
            noted = {**dict(article.metadata), "published_from": entry.said_by or "feed"}
            article = replace(article, published=entry.published, metadata=tuple(sorted(noted.items())))
        yield replace(article, origin=content_id(url))
