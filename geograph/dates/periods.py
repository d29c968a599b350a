"""Calendar arithmetic: periods of days, weeks, months, seasons and years, and steps between them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from geograph.model import Period

UNITS = ("day", "week", "month", "year")


def day(value: date) -> Period:
    """One day."""
    return Period(value.isoformat())


def week(value: date) -> Period:
    """The week from Monday to Sunday that holds the day."""
    monday = value - timedelta(days=value.weekday())
    return between(monday, monday + timedelta(days=6))


def month(year: int, number: int) -> Period:
    """One month; `number` may run over into other years (0 is December of the year before)."""
    year, index = divmod(year * 12 + number - 1, 12)
    return Period(f"{year:04d}-{index + 1:02d}")


def year(value: int) -> Period:
    """One year."""
    return Period(f"{value:04d}")


def years(first: int, last: int) -> Period:
    """Some time within two years, both included."""
    return year(first) if first == last else Period(f"{first:04d}/{last:04d}")


def months(year: int, first: int, last: int) -> Period:
    """Some time within the months `first` to `last`; `last` may run over into the next year."""
    start, end = month(year, first).edtf, month(year, last).edtf
    return Period(start if start == end else f"{start}/{end}")


def between(first: date, last: date) -> Period:
    """Some time within two days, both included."""
    return day(first) if first == last else Period(f"{first.isoformat()}/{last.isoformat()}")


def span(periods: Iterable[Period]) -> Period | None:
    """From the start of the earliest to the end of the latest, in their own granularity; None for none."""
    found = list(periods)
    if not found:
        return None
    first = min(found, key=lambda p: p.earliest).edtf.split("/")[0]
    last = max(found, key=lambda p: p.latest).edtf.split("/")[-1]
    if len(first) != len(last):
        return between(min(p.earliest for p in found), max(p.latest for p in found))
    return Period(first if first == last else f"{first}/{last}")


def at(value: date, unit: str) -> Period:
    """The day, week, month or year that holds the day."""
    match unit:
        case "day":
            return day(value)
        case "week":
            return week(value)
        case "month":
            return month(value.year, value.month)
        case _:
            return year(value.year)


def step(value: date, unit: str, count: int) -> date | None:
    """The day `count` units later, None outside the calendar; the last of the month where the month is too short."""
    try:
        if unit in ("day", "week"):
            return value + timedelta(days=count * (7 if unit == "week" else 1))
        total = value.year * 12 + value.month - 1 + count * (12 if unit == "year" else 1)
        year, index = divmod(total, 12)
        return date(year, index + 1, min(value.day, monthrange(year, index + 1)[1]))
    except (ValueError, OverflowError):
        return None


def unit_of(period: Period) -> str:
    """The unit in which a period is told: day, month or year."""
    return {4: "year", 7: "month"}.get(len(period.edtf.split("/")[0]), "day")
