"""The trigger grammar, and the lexicon that all triggers of the ontology make together. The only parser of triggers.

    trigger   = verb-trigger | noun-trigger
    verb-trigger = ( SLOT | "SUBJ and OBJ" ) WORD { step }
    noun-trigger = WORD { step }
    step      = WORD | SLOT | "SUBJ and OBJ" | "that" SLOT | "to" "VERB" [ SLOT ]
    SLOT      = "SUBJ" | "OBJ" | "ITEM" [ ":" CLASS ]
    WORD      = ( lemma | CLASS ) { "|" ( lemma | CLASS ) }

A lower-case word is a lemma, a word in capitals a word class of `ontologies/words/`. Which part of speech a word after
the verb is (particle, preposition, noun) is read off the sentence, not off the trigger. In a noun trigger `SUBJ` may
be left out: it is looked for around the noun anyway; a bare slot at its end is what the noun is apposed to (`member of
OBJ SUBJ` for "NATO member Norway").

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
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from geograph.errors import OntologyError
from geograph.model import EntityType
from geograph.ontology import Ontology, Relation


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
    """A slot; of an item of `word_class` if given. Two slots are "SUBJ and OBJ"."""

    slots: tuple[Slot, ...]
    word_class: str | None = None
    words: frozenset[str] | None = None


@dataclass(frozen=True)
class That:
    """The next slot is the subject of a complement clause."""


@dataclass(frozen=True)
class AnyVerb:
    """Any verb; the next slot is its object."""


@dataclass(frozen=True)
class Recipient:
    """The slot of a dative without preposition ("sent OBJ weapons"). Never written, made from `to OBJ`."""

    slot: Slot


@dataclass(frozen=True)
class Theme:
    """A noun that must be the direct object ("gave OBJ support"). Never written, made from `support to OBJ`."""

    word: Word


Step = Word | Fill | That | AnyVerb | Recipient | Theme


@dataclass(frozen=True)
class Trigger:
    """A trigger, parsed. `lead` is what stands before the verb, None in noun triggers."""

    text: str
    lead: Fill | None
    head: Word
    steps: tuple[Step, ...]

    @property
    def is_verb(self) -> bool:
        """Whether the predicate is a verb."""
        return self.lead is not None

    @property
    def is_copula(self) -> bool:
        """Whether the predicate is what stands after a form of "be"."""
        return self.is_verb and "be" in self.head.lemmas and bool(self.steps) and isinstance(self.steps[0], Word)


@dataclass(frozen=True)
class Entry:
    """A trigger of a relation, with the types that its ends may have.

    `needs` are sets of words: a sentence that lacks all words of one of them cannot match.
    """

    relation: str
    trigger: Trigger
    needs: tuple[frozenset[str], ...]
    domain: frozenset[EntityType]
    range: frozenset[EntityType]
    symmetric: bool


@dataclass(frozen=True)
class Lexicon:
    """All triggers of all relations, by the lemma of the predicate; `words` are the word classes of the ontology."""

    verbs: Mapping[str, tuple[Entry, ...]]
    nouns: Mapping[str, tuple[Entry, ...]]
    copulas: Mapping[str, tuple[Entry, ...]]
    words: Mapping[str, frozenset[str]]
    accompanies: frozenset[tuple[str, str]]

    def keeps_both(self, one: str, other: str) -> bool:
        """Whether the same words may tell of both relations."""
        return (one, other) in self.accompanies or (other, one) in self.accompanies


_LEMMA = re.compile(r"[^\W_A-Z]['\w.-]*\Z")
_CLASS = re.compile(r"[A-Z][A-Z0-9_]+\Z")
_SLOTS = {slot.value for slot in Slot}


def parse(text: str) -> Trigger:
    """The trigger that `text` writes. Raises OntologyError naming the trigger and what is wrong with it."""
    words = text.split(" ")
    if "" in words or not text:
        raise _broken(text, "words stand apart by one space")
    steps = list(_steps(text, words))
    lead = steps.pop(0) if isinstance(steps[0], Fill) else None
    if not steps or not isinstance(steps[0], Word):
        raise _broken(text, "a verb or noun must follow the first slot, or stand first")
    assert lead is None or isinstance(lead, Fill)
    trigger = Trigger(text, lead, steps[0], tuple(steps[1:]))
    _check(trigger)
    return trigger


def _steps(text: str, words: list[str]) -> Iterator[Step]:
    position = 0
    while position < len(words):
        word = words[position]
        position += 1
        name, _, word_class = word.partition(":")
        if name in _SLOTS:
            if word_class and name != Slot.ITEM:
                raise _broken(text, f"{word}: only ITEM takes a class")
            if word_class and not _CLASS.match(word_class):
                raise _broken(text, f"{word}: a class is written in capitals")
            if words[position : position + 1] == ["and"]:
                other = words[position + 1] if position + 1 < len(words) else ""
                if {name, other} != {Slot.SUBJECT, Slot.OBJECT}:
                    raise _broken(text, "`and` joins SUBJ and OBJ only")
                position += 2
                yield Fill((Slot.SUBJECT, Slot.OBJECT))
            else:
                yield Fill((Slot(name),), word_class or None)
        elif word == "that":
            yield That()
        elif word == "VERB":
            yield AnyVerb()
        elif word == "and":
            raise _broken(text, f"`{word}` cannot stand here")
        else:
            choices = word.split("|")
            classes = {choice for choice in choices if _CLASS.match(choice) and choice not in _SLOTS}
            lemmas = {choice for choice in choices if _LEMMA.match(choice)}
            for choice in choices:
                if choice not in classes and choice not in lemmas:
                    raise _broken(text, f"{choice!r} is neither a lemma (lower case), a slot nor a class (capitals)")
            yield Word(frozenset(lemmas), frozenset(classes))


def _check(trigger: Trigger) -> None:
    fills = [step for step in (trigger.lead, *trigger.steps) if isinstance(step, Fill)]
    slots = [slot for fill in fills for slot in fill.slots]
    for slot in Slot:
        if slots.count(slot) > 1:
            raise _broken(trigger.text, f"{slot} stands there twice")
    if Slot.OBJECT not in slots:
        raise _broken(trigger.text, "OBJ is missing")
    if Slot.SUBJECT not in slots and trigger.is_verb:
        raise _broken(trigger.text, "SUBJ is missing")
    previous: Step = trigger.head
    for step in trigger.steps:
        if isinstance(previous, That) and not isinstance(step, Fill):
            raise _broken(trigger.text, "a slot must follow `that`")
        if isinstance(step, AnyVerb) and not (isinstance(previous, Word) and previous.lemmas == {"to"}):
            raise _broken(trigger.text, "VERB must follow `to`")
        is_last = step is trigger.steps[-1]
        if not trigger.is_verb and isinstance(step, Fill) and isinstance(previous, Fill) and not is_last:
            raise _broken(trigger.text, "a preposition must stand before a slot of a noun")
        previous = step
    if isinstance(previous, That):
        raise _broken(trigger.text, "a slot must follow `that`")


def _broken(text: str, why: str) -> OntologyError:
    return OntologyError(f"trigger {text!r}: {why}")


def compile_lexicon(ontology: Ontology) -> Lexicon:
    """The lexicon of an ontology. Raises OntologyError naming the relation and the trigger that is broken."""
    verbs: dict[str, list[Entry]] = {}
    nouns: dict[str, list[Entry]] = {}
    copulas: dict[str, list[Entry]] = {}
    words = ontology.words
    for relation in ontology.relations.values():
        for entry in _entries(relation, words):
            trigger = entry.trigger
            if trigger.is_copula:
                first = trigger.steps[0]
                assert isinstance(first, Word)
                _index(copulas, first, entry)
            else:
                _index(verbs if trigger.is_verb else nouns, trigger.head, entry)
    return Lexicon(
        verbs={lemma: tuple(found) for lemma, found in verbs.items()},
        nouns={lemma: tuple(found) for lemma, found in nouns.items()},
        copulas={lemma: tuple(found) for lemma, found in copulas.items()},
        words=words,
        accompanies=frozenset((r.name, other) for r in ontology.relations.values() for other in r.accompanies),
    )


def _index(index: dict[str, list[Entry]], word: Word, entry: Entry) -> None:
    for lemma in sorted({word.split(" ")[0] if entry.trigger.is_verb else word.split(" ")[-1] for word in word.lemmas}):
        index.setdefault(lemma, []).append(entry)


def _entries(relation: Relation, words: Mapping[str, frozenset[str]]) -> Iterator[Entry]:
    for text in relation.triggers:
        try:
            trigger = _resolved(parse(text), words)
        except OntologyError as error:
            raise OntologyError(f"gg:{relation.name}: {error}") from error
        for variant in _variants(trigger):
            needs = tuple(_needs(variant))
            yield Entry(relation.name, variant, needs, relation.domain, relation.range, relation.symmetric)


# Words that may be told without being there: "Norway's offer" is the offer of Norway.
_SILENT = frozenset({"of", "by", "from", "between", "among", "to"})


def _needs(trigger: Trigger) -> Iterator[frozenset[str]]:
    for step in trigger.steps:
        word = step.word if isinstance(step, Theme) else step
        if isinstance(word, Word) and word.lemmas.isdisjoint(_SILENT):
            yield frozenset(part for lemma in word.lemmas for part in lemma.split(" "))


def _resolved(trigger: Trigger, words: Mapping[str, frozenset[str]]) -> Trigger:
    """The trigger with the words of its classes filled in."""

    def known(name: str) -> frozenset[str]:
        if name not in words:
            raise _broken(trigger.text, f"no word class {name}; add it to ontologies/words/")
        return words[name]

    def resolved(step: Step) -> Step:
        if isinstance(step, Word) and step.classes:
            return replace(step, lemmas=step.lemmas.union(*map(known, sorted(step.classes))))
        if isinstance(step, Fill) and step.word_class:
            return replace(step, words=known(step.word_class))
        return step

    head = resolved(trigger.head)
    assert isinstance(head, Word)
    return replace(trigger, head=head, steps=tuple(resolved(step) for step in trigger.steps))


def _variants(trigger: Trigger) -> Iterable[Trigger]:
    """The trigger, and its dative shift: `send ITEM to OBJ` is also "send OBJ ITEM"."""
    yield trigger
    match trigger.steps:
        case [(Fill() | Word()) as theme, Word(lemmas=lemmas), Fill(slots=(slot,)), *rest] if (
            trigger.is_verb and not trigger.is_copula and lemmas & {"to", "for"} and slot is not Slot.ITEM
        ):
            yield replace(trigger, steps=(Recipient(slot), Theme(theme) if isinstance(theme, Word) else theme, *rest))
