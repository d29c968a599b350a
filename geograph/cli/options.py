"""What several commands share: options, the graph that they name, and writing to a file or standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable
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
DEFAULT_STORE = Path("exports/store")


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
