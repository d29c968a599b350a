"""Consolidation as its rules read, over all claims at once and without regard to time: what the package is held to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from math import prod

from geograph.facts import Key, key_of
from geograph.facts.corroboration import LEADS, SAME_STORY, credit, resemblance, sketch
from geograph.model import Article, Claim, Fact, Period, Status
from geograph.ontology import Relation

REPORT_WINDOW = timedelta(days=14)
STRENGTH = (Status.ACTUAL, Status.PLANNED, Status.POSSIBLE, Status.DENIED)


def reference_facts(
    claims: Iterable[Claim], articles: Mapping[str, Article], relations: Mapping[str, Relation]
) -> Iterator[Fact]:
    """The facts that the claims tell, sorted by key and period."""
    by_key: dict[Key, dict[str, Claim]] = {}
    for claim in claims:
        by_key.setdefault(key_of(claim, relations), {})[claim.id] = claim
    for key, found in sorted(by_key.items()):
        relation = relations.get(key[0])
        of_key = [found[id] for id in sorted(found)]
        if relation is not None and relation.is_state:
            yield from _with_ends(_fact(key, group, articles) for group in _states(of_key))
        else:
            yield from (_fact(key, group, articles) for group in _events(of_key, articles))


def reference_sources(articles: Iterable[Article]) -> list[tuple[Article, ...]]:
    """The articles in groups: of one credit, or alike to the first published of those that share a lead."""
    ordered = sorted(articles, key=lambda article: (article.published or date.max, article.id))
    group = {article.id: {article.id} for article in ordered}
    firsts: dict[int, Article] = {}
    for article in ordered:
        for lead in sketch(article.text)[:LEADS]:
            firsts.setdefault(lead, article)

    def alike(one: Article, other: Article) -> bool:
        shared = set(sketch(one.text)[:LEADS]) & set(sketch(other.text)[:LEADS])
        compared = any(firsts[lead] is one for lead in shared)
        return compared and resemblance(sketch(one.text), sketch(other.text)) >= SAME_STORY

    for one, other in combinations(ordered, 2):
        if (credit(one) is not None and credit(one) == credit(other)) or alike(one, other):
            joined = group[one.id] | group[other.id]
            group.update(dict.fromkeys(joined, joined))
    return [tuple(a for a in ordered if a.id in ids) for ids in {frozenset(ids) for ids in group.values()}]


Group = tuple[Period | None, list[Claim]]
_Bounds = tuple[date, date]


def _bounds(period: Period) -> _Bounds:
    return period.earliest, period.latest


def _fineness(bounds: _Bounds) -> tuple[timedelta, date]:
    return bounds[1] - bounds[0], bounds[0]


def _covers(outer: _Bounds, inner: _Bounds) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _by_bounds(claims: Iterable[Claim]) -> tuple[dict[_Bounds, list[Claim]], list[Claim]]:
    dated: dict[_Bounds, list[Claim]] = {}
    undated: list[Claim] = []
    for claim in claims:
        if claim.date is None:
            undated.append(claim)
        else:
            dated.setdefault(_bounds(claim.date), []).append(claim)
    return dated, undated


def _events(claims: Sequence[Claim], articles: Mapping[str, Article]) -> Iterator[Group]:
    dated, undated = _by_bounds(claims)
    events: dict[_Bounds, list[Claim]] = {}
    for bounds in sorted(dated, key=_fineness):
        finer = [event for event in events if _covers(bounds, event)]
        event = finer[0] if len(finer) == 1 else bounds
        events.setdefault(event, []).extend(dated[bounds])
    if len(events) == 1:
        ((only, told),) = events.items()
        soon = {claim.id for claim in undated if _reported_soon_after(only, articles[claim.article])}
        told.extend(claim for claim in undated if claim.id in soon)
        undated = [claim for claim in undated if claim.id not in soon]
    if undated:
        yield None, undated
    for bounds, group in sorted(events.items()):
        yield _spelled(bounds, dated[bounds]), group


def _reported_soon_after(event: _Bounds, article: Article) -> bool:
    return article.published is not None and event[0] <= article.published <= event[1] + REPORT_WINDOW


def _states(claims: Sequence[Claim]) -> Iterator[Group]:
    dated, undated = _by_bounds(claims)
    states: list[list[_Bounds]] = []
    reach = date.min
    for bounds in sorted(dated):
        if states and bounds[0] <= reach:
            states[-1].append(bounds)
        else:
            states.append([bounds])
        reach = max(reach, bounds[1])
    if undated and len(states) != 1:
        yield None, undated
        undated = []
    for state in states:
        finest = min(state, key=_fineness)
        yield _spelled(finest, dated[finest]), [claim for bounds in state for claim in dated[bounds]] + undated


def _spelled(bounds: _Bounds, claims: Iterable[Claim]) -> Period:
    """One spelling for equal periods: `2025-07` rather than `2025-07-01/2025-07-31`."""
    return min((claim.date for claim in claims if claim.date), key=lambda period: (len(period.edtf), period.edtf))


def _with_ends(facts: Iterable[Fact]) -> Iterator[Fact]:
    """The states of one key; one that holds is over where a later fact of its key says that it no longer does."""
    found = list(facts)
    denials = [fact.date.earliest for fact in found if fact.status is Status.DENIED and fact.date]
    last_denial = max(denials, default=date.min)
    for fact in found:
        over = fact.status is Status.ACTUAL and fact.date is not None and fact.date.latest < last_denial
        yield replace(fact, ended=True) if over else fact


def _fact(key: Key, group: Group, articles: Mapping[str, Article]) -> Fact:
    period, claims = group
    relation, subject, object = key
    statuses = {claim.status for claim in claims}
    status = next(each for each in STRENGTH if each in statuses)
    told_by = {claim.article: articles[claim.article] for claim in claims}
    sources = reference_sources(told_by.values())
    reported = sorted(article.published for article in told_by.values() if article.published)
    place, place_entity = _most_frequent((claim.place, claim.place_entity) for claim in claims)
    return Fact(
        relation=relation,
        subject=subject,
        object=object,
        status=status,
        claims=tuple(sorted(claim.id for claim in claims)),
        date=period,
        place=place,
        place_entity=place_entity,
        item=_most_frequent((claim.item, None) for claim in claims)[0],
        confidence=_confidence([claim for claim in claims if claim.status is status], sources),
        source_count=len(told_by),
        independent_source_count=len(sources),
        first_reported=reported[0] if reported else None,
        last_reported=reported[-1] if reported else None,
        disputed={Status.ACTUAL, Status.DENIED} <= statuses,
        ended=_ended(claims, told_by),
    )


def _ended(claims: Iterable[Claim], articles: Mapping[str, Article]) -> bool:
    """Whether a state is over by the claims that were published last ("former president")."""
    said: dict[date, bool] = {}
    for claim in claims:
        if claim.status is Status.ACTUAL:
            day = articles[claim.article].published or date.min
            said[day] = said.get(day, False) or claim.ended
    return said[max(said)] if said else False


def _most_frequent(values: Iterable[tuple[str | None, str | None]]) -> tuple[str | None, str | None]:
    counts = Counter(value for value in values if value[0] is not None)
    return min(counts, key=lambda value: (-counts[value], value[0] or "", value[1] or ""), default=(None, None))


def _confidence(claims: Sequence[Claim], sources: Iterable[Sequence[Article]]) -> float:
    """1 - product of (1 - c) over independent sources, c being the best claim of each; two decimals.

    Only claims of the fact's own status count: neither a plan nor a denial makes a deed more certain.
    """
    best: dict[str, float] = {}
    for claim in claims:
        best[claim.article] = max(claim.confidence, best.get(claim.article, 0.0))
    of_sources = sorted((max(best.get(a.id, 0.0) for a in source) for source in sources), reverse=True)
    combined = 1.0 - prod(1.0 - confidence for confidence in of_sources)
    return round(min(combined, 0.99), 2)
