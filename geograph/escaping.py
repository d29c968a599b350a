"""Text of others made harmless for the program that shows it: a terminal, a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

_FORMULA_STARTS = frozenset("=+-@\t\r\n")


def for_terminal(text: str) -> str:
    r"""The text without terminal escape sequences and other control characters.

    >>> for_terminal("\x1b[31mred")
    '�[31mred'
    """
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def for_spreadsheet(cell: str) -> str:
    """The cell, after an apostrophe if a spreadsheet would run it as a formula (OWASP: CSV injection).

    >>> [for_spreadsheet(cell) for cell in ("=1+1", "-8.5", "plain")]
    ["'=1+1", '-8.5', 'plain']
    """
    return f"'{cell}" if cell[:1] in _FORMULA_STARTS and not _is_number(cell) else cell


def csv_text(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The rows as CSV that no spreadsheet runs; lines end in CRLF (RFC 4180)."""
    for row in rows:
        buffer = io.StringIO()
        csv.writer(buffer).writerow([for_spreadsheet(cell) for cell in row])
        yield buffer.getvalue()


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
