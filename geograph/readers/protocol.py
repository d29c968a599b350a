"""What a reader is given and what it gives.

A reader takes a `Reading` (an annotated article with its resolved mentions) and gives claims. The rule reader is
one; a learned reader or a language-model reader can stand beside it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, runtime_checkable

from geograph.dates import DateExpression
from geograph.entities.text import Sighting
from geograph.model import Article, Claim, Entity, Mention, Span
from geograph.syntax import Doc, Span as DocSpan, Token


@dataclass(frozen=True)
class Reading:
    """An annotated article with its resolved mentions and dates. `doc.text == article.text`.

    `mentions` are in text order, the longer first; only the resolved ones (`entity` is not None) can be ends of a
    claim. `entities` maps the keys that they use. `dates` are in text order.
    """

    article: Article
    doc: Doc
    mentions: tuple[Mention, ...]
    entities: Mapping[str, Entity]
    dates: tuple[DateExpression, ...]

    @cached_property
    def _by_head(self) -> dict[int, tuple[Mention, ...]]:
        heads: dict[int, list[Mention]] = {}
        for mention in self.mentions:
            span = self.tokens(mention.span)
            if mention.entity is not None and span is not None:
                heads.setdefault(span.root.i, []).append(mention)
        return {i: tuple(m for m in found if m.span == found[0].span) for i, found in heads.items()}

    def tokens(self, span: Span) -> DocSpan | None:
        """The tokens that a span touches, None where it touches none."""
        return self.doc.touched(span.start, span.end)

    def mentions_between(self, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions that begin at one of these offsets, the end exclusive; in text order."""
        first, last = (bisect_left(self.mentions, edge, key=_start) for edge in (start, end))
        return self.mentions[first:last]

    def mentions_at(self, token: Token) -> tuple[Mention, ...]:
        """The resolved mentions whose syntactic head is `token`: the longest span's, several for a group."""
        return self._by_head.get(token.i, ())


def _start(mention: Mention) -> int:
    return mention.span.start


@dataclass(frozen=True)
class Frame:
    """One way in which a sentence fills a relation, before status, date, place and speaker are read.

    `predicate` is the verb or noun that carries the event ("met", "visit"); `trigger` the words that matched, in text
    order; `item` the head of the words that say what was supplied, agreed or imposed, where the trigger names them.
    `pattern` is the trigger as the ontology writes it.
    """

    relation: str
    predicate: Token
    subject: Mention
    object: Mention
    trigger: tuple[Token, ...]
    pattern: str
    item: Token | None = None


class Reader(Protocol):
    """Reads claims out of an article."""

    @property
    def name(self) -> str:
        """What its claims say of who read them."""
        ...

    def read(self, reading: Reading) -> Iterator[Claim]:
        """The claims that the article makes, in text order."""
        ...


@runtime_checkable
class Refuser(Protocol):
    """A reader that knows what it has understood and claims nothing of: questions, lifted measures, mere talk."""

    def refusals(self, reading: Reading) -> Iterator[tuple[str, Span, frozenset[str]]]:
        """Relation, sentence and the two ends of each."""
        ...


@runtime_checkable
class Tagger(Protocol):
    """A reader that sees names in an article before they are resolved."""

    @property
    def version(self) -> str:
        """Which tagger it is, as claims name it."""
        ...

    def sightings(self, doc: Doc) -> Sequence[Sighting]:
        """The names that it sees, in text order."""
        ...
