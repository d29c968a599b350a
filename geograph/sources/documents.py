"""PDF and DOCX files -> articles, by the same steps as pasted pages.

The lines of a PDF are joined to paragraphs again, and words parted at their ends mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from geograph.errors import SourceError
from geograph.model import Article
from geograph.sources.decode import clean
from geograph.sources.front_matter import Fields
from geograph.sources.isolated import take_apart
from geograph.sources.phrases import Boilerplate
from geograph.sources.text import read_body

DOCUMENT_LIMIT = 50_000_000
"""The largest PDF or DOCX that is read, in bytes: most of it is pictures."""

_PARTED = re.compile(r"\b(\w+)-\n(?=([a-z]\w*))")
_SENTENCE_END = re.compile(r"[.!?:…][”\"’')\]]*$")
_FULL = 0.8
_HEADING = 0.7


def read_pdf(data: bytes, *, name: str, document: str, phrases: Boilerplate) -> Iterator[Article]:
    """The articles of a PDF. Raises SourceError that begins with `name` for a broken, encrypted or scanned one."""
    pages = [clean(page) for page in _taken("pdf", data, name)["pages"]]
    yield from _read(unwrapped(pages), Fields(), name, document, phrases)


def read_docx(data: bytes, *, name: str, document: str, phrases: Boilerplate) -> Iterator[Article]:
    """The articles of a DOCX file, with its title and author. Raises SourceError that begins with `name`."""
    found = _taken("docx", data, name)
    title, author = (" ".join(clean(found[key] or "").split()) or None for key in ("title", "author"))
    body = "\n\n".join(clean(text).replace("\n", "\n\n") for text in found["paragraphs"])
    fields = Fields(title=title, metadata=(("author", author),) if author else ())
    yield from _read(body, fields, name, document, phrases)


def unwrapped(pages: Sequence[str]) -> str:
    """The text of pages as paragraphs, also where one goes on over the page.

    A paragraph ends with a line that is shorter than the page is wide and ends a sentence, and a heading is a line
    that is shorter still.
    """
    text = _mended("\n".join(pages))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    widths = sorted(len(line) for line in lines if line)
    width = widths[int(len(widths) * 0.9)] if widths else 0
    told: list[str] = []
    open_ = False
    for line in lines:
        if not line:
            open_ = open_ and not _SENTENCE_END.search(told[-1])
            continue
        if open_:
            told[-1] += f" {line}"
        else:
            told.append(line)
        short = len(line) < (_FULL if _SENTENCE_END.search(line) else _HEADING) * width
        open_ = not short
    return "\n\n".join(told)


def _mended(text: str) -> str:
    """The text with words joined that a line end parts, with their hyphen where the text has them so elsewhere."""
    whole = {word.lower() for word in re.findall(r"\w+(?:-\w+)+", text)}

    def joined(match: re.Match[str]) -> str:
        return f"{match[1]}-" if f"{match[1]}-{match[2]}".lower() in whole else match[1]

    return _PARTED.sub(joined, text)


def _taken(form: str, data: bytes, name: str) -> dict[str, Any]:
    if len(data) > DOCUMENT_LIMIT:
        raise SourceError(f"{name}: over {DOCUMENT_LIMIT // 1_000_000} MB; split it into articles, or save its text")
    return take_apart(form, data, name)


def _read(body: str, fields: Fields, name: str, document: str, phrases: Boilerplate) -> Iterator[Article]:
    found = list(read_body(body, fields, document=document, phrases=phrases))
    if not found:
        raise SourceError(f"{name}: no article in it; give a text of at least one sentence")
    yield from found
