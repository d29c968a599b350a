"""A store's properties as columns: what each node has of one property, read by one query."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import QuerySolutions

from geograph.store import Store


@dataclass(frozen=True)
class Columns:
    """The columns of one store, each read once. Nodes are IRIs; values are their IRIs or texts."""

    store: Store

    def nodes(self, type: str) -> frozenset[str]:
        """The nodes of one type, such as `gg:Fact`."""
        return frozenset(node for (node,) in self.rows(f"SELECT ?node {{ ?node a {type} }}"))

    def one(self, property: str) -> dict[str, str]:
        """The value of a property by node, any one where there are several."""
        return {node: value for node, value in self.pairs(property)}

    def all(self, property: str) -> dict[str, set[str]]:
        """All values of a property by node."""
        found: dict[str, set[str]] = {}
        for node, value in self.pairs(property):
            found.setdefault(node, set()).add(value)
        return found

    def pairs(self, property: str) -> tuple[tuple[str, ...], ...]:
        """Each node that has the property, with each of its values."""
        return self.rows(f"SELECT ?node ?value {{ ?node {property} ?value }}")

    def facts(self) -> tuple[tuple[str, ...], ...]:
        """Each fact with its relation, subject and object: the key of its claims."""
        return self.rows(
            "SELECT ?fact ?relation ?subject ?object "
            "{ ?fact a gg:Fact ; gg:relation ?relation ; gg:subject ?subject ; gg:object ?object }"
        )

    def rows(self, sparql: str) -> tuple[tuple[str, ...], ...]:
        """The rows of a SELECT whose variables are all bound."""
        if sparql not in self._read:
            found = self.store.query(sparql)
            assert isinstance(found, QuerySolutions)
            self._read[sparql] = tuple(tuple(term.value for term in row) for row in found)
        return self._read[sparql]

    @cached_property
    def _read(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        return {}
