"""Feeds: RSS and Atom of any version, well-formed or not, by feedparser; it is given bytes and fetches nothing."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from geograph.errors import FetchError, GeographError
from geograph.model import content_id
from geograph.web.addresses import is_of_site, joined, shown
from geograph.web.entries import Entry, Named, day_of
from geograph.web.xml import refuse_entities

FULL_TEXT_WORDS = 150
"""Content of fewer words is taken for a teaser."""

_TAG = re.compile(r"<[^>]*>")
_TEASER = re.compile(r"(…|\.\.\.|\[…\]|\[\.\.\.\]|\b(read|see) more|\bcontinue reading)\W*$", re.IGNORECASE)


def read_feed(data: bytes, url: str, name: str) -> Named:
    """What the feed at `url` names. Raises FetchError that begins with `name` for what is no feed.

    An item's date is its day of publication where the feed says so: `pubDate`, Atom's `published`, and Dublin Core's
    `date` in RSS 1.0, which has no other. A summary is no article; content of an article's length is.
    """
    refuse_entities(data, name)
    parsed = _parsed(data, url)
    if not parsed.get("version") and not parsed["entries"]:
        raise FetchError(f"{name}: is a broken feed, with no item that can be read; tell its publisher")
    publisher = _plain(parsed["feed"].get("title"))
    pages: list[Entry] = []
    faults: list[str] = []
    for item in parsed["entries"]:
        try:
            pages.append(_entry(item, parsed["version"], url, publisher))
        except FetchError as error:
            faults.append(f"{name}: item {shown(_plain(item.get('title')) or '')!r}: {error}")
    return Named(tuple(pages), (), tuple(faults))


def _parsed(data: bytes, url: str) -> Mapping[str, Any]:
    try:
        import feedparser  # type: ignore[import-untyped]
    except ModuleNotFoundError as error:
        raise GeographError(
            f"reading feeds needs further packages ({error.name} is missing); run `pip install 'geograph[web]'`"
        ) from error
    # A file object: bytes would be tried as the name of a file first.
    parsed: Mapping[str, Any] = feedparser.parse(
        io.BytesIO(data), response_headers={"content-location": url}, sanitize_html=True, resolve_relative_uris=True
    )
    return parsed


def _entry(item: Mapping[str, Any], version: str, base: str, publisher: str | None) -> Entry:
    # feedparser would give the date of publication for one of change that is not there.
    changed = dict(item).get("updated")
    said = item.get("published") or (changed if version == "rss10" else None)
    published = day_of(said)
    link = joined(base, str(item.get("link") or ""))
    # Whoever writes a feed may link to anybody: only of its own site's pages it says what they hold, and who they are.
    own = is_of_site(link, base)
    source = item.get("source") or {}
    content = max((str(part.get("value") or "") for part in item.get("content") or ()), key=len, default="")
    return Entry(
        url=link,
        title=_plain(item.get("title")),
        published=published,
        said_by="feed" if published else None,
        day=max(filter(None, (published, day_of(changed))), default=None),
        mark=content_id(item.get("title"), said, changed, item.get("summary"), content),
        content=content if own and _is_whole(content) else None,
        publisher=_plain(source.get("title")) or (publisher if own else None),
        author=_plain(item.get("author")),
    )


def _is_whole(content: str) -> bool:
    """Whether the content is an article, not the beginning of one."""
    words = _plain(content) or ""
    return len(words.split()) >= FULL_TEXT_WORDS and not _TEASER.search(words)


def _plain(html: object) -> str | None:
    """The words of a piece of HTML in one line."""
    return " ".join(unescape(_TAG.sub(" ", str(html or ""))).split()) or None
