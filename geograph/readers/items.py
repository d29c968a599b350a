"""What was supplied, agreed, imposed or deployed: the words of the item, with its number and short complement."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from geograph.readers.protocol import Frame, Reading

Words = Mapping[str, frozenset[str]]
_KEPT = frozenset({"nummod", "quantmod", "amod", "compound", "nmod", "advmod", "npadvmod", "punct", "neg", "case"})
_LONGEST = 12


def item_of(reading: Reading, frame: Frame, words: Words) -> str | None:
    """The words of the item without article, possessor and clauses ("10,000 soldiers", "20% tariff"); None for none.

    Where the trigger names no item, its own noun is one if it is a thing that can be given, agreed or imposed.
    """
    head = frame.item
    if head is None:
        named = words.get("ITEM", frozenset())
        head = next((t for t in frame.trigger if t.pos_ in ("NOUN", "PROPN") and t.lemma_.lower() in named), None)
    if head is None:
        return None
    ends = {frame.subject.span, frame.object.span}
    inside = [t for t in _kept(head, reading, frame) if not any(span.start <= t.idx < span.end for span in ends)]
    return _text(sorted(inside, key=lambda t: t.i)[:_LONGEST]) or None


def _kept(head: Token, reading: Reading, frame: Frame) -> list[Token]:
    """The head with its modifiers, an "of" complement and what it is joined with."""
    kept = [head]
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            kept.append(child)
            for noun in child.children:
                if noun.dep_ == "pobj":
                    kept += _kept(noun, reading, frame)
        elif child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN") and child not in frame.trigger:
            kept += [t for t in head.children if t.dep_ in ("cc", "punct") and head.i < t.i < child.i]
            kept += _kept(child, reading, frame)
        elif child.dep_ in _KEPT and child.i < head.i and not child.is_quote and child.text != ",":
            kept += [t for t in child.subtree if t.dep_ != "det"]
    return kept


def _text(tokens: list[Token]) -> str:
    """The tokens as they are written, one space where something was left out."""
    parts: list[str] = []
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        gap = token.whitespace_ if following is not None and following.i == token.i + 1 else " "
        parts.append(token.text + gap)
    return " ".join("".join(parts).split()).strip(" ,-–")
