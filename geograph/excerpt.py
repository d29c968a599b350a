"""A part of the facts, to be shown alone: around some actors, of a period, of some relations, well enough attested."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from geograph.model import Fact


@dataclass(frozen=True)
class Excerpt:
    """Which facts to take; what is left empty or None chooses nothing out.

    `around` are the keys of actors, `hops` how many facts may lie between them and another actor. `first` and `last`
    are days: a dated fact is taken if it may have happened between them, an undated one only if neither is given.
    """

    around: frozenset[str] = frozenset()
    hops: int = 1
    first: date | None = None
    last: date | None = None
    relations: frozenset[str] = frozenset()
    least_sources: int = 1

    def of(self, facts: Iterable[Fact]) -> list[Fact]:
        """The facts that are taken, in the order given; both ends of each are within reach of the actors."""
        taken = [fact for fact in facts if self._fits(fact)]
        if not self.around:
            return taken
        reached = self._reached(taken)
        return [fact for fact in taken if fact.subject in reached and fact.object in reached]

    def _fits(self, fact: Fact) -> bool:
        return (
            self._is_within(fact)
            and (not self.relations or fact.relation in self.relations)
            and fact.independent_source_count >= self.least_sources
        )

    def _is_within(self, fact: Fact) -> bool:
        if self.first is None and self.last is None:
            return True
        if fact.date is None:
            return False
        return (self.first is None or fact.date.latest >= self.first) and (
            self.last is None or fact.date.earliest <= self.last
        )

    def _reached(self, facts: Iterable[Fact]) -> set[str]:
        neighbours: dict[str, set[str]] = {}
        for fact in facts:
            neighbours.setdefault(fact.subject, set()).add(fact.object)
            neighbours.setdefault(fact.object, set()).add(fact.subject)
        reached, edge = set(self.around), set(self.around)
        for _ in range(self.hops):
            edge = {other for key in edge for other in neighbours.get(key, ())} - reached
            reached |= edge
        return reached


EVERYTHING = Excerpt()
