"""The date words of the ontology as tables and as regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from geograph.ontology import Ontology

SPACE = r"[^\S\n]+"


def alternatives(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first; single spaces match any on one line."""
    joined = _joined({tuple(SPACE if char == " " else re.escape(char) for char in word) for word in words})
    return f"(?:{joined})"


def _joined(endings: set[tuple[str, ...]]) -> str:
    """The expression for any of these, with shared beginnings written once: that is much quicker to search with."""
    if not any(endings):
        return ""
    by_first: dict[str, set[tuple[str, ...]]] = {}
    for ending in sorted(filter(None, endings)):
        by_first.setdefault(ending[0], set()).add(ending[1:])
    branches = [first + _joined(rest) for first, rest in by_first.items()]
    if len(branches) == 1 and () not in endings:
        return branches[0]
    return "(?:" + "|".join(branches) + ")" + ("?" if () in endings else "")


@dataclass(frozen=True)
class Lexicon:
    """The words of `ontologies/words/dates.ttl` by class. `value("MONTH", "July")` is "7"."""

    classes: Mapping[str, frozenset[str]]
    values: Mapping[str, Mapping[str, str]]

    def value(self, family: str, word: str) -> str | None:
        """The value that the class of a word carries, None for an unknown word."""
        return self.values.get(family, {}).get(" ".join(word.split()).rstrip(".").casefold())

    def number(self, family: str, word: str) -> int | None:
        """The same as a whole number; digits stand for themselves."""
        bare = word.strip().replace(",", "")
        if bare.isascii() and bare.isdigit():
            return int(bare)
        value = self.value(family, word)
        return int(value) if value is not None else None

    def of(self, *families: str) -> frozenset[str]:
        """The words of valued and plain classes."""
        return frozenset(w for name, found in self.classes.items() if name.split(".")[0] in families for w in found)

    def any_of(self, *families: str) -> str:
        """A regular expression for the words of valued and plain classes."""
        return alternatives(self.of(*families))

    def name_of(self, *families: str) -> str:
        """The same for names, in running text or in capitals, with the full stop of an abbreviation."""
        words = self.of(*families)
        short = {word for word in words if len(word) <= 5}
        return f"(?:{alternatives(words | {w.upper() for w in words if len(w) > 3})}\\b|{alternatives(short)}\\.)"


@lru_cache(maxsize=8)
def lexicon(ontology: Ontology) -> Lexicon:
    """The date words of an ontology."""
    values: dict[str, dict[str, str]] = {}
    for name, words in ontology.words.items():
        family, dot, value = name.partition(".")
        if dot:
            table = values.setdefault(family, {})
            table.update((" ".join(word.split()).casefold(), value) for word in words)
    return Lexicon(ontology.words, values)
