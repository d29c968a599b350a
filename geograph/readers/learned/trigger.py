"""The word that carried a decision of the network: what the pair looked at most, near the path between its ends."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from geograph.model import Mention, Span
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
    """The verb, noun or adjective of the sentence that carried the decision; None where all words are names.

    `offsets` are those of the word pieces in the article's text, `weights` how much the pair looked at each. With
    `near` the word must be on the path between the ends or hang on it.
    """
    ends = [reading.tokens(span) for span in (subject, object)]
    if ends[0] is None or ends[1] is None:
        return None
    sentence = ends[0].root.sent
    looked = _by_token(sentence, offsets, weights)
    path = _path(ends[0].root, ends[1].root)
    named = {token.i for tokens in _mentions(reading, sentence) for token in tokens}
    best: tuple[float, int, Token] | None = None
    for token in sentence:
        if token.pos_ not in _TELLING or token.i in named:
            continue
        share = _ON_PATH if token.i in path else _BESIDE if token.head.i in path else 0.0 if near else _ELSEWHERE
        if share == 0.0:
            continue
        rank = (share * looked.get(token.i, 0.0), -token.i, token)
        if best is None or rank[:2] > best[:2]:
            best = rank
    return best[2] if best else None


def telling_above(reading: Reading, subject: Span, object: Span) -> Token | None:
    """The first verb, noun or adjective at or above the word that both ends hang on; None where there is none."""
    ends = [reading.tokens(span) for span in (subject, object)]
    if ends[0] is None or ends[1] is None:
        return None
    above = {token.i for token in (ends[0].root, *ends[0].root.ancestors)}
    shared = next((token for token in (ends[1].root, *ends[1].root.ancestors) if token.i in above), None)
    if shared is None:
        return None
    inside = {token.i for tokens in ends if tokens is not None for token in tokens}
    telling = (token for token in (shared, *shared.ancestors) if token.pos_ in _TELLING and token.i not in inside)
    return next(telling, None)


def _mentions(reading: Reading, sentence: DocSpan) -> list[DocSpan]:
    first, last = (bisect_left(reading.mentions, at, key=_start) for at in (sentence.start_char, sentence.end_char))
    spans = {mention.span for mention in reading.mentions[first:last]}
    found = [reading.tokens(span) for span in sorted(spans)]
    return [tokens for tokens in found if tokens is not None]


def _start(mention: Mention) -> int:
    return mention.span.start


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
    up_a, up_b = [a, *a.ancestors], [b, *b.ancestors]
    shared = {token.i for token in up_a} & {token.i for token in up_b}
    found: set[int] = set()
    for way in (up_a, up_b):
        for token in way:
            found.add(token.i)
            if token.i in shared:
                break
    return frozenset(found)
