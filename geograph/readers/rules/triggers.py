"""The trigger grammar and its only parser.

    trigger   = verb-trigger | noun-trigger
    verb-trigger = ( SLOT | "SUBJ of OBJ" | "SUBJ and OBJ" ) [ "not" ] WORD { step }
    noun-trigger = WORD { step }
    step      = WORD | SLOT | "SUBJ and OBJ" | "that" ( SLOT | WORD ) | "to" "VERB" [ SLOT ] | "NOUN"
    SLOT      = ( "SUBJ" | "OBJ" | "ITEM" ) [ ":" ( CLASS | Kind ) ]
    WORD      = ( lemma | CLASS ) { "|" ( lemma | CLASS ) }

A lower-case word is a lemma, a word in capitals a word class of `ontologies/words/`. A slot with a class takes only
what is headed by a word of it ("SUBJ:TROOPS enter OBJ"), one with a kind only entities of that class of the ontology
("SUBJ leave OBJ:Organization"). Which part of speech a word after
the verb is (particle, preposition, noun) is read off the sentence, not off the trigger. In a noun trigger `SUBJ` may
be left out: it is looked for around the noun anyway; a bare slot at its end is what the noun is apposed to (`member of
OBJ SUBJ` for "NATO member Norway"). `SUBJ of OBJ resign` takes OBJ from around the subject: "the Danish minister X".

What a trigger need not write: passives, participles, relative clauses, coordination, control, "each other" and the
dative shift. `of SUBJ` and `by SUBJ` of a noun are also its possessor, its demonym, a from-phrase or the subject of a
light verb over it; `of OBJ` after a noun, and `from SUBJ` after an `ITEM:CLASS`, are also the possessor or demonym
before that noun. `talk between SUBJ and OBJ` is also "X's talks with Y", "the X-Y talks" and "X and Y held talks".

A verb with a particle (`call off`) or a direct object that the trigger does not speak of is another verb and never
matches. A trigger that covers another's words and ends beats it, whatever their relations, unless one
`gg:accompanies` the other: to say "not when", write the longer trigger under the relation that is meant (`SUBJ lift
sanction on OBJ` keeps `sanction on OBJ` from firing).

>>> parse("SUBJ impose sanction on|against OBJ").head.lemmas
frozenset({'impose'})
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from geograph.errors import OntologyError
from geograph.model import EntityType


class Slot(StrEnum):
    """What a trigger leaves open."""

    SUBJECT = "SUBJ"
    OBJECT = "OBJ"
    ITEM = "ITEM"


@dataclass(frozen=True)
class Word:
    """A word that the sentence must hold: one of the lemmas, or of the words of the classes."""

    lemmas: frozenset[str]
    classes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Fill:
    """A slot, headed by a word of `word_class` or of an entity of `kind` if given. Two slots are "SUBJ and OBJ".

    `words` and `types` are what these two mean in an ontology.
    """

    slots: tuple[Slot, ...]
    word_class: str | None = None
    kind: str | None = None
    words: frozenset[str] | None = None
    types: frozenset[EntityType] | None = None


@dataclass(frozen=True)
class That:
    """The next slot is the subject of a complement clause."""


@dataclass(frozen=True)
class AnyVerb:
    """Any verb; the next slot is its object."""


@dataclass(frozen=True)
class AnyNoun:
    """Any common noun, as the next word's: `detain NOUN from OBJ` is also "detained a Danish poet"."""


@dataclass(frozen=True)
class Recipient:
    """The slot of a dative without preposition ("sent OBJ weapons"). Never written, made from `to OBJ`."""

    fill: Fill


@dataclass(frozen=True)
class Theme:
    """A noun that must be the direct object ("gave OBJ support"). Never written, made from `support to OBJ`."""

    word: Word


Step = Word | Fill | That | AnyVerb | AnyNoun | Recipient | Theme


@dataclass(frozen=True)
class Trigger:
    """A trigger, parsed. `lead` is what stands before the verb, None in noun triggers; `owner` is whose the lead is.

    With `negated` the verb must be denied: "SUBJ not recognise OBJ" tells what is done by not doing it.
    """

    text: str
    lead: Fill | None
    head: Word
    steps: tuple[Step, ...]
    owner: Fill | None = None
    negated: bool = False

    @property
    def is_verb(self) -> bool:
        """Whether the predicate is a verb."""
        return self.lead is not None

    @property
    def is_copula(self) -> bool:
        """Whether the predicate is what stands after a form of "be"."""
        return self.is_verb and "be" in self.head.lemmas and bool(self.steps) and isinstance(self.steps[0], Word)


