"""What a word says itself of the event that it carries: its modals, negation, hedges, conditions and modifiers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geograph.model import Status
from geograph.readers.clauses import (
    auxiliaries,
    climb,
    is_in,
    is_infinitive,
    is_past,
    is_present,
    is_verb,
    keys,
    subject_of,
)
from geograph.readers.conditions import is_conditional, is_of_act, is_to_come
from geograph.syntax import Token

Words = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Step:
    """Where a walk up the sentence stands: the status so far and the word to go on from, None at its end."""

    status: Status | None
    node: Token | None


_HELPING = frozenset({"be", "have", "do", "get"})
VALUES = ("planned", "possible", "denied", "open", "same")
"""What a word may make of what it governs: the ends of the names of its word classes."""


def governed(status: Status | None, value: str) -> Status | None:
    """What a word of effect `value` makes of the status of what it governs; None: nothing is claimed."""
    if status is None or value == "open":
        return None
    if value == "same":
        return status
    effect = Status(value)
    if effect is Status.DENIED:
        return Status.POSSIBLE if status is Status.DENIED else Status.DENIED
    if status is Status.DENIED:
        return None if effect is Status.POSSIBLE else status  # "urged it not to attack" claims nothing
    return effect if status is not Status.POSSIBLE else status


def effect_of(token: Token, families: Iterable[str], words: Words, companion: Token | None = None) -> str | None:
    """The status that a word gives to what it governs, alone or with its preposition; None if it is no such word."""
    for key in (*_pair(token), *keys(token, companion)):
        for family in families:
            for value in VALUES:
                if key in words.get(f"{family}.{value}", ()):
                    return value
    return None


def effect_between(infinitive: Token, families: Iterable[str], words: Words) -> str | None:
    """What the word between a verb and an infinitive makes of it: used the threat to attack, is wrong to attack."""
    verb = infinitive.head
    between = [
        child
        for child in verb.children
        if child.dep_ in ("dobj", "acomp")
        and verb.i < child.i < infinitive.i
        and not is_in(child, "OCCASION_TAKEN", words)
    ]
    if not between or not is_infinitive(infinitive):
        return None
    if between[-1].dep_ == "dobj" and infinitive.left_edge.i != between[-1].i + 1:
        return None
    value = effect_of(between[-1], families, words)
    return value if value != "same" else None


def _pair(noun: Token) -> tuple[str, ...]:
    """A noun with the word that it is compounded with: green light, planning stage."""
    left = noun.nbor(-1) if noun.pos_ == "NOUN" and noun.i > noun.sent.start else None
    paired = left is not None and left.head == noun and left.dep_ in ("compound", "amod")
    return (f"{left.lower_} {noun.lemma_}",) if left is not None and paired else ()


def in_itself(token: Token, status: Status | None, words: Words, *, soft: bool = False) -> Status | None:
    """The status under the word's own modals, hedges and negation; `soft` leaves the negation out."""
    if status is None:
        return None
    return _verb(token, status, soft, words) if is_verb(token) else _noun(token, status, words)


def _noun(noun: Token, status: Status, words: Words) -> Status | None:
    near = [child for child in noun.children if child.dep_ in ("amod", "compound", "acl", "det", "nmod", "advmod")]
    for child in near:
        # "a would-be attack" is parsed as a verb with its modal.
        value = effect_of(child, ("MODIFIER",), words) or _of_modal(child, words)
        if value and not (child.dep_ == "acl" and is_infinitive(child)):
            return governed(status, value)
        if child.lower_ == "no" and child.dep_ == "det":
            return governed(status, "denied")
    return status


def _of_modal(modifier: Token, words: Words) -> str | None:
    found = any(is_in(helper, "MODAL.possible", words) for helper in auxiliaries(modifier))
    return "possible" if found and modifier.dep_ in ("amod", "compound", "nmod") else None


def _verb(verb: Token, status: Status, soft: bool, words: Words) -> Status | None:
    changed: Status | None = status
    modals = auxiliaries(verb)
    weak = any(is_in(modal, "MODAL_WEAK", words) for modal in modals)
    for modal in modals:
        if is_in(modal, "MODAL.planned", words) or (modal.lower_ == "would" and _is_backshifted(verb, words)):
            changed = governed(changed, "planned")
        elif is_in(modal, "MODAL.possible", words) and modal.tag_ == "MD":
            changed = governed(changed, "possible")
    for helper in modals:
        # "they oppose sending it": the parser may take the verb for an auxiliary.
        if helper.pos_ != "PART" and helper.lemma_ not in _HELPING and helper.tag_ in ("VBP", "VBZ", "VBD"):
            changed = governed(changed, effect_of(helper, ("OVER_TO", "OVER"), words) or "same")
    if verb.i > verb.sent.start + 1 and verb.nbor(-1).lower_ == "but" and verb.nbor(-2).lower_ == "all":
        return None  # "all but cut ties"
    # "rarely has it attacked": the parser may hang the adverb on the auxiliary.
    for child in (*verb.children, *(word for modal in modals for word in modal.children)):
        if child.dep_ == "advmod" and is_in(child, "HEDGE", words):
            changed = governed(changed, "possible")
        if child.dep_ == "advmod" and is_in(child, "NOT_QUITE", words):
            return None
        if is_fiction(child, words):
            return None
        for clause in (child, *(child.children if child.dep_ == "advmod" else ())):
            if clause.dep_ == "advcl" and is_conditional(clause, words) and not is_of_act(clause, verb, words):
                changed = governed(changed, "possible")
            elif clause.dep_ == "advcl" and is_present(verb) and is_to_come(clause, words):
                changed = governed(changed, "planned")  # "once it signs, they withdraw"
    if _is_denied_in_front(verb, words):
        changed = governed(changed, "denied")
    elif not soft and not weak and is_negated(verb, words):
        duty = any(is_in(modal, "MODAL_DUTY", words) for modal in modals)
        changed = None if duty else governed(changed, "denied")
    return changed


