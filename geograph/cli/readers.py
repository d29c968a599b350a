"""The options that choose readers, and what a language model needs to be asked."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from geograph.errors import ReaderError
    from geograph.ontology import Ontology
    from geograph.readers.llm import LlmReader
    from geograph.readers.protocol import Reader

ReaderOption = Annotated[
    str | None,
    typer.Option(
        "--reader",
        help="Who reads: rules, learned, both, llm, or several joined by + (default: both, where installed).",
        metavar="NAME",
    ),
]
NetworkOption = Annotated[
    Path | None,
    typer.Option(
        "--network", help="Folder of a network of your own (geograph train).", envvar="GEOGRAPH_NETWORK", metavar="DIR"
    ),
]
UrlOption = Annotated[
    str | None, typer.Option("--llm-url", help="Base URL of an OpenAI-compatible API.", envvar="GEOGRAPH_LLM_URL")
]
NameOption = Annotated[str | None, typer.Option("--llm-model", help="Its model's name.", envvar="GEOGRAPH_LLM_MODEL")]
CacheOption = Annotated[Path | None, typer.Option("--llm-cache", help="Folder that keeps its answers.", metavar="DIR")]
TokensOption = Annotated[int | None, typer.Option("--llm-tokens", help="Tokens after which it is asked no more.")]
CostOption = Annotated[float | None, typer.Option("--llm-cost", help="Cost after which it is asked no more.")]
PricesOption = Annotated[
    str | None,
    typer.Option("--llm-prices", help="Price of a million tokens read and written.", metavar="IN,OUT"),
]


@dataclass(frozen=True)
class Asked:
    """What the command line says of the language model."""

    url: str | None = None
    model: str | None = None
    cache: Path | None = None
    tokens: int | None = None
    cost: float | None = None
    prices: str | None = None

    def reader(self, ontology: Ontology, on_error: Callable[[ReaderError], None]) -> LlmReader:
        """The reader that asks it. The key comes from GEOGRAPH_LLM_KEY alone: options are seen in process lists."""
        from geograph.readers.llm import llm_reader, settings_from

        read, written = _prices(self.prices)
        settings = settings_from(
            os.environ,
            url=self.url,
            model=self.model,
            cache=self.cache,
            token_budget=self.tokens,
            cost_budget=self.cost,
            input_price=read,
            output_price=written,
        )
        return llm_reader(ontology, settings, on_error=on_error)


def chosen(
    names: str | None,
    ontology: Ontology,
    network: Path | None,
    asked: Asked,
    on_error: Callable[[ReaderError], None],
) -> tuple[Reader, ...]:
    """The readers that the options name; says so where the learned reader is missing and nobody asked for it."""
    from geograph.readers.choice import default_readers, readers_of

    if names is None:
        readers = default_readers(ontology, network)
        if len(readers) == 1:
            typer.echo(
                "geograph: the network of the learned reader or its packages are missing; the rules read alone",
                err=True,
            )
        return readers
    return readers_of(names, ontology, {"llm": lambda: asked.reader(ontology, on_error)}, network=network)


def report(readers: tuple[Reader, ...]) -> None:
    """Prints what asking a language model came to."""
    for reader in readers:
        if account := getattr(reader, "report", None):
            for line in account.lines():
                typer.echo(line, err=True)


def _prices(text: str | None) -> tuple[float | None, float | None]:
    if text is None:
        return None, None
    try:
        read, written = (float(part) for part in text.split(","))
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no pair like 0.10,0.40", param_hint="--llm-prices") from error
    return read, written
