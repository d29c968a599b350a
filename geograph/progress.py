"""Progress of long work: a bar with rate and time left on a terminal, plain lines in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_LOG_EVERY_SECONDS = 10.0


@contextmanager
def reporter(total: int) -> Iterator[Callable[[int], None]]:
    """A function to call after each article with its number of claims; it writes to standard error."""
    with (_bar if sys.stderr.isatty() else _log)(total) as step:
        yield step


@contextmanager
def _bar(total: int) -> Iterator[Callable[[int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[claims]} claims, {task.fields[rate]:.1f} articles/s, left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading", total=total, claims=0, rate=0.0)
        started, claims, done = time.monotonic(), 0, 0

        def step(found: int) -> None:
            nonlocal claims, done
            claims, done = claims + found, done + 1
            rate = done / max(time.monotonic() - started, 1e-9)
            progress.update(task, advance=1, claims=claims, rate=rate)

        yield step


@contextmanager
def _log(total: int) -> Iterator[Callable[[int], None]]:
    started = told = time.monotonic()
    done = claims = 0

    def tell(now: float) -> None:
        rate = done / max(now - started, 1e-9)
        left = (total - done) / rate if rate else 0.0
        print(f"{done} of {total} articles, {claims} claims, {rate:.1f}/s, {left:.0f} s left", file=sys.stderr)

    def step(found: int) -> None:
        nonlocal done, claims, told
        done, claims = done + 1, claims + found
        now = time.monotonic()
        if now - told >= _LOG_EVERY_SECONDS:
            told = now
            tell(now)

    yield step
    tell(time.monotonic())
