"""Short forms of organisations: an article that names "Halden Air" goes on with "Halden"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from geograph.entities.names import keys
from geograph.entities.text import ReadText
from geograph.model import EntityType, Mention, Via

_SHORTEST = 4


def short_forms(read: ReadText, names: Sequence[Mention]) -> Iterator[Mention]:
    """The first words of the article's organisations where they stand alone as nouns."""
    firsts = {read.within(m.span)[0].key for m in names if _can_be_shortened(read, m)}
    full_names = (read.within(m.span) for m in names if m.type is EntityType.PERSON)
    persons = {name[-1].key for name in full_names if len(name) > 1}
    covered = {w.start for m in names if len(read.within(m.span)) > 1 for w in read.within(m.span)}
    for word in read.words:
        if word.key in firsts - persons and word.capital and word.start not in covered:
            token = read.token(word.start)
            if token.pos_ == "PROPN" and token.dep_ not in ("compound", "amod"):
                yield read.mention((word,), EntityType.ORGANIZATION, Via.NAME)


def _can_be_shortened(read: ReadText, mention: Mention) -> bool:
    name = read.within(mention.span)
    if mention.type is not EntityType.ORGANIZATION or mention.via is not Via.NAME or len(name) < 2:
        return False
    first = name[0]
    known = any(first.key in members for members in read.gazetteer.words.values())
    return first.capital and len(first.key) >= _SHORTEST and not known and not read.gazetteer.senses(first.text)


def long_form(mention: Mention, linked: Mapping[Mention, str]) -> str | None:
    """The key of the one organisation whose name begins with a one-word name."""
    name = keys(mention.text)
    if len(name) != 1 or mention.type is not EntityType.ORGANIZATION:
        return None
    found = {
        key
        for other, key in linked.items()
        if other.type is EntityType.ORGANIZATION and len(keys(other.text)) > 1 and keys(other.text)[0] == name[0]
    }
    return next(iter(found)) if len(found) == 1 else None
