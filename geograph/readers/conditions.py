"""Clauses that may or may not come true: conditions, and times that are still to come."""

from __future__ import annotations

from collections.abc import Mapping

from geograph.readers.clauses import auxiliaries, is_in, is_past, is_verb, subject_of
from geograph.syntax import Token

Words = Mapping[str, frozenset[str]]
_REACH = 2
"""Words before a clause in which the start of its conjunction is looked for: parsers cut "as long as" apart."""


def is_conditional(clause: Token, words: Words) -> bool:
    """Whether a clause is a condition: if it attacks, as long as it attacks, had it attacked."""
    opens = any(
        child.dep_ in ("mark", "advmod", "aux") and is_in(child, "CONDITION", words) and child.i < clause.i
        for child in clause.children
    )
    return opens or _is_opened_by(clause, "CONDITION_PHRASE", words) or _is_inverted(clause, words)


def _is_opened_by(clause: Token, family: str, words: Words) -> bool:
    """Whether the words before the subject of a clause hold a phrase of a word class."""
    subject = subject_of(clause)
    if subject is None or subject.i > clause.i:
        return False
    start = max(clause.sent.start, clause.left_edge.i - _REACH)
    opening = f" {clause.doc[start : subject.left_edge.i].text.lower()} "
    return any(f" {phrase} " in opening for phrase in words.get(family, ()))


def _is_inverted(clause: Token, words: Words) -> bool:
    """Whether a clause is a condition by its order: had it attacked, should it attack, were it to attack."""
    subject = subject_of(clause)
    if clause.dep_ != "advcl" or subject is None:
        return False
    first = next(iter(auxiliaries(clause)), clause)
    return first.i < subject.i and is_in(first, "INVERTED", words)


def is_of_act(clause: Token, verb: Token, words: Words) -> bool:
    """Whether a condition is that of what a past speech act speaks of: threatened it with war if it came."""
    past = verb.tag_ in ("VBD", "VBN") and not any(helper.tag_ in ("MD", "TO") for helper in auxiliaries(verb))
    return past and clause.i > verb.i and is_in(verb, "CONDITIONAL_ACT", words)


def is_to_come(clause: Token, words: Words) -> bool:
    """Whether a clause of time tells of what is still to come: once it signs, until it has signed.

    Under a main clause with a modal its past is one of indirect speech: it would stay until they left.
    """
    opened = any(
        child.dep_ in ("mark", "advmod") and is_in(child, "TIME_TO_COME", words) and child.i < clause.i
        for child in clause.children
    )
    if not (opened or _is_opened_by(clause, "TIME_TO_COME", words)):
        return False
    if not is_past(clause):
        return True
    opens_future = any(is_in(child, "TIME_BACKSHIFTED", words) for child in clause.children if child.i < clause.i)
    helpers = auxiliaries(clause.head) if is_verb(clause.head) else []
    return opens_future and any(helper.tag_ in ("MD", "TO") for helper in helpers)
