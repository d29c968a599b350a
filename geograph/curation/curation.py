"""The decisions together, as the mapping that turns what was read into what is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from geograph.curation.conflicts import conflict
from geograph.curation.decisions import (
    ClaimReference,
    Decision,
    Distinct,
    Hide,
    Judge,
    Judgement,
    Merge,
    Rename,
    Retype,
    source_of,
)
from geograph.model import Article, Claim, Entity, EntityType, Status
from geograph.ontology import Relation

CONFIRMED_CONFIDENCE = 0.99
_Place = tuple[str, str, str, str, Status]


@dataclass(frozen=True)
class Curation:
    """Decisions in the order in which they were taken; what follows from them does not depend on it.

    A decision on an entity holds for all entities that are merged with it. Raises ValueError for a conflict.
    """

    decisions: tuple[Decision, ...] = ()

    def __post_init__(self) -> None:
        if (found := conflict(self.decisions)) is not None:
            raise ValueError(found.reason)

    # Entities

    def key(self, key: str) -> str:
        """The key of the entity that `key` is merged into; most stay themselves."""
        return self._merged.get(key, key)

    def members(self, key: str) -> tuple[str, ...]:
        """The keys of all that goes by `key`: itself, and what is merged into it, sorted."""
        return self._members.get(key, (key,))

    def label(self, key: str) -> str | None:
        """The label that was decided for the entity, None where none was."""
        return self._labels.get(key)

    def type(self, key: str) -> EntityType | None:
        """The type that was decided for the entity, None where none was."""
        return self._types.get(key)

    def is_hidden(self, key: str) -> bool:
        """Whether the entity, or what it is merged into, is hidden."""
        return bool(self._hidden) and self.key(key) in self._hidden

    def shown(self, key: str | None) -> str | None:
        """The key by which an entity is shown, None for a hidden one and for none."""
        return None if key is None or self.is_hidden(key) else self.key(key)

    def are_distinct(self, one: str, other: str) -> bool:
        """Whether somebody said that the two are not the same."""
        return frozenset((self.key(one), self.key(other))) in self._distinct

    def curated(self, entity: Entity) -> Entity:
        """The entity with the label and type that were decided, and its country by the key that it goes by."""
        if not self.decisions:
            return entity
        label = self.label(entity.key) or entity.label
        return replace(
            entity,
            label=label,
            type=self.type(entity.key) or entity.type,
            country=self.key(entity.country) if entity.country is not None else None,
            aliases=tuple(sorted({*entity.aliases, entity.label} - {label})),
        )

    # Claims

    def judgement(self, claim: Claim, article: Article) -> Judgement | None:
        """What was decided on a claim of the article, None if nothing was. Rejection beats confirmation.

        The claim is found by its id, else by its article's URL or document, relation, ends, status and sentence; a
        confirmation holds only for the date that it confirmed, a rejection for every date.
        """
        if not self._judged:
            return None
        same_place = self._judged_at.get(
            (source_of(article), claim.relation, claim.subject, claim.object, claim.status), ()
        )
        date = claim.date.edtf if claim.date else None
        found = {self._judged.get(claim.id)}
        found.update(
            judge.judgement
            for judge in same_place
            if judge.claim.means(claim) and (judge.judgement is Judgement.REJECTED or judge.claim.date == date)
        )
        return next((judgement for judgement in Judgement if judgement in found), None)

    def ends(self, claim: Claim) -> tuple[str, str]:
        """Subject and object of a claim by the keys that they go by."""
        return self.key(claim.subject), self.key(claim.object)

    def counted(self, claim: Claim, article: Article, relation: Relation | None) -> Claim | None:
        """The claim as it counts in a fact, its id unchanged; None for one that counts in none.

        None count that are rejected, that have a hidden end, whose ends are one entity now, and that have an end of
        a type, as decided, which their relation does not take. Subject and object stay as read: `ends` tells them.
        """
        if not self.decisions:
            return claim
        subject, object = self.ends(claim)
        if (subject == object and claim.subject != claim.object) or not self._fits(subject, object, relation):
            return None
        match self.judgement(claim, article):
            case Judgement.REJECTED:
                return None
            case Judgement.CONFIRMED:
                claim = replace(claim, confidence=CONFIRMED_CONFIDENCE)
        if claim.place_entity is not None and (shown := self.shown(claim.place_entity)) != claim.place_entity:
            claim = replace(claim, place_entity=shown)
        return claim

    def _fits(self, subject: str, object: str, relation: Relation | None) -> bool:
        if subject in self._hidden or object in self._hidden:
            return False
        types = self.type(subject), self.type(object)
        takes = (relation.domain, relation.range) if relation is not None else (types, types)
        return all(kind is None or kind in taken for kind, taken in zip(types, takes, strict=True))

    def followed(self, claim: Claim) -> Claim:
        """The claim with all its entities by the keys that they go by, for display: its id is not that of the claim."""
        if not self._merged and not self._hidden:
            return claim
        subject, object = self.ends(claim)
        return replace(
            claim,
            subject=subject,
            object=object,
            place_entity=self.shown(claim.place_entity),
            said_by=self.shown(claim.said_by),
        )

    # Changes

    def changed_keys(self, other: Curation) -> frozenset[str]:
        """The keys of the entities, as read, of which `other` decides something else."""
        named = {key for curation in (self, other) for key in curation._named()}
        return frozenset(key for key in named if self._about(key) != other._about(key))

    def changed_claims(self, other: Curation) -> tuple[ClaimReference, ...]:
        """The claims that only one of the two judges, or each otherwise, sorted by id."""
        mine, others = ({d.verdict for d in c.decisions if isinstance(d.verdict, Judge)} for c in (self, other))
        return tuple(sorted({judge.claim for judge in mine ^ others}, key=lambda claim: (claim.id, claim.quote)))

    def _about(self, key: str) -> tuple[object, ...]:
        into = self.key(key)
        return into, self.members(into), self.label(into), self.type(into), self.is_hidden(into)

    def _named(self) -> Iterator[str]:
        for decision in self.decisions:
            match decision.verdict:
                case Merge(keys):
                    yield from keys
                case Rename(key, _) | Retype(key, _) | Hide(key):
                    yield from self.members(self.key(key))

    # What the decisions come to

    @cached_property
    def _merged(self) -> dict[str, str]:
        step = {
            key: verdict.keys[0]
            for verdict in (decision.verdict for decision in self.decisions)
            if isinstance(verdict, Merge)
            for key in verdict.keys[1:]
        }
        return {key: _end(key, step) for key in sorted(step)}

    @cached_property
    def _members(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for key, into in self._merged.items():
            found.setdefault(into, [into]).append(key)
        return {into: tuple(sorted(keys)) for into, keys in found.items()}

    @cached_property
    def _labels(self) -> dict[str, str]:
        return {self.key(v.key): v.label for v in self._verdicts() if isinstance(v, Rename)}

    @cached_property
    def _types(self) -> dict[str, EntityType]:
        return {self.key(v.key): v.type for v in self._verdicts() if isinstance(v, Retype)}

    @cached_property
    def _hidden(self) -> frozenset[str]:
        return frozenset(self.key(v.key) for v in self._verdicts() if isinstance(v, Hide))

    @cached_property
    def _distinct(self) -> frozenset[frozenset[str]]:
        return frozenset(
            frozenset((self.key(one), self.key(other)))
            for verdict in self._verdicts()
            if isinstance(verdict, Distinct)
            for one in verdict.keys
            for other in verdict.keys
            if one < other
        )

    @cached_property
    def _judged(self) -> dict[str, Judgement]:
        return {v.claim.id: v.judgement for v in self._verdicts() if isinstance(v, Judge)}

    @cached_property
    def _judged_at(self) -> dict[_Place, tuple[Judge, ...]]:
        found: dict[_Place, list[Judge]] = {}
        for verdict in self._verdicts():
            if isinstance(verdict, Judge):
                found.setdefault(verdict.claim.place, []).append(verdict)
        return {place: tuple(judges) for place, judges in found.items()}

    def _verdicts(self) -> Iterable[object]:
        return (decision.verdict for decision in self.decisions)


NOTHING_DECIDED = Curation()


def _end(key: str, step: Mapping[str, str]) -> str:
    while key in step:
        key = step[key]
    return key
