"""Names that spaCy's tagger saw, cleaned of what does not belong to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geograph.entities.names import Word
from geograph.entities.text import ReadText
from geograph.model import EntityType, Mention, Span, Via

_TYPES = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORGANIZATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.PLACE,
    "NORP": EntityType.GROUP,
}


def names(read: ReadText, known: Sequence[Mention]) -> Iterator[Mention]:
    """The names that the tagger saw, without possessives, titles and nationalities, where the gazetteer knows no better."""
    people = {m.span for m in known if m.type is EntityType.PERSON}
    for ent in read.doc.ents:
        kind = _TYPES.get(ent.label_)
        if kind is None:
            continue
        piece = _cleaned(read, read.within(Span(ent.start_char, ent.end_char)), kind)
        if not piece or not any(word.capital for word in piece) or (kind is EntityType.PERSON and _has_digit(piece)):
            continue
        span = Span(piece[0].start, piece[-1].end)
        if any(span.covers(other) for other in people):
            continue
        if kind is EntityType.PERSON and any(m.via is not Via.DEMONYM and span.covers(m.span) for m in known if m.span != span) and (
            len(piece) > 3
        ):
            continue
        if kind is EntityType.GROUP and not _is_noun(read, span):
            continue
        if kind is EntityType.PLACE and any(span.covers(m.span) for m in known):
            continue
        yield read.at(span, kind, Via.NAME)


def _cleaned(read: ReadText, piece: Sequence[Word], kind: EntityType) -> list[Word]:
    left = list(piece)
    for i in range(1, len(left)):
        between = read.gap(left[i - 1].end, left[i].start)
        possessive = left[i].key == "s" and between in ("'", "’")
        if "\n" in between or "/" in between or (possessive and (kind is not EntityType.ORGANIZATION or i == len(left) - 1)):
            left = left[:i]
            break
    while left and (left[0].key in ("the", "a", "an") or (left[0].key == "s" and len(left) > 1)):
        left.pop(0)
    if kind is EntityType.PERSON:
        while left and (read.is_in(left[0], "TITLE") or read.is_in(left[0], "RANK") or not left[0].capital) and len(left) > 1:
            if left[0].key in read.gazetteer.words["PARTICLE"]:
                break
            left.pop(0)
        while left and not left[-1].capital:
            left.pop()
    while left and left[0].key in read.gazetteer.words["NOT_NAME"] and len(left) > 1 and left[0].key != "he":
        left.pop(0)
    if len(left) == 1 and left[0].key in read.gazetteer.words["NOT_NAME"]:
        return []
    return left


def _has_digit(piece: Sequence[Word]) -> bool:
    return any(c.isdigit() for word in piece for c in word.text)


def _is_noun(read: ReadText, span: Span) -> bool:
    token = read.root(span)
    return token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("amod", "compound", "nmod")
