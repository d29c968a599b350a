"""Who does what in a clause: the logical arguments of verbs and nouns, read off spaCy's dependencies.

Voice, relative clauses, participles, coordination, control and raising are undone here, so that the triggers never
see them. Arguments are tokens (the syntactic heads of phrases), coordinated ones one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from geograph.readers.rules.classes import Classes
from geograph.readers.rules.dependencies import (
    Tokens,
    are_adjacent,
    complements,
    coordinated,
    direct_objects,
    has_object,
    is_bare,
    is_infinitive,
    is_nominal,
    is_passive,
    is_relative,
    is_verb,
    is_where,
    lemma,
    listed_before,
    nouns_after,
    own_subjects,
    prepositions,
    relative_noun,
    stolen_subject,
)
from geograph.readers.rules.memory import of_object
from geograph.syntax import Token

_SUBJECTS = {"nsubj", "nsubjpass"}
_FINITE = {"VBD", "VBZ", "VBP", "MD"}
_MODIFIERS = {"npadvmod", "compound", "advmod", "amod"}


@dataclass(frozen=True)
class Clauses(Classes):
    """Reads arguments with the help of the word classes of `ontologies/words/frames.ttl`."""

    def subjects(self, verb: Token) -> Iterator[Tokens]:
        """Who does it: alternatives, the likeliest first. None for a passive without agent."""
        if is_passive(verb):
            agents = self._agents(verb)
            if agents:
                yield agents
        else:
            yield from self.surface_subjects(verb)

    def surface_subjects(self, verb: Token) -> Iterator[Tokens]:
        """What the clause is about: its own subject, or the one that it shares with a clause above."""
        own = own_subjects(verb)
        if len(own) > 1 and not any(is_relative(subject) for subject in own):
            # Parsers give two subjects to what they fail to join ("X of Norway and Y of Chile signed").
            yield self._expanded(own, verb)
            return
        if own:
            for subject in own:
                for tokens in self._antecedents(subject, verb):
                    yield (*listed_before(subject), *tokens)
            return
        head = verb.head
        if head == verb:
            return
        match verb.dep_:
            case "conj" if is_verb(head) and (stolen := stolen_subject(verb)) is not None:
                yield (stolen,)
            case "conj" if is_verb(head):
                # "urged Chile to wait and spoke": a finite verb is joined to a finite one, wherever the parser hung it.
                while verb.tag_ in _FINITE and head.tag_ not in _FINITE and is_verb(head.head) and head.head != head:
                    head = head.head
                yield from self.surface_subjects(head)
            case "acl" | "relcl" | "amod":
                yield from self._of_noun(verb, head)
            case "xcomp" | "ccomp":
                yield from self._controllers(head)
            case "advcl" if is_verb(head):
                yield from self.surface_subjects(head)
                if is_passive(head):
                    yield from self.subjects(head)
            case "pcomp":
                yield from self._of_preposition(head)
        if is_infinitive(verb) and head.dep_ == "ROOT" and head.i == verb.i - 2:
            # A headline ("Norway to send tanks"): parsers make the name the root.
            yield coordinated(head)

    @of_object
    def objects(self, verb: Token) -> Tokens:
        """What it is done to, whatever the voice."""
        direct = direct_objects(verb)
        if is_passive(verb):
            if any(child.dep_ == "dobj" for child in direct):
                return self._expanded(direct, verb)
            return (*next(self.surface_subjects(verb), ()), *self._expanded(direct, verb))
        relative = relative_noun(verb)
        if direct:
            described = self._described(relative) if relative is not None and is_relative(direct[0]) else iter(())
            return (*self._expanded(direct, verb), *next(described, ()))
        if relative is not None and any(child.dep_ in _SUBJECTS and not is_relative(child) for child in verb.children):
            return coordinated(relative)
        for child in verb.children:
            if child.dep_ == "ccomp" and (is_infinitive(child) or is_bare(child)):
                raised = [subject for subject in child.children if subject.dep_ == "nsubj"]
                if raised:
                    return self._expanded(raised, verb)
        for child in verb.children:
            if child.dep_ == "conj" and is_verb(child) and are_adjacent(verb, child):
                return self.objects(child)
        return ()

    @of_object
    def recipients(self, verb: Token) -> Tokens:
        """The dative without preposition ("sent Iran tanks", "Iran was given tanks")."""
        children = list(verb.children)
        direct = [child for child in children if child.dep_ == "dobj"]
        dative = [child for child in children if child.dep_ == "dative" and child.pos_ != "ADP"]
        if dative:
            return self._expanded(dative, verb)
        if len(direct) > 1:
            return self._expanded(direct[:1], verb)
        if direct and is_passive(verb):
            return next(self.surface_subjects(verb), ())
        # Parsers often take the recipient for a modifier of the thing ("sent [Russia munitions]").
        for thing in direct:
            for child in thing.children:
                if child.dep_ in {"compound", "nmod", "nsubj"} and child.pos_ == "PROPN" and child.i > verb.i:
                    return coordinated(child)
        return ()

    def complement_subjects(self, token: Token) -> Tokens:
        """The subjects of the clauses that complement a verb or noun ("demanded that Iran stop")."""
        found = [child for clause in complements(token) for child in clause.children if child.dep_ == "nsubj"]
        return self._expanded(found, token)

    @of_object
    def prepositional_objects(self, preposition: Token) -> Tokens:
        """What stands after a preposition; the antecedent of a relative pronoun or of a stranded preposition."""
        own = [child for child in preposition.children if child.dep_ == "pobj"]
        if own:
            return self._expanded(own, preposition)
        for child in preposition.children:
            if child.dep_ == "prep":
                return self.prepositional_objects(child)
        if preposition.dep_ == "conj":
            return ()
        head = preposition.head
        relative = relative_noun(head) if is_verb(head) and not list(preposition.children) else None
        if relative is None or (has_object(head) and not is_where(preposition)):
            return ()
        return coordinated(relative)

    @of_object
    def governor(self, noun: Token) -> Token | None:
        """The verb of which the noun is the logical object, through "a round of" and the like."""
        outer = self.outermost(noun)
        head = outer.head
        if outer.dep_ in {"dobj", "nsubjpass"} and is_verb(head):
            return head
        for child in outer.children:
            if child.dep_ not in {"acl", "relcl"} or not is_verb(child):
                continue
            # "weapons to be sent": asked for its objects, the infinitive would ask for the governor of "weapons".
            if (is_infinitive(child) and is_passive(child)) or outer in self.objects(child):
                return child
        return None

    def _agents(self, verb: Token) -> Tokens:
        for child in verb.children:
            if child.dep_ == "agent" or (child.dep_ == "prep" and lemma(child) == "by"):
                found = self.prepositional_objects(child)
                if found:
                    return found
        if verb.dep_ == "amod":
            return tuple(child for child in verb.children if child.i < verb.i and child.dep_ in _MODIFIERS)
        for child in verb.children:
            if child.dep_ == "conj" and is_verb(child) and is_passive(child):
                return self._agents(child)
        # Parsers often hang the agent on the noun before it ("provided with [tanks by Russia]").
        for noun in nouns_after(verb):
            for preposition in prepositions(noun):
                if lemma(preposition) == "by":
                    return self.prepositional_objects(preposition)
        return ()

    def _antecedents(self, token: Token, at: Token) -> Iterator[Tokens]:
        """The token with those joined to it, or the antecedent if it is a relative pronoun."""
        if not is_relative(token):
            yield coordinated(token)
            return
        noun = relative_noun(at if is_verb(at) else at.head)
        if noun is None:
            return
        while token.dep_ == "dobj" and token.lower_ == "which" and noun.dep_ == "pobj" and is_nominal(noun.head.head):
            # "the attack on X, which Y condemned": parsers take the nearest noun, the whole phrase is likelier.
            noun = noun.head.head
        over = noun.head.head if noun.dep_ == "pobj" and lemma(noun.head) == "of" else noun
        if lemma(token) == "who" and over != noun and is_nominal(over):
            yield coordinated(over)
        # The head of a coordination gets the clause that only its last part has ("A and B, who ...").
        yield coordinated(noun)
        yield from self._described(noun)

    def _of_noun(self, verb: Token, noun: Token) -> Iterator[Tokens]:
        infinitive = is_infinitive(verb)
        owners = tuple(child for child in noun.children if child.dep_ == "poss")
        if not infinitive or noun.pos_ == "PROPN":
            yield coordinated(noun)
            if not infinitive and self.of_class(noun, "FORCES"):
                yield from self._owners(noun)
            if verb.tag_ == "VBG" and self.of_class(noun, "UTTERANCE"):
                # "issued a statement condemning X": whoever issued it condemns.
                governor = self.governor(noun)
                if owners or (governor is not None and self.of_class(governor, "UTTERING")):
                    yield from (owners,) if owners else self._owners(noun)
            yield from self._described(noun)
            return
        yield from self._described(noun)
        if owners:
            yield owners
            return
        if self.of_class(noun, "FORCES"):
            yield (noun,)
        yield from self._owners(noun)

    def _described(self, noun: Token) -> Iterator[Tokens]:
        """What the noun says that it is: "X was the first country to sanction Y", "X, one of the states that …"."""
        outer = self.outermost(noun)
        if outer.dep_ == "attr" and is_verb(outer.head):
            yield from self.surface_subjects(outer.head)
        elif outer.dep_ == "appos":
            yield (outer.head,)
        elif outer.dep_ == "nsubj" and self.of_class(outer, "ACTING"):
            # Parsers give the clause two subjects where they fail to see the apposition.
            yield from ((other,) for other in outer.head.lefts if other.dep_ == "nsubj" and other.i < outer.i)

    def _owners(self, noun: Token) -> Iterator[Tokens]:
        """Who has, makes or sends what the noun means: the subject of its verb."""
        governor = self.governor(noun)
        if governor is not None:
            yield from self.subjects(governor)

    def _controllers(self, head: Token) -> Iterator[Tokens]:
        """Who is understood to do what the infinitive under `head` says."""
        if not is_verb(head):
            if head.dep_ in {"acomp", "attr", "oprd", "xcomp", "ccomp", "advcl", "conj"} and is_verb(head.head):
                yield from self.surface_subjects(head.head)
            elif is_nominal(head):
                yield from self._owners(head)
            return
        if is_passive(head) or self.of_class(head, "SUBJECT_CONTROL") or not has_object(head):
            yield from self.surface_subjects(head)
            return
        controlled = self.objects(head)
        yield controlled
        if any(self.of_class(token, "FORCES") for token in controlled):
            yield from self.subjects(head)

    def _of_preposition(self, preposition: Token) -> Iterator[Tokens]:
        """Who is understood to do what the gerund after a preposition says."""
        head = preposition.head
        while head.dep_ == "prep" and head.pos_ == "ADP":
            head = head.head
        if is_verb(head):
            controlled = self.objects(head) if self.of_class(preposition, "OBJECT_CONTROL_PREPOSITION") else ()
            if lemma(preposition) == "in" and self.of_class(head, "JOINING"):
                # "joined Kenya in condemning": both condemn.
                beside = [p for p in prepositions(head) if lemma(p) == "with"]
                others = [token for p in beside for token in self.prepositional_objects(p)]
                yield (*next(self.surface_subjects(head), ()), *self.objects(head), *others)
            else:
                yield from (controlled,) if controlled else self.surface_subjects(head)
        elif is_nominal(head):
            owners = tuple(child for child in head.children if child.dep_ == "poss")
            if owners:
                yield owners
            elif head.pos_ == "PROPN":
                # "accused Iran of attacking": the preposition hangs on the name.
                yield coordinated(head)
            else:
                yield from self._owners(head)

    def _expanded(self, tokens: list[Token], at: Token) -> Tokens:
        return tuple(token for child in tokens for token in next(self._antecedents(child, at), ()))
