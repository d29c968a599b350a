"""The command that trains the learned reader anew, with examples of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geograph.errors import ReaderError
from geograph.training import EPOCHS


def train(
    examples: Annotated[
        list[Path] | None,
        typer.Argument(help="Files of passages: drafts in the markup, or JSON lines.", show_default=False),
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="Folder for the network.", metavar="DIR")] = Path(
        "exports/network"
    ),
    epochs: Annotated[int, typer.Option("--epochs", help="Passes over all passages.", min=1)] = EPOCHS,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where an interrupted run stopped.")] = False,
) -> None:
    """Train the learned reader on geograph's own passages and yours; --network DIR then reads with it."""
    from geograph.training.corpus import given

    more = [passage for path in examples or () for passage in given(path)]
    try:
        from geograph.training.export import write
        from geograph.training.train import Plan, train as run
    except ModuleNotFoundError as error:
        raise ReaderError(
            f"training needs further packages ({error.name} is missing); run `pip install 'geograph[train]'`"
        ) from error
    scores = run(Plan(out / "run", epochs=epochs, resume=resume), more)
    _, size = write(out / "run", out)
    typer.echo(f"passages of your own: {len(more)}")
    typer.echo(f"on passages that it has not seen: relations {scores['relations']}, mentions {scores['mentions']}")
    typer.echo(f"network: {out} ({size:,} bytes); use it with --network {out}")
