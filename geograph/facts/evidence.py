"""The sums of one fact: what its reports say together, so that a further report is added without reading the others.

A report that was published before one with which others were compared changes who is whose copy; then, and when a
report is taken away, all are summed anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from geograph.facts.corroboration import Best, Memory, Sketch, join_source, precedes
from geograph.facts.reports import Days, Key, Report, Told, report_from, report_json
from geograph.model import Fact, Period, Status

HIGHEST_CONFIDENCE = 0.99
STRENGTH = (Status.ACTUAL, Status.PLANNED, Status.POSSIBLE, Status.DENIED)
_SUMS, _REPORT = "sums", "report "


def add(memory: Memory, days: Days, report: Report, sketch_of: Callable[[str], Sketch]) -> bool:
    """Adds what an article tells of the fact dated `days`; false, and nothing done, if all must be summed anew."""
    if precedes(memory, report.order, report.leads):
        return False
    sums = _Sums(**memory.get(_SUMS, {}))
    parts, whole = join_source(
        memory, report.article, report.published, report.credit, report.leads, _best(report.told), sketch_of
    )
    sums.sources(parts, whole)
    sums.articles += 1
    if report.published:
        sums.first = min(sums.first or report.published, report.published)
        sums.last = max(sums.last, report.published)
    for told in report.told:
        sums.count(told, days, report.published)
        if told.place is not None:
            sums.place = _most_frequent(memory, sums.place, told.place, told.place_entity or "")
        if told.item is not None:
            sums.item = _most_frequent(memory, sums.item, told.item)
    memory[_SUMS] = sums.json()
    memory[_REPORT + report.article] = report_json(report)
    return True


def sum_up(memory: Memory, days: Days, reports: Iterable[Report], sketch_of: Callable[[str], Sketch]) -> None:
    """Sums a fact's reports anew: what was in `memory` goes."""
    memory.clear()
    for report in sorted(reports, key=lambda report: report.order):
        added = add(memory, days, report, sketch_of)
        assert added, "reports come in order of publication"


def reports(memory: Memory) -> Iterator[Report]:
    """The reports that were added."""
    for name, found in memory.items():
        if name.startswith(_REPORT):
            yield report_from(name.removeprefix(_REPORT), found)


def fact_of(memory: Memory, key: Key) -> Fact | None:
    """The fact that the sums make, without its claims; None where nothing was added."""
    found = memory.get(_SUMS)
    if found is None:
        return None
    sums = _Sums(**found)
    relation, subject, object = key
    status = next(each for each in STRENGTH if each in sums.statuses)
    return Fact(
        relation=relation,
        subject=subject,
        object=object,
        status=status,
        claims=(),
        date=Period(sums.edtf) if sums.edtf else None,
        place=sums.place[1] if sums.place else None,
        place_entity=(sums.place[2] or None) if sums.place else None,
        item=sums.item[1] if sums.item else None,
        confidence=_confidence(sums.best.get(status, {})),
        source_count=sums.articles,
        independent_source_count=sums.independent,
        first_reported=date.fromisoformat(sums.first) if sums.first else None,
        last_reported=date.fromisoformat(sums.last) if sums.last else None,
        disputed={Status.ACTUAL, Status.DENIED} <= sums.statuses.keys(),
        ended=sums.said is not None and sums.said[1],
    )


@dataclass(slots=True)
class _Sums:
    """`place` and `item` are the most frequent with their count, `said` whether the claims published last end a state.

    `best` counts the independent sources by status and by the highest confidence of their claims.
    """

    articles: int = 0
    statuses: dict[str, int] = field(default_factory=dict)
    edtf: str = ""
    first: str = ""
    last: str = ""
    place: list[Any] | None = None
    item: list[Any] | None = None
    said: list[Any] | None = None
    independent: int = 0
    best: dict[str, dict[str, int]] = field(default_factory=dict)

    def count(self, told: Told, days: Days, published: str) -> None:
        """Counts one claim, published on that day."""
        self.statuses = {**self.statuses, told.status: self.statuses.get(told.status, 0) + 1}
        if told.days == days and (len(told.edtf), told.edtf) < (len(self.edtf) or 99, self.edtf):
            self.edtf = told.edtf  # one spelling for equal periods: `2025-07` rather than `2025-07-01/2025-07-31`
        if told.status is Status.ACTUAL:
            before = self.said[0] if self.said is not None else ""
            if self.said is None or published > before:
                self.said = [published, told.ended]
            elif published == before:
                self.said = [published, self.said[1] or told.ended]

    def sources(self, parts: Iterable[Best], whole: Best) -> None:
        """Puts one source in the place of its parts."""
        best = {status: dict(counts) for status, counts in self.best.items()}
        for source, sign in (*((part, -1) for part in parts), (whole, 1)):
            self.independent += sign
            for status, confidence in source.items():
                counts = best.setdefault(status, {})
                counts[repr(confidence)] = counts.get(repr(confidence), 0) + sign
                if not counts[repr(confidence)]:
                    del counts[repr(confidence)]
        self.best = best

    def json(self) -> dict[str, Any]:
        """The sums as JSON holds them."""
        return {name: getattr(self, name) for name in self.__slots__}


def _best(told: Iterable[Told]) -> Best:
    best: dict[str, float] = {}
    for each in told:
        best[each.status] = max(each.confidence, best.get(each.status, 0.0))
    return best


def _most_frequent(memory: Memory, so_far: list[Any] | None, *value: str) -> list[Any]:
    """The most frequent value, then the first in code-point order, once one more is counted."""
    name = "\x1f".join(("count", *value))
    memory[name] = count = memory.get(name, 0) + 1
    now = [count, *value]
    return now if so_far is None or (-count, *value) < (-so_far[0], *so_far[1:]) else so_far


def _confidence(best: Mapping[str, int]) -> float:
    """1 - product of (1 - c) over independent sources, c being the best claim of each; two decimals.

    Only claims of the fact's own status count: neither a plan nor a denial makes a deed more certain.
    """
    doubt = 1.0
    for confidence, count in sorted(((float(written), count) for written, count in best.items()), reverse=True):
        for _ in range(count):
            doubt *= 1.0 - confidence
            if 1.0 - doubt >= HIGHEST_CONFIDENCE:
                return HIGHEST_CONFIDENCE
    return round(1.0 - doubt, 2)
