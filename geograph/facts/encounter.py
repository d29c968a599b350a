"""What several facts tell of: a meeting, a visit and a reception on one day between the same sides are one encounter.

Which relations tell of one, and what it is called, is data: `gg:tellsOf` in `relations.ttl`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from geograph.facts.consolidation import holds
from geograph.model import Fact, Period, content_id
from geograph.ontology import Relation


@dataclass(frozen=True, slots=True)
class Encounter:
    """What happened on one day between two sides. `kind` is a class of the vocabulary, `sides` are sorted keys."""

    kind: str
    day: Period
    sides: tuple[str, str]

    @property
    def id(self) -> str:
        """The hash of kind, day and sides."""
        return content_id(self.kind, self.day.edtf, *self.sides)


def encounter_of(
    fact: Fact, relations: Mapping[str, Relation], country_of: Callable[[str], str | None]
) -> Encounter | None:
    """The encounter that a fact is part of; None for one that tells of none, is not dated to a day, or does not hold.

    A side is an actor's country, or the actor where `country_of` knows none or both would be one country.
    """
    relation = relations.get(fact.relation)
    if relation is None or relation.tells_of is None or fact.subject == fact.object or not holds(fact):
        return None
    if fact.date is None or fact.date.earliest != fact.date.latest:
        return None
    ends = (fact.subject, fact.object)
    first, second = sorted(country_of(end) or end for end in ends)
    if first == second:
        first, second = sorted(ends)
    return Encounter(relation.tells_of, Period(str(fact.date.earliest)), (first, second))
