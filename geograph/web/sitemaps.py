"""Sitemaps and sitemap indexes (sitemaps.org, version 0.9), with the dates of news sitemaps."""

from __future__ import annotations

from geograph.errors import FetchError
from geograph.web.addresses import joined
from geograph.web.entries import Entry, Named, day_of
from geograph.web.xml import walk

_NEWS = "http://www.google.com/schemas/sitemap-news/0.9 "
_FIELDS = {f"{_NEWS}publication_date": "published", f"{_NEWS}title": "title", f"{_NEWS}name": "publisher"}


def read_sitemap(data: bytes, url: str, name: str) -> Named:
    """What the sitemap at `url` names. Raises FetchError that begins with `name` for one that is broken.

    `lastmod` says when a page was changed, not when it was published; it only helps to choose.
    """
    pages: list[Entry] = []
    documents: list[Entry] = []
    faults: list[str] = []
    fields: dict[str, str] = {}
    space = ""

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal space
        if not space:
            space = tag[: tag.rfind(" ") + 1] or "-"
        if tag in (f"{_own(space)}url", f"{_own(space)}sitemap"):
            fields.clear()

    def end(tag: str, text: str) -> None:
        own = tag.removeprefix(_own(space))
        if own in ("loc", "lastmod"):
            fields[own] = text
        elif tag in _FIELDS:
            fields[_FIELDS[tag]] = text
        elif own in ("url", "sitemap"):
            try:
                (pages if own == "url" else documents).append(_entry(fields, url))
            except FetchError as error:
                faults.append(str(error))

    walk(data, name, start, end)
    return Named(tuple(pages), tuple(documents), tuple(faults))


def _own(space: str) -> str:
    return "" if space == "-" else space


def _entry(fields: dict[str, str], base: str) -> Entry:
    published = day_of(fields.get("published"))
    return Entry(
        url=joined(base, fields.get("loc", "")),
        title=fields.get("title"),
        published=published,
        said_by="news sitemap" if published else None,
        day=max(filter(None, (published, day_of(fields.get("lastmod")))), default=None),
        mark=" ".join(fields.get(key, "") for key in ("lastmod", "published")),
        publisher=fields.get("publisher"),
    )
