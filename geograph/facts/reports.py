"""What one article tells of one key: all that consolidation needs of its claims, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from geograph.curation import NOTHING_DECIDED, Curation
from geograph.facts.corroboration import LEADS, credit, sketch
from geograph.model import Article, Claim, Period, Status
from geograph.ontology import Relation

Key = tuple[str, str, str]
"""Relation, subject and object; the ends of a symmetric relation are sorted."""

Days = str
"""The first and the last day that a period may mean, `2025-07-01/2025-07-31`; empty for an unknown time."""

UNDATED: Days = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What one claim tells of its key."""

    claim: str
    days: Days
    edtf: str
    status: Status
    confidence: float
    place: str | None
    place_entity: str | None
    item: str | None
    ended: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What one article tells of one key. `published` is an ISO date or empty; `leads` stand for its text."""

    article: str
    published: str
    credit: str | None
    leads: tuple[int, ...]
    told: tuple[Told, ...]

    @property
    def order(self) -> tuple[str, str]:
        """Order of publication, the undated last; articles of one day by id."""
        return self.published or "9999-12-31", self.article

    def only(self, told: Iterable[Told]) -> Report:
        """The same article with some of its claims."""
        return Report(self.article, self.published, self.credit, self.leads, tuple(told))


def key_of(claim: Claim, relations: Mapping[str, Relation], curation: Curation = NOTHING_DECIDED) -> Key:
    """The key under which a claim is consolidated: its ends by the keys that they go by."""
    subject, object = curation.ends(claim)
    relation = relations.get(claim.relation)
    if relation is not None and relation.symmetric and object < subject:
        subject, object = object, subject
    return claim.relation, subject, object


def reports_of(
    article: Article,
    claims: Iterable[Claim],
    relations: Mapping[str, Relation],
    curation: Curation = NOTHING_DECIDED,
) -> dict[Key, Report]:
    """What the claims of one article tell, by key; each claim once, by id, and none that decisions leave out."""
    by_key: dict[Key, dict[str, Told]] = {}
    for claim in claims:
        counted = curation.counted(claim, article, relations.get(claim.relation))
        if counted is not None:
            by_key.setdefault(key_of(claim, relations, curation), {})[claim.id] = _told(counted)
    if not by_key:
        return {}
    published = article.published.isoformat() if article.published else ""
    leads = sketch(article.text)[:LEADS]
    return {
        key: Report(article.id, published, credit(article), leads, tuple(told[id] for id in sorted(told)))
        for key, told in by_key.items()
    }


def days_of(period: Period) -> Days:
    """The first and the last day that a period may mean."""
    return f"{period.earliest}/{period.latest}"


def _told(claim: Claim) -> Told:
    return Told(
        claim=claim.id,
        days=days_of(claim.date) if claim.date else UNDATED,
        edtf=claim.date.edtf if claim.date else "",
        status=claim.status,
        confidence=claim.confidence,
        place=claim.place,
        place_entity=claim.place_entity,
        item=claim.item,
        ended=claim.ended,
    )


def report_json(report: Report) -> list[Any]:
    """The report as JSON holds it, without the article's id."""
    told = [
        [t.claim, t.days, t.edtf, t.status, t.confidence, t.place, t.place_entity, t.item, t.ended] for t in report.told
    ]
    return [report.published, report.credit, report.leads, told]


def report_from(article: str, found: list[Any]) -> Report:
    """The report of an article from what `report_json` made of it."""
    published, credit, leads, told = found
    return Report(article, published, credit, tuple(leads), tuple(_claims(told)))


def _claims(told: Iterable[list[Any]]) -> Iterator[Told]:
    for claim, days, edtf, status, *rest in told:
        yield Told(claim, days, edtf, Status(status), *rest)
