"""What a date form means against a reference date and the tense of its clause."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from geograph.dates import periods
from geograph.dates.lexicon import Lexicon
from geograph.dates.patterns import Core
from geograph.model import Period


class Tense(Enum):
    """Whether a clause tells of what was or of what is to come."""

    PAST = "past"
    FUTURE = "future"
    OPEN = "open"


@dataclass(frozen=True)
class Context:
    """What an expression is read against: the article's date, its clause's tense, the dates told before, nearest first."""

    words: Lexicon
    reference: date | None
    tense: Tense
    anchors: tuple[Period, ...] = ()


def resolve(group: Sequence[Core], context: Context) -> Period | None:
    """The period that the forms mean together; None where it stays unknown or no such day exists."""
    try:
        return _resolve(group, context)
    except (ValueError, OverflowError):
        return None


def _resolve(group: Sequence[Core], context: Context) -> Period | None:
    if len(group) == 1:
        return _KINDS[group[0].kind](group[0], context)
    year = next((core.part("year") for core in reversed(group) if core.part("year")), None)
    known = [core if core.part("year") else core.given(year=year) for core in group]
    # The end that lies nearer to the reference is read first, and the other ones outwards from it.
    outward = known if context.tense is Tense.FUTURE else known[::-1]
    found: list[Period] = []
    for core in outward:
        near = found[-1] if found else None
        start = near.earliest if near is not None else context.reference
        period = _KINDS[core.kind](core, replace(context, reference=start) if near and not year else context)
        if period is None:
            return None
        found.append(period)
    return periods.span(found)


def _calendar(core: Core, context: Context) -> Period | None:
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
        return _dated(reference.year + _step(step, context), month, day, last)
    if step := core.part("step"):
        return _stepped_month(month, _step(step, context), reference)
    weekday = context.words.number("WEEKDAY", core.parts["weekday"]) if core.part("weekday") else None
    years = range(reference.year - 1, reference.year + 2)
    options = [found for year in years if (found := _possible(year, month, day, last)) is not None]
    agreeing = [found for found in options if found.earliest.isoweekday() == weekday]
    return _nearest(agreeing or options, reference, context.tense)


def _step(word: str, context: Context) -> int:
    """-1 for "last", 0 for "this", 1 for "next"."""
    return context.words.number("STEP", word) or 0


def _stepped_month(month: int, step: int, reference: date) -> Period:
    """"last July", "next March": the nearest one outside the current month."""
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


def _nearest(options: Iterable[Period], reference: date, tense: Tense) -> Period | None:
    """The latest that has begun (past), the earliest that is not over (future), or the nearest."""
    found = list(options)
    if tense is Tense.PAST:
        # One day's grace: where the article is dated a day before the place that it tells of.
        return max((p for p in found if p.earliest <= reference + timedelta(days=1)), default=None)
    if tense is Tense.FUTURE:
        return min((p for p in found if p.latest >= reference), default=None)

    def distance(period: Period) -> int:
        before, after = (period.earliest - reference).days, (reference - period.latest).days
        return max(before, after, 0)

    return min(found, key=lambda p: (distance(p), p), default=None)


def _day(text: str | None) -> int | None:
    return int("".join(c for c in text if c.isdigit())) if text else None


def _monthday(core: Core, context: Context) -> Period | None:
    reference, number = context.reference, _day(core.part("day"))
    if reference is None or number is None:
        return None
    step = core.part("step")
    shifts = [_step(step, context)] if step else [-1, 0, 1]
    options: list[Period] = []
    for shift in shifts:
        first = periods.month(reference.year, reference.month + shift).earliest
        if (found := _possible(first.year, first.month, number, None)) is not None:
            options.append(found)
    return _nearest(options, reference, context.tense)


def _weekday(core: Core, context: Context) -> Period | None:
    number, reference = context.words.number("WEEKDAY", core.parts["weekday"]), context.reference
    if number is None or reference is None:
        return None
    step = core.part("week") or core.part("step")
    if step is not None:
        monday = reference - timedelta(days=reference.weekday())
        return periods.day(monday + timedelta(days=7 * _step(step, context) + number - 1))
    back = (reference.isoweekday() - number) % 7
    forward = (number - reference.isoweekday()) % 7
    return periods.day(reference + timedelta(days=forward if context.tense is Tense.FUTURE else -back))


def _years(core: Core, context: Context) -> Period | None:
    first, until = int(core.parts["year"]), core.parts["until"]
    last = int(until) if len(until) == 4 else first // 100 * 100 + int(until)
    return periods.years(first, last) if last > first else None


def _decade(core: Core, context: Context) -> Period | None:
    first = int(core.parts["year"])
    return periods.years(first, first + 9)


def _ago(core: Core, context: Context) -> Period | None:
    number = context.words.number("NUMBER", core.parts["number"]) if core.part("number") else None
    unit, reference = context.words.value("UNIT", core.parts["unit"]), context.reference
    if number is None or unit is None or reference is None:
        return None
    if unit == "hour":
        return periods.between(reference - timedelta(hours=number) - timedelta(days=1), reference) if number <= 48 else None
    if unit == "decade":
        number, unit = number * 10, "year"
    then = periods.step(reference, unit, -number)
    if then is None:
        return None
    hedge = core.part("hedge")
    if hedge is None:
        return periods.at(then, unit)
    classes = context.words.classes
    plain = " ".join(hedge.casefold().split())
    # A quarter of the unit either way: a hedge says about as much.
    size, smaller = {"day": (1, "day"), "week": (2, "day"), "month": (8, "day")}.get(unit, (3, "month"))
    first, last = then, then
    if plain in classes["OVER"]:
        first = periods.step(then, unit, -1)
    elif plain in classes["UNDER"]:
        last = min(reference, periods.step(then, unit, 1)) if unit in ("day", "week") else periods.step(then, smaller, size)
    else:
        first, last = periods.step(then, smaller, -size), periods.step(then, smaller, size)
    if first is None or last is None:
        return None
    coarse = "day" if unit == "week" else unit
    return periods.span([periods.at(first, coarse), periods.at(last, coarse)])


def _later(core: Core, context: Context) -> Period | None:
    number, unit = context.words.number("NUMBER", core.parts["number"]), context.words.value("UNIT", core.parts["unit"])
    if number is None or unit is None:
        return None
    back = core.parts["way"].casefold() in ("earlier", "previously")
    return _from_anchor(context.anchors, unit, -number if back else number)


def _from_anchor(anchors: tuple[Period, ...], unit: str, count: int) -> Period | None:
    """`count` units from the nearest date that is told as finely as the unit; None where there is none."""
    if unit not in periods.UNITS:
        return None
    size = periods.UNITS.index
    for anchor in anchors:
        if "/" not in anchor.edtf and size(periods.unit_of(anchor)) <= size(unit):
            then = periods.step(anchor.earliest, unit, count)
            return periods.at(then, unit) if then is not None else None
    return None


def _past(core: Core, context: Context) -> Period | None:
    number = context.words.number("NUMBER", core.parts["number"])
    unit = context.words.value("UNIT", core.parts["unit"])
    return _within(number, unit, _step(core.parts["step"], context), context.reference)


def _within(number: int | None, unit: str | None, step: int, reference: date | None) -> Period | None:
    """Some time in the `number` units up to the reference, or from it on."""
    if number is None or unit is None or reference is None or step == 0:
        return None
    if unit == "hour":
        number, unit = -(-number // 24), "day"
    if unit == "decade":
        number, unit = number * 10, "year"
    other = periods.step(reference, unit, step * number)
    if other is None:
        return None
    coarse = "day" if unit == "week" else unit
    return periods.span([periods.at(other, coarse), periods.at(reference, coarse)])


def _unit(core: Core, context: Context) -> Period | None:
    written = core.parts["unit"].casefold()
    unit, reference = context.words.value("UNIT", written), context.reference
    if reference is None or unit not in ("week", "month", "year") or written != unit:
        return None  # "the coming days" says too little
    step = core.part("step")
    if step is not None and (core.part("the") or step.casefold() == "past"):
        return _within(1, unit, _step(step, context), reference)
    then = periods.step(reference, unit, _step(step, context) if step else 0)
    return periods.at(then, unit) if then is not None else None


def _that(unit: str) -> Callable[[Core, Context], Period | None]:
    def read(core: Core, context: Context) -> Period | None:
        count = context.words.value("THAT_" + unit.upper(), core.parts["word"])
        if count is None:
            return None
        return _from_anchor(context.anchors, unit, int(count))

    return read


def _days(core: Core, context: Context) -> Period | None:
    shift = context.words.value("DAY", core.parts["word"])
    if shift is None or context.reference is None:
        return None
    return periods.day(context.reference + timedelta(days=int(shift)))


def _overnight(core: Core, context: Context) -> Period | None:
    reference = context.reference
    return periods.between(reference - timedelta(days=1), reference) if reference is not None else None


def _weekend(core: Core, context: Context) -> Period | None:
    reference = context.reference
    if reference is None:
        return None
    step = core.part("step")
    saturday = reference + timedelta(days=5 - reference.weekday())
    if step is not None:
        saturday += timedelta(days=7 * _step(step, context))
    elif context.tense is not Tense.FUTURE and saturday > reference:
        saturday -= timedelta(days=7)
    return periods.between(saturday, saturday + timedelta(days=1))


def _season(core: Core, context: Context) -> Period | None:
    first = context.words.number("SEASON", core.parts["season"])
    if first is None:
        return None
    if core.part("year"):
        year = int(core.parts["year"])
        # A winter that is called by one year may have begun in it or in the year before.
        return periods.months(year - 1, 12, 12 + 14) if first == 12 else periods.months(year, first, first + 2)
    reference = context.reference
    if reference is None:
        return None
    options = [periods.months(year, first, first + 2) for year in range(reference.year - 2, reference.year + 2)]
    step = core.part("step")
    shift = _step(step, context) if step else 0
    if shift < 0:
        return max(p for p in options if p.latest < reference)
    if shift > 0:
        return min(p for p in options if p.earliest > reference)
    if step:
        inside = [p for p in options if p.earliest <= reference <= p.latest]
        return (inside or [p for p in options if p.earliest.year == reference.year])[0]
    return _nearest(options, reference, context.tense)


def _part(core: Core, context: Context) -> Period | None:
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
        return periods.months(reference.year + _step(step, context), first, last)
    options = [periods.months(reference.year + shift, first, last) for shift in (-1, 0, 1)]
    return _nearest(options, reference, context.tense)


def _feast(core: Core, context: Context) -> Period | None:
    value = context.words.value("FEAST", core.parts["word"])
    if value is None:
        return None
    month, day = (int(number) for number in value.split("-"))
    if core.part("year"):
        return periods.day(date(int(core.parts["year"]), month, day))
    if context.reference is None:
        return None
    options = [periods.day(date(context.reference.year + shift, month, day)) for shift in (-1, 0, 1)]
    return _nearest(options, context.reference, context.tense)


def _fixed(core: Core, context: Context) -> Period | None:
    value = context.words.value("DATE", core.parts["word"])
    return Period(value) if value is not None else None


_KINDS: dict[str, Callable[[Core, Context], Period | None]] = {
    "ago": _ago,
    "calendar": _calendar,
    "day": _days,
    "decade": _decade,
    "feast": _feast,
    "fixed": _fixed,
    "later": _later,
    "monthday": _monthday,
    "overnight": _overnight,
    "part": _part,
    "past": _past,
    "season": _season,
    "that_day": _that("day"),
    "that_month": _that("month"),
    "that_year": _that("year"),
    "unit": _unit,
    "weekday": _weekday,
    "weekend": _weekend,
    "year": lambda core, context: periods.year(int(core.parts["year"])),
    "years": _years,
}
