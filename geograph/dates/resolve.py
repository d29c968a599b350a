"""What date forms mean against a reference date and the tense of their clause."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from geograph.dates import absolute, periods, relative
from geograph.dates.context import Context, Tense
from geograph.dates.patterns import Core
from geograph.model import Period

_KINDS: Mapping[str, Callable[[Core, Context], Period | None]] = {
    "ago": relative.ago,
    "calendar": absolute.calendar,
    "day": relative.day,
    "decade": absolute.decade,
    "feast": absolute.feast,
    "fixed": absolute.fixed,
    "later": relative.later,
    "monthday": absolute.monthday,
    "overnight": relative.overnight,
    "part": absolute.part,
    "past": relative.past,
    "season": absolute.season,
    "that_day": relative.that("day"),
    "that_month": relative.that("month"),
    "that_year": relative.that("year"),
    "unit": relative.unit,
    "weekday": absolute.weekday,
    "weekend": absolute.weekend,
    "year": absolute.year,
    "years": absolute.years,
}


def resolve(group: Sequence[Core], context: Context) -> Period | None:
    """The period that the forms mean together; None where it stays unknown or no such day exists."""
    try:
        return _KINDS[group[0].kind](group[0], context) if len(group) == 1 else _joint(group, context)
    except (ValueError, OverflowError):
        return None


def _joint(group: Sequence[Core], context: Context) -> Period | None:
    """The period from the first to the last of several forms ("July or August", "between March and May 2024")."""
    year = next((core.part("year") for core in reversed(group) if core.part("year")), None)
    # The form that lies nearer to the reference is read first, and the others outwards from it.
    outward = group if context.tense is Tense.FUTURE else group[::-1]
    found: list[Period] = []
    for core in outward:
        here = context
        if found and year is None:
            here = replace(context, reference=found[-1].earliest)
        period = _KINDS[core.kind](core if core.part("year") else core.given(year=year), here)
        if period is None:
            return None
        found.append(period)
    return periods.span(found)
