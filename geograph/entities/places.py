"""Names of places: what the gazetteer lacks but the words around it show ("the town of X", "X province", "in X")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geograph.entities.names import Word
from geograph.entities.people import starts_no_sentence
from geograph.entities.text import ReadText
from geograph.model import EntityType, Mention, Span, Via


def named(read: ReadText, names: Sequence[Mention]) -> Iterator[Mention]:
    """Places by pattern: a name before a word like "region", a known city after "in" or as what is struck."""
    taken = {m.span.start: m for m in names}
    covered = {
        i
        for m in names
        if len(read.within(m.span)) > 1 or m.type is EntityType.PERSON
        for i in range(m.span.start, m.span.end)
    }
    i = 0
    while i < len(read.words):
        run = _run(read, i) if read.words[i].capital else []
        if run:
            yield from _place(read, run, taken, covered)
        i += max(1, len(run))


def _run(read: ReadText, i: int) -> list[Word]:
    run: list[Word] = []
    for j in range(i, min(i + 4, len(read.words))):
        word = read.words[j]
        ordinary = word.key in read.gazetteer.words["NOT_NAME"] or read.is_plain(word)
        if not word.capital or ordinary or (run and not read.joined(j - 1)):
            break
        run.append(word)
    return run


def _place(read: ReadText, run: list[Word], taken: dict[int, Mention], covered: set[int]) -> Iterator[Mention]:
    after = read.after(Span(run[0].start, run[-1].end))
    named = run[-1].key in read.gazetteer.words["REGION_NAME"]
    if len(run) > 1 and (named or (read.is_in(run[-1], "REGION_NOUN") and not run[-1].key.endswith("s"))):
        after, run = run[-1], run[:-1]
    name = Span(run[0].start, run[-1].end)
    if any(word.start in covered for word in run) and not (name.start in taken and taken[name.start].span == name):
        return
    part = taken.get(run[1].start) if len(run) == 2 and run[0].key in read.gazetteer.words["COMPASS"] else None
    if part is not None and part.type is EntityType.PLACE and starts_no_sentence(read, run[0]):
        yield read.at(Span(name.start, part.span.end), EntityType.PLACE, Via.NAME)
        return
    old = taken.get(name.start)
    if old is not None and (old.via is Via.DEMONYM or old.type is EntityType.COUNTRY):
        return
    if (
        after is not None
        and read.gap(name.end, after.start) == " "
        and _is_region_word(read, after)
        and not read.is_in(run[-1], "TITLE")
    ):
        yield read.at(Span(name.start, after.end), EntityType.PLACE, Via.NAME)
    elif (
        (old is None or _is_guess(read, old))
        and stands_as_place(read, run)
        and read.gazetteer.cities.known(name.of(read.text), other=_is_beside(read, run[0]))
    ):
        yield read.at(name, EntityType.PLACE, Via.NAME)


def _is_guess(read: ReadText, mention: Mention) -> bool:
    """Whether only the tagger took a word for an organisation, and the words before it speak of a place."""
    if mention.type is not EntityType.ORGANIZATION or read.gazetteer.senses(mention.text):
        return False
    before = read.before(mention.span)
    return before is not None and before.key in read.gazetteer.words["BEFORE_PLACE"]


def _is_region_word(read: ReadText, word: Word) -> bool:
    words = read.gazetteer.words
    return word.key in words["REGION_NOUN"] or (word.capital and word.key in words["REGION_NAME"])


def _is_beside(read: ReadText, word: Word) -> bool:
    """Whether a word after which only a place can come stands before: "near X", "eastern X"."""
    before = read.before(Span(word.start, word.end))
    words = read.gazetteer.words
    return before is not None and (before.key in words["BESIDE_PLACE"] or before.key in words["COMPASS"])


def stands_as_place(read: ReadText, run: Sequence[Word]) -> bool:
    """Whether the words around a name make it a place: "in X", or what is struck, visited or left."""
    before = read.before(Span(run[0].start, run[-1].end))
    leads = before is not None and (before.key in read.gazetteer.words["BEFORE_PLACE"] or before.key in ("to", "from"))
    if before is not None and leads and read.gap(before.end, run[0].start) == " ":
        return True
    token = read.root(Span(run[0].start, run[-1].end))
    return token.dep_ in ("dobj", "nsubjpass") and token.head.lemma_.lower() in read.gazetteer.words["PLACE_VERB"]
