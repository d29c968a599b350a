"""`geograph export` by the command line: files, folders, archives, and what it says of wrong use."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from export_factory import extractions

from geograph.ontology import load
from geograph.store import Store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "store"
    with Store.open(folder, relations=load().relations) as made:
        made.add(extractions())
    return folder


def export(store: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "geograph", "export", "--store", str(store), *arguments]
    return subprocess.run(command, capture_output=True)


def test_several_files_go_into_a_folder_or_an_archive(store: Path, tmp_path: Path) -> None:
    names = ["nodes.csv", "relationships.csv"]
    assert export(store, "--format", "neo4j", "--out", str(tmp_path / "made" / "neo4j")).returncode == 0
    assert sorted(path.name for path in (tmp_path / "made" / "neo4j").iterdir()) == names
    export(store, "--format", "neo4j", "--out", str(tmp_path / "neo4j.zip"))
    with zipfile.ZipFile(tmp_path / "neo4j.zip") as archive:
        assert archive.namelist() == names
        for name in names:
            assert archive.read(name) == (tmp_path / "made" / "neo4j" / name).read_bytes()
    assert export(store, "--format", "neo4j").stdout == (tmp_path / "neo4j.zip").read_bytes()


def test_a_folder_that_cannot_be_made_is_named(store: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = export(store, "--format", "parquet", "--out", str(tmp_path / "file"))
    assert (done.returncode, b"give another --out" in done.stderr) == (1, True)


def test_annotations_and_statuses_are_options(store: Path) -> None:
    assert b"rdf:reifies" in export(store, "--annotations", "rdf12").stdout
    assert b",planned," in export(store, "--format", "events", "--status", "planned").stdout
    refused = export(store, "--format", "csv", "--status", "planned")
    assert (refused.returncode, refused.stdout) == (1, b"")
    assert refused.stderr == b"geograph: csv takes no --status; these do: events, ftm\n"


def test_parquet_without_pyarrow_says_what_to_install(store: Path) -> None:
    code = (
        "import sys; sys.modules['pyarrow'] = None; from geograph.cli import main; "
        f"sys.argv = ['geograph', 'export', '-f', 'parquet', '--store', {str(store)!r}]; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 1
    assert "pip install 'geograph[parquet]'" in done.stderr and done.stderr.count("\n") == 1
