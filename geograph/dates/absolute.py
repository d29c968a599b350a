"""Dates that are named: days, months, weekdays, seasons and years, with or without their year."""

from __future__ import annotations

from datetime import date, timedelta

from geograph.dates import periods
from geograph.dates.context import Context, Tense, nearest, step_of
from geograph.dates.patterns import Core
from geograph.model import Period


def calendar(core: Core, context: Context) -> Period | None:
    """A month or a day of a month, with its year, or the one that the tense asks for."""
    month = context.words.number("MONTH", core.parts["month"])
    day, last = (_day(core.part(name)) for name in ("day", "last"))
    if month is None:
        return None
    if core.part("year"):
        return _dated(int(core.parts["year"]), month, day, last)
    reference = context.reference
    if reference is None:
        return None
    if step := core.part("yearstep"):
        return _dated(reference.year + step_of(step, context), month, day, last)
    if step := core.part("step"):
        return _stepped_month(month, step_of(step, context), reference)
    weekday = context.words.number("WEEKDAY", core.parts["weekday"]) if core.part("weekday") else None
    years = range(reference.year - 1, reference.year + 2)
    options = [found for year in years if (found := _possible(year, month, day, last)) is not None]
    agreeing = [found for found in options if found.earliest.isoweekday() == weekday]
    return nearest(agreeing or options, reference, context.tense)


def _stepped_month(month: int, step: int, reference: date) -> Period:
    """The month of "last July" or "next March": the nearest one outside the current month."""
    shift = 0
    if step < 0 and month >= reference.month:
        shift = -1
    if step > 0 and month <= reference.month:
        shift = 1
    return periods.month(reference.year + shift, month)


def _dated(year: int, month: int, day: int | None, last: int | None) -> Period:
    if day is None:
        return periods.month(year, month)
    return periods.between(date(year, month, day), date(year, month, last or day))


def _possible(year: int, month: int, day: int | None, last: int | None) -> Period | None:
    try:
        return _dated(year, month, day, last)
    except ValueError:  # 29 February, in a year without one
        return None


def numeric(core: Core, context: Context) -> Period | None:
    """A day in figures: 25.12.2024, 25/12/2024 or 12/25/2024; unknown where day and month may be either."""
    one, two, year = (int(core.parts[name]) for name in ("one", "two", "year"))
    if core.parts["sep"] == "." or one > 12 or one == two:
        return _dated(year, two, one, None)
    return _dated(year, one, two, None) if two > 12 else None


def _day(text: str | None) -> int | None:
    return int("".join(c for c in text if c.isdigit())) if text else None


def monthday(core: Core, context: Context) -> Period | None:
    """A day of the current or a named month: "on the 5th"."""
    reference, number = context.reference, _day(core.part("day"))
    if reference is None or number is None:
        return None
    step = core.part("step")
    shifts = [step_of(step, context)] if step else [-1, 0, 1]
    options: list[Period] = []
    for shift in shifts:
        first = periods.month(reference.year, reference.month + shift).earliest
        if (found := _possible(first.year, first.month, number, None)) is not None:
            options.append(found)
    return nearest(options, reference, context.tense)


def weekday(core: Core, context: Context) -> Period | None:
    """The nearest such weekday before or after the reference, or that of another week."""
    number, reference = context.words.number("WEEKDAY", core.parts["weekday"]), context.reference
    if number is None or reference is None:
        return None
    step = core.part("week") or core.part("step")
    side = context.words.number("NEAREST", step) if step is not None and not core.part("week") else None
    if step is not None and side is None:
        monday = reference - timedelta(days=reference.weekday())
        return periods.day(monday + timedelta(days=7 * step_of(step, context) + number - 1))
    back = (reference.isoweekday() - number) % 7
    forward = (number - reference.isoweekday()) % 7
    ahead = side > 0 if side is not None else context.tense is Tense.FUTURE
    return periods.day(reference + timedelta(days=forward if ahead else -back))


