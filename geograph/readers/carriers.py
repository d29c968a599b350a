"""The words on which the time and place of an event may hang, and the way from a phrase up to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from geograph.readers.clauses import climb, is_infinitive, is_verb, keys
from geograph.readers.protocol import Frame

Words = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Carriers:
    """The verbs and nouns, by position, that carry one event; `own` are its predicate's."""

    verbs: frozenset[int]
    nouns: frozenset[int]

    def holds(self, token: Token) -> bool:
        """Whether a word carries the event."""
        return token.i in self.verbs or token.i in self.nouns


def carriers(frame: Frame, words: Words) -> Carriers:
    """The words that carry the event of a frame: its predicate, light verbs with their nouns, and what shares its time.

    A verb under "when" or "as" shares the time of the verb above it.
    """
    predicate = frame.predicate
    if is_verb(predicate):
        nouns = {t.i for t in frame.trigger if not is_verb(t)} if is_light(predicate, words) else set()
        verbs = {predicate.i, *(verb.i for verb in _governors(predicate, words))}
    else:
        nouns = {predicate.i}
        verbs = set()
        for verb in (*(t for t in frame.trigger if is_verb(t)), *_bearers(predicate, words)):
            verbs |= {verb.i, *(governor.i for governor in _governors(verb, words))}
    return Carriers(frozenset(verbs), frozenset(nouns))


def is_in(token: Token, family: str, words: Words) -> bool:
    """Whether a word is of a word class, alone or with its particle."""
    found = words.get(family, frozenset())
    return any(key in found for key in keys(token))


def is_light(verb: Token, words: Words) -> bool:
    """Whether a verb only carries the event of its noun: hold talks, impose sanctions."""
    return is_in(verb, "OVER_NOUN.same", words) or is_in(verb, "LIGHT", words)


def _bearers(noun: Token, words: Words) -> Iterator[Token]:
    """The verbs whose time and place are their noun's: talks took place, they held talks, a summit expected to begin."""
    verb = noun.head
    if is_verb(verb) and (
        (noun.dep_ in ("nsubj", "nsubjpass") and (is_in(verb, "HAPPEN", words) or is_light(verb, words)))
        or (noun.dep_ == "dobj" and is_light(verb, words))
    ):
        yield verb
    for child in noun.children:
        ahead = child.dep_ == "acl" and (is_in(child, "AHEAD", words) or is_light(child, words))
        if ahead or (child.dep_ in ("relcl", "acl") and is_in(child, "HAPPEN", words)):
            yield child
            yield from (grand for grand in child.children if grand.dep_ == "xcomp" and is_in(grand, "HAPPEN", words))


def _governors(verb: Token, words: Words) -> Iterator[Token]:
    """The governing verbs that share their time with a verb: began to, met to sign, fled when it attacked."""
    node = verb
    while node.head != node and is_verb(node.head) | (node.head.pos_ == "ADJ"):
        complement = node.dep_ in ("xcomp", "ccomp", "acomp", "oprd")
        purpose = node.dep_ == "advcl" and is_infinitive(node)
        if (complement and is_in(node.head, "SHARES_DATE", words)) or (purpose and is_in(node.head, "GATHER", words)):
            yield node.head
        else:
            return
        node = node.head


def path_up(phrase: Token, event: Carriers, words: Words) -> list[Token] | None:
    """The nouns between a phrase and the word of the event that it hangs on; None where another clause lies between.

    Two clauses are no bar: a participle of planning ("a meeting scheduled for Monday") and a purpose that the event
    serves ("travelled there to attend a meeting on Monday").
    """
    nouns: list[Token] = []
    for node in climb(phrase):
        if event.holds(node):
            return nouns
        if node != phrase:
            planning = node.dep_ == "acl" and is_in(node, "AHEAD", words)
            if is_verb(node) and not planning and not _is_purpose(node, words):
                return None
            if node.pos_ in ("NOUN", "PROPN"):
                nouns.append(node)
    return None


def _is_purpose(verb: Token, words: Words) -> bool:
    return is_infinitive(verb) and verb.dep_ in ("advcl", "xcomp") and is_in(verb, "ATTEND", words)


def is_setting(noun: Token, words: Words) -> bool:
    """Whether an event noun is the setting of its verb: in a speech on Friday, at a summit, to attend a summit."""
    preposition = noun.head
    if noun.dep_ == "dobj" and _is_purpose(noun.head, words):
        return True
    return preposition.dep_ == "prep" and is_in(preposition, "DURING", words) and not is_in(noun, "LONG_EVENT", words)
