"""Names that spaCy's tagger saw, cleaned of what does not belong to them and typed alike throughout the article."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from geograph.entities import places
from geograph.entities.names import Word
from geograph.entities.text import ReadText, singular
from geograph.model import EntityType, Mention, Span, Via

_TYPES = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORGANIZATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.PLACE,
    "NORP": EntityType.GROUP,
}
_RANKED = (EntityType.PLACE, EntityType.PERSON, EntityType.ORGANIZATION, EntityType.GROUP)


def names(read: ReadText, known: Sequence[Mention]) -> list[Mention]:
    """The names that the tagger saw, without possessives, titles and nationalities, if the gazetteer has no better."""
    return _alike(read, list(_each(read, known)))


def _each(read: ReadText, known: Sequence[Mention]) -> Iterator[Mention]:
    starts = [m.span.start for m in known]
    for ent in read.doc.ents:
        kind = _TYPES.get(ent.label_)
        if kind is None:
            continue
        for piece in _pieces(read, read.within(Span(ent.start_char, ent.end_char)), kind):
            mention = read.mention(piece, kind, Via.NAME)
            inside = known[bisect_left(starts, mention.span.start) : bisect_left(starts, mention.span.end)]
            if not _is_known_better(read, mention, inside):
                yield mention


def _is_known_better(read: ReadText, mention: Mention, known: Sequence[Mention]) -> bool:
    """Whether the gazetteer's names inside the span say all that it says."""
    inside = [m for m in known if mention.span.covers(m.span)]
    if any(m.type is EntityType.PERSON for m in inside):
        return True
    if mention.type is EntityType.GROUP:
        return bool(inside) or not _is_noun(read, mention.span)
    if not inside:
        return False
    if mention.type is not EntityType.ORGANIZATION:
        return mention.type is EntityType.PLACE or len(read.within(mention.span)) > 3
    rest = [w for w in read.within(mention.span) if not any(m.span.start <= w.start < m.span.end for m in inside)]
    if all(_says_nothing(read, word) for word in rest):
        return True
    actors = ("GROUP_NOUN", "ASSET_NOUN")
    last, first = rest[-1], rest[0]
    national = any(m.type is EntityType.COUNTRY for m in inside)
    return national and any(singular(w.key) in read.gazetteer.words[name] for w in (first, last) for name in actors)


def _says_nothing(read: ReadText, word: Word) -> bool:
    return not word.capital or any(word.key in read.gazetteer.words[name] for name in ("TITLE", "RANK", "NOT_NAME"))


def _pieces(read: ReadText, words: Sequence[Word], kind: EntityType) -> Iterator[list[Word]]:
    """The parts of a tagged span that are names: parted at commas, lines, dashes and possessives, and cleaned."""
    piece: list[Word] = []
    for word in words:
        between = read.gap(piece[-1].end, word.start) if piece else ""
        possessive = word.key == "s" and between in ("'", "’")
        parted = any(mark in between for mark in "\n/;()") or " - " in between or " – " in between
        listed = "," in between and word.key not in ("jr", "sr")
        if piece and (parted or listed or (possessive and kind is not EntityType.ORGANIZATION)):
            yield from _clean(read, piece, kind)
            piece = []
        if not (possessive and kind is not EntityType.ORGANIZATION):
            piece.append(word)
    yield from _clean(read, piece, kind)


def _clean(read: ReadText, piece: Sequence[Word], kind: EntityType) -> Iterator[list[Word]]:
    left = list(piece)
    not_name = read.gazetteer.words["NOT_NAME"]
    while left and left[-1].key == "s":
        left.pop()
    while len(left) > 1 and (left[0].key in not_name - {"he"} or left[0].key == "s"):
        left.pop(0)
    while (
        len(left) > 2
        and left[1].key == "of"
        and singular(left[0].key) in read.gazetteer.words["TRANSPARENT"]
        and left[0].key.endswith("s")
    ):
        left = left[2:]
    left = _without_country(read, left)
    if kind is EntityType.PERSON:
        left = _person(read, left)
    if not left or not any(word.capital for word in left):
        return
    if " ".join(word.key for word in left) in read.gazetteer.words["UNIT"]:
        return
    if len(left) == 1 and any(
        left[0].key in read.gazetteer.words[name]
        for name in ("NOT_NAME", "TITLE", "COUNTRY_NOUN", "GROUP_NOUN", "PORTFOLIO")
    ):
        return
    if kind is EntityType.PERSON and any(c.isdigit() for word in left for c in word.text):
        return
    yield left


