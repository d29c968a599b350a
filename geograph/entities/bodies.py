"""Organisations by the words of their names, and their short forms: "Halden Air" goes on as "Halden".

A row of capitalised words that ends in "Front", "Ministry" or "Brigade" is a body whatever the tagger saw in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from geograph.entities.names import Word, keys
from geograph.entities.people import starts_no_sentence
from geograph.entities.text import ReadText, singular
from geograph.model import Entity, EntityType, Mention, Span, Via

_SHORTEST = 4
_LONGEST = 6
_BODIES = (EntityType.ORGANIZATION, EntityType.GROUP)


def named(read: ReadText) -> Iterator[Mention]:
    """The bodies told by the last word of their name: "Orm Liberation Front", "7th Fleet", and "the Coalition"."""
    i = 0
    while i < len(read.words):
        if not (read.words[i].capital or read.words[i].text[0].isdigit()):
            i += 1
            continue
        run = _run(read, i)
        if len(run) > 1 and _is_name(read, run):
            yield read.mention(run, EntityType.ORGANIZATION, Via.NAME)
        elif _is_called(read, read.words[i]):
            yield read.mention(read.words[i : i + 1], EntityType.ORGANIZATION, Via.NAME)
        i += max(1, len(run))


def _run(read: ReadText, i: int) -> list[Word]:
    """The words from number `i` up to the last that names a kind of body; none if what they say is no name."""
    words = read.gazetteer.words
    run: list[Word] = []
    for j in range(i, min(i + _LONGEST, len(read.words))):
        word = read.words[j]
        numbered = j == i and word.text[0].isdigit() and word.text[-1].isalpha()
        spaced = not run or read.gap(run[-1].end, word.start) in (" ", "-")
        if not (word.capital or numbered) or not spaced or read.is_plain(word) or word.key in words["NOT_NAME"]:
            break
        run.append(word)
    while len(run) > 1 and not _names_body(read, run):
        run.pop()
    return run


def _is_name(read: ReadText, run: Sequence[Word]) -> bool:
    """Whether the row begins as a name does, with no title, nationality or common word."""
    first = run[0]
    if any(first.key in read.gazetteer.words[name] for name in ("TITLE", "RANK")):
        return False
    if any(sense.role != "localName" for sense in read.gazetteer.senses(first.text)):
        return False
    return len(run) > 2 or starts_no_sentence(read, first) or read.token(first.start).pos_ == "PROPN"


def _names_body(read: ReadText, run: Sequence[Word]) -> bool:
    words = read.gazetteer.words
    last = run[-1].key
    if run[0].text[0].isdigit():
        return last in words["FORMATION"]
    company = last in words["COMPANY_NOUN"] or last in words["INSTITUTION_NOUN"] or last in words["FORMATION"]
    return company and not all(read.is_in(word, "INSTITUTION_NOUN") for word in run)


def _is_called(read: ReadText, word: Word) -> bool:
    """Whether a body is called by the one word: "the Coalition", "Coalition forces"."""
    words = read.gazetteer.words
    if not word.capital or word.key not in words["CALLED_BODY"] or read.is_plain(word):
        return False
    after = read.after(Span(word.start, word.end))
    if after is not None and after.capital and read.gap(word.end, after.start) == " ":
        return False
    acting = after is not None and singular(after.key) in words["GROUP_NOUN"] | words["ASSET_NOUN"]
    before = read.before(Span(word.start, word.end))
    return acting or (before is not None and before.key == "the")


def called(read: ReadText, mention: Mention, known: Iterable[Entity]) -> str | None:
    """The key of the one organisation or group of the article that "the Coalition" can mean."""
    among = read.within(mention.span)
    if len(among) > 1 or among[0].key not in read.gazetteer.words["CALLED_BODY"]:
        return None
    word = among[0].key
    fitting = [e.key for e in known if e.type in _BODIES and any(word in keys(n) for n in (e.label, *e.aliases))]
    return fitting[0] if len(fitting) == 1 else None


def short_forms(read: ReadText, names: Sequence[Mention]) -> Iterator[Mention]:
    """The first words of the article's organisations where they stand alone as nouns."""
    firsts = {read.within(m.span)[0].key for m in names if _can_be_shortened(read, m)}
    full_names = (read.within(m.span) for m in names if m.type is EntityType.PERSON)
    persons = {name[-1].key for name in full_names if len(name) > 1}
    covered = {w.start for m in names if len(read.within(m.span)) > 1 for w in read.within(m.span)}
    alone = firsts - persons
    for word in read.words if alone else ():
        if word.key in alone and word.capital and word.start not in covered:
            token = read.token(word.start)
            if token.pos_ == "PROPN" and token.dep_ not in ("compound", "amod"):
                yield read.mention((word,), EntityType.ORGANIZATION, Via.NAME)


def _can_be_shortened(read: ReadText, mention: Mention) -> bool:
    name = read.within(mention.span)
    if mention.type is not EntityType.ORGANIZATION or mention.via is not Via.NAME or len(name) < 2:
        return False
    first = name[0]
    if not first.capital or len(first.key) < _SHORTEST or read.gazetteer.senses(first.text):
        return False
    return first.key not in read.gazetteer.any_of(tuple(read.gazetteer.words))


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
