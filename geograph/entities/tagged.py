"""Names that spaCy's tagger saw, cleaned of what does not belong to them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from geograph.entities import people
from geograph.entities.alike import alike
from geograph.entities.names import Word
from geograph.entities.text import ReadText, singular
from geograph.entities.things import is_thing
from geograph.model import EntityType, Mention, Span, Via

_TYPES = {
    "PERSON": EntityType.PERSON,
    "ORG": EntityType.ORGANIZATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.PLACE,
    "NORP": EntityType.GROUP,
}


def names(read: ReadText, known: Sequence[Mention]) -> list[Mention]:
    """The names that the tagger saw, without possessives, titles and nationalities, if the gazetteer has no better."""
    return alike(read, list(_each(read, known)))


def _each(read: ReadText, known: Sequence[Mention]) -> Iterator[Mention]:
    starts = [m.span.start for m in known]
    for ent in read.doc.ents:
        kind = _TYPES.get(ent.label_)
        if kind is None:
            continue
        whole = read.within(Span(ent.start_char, ent.end_char))
        if ent.label_ in ("ORG", "FAC") and _is_person(read, whole):
            kind = EntityType.PERSON
        for piece in _pieces(read, whole, kind):
            mention = read.mention(piece, _kind(read, piece, kind), Via.NAME)
            inside = known[bisect_left(starts, mention.span.start) : bisect_left(starts, mention.span.end)]
            if not _is_known_better(read, mention, inside) and not is_thing(read, _rest(piece, inside)):
                yield mention


def _is_person(read: ReadText, whole: Sequence[Word]) -> bool:
    """Whether what the tagger took for a body is someone ("Corporal Amy Tuck"), or his rule ("Tuck cabinet")."""
    words = read.gazetteer.words
    if len(whole) == 2 and singular(whole[1].key) in words["RULE_NOUN"]:
        return True
    name = list(whole)
    while len(name) > 2 and (read.is_in(name[0], "TITLE") or name[0].key in words["RANK_PREFIX"]):
        name.pop(0)
    given = len(name) in (2, 3) and people.is_given(read, name[0].key) and all(word.capital for word in name[1::2])
    common = ("COMPANY_NOUN", "INSTITUTION_NOUN", "REGION_NOUN", "CITY_NOUN", "SITE_NAME", "NOT_NAME", "GROUP_NOUN")
    return given and not any(read.is_in(word, *common) for word in name[1:])


def _kind(read: ReadText, piece: Sequence[Word], kind: EntityType) -> EntityType:
    """What a name is by its own words: "Moran Jr." is a person, "Mount Orm" a place."""
    words = read.gazetteer.words
    if len(piece) > 2 and piece[-1].key in ("jr", "sr"):
        return EntityType.PERSON
    if kind is EntityType.PERSON and len(piece) > 1 and piece[0].key in words["LAND_NAME"]:
        return EntityType.PLACE
    if kind is EntityType.PERSON and len(piece) > 1 and piece[0].key in words["GROUP_NAME"]:
        return EntityType.ORGANIZATION
    if kind is EntityType.ORGANIZATION and any(word.key in words["SITE_NAME"] for word in piece[1:-1]):
        return EntityType.PLACE
    if kind is EntityType.PLACE and len(piece) > 1 and piece[-1].key in words["COMPANY_NOUN"]:
        return EntityType.ORGANIZATION
    return kind


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
    rest = _rest(read.within(mention.span), inside)
    if all(_says_nothing(read, word) for word in rest):
        return True
    actors = ("GROUP_NOUN", "ASSET_NOUN")
    last, first = rest[-1], rest[0]
    national = any(m.type is EntityType.COUNTRY for m in inside)
    return national and any(singular(w.key) in read.gazetteer.words[name] for w in (first, last) for name in actors)


def _rest(piece: Sequence[Word], inside: Sequence[Mention]) -> list[Word]:
    """The words of a name outside the names that the gazetteer knows."""
    return [w for w in piece if not any(m.span.start <= w.start < m.span.end for m in inside)]


def _says_nothing(read: ReadText, word: Word) -> bool:
    classes = ("TITLE", "RANK", "NOT_NAME", "WEAPON_NAME")
    return not word.capital or word.key in read.gazetteer.surnames or read.is_in(word, *classes)


def _pieces(read: ReadText, words: Sequence[Word], kind: EntityType) -> Iterator[list[Word]]:
    """The parts of a tagged span that are names: parted at commas, lines, dashes and possessives, and cleaned."""
    piece: list[Word] = []
    for word in words:
        between = read.gap(piece[-1].end, word.start) if piece else ""
        possessive = word.key == "s" and between in ("'", "’")
        parted = any(mark in between for mark in "\n/;()") or " - " in between or " – " in between
        parted = parted or read.is_plain(word)
        listed = "," in between and word.key not in ("jr", "sr")
        if piece and (parted or listed or (possessive and kind is not EntityType.ORGANIZATION)):
            yield from _clean(read, piece, kind)
            piece = []
        if not read.is_plain(word) and not (possessive and kind is not EntityType.ORGANIZATION):
            piece.append(word)
    if piece:
        yield from _clean(read, piece, kind)


def _clean(read: ReadText, piece: Sequence[Word], kind: EntityType) -> Iterator[list[Word]]:
    left = list(piece)
    not_name = read.gazetteer.words["NOT_NAME"]
    while left and left[-1].key == "s":
        left.pop()
    while len(left) > 1 and ((left[0].key in not_name and not _begins_name(read, left)) or left[0].key == "s"):
        left.pop(0)
    while (
        len(left) > 2
        and left[1].key == "of"
        and singular(left[0].key) in read.gazetteer.words["TRANSPARENT"]
        and left[0].key.endswith("s")
    ):
        left = left[2:]
    while len(left) > 1 and not left[-1].capital and not _ends_name(read, left):
        left.pop()
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
    if len(left) == 1 and kind is not EntityType.PLACE and _is_common_word(read, left[0]):
        return
    if kind is EntityType.PERSON and any(c.isdigit() for word in left for c in word.text):
        return
    yield left


def _is_common_word(read: ReadText, word: Word) -> bool:
    """Whether a single word is an adjective ("Northeastern") or a plural that begins a sentence ("Chrysanthemums")."""
    token = read.token(word.start)
    if word.text.isupper() or read.gazetteer.senses(word.text):
        return False
    return (token.pos_ == "ADJ" and token.dep_ == "amod") or (
        token.tag_ == "NNS" and token.ent_type_ == "PERSON" and not people.starts_no_sentence(read, word)
    )


def _begins_name(read: ReadText, left: Sequence[Word]) -> bool:
    """Whether a common word is the family name "He" or an initial: "I. M. Moran"."""
    return left[0].key == "he" or read.text[left[0].start + 1 : left[0].start + 2] == "."


def _ends_name(read: ReadText, left: Sequence[Word]) -> bool:
    """Whether the last word in small letters belongs to the name: "defence ministry", "Orm province", "Jae-sun"."""
    classes = ("INSTITUTION_NOUN", "REGION_NOUN", "GROUP_NOUN", "FACTION_NOUN")
    return read.is_in(left[-1], *classes) or people.is_second_half(read, *left[-2:])


def _person(read: ReadText, left: list[Word]) -> list[Word]:
    particles = read.gazetteer.words["PARTICLE"]
    while (
        len(left) > 1
        and left[0].key not in particles
        and (
            (left[0].key in read.gazetteer.words["RANK_PREFIX"] and read.is_in(left[1], "TITLE"))
            or read.is_in(left[0], "TITLE")
            or read.is_in(left[0], "RANK")
            or not left[0].capital
            or _is_demonym(read, left[0])
        )
    ):
        left = left[1:]
    while left and not left[-1].capital and not (len(left) > 1 and people.is_second_half(read, *left[-2:])):
        left = left[:-1]
    ends = [i for i, word in enumerate(left) if i and not word.capital and not _is_inner(read, left, i)]
    left = left[: ends[0]] if ends else left
    while len(left) > 1 and singular(left[-1].key) in read.gazetteer.words["RULE_NOUN"]:
        left = left[:-1]
    mixed = any(not word.text.isupper() for word in left)
    while len(left) > 1 and mixed and left[-1].text.isupper() and len(left[-1].text) > 3:
        left = left[:-1]
    return left


def _is_inner(read: ReadText, left: Sequence[Word], i: int) -> bool:
    """Whether a word in small letters can stand inside a name: "bin", "d'", "sun" of "Jae-sun"."""
    word = left[i]
    between = read.gap(left[i - 1].end, word.start)
    return (
        word.key in read.gazetteer.words["PARTICLE"]
        or len(word.key) < 3
        or between.strip() != ""
        or word.text[0].isdigit()
    )


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