_LEMMA = re.compile(r"[^\W_A-Z]['\w.-]*\Z")
_CLASS = re.compile(r"[A-Z][A-Z0-9_]+\Z")
_KIND = re.compile(r"[A-Z][a-z]\w*\Z")
_OF = Word(frozenset({"of"}))
_NOT = Word(frozenset({"not"}))
_SLOTS = {slot.value for slot in Slot}


def parse(text: str) -> Trigger:
    """The trigger that `text` writes. Raises OntologyError naming the trigger and what is wrong with it."""
    words = text.split(" ")
    if "" in words or not text:
        raise broken(text, "words stand apart by one space")
    steps = list(_steps(text, words))
    lead = steps.pop(0) if isinstance(steps[0], Fill) else None
    owner = None
    if lead is not None and len(steps) > 2 and steps[0] == _OF and isinstance(steps[1], Fill):
        owner, steps = steps[1], steps[2:]
    negated = lead is not None and steps[:1] == [_NOT]
    steps = steps[negated:]
    if not steps or not isinstance(steps[0], Word):
        raise broken(text, "a verb or noun must follow the first slot, or stand first")
    assert lead is None or isinstance(lead, Fill)
    trigger = Trigger(text, lead, steps[0], tuple(steps[1:]), owner, negated)
    _check(trigger)
    return trigger


def _steps(text: str, words: list[str]) -> Iterator[Step]:
    position = 0
    while position < len(words):
        word = words[position]
        position += 1
        name, _, limit = word.partition(":")
        if name in _SLOTS:
            kind = limit if _KIND.match(limit) and name != Slot.ITEM else None
            if limit and not kind and not _CLASS.match(limit):
                raise broken(text, f"{word}: a class is written in capitals, a kind of entity like OBJ:Organization")
            if words[position : position + 1] == ["and"]:
                other = words[position + 1] if position + 1 < len(words) else ""
                if {word, other} != {Slot.SUBJECT, Slot.OBJECT}:
                    raise broken(text, "`and` joins SUBJ and OBJ only, without classes")
                position += 2
                yield Fill((Slot.SUBJECT, Slot.OBJECT))
            else:
                yield Fill((Slot(name),), limit if limit and not kind else None, kind)
        elif word == "that":
            yield That()
        elif word == "VERB":
            yield AnyVerb()
        elif word == "NOUN":
            yield AnyNoun()
        elif word == "and":
            raise broken(text, f"`{word}` cannot stand here")
        else:
            choices = word.split("|")
            classes = {choice for choice in choices if _CLASS.match(choice) and choice not in _SLOTS}
            lemmas = {choice for choice in choices if _LEMMA.match(choice)}
            for choice in choices:
                if choice not in classes and choice not in lemmas:
                    raise broken(text, f"{choice!r} is neither a lemma (lower case), a slot nor a class (capitals)")
            yield Word(frozenset(lemmas), frozenset(classes))


def _check(trigger: Trigger) -> None:
    fills = [step for step in (trigger.lead, trigger.owner, *trigger.steps) if isinstance(step, Fill)]
    slots = [slot for fill in fills for slot in fill.slots]
    for slot in Slot:
        if slots.count(slot) > 1:
            raise broken(trigger.text, f"{slot} stands there twice")
    if Slot.OBJECT not in slots:
        raise broken(trigger.text, "OBJ is missing")
    if Slot.SUBJECT not in slots and trigger.is_verb:
        raise broken(trigger.text, "SUBJ is missing")
    previous: Step = trigger.head
    for step in trigger.steps:
        if isinstance(previous, That) and not isinstance(step, Fill | Word):
            raise broken(trigger.text, "a slot or word must follow `that`")
        if isinstance(step, AnyVerb) and not (isinstance(previous, Word) and previous.lemmas == {"to"}):
            raise broken(trigger.text, "VERB must follow `to`")
        is_last = step is trigger.steps[-1]
        if not trigger.is_verb and isinstance(step, Fill) and isinstance(previous, Fill) and not is_last:
            raise broken(trigger.text, "a preposition must stand before a slot of a noun")
        previous = step
    if isinstance(previous, That):
        raise broken(trigger.text, "a slot or word must follow `that`")


def broken(text: str, why: str) -> OntologyError:
    """The error that names a trigger and what is wrong with it."""
    return OntologyError(f"trigger {text!r}: {why}")
