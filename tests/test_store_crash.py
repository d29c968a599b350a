"""A build that is killed at any moment leaves whole batches, and building again gives the same bytes.

`GEOGRAPH_KILLS=50 pytest tests/test_store_crash.py` kills more often than the handful of a usual run.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic

from claim_factory import RELATIONS, article, claim, extraction, mention

from geograph.facts import consolidate
from geograph.model import Extraction, Status
from geograph.store import Store

KILLS = int(os.environ.get("GEOGRAPH_KILLS", "6"))
BUILDER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_store_crash import build
from geograph.store import Store, base
base.BATCH = 3
with Store.open(Path(sys.argv[1]), relations=__import__("claim_factory").RELATIONS) as store:
    print("open", flush=True)
    build(store)
print("done", flush=True)
"""


def told(number: int, text: str) -> Extraction:
    """One of many articles about few events, so that each batch changes facts of the ones before."""
    of = article(
        f"n{number}",
        published=f"2025-07-{1 + number % 28:02}",
        agency=["Northwire", None][number % 2],
        text=f"Report {number}. " + text * 30,
    )
    claims = [
        claim(of, "RUS", "meets", "PRK", when=[None, "2025-07", "2025-07-12"][number % 3]),
        claim(of, "CHN", ["visits", "supplies"][number % 2], "RUS", at=1, status=list(Status)[number % 4]),
    ]
    return replace(extraction(of, claims, [mention(of, "RUS", 0, 6)]), article=replace(of, origin=f"file {number}"))


def build(store: Store) -> None:
    """Adds sixty articles, then another version of each third, and takes some out."""
    store.add(told(number, "they met and talked ") for number in range(60))
    store.add(told(number, "nobody met anybody at all ") for number in range(0, 60, 3))
    for number in range(1, 60, 20):
        store.remove(f"n{number}")


def content(store: Store) -> list[str]:
    return [str(quad) for quad in store.dataset_quads()]


def kill(path: Path, moment: float) -> bool:
    """Builds in a process of its own and kills it so many seconds after it has opened its store; whether in time."""
    command = [sys.executable, "-c", BUILDER, str(path), str(Path(__file__).parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            process.kill()
        return b"done" not in process.stdout.read()


def moments(path: Path) -> Iterator[float]:
    """Moments all over the time that an undisturbed build takes here."""
    with Store.open(path, relations=RELATIONS) as store:
        begun = monotonic()
        build(store)
        took = monotonic() - begun
    chance = random.Random(7)
    while True:
        yield chance.uniform(0, took)


def test_a_build_that_is_killed_leaves_whole_batches_and_building_again_gives_the_same_bytes(tmp_path: Path):
    moment = moments(tmp_path / "undisturbed")
    killed = 0
    for attempt in range(KILLS):
        path = tmp_path / f"store{attempt}"
        killed += kill(path, next(moment))
        with Store.open(path, relations=RELATIONS) as store:
            articles = {each.id: each for each in store.articles()}
            assert list(store.facts()) == list(consolidate(store.claims(), articles, RELATIONS))
            build(store)
            after = content(store)
        with Store.open(tmp_path / "undisturbed", read_only=True) as store:
            assert after == content(store)
    assert killed, "no build was killed in time"
