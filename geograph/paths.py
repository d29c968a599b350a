"""How two actors are connected: a shortest chain of facts that happened, each step with the sentence that proves it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from geograph.errors import QueryError
from geograph.escaping import for_terminal
from geograph.model import Article, Claim, Entity, Fact, Status
from geograph.network import build_network, shortest_path
from geograph.records import Index, happened
from geograph.store import Store
from geograph.view.wording import date_words

FORMATS = ("text", "json")


@dataclass(frozen=True)
class Step:
    """Two neighbours on the way, and the facts between them: the best attested first, of equal ones the newest."""

    start: str
    end: str
    facts: tuple[Fact, ...]


def path(facts: Iterable[Fact], entities: Mapping[str, Entity], start: str, end: str) -> tuple[Step, ...]:
    """A shortest chain from one actor to the other, whatever the direction of the facts; empty where there is none.

    Only what happened and nobody denies connects: neither plans nor denials do. Raises QueryError where both are one.
    """
    if start == end:
        raise QueryError(f"{entities[start].label if start in entities else start} is both ends; give two actors")
    known = [fact for fact in facts if happened(fact)]
    network = build_network(known, entities)
    keys = shortest_path(network, start, end) if start in network and end in network else ()
    return tuple(Step(a, b, _between(known, {a, b})) for a, b in pairwise(keys))


def render(steps: Sequence[Step], index: Index, store: Store, format: str) -> bytes:
    """The chain in one of `FORMATS`, as UTF-8. Raises QueryError for an unknown format."""
    if format == "text":
        text = "".join(f"{line}\n" for line in lines(steps, index, store))
    elif format == "json":
        found = [
            {"start": step.start, "end": step.end, "facts": [index.record(fact) for fact in step.facts]}
            for step in steps
        ]
        text = json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    else:
        raise QueryError(f"unknown format {format!r}; use one of {', '.join(FORMATS)}")
    return text.encode("utf-8", errors="replace")


def lines(steps: Sequence[Step], index: Index, store: Store) -> Iterator[str]:
    """The chain as lines of text: the actors on the way, then each step's best fact with its surest sentence."""
    if not steps:
        yield "no chain of facts that happened leads from one to the other"
        return
    yield for_terminal(" – ".join(index.label(key) for key in (steps[0].start, *(step.end for step in steps))))
    claims = {claim.id: (claim, article) for claim, article in _told(store, index, [step.facts[0] for step in steps])}
    for number, step in enumerate(steps, 1):
        fact, more = step.facts[0], len(step.facts) - 1
        yield f"{number}. {index.said(fact)}, {date_words(fact.date)} ({index.evidence((fact,))})"
        claim, article = min((claims[id] for id in fact.claims), key=_surest)
        source = ", ".join(part for part in (article.title or article.document, article.publisher) if part)
        yield for_terminal(f"   “{' '.join(claim.quote.split())}” ({source})")
        if more:
            yield f"   and {more} other fact{'s' if more > 1 else ''} between the two"


def _between(facts: Iterable[Fact], ends: set[str]) -> tuple[Fact, ...]:
    return tuple(sorted((fact for fact in facts if {fact.subject, fact.object} == ends), key=_best_attested))


def _best_attested(fact: Fact) -> tuple[int, int, float, str]:
    newest = fact.date.latest.toordinal() if fact.date else 0
    return -fact.independent_source_count, -newest, -fact.confidence, fact.id


def _surest(told: tuple[Claim, Article]) -> tuple[bool, float, date, str]:
    """What is told as having happened comes first, then the surer sentence, then the one that was published first."""
    claim, article = told
    return claim.status is not Status.ACTUAL, -claim.confidence, article.published or date.max, claim.id


def _told(store: Store, index: Index, facts: Iterable[Fact]) -> Iterator[tuple[Claim, Article]]:
    """The claims of the facts with their articles; only these articles are read."""
    wanted = {claim for fact in facts for claim in fact.claims}
    for id in sorted({index.articles[claim][1] for claim in wanted}):
        extraction = store.extraction(id)
        if extraction is not None:
            yield from ((claim, extraction.article) for claim in extraction.claims if claim.id in wanted)
