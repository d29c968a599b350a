"""Reports -> facts, key by key: exact after any change, and reading no more than what the change touches.

A fact is a function of the set of claims of its key (relation, subject, object) and of their articles, so that the
order in which claims arrive never matters:

- equal periods are one event; a period that holds exactly one finer event tells of it; one that holds several or
  none is an event of its own; periods that only overlap are different events;
- an undated claim tells of the only dated event of its key if its article was published from that event's first day to
  14 days after its last, else it belongs to the undated fact of the key;
- states (office, membership, control) are one fact where their periods overlap, and an undated claim tells of the
  only dated one;
- a state is over if the claims published last say so, or if a later fact of its key denies it;
- actual beats planned beats possible beats denied; actual and denied together are disputed.

What is known of a key lies on a `Shelf`: one memory for its history of periods and one for the sums of each fact. A
further report of an event that is known is added to the sums; a fact that loses claims, or whose periods change, is
summed anew from the reports that its own memory holds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from geograph.curation import NOTHING_DECIDED, Curation
from geograph.facts import evidence, history
from geograph.facts.corroboration import Memory, Sketch, sketch
from geograph.facts.periods import first, last
from geograph.facts.reports import UNDATED, Days, Key, Report, Told, days_of, reports_of
from geograph.model import Article, Claim, Fact, Status
from geograph.ontology import Relation

REPORT_WINDOW = timedelta(days=14)
_DENIED, _HOLDING = "denied", "holding"

Shelf = Callable[[str], Memory]
"""Gives the memory of one name: "history" for that of a key's periods, else the days of a fact."""
HISTORY = "history"


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact before and after, both without their claims, and the claims that it lost and gained."""

    before: Fact | None
    after: Fact | None
    lost: frozenset[str]
    gained: frozenset[str]


@dataclass(frozen=True, slots=True)
class KeyChange:
    """What changed of one key: its facts, and whether some fact of it holds."""

    facts: tuple[FactChange, ...]
    held: bool
    holds: bool


def holds(fact: Fact) -> bool:
    """Whether a shortcut triple may say it: it happened, nobody denies it, and it is not known to be over."""
    return fact.status is Status.ACTUAL and not fact.disputed and not fact.ended


def consolidate(
    claims: Iterable[Claim],
    articles: Mapping[str, Article],
    relations: Mapping[str, Relation],
    curation: Curation = NOTHING_DECIDED,
) -> Iterator[Fact]:
    """The facts that the claims tell by the decisions of `curation`, sorted by key and period.

    `articles` holds, by id, the article of every claim. A relation missing from `relations` is read as an event
    whose ends are not interchangeable.
    """
    of_article: dict[str, list[Claim]] = {}
    for claim in claims:
        of_article.setdefault(claim.article, []).append(claim)
    by_key: dict[Key, list[Report]] = {}
    for id, told in of_article.items():
        for key, report in reports_of(articles[id], told, relations, curation).items():
            by_key.setdefault(key, []).append(report)
    for key, reports in sorted(by_key.items()):
        shelf: defaultdict[str, Memory] = defaultdict(dict)
        change = update(key, (), reports, relations, shelf.__getitem__, lambda id: sketch(articles[id].text))
        facts = [replace(each.after, claims=tuple(sorted(each.gained))) for each in change.facts if each.after]
        yield from sorted(facts, key=_by_date)


def update(
    key: Key,
    leaving: Iterable[Report],
    coming: Iterable[Report],
    relations: Mapping[str, Relation],
    shelf: Shelf,
    sketch_of: Callable[[str], Sketch],
) -> KeyChange:
    """What changes when the reports `leaving` go from a key and those `coming` come.

    The shelf is brought up to date. `sketch_of` gives the sketch of an article's text by the article's id.
    """
    relation = relations.get(key[0])
    return _Key(key, relation is not None and relation.is_state, shelf, sketch_of).update(tuple(leaving), tuple(coming))


@dataclass(frozen=True)
class _Key:
    key: Key
    state: bool
    shelf: Shelf
    sketch_of: Callable[[str], Sketch]

    def update(self, leaving: tuple[Report, ...], coming: tuple[Report, ...]) -> KeyChange:
        difference: Counter[Days] = Counter(told.days for report in coming for told in report.told)
        difference.subtract(Counter(told.days for report in leaving for told in report.told))
        shift = history.change(self.shelf(HISTORY), difference, state=self.state)
        anew = shift.regrouped() | self._by_home(shift.before, leaving).keys()
        known = {days: tuple(evidence.reports(self.shelf(days))) for days in anew}
        gone = {report.article for report in leaving}
        staying = self._by_home(
            shift.after, (report for days in sorted(known) for report in known[days] if report.article not in gone)
        )
        adding = self._by_home(shift.after, coming)
        touched = sorted(anew | adding.keys())
        before = {days: evidence.fact_of(self.shelf(days), self.key) for days in touched}
        for days in anew:
            of_fact = [*staying.get(days, ()), *adding.get(days, ())]
            evidence.sum_up(self.shelf(days), days, of_fact, self.sketch_of)
        for days in adding.keys() - anew:
            self._add(days, adding[days])
        return self._changed(before, {days: _claims(reports) for days, reports in known.items()}, adding)

    def _by_home(self, grouping: history.Grouping, reports: Iterable[Report]) -> dict[Days, list[Report]]:
        """The reports by the fact that each of their claims tells of, one for each article and fact."""
        told: dict[Days, dict[str, list[Told]]] = {}
        articles: dict[str, Report] = {}
        for report in reports:
            articles[report.article] = report
            for each in report.told:
                home = self._home(grouping, each, report)
                told.setdefault(home, {}).setdefault(report.article, []).append(each)
        return {home: [articles[id].only(each) for id, each in found.items()] for home, found in told.items()}

    def _home(self, grouping: history.Grouping, told: Told, report: Report) -> Days:
        if told.days != UNDATED:
            return grouping.event_of(told.days)
        only = grouping.only
        return only if only is not None and (self.state or _reported_soon_after(only, report)) else UNDATED

    def _add(self, days: Days, reports: Iterable[Report]) -> None:
        waiting = sorted(reports, key=lambda report: report.order)
        memory = self.shelf(days)
        while waiting and evidence.add(memory, days, waiting[0], self.sketch_of):
            waiting.pop(0)
        if waiting:
            evidence.sum_up(memory, days, [*evidence.reports(memory), *waiting], self.sketch_of)

    def _changed(
        self,
        before: Mapping[Days, Fact | None],
        claims_before: Mapping[Days, frozenset[str]],
        adding: Mapping[Days, list[Report]],
    ) -> KeyChange:
        """The changes of the touched facts, and of those that end or hold again by a changed denial."""
        after = {days: evidence.fact_of(self.shelf(days), self.key) for days in before}
        denied_before, denied = self._denials(after)
        found = []
        for days, fact in before.items():
            gained = _claims(adding.get(days, ()))
            if days in claims_before or (fact is not None and _id(fact) != _id(after[days])):
                now = _claims(evidence.reports(self.shelf(days)))
                had = claims_before.get(days, now - gained)
                lost, gained = (had - now, now - had) if _id(fact) == _id(after[days]) else (had, now)
            else:
                lost = frozenset()
            found.append(FactChange(_over(fact, denied_before), _over(after[days], denied), lost, gained))
        if denied_before != denied:
            for days in sorted(history.state_groups(self.shelf(HISTORY)) - before.keys()):
                fact = evidence.fact_of(self.shelf(days), self.key)
                found.append(FactChange(_over(fact, denied_before), _over(fact, denied), frozenset(), frozenset()))
        held = self._holding(found)
        return KeyChange(tuple(found), *held)

    def _denials(self, after: Mapping[Days, Fact | None]) -> tuple[str, str]:
        """The day from which a state was last denied, before and after; empty if never, and for what is no state."""
        if not self.state:
            return "", ""
        memory = self.shelf(HISTORY)
        before = memory.get(_DENIED, [])
        denied = {days for days, fact in after.items() if days and fact is not None and fact.status is Status.DENIED}
        now = sorted((set(before) - after.keys()) | denied)
        _put(memory, _DENIED, now)
        return max(before, default="")[:10], max(now, default="")[:10]

    def _holding(self, changes: Iterable[FactChange]) -> tuple[bool, bool]:
        memory = self.shelf(HISTORY)
        before = now = memory.get(_HOLDING, 0)
        for change in changes:
            now += _holds(change.after) - _holds(change.before)
        _put(memory, _HOLDING, now)
        return before > 0, now > 0


def _by_date(fact: Fact) -> tuple[str, str]:
    return (days_of(fact.date), fact.date.edtf) if fact.date else ("", "")


def _reported_soon_after(event: Days, report: Report) -> bool:
    if not report.published:
        return False
    since = date.fromisoformat(report.published) - date.fromisoformat(last(event))
    return first(event) <= report.published and since <= REPORT_WINDOW


def _claims(reports: Iterable[Report]) -> frozenset[str]:
    return frozenset(told.claim for report in reports for told in report.told)


def _id(fact: Fact | None) -> str | None:
    return fact.id if fact is not None else None


def _over(fact: Fact | None, denied: str) -> Fact | None:
    """The fact, over if a later fact of its key denies it."""
    if fact is None or fact.date is None or fact.status is not Status.ACTUAL:
        return fact
    return replace(fact, ended=True) if fact.date.latest.isoformat() < denied else fact


def _holds(fact: Fact | None) -> bool:
    return fact is not None and holds(fact)


def _put(memory: Memory, name: str, value: object) -> None:
    if value:
        memory[name] = value
    elif name in memory:
        del memory[name]
