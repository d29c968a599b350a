"""PDF -> the text of its pages, without running heads. Runs in the process of `geograph.sources.worker`."""

from __future__ import annotations

import io
import re
from collections import Counter

from geograph.errors import SourceError

_MOST_PAGES = 500
_EDGE = 2
_FEWEST_PAGES = 3
_REPEATED = 0.6


def pages(data: bytes) -> list[str]:
    """The text of each page, without the lines that most pages have at their head or foot.

    Raises SourceError for a file that is encrypted, broken, too long, or has no text, as a scan.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise SourceError("encrypted with a password; save it without one")
        if len(reader.pages) > _MOST_PAGES:
            raise SourceError(f"over {_MOST_PAGES} pages; split it into articles")
        texts = [page.extract_text() for page in reader.pages]
    except (PyPdfError, OSError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # pypdf meets a broken object with whatever its code happens to raise.
        raise SourceError("broken, or no PDF; open it in a reader and print it to PDF again") from error
    found = _without_running_heads([text.splitlines() for text in texts])
    if not any(line.strip() for lines in found for line in lines):
        raise SourceError("no text in it, only images; run character recognition on it first")
    return ["\n".join(lines) for lines in found]


def _without_running_heads(texts: list[list[str]]) -> list[list[str]]:
    """The lines of each page without those near its edges that most pages repeat, but for their numbers."""
    kept = [[line for line in lines if line.strip()] for lines in texts]
    edges = Counter(key for lines in kept for key in {_key(line) for line in (*lines[:_EDGE], *lines[-_EDGE:])})
    repeated = {key for key, count in edges.items() if count >= max(_FEWEST_PAGES, _REPEATED * len(texts))}
    return [
        [
            line
            for number, line in enumerate(lines)
            if not ((number < _EDGE or number >= len(lines) - _EDGE) and (_key(line) in repeated or not _key(line)))
        ]
        for lines in kept
    ]


def _key(line: str) -> str:
    """The line without numbers, so that "Page 3" is as "Page 4"; empty for a page number alone."""
    return " ".join(re.findall(r"[^\W\d]+", line.lower()))
