"""Pronouns, pairs ("the two leaders") and nouns with an article ("the ministry", "the country")."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from geograph.entities.discourse import Discourse, Said, is_modifier
from geograph.entities.names import fold
from geograph.entities.offices import named_beside
from geograph.entities.text import singular
from geograph.model import EntityType, Mention, Span, Via

if TYPE_CHECKING:
    from spacy.tokens import Token

_HE = frozenset({"he", "him", "his", "himself"})
_SHE = frozenset({"she", "her", "hers", "herself"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
_BODIES = (EntityType.COUNTRY, EntityType.ORGANIZATION, EntityType.GROUP)


def refer(discourse: Discourse) -> list[Mention]:
    """The mentions that words which refer back make, in text order; each is known to those after it."""
    found: list[Mention] = []
    taken = {said.token for said in discourse.said if not is_modifier(said)}
    for token in discourse.read.doc:
        if token.i in taken:
            continue
        new = list(_at(discourse, token))
        discourse.extend(new)
        found.extend(new)
    return found


def _at(discourse: Discourse, token: Token) -> Iterator[Mention]:
    lower = token.lower_
    if token.pos_ == "PRON" or token.tag_ == "PRP$":
        if lower in _HE or lower in _SHE:
            yield from _one(discourse, token, _person("male" if lower in _HE else "female", discourse), Via.PRONOUN, 2)
        elif lower in _IT and not _is_empty(token):
            yield from _one(discourse, token, _body(discourse), Via.PRONOUN, 1)
        elif lower in _THEY:
            yield from _they(discourse, token)
    elif token.pos_ in ("NOUN", "PROPN"):
        yield from _noun(discourse, token)


def _one(discourse: Discourse, token: Token, fits: Callable[[Said], bool], via: Via, sentences: int, span: Span | None = None) -> Iterator[Mention]:
    key = discourse.nearest(token, fits, sentences)
    if key is not None:
        yield discourse.read.at(span or _span(token), discourse.entity_type(key), via, key)


def _span(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token.text))


def _person(gender: str, discourse: Discourse) -> Callable[[Said], bool]:
    def fits(said: Said) -> bool:
        if discourse.entity_type(said.key) is not EntityType.PERSON:
            return False
        return discourse.cast.genders.get(said.key, "") in ("", gender)

    return fits


def _body(discourse: Discourse) -> Callable[[Said], bool]:
    def fits(said: Said) -> bool:
        return discourse.entity_type(said.key) in _BODIES and not is_modifier(said) and not _is_plural(discourse, said)

    return fits


def _is_plural(discourse: Discourse, said: Said) -> bool:
    return discourse.read.doc[said.token].tag_ == "NNS"


def _is_empty(token: Token) -> bool:
    """Whether "it" stands for no one: "it is clear that", "it was raining"."""
    head = token.head
    if token.dep_ == "expl":
        return True
    if head.lemma_ in ("be", "seem", "appear", "remain", "become", "take", "make"):
        clause = any(child.dep_ in ("ccomp", "xcomp", "advcl", "csubj") for child in head.children)
        return token.dep_.startswith("nsubj") and clause and head.lemma_ != "take"
    return False


def _they(discourse: Discourse, token: Token) -> Iterator[Mention]:
    """They: the last coordination of actors, or the last plural that is an actor."""
    for keys in (_coordinated(discourse, token), _last_plural(discourse, token)):
        if keys:
            for key in keys:
                yield discourse.read.at(_span(token), discourse.entity_type(key), Via.PRONOUN, key)
            return


def _coordinated(discourse: Discourse, token: Token) -> list[str]:
    """The actors joined by "and" as subject of this or the previous sentence."""
    number = discourse.sentence_of[token.i]
    here = [s for s in discourse.before(token, 1) if s.subject and not is_modifier(s) and discourse.entity_type(s.key) is not EntityType.PLACE]
    for sentence in (number, number - 1):
        groups: dict[int, list[str]] = {}
        for said in here:
            if said.sentence == sentence:
                groups.setdefault(_first_conjunct(discourse.read.doc[said.token]).i, []).append(said.key)
        for keys in groups.values():
            unique = list(dict.fromkeys(reversed(keys)))
            if len(unique) > 1:
                return unique
            if len(keys) == 1:
                return []
    return []


def _first_conjunct(token: Token) -> Token:
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def _last_plural(discourse: Discourse, token: Token) -> list[str]:
    key = discourse.nearest(
        token, lambda said: _is_plural(discourse, said) and discourse.entity_type(said.key) in _BODIES, sentences=1
    )
    return [key] if key else []


def _noun(discourse: Discourse, token: Token) -> Iterator[Mention]:
    words = discourse.read.gazetteer.words
    lemma = singular(fold(token.text))
    determiner = next((child for child in token.lefts if child.dep_ in ("det", "predet", "poss") or child.lower_ in ("both", "two")), None)
    if determiner is None or token.dep_ == "compound":
        return
    left = [child.lower_ for child in token.lefts]
    if token.tag_ in ("NNS", "NNPS"):
        if lemma in words["PAIR_NOUN"] and (("two" in left and determiner.lower_ != "his") or "both" in left):
            yield from _pair(discourse, token, lemma)
        return
    if determiner.lower_ not in ("the", "this", "that", "his", "her", "its", "their"):
        return
    span = Span(determiner.idx, token.idx + len(token.text))
    if any(child.dep_ in ("prep", "relcl", "acl") and child.i > token.i for child in token.children):
        return
    if lemma in words["PERSON_NOUN"] and not any(child.dep_ == "compound" and child.pos_ == "PROPN" for child in token.lefts):
        beside = named_beside(discourse, token, Span(token.idx, token.idx + len(token.text)))
        if beside is not None:
            yield discourse.read.at(span, EntityType.PERSON, Via.TITLE, beside)
        elif determiner.lower_ in ("the", "this") and len(left) <= 2:
            yield from _one(discourse, token, _titled(discourse, lemma), Via.TITLE, 3, span)
    elif lemma in words["COUNTRY_NOUN"] and determiner.lower_ in ("the", "this"):
        yield from _one(discourse, token, _is_country(discourse), Via.NOMINAL, 2, span)
    elif lemma in words["BODY_NOUN"] and determiner.lower_ in ("the", "this") and len(left) == 1:
        yield from _one(discourse, token, _bodied(discourse, lemma), Via.NOMINAL, 3, span)


def _titled(discourse: Discourse, lemma: str) -> Callable[[Said], bool]:
    def fits(said: Said) -> bool:
        return discourse.entity_type(said.key) is EntityType.PERSON and lemma in discourse.cast.titles.get(said.key, ())

    return fits


def _is_country(discourse: Discourse) -> Callable[[Said], bool]:
    def fits(said: Said) -> bool:
        return discourse.entity_type(said.key) is EntityType.COUNTRY and said.mention.via is Via.NAME

    return fits


def _bodied(discourse: Discourse, lemma: str) -> Callable[[Said], bool]:
    def fits(said: Said) -> bool:
        entity = discourse.cast.entities[said.key]
        if entity.type not in (EntityType.ORGANIZATION, EntityType.GROUP):
            return False
        names = (entity.label, said.mention.text, *entity.aliases)
        return any(lemma in fold(name).split() for name in names)

    return fits


def _pair(discourse: Discourse, token: Token, lemma: str) -> Iterator[Mention]:
    """The last two actors spoken of that the noun can mean."""
    persons = lemma in discourse.read.gazetteer.words["PERSON_NOUN"]
    wanted = EntityType.PERSON if persons else EntityType.COUNTRY
    found: list[str] = []
    for said in discourse.before(token, 2):
        key: str | None = said.key
        if not persons and discourse.entity_type(said.key) is EntityType.PERSON:
            continue
        if key and discourse.entity_type(key) is wanted and key not in found:
            found.append(key)
        if len(found) == 2:
            break
    if len(found) < 2:
        return
    first = min((child.idx for child in token.lefts), default=token.idx)
    for key in sorted(found):
        yield discourse.read.at(Span(first, token.idx + len(token.text)), wanted, Via.NOMINAL, key)
