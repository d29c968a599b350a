"""Two states of knowledge compared, fact by fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from geograph.diff.dyads import Turn, turns
from geograph.diff.matching import Pair, matched
from geograph.model import Entity, Fact, Period
from geograph.ontology import Relation
from geograph.records import happened


@dataclass(frozen=True)
class Aspect:
    """One way in which a fact changed: its name ("status", "date made precise"), and what it was before and is now."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class New:
    """A fact that was not known. `regrouped` if all its claims were: reports known before are told apart now."""

    fact: Fact
    regrouped: bool


@dataclass(frozen=True)
class Change:
    """A fact that goes on, but not as it was."""

    before: Fact
    after: Fact
    aspects: tuple[Aspect, ...]


@dataclass(frozen=True)
class Gone:
    """A fact that is no longer one of its own. `into` holds the facts that its claims belong to now, if any."""

    fact: Fact
    into: tuple[Fact, ...]


@dataclass(frozen=True)
class Diff:
    """What is new, ended (states that are over), changed, gone, and which dyads turned; each sorted."""

    new: tuple[New, ...]
    ended: tuple[Change, ...]
    changed: tuple[Change, ...]
    gone: tuple[Gone, ...]
    turned: tuple[Turn, ...]


def compare(
    before: Iterable[Fact],
    after: Iterable[Fact],
    entities: Mapping[str, Entity],
    relations: Mapping[str, Relation],
    *,
    since: date | None = None,
) -> Diff:
    """What changed from the facts `before` to those `after`.

    `entities` are those of both. `since` is the day of the first state of knowledge, where both are states of one
    store: a dyad is not turned by what is told late but was over by then.
    """
    before, after = tuple(before), tuple(after)
    pairs = tuple(matched(before, after))
    known = {claim for fact in before for claim in fact.claims}
    changes = sorted(_changes(pairs), key=lambda change: _by_date(change.after))
    new = [New(fact, known.issuperset(fact.claims)) for old, fact in pairs if old is None and fact is not None]
    return Diff(
        new=tuple(sorted(new, key=lambda each: _by_date(each.fact))),
        ended=tuple(change for change in changes if _ends(change)),
        changed=tuple(change for change in changes if not _ends(change)),
        gone=tuple(sorted(_gone(pairs, after), key=lambda each: _by_date(each.fact))),
        turned=turns(before, _became_known(pairs, known), entities, relations, since=since),
    )


def _changes(pairs: Iterable[Pair]) -> Iterator[Change]:
    for before, after in pairs:
        if before is not None and after is not None and (aspects := tuple(_aspects(before, after))):
            yield Change(before, after, aspects)


def _aspects(before: Fact, after: Fact) -> Iterator[Aspect]:
    """The changes that matter to a reader; a mere copy of a report is none."""
    if before.status is not after.status:
        yield Aspect("status", before.status, after.status)
    if before.disputed is not after.disputed:
        yield Aspect("now disputed" if after.disputed else "no longer disputed", None, None)
    if before.ended is not after.ended:
        yield Aspect("ended" if after.ended else "no longer ended", None, None)
    if _bounds(before.date) != _bounds(after.date):
        yield Aspect(_of_date(before.date, after.date), _edtf(before.date), _edtf(after.date))
    if before.independent_source_count != after.independent_source_count:
        counts = before.independent_source_count, after.independent_source_count
        word = "more" if counts[1] > counts[0] else "fewer"
        yield Aspect(f"{word} independent sources", str(counts[0]), str(counts[1]))
    if before.place != after.place:
        yield Aspect("place", before.place, after.place)
    if before.item != after.item:
        yield Aspect("item", before.item, after.item)


def _of_date(before: Period | None, after: Period | None) -> str:
    if before is None or (after is not None and before.covers(after)):
        return "date made precise"
    return "date made vague" if after is None or after.covers(before) else "date moved"


def _bounds(period: Period | None) -> tuple[date, date] | None:
    return (period.earliest, period.latest) if period else None


def _edtf(period: Period | None) -> str | None:
    return period.edtf if period else None


def _ends(change: Change) -> bool:
    return change.after.ended and not change.before.ended


def _gone(pairs: Iterable[Pair], after: Iterable[Fact]) -> Iterator[Gone]:
    holder = {claim: fact for fact in after for claim in fact.claims}
    for old, new in pairs:
        if old is not None and new is None:
            into = {holder[claim].id: holder[claim] for claim in old.claims if claim in holder}
            yield Gone(old, tuple(fact for _, fact in sorted(into.items())))


def _became_known(pairs: Iterable[Pair], known: set[str]) -> Iterator[Fact]:
    """The facts that happened and nobody denies, of which that was not known before."""
    for before, after in pairs:
        if after is None or not happened(after) or (before is not None and happened(before)):
            continue
        if before is not None or not known.issuperset(after.claims):
            yield after


def _by_date(fact: Fact) -> tuple[date, str, str, str, str]:
    """By the first day on which it may have happened, undated facts last."""
    return fact.date.earliest if fact.date else date.max, fact.relation, fact.subject, fact.object, fact.id
