"""What an export can be asked for, and what several formats say in the same way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geograph import ontology as ontologies
from geograph.errors import GeographError
from geograph.model import Claim, Entity, Extraction, Fact, Period, Status
from geograph.ontology import Ontology, Relation
from geograph.store import Store

ANNOTATIONS = ("oa", "prov", "rdf12")
DISPUTED = "disputed"
STANDINGS = (*(status.value for status in Status), DISPUTED)
PRECISIONS = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True)
class Options:
    """What to add to RDF (`ANNOTATIONS`), and facts of which standing to give where a format gives only some."""

    annotations: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset({Status.ACTUAL.value})
    ontology: Ontology | None = None

    @classmethod
    def of(
        cls, annotations: Iterable[str] = (), statuses: Iterable[str] = (), ontology: Ontology | None = None
    ) -> Options:
        """Options from names; facts that happened where no status is named. Raises GeographError for an unknown one."""
        chosen = frozenset(annotations), frozenset(statuses) or frozenset({Status.ACTUAL.value})
        for names, known, option in zip(chosen, (ANNOTATIONS, STANDINGS), ("--annotations", "--status"), strict=True):
            for name in sorted(names - set(known)):
                raise GeographError(f"{option}: unknown {name!r}; use one of {', '.join(known)}")
        return cls(*chosen, ontology)

    @property
    def asked(self) -> frozenset[str]:
        """The options that differ from what is usual, as the command line names them."""
        usual = Options()
        return frozenset(
            name
            for name, differs in (
                ("--annotations", self.annotations != usual.annotations),
                ("--status", self.statuses != usual.statuses),
            )
            if differs
        )


@dataclass(frozen=True)
class Content:
    """What a store holds, read once for a format that needs several views of it."""

    entities: Mapping[str, Entity]
    facts: tuple[Fact, ...]
    extractions: tuple[Extraction, ...]
    relations: Mapping[str, Relation]

    @classmethod
    def of(cls, store: Store, options: Options) -> Content:
        """The content of a store, with the relations of its ontology."""
        ontology = options.ontology or ontologies.load()
        return cls(
            {entity.key: entity for entity in store.entities()},
            tuple(store.facts()),
            tuple(sorted(store.extractions(), key=lambda each: each.article.id)),
            {**ontology.relations, **store.relations},
        )

    def claims(self) -> dict[str, Claim]:
        """The claims by id."""
        return {claim.id: claim for extraction in self.extractions for claim in extraction.claims}

    def label(self, relation: str) -> str:
        """How a relation is called; its name where the ontology does not know it."""
        known = self.relations.get(relation)
        return known.label if known is not None else relation


def standing(fact: Fact) -> str:
    """The status of a fact, or "disputed" where some claims deny what others affirm."""
    return DISPUTED if fact.disputed else fact.status.value


def precision(period: Period | None) -> str | None:
    """How precisely a date is known: day, month, year, or interval for some time within it; None if unknown."""
    return PRECISIONS.get(len(period.edtf), "interval") if period is not None else None
