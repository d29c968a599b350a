"""Lines in which every word may have a capital letter, so that capitals tell no names: titles of news."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from geograph.entities.names import Word

_LINE = re.compile(r"[^\n]+")
_LONGEST = 25
_SHORTEST = 4
_SHARE = 0.75


def plain_words(text: str, words: Sequence[Word], common: Collection[str]) -> frozenset[int]:
    """The offsets of the words of headlines that are ordinary words for all their capitals.

    Ordinary is what the article writes in small letters elsewhere, and what is in `common`.
    """
    lines = [line.span() for line in _LINE.finditer(text)]
    headlines = [(start, end) for start, end in lines if not text[start:end].rstrip().endswith((".", ":", ";", ","))]
    if not headlines:
        return frozenset()
    small = {word.key for word in words if not word.capital}
    found: set[int] = set()
    i = 0
    for start, end in headlines:
        while i < len(words) and words[i].start < start:
            i += 1
        first = i
        while i < len(words) and words[i].start < end:
            i += 1
        if _is_headline(words[first:i]):
            found.update(word.start for word in words[first:i] if word.key in small or word.key in common)
    return frozenset(found)


def _is_headline(line: Sequence[Word]) -> bool:
    if not _SHORTEST <= len(line) <= _LONGEST:
        return False
    long = [word for word in line if len(word.text) > 3]
    return len(long) > 2 and sum(word.capital for word in long) >= _SHARE * len(long)
