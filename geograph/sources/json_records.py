"""JSON lines and JSON files of `{"text": "…", "title": "…", "published": "2025-07-12"}`; only text is needed."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterable, Iterator, Mapping

from geograph.errors import SourceError
from geograph.model import Article
from geograph.sources.decode import decode
from geograph.sources.phrases import Boilerplate
from geograph.sources.records import article

JSON_LIMIT = 50_000_000
"""The largest JSON file that is read, in bytes: it is in memory as a whole."""
_TEXTS = ("text", "body", "content", "articleBody")


def read_json_lines(
    lines: Iterable[bytes],
    *,
    name: str,
    document: str,
    phrases: Boilerplate,
    named: Mapping[str, str],
    on_error: Callable[[SourceError], None],
) -> Iterator[Article]:
    """The article of each line, in order; a line that is none goes to `on_error` with its number and is left out.

    `named` says which keys hold what. An article without `id` takes `document` for its document name. Raises
    SourceError for a file that is no text.
    """
    empty = True
    for number, data in enumerate(lines, start=1):
        if b"\0" in data:
            raise SourceError(f"{name}:{number}: not JSON lines in UTF-8; convert the file")
        if data.strip():
            empty = False
            try:
                yield _article(decode(data, f"{name}:{number}"), f"{name}:{number}", document, phrases, named)
            except SourceError as error:
                on_error(error)
    if empty:
        raise SourceError(f'{name}: empty; give one JSON object a line, such as {{"text": "…"}}')


def read_json(
    data: bytes,
    *,
    name: str,
    document: str,
    phrases: Boilerplate,
    named: Mapping[str, str],
    on_error: Callable[[SourceError], None],
) -> Iterator[Article]:
    """The articles of a JSON file: one object, a list of them, or an object that holds one list of objects.

    An object that is no article goes to `on_error` with its number. Raises SourceError for a file that is no JSON.
    """
    if len(data) > JSON_LIMIT:
        raise SourceError(
            f"{name}: over {JSON_LIMIT // 1_000_000} MB; save it as JSON lines (.jsonl), which have no limit"
        )
    try:
        loaded = json.loads(data.removeprefix(codecs.BOM_UTF8))
    except (ValueError, RecursionError):
        raise SourceError(f"{name}: broken JSON; mend it, or save it as JSON lines (.jsonl)") from None
    records = _records(loaded)
    if not records:
        raise SourceError(f'{name}: no list of objects in it; give [{{"text": "…"}}, …]')
    for number, record in enumerate(records, start=1):
        place = name if record is loaded else f"{name}: object {number}"
        try:
            if not isinstance(record, dict):
                raise SourceError(f"{place}: no JSON object")
            yield article(record, name=place, document=document, phrases=phrases, named=named)
        except SourceError as error:
            on_error(error)


def _records(loaded: object) -> list[object]:
    if isinstance(loaded, dict):
        lists = [value for value in loaded.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
        return lists[0] if len(lists) == 1 and not any(isinstance(loaded.get(key), str) for key in _TEXTS) else [loaded]
    return loaded if isinstance(loaded, list) else []


def _article(line: str, name: str, document: str, phrases: Boilerplate, named: Mapping[str, str]) -> Article:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        raise SourceError(f'{name}: not a JSON object; write one article a line, such as {{"text": "…"}}')
    return article(record, name=name, document=document, phrases=phrases, named=named)
