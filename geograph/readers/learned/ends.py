"""What the parse knows of two mentions that the network need not guess: who only modifies, who stands side by side."""

from __future__ import annotations

from geograph.model import Mention, Span
from geograph.readers.protocol import Reading
from geograph.syntax import Token

_MODIFIERS = frozenset({"poss", "amod", "compound", "nmod"})


def modifies_another(reading: Reading, mention: Mention) -> bool:
    """Whether a mention only says whose another one is ("U.S." of "U.S. President Moran"): then that one acts."""
    tokens = reading.tokens(mention.span)
    if tokens is None:
        return False
    token = tokens.root
    while token.dep_ in _MODIFIERS and token.head is not token:
        token = token.head
        if any(
            other.entity != mention.entity and _apart(other.span, mention.span) for other in _around(reading, token)
        ):
            return True
    return False


def are_side_by_side(reading: Reading, a: Mention, b: Mention) -> bool:
    """Whether two mentions are parts of one enumeration, or hang on such parts ("Mali and Ghana", "Mali's and ...")."""
    first, second = reading.tokens(a.span), reading.tokens(b.span)
    if first is None or second is None:
        return False
    heads = [_top(tokens.root) for tokens in (first, second)]
    return heads[1] in heads[0].conjuncts


def _around(reading: Reading, token: Token) -> list[Mention]:
    return [m for m in reading.mentions_at(token) if m.entity is not None]


def _apart(a: Span, b: Span) -> bool:
    return a.end <= b.start or b.end <= a.start


def _top(token: Token) -> Token:
    """The head of the noun phrase that a word modifies or names."""
    while token.dep_ in _MODIFIERS and token.head is not token:
        token = token.head
    return token
