"""What a document is, by its content: servers send feeds as HTML, and HTML as plain text."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum


class Kind(StrEnum):
    """The documents that are told apart."""

    FEED = "feed"
    SITEMAP = "sitemap"
    OPML = "list of feeds"
    HTML = "page"
    TEXT = "text"


_LOOKED_AT = 4096
_ROOT = re.compile(rb"<([a-z][\w.-]*:)?([a-z][\w.-]*)", re.IGNORECASE)
_BESIDE = re.compile(rb"<!--.*?(-->|\Z)|<\?.*?(\?>|\Z)|<!doctype[^>\[]*(\[.*?\]\s*)?(>|\Z)", re.IGNORECASE | re.DOTALL)
_KINDS = {
    b"rss": Kind.FEED,
    b"rdf": Kind.FEED,
    b"feed": Kind.FEED,
    b"urlset": Kind.SITEMAP,
    b"sitemapindex": Kind.SITEMAP,
    b"opml": Kind.OPML,
}


def kind_of(data: bytes, type: str = "") -> Kind:
    """What the document is; the media type decides only between a page and plain text."""
    head = data[:_LOOKED_AT].replace(b"\0", b"").removeprefix(codecs.BOM_UTF8)
    found = _ROOT.search(_BESIDE.sub(b"", head))
    if found is not None and (kind := _KINDS.get(found[2].lower())):
        return kind
    if found is None or type == "text/plain":
        return Kind.TEXT
    return Kind.HTML
