"""What several commands share: options, the graph that they name, and writing to a file or standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geograph.errors import GeographError

if TYPE_CHECKING:
    from geograph.graph import Graph

FAILED, LEFT_OUT = 1, 3

StoreOption = Annotated[Path, typer.Option("--store", help="Folder of the store.", metavar="DIR")]
OntologyOption = Annotated[
    list[Path], typer.Option("--ontology", help="Folder with further relations (may be given again).", metavar="DIR")
]
GazetteerOption = Annotated[
    list[Path],
    typer.Option(
        "--gazetteer", help="CSV or FollowTheMoney file with known entities (may be given again).", metavar="FILE"
    ),
]
OutOption = Annotated[Path | None, typer.Option("--out", "-o", help="File to write; else standard output.")]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", help="Only what had been published by the end of this day.", metavar="YYYY-MM-DD"),
]
DEFAULT_STORE = Path("exports/store")


def as_day(text: str | None, option: str) -> date | None:
    """The day that the value of an option names, None for None. Raises BadParameter for what is no day."""
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no day like 2025-07-16", param_hint=option) from error


def open_graph(
    store: Path,
    ontology: Iterable[Path],
    *,
    gazetteers: Iterable[Path] = (),
    new: bool = False,
    read_only: bool = False,
    first_seen: bool = False,
) -> Graph:
    """The graph of the store in a folder, with the ontology, further folders of relations and further gazetteers."""
    from geograph import ontology as ontologies
    from geograph.graph import Graph

    known = ontologies.load(ontology, gazetteers)
    return Graph.open(store, ontology=known, new=new, read_only=read_only, first_seen=first_seen)


@contextmanager
def asked_graph(
    store: Path, ontology: Iterable[Path], as_of: str | None, *, first_seen: bool = False
) -> Iterator[Graph]:
    """The graph of a store to read, as of a day if one is given; standard error then says what it rests on."""
    until = as_day(as_of, "--as-of")
    with open_graph(store, ontology, read_only=True, first_seen=first_seen) as graph:
        if until is None:
            yield graph
        else:
            snapshot = graph.history.at(until)
            typer.echo(snapshot.summary(), err=True)
            yield graph.as_of(until)


def write(content: bytes, path: Path | None) -> None:
    """Writes to `path` whole or not at all, or to standard output."""
    if path is None:
        sys.stdout.buffer.write(content)
        return
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise GeographError(f"{path}: cannot be written ({error.strerror}); give another --out") from error


def write_graph(graph: Graph, folder: Path) -> tuple[Path, Path]:
    """The page and the Turtle file of a graph, written into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    page, turtle = folder / "graph.html", folder / "graph.ttl"
    write(graph.html().encode(), page)
    write(graph.export("turtle"), turtle)
    return page, turtle
