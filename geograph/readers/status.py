"""How certain a text is that an event happened: a walk from the predicate up to the root of its sentence.

Every word on the way may change the status: a modal, a negation, a hedge, a condition, a verb, adjective or noun that
plans, wants, denies or ends what it governs. Which word does what is data (`ontologies/words/status.ttl`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from geograph.model import Status
from geograph.readers.clauses import climb, is_finite, is_in, is_infinitive, is_verb, keys, subject_of
from geograph.readers.modality import VALUES, effect_of, governed, in_itself, is_conditional, is_negated
from geograph.readers.protocol import Frame, Reading


def status_of(reading: Reading, frame: Frame, words: Mapping[str, frozenset[str]]) -> Status | None:
    """How certain the text is of the event of `frame`; None where it makes no claim (questions, lifted sanctions)."""
    if _is_question(frame.predicate):
        return None
    return _Walk(words, frozenset(token.i for token in frame.trigger)).status(frame)


def _is_question(token: Token) -> bool:
    """Whether the sentence ends with a question mark."""
    tail = [t for t in token.sent if not (t.is_space or t.is_quote)]
    return bool(tail) and tail[-1].text == "?"


@dataclass(frozen=True)
class _Step:
    """Where the walk stands: the status so far and the word to go on from, None at its end."""

    status: Status | None
    node: Token | None


@dataclass(frozen=True)
class _Walk:
    """The words of the ontology and the tokens of the trigger, which never change the event that they carry."""

    words: Mapping[str, frozenset[str]]
    trigger: frozenset[int]

    def status(self, frame: Frame) -> Status | None:
        """The status at the end of the walk."""
        node = frame.predicate
        nouns = [token for token in (*frame.trigger, frame.item) if token is not None and token != node]
        status: Status | None = Status.ACTUAL
        if any(child.dep_ == "det" and child.lower_ == "no" for noun in nouns for child in noun.children):
            status = Status.DENIED
        step = _Step(self._in_itself(node, status), node)
        while step.node is not None and step.status is not None:
            step = self._up(step.node, step.status)
        return step.status

    def _in_itself(self, token: Token, status: Status | None, *, soft: bool = False) -> Status | None:
        return in_itself(token, status, self.words, soft=soft)

    def _up(self, node: Token, status: Status) -> _Step:
        if node.head == node:
            headline = is_verb(node) and is_infinitive(node)
            return _Step(governed(status, "planned") if headline else status, None)
        if node.dep_ == "conj":
            return self._from_conjunct(node, status)
        clause = is_verb(node) or node.dep_ in ("xcomp", "ccomp")
        return self._from_clause(node, status) if clause else self._from_noun(node, status)

    def _from_conjunct(self, node: Token, status: Status) -> _Step:
        head = node.head
        if not (is_verb(node) and is_verb(head)):
            return _Step(status, head)
        if is_finite(node):
            # The parser may join a finite verb to an infinitive; it belongs to the finite verb above.
            return _Step(status, next((t for t in climb(head) if is_verb(t) and is_finite(t)), head))
        bare = not (is_infinitive(node) or subject_of(node))
        return _Step(self._in_itself(head, status) if bare else status, head)

    def _from_clause(self, node: Token, status: Status) -> _Step:
        head = node.head
        if head.i in self.trigger:
            return _Step(self._in_itself(head, status), head)
        match node.dep_:
            case "xcomp" | "ccomp" | "oprd" | "acomp" if is_finite(node):
                return self._from_that_clause(node, status)
            case "xcomp" | "ccomp" | "oprd" | "acomp" if self._asks(node):
                return _Step(governed(status, "possible") if is_in(head, "WHETHER", self.words) else None, None)
            case "xcomp" | "ccomp" | "oprd" | "acomp":
                if any(is_in(child, "NOT_YET", self.words) for child in head.children if child.dep_ == "advmod"):
                    return _Step(governed(status, "denied"), None)
                bare = subject_of(node) is not None and node.tag_ == "VB" and not is_infinitive(node)
                default = "possible" if is_infinitive(node) or bare else "same"
                effect = effect_of(head, ("OVER_TO", "OVER"), self.words) or default
                return _Step(self._in_itself(head, governed(status, effect)), head)
            case "pcomp":
                return self._from_preposition(node, status, ("OVER_TO", "OVER"))
            case "advcl" if not is_finite(node) and (value := effect_of(head, ("OVER_TO", "OVER"), self.words)):
                return _Step(self._in_itself(head, governed(status, value)), head)
            case "advcl" | "relcl" | "acl":
                return self._from_subordinate(node, status)
            case "csubj":
                return _Step(self._in_itself(head, status, soft=True), None)
            case _:
                return _Step(status, None)

    def _asks(self, clause: Token) -> bool:
        """Whether a clause asks rather than tells: whether it attacked."""
        return any(is_in(child, "QUESTION", self.words) and child.i < clause.i for child in clause.children)

    def _from_that_clause(self, node: Token, status: Status) -> _Step:
        head = node.head
        if self._asks(node):
            return _Step(governed(status, "possible") if is_in(head, "WHETHER", self.words) else None, None)
        value = effect_of(head, ("OVER",), self.words)
        if value in (None, "same", "planned"):
            # "announced that it will": the clause has its own modal.
            return _Step(None if is_verb(head) and is_negated(head, self.words) else status, None)
        if is_verb(head) and is_negated(head, self.words):
            return _Step(None, None)
        return _Step(governed(status, value or "same"), head if not is_verb(head) else None)

    def _from_subordinate(self, node: Token, status: Status) -> _Step:
        head = node.head
        if self._asks(node) and any(is_in(child, "UNSURE", self.words) for child in (head, *head.children)):
            return _Step(None, None)
        if is_conditional(node, self.words):
            return _Step(governed(status, "possible"), None)
        if not is_verb(head):
            return self._from_noun_complement(node, status)
        if is_infinitive(node):
            return _Step(self._in_itself(head, governed(status, "planned")), head)
        if is_finite(node):
            return _Step(status, None)
        return _Step(self._in_itself(head, status, soft=True), head)

    def _from_noun_complement(self, node: Token, status: Status) -> _Step:
        """A clause under a noun or adjective: plans to attack, reports that it attacked, sanctions imposed by it."""
        head = node.head
        value = effect_of(head, ("OVER_TO", "OVER"), self.words)
        if is_infinitive(node):
            if value is None and self._is_singled_out(head):
                return _Step(status, None)
            if value is None and head.head == head and head.pos_ == "PROPN":
                return _Step(governed(status, "planned"), None)  # a headline: "France to sanction Iran"
            return _Step(self._in_itself(head, governed(status, value or "possible")), head)
        if not (is_finite(node) and any(child.dep_ == "mark" for child in node.children)):
            return _Step(status, None)
        if any(child.dep_ == "det" and is_in(child, "NEGATION", self.words) for child in head.children):
            return _Step(None, None)  # "no evidence that it attacked"
        value = effect_of(head, ("OVER_THAT", "OVER"), self.words)
        return _Step(governed(status, "same" if value in (None, "planned") else value), head)

    def _is_singled_out(self, noun: Token) -> bool:
        """Whether a noun is "the first country to sanction Iran": what is told of it happened."""
        return any(
            child.tag_ in ("JJS", "RBS") or is_in(child, "SINGLED_OUT", self.words) for child in (noun, *noun.children)
        )

    def _from_preposition(self, node: Token, status: Status, families: tuple[str, ...]) -> _Step:
        preposition, governor = node.head, node.head.head
        if any(is_in(word, "WITHOUT", self.words) for word in (preposition, governor, *preposition.children)):
            return _Step(governed(status, "denied"), None)
        if governor.i in self.trigger:
            return _Step(self._in_itself(governor, status), governor)
        if is_in(governor, "SHARE", self.words) and self._agents(node):
            return _Step(status, None)  # "denied a part in the attack by another": the attack stands
        value = effect_of(governor, families, self.words, preposition) if governor != preposition else None
        whole = value is not None and self._effect_is_of(governor, preposition, families)
        if whole and value is not None:
            return _Step(self._in_itself(governor, governed(status, value)), governor)
        if is_verb(node) and is_verb(governor) and not is_in(preposition, "DONE_BEFORE", self.words):
            return _Step(self._in_itself(governor, status, soft=True), governor)
        return _Step(status, None)

    def _agents(self, noun: Token) -> list[Token]:
        """The phrases of an event noun that name who did it: by another, another's."""
        return [c for c in noun.children if c.dep_ == "poss" or (c.dep_ in ("prep", "agent") and c.lower_ == "by")]

    def _effect_is_of(self, governor: Token, preposition: Token, families: tuple[str, ...]) -> bool:
        """Whether the effect lies in the word with its preposition, or the word is a noun or adjective."""
        pairs = {key for key in keys(governor, preposition) if " " in key}
        names = (f"{family}.{value}" for family in families for value in VALUES)
        listed = any(pairs & self.words.get(name, frozenset()) for name in names)
        return listed or (not is_verb(governor) and preposition.lower_ in ("of", "for", "to", "on", "against"))

    def _from_noun(self, node: Token, status: Status) -> _Step:
        head = node.head
        if head.i in self.trigger and is_verb(head):
            return _Step(self._in_itself(head, status), head)
        families = ("OVER_NOUN", "OVER")
        match node.dep_:
            case "dobj" | "dative" | "attr" | "oprd" if is_verb(head):
                value = "same" if node.dep_ == "attr" else effect_of(head, families, self.words)
                if value is None:
                    return _Step(status, None)
                return _Step(self._in_itself(head, governed(status, value)), head)
            case "nsubjpass":
                value = effect_of(head, families, self.words)
                if value is None:
                    return _Step(status, None)
                return _Step(self._in_itself(head, governed(status, value)), head)
            case "nsubj":
                return self._from_subject(node, head, status)
            case "pobj":
                return self._from_preposition(node, status, families)
            case "compound" | "nmod":
                value = effect_of(head, families, self.words)
                return _Step(governed(status, value), head) if value else _Step(status, None)
            case _:
                return _Step(status, None)

    def _from_subject(self, noun: Token, verb: Token, status: Status) -> _Step:
        """An event noun as subject: the talks will begin, a visit is likely, the visit would improve ties."""
        adjective = next((child for child in verb.children if child.dep_ in ("acomp", "oprd")), None)
        value = effect_of(adjective, ("OVER_TO", "OVER"), self.words) if adjective is not None else None
        if value is not None:
            return _Step(self._in_itself(verb, governed(status, value)), verb)
        if is_in(verb, "HAPPEN", self.words):
            return _Step(self._in_itself(verb, status), verb)
        if is_in(noun, "TAKES_PLACE", self.words):
            return _Step(self._in_itself(verb, status, soft=True), None)
        return _Step(status, None)
