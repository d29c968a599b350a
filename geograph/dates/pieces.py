"""Dates that are a piece of a month, or a week around a day."""

from __future__ import annotations

from datetime import date, timedelta

from geograph.dates import periods
from geograph.dates.absolute import calendar
from geograph.dates.context import Context
from geograph.dates.patterns import Core
from geograph.model import Period


def around(core: Core, context: Context) -> Period | None:
    """The week or weekend that holds a day: "the week of July 7"."""
    day = calendar(core, context)
    if day is None:
        return None
    week = periods.week(day.earliest)
    if context.words.value("AROUND", core.parts["around"]) == "week":
        return week
    return periods.between(week.latest - timedelta(days=1), week.latest)


def piece(core: Core, context: Context) -> Period | None:
    """The first week of May, its second half, its last weekend, its last day, its third Tuesday."""
    ordinal = context.words.number("ORDINAL", core.parts["ordinal"])
    weekday = context.words.number("WEEKDAY", core.parts["weekday"]) if core.part("weekday") else None
    # The weekday belongs to the ordinal: it does not choose the year.
    month = calendar(
        Core(core.start, core.end, core.kind, {k: v for k, v in core.parts.items() if k != "weekday"}), context
    )
    if ordinal is None or month is None:
        return None
    kind = context.words.value("PIECE", core.parts["piece"]) if core.part("piece") else "day"
    days = [month.earliest + timedelta(days=n) for n in range((month.latest - month.earliest).days + 1)]
    match kind:
        case "half":
            middle = days[14]
            return periods.between(days[0], middle) if ordinal == 1 else periods.between(days[15], days[-1])
        case "week":
            return periods.between(
                *((days[-7], days[-1]) if ordinal < 0 else (days[7 * ordinal - 7], days[7 * ordinal - 1]))
            )
        case "weekend":
            saturday = _of([day for day in days if day.isoweekday() == 6], ordinal)
            return periods.between(saturday, saturday + timedelta(days=1))
        case _:
            return periods.day(_of([day for day in days if weekday in (None, day.isoweekday())], ordinal))


def _of(days: list[date], ordinal: int) -> date:
    return days[ordinal] if ordinal < 0 else days[ordinal - 1]
