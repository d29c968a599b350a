"""The words on which the time and place of an event may hang, and the way from a phrase up to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from geograph.readers.clauses import climb, is_in, is_infinitive, is_verb, subject_of
from geograph.readers.protocol import Frame
from geograph.syntax import Token

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


def is_light(verb: Token, words: Words) -> bool:
    """Whether a verb only carries the event of its noun: hold talks, impose sanctions."""
    return is_in(verb, "OVER_NOUN.same", words) or is_in(verb, "LIGHT", words)


def _bearers(noun: Token, words: Words) -> Iterator[Token]:
    """The verbs whose time and place are their noun's: talks took place, held talks, a summit expected to begin."""
    verb = noun.head
    if noun.dep_ in ("nsubj", "nsubjpass"):
        if is_in(verb, "HAPPEN", words) or is_light(verb, words):
            yield verb
        yield from _expected(verb, words)
    elif noun.dep_ == "dobj" and is_light(verb, words):
        yield verb
    elif noun.dep_ == "pobj" and is_in(noun, "BRIEF_EVENT", words) and is_setting(noun, words):
        yield from (node for node in (noun.head.head,) if is_verb(node))  # "said on Monday in a letter to"
    for child in noun.children:
        if child.dep_ == "acl":
            yield from _expected(child, words)
        if child.dep_ in ("acl", "relcl") and (is_in(child, "HAPPEN", words) or is_light(child, words)):
            yield child
    # The parser may hang the clause on the last name: "the attack on Lima, which occurred overnight".
    yield from (token for token in noun.subtree if token.dep_ == "relcl" and is_in(token, "OCCUR", words))


def _expected(word: Token, words: Words) -> Iterator[Token]:
    """A word of planning with the verb under it: is due to begin, expected to take place."""
    plans = [word, *(child for child in word.children if child.dep_ in ("acomp", "oprd"))]
    for plan in plans:
        if is_in(plan, "AHEAD", words):
            yield from (word, plan)
            yield from (child for child in plan.children if child.dep_ == "xcomp" and is_in(child, "HAPPEN", words))


def _governors(verb: Token, words: Words) -> Iterator[Token]:
    """The governing verbs that share their time with a verb: began to, met to sign, fled when it attacked."""
    node = verb
    while node.head != node and (is_verb(node.head) or node.head.pos_ == "ADJ") and _shares_time(node, words):
        node = node.head
        yield node


def _shares_time(verb: Token, words: Words) -> bool:
    """Whether a verb happens when the one above it does."""
    if verb.dep_ in ("xcomp", "ccomp", "acomp", "oprd"):
        # "France condemns it, the minister said on Friday": the saying is the act.
        told = is_in(verb, "SPEECH_ACT", words) and is_in(verb.head, "REPORTING", words)
        return (told and (verb.tag_ in ("VBZ", "VBP") or _says_of_itself(verb))) or is_in(
            verb.head, "SHARES_DATE", words
        )
    if verb.dep_ == "conj":
        return verb.tag_ == "VBG" and is_circumstance(verb.head)
    if verb.dep_ != "advcl":
        return False
    if is_circumstance(verb) and verb.i > verb.head.i:
        return True  # "sent troops on Monday, shelling the port"
    meanwhile = any(is_in(child, "MEANWHILE", words) and child.i < verb.i for child in verb.children)
    return meanwhile or (is_infinitive(verb) and is_in(verb.head, "GATHER", words))


def _says_of_itself(verb: Token) -> bool:
    """Whether the one who says is the one who does by saying so: said it condemned, said that it was urging."""
    if any(child.dep_ in ("aux", "auxpass") and child.lower_ not in ("was", "were") for child in verb.children):
        return False
    teller, actor = subject_of(verb.head), subject_of(verb)
    if teller is None or actor is None or not (verb.tag_ == "VBD" or verb.tag_ == "VBG"):
        return False
    return actor.pos_ == "PRON" or any(token.lower_ == actor.lower_ for token in teller.subtree)


def is_circumstance(verb: Token) -> bool:
    """Whether a verb is a bare participle beside a clause, at its time: speaking in Lima, shelling the port."""
    return (
        verb.dep_ == "advcl"
        and verb.tag_ == "VBG"
        and not any(child.dep_ in ("aux", "mark", "advmod") for child in verb.children)
    )


def path_up(phrase: Token, event: Carriers, words: Words) -> list[Token] | None:
    """The nouns between a phrase and the word of the event that it hangs on; None where another clause lies between.

    Three clauses are no bar: a participle of planning ("a meeting scheduled for Monday"), a purpose that the event
    serves ("travelled there to attend a meeting on Monday") and a circumstance in front ("speaking on Monday").
    """
    nouns: list[Token] = []
    for node in climb(phrase):
        if event.holds(node):
            return nouns
        if node != phrase:
            planning = node.dep_ == "acl" and (is_in(node, "AHEAD", words) or is_in(node, "PUBLISHED", words))
            fronted = (is_circumstance(node) and node.i < node.head.i) or _is_aside(node, words)
            if is_verb(node) and not (planning or fronted or _is_purpose(node, words)):
                return None
            if node.pos_ in ("NOUN", "PROPN"):
                nouns.append(node)
    return None


def _is_aside(verb: Token, words: Words) -> bool:
    """Whether a participle between commas tells when a subject spoke: the minister, speaking on Monday, said."""
    return (
        verb.dep_ == "acl"
        and verb.tag_ == "VBG"
        and verb.head.dep_ == "nsubj"
        and verb.head.i < verb.i < verb.head.head.i
        and verb.nbor(-1).text == ","
        and is_in(verb, "SPEAKING", words)
    )


def _is_purpose(verb: Token, words: Words) -> bool:
    bidden = is_in(verb.head, "SPEECH_ACT", words) or is_in(verb.head, "REPORTING", words)  # "urged it to hold"
    return is_infinitive(verb) and verb.dep_ in ("advcl", "xcomp") and not bidden and is_in(verb, "ATTEND", words)


def is_setting(noun: Token, words: Words) -> bool:
    """Whether an event noun is the setting of its verb: in a speech on Friday, at a summit, to attend a summit."""
    preposition = noun.head
    if preposition.lower_ == "of" and is_in(preposition.head, "MARGIN", words):
        preposition = preposition.head.head  # "on the sidelines of a summit"
    if noun.dep_ == "dobj" and _is_purpose(noun.head, words):
        return True
    return preposition.dep_ == "prep" and is_in(preposition, "DURING", words) and not is_in(noun, "LONG_EVENT", words)
