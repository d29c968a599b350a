"""The command line: parses arguments, calls the public functions, prints.

Exit codes: 0 done; 1 failed; 2 wrong use; 3 done, but something was left out or found wanting; 130 stopped.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from geograph.errors import GeographError, QueryError

if TYPE_CHECKING:
    from geograph.graph import Graph

FAILED, LEFT_OUT = 1, 3

app = typer.Typer(
    name="geograph",
    help="Reads news and builds a geopolitical knowledge graph in which every edge has its proof.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

StoreOption = Annotated[Path, typer.Option("--store", help="Folder of the store.", metavar="DIR")]
OntologyOption = Annotated[
    list[Path], typer.Option("--ontology", help="Folder with further relations (may be given again).", metavar="DIR")
]
OutOption = Annotated[Path | None, typer.Option("--out", "-o", help="File to write; else standard output.")]
ModelOption = Annotated[
    str | None, typer.Option("--model", help="spaCy pipeline to use.", envvar="GEOGRAPH_MODEL", metavar="NAME")
]
DEFAULT_STORE = Path("exports/store")


def main() -> None:
    """Runs the command line; what the user can mend is one line on standard error."""
    try:
        app()
    except GeographError as error:
        _fail(str(error))
    except OSError as error:
        _fail(": ".join(str(part) for part in (error.filename, error.strerror or error) if part))


def _fail(reason: str) -> NoReturn:
    typer.echo(f"geograph: {' '.join(reason.split())}", err=True)
    sys.exit(FAILED)


@app.callback(invoke_without_command=True)
def _version(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"geograph {installed('geograph')}")
        raise typer.Exit


@app.command(epilog="Examples:\n\n$ geograph build --sample\n\n$ geograph build news/ 'more/*.jsonl' --out exports")
def build(
    sources: Annotated[
        list[str] | None, typer.Argument(help="Files, folders, globs, or - for standard input.", show_default=False)
    ] = None,
    sample: Annotated[
        bool, typer.Option("--sample", help="Read the invented articles that ship with geograph.")
    ] = False,
    store: StoreOption = DEFAULT_STORE,
    new: Annotated[bool, typer.Option("--new", help="Begin with an empty store; what it held is lost.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for graph.html and graph.ttl.", metavar="DIR")
    ] = None,
    model: ModelOption = None,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Read articles, add what they say to the store, and write graph.html and graph.ttl."""
    from geograph.progress import reporter
    from geograph.samples import sample_paths
    from geograph.sources import read

    if not sources and not sample:
        raise typer.BadParameter("give files, folders, globs or -, or --sample", param_hint="SOURCES")
    left_out: list[str] = []

    def leave_out(error: GeographError) -> None:
        left_out.append(str(error))
        typer.echo(f"geograph: left out: {error}", err=True)

    with _open(store, ontology, new=new) as graph:
        paths: list[str | Path] = [*(sources or []), *(sample_paths() if sample else ())]
        articles = list(read(paths, on_error=leave_out, ontology=graph.ontology, stdin=sys.stdin.buffer))
        if not articles:
            raise GeographError("no article to read" + (f": {left_out[0]}" if left_out else "; give other sources"))
        with reporter(len(articles)) as progress:
            graph.add(articles, model=model, on_article=lambda e: progress(len(e.claims)), on_error=leave_out)
        folder = out or store.parent
        folder.mkdir(parents=True, exist_ok=True)
        page, turtle = folder / "graph.html", folder / "graph.ttl"
        _write(graph.html().encode(), page)
        _write(graph.export("turtle"), turtle)
        typer.echo(graph.summary())
        typer.echo(f"page:   {page}\nturtle: {turtle}\nstore:  {store}")
    if left_out:
        typer.echo(f"{len(left_out)} left out", err=True)
        raise typer.Exit(LEFT_OUT)


