"""The command that serves a store over HTTP."""

from __future__ import annotations

from typing import Annotated

import typer

from geograph.cli.options import DEFAULT_STORE, OntologyOption, StoreOption
from geograph.errors import GeographError


def serve(
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="Port to listen on; 0 takes any free one.", min=0, max=65535)] = (
        8700
    ),
    timeout: Annotated[float, typer.Option("--timeout", help="Seconds after which a query is ended.")] = 30.0,
    workers: Annotated[int, typer.Option("--workers", help="Worker processes; one is kept for light queries.")] = 4,
    memory: Annotated[int, typer.Option("--memory", help="MiB that a worker may use; 0 for no limit.")] = 2048,
    max_rows: Annotated[int, typer.Option("--max-rows", help="Rows that an answer may have.")] = 100_000,
    cors: Annotated[
        list[str],
        typer.Option("--cors", help="Site whose pages may ask, or * (may be given again).", metavar="ORIGIN"),
    ] = [],  # noqa: B006 - Typer copies it
    allowed_host: Annotated[
        list[str],
        typer.Option("--allowed-host", help="Further name of this server (may be given again).", metavar="NAME"),
    ] = [],  # noqa: B006 - Typer copies it
    quiet: Annotated[bool, typer.Option("--quiet", help="Write no line for each request.")] = False,
    store: StoreOption = DEFAULT_STORE,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Serve the graph over HTTP: pages for people, a SPARQL endpoint for programs; read-only."""
    try:
        from geograph.server.gate import is_origin
        from geograph.server.serving import is_loopback, serve as run
    except ModuleNotFoundError as error:
        raise GeographError(
            f"serving needs further packages ({error.name} is missing); run `pip install 'geograph[server]'`"
        ) from error
    from geograph.server.settings import Settings

    for origin in cors:
        if not is_origin(origin):
            raise typer.BadParameter(f"{origin!r} is no origin like https://team.example", param_hint="--cors")
    settings = Settings(
        store=store.absolute(),
        ontology=tuple(folder.absolute() for folder in ontology),
        timeout=timeout,
        workers=workers,
        memory=memory,
        max_rows=max_rows,
        cors=tuple(cors),
        allowed_hosts=tuple(allowed_host),
        quiet=quiet,
    )

    def ready(url: str) -> None:
        if not is_loopback(host):
            typer.echo(f"geograph: {url} can be reached from other machines, by anyone and unencrypted", err=True)
        typer.echo(f"serving {store} at {url} (Ctrl-C ends)")

    run(settings, host, port, ready=ready)
