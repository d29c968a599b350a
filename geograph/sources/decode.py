"""Bytes -> text as all later steps see it.

UTF-8 with or without byte order mark, UTF-16 with one, else Windows-1252 where that is plausible. In the text given
back lines end in one newline character, letters are composed (Unicode NFC), no-break spaces are spaces, control
characters other than newline and tab are spaces, and characters without width or of writing direction are gone: names
are compared, and offsets counted, in what the reader sees.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from geograph.errors import SourceError

LIMIT = 2_000_000
"""The largest article that is read, in bytes."""

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LINE_END = re.compile("\r\n|\r|\u2028|\u2029|\x85")
_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def decode(data: bytes, name: str) -> str:
    """The text of a file, cleaned. Raises SourceError that begins with `name` if it is too large or no text."""
    if len(data) > LIMIT:
        raise SourceError(f"{name}: over {LIMIT // 1_000_000} MB; split it into articles, or give them as JSON lines")
    return clean(_decode(data, name))


def clean(text: str) -> str:
    """The text with newlines, spaces and letters made uniform, as the module says."""
    text = _SURROGATE.sub("\ufffd", _LINE_END.sub("\n", text))
    text = _CONTROL.sub(" ", _SPACE.sub(" ", _INVISIBLE.sub("", text)))
    return unicodedata.normalize("NFC", text)


def _decode(data: bytes, name: str) -> str:
    error = SourceError(f"{name}: not a text file; geograph reads UTF-8 text, Markdown and JSON lines")
    if data.startswith(_UTF16):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            raise error from None
    elif b"\0" in data:
        raise error
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = _windows(data, error)
    # Text has a stray control character at most; more than one in a hundred is another kind of file.
    if "\0" in text or len(_CONTROL.findall(text.replace("\x85", "\n"))) > 2 + len(text) // 100:
        raise error
    return text


def _windows(data: bytes, error: SourceError) -> str:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise error from None
    # English has few letters beyond ASCII: a file full of them is in another encoding, or no text.
    if sum(char > "\x7f" for char in text) * 10 > len(text):
        raise SourceError(f"{error} (its encoding is neither UTF-8 nor Windows-1252; convert it to UTF-8)")
    return text
