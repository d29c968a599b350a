"""The same documents give the same bytes: in any order, with any hash seed, after a crash."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from geograph.samples import sample_paths

_BUILD = """
import sys
from geograph import Graph, read
from geograph.ontology import load

def fail(error):
    raise error

order, store = sys.argv[1], sys.argv[2]
paths = sorted(map(str, sys.argv[3:]), reverse=order == "backwards")
articles = [a for p in paths for a in read([p], on_error=fail, ontology=load())]
with Graph.open(None if store == "-" else store) as graph:
    graph.add(articles, on_article=lambda e: print(len(e.claims), file=sys.stderr, flush=True))
    sys.stdout.buffer.write(b"".join(graph.export(f) for f in ("turtle", "trig", "jsonl", "csv", "graphml", "gexf")))
    sys.stdout.buffer.write(graph.html().encode())
"""


def _build(order: str, store: str, seed: str) -> bytes:
    done = subprocess.run(
        [sys.executable, "-c", _BUILD, order, store, *map(str, sample_paths())],
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo" if seed == "2" else "UTC"},
        check=True,
    )
    return done.stdout


@pytest.fixture(scope="module")
def reference() -> bytes:
    return _build("forwards", "-", "1")


def test_order_and_hash_seed_change_no_byte(reference: bytes) -> None:
    assert _build("backwards", "-", "2") == reference


def test_a_build_killed_midway_and_run_again_gives_the_same_bytes(reference: bytes, tmp_path: Path) -> None:
    store = str(tmp_path / "store")
    command = [sys.executable, "-c", _BUILD, "forwards", store, *map(str, sample_paths())]
    victim = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert victim.stderr is not None
    for _ in range(3):
        victim.stderr.readline()
    time.sleep(0.05)
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    victim.stderr.close()
    assert _build("forwards", store, "3") == reference
