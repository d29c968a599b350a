"""An article as the finders of mentions see it: words, tokens and the gazetteer side by side."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from geograph.entities.gazetteer import Gazetteer
from geograph.entities.headlines import plain_words
from geograph.entities.names import Word, joined
from geograph.model import EntityType, Mention, Span, Via

if TYPE_CHECKING:
    from geograph.syntax import Doc, Token


@dataclass(frozen=True)
class Sighting:
    """A name that a trained tagger sees besides spaCy's, with the probability of its type."""

    span: Span
    type: EntityType
    probability: float


@dataclass(frozen=True)
class ReadText:
    """Text, words and parse of one article, with the gazetteer and what a trained tagger sees of names."""

    text: str
    words: tuple[Word, ...]
    doc: Doc
    gazetteer: Gazetteer
    sightings: Mapping[Span, Sighting] = field(default_factory=dict)

    @cached_property
    def _word_starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def _plain(self) -> frozenset[int]:
        return plain_words(self.text, self.words, self.gazetteer.words["HEADLINE_WORD"])

    def is_plain(self, word: Word) -> bool:
        """Whether a word of a headline is an ordinary word, whatever its capital letter."""
        return word.start in self._plain

    def token(self, offset: int) -> Token:
        """The token at an offset of the text."""
        return self.doc.tokens[bisect_right(self.doc.starts, offset) - 1]

    def root(self, span: Span) -> Token:
        """The token that heads a span."""
        first = self.token(span.start)
        last = self.token(max(span.start, span.end - 1))
        if first.i == last.i:
            return first
        return self.doc.head_of(first.i, last.i + 1)

    def within(self, span: Span) -> tuple[Word, ...]:
        """The words inside a span."""
        return self.words[bisect_left(self._word_starts, span.start) : bisect_left(self._word_starts, span.end)]

    def index(self, offset: int) -> int:
        """The number of the first word at or after an offset."""
        return bisect_left(self._word_starts, offset)

    def before(self, span: Span) -> Word | None:
        """The word before a span."""
        i = self.index(span.start) - 1
        return self.words[i] if i >= 0 else None

    def after(self, span: Span) -> Word | None:
        """The word after a span."""
        i = self.index(span.end)
        return self.words[i] if i < len(self.words) else None

    def gap(self, start: int, end: int) -> str:
        """The text between two offsets."""
        return self.text[start:end]

    def joined(self, i: int) -> bool:
        """Whether word `i` and the next can belong to one name; a full stop between them only after an abbreviation."""
        if i + 1 >= len(self.words) or not joined(self.text, self.words[i], self.words[i + 1]):
            return False
        between = self.text[self.words[i].end : self.words[i + 1].start]
        if "," in between:
            return self.words[i + 1].key in ("jr", "sr")
        return "." not in between or self.is_abbreviation(self.words[i])

    def is_abbreviation(self, word: Word) -> bool:
        """Whether a full stop after the word ends no sentence: an initial or a style such as "Gen"."""
        return len(word.text) == 1 or word.key in self.gazetteer.words["ABBREVIATION"]

    def is_in(self, word: Word, *names: str) -> bool:
        """Whether a word belongs to one of the word classes, as it stands or as a plural in -s."""
        members = self.gazetteer.any_of(names)
        return word.key in members or singular(word.key) in members

    def mention(self, among: Sequence[Word], type: EntityType, via: Via, entity: str | None = None) -> Mention:
        """A mention that spans some words, with the full stop that belongs to the last ("Moran Jr.")."""
        last = among[-1]
        styled = len(among) > 1 and last.key in self.gazetteer.words["DOTTED"]
        dotted = styled and self.text[last.end : last.end + 1] == "."
        return self.at(Span(among[0].start, last.end + dotted), type, via, entity)

    def at(self, span: Span, type: EntityType, via: Via, entity: str | None = None) -> Mention:
        """A mention of a span."""
        return Mention(span, span.of(self.text), type, via, entity)


@lru_cache(maxsize=4096)
def singular(word: str) -> str:
    """A plural noun in the singular, as far as spelling tells; other words as they are.

    >>> singular("authorities"), singular("troops"), singular("police")
    ('authority', 'troop', 'police')
    """
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if word.endswith("men") and len(word) > 3:
        return word[:-3] + "man"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word
