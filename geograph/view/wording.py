"""Dates in words, as precisely as they are known."""

from __future__ import annotations

from geograph.model import Period

UNKNOWN_DATE = "date unknown"
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def date_words(period: Period | None) -> str:
    """The period as a reader says it.

    >>> [date_words(Period(edtf)) for edtf in ("2025-07-12", "2025-07", "2024", "2025-07/2025-08")]
    ['12 July 2025', 'July 2025', '2024', 'July–August 2025']
    """
    if period is None:
        return UNKNOWN_DATE
    first, _, last = period.edtf.partition("/")
    if not last or last == first:
        return " ".join(_parts(first))
    start, end = _parts(first), _parts(last)
    shared = 0
    if len(start) == len(end):
        # What both ends share, from the year down, is said once.
        while shared < len(start) - 1 and start[-1 - shared] == end[-1 - shared]:
            shared += 1
    start = start[: len(start) - shared]
    dash = "–" if len(start) == 1 and len(start) + shared == len(end) else " – "
    return f"{' '.join(start)}{dash}{' '.join(end)}"


def _parts(edtf: str) -> list[str]:
    """Day, month and year in words, those that are known."""
    numbers = edtf.split("-")
    words = [numbers[0]]
    if len(numbers) > 1:
        words.insert(0, _MONTHS[int(numbers[1]) - 1])
    if len(numbers) > 2:
        words.insert(0, str(int(numbers[2])))
    return words
