"""A set of changes that is written as a whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph
from pyoxigraph import NamedNode, Quad


@dataclass
class Changes:
    """Quads to take out of a store and to put into it."""

    removed: set[Quad] = field(default_factory=set)
    added: set[Quad] = field(default_factory=set)

    def change(self, old: Iterable[Quad], new: Iterable[Quad]) -> None:
        """Replaces `old` quads by `new`; what is in both stays untouched."""
        before, after = set(old), set(new)
        self.removed |= before - after
        self.added |= after - before

    def write_to(self, store: pyoxigraph.Store) -> None:
        """Writes everything in one transaction: a crash leaves all of it or nothing."""
        if not self.removed:
            store.extend(self.added)
        else:
            store.update("".join(self._update()))

    def _update(self) -> Iterator[str]:
        yield "DELETE DATA {\n"
        yield from _data(self.removed)
        yield "};\n"
        for graph in sorted(_graphs(self.removed) - _graphs(self.added)):
            yield f"DROP SILENT GRAPH <{graph}>;\n"
        yield "INSERT DATA {\n"
        yield from _data(self.added)
        yield "}"


def _graphs(quads: Iterable[Quad]) -> set[str]:
    return {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, NamedNode)}


def _data(quads: Iterable[Quad]) -> Iterator[str]:
    for quad in quads:
        triple = f"{quad.subject} {quad.predicate} {quad.object}"
        yield f"GRAPH {quad.graph_name} {{ {triple} }}\n" if isinstance(quad.graph_name, NamedNode) else f"{triple} .\n"