def year(core: Core, context: Context) -> Period | None:
    """One year."""
    return periods.year(int(core.parts["year"]))


def years(core: Core, context: Context) -> Period | None:
    """Years from one to another: "2014-18"."""
    first, until = int(core.parts["year"]), core.parts["until"]
    last = int(until) if len(until) == 4 else first // 100 * 100 + int(until)
    return periods.years(first, last) if last > first else None


def decade(core: Core, context: Context) -> Period | None:
    """Ten years: "the 1990s"."""
    first = int(core.parts["year"])
    return periods.years(first, first + 9)


def named_decade(core: Core, context: Context) -> Period | None:
    """Ten years by their name: "the nineties"."""
    first = context.words.number("DECADE", core.parts["word"])
    return periods.years(first, first + 9) if first is not None else None


def fiscal(core: Core, context: Context) -> Period | None:
    """A fiscal year, which may begin in the year before; when its quarters lie nobody says."""
    if not core.part("year") or core.part("part"):
        return None
    last = int(core.parts["year"])
    return periods.years(last - 1, last)


def weekend(core: Core, context: Context) -> Period | None:
    """A Saturday and Sunday."""
    reference = context.reference
    if reference is None:
        return None
    step = core.part("step")
    saturday = reference + timedelta(days=5 - reference.weekday())
    if step is not None:
        saturday += timedelta(days=7 * step_of(step, context))
    elif context.tense is not Tense.FUTURE and saturday > reference:
        saturday -= timedelta(days=7)
    return periods.between(saturday, saturday + timedelta(days=1))


def season(core: Core, context: Context) -> Period | None:
    """Three months of a named, counted or nearest season."""
    first = context.words.number("SEASON", core.parts["season"])
    if first is None:
        return None
    if core.part("year"):
        year = int(core.parts["year"])
        if until := core.part("until"):
            last = int(until) if len(until) == 4 else year // 100 * 100 + int(until)
            return periods.months(year, first, first + 2) if first == 12 and last == year + 1 else None
        # A winter that is called by one year may have begun in it or in the year before.
        return periods.months(year - 1, 12, 12 + 14) if first == 12 else periods.months(year, first, first + 2)
    reference = context.reference
    if reference is None:
        return None
    options = [periods.months(year, first, first + 2) for year in range(reference.year - 2, reference.year + 2)]
    step = core.part("step")
    shift = step_of(step, context) if step else 0
    if shift < 0:
        return max(p for p in options if p.latest < reference)
    if shift > 0:
        return min(p for p in options if p.earliest > reference)
    return nearest(options, reference, context.tense)


def part(core: Core, context: Context) -> Period | None:
    """A quarter or half of a year."""
    value = context.words.value("PART", core.parts["part"])
    if value is None:
        return None
    first, last = (int(month) for month in value.split("-"))
    if core.part("year"):
        return periods.months(int(core.parts["year"]), first, last)
    reference, step = context.reference, core.part("step")
    if reference is None:
        return None
    if step is not None:
        return periods.months(reference.year + step_of(step, context), first, last)
    options = [periods.months(reference.year + shift, first, last) for shift in (-1, 0, 1)]
    return nearest(options, reference, context.tense)


def feast(core: Core, context: Context) -> Period | None:
    """A day with a name, of a named or the nearest year."""
    value = context.words.value("FEAST", core.parts["word"])
    if value is None:
        return None
    month, day = (int(number) for number in value.split("-"))
    if core.part("year"):
        return periods.day(date(int(core.parts["year"]), month, day))
    if context.reference is None:
        return None
    options = [periods.day(date(context.reference.year + shift, month, day)) for shift in (-1, 0, 1)]
    return nearest(options, context.reference, context.tense)


def fixed(core: Core, context: Context) -> Period | None:
    """A day that its name alone tells."""
    value = context.words.value("DATE", core.parts["word"])
    return Period(value) if value is not None else None