def is_fiction(phrase: Token, words: Words) -> bool:
    """Whether a part of a clause says that it tells a story or plays a game: in the film, the novel tells."""
    if phrase.dep_ == "prep" and phrase.lower_ in ("in", "during", "under"):
        return any(_is_story(noun, words) for noun in phrase.children if noun.dep_ == "pobj")
    return phrase.dep_ == "nsubj" and _is_story(phrase, words)


def _is_story(noun: Token, words: Words) -> bool:
    """Whether a noun names a story or a game, alone or as a compound: novel, war game."""
    pairs = (f"{child.lower_} {noun.lemma_}" for child in noun.children if child.dep_ in ("compound", "amod", "det"))
    if is_in(noun, "FICTION", words) or any(pair in words.get("FICTION", ()) for pair in pairs):
        return True
    wholes = (child for child in noun.children if child.dep_ == "poss")  # "the novel's opening pages"
    return any(is_in(whole, "FICTION", words) for whole in wholes)


def is_negated(verb: Token, words: Words) -> bool:
    """Whether a verb is negated by an adverb, by its conjunction or by its subject."""
    subject = subject_of(verb)
    if subject is not None and _is_inverted_denial(verb, subject, words):
        return True
    first = verb.head if verb.dep_ == "conj" and subject is None else None
    paired = [t for t in first.children if t.dep_ == "preconj"] if first is not None else []
    if subject is not None and is_in(subject, "NEGATION", words):
        return True
    if subject is not None and verb.dep_ == "conj":
        joints = [t for t in verb.head.children if t.dep_ == "cc" and verb.head.i < t.i < verb.i]
        if joints and is_in(joints[-1], "NEGATION", words):
            return True  # "nor does it support": the parser hangs "nor" on the verb before
    for child in (*verb.children, *(subject.children if subject is not None else ()), *paired):
        if child.lower_ == "once" and any(part.dep_ == "neg" for part in child.children):
            return True  # "not once has it attacked"
        if child.dep_ in ("neg", "preconj", "det", "cc", "advmod") and is_in(child, "NEGATION", words):
            if child.dep_ == "cc" and child.i > verb.i:
                continue
            follower = child.nbor(1) if child.i + 1 < len(child.doc) else None
            if follower is None or not is_in(follower, "NOT_ONLY", words):
                return True
    return False


def _is_denied_in_front(verb: Token, words: Words) -> bool:
    """Whether a phrase in front denies whatever the clause tells: at no time did it, in no way was there."""
    fronted = (c for c in verb.children if c.dep_ == "prep" and c.i < verb.i and c.left_edge.i == c.i)
    return any(
        f"{phrase.lower_} {noun.left_edge.lower_} {noun.lemma_.lower()}" in words.get("NO_OCCASION", ())
        for phrase in fronted
        for noun in phrase.children
    )


def _is_inverted_denial(verb: Token, subject: Token, words: Words) -> bool:
    """Whether a phrase in front denies the verb: in no way did it attack."""
    helpers = [helper for helper in auxiliaries(verb) if helper.i < subject.i]
    return bool(helpers) and any(
        is_in(det, "NEGATION", words)
        for child in verb.children
        if child.dep_ == "prep" and child.i < helpers[0].i
        for noun in child.children
        for det in noun.children
        if det.dep_ == "det"
    )


def _is_backshifted(verb: Token, words: Words) -> bool:
    """Whether `would` stands for the `will` of somebody's words: said it would visit."""
    for node in climb(verb):
        if any(child.dep_ == "advcl" and is_conditional(child, words) for child in node.children):
            return False
        if any(child.dep_ in ("parataxis", "ccomp") and _tells(child, words) for child in node.children):
            return True
        if node.dep_ == "ccomp" and (is_past(node.head) or node.head.tag_ in ("VBN", "VBG")):
            return True
        if node.dep_ not in ("conj", "ccomp", "xcomp", "advcl"):
            return False
    return False


def _tells(verb: Token, words: Words) -> bool:
    return verb.tag_ == "VBD" and is_in(verb, "REPORTING", words)
