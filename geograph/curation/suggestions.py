"""Entities that are likely one and the same: by ids, names, initials, acronyms and spelling, and by their company.

Only entities that share a block (an id, a rare word of a name, its sound, an acronym) are compared, so that time grows
with their number and not with its square.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations

from rapidfuzz import fuzz

from geograph.curation.curation import Curation
from geograph.entities.names import fold, keys
from geograph.model import Entity, EntityType, Fact

LEAST_SCORE = 0.75
LARGEST_BLOCK = 60
"""A word that more entities share ("ministry", "Ivanov") tells nothing; a rarer word of their names must be shared."""

_SAME_WORD = 82.0
"""Least likeness (rapidfuzz ratio) of every word of two names that are spelt alike: "Northern", "Southern" have 75."""

_SAME_SOUND = 60.0
"""Least likeness of two words that sound alike: "Qadhafi" and "Kaddafi" have 71, "Annan" and "Aoun" 44."""

_NAMESAKES = (EntityType.PLACE, EntityType.COUNTRY)
# How the romanisations of one sound differ, the longest first; what is left of a vowel is its place.
_SOUNDS = (
    *(("shch", "s"), ("sch", "s"), ("tch", "c"), ("dzh", "j"), ("kh", "h"), ("gh", "g"), ("zh", "j"), ("sh", "s")),
    *(("ch", "c"), ("ts", "c"), ("tz", "c"), ("ph", "f"), ("th", "t"), ("dj", "j"), ("ck", "k"), ("qu", "k")),
    *(("q", "k"), ("x", "ks"), ("w", "v"), ("y", ""), ("j", "y")),
)
_VOWELS = re.compile(r"[aeiou']+")
_REPEATED = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two entities that may be one: the one to keep, the other, how likely (0 to 1), and why."""

    keep: Entity
    merge: Entity
    score: float
    reasons: tuple[str, ...]


def suggestions(entities: Iterable[Entity], facts: Iterable[Fact], curation: Curation) -> list[Suggestion]:
    """Pairs of entities that are likely the same, the likeliest first; none of those said to be distinct.

    Two with different Wikidata or GeoNames ids, of different known countries or in one fact with each other are taken
    for different ones.
    """
    described = {entity.key: _Described(entity) for entity in sorted(entities)}
    company = _company(facts)
    together = {frozenset((key, other)) for key, around in company.items() for other in around.neighbours}
    found = []
    for pair in sorted(_pairs(described.values())):
        if frozenset(pair) in together or curation.are_distinct(*pair):
            continue
        one, other = (described[key] for key in pair)
        suggestion = _compared(one, other, company.get(pair[0], _ALONE), company.get(pair[1], _ALONE))
        if suggestion is not None:
            found.append(suggestion)
    return sorted(found, key=lambda each: (-each.score, each.keep.key, each.merge.key))


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """How a word sounds, roughly, in whatever romanisation: its consonants, and whether it begins with a vowel.

    >>> sound("Zelenskyy"), sound("Zelensky"), sound("Qadhafi"), sound("Kaddafi")
    ('zlnsk', 'zlnsk', 'kdf', 'kdf')
    """
    folded = fold(word).replace("dh", "d")
    for letters, simple in _SOUNDS:
        folded = folded.replace(letters, simple)
    start = "a" if _VOWELS.match(folded) else ""
    return start + _REPEATED.sub(r"\1", _VOWELS.sub("", folded))


