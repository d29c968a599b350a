"""The benchmark of the store at its smallest size: it runs, both engines answer alike, and what it invents is sound."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from geograph import ontology
from geograph.check import check
from geograph.store import Store

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"


def test_the_benchmark_of_the_store_compares_every_bar_with_rdflib(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    command = [sys.executable, BENCHMARKS / "store.py", "--quads", "3000", "--json", figures]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(figures.read_text(encoding="utf-8"))
    assert len(found["ratios"]) == 8
    assert found["steps"]["check"]["faults"] == 0
    assert found["steps"]["rdflib load"]["quads"] == found["steps"]["load"]["quads"]
    for row in found["ratios"]:
        assert row["what"] in done.stdout


def test_invented_extractions_are_sound_and_the_same_for_the_same_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    from invented import invent

    known = ontology.load()
    once = list(invent(40, known.relations, seed=3))
    assert once == list(invent(40, known.relations, seed=3))
    assert once != list(invent(40, known.relations, seed=4))
    with Store.open(None, relations=known.relations) as store:
        store.add(once)
        assert check(store, known, deep=True).faults == ()
