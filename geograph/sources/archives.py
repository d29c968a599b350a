"""Web archives (WARC, also of Common Crawl news) -> the articles of the pages in them, one record at a time."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from io import StringIO
from itertools import count
from typing import TYPE_CHECKING, BinaryIO

from geograph.errors import SourceError
from geograph.model import Article
from geograph.sources.html import PAGE_LIMIT, read_html
from geograph.sources.page_data import web_address
from geograph.sources.phrases import Boilerplate

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord  # type: ignore[import-untyped]

_PAGES = ("text/html", "application/xhtml+xml")
# warcio meets a broken record with whatever its code happens to raise.
_BROKEN = (AttributeError, EOFError, LookupError, TypeError, ValueError, OSError, zlib.error)


def read_warc(
    stream: BinaryIO,
    *,
    name: str,
    document: str,
    phrases: Boilerplate,
    on_error: Callable[[SourceError], None],
) -> Iterator[Article]:
    """The articles of every page that was answered with status 200, in order. WARC-Date is when it was retrieved.

    A record that cannot be read goes to `on_error` with its address. Raises SourceError for an archive that is none.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
        from warcio.exceptions import ArchiveLoadFailed  # type: ignore[import-untyped]
    except ModuleNotFoundError as error:
        raise SourceError(f"{name}: needs the package {error.name}; pip install 'geograph[web]'") from None

    records = iter(ArchiveIterator(stream))
    for number in count(1):
        # warcio tells of wrong lengths on standard error, with text of the archive.
        with redirect_stderr(StringIO()) as told:
            try:
                record = next(records, None)
                page = _page(record) if record is not None else None
            except (*_BROKEN, ArchiveLoadFailed):
                what = "no WARC archive, or a broken one" if number == 1 else "broken, and so all that comes after it"
                raise SourceError(f"{name}: record {number}: {what}; fetch the archive again") from None
        if told.getvalue():
            on_error(
                SourceError(f"{name}: record {number}: the one before it is not as long as it says; it may lack text")
            )
        if record is None and number > 1:
            return
        if record is None:
            raise SourceError(f"{name}: no record in it; give a WARC archive")
        if page is None:
            continue
        data, url, encoding, retrieved = page
        try:
            yield from read_html(
                data,
                name=f"{name}: {url or f'record {number}'}",
                document=document,
                phrases=phrases,
                url=url,
                encoding=encoding,
                metadata=(("retrieved", retrieved),) if retrieved else (),
                on_error=on_error,
            )
        except SourceError as error:
            on_error(error)


def _page(record: ArcWarcRecord) -> tuple[bytes, str | None, str | None, str | None] | None:
    """Bytes, address, encoding and time of retrieval of a page; None for any other record."""
    http = record.http_headers
    if record.rec_type == "response" and http is not None and http.get_statuscode() == "200":
        kind = http.get_header("Content-Type") or ""
    elif record.rec_type == "resource":
        kind = record.rec_headers.get_header("Content-Type") or ""
    else:
        return None
    kind, _, parameters = kind.partition(";")
    if kind.strip().lower() not in _PAGES:
        return None
    encoding = parameters.partition("charset=")[2].partition(";")[0].strip(" \"'") or None
    url = web_address((record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>"), None)
    return record.content_stream().read(PAGE_LIMIT + 1), url, encoding, record.rec_headers.get_header("WARC-Date")