class _Described:
    """An entity with what is compared of it."""

    def __init__(self, entity: Entity) -> None:
        self.entity = entity

    @cached_property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """The folded words of its names, the label first."""
        found = (keys(name) for name in (self.entity.label, *self.entity.aliases))
        return tuple(dict.fromkeys(name for name in found if name))

    @cached_property
    def full_names(self) -> tuple[tuple[str, ...], ...]:
        """The names that are no mere surname; all where there is no other."""
        return tuple(name for name in self.names if len(name) > 1) or self.names

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """Those of its names that are acronyms, folded."""
        names = (name for name in (self.entity.label, *self.entity.aliases) if name.replace(".", "").isupper())
        return frozenset(fold(name) for name in names if " " not in name and 2 < len(fold(name)) < 9)

    @cached_property
    def initials(self) -> frozenset[str]:
        """The acronyms that its longer names would have."""
        small = ("of", "the", "and", "for", "de", "la", "du", "des")
        words = ([word for word in name if word not in small] for name in self.names)
        return frozenset("".join(word[0] for word in name) for name in words if len(name) > 2)

    def spelt(self, names: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """Those of the names whose spelling can vary: no acronyms, of which a letter makes another body."""
        return [name for name in names if len(name) > 1 or name[0] not in self.acronyms]

    def ids(self, scheme: str) -> frozenset[str]:
        """Its identifiers of one scheme."""
        return frozenset(each for each in self.entity.identifiers if each.startswith(f"{scheme}:"))


@dataclass
class _Company:
    """Whom an entity has facts with, which offices it holds, and how many facts it has."""

    neighbours: set[str]
    offices: set[tuple[str, str]]
    facts: int = 0


_ALONE = _Company(set(), set())


def _company(facts: Iterable[Fact]) -> dict[str, _Company]:
    found: dict[str, _Company] = {}
    for fact in facts:
        for key, other in ((fact.subject, fact.object), (fact.object, fact.subject)):
            around = found.setdefault(key, _Company(set(), set()))
            around.neighbours.add(other)
            around.facts += 1
        if fact.item is not None:
            found[fact.subject].offices.add((fact.object, fold(fact.item)))
    return found


def _pairs(described: Iterable[_Described]) -> set[tuple[str, str]]:
    blocks: dict[tuple[str, str], set[str]] = {}
    for each in described:
        for block in _blocks(each):
            blocks.setdefault(block, set()).add(each.entity.key)
    return {pair for keys in blocks.values() if len(keys) <= LARGEST_BLOCK for pair in combinations(sorted(keys), 2)}


def _blocks(each: _Described) -> Iterator[tuple[str, str]]:
    for identifier in each.entity.identifiers:
        yield "id", identifier
    for acronym in each.acronyms | each.initials:
        yield "acronym", acronym
    for name in each.names:
        yield "name", " ".join(name)
        yield "sound", " ".join(sorted(map(sound, name)))
        if each.entity.type is not EntityType.PERSON:
            yield from (("word", word) for word in name if len(word) > 2)
        elif len(name) > 1:
            yield "first and last", f"{name[0]} {name[-1][0]}"
            yield "last and first", f"{sound(name[-1])} {name[0][0]}"
        if each.entity.type is EntityType.PERSON:
            yield "last", sound(name[-1])


def _compared(one: _Described, other: _Described, around: _Company, about: _Company) -> Suggestion | None:
    if _are_different(one, other):
        return None
    score, reason = _likeness(one, other)
    a, b = one.entity, other.entity
    if a.type is not b.type and score < 1:
        return None
    if score < 0.6:
        return None
    reasons = [reason]
    if a.type is not b.type:
        reasons.append(f"one read as {a.type}, the other as {b.type}")
        score -= 0.1
    if a.country and a.country == b.country:
        reasons.append(f"both of {a.country}")
        score += 0.05
    if shared := around.offices & about.offices:
        reasons.append(f"both {min(shared)[1]} of {min(shared)[0]}")
        score += 0.15
    if common := len(around.neighbours & about.neighbours):
        reasons.append("1 neighbour in common" if common == 1 else f"{common} neighbours in common")
        score += min(0.04 * common, 0.12)
    score = round(min(score, 0.99), 2)
    if score < LEAST_SCORE:
        return None
    keep, merge = sorted((a, b), key=lambda e: _importance(e, around.facts if e is a else about.facts))
    return Suggestion(keep, merge, score, tuple(reasons))


def _importance(entity: Entity, facts: int) -> tuple[bool, int, int, str]:
    """Which of two stays: the one that others know too, then the one that more is told of, the longer name, the key."""
    return not entity.identifiers, -facts, -len(entity.label), entity.key


def _are_different(one: _Described, other: _Described) -> bool:
    a, b = one.entity, other.entity
    for scheme in ("wikidata", "geonames", "iso3166"):
        mine, others = one.ids(scheme), other.ids(scheme)
        if mine and others and not mine & others:
            return True
    if a.country and b.country and a.country != b.country:
        return True
    # Places share names all over the world: without a common id only the same country tells.
    if a.type in _NAMESAKES or b.type in _NAMESAKES:
        return a.type is not b.type or a.country is None or a.country != b.country
    return False


def _likeness(one: _Described, other: _Described) -> tuple[float, str]:
    """How alike ids and names are, 0 to 1, and in what."""
    if shared := set(one.entity.identifiers) & set(other.entity.identifiers):
        return 1.0, f"both are {min(shared)}"
    persons = one.entity.type is EntityType.PERSON and other.entity.type is EntityType.PERSON
    mine, others = (one.full_names, other.full_names) if persons else (one.names, other.names)
    if common := set(mine) & set(others):
        name = max(common, key=lambda words: (len(words), words))
        # "RSF" is what several bodies are called for short, "Moran" what several people are.
        sure = len(name) > 1 or mine[0] == others[0]
        return (1.0 if sure else 0.7), f"both called {' '.join(name)}"
    best = (0.0, "")
    if one.acronyms & other.initials or other.acronyms & one.initials:
        best = (0.72, "one is the other's acronym")
    alike = _alike_persons if persons else _spelt_alike
    return max(best, *(alike(name, called) for name in one.spelt(mine) for called in other.spelt(others)), best)


def _alike_persons(one: Sequence[str], other: Sequence[str]) -> tuple[float, str]:
    if _initials_fit(one, other) or _initials_fit(other, one):
        return 0.8, "initials fit"
    short, long = sorted((one, other), key=len)
    if len(one) != len(other) and len(short) > 1 and not Counter(short) - Counter(long) and short[-1] == long[-1]:
        return (0.85 if short[0] == long[0] else 0.72), "one name is within the other"
    if len(short) == 1 < len(long) and len(short[0]) > 2 and short[0] in (long[-1], long[0]):
        return 0.62, "one is a part of the other's name"
    if one[-1] == other[-1] and min(len(one), len(other)) > 1 and _is_short_for(one[0], other[0]):
        return 0.72, "one's first name is short for the other's"
    if sorted(one) == sorted(other):
        return 0.88, "the same names in another order"
    return _spelt_alike(one, other)


def _is_short_for(one: str, other: str) -> bool:
    """Whether one first name is the beginning of the other: "Luc", "Lucien"; three letters at least."""
    short, long = sorted((one, other), key=len)
    return len(short) > 2 and long.startswith(short)


def _spelt_alike(one: Sequence[str], other: Sequence[str]) -> tuple[float, str]:
    """How alike two names of as many words are, word by word; "al Qaeda" and "Alqaeda" are the same."""
    if "".join(one) == "".join(other):
        return 0.95, "the same name in other words"
    if len(one) != len(other):
        return 0.0, ""
    least = min(fuzz.ratio(a, b) for a, b in zip(one, other, strict=True))
    if least >= _SAME_SOUND and list(map(sound, one)) == list(map(sound, other)) and len("".join(map(sound, one))) > 2:
        return 0.55 + 0.004 * least, "the names sound the same"
    if least >= _SAME_WORD and len("".join(one)) > 6:
        return 0.45 + 0.004 * least, "the names are spelt alike"
    return 0.0, ""


def _initials_fit(short: Sequence[str], full: Sequence[str]) -> bool:
    """Whether a name is the other with first names cut to initials: "L. Tavernier", "J.D. Vance"."""
    if len(short) < 2 or len(full) < 2 or short[-1] != full[-1]:
        return False
    given = short[:-1]
    letters = list("".join(given))
    cut = len(letters) <= 3 and (len(given) == len(letters) or len(given) == 1)
    return cut and letters == [word[0] for word in full[: len(letters)]] and len(full) > len(letters)
