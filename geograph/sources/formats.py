"""The format of a file, by its name, else by its first bytes, and the reader of each."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import BinaryIO, cast

from geograph.errors import SourceError
from geograph.model import Article, content_id
from geograph.sources.archives import read_warc
from geograph.sources.decode import LIMIT, decode
from geograph.sources.documents import DOCUMENT_LIMIT, read_docx, read_pdf
from geograph.sources.files import GZIP, reason
from geograph.sources.html import PAGE_LIMIT, read_html
from geograph.sources.json_records import JSON_LIMIT, read_json, read_json_lines
from geograph.sources.language import only_english
from geograph.sources.mail import read_mail
from geograph.sources.phrases import Boilerplate
from geograph.sources.tables import read_table
from geograph.sources.text import read_text

_SUFFIXES = {
    ".md": "markdown", ".markdown": "markdown", ".txt": "text", ".text": "text",
    ".jsonl": "json lines", ".ndjson": "json lines", ".json": "json",
    ".csv": "table", ".tsv": "table",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".pdf": "pdf", ".docx": "docx", ".eml": "mail", ".warc": "warc",
}  # fmt: skip
_RECORDS = frozenset({"json lines", "json", "table", "warc"})
_HEAD = 1024


@dataclass(frozen=True)
class Reader:
    """Reads files and streams; what cannot be read goes to `on_error`, and the rest goes on.

    `named` says which columns of a table or keys of JSON hold what.
    """

    phrases: Boilerplate
    on_error: Callable[[SourceError], None]
    named: Mapping[str, str]

    def file(self, path: Path) -> Iterator[Article]:
        """The articles of a file; one whose name ends in .gz is unpacked as it is read."""
        packed = path.suffix.lower() == GZIP
        inner = path.with_suffix("") if packed else path
        try:
            origin = content_id(os.path.realpath(path))
            with path.open("rb") as raw:
                form = _SUFFIXES.get(inner.suffix.lower())
                # A web archive is packed record by record, and unpacked so by its reader.
                with gzip.GzipFile(fileobj=raw) if packed and form != "warc" else nullcontext(raw) as stream:
                    yield from self._guarded(cast(BinaryIO, stream), form, str(path), inner.stem, origin)
        except OSError as error:
            self.on_error(SourceError(f"{path}: {reason(error)}"))

    def stream(self, stream: BinaryIO) -> Iterator[Article]:
        """The articles of standard input: a page, JSON lines, or text."""
        yield from self._guarded(stream, None, "-", "stdin", None)

    def _guarded(
        self, stream: BinaryIO, form: str | None, name: str, document: str, origin: str | None
    ) -> Iterator[Article]:
        try:
            head = b"" if form == "warc" else _head(stream)
            form = form if form not in (None, "text") else _sniffed(head, form)
            found = self._read(head, stream, form, name, document)
            for article in only_english(found, name, self.phrases, self.on_error):
                yield replace(article, origin=_origin(article, form, document, origin))
        except SourceError as error:
            self.on_error(error)
        except (gzip.BadGzipFile, zlib.error, EOFError):
            self.on_error(SourceError(f"{name}: broken gzip; fetch the file again"))
        except OSError as error:
            self.on_error(SourceError(f"{name}: {reason(error)}"))

    def _read(self, head: bytes, stream: BinaryIO, form: str, name: str, document: str) -> Iterator[Article]:
        phrases, on_error, named = self.phrases, self.on_error, self.named
        if form == "warc":
            yield from read_warc(stream, name=name, document=document, phrases=phrases, on_error=on_error)
            return
        if form in ("json lines", "table"):
            rows = read_json_lines if form == "json lines" else read_table
            lines = _limited(head, stream)
            yield from rows(lines, name=name, document=document, phrases=phrases, named=named, on_error=on_error)
            return
        data = head + stream.read(_LIMITS.get(form, LIMIT) + 1 - len(head))
        match form:
            case "html":
                yield from read_html(data, name=name, document=document, phrases=phrases, on_error=on_error)
            case "json":
                yield from read_json(
                    data, name=name, document=document, phrases=phrases, named=named, on_error=on_error
                )
            case "mail":
                yield from read_mail(data, name=name, document=document, phrases=phrases, on_error=on_error)
            case "pdf":
                yield from read_pdf(data, name=name, document=document, phrases=phrases)
            case "docx":
                yield from read_docx(data, name=name, document=document, phrases=phrases)
            case _:
                markdown = form == "markdown"
                text = decode(data, name)
                yield from read_text(text, name=name, document=document, phrases=phrases, markdown=markdown)


_LIMITS = {
    "html": PAGE_LIMIT,
    "json": JSON_LIMIT,
    "mail": DOCUMENT_LIMIT,
    "pdf": DOCUMENT_LIMIT,
    "docx": DOCUMENT_LIMIT,
}


def _origin(article: Article, form: str, document: str, file: str | None) -> str | None:
    """Where the article was read from: its file; of many records in one, each is known by its own id, or not at all."""
    if file is None or form not in _RECORDS:
        return file
    own = form != "warc" and article.url is None and article.document != document
    return content_id(file, article.document) if own else None


def _head(stream: BinaryIO) -> bytes:
    """The first bytes of a stream, as many as tell its format, or all of a shorter one."""
    head = b""
    while len(head) < _HEAD and (part := stream.read(_HEAD - len(head))):
        head += part
    return head


def _sniffed(head: bytes, form: str | None) -> str:
    """The format that first bytes show. A text file is a page if it begins as one."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or (
        start.startswith(b"<?xml") and b"<html" in start
    ):
        return "html"
    if form is None and head.startswith(b"%PDF-"):
        return "pdf"
    return "json lines" if form is None and start.startswith(b"{") else form or "text"


def _limited(head: bytes, stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream that begins with `head`; one over the limit comes cut to just over it."""
    *whole, open_ = head.split(b"\n")
    yield from (line + b"\n" for line in whole)
    lines = iter(lambda: stream.readline(LIMIT + 1), b"")
    first = open_ + next(lines, b"")
    for line in chain((first,) if first else (), lines):
        yield line[: LIMIT + 1]
        while len(line) > LIMIT and not line.endswith(b"\n"):
            line = next(lines, b"")