@app.command(
    epilog="Examples:\n\n$ geograph query 'SELECT ?a ?b { ?a gg:meets ?b }'\n\n$ geograph query --list\n\n"
    "$ geograph query who-met-whom -p from=2025-01-01 --format csv"
)
def query(
    text: Annotated[str | None, typer.Argument(metavar="QUERY", help="SPARQL, the name of a query, or -.")] = None,
    param: Annotated[
        list[str], typer.Option("--param", "-p", help="Value of a named query's parameter.", metavar="NAME=VALUE")
    ] = [],  # noqa: B006 - Typer copies it
    format: Annotated[str, typer.Option("--format", "-f", help="table, csv, tsv, json, xml or turtle.")] = "table",
    list_: Annotated[bool, typer.Option("--list", help="List the named queries.")] = False,
    out: OutOption = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Ask the graph in SPARQL (prefixes are known), or run a named query."""
    from geograph import query as queries
    from geograph.store import Store

    if list_:
        typer.echo(queries.listing())
        return
    if text is None:
        raise typer.BadParameter("give a SPARQL query, the name of a named query, or - for standard input")
    parameters = dict(_pair(value) for value in param)
    source = sys.stdin.read() if text == "-" else text
    with Store.open(store, read_only=True) as opened:
        result = queries.run(opened, source, parameters=parameters)
        _write(queries.serialize(result, format), out)


@app.command(
    epilog="Examples:\n\n$ geograph export --format jsonl --out claims.jsonl\n\n$ geograph export --format turtle"
)
def export(
    format: Annotated[str, typer.Option("--format", "-f", help="Name of the format; --list names them.")] = "turtle",
    list_: Annotated[bool, typer.Option("--list", help="List the formats.")] = False,
    out: OutOption = None,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write the graph in an open format."""
    from geograph.export import FORMATS, render
    from geograph.store import Store

    if list_:
        for name, kind in FORMATS.items():
            typer.echo(f"{name:<10} .{kind.suffix:<8} {kind.about}")
        return
    with Store.open(store, read_only=True) as opened:
        _write(render(opened, format), out)


@app.command(
    epilog="Examples:\n\n$ geograph view --out graph.html\n\n$ geograph view --title 'My graph' --out mine.html"
)
def view(
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write.")] = Path("exports/graph.html"),
    title: Annotated[str, typer.Option("--title", help="Title of the page.")] = "geograph",
    store: StoreOption = DEFAULT_STORE,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Write the interactive page: one HTML file that works offline."""
    with _open(store, ontology, read_only=True) as graph:
        _write(graph.html(title=title).encode(), out)
    typer.echo(f"page: {out}")


@app.command(epilog="Examples:\n\n$ geograph show France")
def show(
    name: Annotated[str, typer.Argument(help="Name, alias or key of an entity.")],
    store: StoreOption = DEFAULT_STORE,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Print a dossier: who, aliases, offices, relations by date with sources."""
    from geograph.dossier import lines

    with _open(store, ontology, read_only=True) as graph:
        for line in lines(graph.dossier(name)):
            typer.echo(line)


@app.command(epilog="Examples:\n\n$ geograph relations\n\n$ geograph relations sanctions")
def relations(
    name: Annotated[str | None, typer.Argument(help="A relation, to see all of it.")] = None,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """List the relations that geograph reads, or describe one."""
    from geograph.catalogue import describe, listing
    from geograph.ontology import load

    catalogue = load(ontology).relations
    typer.echo("\n".join(listing(catalogue) if name is None else describe(catalogue, name)))


@app.command(epilog='Examples:\n\n$ geograph explain "Norway will sanction Ghana on Friday." --date 2025-07-16')
def explain(
    text: Annotated[str, typer.Argument(help="A sentence or more, or - for standard input.")],
    published: Annotated[
        str | None, typer.Option("--date", help="Day of publication, for words like 'on Friday'.", metavar="YYYY-MM-DD")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Tell every trigger that came close.")] = False,
    model: ModelOption = None,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Show what is read in a text and why: entities, triggers, roles, status and date."""
    from geograph.annotate import load_pipeline
    from geograph.explain import explain as lines
    from geograph.ontology import load

    day = _day(published, "--date")
    content = sys.stdin.read() if text == "-" else text
    if not content.strip():
        raise typer.BadParameter("give a sentence", param_hint="TEXT")
    for line in lines(content, nlp=load_pipeline(model), ontology=load(ontology), published=day, every=every):
        typer.echo(line)


@app.command(epilog="Examples:\n\n$ geograph check")
def check(
    shapes: Annotated[bool, typer.Option("--shapes", help="Run the SHACL shapes too (for small graphs).")] = False,
    store: StoreOption = DEFAULT_STORE,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Check that every quote is its article's text, that ends and types fit, and that facts follow from claims."""
    from geograph.check import faults, shape_faults

    with _open(store, ontology, read_only=True) as graph:
        found = list(faults(graph.store, graph.ontology))
        if shapes:
            found += shape_faults(graph.store, graph.ontology)
        summary = graph.summary()
    for fault in found:
        typer.echo(fault)
    count = "no fault" if not found else "1 fault" if len(found) == 1 else f"{len(found)} faults"
    typer.echo(f"{summary}: {count}")
    if found:
        raise typer.Exit(LEFT_OUT)


@app.command(epilog="Examples:\n\n$ geograph evaluate gold/ --errors 20")
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Folder with gold files (*.json).")],
    errors: Annotated[int, typer.Option("--errors", help="How many missed and wrong claims to list.")] = 0,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Print precision and recall of the store's claims against hand-made gold."""
    from geograph.evaluate import report

    with _open(store, [], read_only=True) as graph:
        for line in report(graph.store, gold, graph.ontology.relations, errors=errors):
            typer.echo(line)


@app.command(epilog="Examples:\n\n$ geograph remove article-stem")
def remove(
    article: Annotated[str, typer.Argument(help="Id, IRI, document name or URL of the articles to remove.")],
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Remove articles with their claims; facts that rest on others stay."""
    # A store that is missing is an error here, not a new one.
    _open(store, [], read_only=True).close()
    with _open(store, []) as graph:
        count = graph.remove(article)
        if not count:
            raise QueryError(f"no article {article!r} in {store}; `geograph query articles` lists them")
        typer.echo(f"removed {count} article{'s' if count != 1 else ''}; {graph.summary()}")


def _open(store: Path, ontology: Iterable[Path], *, new: bool = False, read_only: bool = False) -> Graph:
    from geograph import ontology as ontologies
    from geograph.graph import Graph

    return Graph.open(store, ontology=ontologies.load(ontology), new=new, read_only=read_only)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise typer.BadParameter(f"{text!r} is not NAME=VALUE", param_hint="--param")
    return name, value


def _day(text: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no day like 2025-07-16", param_hint=option) from error


def _write(content: bytes, path: Path | None) -> None:
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
