"""HTML pages, saved or fetched -> articles, by the same steps as pasted pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from geograph.errors import SourceError
from geograph.model import Article
from geograph.sources import page, story
from geograph.sources.decode import LIMIT, clean
from geograph.sources.front_matter import Fields
from geograph.sources.isolated import take_apart
from geograph.sources.language import only_english
from geograph.sources.lines import read_lines
from geograph.sources.phrases import Boilerplate

PAGE_LIMIT = 5 * LIMIT
"""The largest page that is read, in bytes: markup takes more room than its text."""


def read_html(
    data: bytes,
    *,
    name: str,
    document: str,
    phrases: Boilerplate,
    url: str | None = None,
    encoding: str | None = None,
    metadata: tuple[tuple[str, str], ...] = (),
    known: Fields | None = None,
    on_error: Callable[[SourceError], None] | None = None,
) -> Iterator[Article]:
    """The articles of a page in order; several where it marks several, or is a paste of several.

    `url` is where the page was fetched, `encoding` what the server said of its text. `known` is what is known of its
    article from elsewhere, such as a feed; the page fills what that leaves open. `metadata` goes to every article.
    Articles in other languages than English go to `on_error`. Raises SourceError that begins with `name` for what is
    no page, has no article, is too large or takes too long.
    """
    if len(data) > PAGE_LIMIT:
        raise SourceError(f"{name}: over {PAGE_LIMIT // 1_000_000} MB of HTML; save the text of the article")
    pieces = take_apart("html", data, name, encoding=encoding, url=url)["pieces"]
    given = known or Fields()
    if len(pieces) > 1:
        given = Fields(publisher=given.publisher, metadata=given.metadata, page_date=given.page_date)
    found = [article for piece in pieces for article in _articles(piece, document, phrases, given, metadata)]
    if not found:
        raise SourceError(f"{name}: no article in it; give the page of an article, or its text")
    yield from only_english(found, name, phrases, on_error)


def _articles(
    piece: dict[str, Any], document: str, phrases: Boilerplate, known: Fields, metadata: tuple[tuple[str, str], ...]
) -> Iterator[Article]:
    title = known.title or _clean(piece["title"])
    body = "\n\n".join(clean(text) for text in piece["paragraphs"])
    stories = page.stories(read_lines(f"{title}\n\n{body}" if title else body, phrases))
    author = _clean(piece["author"])
    agency = author if author and phrases.agency.fullmatch(author) else None
    said = {"author": None if agency else author, "modified": _clean(piece["modified"])}
    one = len(stories) == 1
    fields = Fields(
        document=known.document,
        title=title if one else None,
        published=known.published,
        publisher=known.publisher or _clean(piece["publisher"]),
        url=known.url or piece["url"],
        agency=known.agency or (agency if one else None),
        metadata=tuple(
            sorted({**{k: v for k, v in said.items() if v}, **dict(known.metadata), **dict(metadata)}.items())
        ),
        page_date=_page_date(piece) or known.page_date,
    )
    yield from story.articles(stories, fields, document, phrases)


def _page_date(piece: dict[str, Any]) -> tuple[date, str] | None:
    return (date.fromisoformat(piece["published"]), piece["published_from"]) if piece["published"] else None


def _clean(text: str | None) -> str | None:
    return " ".join(clean(text).split()) or None if text else None
