"""How certain a text is that an event happened: a walk from the predicate up to the root of its sentence.

Every word on the way may change the status: a modal, a negation, a hedge, a condition, a verb, adjective or noun that
plans, wants, denies or ends what it governs. Which word does what is data (`ontologies/words/status.ttl`). A word that
no class knows passes on the status of what somebody tells, and makes possible what it governs as an infinitive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from geograph.dates.tense import attachment
from geograph.model import Status
from geograph.readers.clauses import (
    climb,
    is_finite,
    is_in,
    is_infinitive,
    is_perfect_participle,
    is_present,
    is_verb,
    stands_alone,
    subject_of,
)
from geograph.readers.conditions import is_conditional, is_to_come
from geograph.readers.modality import Step, effect_of, governed, in_itself, is_fiction, is_negated
from geograph.readers.nominals import NOMINAL, from_noun, from_preposition, was_not_barred, without_verb
from geograph.readers.protocol import Frame, Reading

_COMPLEMENTS = ("xcomp", "ccomp", "oprd", "acomp")
_FAMILIES = ("OVER_TO", "OVER")


def status_of(reading: Reading, frame: Frame, words: Mapping[str, frozenset[str]]) -> Status | None:
    """How certain the text is of the event of `frame`; None where it makes no claim (questions, lifted sanctions)."""
    if _is_question(frame.predicate):
        return None
    trigger = frozenset(token.i for token in frame.trigger)
    return _Walk(words, trigger, frozenset(_dates_ahead(reading, frame)), _is_excluded(reading, frame)).status(frame)


def _is_excluded(reading: Reading, frame: Frame) -> bool:
    """Whether the object of a frame stands behind "neither"."""
    tokens = reading.tokens(frame.object.span)
    heads = (tokens.root, tokens.root.head) if tokens is not None else ()
    return any(child.lower_ == "neither" and child.i > frame.predicate.i for head in heads for child in head.children)


def _dates_ahead(reading: Reading, frame: Frame) -> Iterator[int]:
    """The words by which dates after the publication hang on the sentence of a frame."""
    published, sentence = reading.article.published, frame.predicate.sent
    for date in reading.dates:
        if published is None or date.period is None or date.period.earliest <= published:
            continue
        tokens = reading.tokens(date.span) if sentence.start_char <= date.span.start < sentence.end_char else None
        if tokens is not None:
            yield attachment(tokens).i


def _is_question(token: Token) -> bool:
    """Whether the sentence ends with a question mark."""
    tail = [t for t in token.sent if not (t.is_space or t.is_quote)]
    return bool(tail) and tail[-1].text == "?"


@dataclass(frozen=True)
class _Walk:
    """The words of the ontology and the tokens of the trigger, which never change the event that they carry."""

    words: Mapping[str, frozenset[str]]
    trigger: frozenset[int]
    ahead: frozenset[int]
    """The words on which dates after the publication hang."""
    excluded: bool
    """Whether the object is ruled out: met neither of them."""

    def status(self, frame: Frame) -> Status | None:
        """The status at the end of the walk."""
        node = frame.predicate
        nouns = [token for token in (*frame.trigger, frame.item) if token is not None and token != node]
        status: Status | None = Status.PLANNED if self._is_ahead(frame.predicate) else Status.ACTUAL
        if (
            any(child.dep_ == "det" and child.lower_ == "no" for noun in nouns for child in noun.children)
            or self.excluded
        ):
            status = Status.DENIED
        if is_in(node, "ANNOUNCE", self.words) and any(is_in(noun, "TAKES_PLACE", self.words) for noun in nouns):
            status = governed(status, "planned")  # "announced a visit": to be made
        step = Step(self._in_itself(node, status), node)
        while step.node is not None and step.status is not None:
            step = self._up(step.node, step.status)
        return step.status

    def _is_ahead(self, verb: Token) -> bool:
        """Whether a verb in the present has a date to come: flies there tomorrow, is meeting them on Friday."""
        present = is_verb(verb) and (is_present(verb) or verb.dep_ == "conj")
        return present and any(child.i in self.ahead or child.lower_ == "tomorrow" for child in verb.children)

    def _in_itself(self, token: Token, status: Status | None, *, soft: bool = False) -> Status | None:
        return in_itself(token, status, self.words, soft=soft)

    def _up(self, node: Token, status: Status) -> Step:
        if node.head == node:
            headline = is_verb(node) and is_infinitive(node)
            return Step(governed(status, "planned") if headline else without_verb(node, status, self.words), None)
        if node.dep_ == "conj":
            return self._from_conjunct(node, status)
        clause = node.dep_ in _COMPLEMENTS or (is_verb(node) and node.dep_ not in NOMINAL)
        return self._from_clause(node, status) if clause else from_noun(node, status, self.words, self.trigger)

    def _from_conjunct(self, node: Token, status: Status) -> Step:
        head = node.head
        if not (is_verb(node) and is_verb(head)):
            return Step(status, head)
        if is_finite(node):
            # The parser may join a finite verb to an infinitive; it belongs to the finite verb above.
            return Step(status, next((t for t in climb(head) if is_verb(t) and is_finite(t)), head))
        bare = not (is_infinitive(node) or subject_of(node))
        return Step(self._in_itself(head, status) if bare else status, head)

    def _from_clause(self, node: Token, status: Status) -> Step:
        head = node.head
        if head.i in self.trigger:
            return Step(self._in_itself(head, status), head)
        match node.dep_:
            case "xcomp" | "ccomp" | "oprd" | "acomp" if is_finite(node):
                return self._from_that_clause(node, status)
            case "xcomp" | "ccomp" | "oprd" | "acomp":
                return self._from_infinitive(node, status)
            case "pcomp":
                return from_preposition(node, status, self.words, self.trigger, _FAMILIES)
            case "advcl" | "relcl" | "acl":
                return self._from_subordinate(node, status)
            case "csubj":
                certain = status if is_finite(node) or node.tag_ == "VBG" else governed(status, "possible")
                return Step(self._in_itself(head, certain, soft=True), None)
            case _:
                return Step(status, None)

    def _asks(self, clause: Token) -> bool:
        """Whether a clause asks rather than tells: whether it attacked."""
        return any(is_in(child, "QUESTION", self.words) and child.i < clause.i for child in clause.children)

    def _from_infinitive(self, node: Token, status: Status) -> Step:
        """A clause without tense under a verb or adjective: failed to attack, is ready to attack, admits attacking."""
        head = node.head
        if self._asks(node):
            return Step(governed(status, "possible") if is_in(head, "WHETHER", self.words) else None, None)
        if any(is_in(child, "NOT_YET", self.words) for child in head.children if child.dep_ == "advmod"):
            return Step(governed(status, "denied"), None)
        if is_verb(head) and was_not_barred(head, self.words):
            return Step(status, head)
        if is_infinitive(node) and self._is_headline(node):
            return Step(governed(status, "planned"), None)
        bare = subject_of(node) is not None and node.tag_ == "VB" and not is_infinitive(node)
        open_end = is_infinitive(node) or bare or (node.tag_ == "VBG" and is_verb(head) and node.i > head.i)
        effect = effect_of(head, _FAMILIES, self.words) or ("possible" if open_end else "same")
        return Step(self._in_itself(head, governed(status, effect)), head)

    def _is_headline(self, node: Token) -> bool:
        """Whether an infinitive is a headline before its source: "France to sanction Iran, minister says"."""
        subject = subject_of(node)
        before = subject is not None and subject.i < node.i < node.head.i
        return before and is_verb(node.head) and is_in(node.head, "REPORTING", self.words)

    def _from_that_clause(self, node: Token, status: Status) -> Step:
        head = node.head
        if self._asks(node):
            return Step(governed(status, "possible") if is_in(head, "WHETHER", self.words) else None, None)
        if is_conditional(node, self.words):
            return Step(governed(status, "possible"), None)
        if any(is_fiction(child, self.words) for child in head.children):
            return Step(None, None)
        if node.i > head.i and stands_alone(node):
            return Step(status, None)
        value = self._effect_on_clause(node)
        negated = is_verb(head) and is_negated(head, self.words)
        if negated and (is_in(head, "FACTIVE", self.words) or is_in(head, "DOUBT", self.words)):
            return Step(status, None)
        if value in ("same", "planned"):
            # "announced that it will": the clause has its own modal; "expects that it sends": it has none.
            value = "planned" if value == "planned" and is_present(node) else "same"
        if negated:
            return Step(None, None)
        noun = not is_verb(head) or head.dep_ in NOMINAL
        return Step(governed(status, value), head if noun else None)

    def _effect_on_clause(self, node: Token) -> str:
        """What the words above a clause with a tense make of it: says that, it is possible that, the fear is that."""
        head = node.head
        said = [child for child in head.children if child.dep_ in ("acomp", "attr", "oprd") and child != node]
        subjects = [child for child in head.children if child.dep_ in ("nsubj", "csubj") and head.lemma_ == "be"]
        noun = not is_verb(head) or head.dep_ in NOMINAL
        for word in (*said, *subjects, *([head] if noun else [])):
            if value := effect_of(word, ("PREDICATE", "OVER_THAT", "OVER"), self.words):
                return value
        teller = subject_of(head)
        if teller is not None and effect_of(teller, ("OVER_THAT",), self.words) == "possible":
            return "possible"  # "rumour has it that"
        if not noun and (value := effect_of(head, ("OVER",), self.words)):
            return value
        known = any(is_in(head, name, self.words) for name in ("REPORTING", "TOLD", "FACTIVE", "SPEECH_ACT"))
        return "same" if noun or known or said or node.i < head.i else "possible"

    def _from_subordinate(self, node: Token, status: Status) -> Step:
        head = node.head
        if self._asks(node) and any(is_in(child, "UNSURE", self.words) for child in (head, *head.children)):
            return Step(None, None)
        if is_conditional(node, self.words):
            return Step(governed(status, "possible"), None)
        if is_finite(node) and node.dep_ == "advcl" and is_to_come(node, self.words):
            return Step(governed(status, "planned"), None)
        if not is_verb(head):
            return self._from_noun_complement(node, status)
        if is_infinitive(node):
            if self._is_headline(node):
                return Step(governed(status, "planned"), None)
            if subject_of(node) is not None:
                return Step(governed(status, "possible"), None)  # "makes no sense for France to attack Iran"
            purpose = effect_of(head, _FAMILIES, self.words) or "planned"
            return Step(self._in_itself(head, governed(status, purpose)), head)
        if is_finite(node) or is_perfect_participle(node):
            return Step(status, None)
        if node.i > head.i and not any(child.text == "," for child in head.children if head.i < child.i < node.i):
            value = effect_of(head, _FAMILIES, self.words)
            return Step(self._in_itself(head, governed(status, value or "same"), soft=value is None), head)
        return Step(self._in_itself(head, status, soft=True), head)

    def _from_noun_complement(self, node: Token, status: Status) -> Step:
        """A clause under a noun or adjective: plans to attack, reports that it attacked, sanctions imposed by it."""
        head = node.head
        value = effect_of(head, _FAMILIES, self.words)
        if is_infinitive(node):
            if value is None and self._is_singled_out(head):
                return Step(status, None)
            if value is None and head.head == head and head.pos_ == "PROPN":
                return Step(governed(status, "planned"), None)  # a headline: "France to sanction Iran"
            return Step(self._in_itself(head, governed(status, value or "possible")), head)
        if head.dep_ == "dobj" and node.tag_ == "VBN" and is_in(head.head, "WANTS_DONE", self.words):
            return Step(governed(status, "possible"), None)  # "wants the minister arrested"
        if not (is_finite(node) and any(child.dep_ == "mark" for child in node.children)):
            return Step(status, None)
        if any(child.dep_ == "det" and is_in(child, "NEGATION", self.words) for child in head.children):
            # "no evidence that it attacked", but "no doubt that it attacked"
            return Step(status if is_in(head, "DOUBT", self.words) else None, None)
        value = effect_of(head, ("OVER_THAT", "OVER"), self.words) or "possible"
        return Step(self._in_itself(head, governed(status, "same" if value == "planned" else value)), head)

    def _is_singled_out(self, noun: Token) -> bool:
        """Whether a noun is "the first country to sanction Iran": what is told of it happened."""
        return any(
            child.tag_ in ("JJS", "RBS") or is_in(child, "SINGLED_OUT", self.words) for child in (noun, *noun.children)
        )
