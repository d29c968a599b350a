"""What was supplied, agreed, imposed or deployed: the words of the item, with its number and short complement."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from geograph.readers.clauses import is_in
from geograph.readers.protocol import Frame, Reading
from geograph.syntax import Token

Words = Mapping[str, frozenset[str]]
_MODIFIERS = frozenset({"nummod", "quantmod", "amod", "compound", "nmod", "advmod", "npadvmod", "punct", "neg", "case"})
_LONGEST = 12
"""Words of an item; what is longer says more than what it is."""


def item_of(reading: Reading, frame: Frame, words: Words) -> str | None:
    """The words of the item without article, possessor, date and clauses ("10,000 soldiers", "20% tariff").

    Where the trigger names no item, its own noun is one if it is an office or a thing that can be given, agreed or
    imposed, with what it is about ("agreement on grain"). None for none.
    """
    head = frame.item
    complements = frozenset({"of"})
    if head is None:
        head = next((t for t in frame.trigger if t.pos_ in ("NOUN", "PROPN") and is_in(t, "ITEM", words)), None)
        complements |= words.get("ABOUT_ITEM", frozenset())
    if head is None:
        head = next((t for t in frame.trigger if t.pos_ in ("NOUN", "PROPN") and is_in(t, "OFFICE_HEAD", words)), None)
    if head is None:
        return None
    left_out = [frame.subject.span, frame.object.span, *(date.span for date in reading.dates)]

    def is_kept(token: Token) -> bool:
        return not any(span.start <= token.idx < span.end for span in left_out)

    kept = [token for token in _phrase(head, frame, complements, is_kept) if is_kept(token)]
    return _text(sorted(kept, key=lambda token: token.i)[:_LONGEST]) or None


def _phrase(
    head: Token, frame: Frame, complements: frozenset[str], is_kept: Callable[[Token], bool]
) -> Iterator[Token]:
    """The head with its modifiers, its complements and what it is joined with."""
    yield head
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ in complements:
            nouns = [noun for noun in child.children if noun.dep_ == "pobj"]
            if nouns and all(is_kept(noun) for noun in nouns):
                yield child
                for noun in nouns:
                    yield from _phrase(noun, frame, frozenset({"of"}), is_kept)
        elif child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN") and child not in frame.trigger:
            yield from (t for t in head.children if t.dep_ in ("cc", "punct") and head.i < t.i < child.i)
            yield from _phrase(child, frame, complements, is_kept)
        elif child.dep_ in _MODIFIERS and child.i < head.i and not child.is_quote and child.text != ",":
            yield from (t for t in child.subtree if t.dep_ != "det")


def _text(tokens: list[Token]) -> str:
    """The tokens as they are written, one space where something was left out."""
    parts: list[str] = []
    for token, following in zip(tokens, [*tokens, None][1:], strict=True):
        gap = token.whitespace_ if following is not None and following.i == token.i + 1 else " "
        parts.append(token.text + gap)
    return " ".join("".join(parts).split()).strip(" ,-–")
