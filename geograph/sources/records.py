"""A record of a table or JSON file -> its article, with the columns that the user named or that are usual."""

from __future__ import annotations

import re
from collections.abc import Mapping

from geograph.errors import SourceError
from geograph.model import Article
from geograph.sources import page, story
from geograph.sources.decode import clean
from geograph.sources.front_matter import fields
from geograph.sources.html import read_html
from geograph.sources.lines import read_lines
from geograph.sources.phrases import Boilerplate

FIELDS = ("text", "title", "published", "publisher", "url", "agency", "id")
"""What a column can be."""
_USUAL = {
    "text": ("text", "body", "content", "articlebody", "articletext", "fulltext", "maintext", "story", "contenttext"),
    "title": ("title", "headline", "heading"),
    "published": ("published", "date", "datepublished", "publishedat", "pubdate", "publicationdate", "datepublish",
                  "publisheddate", "publishdate", "datetime"),
    "publisher": ("publisher", "source", "site", "sourcename", "publication", "outlet", "domain", "sourcecommonname"),
    "url": ("url", "link", "uri", "documentidentifier", "sourceurl", "articleurl"),
    "agency": ("agency", "wire"),
    "id": ("id", "articleid", "guid"),
}  # fmt: skip
_MARKUP = re.compile(r"<(?:p|div|br|html|article|h[1-6])(?:\s[^>]{0,200})?/?>", re.IGNORECASE)


def columns(text: str) -> dict[str, str]:
    """The mapping that `text=Body,title=Headline` names: what it is -> column. Raises SourceError for another form."""
    found: dict[str, str] = {}
    for part in text.split(","):
        field, equals, column = (side.strip() for side in part.partition("="))
        if not equals or not column or field not in FIELDS:
            raise SourceError(f"{part!r} is no column; write text=COLUMN, with one of {', '.join(FIELDS)}")
        found[field] = column
    return found


def article(
    record: Mapping[str, object], *, name: str, document: str, phrases: Boilerplate, named: Mapping[str, str]
) -> Article:
    """The article of a record. Columns that are nothing known become its metadata; a text of HTML is read as a page.

    Raises SourceError that begins with `name` for a record without text, or with a date that is no day.
    """
    rest = dict(record)
    chosen = {field: named.get(field) or _usual(field, rest) for field in FIELDS}
    values = {field: _named(rest.pop(column)) for field, column in chosen.items() if column in rest}
    text = values.pop("text", None)
    known = fields({**rest, **values}, name)
    if isinstance(text, str) and _MARKUP.search(text):
        return next(read_html(text.encode(), name=name, document=document, phrases=phrases, known=known))
    stories = page.single(read_lines(clean(text), phrases), known.title) if isinstance(text, str) else []
    found = next(story.articles(stories, known, document, phrases), None)
    if found is None:
        raise SourceError(f"{name}: no article text; name the column that has it, as in --columns text=body")
    return found


def _usual(field: str, record: Mapping[str, object]) -> str | None:
    """The column of a record that is usually called so, in any case of letters and with or without marks."""
    known = {re.sub(r"[^a-z]", "", column.lower()): column for column in reversed(list(record))}
    return next((known[name] for name in _USUAL[field] if name in known), None)


def _named(value: object) -> object:
    """The value; the name of an object that has one, as `{"id": 4, "name": "Example Wire"}`."""
    return value["name"] if isinstance(value, dict) and isinstance(value.get("name"), str) else value
