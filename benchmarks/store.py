"""What the store costs beside plain rdflib holding the same quads: a table of ratios, and JSON for a given path.

A corpus of invented extractions (`invented.py`) is loaded by geograph into a store on disk, and its quads by rdflib
into a Dataset; both are asked eight queries and write Turtle and TriG. Each step runs in a process of its own, so that
peaks of memory do not mix. Nothing here passes or fails: a bar that is missed is said to be missed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from store_steps import QUERIES, STEPS

HERE = Path(__file__).parent


def measure(quads: int, seed: int) -> dict[str, Any]:
    """What each step found, and the ratios with their bars."""
    with TemporaryDirectory(prefix="geograph-benchmark-") as folder:
        found = {step: _run(step, Path(folder), quads, seed) for step in STEPS}
    return {
        "machine": {"processors": os.cpu_count(), "load": round(os.getloadavg()[0], 1)},
        "versions": {
            "python": sys.version.split()[0],
            **{name: version(name) for name in ("geograph", "pyoxigraph", "rdflib")},
        },
        "steps": found,
        "ratios": ratios(found),
    }


def _run(step: str, folder: Path, quads: int, seed: int) -> dict[str, Any]:
    command = [sys.executable, str(HERE / "store_steps.py"), step, str(folder), str(quads), str(seed)]
    print(f"{step} ...", file=sys.stderr)
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def ratios(found: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Each comparison: ours, theirs, the bar for the ratio (for the check: for our seconds)."""
    ours, theirs = found["load"], found["rdflib load"]
    answers, wanted = found["queries"], theirs
    differing = [name for name in QUERIES if answers["answers"][name] != wanted["answers"][name]]
    if differing:
        raise SystemExit(f"the engines answer differently: {', '.join(differing)}")
    middle = [statistics.median(each["times"].values()) for each in (answers, wanted)]
    rows: list[tuple[str, float, float, float]] = [
        ("load, s", ours["cpu"], theirs["cpu"], 1 / 4),
        ("load, peak MB", ours["peak MB"], theirs["peak MB"], 1 / 3),
        ("median of eight queries, s", middle[0], middle[1], 1 / 10),
        ("facts with two sources, s", answers["times"]["two sources"], wanted["times"]["two sources"], 1 / 50),
        ("Turtle of 100,000 triples, s", found["exports"]["turtle"], found["rdflib exports"]["turtle"], 1 / 5),
        ("TriG of the same, s", found["exports"]["trig"], found["rdflib exports"]["trig"], 1 / 40),
        ("one document more: full, empty, s", found["adding"]["full"], found["adding"]["empty"], 1.2),
        ("integrity check, s (bar: 5 s)", found["check"]["cpu"], 5.0, 1.0),
    ]
    return [
        {"what": what, "ours": our, "other": other, "ratio": our / other, "bar": bar, "met": our / other <= bar}
        for what, our, other, bar in rows
    ]


def table(figures: dict[str, Any]) -> str:
    """The figures for people."""
    found = figures["steps"]
    loaded, machine = found["load"], figures["machine"]
    lines = [
        f"{loaded['quads']:,} quads: {loaded['articles']:,} articles, {loaded['claims']:,} claims, "
        f"{loaded['facts']:,} facts; {found['rdflib exports']['triples']:,} triples exported",
        ", ".join(f"{name} {number}" for name, number in figures["versions"].items()),
        f"machine load {machine['load']} on {machine['processors']} processors; times are of the processor",
        f"{'':36}{'geograph':>10}{'other':>10}{'ratio':>8}{'bar':>8}",
    ]
    for row in figures["ratios"]:
        met = "" if row["met"] else "  missed"
        lines.append(
            f"{row['what']:36}{row['ours']:10.3f}{row['other']:10.3f}{row['ratio']:8.3f}{row['bar']:8.3f}{met}"
        )
    lines.append(f"{'query, s':36}{'geograph':>10}{'rdflib':>10}{'ratio':>8}{'rows':>8}")
    for name in QUERIES:
        our, other = found["queries"]["times"][name], found["rdflib load"]["times"][name]
        rows = found["queries"]["rows"][name]
        lines.append(f"{name:36}{our:10.4f}{other:10.4f}{our / other:8.3f}{rows:8,}")
    lines += [f"checked {line}" for line in found["check"]["checked"]]
    return "\n".join(lines)


def main() -> None:
    """Measures and prints; writes JSON where a path is given."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quads", type=int, default=1_000_000, help="how many quads, about")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="where to write the figures")
    given = parser.parse_args()
    figures = measure(given.quads, given.seed)
    print(table(figures))
    if given.json is not None:
        given.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
