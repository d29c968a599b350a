"""Words of a text, and finding known names among them: whole words only, never a part of one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from hashlib import sha256
from typing import NamedTuple

# Initials with their dots ("U.S.", "J.D.") are one word, and so is "OPEC+"; an apostrophe or hyphen parts words.
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:(?<=[A-Z]{2})\+(?!\w))?")
_GAP = re.compile(r"[ \u00a0]?['’ʼ‘\-‐‑–./&+]?[ \u00a0]?\Z|, \Z")  # noqa: RUF001
_LOWER_STARTS = frozenset({"al", "el", "dpa"})
# Letters that Unicode does not take apart into a plain letter and an accent.
_PLAIN = {
    **{"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ħ": "h", "ŧ": "t"},
    **{"ŋ": "ng", "\u0131": "i", "ə": "a"},
}
_CAPITALS = {letter.upper(): plain.capitalize() for letter, plain in _PLAIN.items() if len(letter.upper()) == 1}
_LETTERS = str.maketrans({**_CAPITALS, **_PLAIN, "\u1e9e": "SS"})


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """The text for comparison: without case, accents and dots.

    >>> fold("Vučić"), fold("U.S.")
    ('vucic', 'us')
    """
    if text.isascii():
        return text.casefold().replace(".", "")
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold().replace(".", "")


def ascii_form(name: str) -> str:
    """The name without accents, its case kept.

    >>> ascii_form("Wŏnsan"), ascii_form("Østerlund")
    ('Wonsan', 'Osterlund')
    """
    decomposed = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def slug(name: str) -> str:
    """The name as part of a key: ASCII letters, digits, `_`, `-` and `.`; a hash where nothing else is left.

    >>> slug("Kassym-Jomart Tokayev"), slug("Côte d’Ivoire")
    ('Kassym-Jomart_Tokayev', 'Cote_dIvoire')
    """
    ascii_only = re.sub(r"[^A-Za-z0-9 _-]", "", ascii_form(name))
    letters = sum(c.isalnum() for c in name)
    plain = "_".join(ascii_only.split())
    if sum(c.isalnum() for c in plain) * 2 >= letters and plain:
        return plain
    return f"{plain}{'-' if plain else ''}{sha256(name.encode()).hexdigest()[:8]}"


class Word(NamedTuple):
    """A word of a text: as written, folded for comparison, where it stands, whether it begins with a capital letter."""

    text: str
    key: str
    start: int
    end: int
    capital: bool


# Finding mentions and resolving them ask for the words of the same article, one after the other.
@lru_cache(maxsize=1)
def words(text: str) -> tuple[Word, ...]:
    """The words of a text in order."""
    return _split(text)


@lru_cache(maxsize=8192)
def words_of(name: str) -> tuple[Word, ...]:
    """The words of a name; an article asks for those of one name many times."""
    return _split(name)


def _split(text: str) -> tuple[Word, ...]:
    return tuple([Word(found := m.group(), fold(found), *m.span(), found[0].isupper()) for m in _WORD.finditer(text)])


def keys(name: str) -> tuple[str, ...]:
    """The folded words of a name.

    >>> keys("Al-Qa'ida")
    ('al', 'qa', 'ida')
    """
    return tuple([word.key for word in words_of(name)])


def joined(text: str, left: Word, right: Word) -> bool:
    """Whether two neighbouring words can belong to one name, by the space, comma, hyphen or the like between them."""
    return right.start - left.end <= 3 and _GAP.match(text[left.end : right.start]) is not None


class Sense(NamedTuple):
    """What a form can mean: an entity's key, the role of the form (name, demonym, people, seat) and the form itself."""

    key: str
    role: str
    form: str


class Match(NamedTuple):
    """A known form found in a text: first and last word (inclusive) and the senses that fit."""

    first: int
    last: int
    senses: tuple[Sense, ...]


@dataclass
class NameIndex:
    """Known forms by their first word. Filled once, then only read."""

    _forms: dict[str, dict[tuple[str, ...], list[Sense]]] = field(default_factory=dict)
    _longest: dict[str, int] = field(default_factory=dict)
    _seconds: dict[str, set[str]] = field(default_factory=dict)

    def add(self, form: str, key: str, role: str) -> tuple[str, ...]:
        """The folded words of a form, which is known from now on."""
        folded = tuple(map(fold, _WORD.findall(form)))
        if folded:
            self._longest[folded[0]] = max(len(folded), self._longest.get(folded[0], 0))
            self._seconds.setdefault(folded[0], set()).update(folded[1:2])
            senses = self._forms.setdefault(folded[0], {}).setdefault(folded, [])
            if (sense := Sense(key, role, form)) not in senses:
                senses.append(sense)
        return folded

    def senses(self, name: str) -> tuple[Sense, ...]:
        """What a whole name can mean, by the case of its letters too."""
        written = words_of(name)
        folded = tuple([word.key for word in written])
        found = self._forms.get(folded[0], {}).get(folded, ()) if folded else ()
        return tuple(sense for sense in found if _case_fits(_cases(sense.form), written))

    def matches(self, text: str, among: Sequence[Word]) -> Iterator[Match]:
        """The known forms in a text, leftmost and longest first, none overlapping."""
        i = 0
        while i < len(among):
            match = self._at(text, among, i) if among[i].key in self._forms else None
            if match is not None:
                yield match
                i = match.last
            i += 1

    def _at(self, text: str, among: Sequence[Word], i: int) -> Match | None:
        forms = self._forms[among[i].key]
        if not (among[i].capital or among[i].text[0].isdigit() or among[i].key in _LOWER_STARTS):
            return None
        longest, limit = 1, min(12, self._longest[among[i].key], len(among) - i)
        if limit > 1 and among[i + 1].key not in self._seconds[among[i].key]:
            limit = 1
        while longest < limit and joined(text, among[i + longest - 1], among[i + longest]):
            longest += 1
        for length in range(longest, 0, -1):
            piece = among[i : i + length]
            senses = forms.get(tuple(word.key for word in piece))
            fitting = tuple(sense for sense in senses or () if _case_fits(_cases(sense.form), piece))
            if fitting:
                return Match(i, i + length - 1, fitting)
        return None


@cache
def _cases(form: str) -> tuple[str | None, ...]:
    """How the words of a form must be written; worked out when the form is first met, as most never are."""
    return tuple(_case(word) for word in _split(form))


def _case(word: Word) -> str | None:
    """How a word of a form must be written: as it is with inner capitals, "A" for a capital, None for any case."""
    letters = word.text.replace(".", "")
    if any(c.isupper() for c in letters[1:]):
        return letters
    return "A" if word.capital else None


def _case_fits(cases: Sequence[str | None], found: Sequence[Word]) -> bool:
    """Whether the found words have capitals where the form has them; an acronym or "LeT" must be written as it is."""
    for case, word in zip(cases, found, strict=True):
        if case is None:
            continue
        if not word.capital:
            return False
        if len(case) > 1:
            given = word.text.replace(".", "")
            if given != case and not given.isupper():
                return False
    return True
