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


def note_long_form(known: dict[str, set[str]], mention: Mention, key: str) -> None:
    """Note by its first word the organisation that a name of several words means."""
    name = keys(mention.text)
    if mention.type is EntityType.ORGANIZATION and len(name) > 1:
        known.setdefault(name[0], set()).add(key)


def long_form(known: Mapping[str, set[str]], mention: Mention) -> str | None:
    """The key of the one organisation whose name begins with a one-word name."""
    name = keys(mention.text)
    found = known.get(name[0], set()) if len(name) == 1 and mention.type is EntityType.ORGANIZATION else set()
    return next(iter(found)) if len(found) == 1 else None
