"""What extraction costs on top of spaCy's own parse of the same texts: a table, and JSON for a given path.

The sample articles, repeated in shuffled order up to so many words, are parsed by a bare `nlp.pipe`, read by
`geograph.pipeline.extract` with the same pipeline by rules alone and by both readers, and built into a graph in memory
by either, in turns; the time is that of the process over all threads, so that others on the machine disturb little.
Ratios are medians over the rounds. Nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time
from typing import Any

import geograph
from geograph import ontology
from geograph.annotate import annotate, load_pipeline, pipeline_version
from geograph.model import Article
from geograph.ontology import Ontology
from geograph.pipeline import extract
from geograph.readers.choice import readers_of
from geograph.readers.learned.network import is_there

SAMPLES = Path(geograph.__file__).parent / "samples"


def corpus(words: int, seed: int, known: Ontology) -> list[Article]:
    """The sample articles, in a new order each time they are repeated, up to so many words."""
    samples = list(geograph.read(sorted(SAMPLES.glob("*.md")), on_error=_fail, ontology=known))
    return list(_repeated(samples, words, random.Random(seed)))


def _repeated(samples: list[Article], words: int, chance: random.Random) -> Iterator[Article]:
    left = words
    while left > 0:
        for article in chance.sample(samples, k=len(samples)):
            if left > 0:
                left -= len(article.text.split())
                yield article


def _fail(error: Exception) -> None:
    raise error


def seconds(work: Callable[[], object]) -> float:
    """The processor time that some work takes."""
    start = process_time()
    work()
    return process_time() - start


def measure(articles: list[Article], rounds: int, model: str | None, known: Ontology) -> dict[str, Any]:
    """The figures of all rounds, the steps of each in turns, and their medians."""
    nlp = load_pipeline(model)
    texts = [article.text for article in articles]
    steps: dict[str, Callable[[], object]] = {
        "parse": lambda: list(nlp.pipe(texts)),
        "annotate": lambda: list(annotate(articles, nlp)),
        "rules": lambda: list(extract(articles, nlp=nlp, ontology=known, readers=readers_of("rules", known))),
        "build rules": lambda: _build(articles, model, known, "rules"),
    }
    if is_there():
        steps["both"] = lambda: list(extract(articles, nlp=nlp, ontology=known, readers=readers_of("both", known)))
        steps["build both"] = lambda: _build(articles, model, known, "both")
    list(extract(articles[:30], nlp=nlp, ontology=known))  # what is read once: ontology, gazetteer, cities, network
    found: dict[str, list[float]] = {name: [] for name in steps}
    for number in range(rounds):
        order = list(steps) if number % 2 == 0 else list(steps)[::-1]
        for name in order:
            found[name].append(seconds(steps[name]))
    compared = {"rules / parse": ("rules", "parse")}
    if "both" in found:
        compared |= {"both / parse": ("both", "parse"), "rate of building by both": ("build rules", "build both")}
    return {
        "articles": len(articles),
        "words": sum(len(text.split()) for text in texts),
        "model": pipeline_version(nlp),
        "python": sys.version.split()[0],
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "seconds": {name: [round(t, 2) for t in times] for name, times in found.items()},
        "ratios": {
            name: round(statistics.median(a / b for a, b in zip(found[over], found[under], strict=True)), 2)
            for name, (over, under) in compared.items()
        },
    }


def _build(articles: list[Article], model: str | None, known: Ontology, readers: str) -> None:
    with geograph.Graph.open(ontology=known) as graph:
        graph.add(articles, model=model, readers=readers_of(readers, known))


def table(figures: dict[str, Any]) -> str:
    """The figures for people."""
    times = figures["seconds"]
    parsing = statistics.median(times["parse"])
    lines = [
        f"{figures['articles']:,} articles, {figures['words']:,} words; {figures['model']}, Python {figures['python']}",
        f"machine load {figures['load']} on {figures['processors']} processors",
        f"{'step':12}{'seconds':>9}{'words/s':>9}{'of parse':>10}",
    ]
    for name, taken in times.items():
        middle = statistics.median(taken)
        lines.append(f"{name:12}{middle:9.2f}{figures['words'] / middle:9,.0f}{middle / parsing:10.2f}")
    lines += [f"{name}: {ratio}" for name, ratio in figures["ratios"].items()]
    return "\n".join(lines)


def main() -> None:
    """Measures and prints; writes JSON where a path is given."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--words", type=int, default=40_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--model", help="a spaCy pipeline; the best installed by default")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    given = parser.parse_args()
    known = ontology.load()
    figures = measure(corpus(given.words, given.seed, known), given.rounds, given.model, known)
    print(table(figures))
    if given.json is not None:
        given.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
