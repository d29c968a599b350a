"""Dyads that turned: pairs of actors whose mean conflict-cooperation score changed its sign."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import fsum

from geograph.model import Entity, Fact
from geograph.ontology import Relation
from geograph.records import happened

LEAST_FACTS = 2
RULE = (
    "a dyad turned if the mean conflict-cooperation score (Goldstein, -10 to 10) of what became known since has the "
    f"other sign than that of what was known before, each of at least {LEAST_FACTS} facts that happened and nobody "
    "denies; people and institutions count for their country; what is known to have been over by then is not counted "
    "as new"
)
_Scores = dict[tuple[str, str], list[tuple[Fact, float]]]


@dataclass(frozen=True)
class Turn:
    """A dyad that turned: the keys of its two actors, the mean scores (two decimals) and the facts behind them."""

    one: str
    other: str
    mean_before: float
    mean_after: float
    before: tuple[Fact, ...]
    after: tuple[Fact, ...]

    @property
    def direction(self) -> str:
        """From what to what: `cooperative to conflictual`, or back."""
        return "cooperative to conflictual" if self.mean_before > 0 else "conflictual to cooperative"


def turns(
    before: Iterable[Fact],
    became_known: Iterable[Fact],
    entities: Mapping[str, Entity],
    relations: Mapping[str, Relation],
    *,
    since: date | None,
) -> tuple[Turn, ...]:
    """The dyads that turned by `RULE`, sorted by the size of the turn, the largest first."""
    recent = (fact for fact in became_known if since is None or fact.date is None or fact.date.latest > since)
    earlier, later = _scores(before, entities, relations), _scores(recent, entities, relations)
    found = []
    for dyad in earlier.keys() & later.keys():
        old, new = earlier[dyad], later[dyad]
        means = _mean(old), _mean(new)
        if min(len(old), len(new)) >= LEAST_FACTS and means[0] * means[1] < 0:
            found.append(Turn(*dyad, *means, tuple(fact for fact, _ in old), tuple(fact for fact, _ in new)))
    return tuple(sorted(found, key=lambda turn: (-abs(turn.mean_after - turn.mean_before), turn.one, turn.other)))


def _scores(facts: Iterable[Fact], entities: Mapping[str, Entity], relations: Mapping[str, Relation]) -> _Scores:
    """The scored facts of each dyad; the ends of a dyad are sorted, its facts by id."""
    found: _Scores = {}
    for fact in sorted(facts, key=lambda fact: fact.id):
        relation = relations.get(fact.relation)
        one, other = sorted((_actor(fact.subject, entities), _actor(fact.object, entities)))
        if happened(fact) and relation is not None and relation.score is not None and one != other:
            found.setdefault((one, other), []).append((fact, relation.score))
    return found


def _actor(key: str, entities: Mapping[str, Entity]) -> str:
    """The country of a person or institution; the actor itself where it has none."""
    return (entities[key].country if key in entities else None) or key


def _mean(scored: list[tuple[Fact, float]]) -> float:
    return round(fsum(score for _, score in scored) / len(scored), 2)
