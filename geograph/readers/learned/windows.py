"""An article as the network takes it: windows of one or more sentences, and the pairs of mentions in them to judge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

from geograph.model import Mention, Span
from geograph.readers.learned.pieces import MOST_PIECES, Pieces, pieces_of
from geograph.readers.protocol import Reading
from geograph.syntax import Doc

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_ENOUGH = 72
"""Most word pieces of a window of several sentences: the length of the longer training passages."""
_MOST_ENDS = 24
"""Mentions of one sentence above which it is a list, of which nothing is claimed."""


@dataclass(frozen=True)
class Window:
    """Sentences of one paragraph that the network reads together. `pieces` count from `start`."""

    start: int
    pieces: Pieces
    sentences: tuple[Span, ...]


@dataclass(frozen=True)
class Pairs:
    """What is to be judged in a window.

    `ends` are resolved mentions, those of one span together (the two leaders); `spans` the first and last piece of
    each; `pairs` two places in `ends` each, subject and object.
    """

    ends: tuple[tuple[Mention, ...], ...]
    spans: tuple[tuple[int, int], ...]
    pairs: tuple[tuple[int, int], ...]


def windows(doc: Doc, tokenizer: Tokenizer) -> Iterator[Window]:
    """The windows of an article in text order, without those too long for the network.

    A window begins with a paragraph or where the one before it is full; it never depends on other articles.
    """
    sentences: list[tuple[Span, Pieces]] = []
    size = 0
    for sentence in doc.sents:
        span = Span(sentence.start_char, sentence.end_char)
        pieces = pieces_of(span.of(doc.text), tokenizer)
        length = len(pieces.ids) - 2
        if sentences and (size + length > _ENOUGH or "\n" in doc.text[sentences[-1][0].start : span.start]):
            yield from _window(doc.text, sentences, tokenizer)
            sentences, size = [], 0
        sentences.append((span, pieces))
        size += length
    if sentences:
        yield from _window(doc.text, sentences, tokenizer)


def _window(text: str, sentences: Sequence[tuple[Span, Pieces]], tokenizer: Tokenizer) -> Iterator[Window]:
    spans = tuple(span for span, _ in sentences)
    start, pieces = spans[0].start, sentences[0][1]
    if len(sentences) > 1:
        pieces = pieces_of(text[start : spans[-1].end], tokenizer)
    if 2 < len(pieces.ids) <= MOST_PIECES:
        yield Window(start, pieces, spans)


def pairs_in(reading: Reading, window: Window) -> Pairs:
    """The pairs of resolved mentions of a window that stand in one sentence and may be related."""
    ends: list[tuple[Mention, ...]] = []
    spans: list[tuple[int, int]] = []
    pairs: list[tuple[int, int]] = []
    for sentence in window.sentences:
        first = len(ends)
        for mentions in _ends(reading, sentence):
            at = mentions[0].span
            span = window.pieces.span(at.start - window.start, at.end - window.start)
            if span is not None:
                ends.append(mentions)
                spans.append(span)
        pairs += [(i, j) for i, j in permutations(range(first, len(ends)), 2) if _may_relate(ends[i], ends[j])]
    return Pairs(tuple(ends), tuple(spans), tuple(pairs))


def _ends(reading: Reading, sentence: Span) -> list[tuple[Mention, ...]]:
    """The resolved mentions of a sentence, those of one span together; none of a list."""
    by_span: dict[Span, list[Mention]] = {}
    for mention in reading.mentions_between(sentence.start, sentence.end):
        if mention.entity is not None and mention.span.end <= sentence.end:
            by_span.setdefault(mention.span, []).append(mention)
    return [tuple(found) for found in by_span.values()] if len(by_span) <= _MOST_ENDS else []


def _may_relate(subject: Sequence[Mention], object: Sequence[Mention]) -> bool:
    a, b = subject[0].span, object[0].span
    apart = a.end <= b.start or b.end <= a.start
    return apart and {m.entity for m in subject}.isdisjoint(m.entity for m in object)
