"""The command that writes what a store holds in an open format: a file, or a folder of files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geograph.cli.options import DEFAULT_STORE, AsOfOption, OntologyOption, StoreOption, asked_graph, write
from geograph.errors import GeographError


def export(
    format: Annotated[str, typer.Option("--format", "-f", help="Name of the format; --list names them.")] = "turtle",
    list_: Annotated[bool, typer.Option("--list", help="List the formats.")] = False,
    annotations: Annotated[
        list[str], typer.Option("--annotations", help="Add to RDF: oa, prov or rdf12 (may be given again).")
    ] = [],  # noqa: B006 - Typer copies it
    status: Annotated[
        list[str],
        typer.Option(
            "--status",
            help="In events and ftm, facts of this status: actual, planned, possible, denied or disputed "
            "(may be given again; default: actual).",
        ),
    ] = [],  # noqa: B006 - Typer copies it
    first_seen: Annotated[
        bool, typer.Option("--first-seen", help="Tell in RDF when each article was first added.")
    ] = False,
    as_of: AsOfOption = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="File or, for several files, folder to write; else standard output."),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Write the graph in an open format."""
    from geograph.export import FORMATS, Options, render, render_files

    if list_:
        for name, kind in FORMATS.items():
            suffix = "folder" if kind.is_folder else f".{kind.suffix}"
            typer.echo(f"{name:<10} {suffix:<9} {kind.about}")
        return
    if first_seen and as_of is not None:
        raise typer.BadParameter(
            "what was known on a day knows nothing of the store's own days", param_hint="--first-seen"
        )
    with asked_graph(store, ontology, as_of, first_seen=first_seen) as graph:
        options = Options.of(annotations, status, graph.ontology)
        known = FORMATS.get(format)
        if known is None or not known.is_folder or out is None or out.suffix == ".zip":
            write(render(graph.store, format, options), out)
            return
        files = render_files(graph.store, format, options)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GeographError(f"{out}: cannot be made ({error.strerror}); give another --out") from error
    for name, content in files.items():
        write(content, out / name)
