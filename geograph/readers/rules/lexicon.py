"""The lexicon that all triggers of an ontology make together, by the lemma of their predicate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from geograph.errors import OntologyError
from geograph.model import EntityType
from geograph.ontology import Ontology, Relation
from geograph.readers.rules.triggers import Fill, Recipient, Slot, Step, Theme, Trigger, Word, broken, parse


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

    @cached_property
    def begin(self) -> frozenset[str]:
        """The words at which a trigger can match: most words of an article are none of them."""
        return frozenset((*self.verbs, *self.nouns, *self.copulas))

    def keeps_both(self, one: str, other: str) -> bool:
        """Whether the same words may tell of both relations."""
        return (one, other) in self.accompanies or (other, one) in self.accompanies


def compile_lexicon(ontology: Ontology) -> Lexicon:
    """The lexicon of an ontology. Raises OntologyError naming the relation and the trigger that is broken."""
    verbs: dict[str, list[Entry]] = {}
    nouns: dict[str, list[Entry]] = {}
    copulas: dict[str, list[Entry]] = {}
    for relation in ontology.relations.values():
        for entry in _entries(relation, ontology):
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
        words=ontology.words,
        accompanies=frozenset((r.name, other) for r in ontology.relations.values() for other in r.accompanies),
    )


def _index(index: dict[str, list[Entry]], word: Word, entry: Entry) -> None:
    for lemma in sorted({word.split(" ")[0] if entry.trigger.is_verb else word.split(" ")[-1] for word in word.lemmas}):
        index.setdefault(lemma, []).append(entry)


def _entries(relation: Relation, ontology: Ontology) -> Iterator[Entry]:
    for text in relation.triggers:
        try:
            trigger = _resolved(parse(text), ontology)
        except OntologyError as error:
            raise OntologyError(f"gg:{relation.name}: {error}") from error
        for variant in _variants(trigger):
            needs = tuple(_needs(variant))
            yield Entry(relation.name, variant, needs, relation.domain, relation.range, relation.symmetric)


# Words that may be told without being there: "Norway's offer" is the offer of Norway.
_DENIALS = frozenset({"not", "n't", "never"})
_SILENT = frozenset({"of", "by", "from", "between", "among", "to"})


def _needs(trigger: Trigger) -> Iterator[frozenset[str]]:
    if trigger.negated:
        yield _DENIALS
    for step in trigger.steps:
        word = step.word if isinstance(step, Theme) else step
        if isinstance(word, Word) and word.lemmas.isdisjoint(_SILENT):
            yield frozenset(part for lemma in word.lemmas for part in lemma.split(" "))


def _resolved(trigger: Trigger, ontology: Ontology) -> Trigger:
    """The trigger with the words of its classes and the types of its kinds filled in."""

    def known(name: str) -> frozenset[str]:
        if name not in ontology.words:
            raise broken(trigger.text, f"no word class {name}; add it to ontologies/words/")
        return ontology.words[name]

    def resolved(step: Step) -> Step:
        if isinstance(step, Word) and step.classes:
            return replace(step, lemmas=step.lemmas.union(*map(known, sorted(step.classes))))
        if isinstance(step, Fill) and step.word_class:
            return replace(step, words=known(step.word_class))
        if isinstance(step, Fill) and step.kind:
            if step.kind not in ontology.classes:
                raise broken(
                    trigger.text, f"no class of entities {step.kind}; use one of {', '.join(ontology.classes)}"
                )
            return replace(step, types=ontology.classes[step.kind])
        return step

    head = resolved(trigger.head)
    assert isinstance(head, Word)
    lead = resolved(trigger.lead) if trigger.lead is not None else None
    owner = resolved(trigger.owner) if trigger.owner is not None else None
    assert (lead is None or isinstance(lead, Fill)) and (owner is None or isinstance(owner, Fill))
    return replace(trigger, lead=lead, owner=owner, head=head, steps=tuple(resolved(step) for step in trigger.steps))


def _variants(trigger: Trigger) -> Iterable[Trigger]:
    """The trigger, and its dative shift: `send ITEM to OBJ` is also "send OBJ ITEM"."""
    yield trigger
    match trigger.steps:
        case [(Fill() | Word()) as theme, Word(lemmas=lemmas), Fill(slots=(slot,)) as fill, *rest] if (
            trigger.is_verb and not trigger.is_copula and lemmas & {"to", "for"} and slot is not Slot.ITEM
        ):
            yield replace(trigger, steps=(Recipient(fill), Theme(theme) if isinstance(theme, Word) else theme, *rest))
