"""Small questions about clauses that status, speaker, date and place all ask of a parse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from geograph.readers.rules.dependencies import lemma
from geograph.syntax import Token

_HELPERS = ("aux", "auxpass")
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")


def auxiliaries(verb: Token) -> list[Token]:
    """The auxiliaries of a verb, in text order."""
    return [child for child in verb.children if child.dep_ in _HELPERS]


def is_verb(token: Token) -> bool:
    """Whether a token is a verb, a copula included, or a word with an auxiliary that the tagger took for a noun."""
    return token.pos_ in ("VERB", "AUX") or any(child.dep_ in _HELPERS for child in token.children)


def is_infinitive(verb: Token) -> bool:
    """Whether a verb is an infinitive with `to`."""
    return (verb.tag_ == "VB" and any(helper.lower_ == "to" for helper in auxiliaries(verb))) or (
        # "to be sanctioned", "to have attacked": the auxiliary is the infinitive.
        verb.tag_ in ("VBN", "VBG") and any(helper.lower_ == "to" for helper in auxiliaries(verb))
    )


def is_finite(verb: Token) -> bool:
    """Whether a verb has a tense of its own, or a modal."""
    if is_infinitive(verb):
        return False
    return verb.tag_ in ("VBD", "VBZ", "VBP", "MD") or any(
        helper.tag_ in ("VBD", "VBZ", "VBP", "MD") for helper in auxiliaries(verb)
    )


def is_present(verb: Token) -> bool:
    """Whether a verb or its first auxiliary is in the present, without a modal."""
    return next(iter(auxiliaries(verb)), verb).tag_ in ("VBZ", "VBP")


def is_perfect_participle(verb: Token) -> bool:
    """Whether a verb is a participle of what is done: having attacked."""
    return any(helper.lower_ == "having" for helper in auxiliaries(verb))


def stands_alone(clause: Token) -> bool:
    """Whether a clause follows a colon, semicolon or dash: a sentence of its own, whatever the parser hung it on."""
    first = clause.left_edge.i
    opening = clause.doc[max(first - 1, clause.sent.start) : first + 1]
    return any(token.text in (":", ";", "—", "–") for token in opening)


def subject_of(verb: Token) -> Token | None:
    """The word that heads the verb's own subject, None where it has none."""
    return next((child for child in verb.children if child.dep_ in _SUBJECTS), None)


def is_past(verb: Token) -> bool:
    """Whether a verb tells of the past by its form."""
    return verb.tag_ == "VBD" or any(helper.tag_ == "VBD" for helper in auxiliaries(verb))


def keys(token: Token, companion: Token | None = None) -> Iterator[str]:
    """The forms under which a word is looked up: with its preposition or particle first, then bare."""
    forms = list(dict.fromkeys((lemma(token), token.lower_)))
    # "fell through", "looks forward": the parser takes some particles for adverbs.
    particles = [
        child.lower_
        for child in token.children
        if child.dep_ == "prt"
        or (child.dep_ == "advmod" and child.i == token.i + 1 and child.tag_ in ("IN", "RB", "RP"))
    ]
    if companion is not None:
        yield from (f"{form} {particle} {companion.lower_}" for form in forms for particle in particles)
        yield from (f"{form} {companion.lower_}" for form in forms)
    yield from (f"{form} {particle}" for form in forms for particle in particles)
    yield from forms


def climb(token: Token) -> Iterator[Token]:
    """The token and the words above it, up to the root of its sentence."""
    yield token
    while token.head != token:
        token = token.head
        yield token


def is_in(token: Token, family: str, words: Mapping[str, frozenset[str]]) -> bool:
    """Whether a word is of a word class, alone or with its particle."""
    return not _forms(token).isdisjoint(words.get(family, frozenset()))


# Status and speaker ask of the same words for one class after the other.
@lru_cache(maxsize=2048)
def _forms(token: Token) -> frozenset[str]:
    return frozenset(keys(token))
