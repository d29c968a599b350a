"""Acronyms that an article introduces: "Northern Trade Forum (NTF)", "NTF (Northern Trade Forum)", "…, or NTF,"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geograph.entities.names import Word, words_of
from geograph.entities.text import ReadText
from geograph.model import EntityType, Mention, Via

_BRACKET = " ("
_LEADS = re.compile(r" \(|,? (?:or|also known as|known as|called|abbreviated as|abbreviated) (?:the )?")
_LONGEST_LEAD = 25
_LONGEST = 8


def named(read: ReadText, names: Sequence[Mention]) -> Iterator[Mention]:
    """Every occurrence of the acronyms that the article introduces for one of its organisations."""
    bodies = (m for m in names if m.type is EntityType.ORGANIZATION and m.via is Via.NAME)
    known = {word.text for mention in bodies for word in introduced(read, mention)}
    for word in read.words if known else ():
        if word.text in known:
            yield read.mention((word,), EntityType.ORGANIZATION, Via.NAME)


def introduced(read: ReadText, mention: Mention) -> Iterator[Word]:
    """The acronyms introduced for a name where it stands; none that is also the name of a country or person."""
    for word in (_after(read, mention), _before(read, mention)):
        senses = read.gazetteer.senses(word.text) if word is not None else ()
        if word is not None and all(read.gazetteer.entities[s.key].type is EntityType.ORGANIZATION for s in senses):
            yield word


def _after(read: ReadText, mention: Mention) -> Word | None:
    end = mention.span.end
    lead = _LEADS.match(read.text, end, end + _LONGEST_LEAD)
    i = read.index(lead.end()) if lead is not None else len(read.words)
    if lead is None or i >= len(read.words) or read.words[i].start != lead.end() or not _is_acronym(read.words[i]):
        return None
    word = read.words[i]
    if lead.group() == _BRACKET:
        if read.text[word.end : word.end + 1] != ")":
            return None
        if mention.type is EntityType.ORGANIZATION and len(read.within(mention.span)) > 1:
            return word
    return word if _abbreviates(word, mention) else None


def _before(read: ReadText, mention: Mention) -> Word | None:
    word = read.before(mention.span)
    if word is None or read.gap(word.end, mention.span.start).removesuffix("the ") != _BRACKET:
        return None
    closed = read.text[mention.span.end : mention.span.end + 1] == ")"
    return word if closed and _is_acronym(word) and _abbreviates(word, mention) else None


def _is_acronym(word: Word) -> bool:
    plain = word.text.replace(".", "")
    return 1 < len(plain) <= _LONGEST and plain[0].isalpha() and plain.isupper()


def _abbreviates(acronym: Word, mention: Mention) -> bool:
    """Whether most letters of an acronym are the initials of a name, in their order."""
    plain = acronym.text.replace(".", "")
    initials = "".join(word.text[0] for word in words_of(mention.text) if word.capital)
    rest = iter(initials)
    return plain[0] == initials[:1] and sum(letter in rest for letter in plain) * 2 > len(plain)
