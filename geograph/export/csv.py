"""CSV of the facts: one row a fact, for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping

from geograph.model import Entity, Fact

_DANGEROUS = frozenset("=+-@\t\r")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
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
    yield row(COLUMNS)
    for fact in facts:
        yield row(
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


def row(cells: Iterable[str]) -> str:
    """One line of CSV in which no cell runs as a formula."""
    buffer = io.StringIO()
    csv.writer(buffer).writerow([inert(cell) for cell in cells])
    return buffer.getvalue()


def inert(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula (OWASP: CSV injection); a number stays one."""
    return f"'{cell}" if cell[:1] in _DANGEROUS and not _NUMBER.fullmatch(cell) else cell
