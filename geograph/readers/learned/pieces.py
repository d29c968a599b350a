"""Text as the encoder takes it: word pieces with their offsets and the case of their words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MOST_PIECES = 256
"""Longest input, in word pieces with the two marks around it."""
TYPES = ("Person", "Country", "Organization", "Group", "Place")
"""Types of mentions in the order of the tagging head."""
CASES = ("none", "lower", "title", "upper", "mixed")
"""What the capitals of a piece look like; the word pieces themselves know no case."""


@dataclass(frozen=True)
class Pieces:
    """Word pieces of a text: ids, offsets (`text[start:end]`), cases; the first and last are the marks around it."""

    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]
    cases: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """The first and last piece that `text[start:end]` touches; None where no piece does."""
        touched = [i for i, (a, b) in enumerate(self.offsets) if a < end and start < b]
        return (touched[0], touched[-1]) if touched else None


def tokenizer_of(file: Path) -> Tokenizer:
    """The tokenizer of a vocabulary, which neither pads nor cuts, and takes "[MASK]" in a text for text."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.encode_special_tokens = True
    return tokenizer


def pieces_of(text: str, tokenizer: Tokenizer) -> Pieces:
    """The pieces of a text, unpadded."""
    encoding = tokenizer.encode(text)
    offsets = tuple((start, end) for start, end in encoding.offsets)
    return Pieces(tuple(encoding.ids), offsets, tuple(_case(text[start:end]) for start, end in offsets))


def _case(piece: str) -> int:
    if not any(c.isalpha() for c in piece):
        return 0
    if piece.islower():
        return 1
    if len(piece) > 1 and piece.isupper():
        return 3
    return 2 if piece[0].isupper() and not any(c.isupper() for c in piece[1:]) else 4
