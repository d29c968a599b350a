"""`geograph push` into the server of oxigraph, by the command line; and named queries asked there by SPARQLWrapper."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from claim_factory import article, claim, extraction, mention
from sparql_server import oxigraph
from SPARQLWrapper import JSON, POST, SPARQLWrapper

from geograph.model import Status
from geograph.ontology import load
from geograph.query import Table, ask, named
from geograph.store import Store

QUERIES = {
    "who-met-whom": {},
    "timeline": {"actor": "North Korea"},
    "disputed": {},
    "plans": {},
    "sanctions-network": {},
    "single-source": {},
    "dyad-score": {"a": "Russia", "b": "North Korea"},
    "country-pairs": {},
    "articles": {},
    "mentioned-together": {"least": "1"},
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store on disk."""
    folder = tmp_path_factory.mktemp("local") / "store"
    made = []
    for number in range(6):
        of = article(f"n{number}", published=f"2025-07-{12 + number}", publisher=f"Paper {number}")
        claims = [
            claim(of, when="2025-07-11"),
            claim(of, "FRA", "sanctions", "RUS", at=20, when="2025-06", item="a <ban> on \"grain\"; 'all' \\u0022"),
            claim(of, "CHN", "visits", "JPN", at=40, status=Status.PLANNED, when="2025-09"),
            claim(of, "FRA", "supplies", "JPN", at=60, status=Status.DENIED if number % 2 else Status.ACTUAL),
        ]
        if number == 0:
            claims.append(claim(of, "PRK", "visits", "CHN", at=80, when="2025-07-01"))
        made.append(extraction(of, claims, [mention(of, "RUS", 0, 3), mention(of, "PRK", 4, 7)]))
    with Store.open(folder, relations=load().relations) as store:
        store.add(made)
    return folder


@pytest.fixture(scope="module")
def remote(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with oxigraph(tmp_path_factory.mktemp("remote"), "--union-default-graph") as url:
        yield url


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "geograph", "push", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env={"PATH": "", **environment})


@pytest.mark.parametrize("way", ["--graph-store", "--update", "found"])
def test_pushing_twice_sends_nothing_the_second_time(folder: Path, tmp_path: Path, way: str) -> None:
    with oxigraph(tmp_path / "remote") as url:
        options = () if way == "found" else (way, f"{url}/{'store' if way == '--graph-store' else 'update'}")
        first = run(url, "--store", str(folder), *options)
        assert (first.returncode, first.stderr) == (0, "")
        assert first.stdout.startswith("sent ") and "counted there: all as sent" in first.stdout
        second = run(url, "--store", str(folder), *options)
        assert second.stdout.startswith("nothing to send: all ")
        # Oxigraph takes the default graph alone unless it is told otherwise.
        assert "let the store take all its graphs" in second.stdout


@pytest.mark.parametrize("name", QUERIES)
def test_named_queries_give_the_same_answers_there(folder: Path, remote: str, name: str) -> None:
    assert run(remote, "--store", str(folder)).returncode == 0
    query = next(each for each in named() if each.name == name)
    with Store.open(folder, relations=load().relations, read_only=True) as store:
        sparql = query.bound(store, QUERIES[name])
        here = ask(store, sparql)
        prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in store.vocabulary.prefixes().items())
    assert isinstance(here, Table)
    assert here.rows
    there = SPARQLWrapper(f"{remote}/query")
    there.setQuery(prefixes + sparql)
    there.setReturnFormat(JSON)
    there.setMethod(POST)
    answer = there.queryAndConvert()
    rows = [
        tuple(row[variable]["value"] if variable in row else None for variable in here.variables)
        for row in answer["results"]["bindings"]
    ]
    assert rows == here.rows


def test_a_dry_run_names_the_graphs(folder: Path, tmp_path: Path) -> None:
    with oxigraph(tmp_path / "remote") as url:
        done = run(url, "--store", str(folder), "--dry-run")
        assert done.stdout.startswith("would send ")
        assert done.stdout.count("  send https://w3id.org/geograph/article/") == 6
        assert run(url, "--store", str(folder), "--dry-run").stdout == done.stdout


def test_wrong_use_is_told_in_one_line(folder: Path) -> None:
    for arguments, says in (
        (("http://127.0.0.1:1", "--store", "/nowhere"), "no store there yet"),
        (("http://127.0.0.1:1", "--store", str(folder), "--user", "anna"), "set GEOGRAPH_PUSH_PASSWORD"),
        (("http://127.0.0.1:1", "--store", str(folder)), "cannot be reached"),
        (("localhost", "--store", str(folder)), "give one like http://localhost:7878"),
    ):
        done = run(*arguments)
        assert done.returncode == 1
        assert says in done.stderr and done.stderr.count("\n") == 1


def test_a_password_that_would_go_in_the_clear_is_warned_of(folder: Path) -> None:
    done = run("http://store.invalid/", "--store", str(folder), "--user", "anna", GEOGRAPH_PUSH_PASSWORD="secret")
    assert "goes to store.invalid unencrypted" in done.stderr
    assert "secret" not in done.stdout + done.stderr
