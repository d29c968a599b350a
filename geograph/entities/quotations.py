"""Quotations: where they stand and who speaks them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geograph.entities.text import ReadText

if TYPE_CHECKING:
    from geograph.syntax import Token

_OPEN, _CLOSE, _EITHER = "“", "”", '"'
_REACH = 14


@dataclass(frozen=True)
class Quotation:
    """A quotation: its offsets and the token that says who speaks, None where that stays open."""

    start: int
    end: int
    speaker: Token | None


def quotations(read: ReadText) -> Iterator[Quotation]:
    """The quotations of a text in order. One that is left open ends with its paragraph."""
    previous: Token | None = None
    for start, end in _spans(read.text):
        speaker = _speaker(read, start, end)
        if speaker is None and "\n" not in read.text[max(0, start - 2) : start]:
            speaker = previous if _continues(read, start) else None
        yield Quotation(start, end, speaker)
        previous = speaker


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for i, char in enumerate(text):
        if char == "\n":
            if start is not None:
                yield start, i
            start = None
        elif char == _OPEN or (char == _EITHER and start is None):
            start = i
        elif char in (_CLOSE, _EITHER) and start is not None:
            yield start, i + 1
            start = None


def _continues(read: ReadText, start: int) -> bool:
    """Whether a quotation goes on after its verb of speech: '"We agree," she said. "We shall come."'."""
    before = read.text[max(0, start - 5) : start].strip()
    return before.endswith((".", ",", "and"))


def _speaker(read: ReadText, start: int, end: int) -> Token | None:
    """The subject of the verb of speech beside the quotation; in "T quoted L as saying" it is L."""
    first, last = read.token(start), read.token(end - 1)
    speech = read.gazetteer.words["QUOTING"] | read.gazetteer.words["REPORTING"]
    verbs = [
        token
        for token in (*_beside(read, first.i, -1), *_beside(read, last.i, 1))
        if token.pos_ == "VERB" and token.lemma_.lower() in speech
    ]
    for verb in sorted(verbs, key=lambda t: min(abs(t.i - first.i), abs(t.i - last.i))):
        found = speaker_of(verb)
        if found is not None and not start <= found.idx < end:
            return found
    return None


def speaker_of(verb: Token) -> Token | None:
    """Who speaks by a verb of speech: its subject; the object of "quote"; the object before "as saying"."""
    children = list(verb.children)
    if verb.lemma_.lower() in ("quote", "cite"):
        return next((child for child in children if child.dep_ == "dobj"), None)
    subject = next((child for child in children if child.dep_ == "nsubj"), None)
    if subject is None and verb.dep_ == "pcomp" and verb.head.head.lemma_.lower() in ("quote", "cite"):
        return speaker_of(verb.head.head)
    if subject is None and verb.dep_ in ("conj", "advcl") and verb.head.i != verb.i:
        return next((child for child in verb.head.children if child.dep_ == "nsubj"), None)
    return subject


def _beside(read: ReadText, i: int, step: int) -> Iterator[Token]:
    """The tokens beside a quotation, to the next quotation, the end of the sentence or of the paragraph."""
    doc = read.doc
    j = i + step
    while 0 <= j < len(doc) and abs(j - i) <= _REACH:
        token = doc[j]
        if "\n" in token.text or (token.is_quote and abs(j - i) > 1) or (token.text in ".?!" and abs(j - i) > 1):
            return
        yield token
        j += step
