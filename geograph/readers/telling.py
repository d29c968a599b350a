"""What the words above a clause with a tense make of what it tells: says that, the rumour that, it is possible that."""

from __future__ import annotations

from collections.abc import Mapping

from geograph.readers.clauses import auxiliaries, is_in, is_verb, subject_of
from geograph.readers.modality import effect_of, is_negated
from geograph.readers.nominals import NOMINAL
from geograph.syntax import Token

Words = Mapping[str, frozenset[str]]
_KNOWN = ("REPORTING", "TOLD", "FACTIVE", "SPEECH_ACT")


def effect_on_clause(node: Token, words: Words) -> str:
    """The effect of the word above the clause of `node`, of its subject and of what it is said to be."""
    head = node.head
    said = [child for child in head.children if child.dep_ in ("acomp", "attr", "oprd") and child != node]
    subjects = [child for child in head.children if child.dep_ in ("nsubj", "csubj") and head.lemma_ == "be"]
    noun = not is_verb(head) or head.dep_ in NOMINAL
    if noun and is_unverified(head, words):
        return "possible"
    for word in (*said, *subjects, *([head] if noun else [])):
        if value := effect_of(word, ("PREDICATE", "OVER_THAT", "OVER"), words):
            return value
    if value := of_teller(head, words) or _of_manner(head, words):
        return value
    if not noun and (value := effect_of(head, ("OVER",), words)):
        return value
    known = any(is_in(head, name, words) for name in _KNOWN)
    return "same" if noun or known or said or node.i < head.i else "possible"


def is_unverified(report: Token, words: Words) -> bool:
    """Whether nobody made sure of a report: it could not be verified, officials did not confirm it."""
    verb = report.head
    return (
        report.dep_ in ("nsubjpass", "dobj")
        and is_verb(verb)
        and is_in(verb, "VERIFY", words)
        and is_negated(verb, words)
    )


def of_relative(clause: Token, words: Words) -> str | None:
    """What a noun makes of a clause that a parser took for a relative one, or of the first time that it tells of."""
    noun, opening = clause.head, clause.left_edge
    if clause.dep_ != "relcl" or opening.lower_ != "that" or opening.dep_ in ("nsubj", "nsubjpass", "dobj"):
        return None
    if is_in(noun, "ONCE", words):
        verb = noun.head  # "would mark the first time that it attacked"
        modal = is_verb(verb) and any(helper.tag_ == "MD" for helper in auxiliaries(verb))
        return "possible" if modal and noun.dep_ in ("attr", "dobj") else None
    value = effect_of(noun, ("OVER_THAT",), words)
    return value if value != "same" else None


def of_teller(verb: Token, words: Words) -> str | None:
    """What the subject of a verb of telling makes of it: rumour has it, false reports said, a hoax claimed."""
    teller = subject_of(verb)
    if teller is None:
        return None
    value = effect_of(teller, ("OVER_THAT", "PREDICATE"), words)
    if value in ("possible", "denied"):
        return value
    if teller.pos_ == "ADJ":
        return effect_of(teller, ("MODIFIER",), words)  # "false claims that": the parser took "claims" for a verb
    if value or is_in(teller, "VOICE", words):
        found = (effect_of(c, ("MODIFIER",), words) for c in teller.children if c.dep_ in ("amod", "compound"))
        return next((value for value in found if value in ("possible", "denied")), None)
    return None


def _of_manner(verb: Token, words: Words) -> str | None:
    """What the manner of telling makes of it: falsely claimed, said without evidence."""
    for child in verb.children:
        if child.dep_ == "advmod" and is_in(child, "FALSELY", words):
            return "denied"
        if child.dep_ == "prep" and child.lower_ == "without" and any(is_in(c, "PROOF", words) for c in child.children):
            return "possible"
    return None


def is_conjecture(verb: Token, words: Words) -> bool:
    """Whether a verb of telling has a modal of what is not: would say that, must prove that."""
    modals = {helper.lower_ for helper in auxiliaries(verb) if helper.tag_ == "MD"}
    return bool(modals & {"would", "might"}) or (bool(modals) and is_in(verb, "ESTABLISHES", words))
