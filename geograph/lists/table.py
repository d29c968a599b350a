"""Tables (CSV, TSV) of known entities: a header, then one entity a row.

Columns, in any order: `name` and `type` (Person, Country, Place, Organization or Group) must be there; `country` (ISO
3166-1 code or name), `aliases` (several parted by `;`), `wikidata`, `identifiers` (`scheme:value`, parted by `;`),
`sanctioned` (yes or no), `authority` and `program` (whose sanctions, and under which programme; they imply yes).
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from geograph.errors import SourceError
from geograph.lists.record import Record, identifier_fault, plain
from geograph.model import EntityType, Listing

COLUMNS = (
    *("name", "type", "country", "aliases", "wikidata", "identifiers"),
    *("sanctioned", "authority", "program"),
)
_DELIMITERS = ",;\t|"
_TYPES = {kind.lower(): kind for kind in EntityType} | {"organisation": EntityType.ORGANIZATION}
_SAID = {"": False, "no": False, "false": False, "0": False, "yes": True, "true": True, "1": True}


def read_table(file: Iterable[bytes], name: str, on_error: Callable[[SourceError], None]) -> Iterator[Record]:
    """The record of each row; a row that is none goes to `on_error`. Raises SourceError for a file that is no table."""
    lines = _text(file, name)
    header = next(lines, "")
    delimiter = max(_DELIMITERS, key=header.count)
    columns = [plain(column).lower() for column in next(csv.reader([header], delimiter=delimiter), [])]
    if unknown := [column for column in columns if column not in COLUMNS]:
        raise SourceError(f"{name}:1: unknown column {unknown[0]!r}; a gazetteer has {', '.join(COLUMNS)}")
    if missing := [column for column in ("name", "type") if column not in columns]:
        raise SourceError(f"{name}:1: no column {missing[0]!r}; the first line of a gazetteer names its columns")
    # Line by line, so that a quote that nobody closes costs one row and not all that follow.
    for number, line in enumerate(lines, start=2):
        try:
            (row,) = csv.reader([line.rstrip("\r\n")], delimiter=delimiter, strict=True) if line.strip() else ([],)
            if any(cell.strip() for cell in row):
                yield _record(row, columns, f"{name}:{number}")
        except csv.Error as error:
            on_error(SourceError(f"{name}:{number}: {error}; mend the quotes of the row, which is one line"))
        except SourceError as error:
            on_error(error)


def _text(file: Iterable[bytes], name: str) -> Iterator[str]:
    for number, line in enumerate(file, start=1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8").replace("\0", "")
        except UnicodeDecodeError as error:
            raise SourceError(f"{name}:{number}: not UTF-8; save the table as UTF-8") from error


def _record(row: list[str], columns: list[str], at: str) -> Record:
    if len(row) != len(columns):
        raise SourceError(f"{at}: {len(row)} cells for {len(columns)} columns; quote cells that hold the delimiter")
    cells: Mapping[str, str] = dict(zip(columns, map(plain, row), strict=True))
    name, kind = cells["name"], _TYPES.get(cells["type"].lower())
    if not any(c.isalpha() for c in name):
        raise SourceError(f"{at}: no name; give one under 'name'")
    if kind is None:
        raise SourceError(f"{at}: {cells['type']!r} is no type; use one of {', '.join(EntityType)}")
    said = _SAID.get(cells.get("sanctioned", "").lower())
    if said is None:
        raise SourceError(f"{at}: sanctioned is yes or no, not {cells['sanctioned']!r}")
    identifiers = _several(cells.get("identifiers"))
    if wikidata := cells.get("wikidata"):
        identifiers = (f"wikidata:{wikidata.rsplit('/', 1)[-1]}", *identifiers)
    if fault := next(filter(None, map(identifier_fault, identifiers)), None):
        raise SourceError(f"{at}: {fault}")
    authority, program = cells.get("authority") or None, cells.get("program") or None
    sanctioned = said or authority is not None or program is not None
    return Record(
        at=at,
        type=kind,
        names=(name,),
        aliases=_several(cells.get("aliases")),
        countries=(cells["country"],) if cells.get("country") else (),
        identifiers=identifiers,
        sanctioned=sanctioned,
        listings=(Listing(Path(at.rpartition(":")[0]).name, authority, program),) if sanctioned else (),
    )


def _several(cell: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in (cell or "").split(";") if part.strip()))
