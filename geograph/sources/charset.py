"""The bytes of a page -> its text: by byte order mark, as UTF-8, as declared, else as the bytes look."""

from __future__ import annotations

import codecs
import re

from geograph.errors import SourceError
from geograph.sources.decode import clean

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{1,40})|<\?xml[^>]{0,100}?encoding=[\"']([\w:.-]{1,40})", re.I
)
_WINDOWS = frozenset({"iso8859-1", "ascii", "latin-1"})
"""What pages call so is Windows-1252: https://encoding.spec.whatwg.org/#names-and-labels."""
_HEAD = 4096
_SAMPLE = 100_000
_FEW = 20


def html_text(data: bytes, declared: str | None = None) -> str:
    """The text of a page, cleaned. `declared` is the encoding that the server named.

    Raises SourceError for what is no text.
    """
    if b"\0" in data and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SourceError("not an HTML page but another kind of file; check it")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return clean(data.decode(encoding, "replace"))
    meta = _DECLARED.search(data[:_HEAD])
    named = (meta[1] or meta[2]).decode("ascii") if meta else None
    # Text that is valid UTF-8 is hardly ever anything else, whatever the page says.
    for codec in filter(None, ("utf-8", _codec(declared), _codec(named))):
        try:
            return clean(data.decode(codec))
        except UnicodeDecodeError:
            continue
    return clean(data.decode(_looks(data), "replace"))


def _looks(data: bytes) -> str:
    """Windows-1252 for a text with few letters beyond ASCII, as English has; else what its letters look like."""
    if sum(byte > 0x7F for byte in data) * _FEW <= len(data):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    return best.encoding if best else "cp1252"


def _codec(name: str | None) -> str | None:
    """The codec of that name; None for one that is unknown or makes no text."""
    try:
        found = codecs.lookup(name.strip()) if name else None
    except (LookupError, ValueError):
        return None
    if found is None or not found._is_text_encoding:
        return None
    return "cp1252" if found.name in _WINDOWS else found.name
