"""Who does what around a word: the subjects of its clauses, of the clauses before it and of the sentences before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from geograph.entities.discourse import SUBJECTS, Discourse, first_conjunct, subject_of

if TYPE_CHECKING:
    from geograph.syntax import Token

_VERBS = ("VERB", "AUX")
_RELATIVE = ("WP", "WDT")


def clause_subject(discourse: Discourse, token: Token) -> Token | None:
    """The subject of the clause that holds a token."""
    verb = next((a for a in token.ancestors if a.pos_ in _VERBS), None)
    return actor_of(discourse, verb) if verb is not None else None


def actor_of(discourse: Discourse, verb: Token) -> Token | None:
    """Who does what a verb says: its subject; of "urged X to VERB" and "called on X to VERB" it is X.

    Of "X, who VERB" it is X, too.
    """
    if (
        verb.dep_ in ("xcomp", "ccomp", "advcl")
        and verb.head.pos_ == "VERB"
        and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
    ):
        governor = verb.head
        if governor.lemma_.lower() not in discourse.read.gazetteer.words["SUBJECT_CONTROL"]:
            for child in governor.children:
                if child.dep_ == "dobj" and child.i < verb.i and verb.dep_ == "xcomp":
                    return child
                if child.dep_ == "prep" and child.lower_ == "on" and governor.lemma_ == "call":
                    return next((c for c in child.children if c.dep_ == "pobj"), None)
        return actor_of(discourse, governor) if verb.dep_ != "ccomp" else None
    if (
        verb.dep_ == "conj"
        and verb.head.pos_ == "VERB"
        and not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
    ):
        return actor_of(discourse, verb.head)
    subject = subject_of(verb)
    if subject is not None and subject.tag_ in _RELATIVE and verb.dep_ == "relcl":
        return verb.head
    return subject


def subjects_here(discourse: Discourse, token: Token) -> Iterator[Token]:
    """The subjects of the clauses that hold a token, innermost first, then of those before it in the sentence."""
    seen: set[int] = set()
    for verb in token.ancestors:
        if verb.pos_ not in (*_VERBS, "NOUN"):
            continue
        subject = actor_of(discourse, verb)
        if subject is None or subject.i >= token.i or subject.i in seen or is_aside(verb, subject):
            continue
        seen.add(subject.i)
        yield first_conjunct(subject)
    number = discourse.sentence_of[token.i]
    yield from reversed([s for s in _clause_subjects(discourse, number) if s.i < token.i and s.i not in seen])


def subjects_before(discourse: Discourse, token: Token, sentences: int) -> Iterator[Token]:
    """The subjects of the sentences before, the nearest first.

    After "Norway has left, a spokesman said" Norway comes first; who said it does if the token's clause speaks, too.
    """
    number = discourse.sentence_of[token.i]
    speaks = token.head.lemma_.lower() in discourse.read.gazetteer.words["REPORTING"]
    for distance in range(1, min(sentences, number) + 1):
        root = discourse.roots[number - distance]
        subject = subject_of(root)
        told = _told(discourse, root)
        if told is not None and (subject is None or told.i < subject.i) and not speaks:
            yield first_conjunct(told)
            told = None
        if subject is not None:
            yield first_conjunct(subject)
        if told is not None:
            yield first_conjunct(told)


def _told(discourse: Discourse, root: Token) -> Token | None:
    """The subject of what a sentence reports, outside quotations: "Norway has left, a spokesman said"."""
    clause = next((child for child in root.children if child.dep_ == "ccomp"), None)
    subject = subject_of(clause) if clause is not None else None
    if subject is None or subject.pos_ not in ("NOUN", "PROPN") or discourse.quotation_at(subject.idx) is not None:
        return None
    return subject


def _clause_subjects(discourse: Discourse, number: int) -> list[Token]:
    root = discourse.roots[number]
    return [t for t in root.sent if t.dep_ in SUBJECTS[:2] and t.pos_ in ("NOUN", "PROPN") and not is_aside(t.head, t)]


def is_aside(verb: Token, subject: Token) -> bool:
    """Whether a clause is put in between commas: "Rasmussen, the ministry said, also thanked them"."""
    if subject.i == 0 or verb.dep_ not in ("parataxis", "ccomp", "ROOT", "advcl"):
        return False
    left = min(subject.left_edge.i, verb.i)
    before = verb.doc[left - 1].text if left else ""
    after = verb.doc[max(verb.i, subject.i) + 1].text if max(verb.i, subject.i) + 1 < len(verb.doc) else ""
    return before == "," and after == ","
