"""How certain a text is that an event happened: a walk from the predicate up to the root of its sentence.

Every word on the way may change the status: a modal, a negation, a hedge, a condition, a verb, adjective or noun that
plans, wants, denies or ends what it governs. Which word does what is data (`ontologies/words/status.ttl`). A word that
no class knows passes on the status of what somebody tells, and makes possible what it governs as an infinitive.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from geograph.model import Status
from geograph.readers.clauses import (
    auxiliaries,
    climb,
    is_finite,
    is_in,
    is_infinitive,
    is_past,
    is_perfect_participle,
    is_present,
    is_verb,
    stands_alone,
    subject_of,
)
from geograph.readers.conditions import is_conditional, is_to_come
from geograph.readers.modality import Step, effect_between, effect_of, governed, in_itself, is_fiction, is_negated
from geograph.readers.nominals import NOMINAL, from_noun, from_preposition, was_not_barred, without_verb
from geograph.readers.outset import outset
from geograph.readers.protocol import Frame, Reading
from geograph.readers.telling import effect_on_clause, is_conjecture, is_unverified, of_relative, of_teller
from geograph.syntax import Token

_COMPLEMENTS = ("xcomp", "ccomp", "oprd", "acomp")
_FAMILIES = ("OVER_TO", "OVER")


def status_of(reading: Reading, frame: Frame, words: Mapping[str, frozenset[str]]) -> Status | None:
    """How certain the text is of the event of `frame`; None where it makes no claim (questions, lifted sanctions)."""
    *_, last = status_path(reading, frame, words)
    return last.status


def status_path(reading: Reading, frame: Frame, words: Mapping[str, frozenset[str]]) -> Iterator[Step]:
    """The steps of the walk up from the event of `frame`, at least one; the last has its status."""
    if _is_question(frame.predicate):
        yield Step(None, None)
        return
    trigger = frozenset(token.i for token in frame.trigger)
    yield from _Walk(words, trigger).path(frame, outset(reading, frame, words))


def _is_question(token: Token) -> bool:
    """Whether the sentence ends with a question mark."""
    tail = [t for t in token.sent if not (t.is_space or t.is_quote)]
    return bool(tail) and tail[-1].text == "?"


@dataclass(frozen=True)
class _Walk:
    """The words of the ontology and the tokens of the trigger, which never change the event that they carry."""

    words: Mapping[str, frozenset[str]]
    trigger: frozenset[int]

    def path(self, frame: Frame, status: Status | None) -> Iterator[Step]:
        """The status after each step of a walk that begins with `status`."""
        node = frame.predicate
        refused = any(token.dep_ == "neg" for token in frame.trigger)
        step = Step(self._refused(node, status) if refused else self._in_itself(node, status), node)
        yield step
        while step.node is not None and step.status is not None:
            step = self._up(step.node, step.status)
            yield step

    def _refused(self, verb: Token, status: Status | None) -> Status | None:
        """The status of what is done by not doing: does not recognise, will not accept; none of what must not be."""
        modals = auxiliaries(verb)
        if any(is_in(modal, "MODAL_DUTY", self.words) for modal in modals):
            return None
        open_end = any(is_in(modal, "MODAL_WEAK", self.words) for modal in modals)
        conditions = (c for c in verb.children if c.dep_ == "advcl" and is_conditional(c, self.words))
        return governed(status, "possible") if open_end or any(conditions) else status

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
            told = node.dep_ == "relcl" and is_past(node)  # "freed a man whom it had detained"
            return Step(status, None) if told else Step(self._in_itself(head, status), head)
        match node.dep_:
            case "xcomp" | "ccomp" | "oprd" | "acomp" if is_finite(node):
                return self._from_that_clause(node, status)
            case "xcomp" | "ccomp" | "oprd" | "acomp":
                return self._from_infinitive(node, status)
            case "pcomp":
                return from_preposition(node, status, self.words, self.trigger, _FAMILIES)
            case "advcl" | "relcl" | "acl":
                return self._from_subordinate(node, status)
            case "csubj" if self._asks(node):
                return Step(None, None)
            case "csubj":
                certain = status if is_finite(node) or node.tag_ == "VBG" else governed(status, "possible")
                return Step(self._in_itself(head, certain, soft=True), None)
            case _:
                return Step(status, None)

    def _is_untold(self, verb: Token) -> bool:
        """Whether a verb of telling without tense tells nothing: stopped short of saying that, declined to say that."""
        if is_finite(verb) or is_in(verb, "FACTIVE", self.words):
            return False
        step = Step(Status.ACTUAL, verb)
        while step.node is not None and step.status is not None:
            step = self._up(step.node, step.status)
        return step.status in (None, Status.DENIED)

    def _asks(self, clause: Token) -> bool:
        """Whether a clause asks rather than tells: whether it attacked."""
        return any(is_in(child, "QUESTION", self.words) and child.i < clause.i for child in clause.children)

    def _from_infinitive(self, node: Token, status: Status) -> Step:
        """A clause without tense under a verb or adjective: failed to attack, is ready to attack, admits attacking."""
        head = node.head
        if self._asks(node):
            return Step(governed(status, "possible") if is_in(head, "WHETHER", self.words) else None, None)
        # "has yet to attack"; a "Yet" in front of its subject only goes on from the sentence before.
        first = subject.i if (subject := subject_of(head)) is not None else head.sent.start
        later = (child for child in head.children if child.dep_ == "advmod" and child.i > first)
        if any(is_in(child, "NOT_YET", self.words) for child in later):
            return Step(governed(status, "denied"), None)
        if is_verb(head) and was_not_barred(head, self.words):
            return Step(status, head)
        if is_infinitive(node) and self._is_headline(node):
            return Step(governed(status, "planned"), None)
        bare = subject_of(node) is not None and node.tag_ == "VB" and not is_infinitive(node)
        open_end = is_infinitive(node) or bare or (node.tag_ == "VBG" and is_verb(head) and node.i > head.i)
        effect = (
            effect_between(node, _FAMILIES, self.words)
            or effect_of(head, _FAMILIES, self.words)
            or ("possible" if open_end else "same")
        )
        effect = "same" if self._serves(node) else effect
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
        value = effect_on_clause(node, self.words)
        if is_verb(head) and value == "same" and head.dep_ not in NOMINAL:
            if self._is_untold(head):
                return Step(None, None)
            value = "possible" if is_conjecture(head, self.words) else value
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

    def _from_subordinate(self, node: Token, status: Status) -> Step:
        head = node.head
        whether = any(child.lower_ == "whether" for child in node.children)
        if whether or (self._asks(node) and any(is_in(c, "UNSURE", self.words) for c in (head, *head.children))):
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
            purpose = self._purpose(node)
            return Step(self._in_itself(head, governed(status, purpose)), head)
        if is_finite(node) or is_perfect_participle(node):
            return Step(status, None)
        if node.i > head.i and not any(child.text == "," for child in head.children if head.i < child.i < node.i):
            value = effect_of(head, _FAMILIES, self.words)
            return Step(self._in_itself(head, governed(status, value or "same"), soft=value is None), head)
        return Step(self._in_itself(head, status, soft=True), head)

    def _purpose(self, node: Token) -> str:
        """What the verb above a purpose makes of it: sent soldiers to help, got leave to attack, rose to attack."""
        head = node.head
        if self._serves(node) or any(
            child.dep_ == "attr" and child.i < node.i and self._is_singled_out(child) for child in head.children
        ):
            return "same"  # "became the second nation to expel"
        things = (child for child in head.children if child.dep_ == "dobj" and child.i < node.i)
        if is_in(head, "OBTAIN", self.words):
            for thing in things:
                if (value := effect_of(thing, _FAMILIES, self.words)) and value != "same":
                    return value
        return effect_of(head, _FAMILIES, self.words) or "planned"

    def _serves(self, node: Token) -> bool:
        """Whether a clause says what people were sent for or what one is committed to, and so does: sent to help."""
        head = node.head
        if is_in(head, "COMMITTED", self.words):
            return is_in(node, "STANDS_BY", self.words)
        if not is_in(node, "SERVE", self.words):
            return False
        if head.lemma_ == "be" and any(c.dep_ == "prep" and c.lower_ in ("in", "at", "on") for c in head.children):
            return True  # "are in Iraq to defeat it"
        sending = [head]
        while sending[-1].dep_ == "pobj" and sending[-1].head.dep_ == "prep":
            sending.append(sending[-1].head.head)  # "the deployment of thousands of troops to support it"
        return not is_present(head) and any(is_in(word, "SEND", self.words) for word in sending)

    def _from_noun_complement(self, node: Token, status: Status) -> Step:
        """A clause under a noun or adjective: plans to attack, reports that it attacked, sanctions imposed by it."""
        head = node.head
        if head.lower_ in self.words.get("NEGATION", ()):
            return Step(None, None)  # "found nothing to show that"
        value = "same" if self._serves(node) else effect_of(head, _FAMILIES, self.words)
        if is_infinitive(node):
            if value is None and self._is_singled_out(head):
                # "was the first to", but "wants to be the first to"
                return Step(status, head if head.dep_ in ("attr", "oprd") else None)
            if value is None and head.head == head and head.pos_ == "PROPN":
                return Step(governed(status, "planned"), None)  # a headline: "France to sanction Iran"
            if is_in(head, "OCCASION_TAKEN", self.words) and is_in(head.head, "SEIZES", self.words):
                value = "same"  # "used the occasion to condemn it"
            return Step(self._in_itself(head, governed(status, value or "possible")), head)
        if head.dep_ == "dobj" and is_verb(head.head) and (false := of_teller(head.head, self.words)):
            return Step(governed(status, false), None)  # "a fake video showed them attacking"
        if node.dep_ == "relcl" and is_present(node) and any(child.lower_ == "when" for child in node.children):
            return Step(governed(status, "possible"), None)  # "the day when it attacks"
        if self._is_under_plan(node):
            return Step(governed(status, effect_of(head, ("OVER_THAT", *_FAMILIES), self.words) or "same"), None)
        if head.dep_ == "dobj" and node.tag_ == "VBN" and is_in(head.head, "WANTS_DONE", self.words):
            return Step(governed(status, "possible"), None)  # "wants the minister arrested"
        if not (is_finite(node) and any(child.dep_ == "mark" for child in node.children)):
            # "will issue a statement condemning it": to be condemned.
            if value := of_relative(node, self.words):
                return Step(governed(status, value), None)
            said = node.tag_ == "VBG" and is_in(head, "UTTERANCE", self.words)
            return Step(self._in_itself(head, status), head) if said else Step(status, None)
        if any(child.dep_ == "det" and is_in(child, "NEGATION", self.words) for child in head.children):
            # "no evidence that it attacked", but "no doubt that it attacked"
            return Step(status if is_in(head, "DOUBT", self.words) else None, None)
        value = effect_of(head, ("OVER_THAT", "OVER"), self.words) or "possible"
        if is_unverified(head, self.words):
            return Step(governed(status, "possible"), None)
        return Step(self._in_itself(head, governed(status, "same" if value == "planned" else value)), head)

    def _is_under_plan(self, clause: Token) -> bool:
        """Whether a relative clause in the present says what a plan holds: a plan under which it sells."""
        wh = (noun for child in clause.children if child.dep_ == "prep" for noun in child.children)
        return clause.dep_ == "relcl" and is_present(clause) and any(noun.tag_ == "WDT" for noun in wh)

    def _is_singled_out(self, noun: Token) -> bool:
        """Whether a noun is "the first country to sanction Iran": what is told of it happened."""
        return any(
            child.tag_ in ("JJS", "RBS") or is_in(child, "SINGLED_OUT", self.words) for child in (noun, *noun.children)
        )
