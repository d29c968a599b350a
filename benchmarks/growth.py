"""Time to add one document, to an empty store and to stores of 100,000 and a million quads, of usual and of hot keys.

    python benchmarks/growth.py [--quads 1000000] [--folder DIR]

Invented articles of 400 words, each with a dozen actors and six claims among 193 states. A hot key is one that 4,000
articles tell of: an attack on one day, on a day for each article, and without a date. Each figure is the median of 30
documents, added one by one, each in a batch and transaction of its own, to a store that was just opened; it is the
processor time of the thread that adds, so that others on the machine disturb little.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

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


def median_ms(path: Path, start: int, **kind: object) -> tuple[float, float]:
    """The median and the longest time to add one document, in milliseconds."""
    times = []
    with Store.open(path, relations=load().relations) as store:
        for number in range(start, start + MEASURED):
            extraction = document(number, **kind)  # type: ignore[arg-type]
            begun = time.thread_time()
            store.add([extraction])
            times.append((time.thread_time() - begun) * 1000)
    return statistics.median(times), max(times)


def filled(path: Path, quads: int, **kind: object) -> Iterator[tuple[int, float]]:
    """Fills a store; the number of documents and the seconds after each thousand."""
    with Store.open(path, relations=load().relations) as store:
        begun, number = time.perf_counter(), 0
        while len(store._quads) < quads:
            store.add(document(number + each, **kind) for each in range(1_000))  # type: ignore[arg-type]
            number += 1_000
            yield number, time.perf_counter() - begun


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quads", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=None)
    arguments = parser.parse_args()
    folder = arguments.folder or Path(tempfile.mkdtemp(prefix="geograph-growth-"))
    show("empty", median_ms(folder / "empty", 0))
    show("empty, again", median_ms(folder / "empty2", 100))
    for quads in (100_000, arguments.quads):
        path = folder / f"store{quads}"
        documents, seconds = list(filled(path, quads))[-1]
        print(f"filled with {documents:,} documents in {seconds:.1f} s")
        show(f"{quads:,} quads", median_ms(path, 1_000_000))
    for name, kind in (("one day", "day"), ("each a day", "days"), ("undated", "undated"), ("copies", "day")):
        path = folder / f"hot-{name.replace(' ', '-')}"
        copies = name == "copies"
        show(f"hot, {name}, empty", median_ms(path, 900_000, hot=kind, copy=copies))
        with Store.open(path, relations=load().relations) as store:
            begun = time.perf_counter()
            store.add(document(each, hot=kind, copy=copies) for each in range(HOT))
            print(f"filled with {HOT:,} documents in {time.perf_counter() - begun:.1f} s, {len(store._quads):,} quads")
        show(f"hot, {name}, {HOT:,} articles", median_ms(path, 1_000_000, hot=kind, copy=copies))


def show(name: str, times: tuple[float, float]) -> None:
    """Prints one line."""
    print(f"{name:40} median {times[0]:7.2f} ms   longest {times[1]:7.1f} ms")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
