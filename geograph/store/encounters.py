"""Encounters in the store: kept up to date with the facts that tell of them and with the countries of the actors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad

from geograph.facts import Encounter, encounter_of
from geograph.model import Entity, Fact, Period
from geograph.ontology import Relation
from geograph.store.changes import Changes
from geograph.store.reading import Reader
from geograph.store.terms import LABEL, TYPE, Node, properties_of, value
from geograph.store.writing import Writer

FactPair = tuple[Fact | None, Fact | None]
EntityPairs = Mapping[str, tuple[Entity | None, Entity | None]]
"""Entities before and after a change, by key; those that stay as they are are left out."""
_DEFAULT = DefaultGraph()


class Encounters:
    """The encounters in an open store."""

    def __init__(self, quads: pyoxigraph.Store, write: Writer, read: Reader, relations: Mapping[str, Relation]) -> None:
        self._quads = quads
        self._write = write
        self._read = read
        self._relations = relations

    def change(self, facts: Iterable[FactPair], entities: EntityPairs, changes: Changes) -> None:
        """Adds to `changes` what follows from facts and entities before and after a change."""
        moves = self._moves(facts, entities)
        touched = {each for pair in moves.values() for each in pair if each is not None}
        touched |= set(self._renamed(entities))
        for id, (old, new) in moves.items():
            changes.change(self._part(id, old), self._part(id, new))
        for encounter in sorted(touched, key=lambda each: each.id):
            members = set(self._members(encounter))
            staying = {id for id in members if moves.get(id, (encounter, encounter))[1] == encounter}
            staying |= {id for id, (_, new) in moves.items() if new == encounter}
            changes.change(
                self._write.encounter_quads(encounter, self._label(encounter, entities, 0)) if members else (),
                self._write.encounter_quads(encounter, self._label(encounter, entities, 1)) if staying else (),
            )

    def _moves(
        self, facts: Iterable[FactPair], entities: EntityPairs
    ) -> dict[str, tuple[Encounter | None, Encounter | None]]:
        """The encounters of facts before and after, by fact id, where they differ."""
        found: dict[str, tuple[Encounter | None, Encounter | None]] = {}
        for before, after in facts:
            if before is not None:
                found[before.id] = (self._encounter(before, entities, 0), found.get(before.id, (None, None))[1])
            if after is not None:
                found[after.id] = (found.get(after.id, (None, None))[0], self._encounter(after, entities, 1))
        for key, (was, now) in entities.items():
            if (was.country if was else None) != (now.country if now else None):
                for fact in self._facts_of(key):
                    if fact.id not in found:
                        found[fact.id] = self._encounter(fact, entities, 0), self._encounter(fact, entities, 1)
        return {id: pair for id, pair in found.items() if pair[0] != pair[1]}

    def _encounter(self, fact: Fact, entities: EntityPairs, when: int) -> Encounter | None:
        return encounter_of(fact, self._relations, partial(self._country, entities, when))

    def _country(self, entities: EntityPairs, when: int, key: str) -> str | None:
        if key in entities:
            entity = entities[key][when]
            return entity.country if entity is not None else None
        country = self._one(self._write.entity(key), self._write.term("country"))
        return self._write.vocabulary.local(value(country)) if country is not None else None

    def _label(self, encounter: Encounter, entities: EntityPairs, when: int) -> str:
        names = []
        for key in encounter.sides:
            if key in entities:
                entity = entities[key][when]
                names.append(entity.label if entity is not None else key)
            else:
                label = self._one(self._write.entity(key), LABEL)
                names.append(value(label) if label is not None else key)
        return f"{', '.join(sorted(names))}: {encounter.kind.lower()}, {encounter.day.edtf}"

    def _renamed(self, entities: EntityPairs) -> Iterator[Encounter]:
        """The stored encounters of which a side has another name now."""
        for key, (was, now) in entities.items():
            if (was.label if was else key) != (now.label if now else key):
                side = self._write.entity(key)
                for quad in self._quads.quads_for_pattern(None, self._write.term("side"), side, _DEFAULT):
                    yield self._stored(quad.subject)

    def _stored(self, node: object) -> Encounter:
        assert isinstance(node, NamedNode)
        said = properties_of(self._quads.quads_for_pattern(node, None, None, _DEFAULT))
        local = self._write.vocabulary.local
        first, second = sorted(local(side.value) for side in said[self._write.term("side").value])
        day = said[self._write.term("date").value][0].value
        return Encounter(local(said[TYPE.value][0].value), Period(day), (first, second))

    def _facts_of(self, key: str) -> Iterator[Fact]:
        """The stored facts of relations that tell of encounters, of which the entity is an end."""
        node = self._write.entity(key)
        telling = {self._write.term(each.name) for each in self._relations.values() if each.tells_of is not None}
        for end in ("subject", "object"):
            for quad in self._quads.quads_for_pattern(None, self._write.term(end), node, _DEFAULT):
                if (
                    isinstance(quad.subject, NamedNode)
                    and self._one(quad.subject, self._write.term("relation")) in telling
                ):
                    yield self._read.fact(
                        properties_of(self._quads.quads_for_pattern(quad.subject, None, None, _DEFAULT))
                    )

    def _members(self, encounter: Encounter) -> Iterator[str]:
        node = self._write.encounter(encounter.id)
        for quad in self._quads.quads_for_pattern(None, self._write.term("partOfEvent"), node, _DEFAULT):
            yield self._write.vocabulary.local(value(quad.subject))

    def _part(self, fact: str, encounter: Encounter | None) -> Iterator[Quad]:
        if encounter is not None:
            yield Quad(self._write.fact(fact), self._write.term("partOfEvent"), self._write.encounter(encounter.id))

    def _one(self, node: NamedNode, predicate: NamedNode) -> Node | None:
        quad = next(self._quads.quads_for_pattern(node, predicate, None, _DEFAULT), None)
        return quad.object if quad is not None and isinstance(quad.object, Node) else None
