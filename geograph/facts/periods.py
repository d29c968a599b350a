"""Which periods tell of one event: equal or nested ones that hold exactly one finer event; of one state: overlapping.

A period is written as its first and its last day, `2025-07-01/2025-07-31`, which sort as text.
"""

from __future__ import annotations

import calendar
from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice

from geograph.facts.reports import Days

Groups = dict[Days, Days]
"""The event or state of each period, named by its finest period."""

Months = Mapping[str, tuple[int, Days]]
"""How many events lie within a month, and the first of them, by month (`2025-07`)."""


def first(days: Days) -> str:
    """The first day."""
    return days[:10]


def last(days: Days) -> str:
    """The last day."""
    return days[11:]


def month_of(days: Days) -> str | None:
    """The month in which a period lies, None for one that reaches beyond a month and for an unknown time."""
    return days[:7] if days and days[:7] == days[11:18] else None


def fineness(days: Days) -> tuple[int, str]:
    """Sorts periods: the shorter first, then the earlier."""
    return date.fromisoformat(last(days)).toordinal() - date.fromisoformat(first(days)).toordinal(), days


def events(periods: Iterable[Days]) -> Groups:
    """The events of periods that lie within one month."""
    return _events(periods, lambda days: iter(()))


def long_events(periods: Iterable[Days], months: Months, events_in: Callable[[str], Sequence[Days]]) -> Groups:
    """The events of periods beyond a month, given those within months; `events_in` gives a month's, sorted."""
    ordered = sorted(months)

    def within(days: Days) -> Iterator[Days]:
        for month in ordered[bisect_left(ordered, days[:7]) :]:
            if month > days[11:18]:
                return
            if _holds(days, month):
                count, event = months[month]
                yield from [event] * min(count, 2)
            else:
                yield from _within(events_in(month), days)

    return _events(periods, within)


def states(periods: Iterable[Days]) -> Groups:
    """The states of periods: those that overlap, one after another, are one."""
    groups: Groups = {}
    state: list[Days] = []
    reach = ""
    for days in chain(sorted(periods), [None]):
        if days is None or first(days) > reach:
            groups.update(dict.fromkeys(state, min(state, key=fineness, default="")))
            state = []
        if days is not None:
            state.append(days)
            reach = max(reach, last(days))
    return groups


def _events(periods: Iterable[Days], elsewhere: Callable[[Days], Iterator[Days]]) -> Groups:
    groups: Groups = {}
    found: list[Days] = []
    for days in sorted(periods, key=fineness):
        finer = list(islice(chain(elsewhere(days), _within(found, days)), 2))
        groups[days] = finer[0] if len(finer) == 1 else days
        if groups[days] == days:
            insort(found, days)
    return groups


def _within(sorted_events: Sequence[Days], days: Days) -> Iterator[Days]:
    for event in sorted_events[bisect_left(sorted_events, first(days)) :]:
        if first(event) > last(days):
            return
        if last(event) <= last(days):
            yield event


def _holds(days: Days, month: str) -> bool:
    end = calendar.monthrange(int(month[:4]), int(month[5:]))[1]
    return first(days) <= f"{month}-01" and f"{month}-{end:02}" <= last(days)
