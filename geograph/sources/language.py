"""Whether a text is English, by the share of words that every English text is full of.

At least an eighth of the words of English news are in the class FUNCTION_WORD, and hardly one in other languages
(docs/decisions.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from geograph.errors import SourceError
from geograph.model import Article
from geograph.sources.phrases import Boilerplate

_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_WORDS = 50
"""Fewer say too little of a language."""
_SHARE = 0.02
_READ = 5_000


def is_english(text: str, function_words: frozenset[str]) -> bool:
    """Whether a text may be English: too short to tell, or with as many function words as English has."""
    words = _WORD.findall(text.lower(), 0, _READ * 8)[:_READ]
    if len(words) < _FEWEST_WORDS:
        letters = [char for char in text if char.isalpha()]
        return len(letters) < 40 or sum(char < "\u0250" for char in letters) * 2 > len(letters)
    return sum(word in function_words for word in words) >= _SHARE * len(words)


def only_english(
    articles: Iterable[Article], name: str, phrases: Boilerplate, on_error: Callable[[SourceError], None] | None = None
) -> Iterator[Article]:
    """The articles in English; each of the others goes to `on_error`, or is raised where there is none."""
    for article in articles:
        if not phrases.function_words or is_english(article.text, phrases.function_words):
            yield article
            continue
        headline = f" ({article.title[:60]!r})" if article.title else ""
        error = SourceError(f"{name}: not English{headline}; only English is read so far, give a translation")
        if on_error is None:
            raise error
        on_error(error)
