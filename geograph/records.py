"""Facts as lines of text, as JSON objects and as CSV rows, each with the number of its sources and their documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph

from geograph.asof import counted
from geograph.escaping import for_terminal
from geograph.model import Entity, Fact, Status
from geograph.ontology import Relation
from geograph.store import Store
from geograph.store.terms import value

Record = dict[str, object]
COLUMNS = (
    "date", "subject", "relation", "object", "status", "disputed", "ended", "place", "item", "confidence",
    "sources", "independent_sources", "first_reported", "last_reported", "documents", "subject_id", "object_id", "fact",
)  # fmt: skip
_NAMED_DOCUMENTS = 3


@dataclass(frozen=True)
class Index:
    """What facts refer to by key and id: entities, relations, and the documents behind claims."""

    entities: Mapping[str, Entity]
    relations: Mapping[str, Relation]
    articles: Mapping[str, tuple[str, str]]
    """Of each claim, by its id, its article: the name of the document and the article's id."""

    def __or__(self, other: Index) -> Index:
        """What either index knows; where both do, what the other one says."""
        return Index(
            {**self.entities, **other.entities},
            {**self.relations, **other.relations},
            {**self.articles, **other.articles},
        )

    def label(self, key: str) -> str:
        """The entity's label; its key where the store has no such entity."""
        return self.entities[key].label if key in self.entities else key

    def sources(self, facts: Iterable[Fact]) -> tuple[str, ...]:
        """The names of the documents that tell of the facts, sorted, one for each article."""
        return tuple(name for name, _ in sorted({self.articles[claim] for fact in facts for claim in fact.claims}))

    def said(self, fact: Fact) -> str:
        """The fact as a sentence without its date: what is not simply so is marked.

        For instance `Norway supplies Kenya (ferries) [planned]`.
        """
        relation = self.relations.get(fact.relation)
        item = f" ({fact.item})" if fact.item else ""
        ends = self.label(fact.subject), self.label(fact.object)
        place = f", {fact.place}" if fact.place and fact.place not in ends else ""
        marks = [] if fact.status is Status.ACTUAL else [str(fact.status)]
        marks += ["disputed"] if fact.disputed else []
        marks += ["ended"] if fact.ended else []
        mark = f" [{', '.join(marks)}]" if marks else ""
        verb = relation.label if relation else fact.relation
        return for_terminal(f"{ends[0]} {verb} {ends[1]}{item}{place}{mark}")

    def evidence(self, facts: Iterable[Fact]) -> str:
        """How many articles tell of the facts, and the names of the first of them.

        The number of independent sources is told of a single fact; of several it would not be their sum.
        """
        facts = tuple(facts)
        names = self.sources(facts)
        independent = f", {facts[0].independent_source_count} independent" if len(facts) == 1 else ""
        more = f" and {len(names) - _NAMED_DOCUMENTS} more" if len(names) > _NAMED_DOCUMENTS else ""
        return f"{counted(len(names))}{independent}: {for_terminal(', '.join(names[:_NAMED_DOCUMENTS]))}{more}"

    def record(self, fact: Fact) -> Record:
        """The fact as a JSON object; what is unknown is null."""
        return {
            "fact": fact.id,
            "relation": fact.relation,
            "subject": {"key": fact.subject, "label": self.label(fact.subject)},
            "object": {"key": fact.object, "label": self.label(fact.object)},
            "status": str(fact.status),
            "disputed": fact.disputed,
            "ended": fact.ended,
            "date": fact.date.edtf if fact.date else None,
            "earliest": fact.date.earliest.isoformat() if fact.date else None,
            "latest": fact.date.latest.isoformat() if fact.date else None,
            "place": fact.place,
            "item": fact.item,
            "confidence": fact.confidence,
            "sources": fact.source_count,
            "independent_sources": fact.independent_source_count,
            "first_reported": fact.first_reported.isoformat() if fact.first_reported else None,
            "last_reported": fact.last_reported.isoformat() if fact.last_reported else None,
            "documents": list(self.sources((fact,))),
        }

    def row(self, fact: Fact) -> tuple[str, ...]:
        """The fact as the cells of `COLUMNS`; what is unknown is empty, documents are joined by ` | `."""
        cells = {
            **self.record(fact),
            "subject": self.label(fact.subject),
            "object": self.label(fact.object),
            "documents": " | ".join(self.sources((fact,))),
            "confidence": f"{fact.confidence:.2f}",
            "subject_id": fact.subject,
            "object_id": fact.object,
        }
        return tuple(cell(cells[column]) for column in COLUMNS)


def happened(fact: Fact) -> bool:
    """Whether it is told as having happened and nobody denies it."""
    return fact.status is Status.ACTUAL and not fact.disputed


def cell(content: object) -> str:
    """What a CSV cell holds: nothing for None, true and false for truth values."""
    if content is None:
        return ""
    return str(content).lower() if isinstance(content, bool) else str(content)


def index(store: Store, relations: Mapping[str, Relation]) -> Index:
    """The index of all that the store holds."""
    return Index({entity.key: entity for entity in store.entities()}, relations, dict(_articles(store)))


def _articles(store: Store) -> Iterator[tuple[str, tuple[str, str]]]:
    answer = store.query("SELECT ?claim ?a ?document { ?claim a gg:Claim ; gg:article ?a . ?a gg:document ?document }")
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    local = store.vocabulary.local
    for row in answer:
        yield local(value(row["claim"])), (value(row["document"]), local(value(row["a"])))
