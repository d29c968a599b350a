"""The periods of one key, counted, and the events or states that they make; a change reads only what it touches.

Periods within a month are kept month by month, each with the number of its events, because an event of July changes
nothing within June. Longer periods, and those of states, which chain by overlapping, are kept together: there are few.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from geograph.facts.corroboration import Memory
from geograph.facts.periods import Groups, events, long_events, month_of, states
from geograph.facts.reports import UNDATED, Days

Counts = Mapping[Days, int]
_CALENDAR = "calendar"


@dataclass(frozen=True)
class Grouping:
    """The events of the periods in view: those of the touched months and the long ones; `memory` holds the others.

    `only` is the event of a key that has exactly one, else None; `undated` counts the claims without a date.
    """

    groups: Groups
    only: Days | None
    undated: int
    memory: Memory

    def event_of(self, days: Days) -> Days:
        """The event of a period that some claim has."""
        if days not in self.groups and (month := month_of(days)) is not None:
            self.groups.update(events(self.memory[month]))
        return self.groups[days]


@dataclass(frozen=True)
class Shift:
    """A key's events before and after a change."""

    before: Grouping
    after: Grouping

    def regrouped(self) -> set[Days]:
        """The events that lose or gain periods or undated claims that they had before."""
        old, new = self.before.groups, self.after.groups
        found = {
            group for days in old.keys() & new.keys() if old[days] != new[days] for group in (old[days], new[days])
        }
        if self.before.undated and self.before.only != self.after.only:
            found |= {self.before.only or UNDATED, self.after.only or UNDATED, UNDATED}
        return found


def change(memory: Memory, difference: Counts, *, state: bool) -> Shift:
    """Adds to the number of claims of each period, and says what that changes."""
    root = _Root.read(memory)
    months = {month for days in difference if not state and (month := month_of(days)) is not None}
    counted = {month: memory.get(month, {}) for month in months}
    before = _grouping(memory, root, counted, state=state)
    known = {*root.long, *(days for counts in counted.values() for days in counts)}
    for days, count in difference.items():
        month = None if state else month_of(days)
        if days == UNDATED:
            root.undated += count
        elif month is None:
            root.long = _added(root.long, days, count)
        else:
            counted[month] = _added(counted[month], days, count)
    same = known == {*root.long, *(days for counts in counted.values() for days in counts)}
    for month, counts in counted.items():
        if counts:
            memory[month] = counts
        elif month in root.months:
            del memory[month], root.months[month]
        if counts and not same:
            found = sorted(set(events(counts).values()))
            root.months[month] = (len(found), found[0])
    root.write(memory)
    return Shift(
        before, replace(before, undated=root.undated) if same else _grouping(memory, root, counted, state=state)
    )


def state_groups(memory: Memory) -> set[Days]:
    """All states of a key."""
    return set(states(_Root.read(memory).long).values())


@dataclass
class _Root:
    months: dict[str, tuple[int, Days]]
    long: Counts
    undated: int

    @classmethod
    def read(cls, memory: Memory) -> _Root:
        months, long, undated = memory.get(_CALENDAR, ({}, {}, 0))
        return cls({month: (count, event) for month, (count, event) in months.items()}, long, undated)

    def write(self, memory: Memory) -> None:
        if self.months or self.long or self.undated:
            memory[_CALENDAR] = [self.months, self.long, self.undated]
        else:
            memory.pop(_CALENDAR, None)


def _grouping(memory: Memory, root: _Root, counted: Mapping[str, Counts], *, state: bool) -> Grouping:
    if state:
        groups = states(root.long)
        each = set(groups.values())
        return Grouping(groups, min(each) if len(each) == 1 else None, root.undated, memory)

    def events_in(month: str) -> Sequence[Days]:
        return sorted(set(events(counted.get(month) or memory.get(month, {})).values()))

    long = long_events(root.long, root.months, events_in)
    found = [(1, days) for days, event in long.items() if days == event] + list(root.months.values())
    only = found[0][1] if sum(count for count, _ in found) == 1 else None
    groups = {**long, **{days: event for counts in counted.values() for days, event in events(counts).items()}}
    return Grouping(groups, only, root.undated, memory)


def _added(counts: Mapping[Days, int], days: Days, count: int) -> dict[Days, int]:
    now: dict[Days, Any] = {**counts, days: counts.get(days, 0) + count}
    if not now[days]:
        del now[days]
    return now
