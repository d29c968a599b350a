"""Event data: one row an event, as programs of conflict research read it (GDELT, ICEWS, POLECAT).

Source is who acts, target on whom; actors have ISO 3166-1 alpha-3 codes, on which CAMEO's country codes rest. A date is
given as precisely as it is known: a month has no day, and an event of unknown date has none at all. States (offices,
memberships, control) are no events and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from geograph.export.csv import row
from geograph.export.options import Content, Options, precision, standing
from geograph.model import Fact
from geograph.ontology import Relation, load

COLUMNS = (
    "event",
    "date",
    "date_precision",
    "year",
    "month",
    "day",
    "earliest",
    "latest",
    "source",
    "source_name",
    "source_type",
    "source_country",
    "target",
    "target_name",
    "target_type",
    "target_country",
    "relation",
    "cameo",
    "cameo_root",
    "plover",
    "quad_class",
    "goldstein",
    "symmetric",
    "status",
    "place",
    "item",
    "confidence",
    "sources",
    "independent_sources",
    "first_reported",
    "last_reported",
    "articles",
)


def events(content: Content, options: Options) -> Iterator[str]:
    """The header and one row an event that has one of the statuses asked for, sorted by date, the undated first."""
    quad_classes = (options.ontology or load()).quad_classes
    article_of = {id: claim.article for id, claim in content.claims().items()}
    yield row(COLUMNS)
    for fact in sorted(content.facts, key=_by_date):
        relation = content.relations.get(fact.relation)
        if relation is not None and not relation.is_state and standing(fact) in options.statuses:
            cells = _cells(fact, relation, content, quad_classes)
            articles = sorted({article_of[claim] for claim in fact.claims if claim in article_of})
            yield row([*(cells.get(name, "") for name in COLUMNS[:-1]), " ".join(articles)])


def _by_date(fact: Fact) -> tuple[str, str]:
    return fact.date.earliest.isoformat() if fact.date else "", fact.id


def _cells(fact: Fact, relation: Relation, content: Content, quad_classes: Mapping[str, int]) -> dict[str, str]:
    cells = {
        "event": fact.id,
        "relation": fact.relation,
        "cameo": relation.cameo or "",
        "cameo_root": (relation.cameo or "")[:2],
        "plover": relation.plover or "",
        "quad_class": str(quad_classes.get(relation.plover or "", "")),
        "goldstein": f"{relation.score:.1f}" if relation.score is not None else "",
        "symmetric": "true" if relation.symmetric else "false",
        "status": standing(fact),
        "place": fact.place or "",
        "item": fact.item or "",
        "confidence": f"{fact.confidence:.2f}",
        "sources": str(fact.source_count),
        "independent_sources": str(fact.independent_source_count),
        "first_reported": fact.first_reported.isoformat() if fact.first_reported else "",
        "last_reported": fact.last_reported.isoformat() if fact.last_reported else "",
        **_date(fact),
    }
    for role, key in (("source", fact.subject), ("target", fact.object)):
        entity = content.entities[key]
        cells |= {
            role: key,
            f"{role}_name": entity.label,
            f"{role}_type": entity.type.value,
            f"{role}_country": entity.country or "",
        }
    return cells


def _date(fact: Fact) -> dict[str, str]:
    if fact.date is None:
        return {}
    known = precision(fact.date) or ""
    parts = fact.date.edtf.split("-") if known != "interval" else []
    return {
        "date": fact.date.edtf,
        "date_precision": known,
        **dict(zip(("year", "month", "day"), parts, strict=False)),
        "earliest": fact.date.earliest.isoformat(),
        "latest": fact.date.latest.isoformat(),
    }
