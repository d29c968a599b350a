"""How certain a text is that an event happened: a walk from the predicate up to the root of its sentence.

Every word on the way may change the status: a modal, a negation, a hedge, a condition, a verb, adjective or noun that
plans, wants, denies or ends what it governs. Which word does what is data (`ontologies/words/status.ttl`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from geograph.model import Status
from geograph.readers.clauses import auxiliaries, climb, is_finite, is_infinitive, is_past, is_verb, keys, subject_of
from geograph.readers.protocol import Frame, Reading

_VALUES = ("planned", "possible", "denied", "open", "same")


def status_of(reading: Reading, frame: Frame, words: Mapping[str, frozenset[str]]) -> Status | None:
    """How certain the text is of the event of `frame`; None where it makes no claim (questions, lifted sanctions)."""
    if _is_question(frame.predicate):
        return None
    return _Walk(words, frozenset(token.i for token in frame.trigger)).status(frame)


def _is_question(token: Token) -> bool:
    """Whether the sentence ends with a question mark."""
    tail = [t for t in token.sent if not (t.is_space or t.is_quote)]
    return bool(tail) and tail[-1].text == "?"


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
        step = _Step(self._own(node, status), node)
        while step.node is not None and step.status is not None:
            step = self._up(step.node, step.status)
        return step.status

    def _is(self, family: str, token: Token) -> bool:
        found = self.words.get(family, frozenset())
        return token.lower_ in found or token.lemma_.lower() in found

    def _effect(self, token: Token, families: tuple[str, ...], companion: Token | None = None) -> str | None:
        for key in keys(token, companion):
            for family in families:
                for value in _VALUES:
                    if key in self.words.get(f"{family}.{value}", ()):
                        return value
        return None

    # What a word itself says of its event.

    def _own(self, token: Token, status: Status | None, soft: bool = False) -> Status | None:
        """The status under the word's own modals, hedges and negation; `soft` leaves the negation out."""
        if status is None:
            return None
        return self._own_verb(token, status, soft) if is_verb(token) else self._own_noun(token, status)

    def _own_noun(self, noun: Token, status: Status) -> Status | None:
        near = [child for child in noun.children if child.dep_ in ("amod", "compound", "acl", "det", "nmod", "advmod")]
        for child in near:
            value = self._effect(child, ("MODIFIER",))
            if value and not (child.dep_ == "acl" and is_infinitive(child)):
                return governed(status, value)
            if child.lower_ == "no" and child.dep_ == "det":
                return governed(status, "denied")
        return status

    def _own_verb(self, verb: Token, status: Status, soft: bool) -> Status | None:
        changed: Status | None = status
        modals = auxiliaries(verb)
        weak = any(self._is("MODAL_WEAK", modal) for modal in modals)
        for modal in modals:
            if self._is("MODAL.planned", modal) or (modal.lower_ == "would" and self._is_backshifted(verb)):
                changed = governed(changed, "planned")
            elif self._is("MODAL.possible", modal) and modal.tag_ == "MD":
                changed = governed(changed, "possible")
        for child in verb.children:
            if child.dep_ == "advmod" and self._is("HEDGE", child):
                changed = governed(changed, "possible")
            if child.dep_ == "advmod" and self._is("NOT_QUITE", child):
                return None
            if child.dep_ == "advcl" and self._is_conditional(child):
                changed = governed(changed, "possible")
        if not soft and not weak and self.is_negated(verb):
            duty = any(self._is("MODAL_DUTY", modal) for modal in modals)
            changed = None if duty else governed(changed, "denied")
        return changed

    def is_negated(self, verb: Token) -> bool:
        """Whether a verb is negated by an adverb, by its conjunction or by its subject."""
        subject = subject_of(verb)
        first = verb.head if verb.dep_ == "conj" and subject is None else None
        paired = [t for t in first.children if t.dep_ == "preconj"] if first is not None else []
        for child in (*verb.children, *(subject.children if subject is not None else ()), *paired):
            if child.dep_ in ("neg", "preconj", "det", "cc", "advmod") and self._is("NEGATION", child):
                if child.dep_ == "cc" and child.i > verb.i:
                    continue
                follower = child.nbor(1) if child.i + 1 < len(child.doc) else None
                if follower is None or not self._is("NOT_ONLY", follower):
                    return True
        return False

    def _is_conditional(self, clause: Token) -> bool:
        return any(
            child.dep_ in ("mark", "advmod", "aux") and self._is("CONDITION", child) and child.i < clause.i
            for child in clause.children
        ) or self._is_inverted(clause)

    def _is_inverted(self, clause: Token) -> bool:
        """Whether a clause is a condition by its order: had it attacked, should it attack."""
        subject, helpers = subject_of(clause), auxiliaries(clause)
        return (
            clause.dep_ == "advcl"
            and subject is not None
            and bool(helpers)
            and helpers[0].i < subject.i
            and self._is("INVERTED", helpers[0])
        )

    def _is_backshifted(self, verb: Token) -> bool:
        """Whether `would` stands for the `will` of somebody's words: said it would visit."""
        for node in climb(verb):
            if any(child.dep_ == "advcl" and self._is_conditional(child) for child in node.children):
                return False
            if any(child.dep_ in ("parataxis", "ccomp") and self._tells(child) for child in node.children):
                return True
            if node.dep_ == "ccomp" and (is_past(node.head) or node.head.tag_ in ("VBN", "VBG")):
                return True
            if node.dep_ not in ("conj", "ccomp", "xcomp", "advcl"):
                return False
        return False

    def _tells(self, verb: Token) -> bool:
        return verb.tag_ == "VBD" and self._is("REPORTING", verb)

    # What the words above it say of it.

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
        return _Step(self._own(head, status) if bare else status, head)

    def _from_clause(self, node: Token, status: Status) -> _Step:
        head = node.head
        if head.i in self.trigger:
            return _Step(self._own(head, status), head)
        match node.dep_:
            case "xcomp" | "ccomp" | "oprd" | "acomp" if is_finite(node):
                return self._from_that_clause(node, status)
            case "xcomp" | "ccomp" | "oprd" | "acomp" if self._asks(node):
                return _Step(governed(status, "possible") if self._is("WHETHER", head) else None, None)
            case "xcomp" | "ccomp" | "oprd" | "acomp":
                if any(self._is("NOT_YET", child) for child in head.children if child.dep_ == "advmod"):
                    return _Step(governed(status, "denied"), None)
                bare = subject_of(node) is not None and node.tag_ == "VB" and not is_infinitive(node)
                default = "possible" if is_infinitive(node) or bare else "same"
                effect = self._effect(head, ("OVER_TO", "OVER")) or default
                return _Step(self._own(head, governed(status, effect)), head)
            case "pcomp":
                return self._from_preposition(node, status, ("OVER_TO", "OVER"))
            case "advcl" if not is_finite(node) and (value := self._effect(head, ("OVER_TO", "OVER"))):
                return _Step(self._own(head, governed(status, value)), head)
            case "advcl" | "relcl" | "acl":
                return self._from_subordinate(node, status)
            case "csubj":
                return _Step(self._own(head, status, soft=True), None)
            case _:
                return _Step(status, None)

    def _asks(self, clause: Token) -> bool:
        """Whether a clause asks rather than tells: whether it attacked."""
        return any(self._is("QUESTION", child) and child.i < clause.i for child in clause.children)

    def _from_that_clause(self, node: Token, status: Status) -> _Step:
        head = node.head
        if self._asks(node):
            return _Step(governed(status, "possible") if self._is("WHETHER", head) else None, None)
        value = self._effect(head, ("OVER",))
        if value in (None, "same", "planned"):
            # "announced that it will": the clause has its own modal.
            return _Step(None if is_verb(head) and self.is_negated(head) else status, None)
        if is_verb(head) and self.is_negated(head):
            return _Step(None, None)
        return _Step(governed(status, value or "same"), head if not is_verb(head) else None)

    def _from_subordinate(self, node: Token, status: Status) -> _Step:
        head = node.head
        if self._asks(node) and any(self._is("UNSURE", child) for child in (head, *head.children)):
            return _Step(None, None)
        if self._is_conditional(node):
            return _Step(governed(status, "possible"), None)
        if not is_verb(head):
            return self._from_noun_complement(node, status)
        if is_infinitive(node):
            return _Step(self._own(head, governed(status, "planned")), head)
        if is_finite(node):
            return _Step(status, None)
        return _Step(self._own(head, status, soft=True), head)

    def _from_noun_complement(self, node: Token, status: Status) -> _Step:
        """A clause under a noun or adjective: plans to attack, reports that it attacked, sanctions imposed by it."""
        head = node.head
        value = self._effect(head, ("OVER_TO", "OVER"))
        if is_infinitive(node):
            if value is None and self._is_singled_out(head):
                return _Step(status, None)
            if value is None and head.head == head and head.pos_ == "PROPN":
                return _Step(governed(status, "planned"), None)  # a headline: "France to sanction Iran"
            return _Step(self._own(head, governed(status, value or "possible")), head)
        if not (is_finite(node) and any(child.dep_ == "mark" for child in node.children)):
            return _Step(status, None)
        if any(child.dep_ == "det" and self._is("NEGATION", child) for child in head.children):
            return _Step(None, None)  # "no evidence that it attacked"
        value = self._effect(head, ("OVER_THAT", "OVER"))
        return _Step(governed(status, "same" if value in (None, "planned") else value), head)

    def _is_singled_out(self, noun: Token) -> bool:
        """Whether a noun is "the first country to sanction Iran": what is told of it happened."""
        return any(child.tag_ in ("JJS", "RBS") or self._is("SINGLED_OUT", child) for child in (noun, *noun.children))

    def _from_preposition(self, node: Token, status: Status, families: tuple[str, ...]) -> _Step:
        preposition, governor = node.head, node.head.head
        if self._is("WITHOUT", preposition) or self._is("WITHOUT", governor):
            return _Step(governed(status, "denied"), None)
        if governor.i in self.trigger:
            return _Step(self._own(governor, status), governor)
        if self._is("SHARE", governor) and self._agents(node):
            return _Step(status, None)  # "denied a part in the attack by another": the attack stands
        value = self._effect(governor, families, preposition) if governor != preposition else None
        whole = value is not None and self._effect_is_of(governor, preposition, families)
        if whole and value is not None:
            return _Step(self._own(governor, governed(status, value)), governor)
        if is_verb(node) and is_verb(governor) and not self._is("DONE_BEFORE", preposition):
            return _Step(self._own(governor, status, soft=True), governor)
        return _Step(status, None)

    def _agents(self, noun: Token) -> list[Token]:
        """The phrases of an event noun that name who did it: by another, another's."""
        return [c for c in noun.children if c.dep_ == "poss" or (c.dep_ in ("prep", "agent") and c.lower_ == "by")]

    def _effect_is_of(self, governor: Token, preposition: Token, families: tuple[str, ...]) -> bool:
        """Whether the effect lies in the word with its preposition, or the word is a noun or adjective."""
        pairs = {key for key in keys(governor, preposition) if " " in key}
        names = (f"{family}.{value}" for family in families for value in _VALUES)
        listed = any(pairs & self.words.get(name, frozenset()) for name in names)
        return listed or (not is_verb(governor) and preposition.lower_ in ("of", "for", "to", "on", "against"))

    def _from_noun(self, node: Token, status: Status) -> _Step:
        head = node.head
        if head.i in self.trigger and is_verb(head):
            return _Step(self._own(head, status), head)
        families = ("OVER_NOUN", "OVER")
        match node.dep_:
            case "dobj" | "dative" | "attr" | "oprd" if is_verb(head):
                value = "same" if node.dep_ == "attr" else self._effect(head, families)
                if value is None:
                    return _Step(status, None)
                return _Step(self._own(head, governed(status, value)), head)
            case "nsubjpass":
                value = self._effect(head, families)
                if value is None:
                    return _Step(status, None)
                return _Step(self._own(head, governed(status, value)), head)
            case "nsubj":
                return self._from_subject(head, status)
            case "pobj":
                return self._from_preposition(node, status, families)
            case "compound" | "nmod":
                value = self._effect(head, families)
                return _Step(governed(status, value), head) if value else _Step(status, None)
            case _:
                return _Step(status, None)

    def _from_subject(self, verb: Token, status: Status) -> _Step:
        """An event noun as subject: the talks will begin, a visit is likely."""
        adjective = next((child for child in verb.children if child.dep_ in ("acomp", "oprd")), None)
        value = self._effect(adjective, ("OVER_TO", "OVER")) if adjective is not None else None
        if value is not None:
            return _Step(self._own(verb, governed(status, value)), verb)
        if self._is("HAPPEN", verb):
            return _Step(self._own(verb, status), verb)
        return _Step(status, None)
