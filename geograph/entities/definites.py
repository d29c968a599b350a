"""Nouns that point back: "the ministry", "the Southeast Asian country", "his government", "the president"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from geograph.entities.discourse import BODIES, Discourse
from geograph.entities.names import fold
from geograph.entities.offices import named_beside
from geograph.entities.pairs import bare, pair
from geograph.entities.subjects import clause_subject
from geograph.entities.text import singular
from geograph.model import EntityType, Mention, Span, Via

if TYPE_CHECKING:
    from geograph.syntax import Token

_POSSESSIVES = frozenset({"his", "her", "its", "their", "our", "my"})
_POINTERS = frozenset({"the", "this", "that"})
_REACH = 3


def definite(discourse: Discourse, token: Token) -> Iterator[Mention]:
    """The mentions that a noun with an article or a possessive pronoun makes."""
    determiner = next((c for c in token.lefts if c.dep_ in ("det", "predet", "poss", "nummod")), None)
    if determiner is None and token.text[0].isupper() and token.tag_ in ("NN", "NNP"):
        yield from _bare_office(discourse, token)
    if determiner is None or token.dep_ == "compound":
        return
    lower = determiner.lower_
    if token.tag_ in ("NNS", "NNPS"):
        if lower in ("the", "both", "two", "these", "those"):
            yield from pair(discourse, token)
            yield from _fighters(discourse, token)
        if lower in _POSSESSIVES:
            yield from _of_owner(discourse, token, determiner)
        return
    if lower in _POSSESSIVES:
        yield from _of_owner(discourse, token, determiner)
        yield from _office(discourse, token, determiner)
    elif lower in _POINTERS and not any(c.dep_ in ("prep", "relcl", "acl") for c in token.rights):
        yield from bare(discourse, token)
        yield from _pointed(discourse, token, determiner)


def _bare_office(discourse: Discourse, token: Token) -> Iterator[Mention]:
    """An office before a name that the parser takes for its head: "Chief Executive of Northland Ada Moran"."""
    words = discourse.read.gazetteer.words
    if token.dep_ in ("compound", "nmod", "amod") or fold(token.text) not in words["TITLE"]:
        return
    span = Span(token.idx, token.idx + len(token.text))
    beside = named_beside(discourse, token, span)
    if beside is not None:
        yield discourse.read.at(span, EntityType.PERSON, Via.TITLE, beside)


def _span(first: Token, last: Token) -> Span:
    return Span(first.idx, last.idx + len(last.text))


def _pointed(discourse: Discourse, token: Token, determiner: Token) -> Iterator[Mention]:
    words = discourse.read.gazetteer.words
    lemma = singular(fold(token.text))
    between = [t for t in discourse.read.doc[determiner.i + 1 : token.i]]
    span = _span(determiner, token)
    if lemma in words["PERSON_NOUN"]:
        yield from _office(discourse, token, determiner)
    elif lemma in words["COUNTRY_NOUN"]:
        found = _country(discourse, token, between, lemma)
        if found is not None:
            yield discourse.read.at(span, EntityType.COUNTRY, Via.NOMINAL, found)
    elif lemma in words["BODY_NOUN"]:
        telling = [t for t in between if t.lower_ not in words["BODY_DESCRIBING"] and t.is_alpha]
        country = discourse.read.gazetteer.named(" ".join(t.text for t in telling), "demonym") if telling else None
        if telling and country is None:
            return
        found = _nearest(discourse, token, _is_kind(discourse, lemma, country.key if country else None))
        if found is None and country is None and lemma in words["ANY_BODY"]:
            found = _only_body(discourse, token)
        if found is not None:
            yield discourse.read.at(span, discourse.type_of(found), Via.NOMINAL, found)


def _nearest(discourse: Discourse, token: Token, fits: Callable[[str], bool]) -> str | None:
    for said in discourse.before(token, _REACH):
        if not said.is_modifier and fits(said.key):
            return said.key
    return None


def _only_body(discourse: Discourse, token: Token) -> str | None:
    """The one organisation without a country that was named as a subject in the sentences before: "the group"."""
    found = {
        said.key
        for said in discourse.before(token, 2)
        if said.mention.via is Via.NAME
        and discourse.type_of(said.key) is EntityType.ORGANIZATION
        and discourse.cast.country_of(said.key) is None
    }
    return found.pop() if len(found) == 1 else None


def _country(discourse: Discourse, token: Token, between: list[Token], lemma: str) -> str | None:
    """The country that "the country" or "the Asian nation" means: the last subject or possessor, else the last.

    Who rules or leaves "the country" does so in his own.
    """
    regions = discourse.read.gazetteer.regions
    region = fold(" ".join(t.text for t in between)).replace(" - ", "-")
    members = regions.get(region, regions.get(lemma))
    if between and region not in regions:
        return None
    if token.dep_ == "dobj" and token.head.lemma_.lower() in discourse.read.gazetteer.words["RULING"]:
        subject = clause_subject(discourse, token)
        for key in discourse.at(subject) if subject is not None else ():
            if discourse.type_of(key) is EntityType.PERSON and discourse.cast.country_of(key) is not None:
                return discourse.cast.nation(discourse.cast.country_of(key))

    def fits(key: str) -> bool:
        return discourse.type_of(key) is EntityType.COUNTRY and (members is None or key in members)

    said = [s for s in discourse.before(token, _REACH) if s.mention.via in (Via.NAME, Via.PRONOUN) and fits(s.key)]
    doc = discourse.read.doc
    for candidate in said:
        head = doc[candidate.token]
        if head.dep_ in ("nsubj", "nsubjpass", "poss", "ROOT"):
            return candidate.key
    if said:
        return said[0].key
    if members is not None:
        known = [key for key in discourse.cast.ranked_countries() if key in members]
        return discourse.cast.known(known[0]) if len(known) == 1 else None
    home = discourse.cast.home
    known_home = discourse.read.gazetteer.entities.get(home or "")
    return (
        discourse.cast.known(known_home.key)
        if known_home is not None and known_home.type is EntityType.COUNTRY
        else None
    )


def _is_kind(discourse: Discourse, lemma: str, country: str | None) -> Callable[[str], bool]:
    """Whether an entity is called by a noun: it is in its name, or the gazetteer says that it is of that kind."""

    def fits(key: str) -> bool:
        entity = discourse.cast.entities[key]
        if entity.type not in (EntityType.ORGANIZATION, EntityType.GROUP) or (country and entity.country != country):
            return False
        kinds = discourse.read.gazetteer.kinds.get(key, ())
        return (
            lemma in kinds
            or lemma in fold(entity.label).split()
            or any(fold(a).split()[-1:] == [lemma] for a in entity.aliases)
        )

    return fits


def _fighters(discourse: Discourse, token: Token) -> Iterator[Mention]:
    """The armed group that "the rebels" or "the militants" are."""
    lemma = singular(token.lower_)
    if lemma not in discourse.read.gazetteer.words["FIGHTER_NOUN"] or [c.lower_ for c in token.lefts] != ["the"]:
        return

    def fits(key: str) -> bool:
        kinds = discourse.read.gazetteer.kinds.get(key, ())
        return "militia" in kinds or discourse.type_of(key) is EntityType.GROUP

    found = _nearest(discourse, token, fits)
    if found is None:
        known = {said.key for said in discourse.said if said.token < token.i and fits(said.key)}
        found = known.pop() if len(known) == 1 else None
    if found is not None:
        yield discourse.read.at(_span(token.lefts[0], token), discourse.type_of(found), Via.NOMINAL, found)


def _of_owner(discourse: Discourse, token: Token, determiner: Token) -> Iterator[Mention]:
    """Those who act for the owner: "his government" is his country, "its troops" the country itself."""
    words = discourse.read.gazetteer.words
    lemma = singular(fold(token.text))
    if lemma not in words["COUNTRY_NOUN"] and (
        lemma not in words["GROUP_NOUN"]
        or (token.tag_ == "NN" and lemma not in words["COLLECTIVE"])
        or lemma in words["KIN_NOUN"]
    ):
        return
    for key in discourse.at(determiner):
        owner: str | None = key
        if discourse.type_of(key) is EntityType.PERSON:
            owner = discourse.cast.nation(discourse.cast.country_of(key))
        if owner is not None and discourse.type_of(owner) in BODIES:
            yield discourse.read.at(_span(determiner, token), discourse.type_of(owner), Via.NOMINAL, owner)


def _office(discourse: Discourse, token: Token, determiner: Token) -> Iterator[Mention]:
    """The person whom an office noun means: named beside it, or the last spoken of who holds such an office."""
    words = discourse.read.gazetteer.words
    lemma = singular(fold(token.text))
    if lemma not in words["PERSON_NOUN"] and lemma not in words["TITLE"]:
        return
    span = _span(determiner, token)
    beside = named_beside(discourse, token, span)
    if beside is not None:
        if lemma not in words["OTHER_SIDE"] and len(keys := discourse.at(determiner)) == 1 and keys[0] != beside:
            discourse.cast.belongs(beside, discourse.cast.country_of(keys[0]))
            discourse.cast.serves.setdefault(beside, keys[0])
        yield discourse.read.at(span, EntityType.PERSON, Via.TITLE, beside)
        return
    between = {t.lower_ for t in discourse.read.doc[determiner.i + 1 : token.i] if t.is_alpha}
    if determiner.lower_ not in _POINTERS:
        return
    found = _holder(discourse, token, lemma, between)
    if found is not None:
        yield discourse.read.at(span, EntityType.PERSON, Via.TITLE, found)


def _holder(discourse: Discourse, token: Token, lemma: str, marks: set[str]) -> str | None:
    """The last spoken of who holds an office; nobody where a sentence names two who do."""
    words = discourse.read.gazetteer.words
    cast = discourse.cast
    plain = not marks - words["TITLE"] - words["RANK"] - words["PORTFOLIO"]

    def fits(key: str) -> bool:
        if discourse.type_of(key) is not EntityType.PERSON:
            return False
        if not plain:
            return any({lemma, *marks} <= phrase for phrase in cast.titles.get(key, ()))
        return cast.holds(key, lemma, marks)

    said = [s for s in discourse.before(token, _REACH) if not s.is_modifier and fits(s.key)]
    if not said:
        known = [key for key in cast.titles if fits(key)]
        return known[0] if len(known) == 1 else None
    here = discourse.sentence_of[token.i]
    nearest = [s for s in said if s.sentence == said[0].sentence or s.sentence == here]
    named = {s.key for s in nearest if s.mention.via is Via.NAME}
    return None if len(named) > 1 else said[0].key
