"""Plain text and Markdown, with or without front matter, one article or a saved page of several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from geograph.errors import SourceError
from geograph.model import Article
from geograph.sources import page, story
from geograph.sources.front_matter import Fields, split
from geograph.sources.lines import read_lines
from geograph.sources.phrases import Boilerplate

_MARKDOWN = (
    (re.compile(r"^#{1,6}[ \t]+(.*?)[ \t#]*$", re.MULTILINE), r"\1"),
    (re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)"), ""),
    (re.compile(r"\[([^\]\n]+)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"^>[ \t]?", re.MULTILINE), ""),
    (re.compile(r"(?<!\w)(\*\*|__|\*|_)(?=\S)([^*_\n]+?)(?<=\S)\1(?!\w)"), r"\2"),
)


def read_text(
    text: str, *, name: str, document: str, phrases: Boilerplate, markdown: bool = False
) -> Iterator[Article]:
    """The articles of a text: one if it has front matter, else one for each story on the page.

    Raises SourceError that begins with `name` for broken front matter or a text without an article.
    """
    fields, body = split(text, name)
    if markdown:
        for pattern, replacement in _MARKDOWN:
            body = pattern.sub(replacement, body)
    if fields is not None:
        found = list(story.articles(page.single(read_lines(body, phrases), fields.title), fields, document, phrases))
    else:
        found = list(read_body(body, Fields(), document=document, phrases=phrases))
    if not found:
        raise SourceError(f"{name}: no article in it; give a text of at least one sentence")
    yield from found


def read_body(body: str, fields: Fields, *, document: str, phrases: Boilerplate) -> Iterator[Article]:
    """The articles of a page given as text, one for each story on it. A title of `fields` goes to a single story."""
    stories = page.stories(read_lines(body, phrases))
    known = fields if len(stories) == 1 else replace(fields, title=None)
    yield from story.articles(stories, known, document, phrases)
