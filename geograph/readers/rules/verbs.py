"""Verb triggers: what stands before the verb, copulas and appositions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from geograph.readers.rules.dependencies import Tokens, coordinated, is_passive, is_verb, lemma, prepositions, says
from geograph.readers.rules.lexicon import Entry
from geograph.readers.rules.memory import of_object
from geograph.readers.rules.steps import Match, State, Steps
from geograph.readers.rules.triggers import Fill, Slot, Word
from geograph.syntax import Token

_PAIR = Fill((Slot.SUBJECT, Slot.OBJECT))


@dataclass(frozen=True)
class Verbs:
    """Matches verb triggers in one reading."""

    steps: Steps

    def matches(self, entry: Entry, verb: Token) -> Iterator[Match]:
        """The ways in which a verb trigger matches at a verb of its lemma."""
        if not says(verb, entry.trigger.head.lemmas) or not self.steps.may_begin(entry.trigger.steps[:1], verb):
            return
        denials = tuple(child for child in verb.children if child.dep_ == "neg") if entry.trigger.negated else ()
        if entry.trigger.negated and not denials:
            return
        # Where no word is asked for, those that the parser misplaced cannot help.
        asks = any(isinstance(step, Word) for step in entry.trigger.steps)
        for loose in (False, True) if asks else (False,):
            found = False
            start = State(verb, verb, (verb, *denials), loose=loose)
            for state in self.steps.follow(entry.trigger.steps, start, entry):
                if not self._foreign_particle(state) and not self.steps.has_other_object(state):
                    for match in self._led(entry, state):
                        found = True
                        yield match
            if found:
                return

    def copula_matches(self, entry: Entry, word: Token) -> Iterator[Match]:
        """The ways in which "SUBJ be member of OBJ" matches at "member": after a form of be, or in apposition."""
        first = entry.trigger.steps[0]
        assert isinstance(first, Word)
        verb = word.head
        while verb.dep_ in {"conj", "pobj", "prep"} and not is_verb(verb):
            verb = verb.head
        if says(verb, entry.trigger.head.lemmas) and word.dep_ in {"attr", "acomp", "prep", "conj", "oprd"}:
            yield from self.matches(entry, verb)
            return
        if not self.steps.is_word(word, first.lemmas) and word.lower_ not in first.lemmas:
            return
        described = next(self.steps.clauses.surface_subjects(word), ()) if is_passive(word) else apposed(word)
        if not described and lemma(word.head) == "as" and is_verb(verb) and word.i < verb.i:
            described = next(self.steps.clauses.surface_subjects(verb), ())  # "As a member of Y, X pays"
        if not described:
            # "EU member states such as A": what is a member is a state.
            bundle = word.head if word.dep_ == "compound" and word.head.pos_ == "NOUN" else word
            described = self.steps.ends.examples(bundle)
        if described:
            for state in self.steps.follow(entry.trigger.steps[1:], State(word, word, (word,)), entry):
                yield from self._assigned(entry, state, described)

    def _led(self, entry: Entry, state: State) -> Iterator[Match]:
        """The match with what stands before the verb, nothing where that names no actor."""
        verb = state.words[0]
        alternatives = self._subjects(verb) or list(self._implied(entry, state))
        for tokens in alternatives:
            matches = list(self._assigned(entry, state, self._behind(verb, tokens)))
            if matches:
                yield from matches
                return

    @of_object
    def _subjects(self, verb: Token) -> list[Tokens]:
        return list(self.steps.clauses.subjects(verb))

    def _behind(self, verb: Token, tokens: Tokens) -> Tokens:
        """The subjects, and for a raid that does harm those who fly it ("Russian strikes killed nine")."""
        clauses = self.steps.clauses
        if not any(clauses.of_class(token, "RAID") for token in tokens) or not clauses.of_class(verb, "HARM"):
            return tokens
        raids = [token for token in tokens if clauses.of_class(token, "RAID")]
        ends = self.steps.ends
        return (*tokens, *(owner for raid in raids for owner in ends.owners(raid) or ends.authors(raid)))

    def _implied(self, entry: Entry, state: State) -> Iterator[Tokens]:
        """Who is behind a passive without agent: "killed in a Chilean raid", "North Korean troops were sent to"."""
        clauses, verb = self.steps.clauses, state.words[0]
        if not is_passive(verb):
            return
        for preposition in prepositions(verb):
            if lemma(preposition) in {"in", "during", "after"}:
                for noun in clauses.prepositional_objects(preposition):
                    if clauses.of_class(noun, "RAID"):
                        yield self.steps.ends.owners(noun)
        if state.item is not None:
            thing = self.steps.counted(state.item)
            if clauses.of_class(thing, "FORCES"):
                yield (state.item,)
            elif clauses.of_class(thing, "AID") or clauses.of_class(thing, "GOODS"):
                yield self.steps.ends.nations(thing)  # "Swiss doctors were sent to", "Azeri gas is pumped to"
        for noun in (*state.words[1:], *((state.item,) if state.item is not None else ())):
            # "hit with EU sanctions", "ties between A and B were severed".
            if noun.dep_ == "pobj" and lemma(noun.head) == "with":
                yield self.steps.ends.owners(noun)
            elif entry.trigger.lead == _PAIR:
                between = [p for p in prepositions(noun) if lemma(p) == "between"]
                yield from (clauses.prepositional_objects(preposition) for preposition in between)

    def _assigned(self, entry: Entry, state: State, tokens: Tokens) -> Iterator[Match]:
        lead = entry.trigger.lead
        assert lead is not None
        meant = self.steps.meant
        if len(lead.slots) > 1 or state.each_other:
            together = meant(_PAIR, tokens, entry, acting=True)
            if len(together) > 1 and (state.each_other or not self._has_partner(state)):
                yield Match(state.words, together, together, state.item, pairs=True)
        elif lead.slots[0] is Slot.OBJECT:
            objects = meant(lead, tokens, entry, acting=False)
            if objects:
                yield Match(state.words, state.subjects, objects, state.item)
        elif entry.trigger.owner is not None:
            # "the Danish minister X resigned": each with the nation or body of their own title.
            for token in tokens:
                subjects = meant(lead, (token,), entry, acting=True) if self._has_office(token) else ()
                objects = meant(entry.trigger.owner, self.steps.ends.bodies(token), entry, acting=False)
                if subjects and objects:
                    yield Match(state.words, subjects, objects, state.item)
        else:
            subjects = meant(lead, tokens, entry, acting=True)
            if subjects:
                yield Match(state.words, subjects, state.objects, state.item)

    def _has_office(self, person: Token) -> bool:
        """Whether a title is told of a person: a Danish singer who steps down has none."""
        near = (person, *(child for child in person.children if child.dep_ in {"compound", "nmod", "amod", "appos"}))
        return any(self.steps.clauses.of_class(token, "OFFICE_HEAD") for token in near)

    def _has_partner(self, state: State) -> bool:
        """Whether those before the verb did it with somebody else ("A and B met C", "A and B held talks with C")."""
        with_phrases = [p for word in state.words for p in prepositions(word) if lemma(p) == "with"]
        return any(self.steps.ends.at(t) for p in with_phrases for t in self.steps.clauses.prepositional_objects(p))

    def _foreign_particle(self, state: State) -> bool:
        """Whether the verb has a particle that the trigger does not name: then it is another verb."""
        return any(child.dep_ == "prt" and child not in state.words for child in state.words[0].children)


def apposed(noun: Token) -> Tokens:
    """What an appositive noun describes ("X, a member of Y", "NATO member X")."""
    if noun.dep_ == "appos":
        return (noun.head,)
    if noun.dep_ in {"compound", "nmod", "amod"} and noun.head.pos_ == "PROPN" and noun.i < noun.head.i:
        return coordinated(noun.head)
    return tuple(name for child in noun.children if child.dep_ == "appos" for name in coordinated(child))
