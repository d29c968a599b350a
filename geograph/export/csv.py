"""CSV of the facts: one row a fact, for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from geograph.model import Entity, Fact

COLUMNS = (
    "subject",
    "relation",
    "object",
    "date",
    "place",
    "status",
    "item",
    "confidence",
    "sources",
    "independent_sources",
    "first_reported",
    "last_reported",
    "disputed",
    "subject_id",
    "object_id",
    "fact",
)


def facts(facts: Iterable[Fact], entities: Mapping[str, Entity]) -> Iterator[str]:
    """The header and one row a fact, in the order given; lines end in CRLF (RFC 4180)."""
    yield _row(COLUMNS)
    for fact in facts:
        yield _row(
            (
                entities[fact.subject].label,
                fact.relation,
                entities[fact.object].label,
                fact.date.edtf if fact.date else "",
                fact.place or "",
                fact.status,
                fact.item or "",
                f"{fact.confidence:.2f}",
                str(fact.source_count),
                str(fact.independent_source_count),
                fact.first_reported.isoformat() if fact.first_reported else "",
                fact.last_reported.isoformat() if fact.last_reported else "",
                "true" if fact.disputed else "false",
                fact.subject,
                fact.object,
                fact.id,
            )
        )


def _row(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow([_inert(cell) for cell in cells])
    return buffer.getvalue()


def _inert(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula (OWASP: CSV injection)."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
