"""The steps of a trigger after its predicate: finding the next word, filling the next slot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from geograph.model import Mention
from geograph.readers.rules.dependencies import (
    Tokens,
    is_each_other,
    is_measure,
    is_nominal,
    is_passive,
    is_time,
    is_verb,
    lemma,
    says,
)
from geograph.readers.rules.lexicon import Entry
from geograph.readers.rules.near import Near
from geograph.readers.rules.triggers import AnyNoun, AnyVerb, Fill, Recipient, Slot, Step, That, Theme, Word
from geograph.syntax import Token

Mentions = tuple[Mention, ...]


class Match(NamedTuple):
    """A trigger that matched: its words and the ends that fit. With `pairs` all of `subjects` did it together."""

    words: Tokens
    subjects: Mentions
    objects: Mentions
    item: Token | None = None
    pairs: bool = False

    @property
    def predicate(self) -> Token:
        """The verb or noun that carries the event."""
        return self.words[0]


class State(NamedTuple):
    """How far a match has come.

    `at` is the word that the next step hangs on; `verb` has the bare slots; `taken` are the heads that filled slots;
    `clause` is true after "that", `each_other` where the object is the subjects themselves; `loose` lets prepositions
    count that the parser hung on a neighbour.
    """

    verb: Token
    at: Token
    words: Tokens
    taken: Tokens = ()
    subjects: Mentions = ()
    objects: Mentions = ()
    item: Token | None = None
    clause: bool = False
    each_other: bool = False
    loose: bool = False

    def said(self, token: Token) -> State:
        """The state after one more word."""
        verb = token if is_verb(token) else self.verb
        return self._replace(verb=verb, at=token, words=(*self.words, token))


@dataclass(frozen=True)
class Steps(Near):
    """Follows the steps of triggers in one reading."""

    def follow(self, steps: tuple[Step, ...], state: State, entry: Entry) -> Iterator[State]:
        """The states in which all steps have been taken, the likeliest first."""
        if not steps:
            yield state
            return
        for following in self.step(steps[0], state, entry):
            yield from self.follow(steps[1:], following, entry)
        for step, fill in pairwise(steps[:2]):
            yield from self._possessed(step, fill, steps[2:], state, entry)

    def may_begin(self, steps: tuple[Step, ...], verb: Token) -> bool:
        """Whether the first word of some steps is near a verb, if they begin with one: a quick look ahead."""
        if not is_verb(verb) or not steps or not isinstance(steps[0], Word | Theme):
            return True
        word = steps[0].word if isinstance(steps[0], Theme) else steps[0]
        return not self.near(verb, verb, None, False, True)[1].isdisjoint(word.lemmas)

    def step(self, step: Step, state: State, entry: Entry) -> Iterator[State]:
        """The states after one step."""
        match step:
            case Word():
                for token in self.words(state, step.lemmas):
                    if "of" in step.lemmas and self._is_whereabouts(token, state):
                        continue
                    word = token if says(token, step.lemmas) else self.counted(token)
                    yield state.said(word)._replace(at=token)
            case Theme():
                for token in self.clauses.objects(state.verb):
                    if self.is_word(token, step.word.lemmas):
                        yield state.said(token)
            case AnyVerb():
                if state.at.tag_ == "TO" and is_verb(state.at.head):
                    yield state.said(state.at.head)
                elif state.at.pos_ == "ADP":
                    yield from (state.said(child) for child in state.at.children if child.dep_ == "pcomp")
            case AnyNoun():
                for token in self._slot(state):
                    noun = self.counted(token)
                    if noun.pos_ == "NOUN" and not is_measure(noun):
                        yield state._replace(at=noun, words=(*state.words, noun), taken=(*state.taken, token))
            case That():
                yield state._replace(clause=True)
            case Recipient():
                yield from self.filled(step.fill, self.clauses.recipients(state.verb), state, entry)
            case Fill():
                yield from self.filled(step, self._slot(state), state, entry)

    def filled(self, fill: Fill, tokens: Tokens, state: State, entry: Entry) -> Iterator[State]:
        """The state with the slot filled, nothing where no token fits it."""
        if not tokens:
            return
        state = state._replace(taken=(*state.taken, *tokens))
        match fill.slots:
            case (Slot.ITEM,):
                item = next((token for token in tokens if self._is_item(token, fill.words)), None)
                if item is not None:
                    yield state._replace(item=item)
            case (Slot.SUBJECT,):
                subjects = self.meant(fill, tokens, entry, acting=False)
                if subjects:
                    yield state._replace(subjects=subjects)
            case (Slot.OBJECT,):
                objects = self.meant(fill, tokens, entry, acting=False)
                if objects:
                    yield state._replace(objects=objects)
                elif any(is_each_other(token) for token in tokens):
                    yield state._replace(each_other=True)
            case _:
                both = self.meant(fill, tokens, entry, acting=True)
                if len(both) > 1:
                    yield state._replace(subjects=both, objects=both)

    def meant(self, fill: Fill, tokens: Tokens, entry: Entry, *, acting: bool) -> Mentions:
        """The mentions that the tokens mean, of the types and words that the slot takes."""
        if fill.words is not None:
            tokens = tuple(token for token in tokens if self.is_word(token, fill.words))
        types = entry.range if fill.slots == (Slot.OBJECT,) else entry.domain
        if len(fill.slots) > 1:
            types &= entry.range
        return self.ends.of(tokens, types if fill.types is None else types & fill.types, acting=acting)

    def words(self, state: State, lemmas: frozenset[str]) -> Iterator[Token]:
        """The words that hang on what has matched and are of `lemmas`, the nearest first."""
        near, names = self.near(state.at, state.verb, state.item, state.clause, state.loose)
        if names.isdisjoint(lemmas):
            return
        seen = {token.i for token in state.words}
        for token in near:
            if token.i not in seen and self.is_word(token, lemmas):
                seen.add(token.i)
                yield token

    def has_other_object(self, state: State) -> bool:
        """Whether the verb has an object that the trigger does not speak of: then it has another sense.

        "Sweden left Finland" is a departure, "flew planes to Iran" is no journey.
        """
        verb = state.words[0]
        if not is_verb(verb) or is_passive(verb):
            return False
        used = {token.i for token in (*state.words, *state.taken)}
        others = [child for child in verb.rights if child.dep_ == "dobj" and child.i not in used]
        return any(is_nominal(child) and child.pos_ != "PRON" and not is_time(child) for child in others)

    def _is_whereabouts(self, token: Token, state: State) -> bool:
        """Whether a preposition only says where people are whose nation is told: "killed Greek soldiers in Peru"."""
        noun = self.counted(state.at)
        if lemma(token) not in {"in", "at", "from"} or noun == state.verb:
            return False
        if lemma(token) == "from" and not any(self.clauses.of_class(noun, name) for name in ("FORCES", "ACTING")):
            return False
        return any(self.ends.at(owner) for owner in (*self.ends.nations(noun), *self.ends.marked(noun)))

    def _possessed(self, step: Step, fill: Step, rest: tuple[Step, ...], state: State, entry: Entry) -> Iterator[State]:
        """`offer of OBJ` is also "OBJ's offer" and "the Danish offer", `ITEM from OBJ` also "Danish cheese"."""
        if not (isinstance(step, Word) and isinstance(fill, Fill)):
            return
        if "of" in step.lemmas and not is_verb(state.at):
            noun = self.counted(state.at)
        elif "from" in step.lemmas and not is_verb(state.at) and _names_any_noun(entry):
            noun = state.at
        elif "from" in step.lemmas and state.item is not None and _has_class(entry):
            noun = self.counted(state.item)
        else:
            return
        if self.ends.is_named(noun) and not entry.trigger.is_copula:
            return
        modifiers = self.ends.owners(noun)
        if entry.trigger.is_copula and noun == state.at and noun.dep_ != "pobj":
            # "NATO member X" is a member of NATO, but a "Greek supplier" does not supply Greece.
            modifiers = tuple(token for token in modifiers if token.pos_ != "ADJ")
        for filled in self.filled(fill, modifiers, state, entry):
            yield from self.follow(rest, filled, entry)

    def _slot(self, state: State) -> Tokens:
        """The tokens that may fill a slot after the word that the match has come to."""
        clauses = self.clauses
        if state.clause:
            return clauses.complement_subjects(state.at)
        if state.at == state.verb:
            # "promised to lend Jordan money": whoever gets it is an object of the infinitive.
            recipients = clauses.recipients(state.verb) if state.verb != state.words[0] else ()
            return (*clauses.objects(state.verb), *recipients)
        found = clauses.prepositional_objects(state.at)
        if found:
            return found
        below = tuple(child for child in state.at.children if child.dep_ in {"pobj", "pcomp"})
        return below or (clauses.objects(state.verb) if state.at.dep_ in {"prt", "advmod", "prep"} else ())

    def _is_item(self, token: Token, words: frozenset[str] | None) -> bool:
        if words is None:
            return (token.pos_ in {"NOUN", "PROPN", "NUM"} or token.dep_ == "pcomp") and not is_time(token)
        return any(self.is_word(noun, words) for noun in (token, *(c for c in token.children if c.dep_ == "appos")))


def _names_any_noun(entry: Entry) -> bool:
    """Whether the trigger leaves open what kind of thing it is that belongs to its end."""
    return any(isinstance(step, AnyNoun) for step in entry.trigger.steps)


def _has_class(entry: Entry) -> bool:
    """Whether the trigger says of what class its item is."""
    return any(isinstance(step, Fill) and step.words is not None for step in entry.trigger.steps)
