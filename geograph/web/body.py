"""The body of an answer, decompressed, with a bound on what is taken from the net and on what that becomes."""

from __future__ import annotations

import zlib
from http.client import HTTPResponse, IncompleteRead

from geograph.errors import FetchError

MOST_BYTES = 10_000_000
_CHUNK = 64 * 1024
_GZIP, _ZLIB, _RAW = 31, 15, -15
GZIP_MAGIC = b"\x1f\x8b"
_MOST_MEMBERS = 100
"""Each copies what is left: of many tiny ones the work would grow with the square."""
_MOST_ENCODINGS = 2


def read_body(response: HTTPResponse, name: str, most: int = MOST_BYTES) -> bytes:
    """The body as it was before it was compressed for sending.

    Raises FetchError that begins with `name` for one that is too large or broken, IncompleteRead for one that ends
    early.
    """
    data = bytearray()
    while chunk := response.read(min(_CHUNK, most + 1 - len(data))):
        data += chunk
        if len(data) > most:
            raise _too_large(name, most)
    if response.length:
        raise IncompleteRead(b"", response.length)
    encodings = [part.strip().lower() for part in (response.getheader("Content-Encoding") or "").split(",")]
    content = bytes(data)
    encodings = [part for part in encodings if part not in ("", "identity")]
    for encoding in reversed(encodings):
        if encoding not in ("gzip", "x-gzip", "deflate") or len(encodings) > _MOST_ENCODINGS:
            raise FetchError(f"{name}: is compressed in a way that was not asked for; save the page and give the file")
        content = _deflated(content, name, most) if encoding == "deflate" else decompressed(content, name, most)
    return content


def decompressed(data: bytes, name: str, most: int = MOST_BYTES) -> bytes:
    """What a gzip file holds. Raises FetchError that begins with `name` if that is too large or broken."""
    found = bytearray()
    for _ in range(_MOST_MEMBERS):
        more, data = _inflated(data, _GZIP, name, most)
        found += more
        if len(found) > most:
            raise _too_large(name, most)
        data = data.lstrip(b"\0")
        if not data:
            return bytes(found)
    raise FetchError(f"{name}: is compressed in over {_MOST_MEMBERS} pieces; save the page and give the file")


def _deflated(data: bytes, name: str, most: int) -> bytes:
    """Meant is zlib (RFC 9110), sent is often the bare stream."""
    is_zlib = len(data) > 1 and data[0] & 15 == 8 and (data[0] << 8 | data[1]) % 31 == 0
    return _inflated(data, _ZLIB if is_zlib else _RAW, name, most)[0]


def _inflated(data: bytes, format: int, name: str, most: int) -> tuple[bytes, bytes]:
    """What the first compressed stream holds, and the bytes after it."""
    stream = zlib.decompressobj(format)
    try:
        found = stream.decompress(data, most + 1)
    except zlib.error as error:
        raise FetchError(f"{name}: its compressed content is broken; try it again later", passing=True) from error
    if len(found) > most:
        raise _too_large(name, most)
    if not stream.eof:
        raise FetchError(f"{name}: its compressed content ends early; try it again later", passing=True)
    return found, stream.unused_data


def _too_large(name: str, most: int) -> FetchError:
    return FetchError(f"{name}: over {most / 1e6:g} MB; give the pages that it is made of")
