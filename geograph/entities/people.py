"""Names of persons: after a title, and the short forms by which an article goes on calling someone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from geograph.entities.names import Word, fold
from geograph.entities.text import ReadText
from geograph.entities.things import is_thing
from geograph.model import EntityType, Mention, Via

LONGEST_NAME = 6
_PARTING = frozenset("–/&+")
_QUOTES = "\"“”‘’'"


def titled(read: ReadText, known: Sequence[Mention]) -> Iterator[Mention]:
    """The capitalised names beside a title, and those that begin with a common first name.

    "President Tomas Rucaray", "President of Peru Ada Moran", "He Wenlan, a spokeswoman", "Ada Moran".
    """
    others = {m.span.start for m in known if m.type is not EntityType.PERSON}
    countries = {m.span.start: m for m in known if m.type is EntityType.COUNTRY}
    for i, word in enumerate(read.words[:-1]):
        is_title = read.is_in(word, "TITLE")
        if is_title and not word.key.endswith("s"):
            start = _after_office(read, i, countries)
            name = _name_from(read, start) if start is not None else []
            if name and not read.is_in(name[0], "TITLE") and not is_thing(read, name):
                yield read.mention(name, EntityType.PERSON, Via.NAME)
        if not word.capital:
            continue
        before = read.words[i - 1] if i else None
        inner = before is not None and before.capital and not read.is_in(before, "TITLE") and read.joined(i - 1)
        if not is_title and not inner:
            name = _name_from(read, i)
            if len(name) > 1 and (
                _is_described(read, name) or _is_called(read, name, others) or _is_korean(read, name)
            ):
                yield read.mention(name, EntityType.PERSON, Via.NAME)


def _after_office(read: ReadText, i: int, countries: dict[int, Mention]) -> int | None:
    """The number of the word where the name after a title begins, over "of" and a country."""
    if read.joined(i):
        following = read.words[i + 1]
        if following.key not in ("of", "to", "for"):
            return i + 1
        j = i + 2
        if j < len(read.words) and read.words[j].key == "the":
            j += 1
        country = countries.get(read.words[j].start) if j < len(read.words) else None
        if country is not None:
            end = read.index(country.span.end)
            return end if end < len(read.words) and read.joined(end - 1) else None
    return None


def _is_described(read: ReadText, name: Sequence[Word]) -> bool:
    """Whether a title follows in apposition: ", a spokeswoman for", ", the Danish minister"."""
    i = read.index(name[-1].end)
    edge = name[-1].end
    for k, word in enumerate(read.words[i : i + 5]):
        if read.gap(edge, word.start) != (", " if k == 0 else " ") or (k == 0 and word.key not in ("a", "an", "the")):
            return False
        if read.is_in(word, "TITLE"):
            return True
        edge = word.end
    return False


def _is_korean(read: ReadText, name: Sequence[Word]) -> bool:
    """Whether a family name stands before a given name of two halves: "Hwang In-kyu"."""
    return (
        len(name) == 3
        and name[0].key in read.gazetteer.words["SURNAME_FIRST"]
        and is_second_half(read, name[1], name[2])
        and not name[2].capital
    )


def _is_called(read: ReadText, name: Sequence[Word], others: set[int]) -> bool:
    """Whether the first word is a common first name, and nothing says that the whole is a place or an organisation."""
    if not read.is_in(name[0], "MALE_NAME", "FEMALE_NAME"):
        return False
    tokens = [read.token(word.start) for word in name]
    if any(token.pos_ != "PROPN" for token in tokens) or any(word.start in others for word in name):
        return False
    return any(token.ent_type_ in ("", "PERSON") for token in tokens)


def _name_from(read: ReadText, i: int) -> list[Word]:
    """The capitalised words from word `i` on, with particles between them; none if one of them is no part of a name."""
    found: list[Word] = []
    particles = read.gazetteer.words["PARTICLE"]
    for j in range(i, min(i + LONGEST_NAME, len(read.words))):
        word = read.words[j]
        if (found and not read.joined(j - 1)) or read.is_plain(word):
            break
        if found and set(read.gap(found[-1].end, word.start)) & _PARTING:
            break
        if (
            (word.capital and not word.text.isupper())
            or (len(word.text) == 1 and word.capital)
            or (len(word.text) == 2 and word.text.isupper() and not read.gazetteer.senses(word.text))
            or (word.key in particles and (found or j == i))
            or (found and is_second_half(read, found[-1], word))
        ):
            found.append(word)
        else:
            break
    while found and not found[-1].capital and not (len(found) > 1 and is_second_half(read, found[-2], found[-1])):
        found.pop()
    if not found:
        return []
    surname_first = len(found) > 1 and found[0].key in read.gazetteer.words["SURNAME_FIRST"]
    common = ("INSTITUTION_NOUN", "NOT_NAME", "GROUP_NOUN", "REGION_NOUN", "CITY_NOUN")
    telling = found[2:] if surname_first and _is_korean(read, found) else found[surname_first:]
    if any(read.is_in(word, *common) for word in telling):
        return []
    if any(sense.role != "name" for sense in read.gazetteer.senses(found[0].text)):
        return []
    return found


def is_second_half(read: ReadText, first: Word, word: Word) -> bool:
    """Whether a word in small letters ends a given name: "sun" of "Jae-sun", not "led" of "Moran-led"."""
    hyphened = read.gap(first.end, word.start) == "-" and word.text.isalpha()
    return hyphened and first.capital and word.key not in read.gazetteer.words["HYPHENED"]


def short_forms(read: ReadText, names: Sequence[Mention], known: Sequence[Mention]) -> Iterator[Mention]:
    """The surnames and other ends of full names of this article, and surnames that only one well-known person bears."""
    forms = _forms(read, names)
    countries = {m.span.end for m in known if m.type is EntityType.COUNTRY}
    taken = [False] * len(read.words)
    sure = {m.span for m in known}
    for mention in names:
        first = read.index(mention.span.start)
        strong = mention.type is EntityType.PERSON or len(read.within(mention.span)) > 1 or mention.span in sure
        for k in range(first, first + len(read.within(mention.span))):
            taken[k] = taken[k] or strong
    for mention in _namesakes(read, forms, known):
        taken[read.index(mention.span.start)] = False
    i = 0
    surnames = read.gazetteer.surnames
    while i < len(read.words):
        key = read.words[i].key
        form = () if taken[i] or (key not in forms and key not in surnames) else _form_at(read, forms, i, countries)
        if form:
            yield read.mention(form, EntityType.PERSON, Via.NAME)
        i += max(1, len(form))


def _namesakes(read: ReadText, forms: Mapping[str, set[tuple[str, ...]]], known: Sequence[Mention]) -> list[Mention]:
    """The one-word names of countries that are surnames here, nothing else in the article speaking of the country."""
    single = [m for m in known if m.type is EntityType.COUNTRY and (fold(m.text),) in forms.get(fold(m.text), ())]
    return [m for m in single if not any(o.text != m.text and _same(read, m, o) for o in known) and not _owns(read, m)]


def _same(read: ReadText, left: Mention, right: Mention) -> bool:
    meant = {sense.key for sense in read.gazetteer.senses(left.text)}
    return any(sense.key in meant for sense in read.gazetteer.senses(right.text))


def _owns(read: ReadText, mention: Mention) -> bool:
    """Whether an office or body of the country follows: "Chad's leader"."""
    i = read.index(mention.span.end)
    following = read.words[i : i + 3] if read.text[mention.span.end : mention.span.end + 1] in ("'", "’") else ()
    return any(read.is_in(word, "TITLE", "INSTITUTION_NOUN", "GROUP_NOUN") for word in following)


def _forms(read: ReadText, names: Sequence[Mention]) -> dict[str, set[tuple[str, ...]]]:
    """Short forms by their first word."""
    found: dict[str, set[tuple[str, ...]]] = {}
    first_names = read.gazetteer.words["SURNAME_FIRST"]
    for mention in names:
        if mention.type is not EntityType.PERSON:
            continue
        name = tuple(word.key for word in read.within(mention.span))
        if len(name) > 2 and name[-1] in ("jr", "sr"):
            name = name[:-1]
        if len(name) < 2:
            continue
        for start in range(1, len(name)):
            if len(name[start]) > 1:
                found.setdefault(name[start], set()).add(name[start:])
        if len(name) <= 3 and (name[0] in first_names or is_given(read, name[-1]) > is_given(read, name[0])):
            found.setdefault(name[0], set()).add(name[:1])
    return found


def is_given(read: ReadText, word: str) -> bool:
    """Whether a word is a common given name."""
    return word in read.gazetteer.words["MALE_NAME"] or word in read.gazetteer.words["FEMALE_NAME"]


def _form_at(read: ReadText, forms: dict[str, set[tuple[str, ...]]], i: int, countries: set[int]) -> tuple[Word, ...]:
    word = read.words[i]
    for form in sorted(forms.get(word.key, ()), key=len, reverse=True):
        piece = read.words[i : i + len(form)]
        if (
            tuple(w.key for w in piece) == form
            and piece[-1].capital
            and all(read.joined(k) for k in range(i, i + len(form) - 1))
        ) and _can_be_name(read, piece):
            return piece
    holders = read.gazetteer.surnames.get(word.key, ())
    if holders and word.capital and i > 1 and read.words[i - 1].key == "s" and read.words[i - 2].end in countries:
        return (word,)
    if (
        len(holders) == 1
        and word.capital
        and word.key not in read.gazetteer.words["COMMON_SURNAME"]
        and len(word.text) > 3
    ):
        token = read.token(word.start)
        if token.pos_ == "PROPN" and not word.text.isupper():
            return (word,)
    return ()


def _can_be_name(read: ReadText, piece: Sequence[Word]) -> bool:
    """Whether the words are a name here: "He" as a surname only in the middle of a sentence."""
    word = piece[-1]
    if len(piece) > 1 or word.key not in read.gazetteer.words["NOT_NAME"]:
        token = read.token(word.start)
        return word.capital and (token.pos_ == "PROPN" or token.ent_type_ != "" or len(word.text) > 3)
    return word.capital and starts_no_sentence(read, word)


def starts_no_sentence(read: ReadText, word: Word) -> bool:
    """Whether a capital letter at this word is not owed to the beginning of a sentence, line or quotation."""
    before = read.text[max(0, word.start - 4) : word.start]
    if before[-1:] in _QUOTES:
        return False
    plain = before.rstrip(" ").rstrip(_QUOTES)
    return bool(plain) and plain[-1] not in ".!?:\n—–-"
