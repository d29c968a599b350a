"""Names of persons: after a title, and the short forms by which an article goes on calling someone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geograph.entities.names import Word
from geograph.entities.text import ReadText
from geograph.model import EntityType, Mention, Via

LONGEST_NAME = 6


def titled(read: ReadText) -> Iterator[Mention]:
    """The capitalised names that follow a title: "President Joseph Boakai", "spokeswoman He Yongqian"."""
    for i, word in enumerate(read.words[:-1]):
        if not read.is_in(word, "TITLE") or word.key.endswith("s") or not read.joined(i):
            continue
        name = _name_from(read, i + 1)
        if name and not read.is_in(name[0], "TITLE"):
            yield read.mention(name, EntityType.PERSON, Via.NAME)


def _name_from(read: ReadText, i: int) -> list[Word]:
    """The capitalised words from word `i` on, with particles between them; none if one of them is no part of a name."""
    found: list[Word] = []
    particles = read.gazetteer.words["PARTICLE"]
    for j in range(i, min(i + LONGEST_NAME, len(read.words))):
        word = read.words[j]
        if found and not read.joined(j - 1):
            break
        if (
            (word.capital and not word.text.isupper())
            or (len(word.text) == 1 and word.capital)
            or word.text == "JD"
            or (word.key in particles and (found or j == i))
        ):
            found.append(word)
        else:
            break
    while found and not found[-1].capital:
        found.pop()
    common = ("INSTITUTION_NOUN", "NOT_NAME", "GROUP_NOUN", "REGION_NOUN", "CITY_NOUN")
    if not found or any(read.is_in(word, name) for word in found for name in common if word.key != "he"):
        return []
    if any(sense.role != "name" for sense in read.gazetteer.senses(found[0].text)):
        return []
    return found


def short_forms(read: ReadText, names: Sequence[Mention], known: Sequence[Mention]) -> Iterator[Mention]:
    """The surnames and other ends of full names of this article, and surnames that only one well-known person bears."""
    forms = _forms(read, names)
    taken = [False] * len(read.words)
    sure = {m.span for m in known}
    for mention in names:
        first = read.index(mention.span.start)
        strong = mention.type is EntityType.PERSON or len(read.within(mention.span)) > 1 or mention.span in sure
        for k in range(first, first + len(read.within(mention.span))):
            taken[k] = taken[k] or strong
    i = 0
    while i < len(read.words):
        form = () if taken[i] else _form_at(read, forms, i)
        if form:
            yield read.mention(form, EntityType.PERSON, Via.NAME)
        i += max(1, len(form))


def _forms(read: ReadText, names: Sequence[Mention]) -> dict[str, set[tuple[str, ...]]]:
    """Short forms by their first word."""
    found: dict[str, set[tuple[str, ...]]] = {}
    first_names = read.gazetteer.words["SURNAME_FIRST"]
    for mention in names:
        if mention.type is not EntityType.PERSON:
            continue
        name = tuple(word.key for word in read.within(mention.span))
        if len(name) < 2:
            continue
        for start in range(1, len(name)):
            if len(name[start]) > 1:
                found.setdefault(name[start], set()).add(name[start:])
        if name[0] in first_names and len(name) <= 3:
            found.setdefault(name[0], set()).add(name[:1])
    return found


def _form_at(read: ReadText, forms: dict[str, set[tuple[str, ...]]], i: int) -> tuple[Word, ...]:
    word = read.words[i]
    for form in sorted(forms.get(word.key, ()), key=len, reverse=True):
        piece = read.words[i : i + len(form)]
        if (
            tuple(w.key for w in piece) == form
            and piece[-1].capital
            and all(read.joined(k) for k in range(i, i + len(form) - 1))
        ):
            if _can_be_name(read, piece):
                return piece
    holders = read.gazetteer.surnames.get(word.key, ())
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
    """Whether the words are a name here: a surname that is also a common word counts only in the middle of a sentence."""
    word = piece[-1]
    if len(piece) > 1 or word.key not in read.gazetteer.words["NOT_NAME"]:
        token = read.token(word.start)
        return word.capital and (token.pos_ == "PROPN" or token.ent_type_ != "" or len(word.text) > 3)
    return word.capital and starts_no_sentence(read, word)


def starts_no_sentence(read: ReadText, word: Word) -> bool:
    """Whether a capital letter at this word is not owed to the beginning of a sentence, line or quotation."""
    before = read.text[max(0, word.start - 3) : word.start].rstrip(" ")
    return bool(before) and before[-1] not in ".!?:\n\"“”‘’'—–-"
