"""Time to add one document, to an empty store and to stores of 100,000 and a million quads, of usual and of hot keys.

    python benchmarks/growth.py [--documents 4600] [--hot 4000] [--folder DIR]

Invented articles of 400 words, each with a dozen actors and six claims among 193 states. A hot key is one that 4,000
articles tell of: an attack on one day, on a day for each article, and without a date. Each figure is the median of 30
documents, added one by one, each in a batch and transaction of its own, in turns to an empty store and to a full one
that was just opened; it is the processor time of the thread that adds, so that others on the machine disturb little.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import pyoxigraph

from geograph.model import Article, Claim, Entity, EntityType, Extraction, Mention, Period, Span, Status, Via
from geograph.ontology import load
from geograph.store import Store

STATES = [f"S{number:02}" for number in range(191)] + ["RUS", "UKR"]
FIRST = date(2020, 1, 1)
HOT = 4_000
MEASURED = 30
WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("n", "r", "st", "nd", "m", "k")]


def document(number: int, *, hot: str | None = None, copy: bool = False) -> Extraction:
    """An invented article; `hot` says how it dates the attack that it tells of: "day", "days" or "undated"."""
    chance = random.Random(number)
    told_of = [*chance.sample(STATES, 10), "RUS", "UKR"]
    prose = random.Random(1) if copy else chance
    text = f"{number}. " + " ".join(prose.choice(WORDS) for _ in range(400))
    published = FIRST + timedelta(days=chance.randrange(2_000))
    if hot is not None:
        published = FIRST + timedelta(days=number % 2_000)
    article = Article(
        document=f"document-{number}",
        text=text,
        title=f"Report {number}",
        published=published,
        publisher=f"Paper {number if copy else chance.randrange(300)}",
        url=f"https://news.example/{number}",
    )
    entities = tuple(
        Entity(key, EntityType.COUNTRY, f"State {key}", key, (f"Republic of {key}",), (f"wikidata:Q{key}",))
        for key in sorted(set(told_of))
    )
    mentions = tuple(
        Mention(Span(at * 20, at * 20 + 8), text[at * 20 : at * 20 + 8], EntityType.COUNTRY, Via.PRONOUN, key)
        for at, key in enumerate(told_of)
    )
    relations = ("meets", "visits", "sanctions", "supplies", "criticizes", "threatens")
    claims = [
        _claim(article, at, chance.choice(relations), *chance.sample(told_of, 2), _when(chance, published))
        for at in range(5 if hot else 6)
    ]
    if hot is not None:
        when = {"day": "2024-02-24", "days": str(published), "undated": None}[hot]
        claims.append(_claim(article, 6, "attacks", "RUS", "UKR", when))
    return Extraction(article, entities, mentions, tuple(claims))


def _when(chance: random.Random, published: date) -> str | None:
    return chance.choice([None, str(published), f"{published:%Y-%m}", str(published - timedelta(days=3))])


def _claim(article: Article, at: int, relation: str, subject: str, object: str, when: str | None) -> Claim:
    span = Span(at * 100, at * 100 + 90)
    return Claim(
        article=article.id,
        relation=relation,
        subject=subject,
        object=object,
        status=Status.ACTUAL,
        span=span,
        quote=span.of(article.text),
        trigger=article.text[span.start : span.start + 6],
        trigger_span=Span(span.start, span.start + 6),
        date=Period(when) if when else None,
        confidence=0.8,
        version="benchmark",
    )


def compare(empty: Path, full: Path, **kind: object) -> str:
    """The median milliseconds to add one document to two stores, in turns, and their ratio."""
    times: dict[Path, list[float]] = {empty: [], full: []}
    relations = load().relations
    with Store.open(empty, relations=relations) as first, Store.open(full, relations=relations) as second:
        for number in range(MEASURED):
            extraction = document(1_000_000 + number, **kind)  # type: ignore[arg-type]
            for path, store in ((empty, first), (full, second)):
                begun = time.thread_time()
                store.add([extraction])
                times[path].append((time.thread_time() - begun) * 1000)
    one, other = statistics.median(times[empty]), statistics.median(times[full])
    return f"{one:6.2f} ms into an empty store, {other:6.2f} ms into this one: x {other / one:4.2f}"


def fill(path: Path, documents: int, **kind: object) -> str:
    """Adds so many documents as one build; how long it took and how many quads they are."""
    with Store.open(path, relations=load().relations) as store:
        found = [document(number, **kind) for number in range(documents)]  # type: ignore[arg-type]
        begun, processor = time.perf_counter(), time.thread_time()
        store.add(found)
        took, busy = time.perf_counter() - begun, time.thread_time() - processor
    quads = len(pyoxigraph.Store.read_only(str(path)))
    speed = f"{took:.1f} s, of which {busy:.1f} s of processor, {quads / took:,.0f} quads a second"
    return f"{documents:,} documents, {quads:,} quads: {speed}"


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=4_600, help="about a million quads")
    parser.add_argument("--hot", type=int, default=4_000)
    parser.add_argument("--folder", type=Path, default=None)
    arguments = parser.parse_args()
    folder = arguments.folder or Path(tempfile.mkdtemp(prefix="geograph-growth-"))
    cases: list[tuple[str, int, dict[str, object]]] = [
        ("usual keys", arguments.documents // 10, {}),
        ("usual keys", arguments.documents, {}),
        ("hot key, one day", arguments.hot, {"hot": "day"}),
        ("hot key, copies of one text", arguments.hot, {"hot": "day", "copy": True}),
        ("hot key, a day each", arguments.hot, {"hot": "days"}),
        ("hot key, undated", arguments.hot, {"hot": "undated"}),
    ]
    for number, (name, documents, kind) in enumerate(cases):
        path = folder / f"full{number}"
        print(f"{name}: filled with {fill(path, documents, **kind)}")
        print(f"    {compare(folder / f'empty{number}', path, **kind)}", flush=True)


if __name__ == "__main__":
    main()
