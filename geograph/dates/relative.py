"""Dates that are counted: from the article's date, or from the date that the text told before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from geograph.dates import periods
from geograph.dates.context import Context, Tense, step_of
from geograph.dates.lexicon import Lexicon
from geograph.dates.patterns import Core
from geograph.model import Period


def _number(core: Core, words: Lexicon) -> int | None:
    """How many units an expression counts, None where it does not say."""
    if not core.part("number"):
        return None
    number, tens = core.parts["number"], core.part("tens")
    more = (words.number("TENS", tens) or 0) if tens else 0
    found = words.number("NUMBER", number)
    found = words.number("TENS", number) if found is None else found
    return found + more if found is not None else None


def ago(core: Core, context: Context) -> Period | None:
    """The day, week, month or year so many units back; wider where a hedge says so ("nearly a year ago")."""
    number = _number(core, context.words)
    unit, reference = context.words.value("TIME_UNIT", core.parts["unit"]), context.reference
    if unit == "hour" and number is None:
        number = 1  # "hours ago": less than a day
    if number is None or unit is None or reference is None:
        return None
    if unit == "hour":
        return _within(number, unit, -1, reference)
    if unit == "decade":
        number, unit = number * 10, "year"
    then = periods.step(reference, unit, -number)
    if then is None:
        return None
    hedge = core.part("hedge")
    if hedge is None:
        return periods.at(then, unit)
    first, last = _hedged(then, unit, " ".join(hedge.casefold().split()), context.words)
    coarse = "day" if unit == "week" else unit
    return periods.span([periods.at(first, coarse), periods.at(min(last, reference), coarse)])


def _hedged(then: date, unit: str, hedge: str, words: Lexicon) -> tuple[date, date]:
    """The bounds of "nearly", "more than" and "about" so many units: a quarter of a year or month, a week or day."""
    smaller, size = {"year": ("month", 3), "month": ("day", 8)}.get(unit, (unit, 1))
    before = periods.step(then, smaller, -size) or then
    after = periods.step(then, smaller, size) or then
    if hedge in words.classes["LESS_THAN"]:
        return then, after
    if hedge in words.classes["MORE_THAN"]:
        return periods.step(then, unit, -1) or then, then
    return before, after


def later(core: Core, context: Context) -> Period | None:
    """So many units after or before the date that was told: "two days earlier"."""
    number, unit = _number(core, context.words), context.words.value("TIME_UNIT", core.parts["unit"])
    if number is None or unit is None:
        return None
    back = core.parts["way"].casefold() in ("earlier", "previously", "before")
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


def past(core: Core, context: Context) -> Period | None:
    """Some time within so many units: "over the past three days"."""
    number = _number(core, context.words)
    unit = context.words.value("TIME_UNIT", core.parts["unit"])
    return _within(number, unit, step_of(core.parts["step"], context), context.reference, whole=_is_whole(context))


def _is_whole(context: Context) -> bool:
    """Whether what is told fills the span: "over the last three days", not "in the last three days"."""
    return context.lead in context.words.classes["WHOLE_SPAN"]


def ahead(core: Core, context: Context) -> Period | None:
    """So many units on, of what is to come: "will meet in two weeks"; "met in two weeks" is no date."""
    number, unit = _number(core, context.words), context.words.value("TIME_UNIT", core.parts["unit"])
    reference, lead = context.reference, (core.part("lead") or "").casefold()
    if number is None or unit is None or reference is None or (lead and context.tense is not Tense.FUTURE):
        return None
    if lead == "within" or unit == "hour":
        return _within(number, unit, 1, reference)
    then = periods.step(reference, unit, number)
    return periods.at(then, unit) if then is not None else None


def vague(core: Core, context: Context) -> Period | None:
    """Nothing: "in recent days" says too little."""
    return None


def before_last(core: Core, context: Context) -> Period | None:
    """The week, month or year before the last one."""
    unit, reference = context.words.value("TIME_UNIT", core.parts["unit"]), context.reference
    then = periods.step(reference, unit, -2) if unit in periods.UNITS and reference is not None else None
    return periods.at(then, unit) if then is not None and unit is not None else None


def _within(
    number: int | None, unit: str | None, step: int, reference: date | None, *, whole: bool = False
) -> Period | None:
    """Some time in the `number` units up to the reference, or from it on.

    Three days up to now may have begun on the fourth day back. What fills them whole (`whole`) surely happened on the
    last three.
    """
    if number is None or unit is None or reference is None or step == 0:
        return None
    if unit == "hour":
        number, unit = -(-number // 24), "day"
    if whole and unit == "day":
        number = max(number - 1, 1)
    if unit == "decade":
        number, unit = number * 10, "year"
    other = periods.step(reference, unit, step * number)
    if other is None:
        return None
    coarse = "day" if unit == "week" else unit
    return periods.span([periods.at(other, coarse), periods.at(reference, coarse)])


def unit(core: Core, context: Context) -> Period | None:
    """A week, month or year counted from that of the reference: "last year"."""
    written = core.parts["unit"].casefold()
    unit, reference = context.words.value("TIME_UNIT", written), context.reference
    if unit == "decade" and core.part("step"):
        return _within(10, "year", step_of(core.parts["step"], context), reference)
    if reference is None or unit not in periods.UNITS or written != unit:
        return None  # "the coming days" says too little
    step, edge = core.part("step"), (core.part("edge") or "").casefold()
    if unit == "day":
        return _within(1, unit, step_of(step, context), reference) if step is not None else None
    if edge in ("end", "close", "turn") and context.tense is Tense.PAST:
        return None  # "left at the end of the year": of one that is over
    if step is not None and step_of(step, context) > 0 and core.part("the") and context.tense is Tense.PAST:
        return _from_anchor(context.anchors, unit, 1)
    if step is not None and (core.part("the") or step.casefold() == "past"):
        return _within(1, unit, step_of(step, context), reference)
    then = periods.step(reference, unit, step_of(step, context) if step else 0)
    return periods.at(then, unit) if then is not None else None


def that(unit: str) -> Callable[[Core, Context], Period | None]:
    """A reader of "that day", "the following year": so many units from the date that was told."""

    def read(core: Core, context: Context) -> Period | None:
        count = context.words.value("THAT_" + unit.upper(), core.parts["word"])
        if count is None:
            return None
        return _from_anchor(context.anchors, unit, int(count))

    return read


def day(core: Core, context: Context) -> Period | None:
    """Yesterday, today or tomorrow."""
    shift = context.words.value("DAY", core.parts["word"])
    if shift is None or context.reference is None:
        return None
    return periods.day(context.reference + timedelta(days=int(shift)))


def overnight(core: Core, context: Context) -> Period | None:
    """The day before the reference or the reference itself."""
    reference = context.reference
    return periods.between(reference - timedelta(days=1), reference) if reference is not None else None
