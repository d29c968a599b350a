"""The graph as of a day: what it would be had only articles published until that day been read.

Reading an article depends on no other article, and facts are a function of the set of claims. So the extractions of the
articles published by then, put into a store of their own, give exactly what building from these articles gives.
A version of an article that a later one took the place of is no longer in the store, and in none of its days.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

import pyoxigraph

from geograph.errors import QueryError
from geograph.model import Extraction
from geograph.ontology import Relation
from geograph.store import Store
from geograph.store.terms import ISSUED, value

KEPT_DAYS = 4


@dataclass(frozen=True)
class Snapshot:
    """The graph as of a day: a store in memory, and how many articles were left out and why.

    `later` articles were published after the day; of `undated` ones nobody knows, so they are left out too.
    """

    day: date
    store: Store
    articles: int
    later: int
    undated: int

    def summary(self) -> str:
        """What the graph rests on, in one line."""
        left_out = [f"{self.later} published later"] if self.later else []
        left_out += [f"{self.undated} of unknown date"] if self.undated else []
        told = f", {' and '.join(left_out)} left out" if left_out else ""
        return f"as of {self.day}: {counted(self.articles)}{told}"


def counted(articles: int) -> str:
    """The number of articles in words.

    >>> counted(1), counted(1200)
    ('1 article', '1,200 articles')
    """
    return f"{articles:,} article{'' if articles == 1 else 's'}"


class History:
    """The states of one store at days. The last few that were asked for are kept; adding or removing calls `forget`."""

    def __init__(self, store: Store, relations: Mapping[str, Relation]) -> None:
        self._store = store
        self._relations = relations
        self._kept: OrderedDict[date, Snapshot] = OrderedDict()

    def at(self, day: date) -> Snapshot:
        """The graph as of the end of `day`. Raises QueryError where the catalogue lacks a relation of the store."""
        if day not in self._kept:
            self._kept[day] = as_of(self._store, day, self._relations)
            while len(self._kept) > KEPT_DAYS:
                self._kept.popitem(last=False)
        self._kept.move_to_end(day)
        return self._kept[day]

    def forget(self) -> None:
        """Forgets the states: the store has changed."""
        self._kept.clear()


def as_of(store: Store, day: date, relations: Mapping[str, Relation]) -> Snapshot:
    """The graph as of the end of `day`, in memory; `relations` must describe those that the store's claims have.

    Raises QueryError where one is missing: it would be consolidated otherwise than in the store.
    """
    published = dict(publications(store))
    chosen = [id for id, issued in published.items() if issued is not None and issued <= day]
    undated = sum(issued is None for issued in published.values())
    moment = datetime.combine(day, time.max, UTC)
    past = Store.open(None, vocabulary=store.vocabulary, relations=relations, clock=lambda: moment)
    past.curate(store.curation)
    past.add(_known(each, day, relations) for id in chosen if (each := store.extraction(id)) is not None)
    return Snapshot(day, past, len(chosen), len(published) - len(chosen) - undated, undated)


def publications(store: Store) -> Iterator[tuple[str, date | None]]:
    """The ids of the store's articles, sorted, each with its day of publication, None where that is unknown."""
    answer = store.query(f"SELECT ?a ?day {{ ?a a gg:Article OPTIONAL {{ ?a {ISSUED} ?day }} }} ORDER BY STR(?a)")
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    for row in answer:
        day = date.fromisoformat(value(row["day"])) if row["day"] is not None else None
        yield store.vocabulary.local(value(row["a"])), day


def last_publication(store: Store) -> date | None:
    """The day on which the newest article was published, None where no article has a date."""
    return max((day for _, day in publications(store) if day is not None), default=None)


def _known(extraction: Extraction, day: date, relations: Mapping[str, Relation]) -> Extraction:
    """The extraction for the store of a day. All are of one file there: the store has chosen among versions already."""
    unknown = sorted({claim.relation for claim in extraction.claims} - relations.keys())
    if unknown:
        raise QueryError(f"the catalogue lacks {', '.join(unknown)} of the store; name its folder with --ontology")
    return replace(extraction, article=replace(extraction.article, origin=day.isoformat()))
