"""An article as the model takes it: stretches of one or more sentences with the pairs of mentions to judge."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

from geograph.model import Mention, Span
from geograph.readers.learned.pieces import MOST_PIECES, Pieces, pieces_of
from geograph.readers.protocol import Reading

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_ENOUGH = 72
"""Word pieces from which a window takes no further sentence: the length of the longer training passages."""
_MOST_ENDS = 24
"""Mentions of one sentence above which it is a list, of which nothing is claimed."""


@dataclass(frozen=True)
class Window:
    """Sentences that the model reads together.

    `ends` are the resolved mentions, those of one span together (the two leaders); `spans` the first and last piece of
    each; `pairs` two places in `ends` each, subject and object.
    """

    start: int
    pieces: Pieces
    ends: tuple[tuple[Mention, ...], ...]
    spans: tuple[tuple[int, int], ...]
    pairs: tuple[tuple[int, int], ...]


def windows(reading: Reading, tokenizer: Tokenizer) -> Iterator[Window]:
    """The windows of an article that hold a pair of mentions, in text order.

    A window begins with a paragraph or where the one before it is full; it never depends on other articles.
    """
    text = reading.article.text
    sentences: list[tuple[Span, int]] = []
    for sentence in reading.doc.sents:
        span = Span(sentence.start_char, sentence.end_char)
        length = len(pieces_of(span.of(text), tokenizer).ids) - 2
        full = sum(count for _, count in sentences) + length > _ENOUGH
        if sentences and (full or "\n" in text[sentences[-1][0].start : span.start]):
            yield from _window(reading, [span for span, _ in sentences], tokenizer)
            sentences = []
        sentences.append((span, length))
    if sentences:
        yield from _window(reading, [span for span, _ in sentences], tokenizer)


def _window(reading: Reading, sentences: Sequence[Span], tokenizer: Tokenizer) -> Iterator[Window]:
    start, end = sentences[0].start, sentences[-1].end
    found = [_ends(reading, sentence) for sentence in sentences]
    if not any(len(ends) > 1 for ends in found):
        return
    pieces = pieces_of(reading.article.text[start:end], tokenizer)
    if len(pieces.ids) > MOST_PIECES:
        return
    ends: list[tuple[Mention, ...]] = []
    spans: list[tuple[int, int]] = []
    pairs: list[tuple[int, int]] = []
    for here in found:
        first = len(ends)
        for mentions in here:
            span = pieces.span(mentions[0].span.start - start, mentions[0].span.end - start)
            if span is not None:
                ends.append(mentions)
                spans.append(span)
        pairs += [(i, j) for i, j in permutations(range(first, len(ends)), 2) if _may_relate(ends[i], ends[j])]
    if pairs:
        yield Window(start, pieces, tuple(ends), tuple(spans), tuple(pairs))


def _ends(reading: Reading, sentence: Span) -> list[tuple[Mention, ...]]:
    """The resolved mentions of a sentence, those of one span together; none of a list."""
    first, last = (bisect_left(reading.mentions, edge, key=_start) for edge in (sentence.start, sentence.end))
    by_span: dict[Span, list[Mention]] = {}
    for mention in reading.mentions[first:last]:
        if mention.entity is not None and mention.span.end <= sentence.end:
            by_span.setdefault(mention.span, []).append(mention)
    return [tuple(found) for found in by_span.values()] if len(by_span) <= _MOST_ENDS else []


def _start(mention: Mention) -> int:
    return mention.span.start


def _may_relate(subject: Sequence[Mention], object: Sequence[Mention]) -> bool:
    a, b = subject[0].span, object[0].span
    apart = a.end <= b.start or b.end <= a.start
    return apart and {m.entity for m in subject}.isdisjoint(m.entity for m in object)
