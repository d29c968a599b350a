"""The names of an article at every place where it says them, the tagger having seen them at one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geograph.entities.names import Word
from geograph.entities.people import starts_no_sentence
from geograph.entities.text import ReadText
from geograph.model import EntityType, Mention, Via

_TYPES = (EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE)


def named(read: ReadText, names: Sequence[Mention]) -> Iterator[Mention]:
    """Further occurrences of the names that the gazetteer does not know, of the type that they have elsewhere."""
    forms: dict[str, dict[tuple[str, ...], EntityType]] = {}
    taken: set[int] = set()
    for mention in names:
        written = read.within(mention.span)
        taken.update(word.start for word in written)
        name = tuple(word.key for word in written)
        if mention.via is Via.NAME and mention.type in _TYPES and not read.gazetteer.senses(mention.text):
            forms.setdefault(name[0], {}).setdefault(name, mention.type)
    for i, word in enumerate(read.words):
        if word.key not in forms:
            continue
        for name, kind in forms[word.key].items():
            piece = read.words[i : i + len(name)]
            if taken.isdisjoint(w.start for w in piece) and _is_said(read, piece, name):
                yield read.mention(piece, kind, Via.NAME)


def _is_said(read: ReadText, piece: Sequence[Word], name: tuple[str, ...]) -> bool:
    """Whether some words are a name: those of the name, with capitals that no sentence gives them."""
    if tuple(word.key for word in piece) != name or not piece[0].capital or read.is_plain(piece[0]):
        return False
    if len(piece) > 1:
        i = read.index(piece[0].start)
        return piece[-1].capital and all(read.joined(k) for k in range(i, i + len(piece) - 1))
    word = piece[0]
    token = read.token(word.start)
    return len(word.text) > 2 and (token.pos_ == "PROPN" or starts_no_sentence(read, word))
