"""JSON lines: one article a line, `{"text": "…", "title": "…", "published": "2025-07-12"}`; only text is required."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from geograph.errors import SourceError
from geograph.model import Article, content_id
from geograph.sources import page, story
from geograph.sources.decode import clean, decode
from geograph.sources.front_matter import fields
from geograph.sources.lines import read_lines
from geograph.sources.phrases import Boilerplate


def read_json_lines(
    lines: Iterable[bytes],
    *,
    name: str,
    document: str,
    phrases: Boilerplate,
    on_error: Callable[[SourceError], None],
    origin: str | None = None,
) -> Iterator[Article]:
    """The article of each line, in order; a line that is none goes to `on_error` with its number and is left out.

    An article without `id` takes `document` for its document name. `origin` names the file; in it a line is known by
    its URL, else by its `id`, so that a file may be exchanged for a later one of the same name. Raises SourceError for
    a file that is no text.
    """
    empty = True
    for number, data in enumerate(lines, start=1):
        if b"\0" in data:
            raise SourceError(f"{name}:{number}: not JSON lines in UTF-8; convert the file")
        if data.strip():
            empty = False
            try:
                yield _article(decode(data, f"{name}:{number}"), f"{name}:{number}", document, phrases, origin)
            except SourceError as error:
                on_error(error)
    if empty:
        raise SourceError(f'{name}: empty; give one JSON object a line, such as {{"text": "…"}}')


def _article(line: str, name: str, document: str, phrases: Boilerplate, origin: str | None) -> Article:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        raise SourceError(f'{name}: not a JSON object; write one article a line, such as {{"text": "…"}}')
    text = record.pop("text", None)
    known = fields(record, name)
    stories = page.single(read_lines(clean(text), phrases), known.title) if isinstance(text, str) else []
    found = next(story.articles(stories, known, document, phrases), None)
    if found is None:
        raise SourceError(f'{name}: no article text; give it as a string under "text"')
    if origin is None or known.url is not None or known.document is None:
        return found
    return replace(found, origin=content_id(origin, known.document))
