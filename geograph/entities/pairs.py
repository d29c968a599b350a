"""Nouns and numbers that mean several actors spoken of before: "the two leaders", "both countries", "the pair"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from geograph.entities.discourse import Discourse, Said, conjuncts
from geograph.entities.subjects import clause_subject
from geograph.entities.text import singular
from geograph.model import EntityType, Mention, Span, Via

if TYPE_CHECKING:
    from geograph.syntax import Token

_REACH = 4
_COUNTS = {"PAIR_WORD": 2, "TRIO_WORD": 3, "QUARTET_WORD": 4}
_POINTERS = frozenset({"the", "these", "those", "all"})

Fits = Callable[[Said], bool]


def pair(discourse: Discourse, token: Token) -> Iterator[Mention]:
    """The mentions that a plural noun with "the two", "both" or "the" makes, one for each actor."""
    words = discourse.read.gazetteer.words
    lemma = "man" if token.lower_ == "men" else singular(token.lower_)
    left = {child.lower_ for child in token.lefts}
    counts = [_count(discourse, word) for word in left - _POINTERS]
    count = counts[0] if len(counts) == 1 and counts[0] is not None else None
    persons = lemma in words["PERSON_NOUN"] or lemma in ("man", "woman")
    if count is None and left != {"the"}:
        return
    if count is None and not (lemma in words["FACING_NOUN"] or (persons and lemma in words["LEADER_TITLE"])):
        return
    if lemma not in words["PAIR_NOUN"] or any(child.dep_ in ("prep", "relcl", "acl") for child in token.rights):
        return
    found = _persons(discourse, token, lemma, count) if persons else _countries(discourse, token, count or 2)
    yield from _mentions(discourse, token, found, count or 2)


def bare(discourse: Discourse, token: Token) -> Iterator[Mention]:
    """The mentions of "the two", "the pair" and "the three" without a noun: as many persons, else countries."""
    count = _count(discourse, token.lower_)
    if count is None or [child.lower_ for child in token.lefts] != ["the"]:
        return
    if any(child.dep_ in ("prep", "relcl", "acl", "amod") for child in token.rights):
        return
    found = _several(discourse, token, lambda said: discourse.type_of(said.key) is EntityType.PERSON, count, reach=1)
    if len(found) != count:
        found = _countries(discourse, token, count, reach=1)
    yield from _mentions(discourse, token, found, count)


def _count(discourse: Discourse, word: str) -> int | None:
    """How many a word means: two of "both"."""
    return next((n for name, n in _COUNTS.items() if word in discourse.read.gazetteer.words[name]), None)


def _mentions(discourse: Discourse, token: Token, found: list[str], count: int) -> Iterator[Mention]:
    if len(found) == count:
        first = min(child.idx for child in token.lefts)
        for key in sorted(found):
            kind = discourse.type_of(key)
            yield discourse.read.at(Span(first, token.idx + len(token.text)), kind, Via.NOMINAL, key)


def _persons(discourse: Discourse, token: Token, lemma: str, count: int | None) -> list[str]:
    own = clause_subject(discourse, token)
    teller = own.head.head if own is not None and own.i == token.i and own.head.dep_ == "ccomp" else None
    barred = {key for child in (teller.lefts if teller is not None else ()) for key in discourse.at(child)}

    def person(said: Said) -> bool:
        return discourse.type_of(said.key) is EntityType.PERSON and said.key not in barred

    def fits(said: Said) -> bool:
        if not person(said):
            return False
        titles = discourse.cast.title_words(said.key)
        leading = titles & discourse.read.gazetteer.words["LEADER_TITLE"]
        return (
            lemma in titles
            or (lemma == "leader" and bool(leading))
            or (count is not None and lemma not in discourse.read.gazetteer.words["LEADER_TITLE"])
        )

    strict = _several(discourse, token, fits, count or 2)
    if len(strict) == (count or 2) or count is None:
        return strict
    return _several(discourse, token, person, count)


def _countries(discourse: Discourse, token: Token, count: int, reach: int = _REACH) -> list[str]:
    """Countries: those named as such, or as where the persons named belong."""

    def fits(said: Said) -> bool:
        if discourse.type_of(said.key) is EntityType.PERSON:
            alone = len(discourse.said_at(discourse.read.doc[said.token])) == 1
            named = said.mention.via is Via.NAME or not alone
            return named and discourse.cast.nation(discourse.cast.country_of(said.key)) is not None
        return (
            discourse.type_of(said.key) is EntityType.COUNTRY
            and not said.is_modifier
            and not _is_setting(discourse, said)
        )

    def country(key: str) -> str:
        return discourse.cast.country_of(key) or key

    return _several(discourse, token, fits, count, country, reach)


def _several(
    discourse: Discourse,
    token: Token,
    fits: Fits,
    count: int,
    name: Callable[[str], str] = str,
    reach: int = _REACH,
) -> list[str]:
    """The last actors that fit, sentence by sentence backwards; such as were taken together go before others."""
    found: list[str] = []
    number = discourse.sentence_of[token.i]
    candidates = [said for said in discourse.before(token, reach) if fits(said)]
    for distance in range(reach + 1):
        here = [said for said in candidates if said.sentence == number - distance]
        joint = list(dict.fromkeys(name(key) for key in _together(discourse, here)))
        if len(joint) > count:
            return []
        if len(joint) == count and not found:
            return joint
        for said in here:
            if name(said.key) not in found:
                found.append(name(said.key))
            if len(found) == count and not (distance == 0 and len({name(s.key) for s in here}) > count):
                return found
        if len(found) > count:
            return found[:count] if count == 2 else []
    return found


def _together(discourse: Discourse, here: list[Said]) -> list[str]:
    """The first actors of a sentence that are joined by "and" or meant by one word ("they"); none if no two are."""
    by_token: dict[int, list[str]] = {}
    for said in here:
        by_token.setdefault(said.token, []).append(said.key)
    for said in here:
        members = [key for t in conjuncts(discourse.read.doc[said.token]) for key in by_token.get(t.i, ())]
        unique = list(dict.fromkeys(members))
        if len(unique) > 1:
            return unique
    return []


def _is_setting(discourse: Discourse, said: Said) -> bool:
    """Whether a country is only where something happens: "the conflict in Ukraine"."""
    token = discourse.read.doc[said.token]
    return token.dep_ == "pobj" and token.head.lower_ in ("in", "within", "across", "throughout")
