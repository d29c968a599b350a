"""Invented wire reports that ship with geograph; between them they tell of every relation and every status."""

from pathlib import Path


def sample_paths() -> tuple[Path, ...]:
    """The sample articles, sorted by name. Their events and persons are imaginary."""
    return tuple(sorted(Path(__file__).parent.glob("*.md")))
