"""What date forms mean against a reference date and the tense of their clause."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from geograph.dates import absolute, periods, pieces, relative
from geograph.dates.context import Context, Tense
from geograph.dates.patterns import Core
from geograph.model import Period

_KINDS: Mapping[str, Callable[[Core, Context], Period | None]] = {
    "ago": relative.ago,
    "ahead": relative.ahead,
    "around": pieces.around,
    "before_last": relative.before_last,
    "calendar": absolute.calendar,
    "day": relative.day,
    "decade": absolute.decade,
    "feast": absolute.feast,
    "fiscal": absolute.fiscal,
    "fixed": absolute.fixed,
    "later": relative.later,
    "monthday": absolute.monthday,
    "named_decade": absolute.named_decade,
    "numeric": absolute.numeric,
    "overnight": relative.overnight,
    "part": absolute.part,
    "past": relative.past,
    "piece": pieces.piece,
    "season": absolute.season,
    "that_day": relative.that("day"),
    "that_month": relative.that("month"),
    "that_week": relative.that("week"),
    "that_year": relative.that("year"),
    "unit": relative.unit,
    "vague": relative.vague,
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
