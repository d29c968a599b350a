"""The word taken to have carried a decision of the network: what the pair looked at most, near the path of its ends.

`python -m geograph.training.occlusion` measures how often it did.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geograph.model import Span
from geograph.readers.protocol import Reading
from geograph.syntax import Span as DocSpan, Token

_TELLING = frozenset({"VERB", "NOUN", "ADJ"})
_ON_PATH, _BESIDE, _ELSEWHERE = 1.0, 0.6, 0.2
"""How much the network's look at a word counts: on the path between the ends, hanging on it, anywhere else."""


def trigger_of(
    reading: Reading,
    subject: Span,
    object: Span,
    offsets: Sequence[tuple[int, int]],
    weights: Sequence[float],
    *,
    near: bool = False,
) -> Token | None:
    """The verb, noun or adjective of the sentence taken to have carried the decision; None where all words are names.

    `offsets` are those of the word pieces in the article's text, `weights` how much the pair looked at each. With
    `near` the word must be on the path between the ends or hang on it.
    """
    found = list(tellers(reading, subject, object, near=near))
    if not found:
        return None
    looked = _by_token(found[0][0].sent, offsets, weights)
    return max(found, key=lambda each: (each[1] * looked.get(each[0].i, 0.0), -each[0].i))[0]


def tellers(reading: Reading, subject: Span, object: Span, *, near: bool = False) -> Iterator[tuple[Token, float]]:
    """The words of the sentence that may have carried a decision, in text order, and how much a look at each counts.

    These are verbs, nouns and adjectives that are no part of a mention; with `near` only those on the path between
    the ends, or hanging on it.
    """
    ends = [reading.tokens(span) for span in (subject, object)]
    if ends[0] is None or ends[1] is None:
        return
    sentence = ends[0].root.sent
    path = _path(ends[0].root, ends[1].root)
    named = {token.i for tokens in _mentions(reading, sentence) for token in tokens}
    for token in sentence:
        if token.pos_ in _TELLING and token.i not in named and (share := _share(token, path, near)):
            yield token, share


def telling_above(reading: Reading, subject: Span, object: Span) -> Token | None:
    """The first verb, noun or adjective at or above the word that both ends hang on; None where there is none."""
    ends = [reading.tokens(span) for span in (subject, object)]
    if ends[0] is None or ends[1] is None:
        return None
    shared = _shared(ends[0].root, ends[1].root)
    inside = {token.i for tokens in ends if tokens is not None for token in tokens}
    above = (shared, *shared.ancestors) if shared is not None else ()
    return next((token for token in above if token.pos_ in _TELLING and token.i not in inside), None)


def _share(token: Token, path: frozenset[int], near: bool) -> float:
    """How much the look at a word counts; nothing if it stands elsewhere and must be near."""
    if token.i in path:
        return _ON_PATH
    if token.head.i in path:
        return _BESIDE
    return 0.0 if near else _ELSEWHERE


def _mentions(reading: Reading, sentence: DocSpan) -> list[DocSpan]:
    spans = {mention.span for mention in reading.mentions_between(sentence.start_char, sentence.end_char)}
    found = [reading.tokens(span) for span in sorted(spans)]
    return [tokens for tokens in found if tokens is not None]


def _by_token(sentence: DocSpan, offsets: Sequence[tuple[int, int]], weights: Sequence[float]) -> dict[int, float]:
    """How much was looked at each token: the sum over its pieces."""
    owner = {at: token.i for token in sentence for at in range(token.idx, token.idx + len(token))}
    looked: dict[int, float] = {}
    for (start, end), weight in zip(offsets, weights, strict=True):
        if start < end and start in owner:
            looked[owner[start]] = looked.get(owner[start], 0.0) + float(weight)
    return looked


def _path(a: Token, b: Token) -> frozenset[int]:
    """The words from one to the other through the tree, their lowest common word with them."""
    shared = _shared(a, b)
    found: set[int] = set()
    for token in (a, b):
        for above in (token, *token.ancestors):
            found.add(above.i)
            if above is shared:
                break
    return frozenset(found)


def _shared(a: Token, b: Token) -> Token | None:
    """The lowest word that both hang on; None where they stand in two trees."""
    above = {token.i for token in (a, *a.ancestors)}
    return next((token for token in (b, *b.ancestors) if token.i in above), None)
