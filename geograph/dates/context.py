"""What a date expression is read against, and the choice between its readings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from geograph.dates.lexicon import Lexicon
from geograph.model import Period


class Tense(Enum):
    """Whether a clause tells of what was or of what is to come."""

    PAST = "past"
    FUTURE = "future"
    OPEN = "open"


@dataclass(frozen=True)
class Context:
    """What an expression is read against: the article's date, its tense, and the dates told before, nearest first."""

    words: Lexicon
    reference: date | None
    tense: Tense
    anchors: tuple[Period, ...] = ()
    lead: str = ""
    """The word before the expression."""


def nearest(options: Iterable[Period], reference: date, tense: Tense) -> Period | None:
    """The latest that has begun (past), the earliest that is not over (future), or the nearest."""
    found = list(options)
    if tense is Tense.PAST:
        # A day gets one day's grace: where it is told of, the date may be a day ahead of the article's.
        return max((p for p in found if p.earliest <= reference + timedelta(days=p.earliest == p.latest)), default=None)
    if tense is Tense.FUTURE:
        return min((p for p in found if p.latest >= reference), default=None)

    def distance(period: Period) -> int:
        before, after = (period.earliest - reference).days, (reference - period.latest).days
        return max(before, after, 0)

    return min(found, key=lambda p: (distance(p), p), default=None)


def step_of(word: str, context: Context) -> int:
    """-1 for "last", 0 for "this", 1 for "next"."""
    return context.words.number("STEP", word) or 0
