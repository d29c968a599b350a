"""The command line: parses arguments, calls the public functions, prints.

Exit codes: 0 done; 1 failed; 2 wrong use; 3 done, but something was left out or found wanting; 130 stopped.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Annotated, NoReturn

import typer

from geograph.cli import curating
from geograph.cli.asking import query, relations, show, view
from geograph.cli.exporting import export
from geograph.cli.history import diff, path, timeline
from geograph.cli.keeping import check, evaluate, remove
from geograph.cli.options import FAILED, LEFT_OUT
from geograph.cli.pushing import push
from geograph.cli.reading import build, explain
from geograph.cli.serving import serve
from geograph.cli.training import train
from geograph.cli.watching import watch
from geograph.errors import GeographError

__all__ = ["LEFT_OUT", "app", "main"]

_COMMANDS: Mapping[Callable[..., None], tuple[str, ...]] = {
    build: (
        "build --sample",
        "build news/ 'more/*.jsonl' --out exports",
        "build https://news.example.org/feed --since 2025-07-01",
    ),
    watch: ("watch https://news.example.org/feed --every 15m", "watch https://news.example.org/feeds.opml --once"),
    query: (
        "query 'SELECT ?a ?b { ?a gg:meets ?b }'",
        "query --list",
        "query who-met-whom -p from=2025-01-01 --format csv",
    ),
    export: (
        "export --format jsonl --out claims.jsonl",
        "export --format turtle --annotations oa --annotations prov",
        "export --format neo4j --out neo4j/",
    ),
    view: ("view --entity Norway --from 2031-01-01 --out norway.html", "view --title 'My graph' --out mine.html"),
    show: ("show France", "show France --as-of 2031-07-31"),
    timeline: ("timeline Norway Kenya", "timeline --relation sanctions --from 2025-01-01 --format csv"),
    path: ("path Norway Ethiopia",),
    diff: ("diff --from 2031-04-30 --to 2031-05-31",),
    relations: ("relations", "relations sanctions"),
    explain: ('explain "Norway will sanction Ghana on Friday." --date 2025-07-16',),
    check: ("check",),
    evaluate: ("evaluate gold/ --errors 20",),
    remove: ("remove article-stem",),
    serve: ("serve", "serve --port 9000 --timeout 10"),
    push: (
        "push http://localhost:7878",
        "push http://localhost:3030/news --dry-run",
        "push https://db.example.org/repositories/news --user anna",
    ),
    train: ("train", "train my-passages.txt --out my-network"),
}
"""Every command with the examples of its help, in the order of the help."""

app = typer.Typer(
    name="geograph",
    help="Reads news and builds a geopolitical knowledge graph in which every edge has its proof.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def _version(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"geograph {installed('geograph')}")
        raise typer.Exit


def _register(group: typer.Typer, commands: Mapping[Callable[..., None], tuple[str, ...]], prefix: str) -> None:
    for command, examples in commands.items():
        epilog = "\n\n".join(("Examples:", *(f"$ {prefix} {example}" for example in examples)))
        group.command(command.__name__.rstrip("_"), epilog=epilog)(command)


curate = typer.Typer(
    help="Decide who is who and which claims hold; decisions are kept in curation.toml beside the store.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_register(app, _COMMANDS, "geograph")
_register(curate, curating.COMMANDS, "geograph curate")
app.add_typer(curate, name="curate")


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
