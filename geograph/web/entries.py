"""What feeds, sitemaps and lists name: pages with what is known of them, and further documents to look into."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that a feed or sitemap names.

    `published` is its day of publication where that is said, by `said_by`; `day` the newest day known of it, by which
    it is chosen. `mark` changes when the page does, as far as the naming document knows. `content` is the article's
    HTML where the feed carries all of it.
    """

    url: str
    title: str | None = None
    published: date | None = None
    said_by: str | None = None
    day: date | None = None
    mark: str = ""
    content: str | None = None
    publisher: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """What a document names: pages, further documents, and what could not be used, one line each."""

    pages: tuple[Entry, ...] = ()
    documents: tuple[Entry, ...] = ()
    faults: tuple[str, ...] = ()


def day_of(text: str | None) -> date | None:
    """The day that a date of RFC 5322 or ISO 8601 names where it was written, None for any other text.

    The publisher's own day, whatever it was in Greenwich: relative dates in the article are counted from it.

    >>> day_of("Sat, 12 Jul 2025 23:30:00 -0500")
    datetime.date(2025, 7, 12)
    """
    text = (text or "").strip()[:64]
    try:
        # A year or a month alone is no day.
        if re.match(r"\d{4}-\d\d-\d\d", text):
            return datetime.fromisoformat(text[:10]).date()
        return parsedate_to_datetime(text).date()
    except (ValueError, IndexError, TypeError, OverflowError):
        return None


def chosen(entries: Iterable[Entry], since: date | None) -> list[Entry]:
    """The entries from `since` on and those without a day, each address once; the newest first, else as named."""
    known: dict[str, Entry] = {}
    for entry in entries:
        if since is None or entry.day is None or entry.day >= since:
            known.setdefault(entry.url, entry)
    return sorted(known.values(), key=lambda entry: entry.day or date.min, reverse=True)
