"""The store as it is now, opened read-only, while others may write to it."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from geograph.errors import StoreError

if TYPE_CHECKING:
    from geograph.graph import Graph
    from geograph.ontology import Ontology

# What the database writes about itself, readers included, says nothing of its content.
_ASIDE = ("LOG", "LOCK", "OPTIONS", "IDENTITY")
_T = TypeVar("_T")


def state_of(folder: Path) -> str:
    """A name for what the store in the folder holds now; it changes with every commit. Empty where there is none."""
    seen = []
    try:
        for file in folder.iterdir():
            if not file.name.startswith(_ASIDE):
                status = file.stat()
                seen.append(f"{file.name}:{status.st_size}:{status.st_mtime_ns}")
    except OSError:  # missing, or exchanged by a writer at this moment
        return ""
    return sha256("\n".join(sorted(seen)).encode()).hexdigest()[:20] if seen else ""


class Snapshot:
    """The store of a folder, opened anew whenever it has changed."""

    def __init__(self, folder: Path, ontology: Ontology) -> None:
        self._folder = folder
        self._ontology = ontology
        self._graph: Graph | None = None
        self.state = ""

    def warm(self) -> None:
        """Opens the store ahead of the first job, if it can be opened."""
        try:
            self._reopen(state_of(self._folder))
        except StoreError:  # whoever asks first is told
            return

    def read(self, reading: Callable[[Graph], _T]) -> _T:
        """What `reading` makes of the store as it is now. Raises StoreError for one that cannot be opened."""
        now = state_of(self._folder)
        if self._graph is None or not now or now != self.state:
            self._reopen(now)
        try:
            return reading(self._opened())
        except StoreError:
            # A writer may have exchanged a file that was not read yet; the next opening finds the new one.
            self._reopen(state_of(self._folder))
            return reading(self._opened())

    def _opened(self) -> Graph:
        assert self._graph is not None
        return self._graph

    def _reopen(self, state: str) -> None:
        from geograph.graph import Graph

        if self._graph is not None:
            self._graph.close()
            self._graph = None
        self._graph = Graph.open(self._folder, ontology=self._ontology, read_only=True)
        self.state = state
