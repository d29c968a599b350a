"""Plural nouns that mean actors spoken of before: "the two leaders", "both countries", "the leaders"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from geograph.entities.discourse import Discourse, Said, conjuncts
from geograph.entities.text import singular
from geograph.model import EntityType, Mention, Span, Via

if TYPE_CHECKING:
    from spacy.tokens import Token

_REACH = 4


def pair(discourse: Discourse, token: Token) -> Iterator[Mention]:
    """The mentions that a plural noun with "the two", "both" or "the" makes, one for each actor."""
    words = discourse.read.gazetteer.words
    lemma = singular(token.lower_)
    left = {child.lower_ for child in token.lefts}
    counted = "both" in left or ("two" in left and left <= {"the", "two", "these", "those", "all"})
    persons = lemma in words["PERSON_NOUN"] or lemma in ("man", "woman")
    if not counted and not (persons and left == {"the"} and lemma in words["LEADER_TITLE"]):
        return
    if lemma not in words["PAIR_NOUN"] or any(child.dep_ in ("prep", "relcl", "acl") for child in token.rights):
        return
    found = _persons(discourse, token, lemma, counted) if persons else _countries(discourse, token)
    if len(found) == 2:
        first = min(child.idx for child in token.lefts)
        for key in sorted(found):
            kind = discourse.type_of(key)
            yield discourse.read.at(Span(first, token.idx + len(token.text)), kind, Via.NOMINAL, key)


def _persons(discourse: Discourse, token: Token, lemma: str, counted: bool) -> list[str]:
    def fits(said: Said) -> bool:
        if discourse.type_of(said.key) is not EntityType.PERSON:
            return False
        titles = discourse.cast.title_words(said.key)
        leading = titles & discourse.read.gazetteer.words["LEADER_TITLE"]
        return (
            lemma in titles
            or (lemma == "leader" and bool(leading))
            or (counted and lemma not in discourse.read.gazetteer.words["LEADER_TITLE"])
        )

    strict = _two(discourse, token, fits)
    if len(strict) == 2 or not counted:
        return strict
    return _two(discourse, token, lambda said: discourse.type_of(said.key) is EntityType.PERSON)


def _countries(discourse: Discourse, token: Token) -> list[str]:
    """Two countries: those named as such, or as where the persons named belong."""

    def fits(said: Said) -> bool:
        if discourse.type_of(said.key) is EntityType.PERSON:
            return (
                said.mention.via is Via.NAME and discourse.cast.nation(discourse.cast.country_of(said.key)) is not None
            )
        return (
            discourse.type_of(said.key) is EntityType.COUNTRY
            and not said.is_modifier
            and not _is_setting(discourse, said)
        )

    def country(key: str) -> str:
        return discourse.cast.country_of(key) or key

    return _two(discourse, token, fits, country)


def _two(
    discourse: Discourse, token: Token, fits: Callable[[Said], bool], name: Callable[[str], str] = str
) -> list[str]:
    """The two last actors that fit, sentence by sentence backwards; a coordinated pair goes before others."""
    found: list[str] = []
    number = discourse.sentence_of[token.i]
    candidates = [said for said in discourse.before(token, _REACH) if fits(said)]
    for distance in range(_REACH + 1):
        here = [said for said in candidates if said.sentence == number - distance]
        joint = list(dict.fromkeys(name(key) for key in _coordinated(discourse, here)))
        if len(joint) > 2:
            return []
        if len(joint) == 2 and not found:
            return joint
        for said in here:
            if name(said.key) not in found:
                found.append(name(said.key))
            if len(found) == 2 and not (distance == 0 and len({name(s.key) for s in here}) > 2):
                return found
        if len(found) > 2:
            return found[:2]
    return found


def _coordinated(discourse: Discourse, here: list[Said]) -> list[str]:
    """The first actors of a sentence that are joined by "and"; none if no two are."""
    by_token = {said.token: said.key for said in here}
    for said in here:
        members = [by_token[t.i] for t in conjuncts(discourse.read.doc[said.token]) if t.i in by_token]
        unique = list(dict.fromkeys(members))
        if len(unique) > 1:
            return unique
    return []


def _is_setting(discourse: Discourse, said: Said) -> bool:
    """Whether a country is only where something happens: "the conflict in Ukraine"."""
    token = discourse.read.doc[said.token]
    return token.dep_ == "pobj" and token.head.lower_ in ("in", "within", "across", "throughout")
