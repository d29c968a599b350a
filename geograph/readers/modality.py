"""What a word says itself of the event that it carries: its modals, negation, hedges, conditions and modifiers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from spacy.tokens import Token

from geograph.model import Status
from geograph.readers.clauses import auxiliaries, climb, is_in, is_infinitive, is_past, is_verb, keys, subject_of

Words = Mapping[str, frozenset[str]]
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
    for key in keys(token, companion):
        for family in families:
            for value in VALUES:
                if key in words.get(f"{family}.{value}", ()):
                    return value
    return None


def in_itself(token: Token, status: Status | None, words: Words, *, soft: bool = False) -> Status | None:
    """The status under the word's own modals, hedges and negation; `soft` leaves the negation out."""
    if status is None:
        return None
    return _verb(token, status, soft, words) if is_verb(token) else _noun(token, status, words)


def _noun(noun: Token, status: Status, words: Words) -> Status | None:
    near = [child for child in noun.children if child.dep_ in ("amod", "compound", "acl", "det", "nmod", "advmod")]
    for child in near:
        value = effect_of(child, ("MODIFIER",), words)
        if value and not (child.dep_ == "acl" and is_infinitive(child)):
            return governed(status, value)
        if child.lower_ == "no" and child.dep_ == "det":
            return governed(status, "denied")
    return status


def _verb(verb: Token, status: Status, soft: bool, words: Words) -> Status | None:
    changed: Status | None = status
    modals = auxiliaries(verb)
    weak = any(is_in(modal, "MODAL_WEAK", words) for modal in modals)
    for modal in modals:
        if is_in(modal, "MODAL.planned", words) or (modal.lower_ == "would" and _is_backshifted(verb, words)):
            changed = governed(changed, "planned")
        elif is_in(modal, "MODAL.possible", words) and modal.tag_ == "MD":
            changed = governed(changed, "possible")
    for child in verb.children:
        if child.dep_ == "advmod" and is_in(child, "HEDGE", words):
            changed = governed(changed, "possible")
        if child.dep_ == "advmod" and is_in(child, "NOT_QUITE", words):
            return None
        if child.dep_ == "advcl" and is_conditional(child, words):
            changed = governed(changed, "possible")
    if not soft and not weak and is_negated(verb, words):
        duty = any(is_in(modal, "MODAL_DUTY", words) for modal in modals)
        changed = None if duty else governed(changed, "denied")
    return changed


def is_negated(verb: Token, words: Words) -> bool:
    """Whether a verb is negated by an adverb, by its conjunction or by its subject."""
    subject = subject_of(verb)
    first = verb.head if verb.dep_ == "conj" and subject is None else None
    paired = [t for t in first.children if t.dep_ == "preconj"] if first is not None else []
    if subject is not None and is_in(subject, "NEGATION", words):
        return True
    for child in (*verb.children, *(subject.children if subject is not None else ()), *paired):
        if child.dep_ in ("neg", "preconj", "det", "cc", "advmod") and is_in(child, "NEGATION", words):
            if child.dep_ == "cc" and child.i > verb.i:
                continue
            follower = child.nbor(1) if child.i + 1 < len(child.doc) else None
            if follower is None or not is_in(follower, "NOT_ONLY", words):
                return True
    return False


def is_conditional(clause: Token, words: Words) -> bool:
    """Whether a clause is a condition: if it attacks, had it attacked."""
    return any(
        child.dep_ in ("mark", "advmod", "aux") and is_in(child, "CONDITION", words) and child.i < clause.i
        for child in clause.children
    ) or _is_inverted(clause, words)


def _is_inverted(clause: Token, words: Words) -> bool:
    """Whether a clause is a condition by its order: had it attacked, should it attack."""
    subject, helpers = subject_of(clause), auxiliaries(clause)
    return (
        clause.dep_ == "advcl"
        and subject is not None
        and bool(helpers)
        and helpers[0].i < subject.i
        and is_in(helpers[0], "INVERTED", words)
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