def _person(read: ReadText, left: list[Word]) -> list[Word]:
    particles = read.gazetteer.words["PARTICLE"]
    while (
        len(left) > 1
        and left[0].key not in particles
        and (
            read.is_in(left[0], "TITLE")
            or read.is_in(left[0], "RANK")
            or not left[0].capital
            or _is_demonym(read, left[0])
        )
    ):
        left = left[1:]
    while left and not left[-1].capital:
        left = left[:-1]
    mixed = any(not word.text.isupper() for word in left)
    while len(left) > 1 and mixed and left[-1].text.isupper() and len(left[-1].text) > 3:
        left = left[:-1]
    return left


def _without_country(read: ReadText, left: list[Word]) -> list[Word]:
    """The words without the country of an office: "Denmark Ada Moran" in "President of Denmark Ada Moran"."""
    i = read.index(left[0].start) if len(left) > 2 else 0
    if i > 1 and read.words[i - 1].key in ("of", "to", "for") and read.is_in(read.words[i - 2], "TITLE"):
        match = next(read.gazetteer.index.matches(read.text, left), None)
        if match is not None and match.first == 0 and match.last < len(left) - 1:
            return left[match.last + 1 :]
    return left


def _is_demonym(read: ReadText, word: Word) -> bool:
    return any(sense.role == "demonym" for sense in read.gazetteer.senses(word.text))


def _is_noun(read: ReadText, span: Span) -> bool:
    token = read.root(span)
    return token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("amod", "compound", "nmod")


def _alike(read: ReadText, found: Sequence[Mention]) -> list[Mention]:
    """The mentions with one type for one name: a known city is a place, else what the tagger said most often."""
    votes: dict[tuple[str, ...], Counter[EntityType]] = {}
    bearers: dict[tuple[str, ...], list[Mention]] = {}
    for mention in found:
        bearers.setdefault(_name(read, mention), []).append(mention)
        votes.setdefault(_name(read, mention), Counter())[mention.type] += 1
    kinds: dict[tuple[str, ...], EntityType] = {}
    for name, counts in votes.items():
        kinds[name] = max(counts, key=lambda kind: (counts[kind], -_RANKED.index(kind)))
        if len(counts) > 1 and EntityType.PLACE in counts:
            here = bearers[name]
            if read.gazetteer.cities.known(" ".join(name)) or any(_is_where(read, m) for m in here):
                kinds[name] = EntityType.PLACE
    for name, kind in kinds.items():
        city = kind is EntityType.PERSON and len(name) == 1 and read.gazetteer.cities.known(name[0])
        if city and any(places.stands_as_place(read, read.within(m.span)) for m in bearers[name]):
            kinds[name] = EntityType.PLACE
    alike = [read.at(m.span, kinds[_name(read, m)], m.via) for m in found]
    return _without_prefix(read, alike)


def _without_prefix(read: ReadText, found: Sequence[Mention]) -> list[Mention]:
    """The mentions with a person's full name freed of what the tagger put before it ("Radio Norte Ada Moran")."""
    people = {_name(read, m) for m in found if m.type is EntityType.PERSON and len(read.within(m.span)) > 1}
    freed: list[Mention] = []
    for mention in found:
        among = read.within(mention.span)
        name = _name(read, mention)
        cut = next((i for i in range(1, len(name) - 1) if name[i:] in people), 0)
        if cut and mention.type is not EntityType.PERSON:
            freed.append(read.mention(among[cut:], EntityType.PERSON, Via.NAME))
        else:
            freed.append(mention)
    return freed


def _is_where(read: ReadText, mention: Mention) -> bool:
    """Whether a preposition before a name makes it a place."""
    before = read.before(mention.span)
    return (
        before is not None
        and before.key in ("in", "near", "outside")
        and read.gap(before.end, mention.span.start) == " "
    )


def _name(read: ReadText, mention: Mention) -> tuple[str, ...]:
    return tuple(word.key for word in read.within(mention.span))
