"""The YAML head of an article: `---`, lines of `key: value`, `---`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import yaml

from geograph.errors import SourceError
from geograph.sources.dateline import full_date
from geograph.sources.decode import clean

_HEAD = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+", re.IGNORECASE)
_LIMIT = 20_000
_DEPTH = 8
_ABSENT = frozenset({"", "null", "~", "none"})
_KEYS = {
    "title": ("title", "headline"),
    "published": ("published", "date", "datePublished", "pubdate"),
    "publisher": ("publisher", "source", "site"),
    "url": ("url", "link"),
    "agency": ("agency",),
    "document": ("id",),
}


@dataclass(frozen=True)
class Fields:
    """What is known of an article beside its text."""

    document: str | None = None
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    agency: str | None = None
    sample: bool = False
    metadata: tuple[tuple[str, str], ...] = ()
    page_date: tuple[date, str] | None = None
    """A day of publication that counts after what the story itself says, and where it is from."""


def split(text: str, name: str) -> tuple[Fields | None, str]:
    """The fields of the head and the text below it; None for a text without head.

    Raises SourceError that begins with `name` and the line for a head that is broken, nested or has an impossible date.
    """
    text = text.lstrip("\n")
    if not re.match(r"---[ \t]*\n", text):
        return None, text
    match = _HEAD.match(text)
    if match is None:
        raise SourceError(f"{name}:1: the front matter does not end; close it with a line ---")
    head = match.group(1)
    return fields(_mapping(head, name), name), text[match.end() :]


def fields(values: Mapping[str, object], name: str) -> Fields:
    """The fields that a mapping of front matter or of a JSON line gives; unknown keys are metadata.

    Raises SourceError that begins with `name` for a date that does not exist or is not a day.
    """
    known: dict[str, str] = {}
    rest = {clean(key).strip(): text for key, value in values.items() if (text := _text(value)) is not None}
    sample = rest.pop("sample", "").lower() in ("true", "yes", "1")
    for field, keys in _KEYS.items():
        for key in keys:
            if field not in known and key in rest:
                known[field] = rest.pop(key)
    published = known.pop("published", None)
    if "url" in known and not WEB_ADDRESS.fullmatch(known["url"]):
        rest["url"] = known.pop("url")  # What is no web address must not become an IRI.
    return Fields(
        document=known.get("document"),
        title=known.get("title"),
        publisher=known.get("publisher"),
        url=known.get("url"),
        agency=known.get("agency"),
        published=_day(published, name) if published else None,
        sample=sample,
        metadata=tuple(sorted(rest.items())),
    )


def _mapping(head: str, name: str) -> dict[str, object]:
    if len(head) > _LIMIT:
        raise SourceError(f"{name}:1: the front matter is over {_LIMIT // 1000} kB; close it with a line --- earlier")
    try:
        depth = 0
        for token in yaml.scan(head, Loader=yaml.BaseLoader):
            # An alias can stand for a text of any size; a deep nesting exhausts the stack.
            if isinstance(token, (yaml.AliasToken, yaml.AnchorToken)):
                raise _broken(name, token.start_mark, "anchors and aliases are not read; write the value out")
            depth += type(token).__name__.endswith("StartToken") and not isinstance(token, yaml.StreamStartToken)
            depth -= type(token).__name__.endswith("EndToken") and not isinstance(token, yaml.StreamEndToken)
            if depth > _DEPTH:
                raise _broken(name, token.start_mark, "too deeply nested; front matter is lines of key: value")
        # The base loader makes strings, lists and mappings of strings, and nothing else.
        loaded = yaml.load(head, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "not YAML"
        raise _broken(name, mark, f"{problem}; put a value with : or # in quotes") from error
    if loaded in (None, ""):
        return {}
    if not isinstance(loaded, dict) or not all(isinstance(key, str) for key in loaded):
        raise SourceError(f"{name}:2: the front matter is not lines of key: value; mend it, or remove it")
    return loaded


def _broken(name: str, mark: yaml.Mark | None, problem: str) -> SourceError:
    # The head's first line is the file's second.
    line = mark.line + 2 if mark is not None else 2
    return SourceError(f"{name}:{line}: broken front matter: {' '.join(str(problem).split())}")


def _text(value: object) -> str | None:
    if value is None or value == [] or value == {}:
        return None
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    text = " ".join(clean(text).split())
    return None if text.lower() in _ABSENT else text


def _day(text: str, name: str) -> date:
    try:
        # 20310305221000, as GDELT writes a second.
        return datetime.fromisoformat(text[:8] if re.fullmatch(r"\d{14}", text) else text).date()
    except ValueError:
        found = full_date(text)
    if found is None:
        raise SourceError(f"{name}: the date {text[:40]!r} is not a day that exists; write it as YYYY-MM-DD")
    return found
