"""Invented wire reports that ship with geograph: every relation, plans, denials, quotations, two reports of one event."""

from pathlib import Path


def sample_paths() -> tuple[Path, ...]:
    """The sample articles, sorted by name. Their events and persons are imaginary."""
    return tuple(sorted(Path(__file__).parent.glob("*.md")))
