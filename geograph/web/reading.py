"""Web addresses -> articles: what each is, is told by its content; feeds and sitemaps lead on to their pages.

What has not changed since the last run is not fetched again. One line for each address that gives nothing; the rest
goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Protocol

from geograph.errors import FetchError, SourceError
from geograph.model import Article
from geograph.sources.phrases import Boilerplate
from geograph.web.addresses import place_of, shown
from geograph.web.body import GZIP_MAGIC, decompressed
from geograph.web.entries import Entry, Named, chosen
from geograph.web.feeds import read_feed
from geograph.web.fetch import Fetched, Validators
from geograph.web.kinds import Kind, kind_of
from geograph.web.opml import read_opml
from geograph.web.pages import content_articles, page_articles
from geograph.web.sitemaps import read_sitemap
from geograph.web.state import Visit, moment

MOST_PAGES = 500
_MOST_DOCUMENTS = 200
_DEEPEST = 3
"""A list of feeds names feeds, an index of sitemaps sitemaps: no chain of documents is longer."""
_READERS = {Kind.FEED: read_feed, Kind.SITEMAP: read_sitemap, Kind.OPML: read_opml}


class Getter(Protocol):
    """What fetches: a `Fetcher`, or something around it."""

    def get(self, url: str, known: Validators | None = None) -> Fetched:
        """What is at the address."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to read: pages from the day `since` on, how many of one address at most, and whether known ones `again`."""

    since: date | None = None
    most_pages: int = MOST_PAGES
    again: bool = False

    @property
    def mark(self) -> str:
        """The same for two runs that would read the same of a feed."""
        return f"since {self.since}, {self.most_pages} pages"


@dataclass
class _Source:
    """One address that the user gave: what of it was fetched, and whether all of it is done."""

    name: str
    pages: int = 0
    left: int = 0
    documents: int = 0
    whole: bool = True


@dataclass
class WebReader:
    """Reads web addresses; `visits` is what is known of them, kept up to date.

    `on_fetch` is told each address before it is read; `unchanged` counts what was known and has not changed.
    """

    getter: Getter
    phrases: Boilerplate
    now: Callable[[], datetime]
    on_error: Callable[[SourceError], None]
    wanted: Wanted = field(default_factory=Wanted)
    visits: dict[str, Visit] = field(default_factory=dict)
    on_fetch: Callable[[str], None] = lambda url: None
    unchanged: int = 0

    def __post_init__(self) -> None:
        self._done: set[str] = set()

    def read(self, urls: Iterable[str]) -> Iterator[Article]:
        """The articles of the addresses and of what they name, in that order; no address is read twice in one run.

        A page is remembered when the article after its last is asked for: who stops before has not read it.
        """
        for url in urls:
            source = _Source(shown(url))
            try:
                yield from self._document(Entry(place_of(url).url), source, 0)
            except FetchError as error:
                self.on_error(error)
            if source.left:
                self.on_error(
                    FetchError(
                        f"{source.name}: {source.left:,} pages left out, {source.pages:,} read; "
                        "run it again, raise --max-pages, or narrow it with --since"
                    )
                )

    def _document(self, entry: Entry, source: _Source, depth: int) -> Iterator[Article]:
        """The articles of a page, or of all that a feed, sitemap or list names."""
        if entry.url in self._done:
            return
        if source.documents >= _MOST_DOCUMENTS or depth > _DEEPEST:
            source.whole = False
            raise FetchError(f"{shown(entry.url)}: one of too many feeds or sitemaps in one; give it by itself")
        self._done.add(entry.url)
        source.documents += 1
        known = self._known(entry.url)
        self.on_fetch(shown(entry.url))
        fetched = self.getter.get(entry.url, known.validators if known and known.mark == self.wanted.mark else None)
        if fetched.body is None:
            self._seen(entry.url)
            return
        name = shown(fetched.url)
        data = decompressed(fetched.body, name) if fetched.body.startswith(GZIP_MAGIC) else fetched.body
        kind = kind_of(data, fetched.type)
        if kind in (Kind.HTML, Kind.TEXT):
            found = list(self._recent(page_articles(data, kind, fetched, entry, self.phrases, self.on_error)))
            yield from found
            self._visited(entry.url, fetched, self.wanted.mark, found)
            return
        inner = _Source(source.name, source.pages, 0, source.documents)
        yield from self._named(_READERS[kind](data, fetched.url, name), inner, depth)
        source.pages, source.documents = inner.pages, inner.documents
        source.left += inner.left
        source.whole &= inner.whole
        if inner.whole:
            self._visited(entry.url, fetched, self.wanted.mark, ())

    def _named(self, named: Named, source: _Source, depth: int) -> Iterator[Article]:
        for fault in named.faults:
            self.on_error(FetchError(fault))
        for entry in chosen(named.documents, self.wanted.since):
            try:
                yield from self._document(entry, source, depth + 1)
            except FetchError as error:
                source.whole &= not error.passing
                self.on_error(error)
        for entry in chosen(named.pages, self.wanted.since):
            known = self._known(entry.url)
            if entry.url in self._done:
                continue
            if known is not None and known.mark == entry.mark != "":
                self._seen(entry.url)
            elif source.pages >= self.wanted.most_pages:
                source.left += 1
                source.whole = False
            else:
                source.pages += 1
                yield from self._page(entry, known, source)
            self._done.add(entry.url)

    def _page(self, entry: Entry, known: Visit | None, source: _Source) -> Iterator[Article]:
        """The articles of a page that a feed or sitemap names; what is wrong with it goes to `on_error`."""
        self.on_fetch(shown(entry.url))
        fetched = Fetched(entry.url, None)
        found: list[Article] = []
        try:
            if entry.content is not None:
                found = list(content_articles(entry, self.phrases, self.on_error))
            else:
                fetched = self.getter.get(entry.url, known.validators if known else None)
                if fetched.body is None:
                    self._seen(entry.url, entry.mark)
                    return
                kind = kind_of(fetched.body, fetched.type)
                if kind not in (Kind.HTML, Kind.TEXT):
                    raise FetchError(f"{shown(entry.url)}: is a {kind}, where a page was expected; give it by itself")
                found = list(page_articles(fetched.body, kind, fetched, entry, self.phrases, self.on_error))
        except SourceError as error:
            self.on_error(error)
            if isinstance(error, FetchError) and error.passing:
                source.whole = False
                return
        found = list(self._recent(found))
        yield from found
        self._visited(entry.url, fetched, entry.mark, found)

    def _recent(self, articles: Iterable[Article]) -> Iterator[Article]:
        """Those not known to be from before the day wanted."""
        for article in articles:
            if self.wanted.since is None or article.published is None or article.published >= self.wanted.since:
                yield article

    def _visited(self, url: str, fetched: Fetched, mark: str, articles: Iterable[Article]) -> None:
        now, validators = moment(self.now()), fetched.validators
        self.visits[url] = Visit(
            retrieved=now,
            seen=now,
            url=fetched.url,
            etag=validators.etag if validators else None,
            modified=validators.modified if validators else None,
            mark=mark,
            articles=tuple(sorted(article.id for article in articles)),
        )

    def _known(self, url: str) -> Visit | None:
        return None if self.wanted.again else self.visits.get(url)

    def _seen(self, url: str, mark: str | None = None) -> None:
        self.unchanged += 1
        if (known := self.visits.get(url)) is not None:
            self.visits[url] = replace(known, seen=moment(self.now()), mark=known.mark if mark is None else mark)
