"""Gazetteers of users: files of known entities, sanctions lists among them -> records to join to geograph's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from geograph.errors import SourceError
from geograph.lists.followthemoney import read_entities
from geograph.lists.record import Record
from geograph.lists.table import read_table
from geograph.model import EntityType

__all__ = ["Record", "read_lists"]

TABLES = frozenset({".csv", ".tsv"})
JSON_LINES = frozenset({".json", ".jsonl", ".ndjson", ".ijson"})


def read_lists(
    paths: Iterable[Path], schemas: Mapping[str, EntityType], on_error: Callable[[SourceError], None]
) -> Iterator[Record]:
    """The records of the files, in order; lines that are none go to `on_error` with file and line, and are left out.

    `schemas` says which FollowTheMoney schemas are read, and as what. Raises SourceError for an unreadable file.
    """
    for path in paths:
        suffix = path.suffix.lower()
        if suffix not in TABLES | JSON_LINES:
            raise SourceError(f"{path}: give a gazetteer as .csv, .tsv, or FollowTheMoney JSON lines (.json, .jsonl)")
        try:
            with path.open("rb") as file:
                if suffix in TABLES:
                    yield from read_table(file, str(path), on_error)
                else:
                    yield from read_entities(file, str(path), schemas, on_error)
        except OSError as error:
            raise SourceError(f"{path}: cannot be read ({error.strerror}); give --gazetteer another file") from error
