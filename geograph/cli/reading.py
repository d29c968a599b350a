"""The commands that read text: `build` reads articles into a store, `explain` shows what is read in a sentence."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from geograph.cli.fetching import (
    MOST_PAGES,
    BuildWeb,
    Fetching,
    PagesOption,
    PortOption,
    PrivateOption,
    RefetchOption,
    SinceOption,
)
from geograph.cli.options import (
    DEFAULT_STORE,
    LEFT_OUT,
    GazetteerOption,
    OntologyOption,
    StoreOption,
    as_day,
    open_graph,
    write_graph,
)
from geograph.cli.readers import (
    Asked,
    CacheOption,
    CostOption,
    NameOption,
    NetworkOption,
    PricesOption,
    ReaderOption,
    TokensOption,
    UrlOption,
    chosen,
    report,
)
from geograph.errors import GeographError, SourceError

TOLD = 20
ModelOption = Annotated[
    str | None, typer.Option("--model", help="spaCy pipeline to use.", envvar="GEOGRAPH_MODEL", metavar="NAME")
]


def build(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            help="Files, folders, globs, web addresses (pages, feeds, sitemaps, OPML), or - for standard input.",
            show_default=False,
        ),
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
    reader: ReaderOption = None,
    network: NetworkOption = None,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
    gazetteer: GazetteerOption = [],  # noqa: B006 - Typer copies it
    columns: Annotated[
        str | None,
        typer.Option("--columns", help="Which columns of tables or keys of JSON hold what.", metavar="text=COLUMN,…"),
    ] = None,
    llm_url: UrlOption = None,
    llm_model: NameOption = None,
    llm_cache: CacheOption = None,
    llm_tokens: TokensOption = None,
    llm_cost: CostOption = None,
    llm_prices: PricesOption = None,
    since: SinceOption = None,
    max_pages: PagesOption = MOST_PAGES,
    refetch: RefetchOption = False,
    allow_private: PrivateOption = False,
    allow_port: PortOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Read articles, add what they say to the store, and write graph.html and graph.ttl."""
    from geograph.entities.joining import load as load_gazetteer
    from geograph.progress import reporter
    from geograph.samples import sample_paths
    from geograph.sources import read
    from geograph.sources.records import columns as mapping

    if not sources and not sample:
        raise typer.BadParameter("give files, folders, globs or -, or --sample", param_hint="SOURCES")
    try:
        named = mapping(columns) if columns is not None else {}
    except SourceError as error:
        raise typer.BadParameter(str(error), param_hint="--columns") from None
    left_out: list[str] = []

    def leave_out(error: GeographError) -> None:
        left_out.append(str(error))
        # print knows of a line that changes on the terminal; typer.echo writes past it.
        print(f"geograph: left out: {error}", file=sys.stderr, flush=True)

    fetching = Fetching(since, max_pages, refetch, allow_private, allow_port)
    fetching.wanted()
    asked = Asked(llm_url, llm_model, llm_cache, llm_tokens, llm_cost, llm_prices)
    with open_graph(store, ontology, gazetteers=gazetteer, new=new) as graph:
        load_gazetteer(graph.ontology, _told_of_some(leave_out, left_out))
        readers = chosen(reader, graph.ontology, network, asked, leave_out)
        paths: list[str | Path] = [*(sources or []), *(sample_paths() if sample else ())]
        web = BuildWeb(fetching, graph, store, leave_out)
        articles = list(
            read(
                paths,
                on_error=leave_out,
                ontology=graph.ontology,
                stdin=sys.stdin.buffer,
                columns=named,
                web=web.read,
            )
        )
        if web.unchanged:
            typer.echo(f"{web.unchanged} pages and feeds have not changed since they were last read", err=True)
        elif not articles:
            raise GeographError("no article to read" + (f": {left_out[0]}" if left_out else "; give other sources"))
        graph.store.check_samples(articles)
        with reporter(len(articles)) as progress:
            graph.add(
                articles,
                model=model,
                readers=readers,
                on_article=lambda extraction: progress(len(extraction.claims)),
                on_error=leave_out,
            )
        web.remember()
        report(readers)
        page, turtle = write_graph(graph, out or store.parent)
        typer.echo(graph.summary())
        typer.echo(f"page:   {page}\nturtle: {turtle}\nstore:  {store}")
    if left_out:
        typer.echo(f"{len(left_out)} left out", err=True)
        raise typer.Exit(LEFT_OUT)


def explain(
    text: Annotated[str, typer.Argument(help="A sentence or more, or - for standard input.")],
    published: Annotated[
        str | None, typer.Option("--date", help="Day of publication, for words like 'on Friday'.", metavar="YYYY-MM-DD")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Tell every trigger that came close.")] = False,
    model: ModelOption = None,
    reader: ReaderOption = None,
    network: NetworkOption = None,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
    gazetteer: GazetteerOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Show what is read in a text and why: entities, triggers, roles, status and date."""
    from geograph.annotate import load_pipeline
    from geograph.explain import explain as lines
    from geograph.ontology import load

    day = as_day(published, "--date")
    content = sys.stdin.read() if text == "-" else text
    if not content.strip():
        raise typer.BadParameter("give a sentence", param_hint="TEXT")
    known = load(ontology, gazetteer)
    readers = chosen(reader, known, network, Asked(), _raised)
    for line in lines(content, nlp=load_pipeline(model), ontology=known, readers=readers, published=day, every=every):
        typer.echo(line)


def _told_of_some(tell: Callable[[GeographError], None], left_out: list[str]) -> Callable[[GeographError], None]:
    """Tells of the first twenty errors; all are counted. A long list can have thousands of ambiguous names."""

    def report(error: GeographError) -> None:
        if len(left_out) < TOLD:
            tell(error)
        else:
            left_out.append(str(error))

    return report


def _raised(error: GeographError) -> None:
    raise error
