"""geograph reads news and builds a geopolitical knowledge graph in which every edge has its proof.

    from geograph import Article, Graph

    with Graph.open() as graph:                                  # in memory; a path keeps it on disk
        graph.add([Article("a-1", "France imposed sanctions on Iran on Monday.")])
        graph.query("SELECT ?a ?b { ?a gg:sanctions ?b }").rows

The names below are imported when first used, so that the command line starts quickly.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geograph.errors import GeographError
    from geograph.graph import Graph
    from geograph.model import Article, Claim, Entity, EntityType, Extraction, Fact, Mention, Period, Span, Status
    from geograph.sources import read

__all__ = [
    "Article",
    "Claim",
    "Entity",
    "EntityType",
    "Extraction",
    "Fact",
    "GeographError",
    "Graph",
    "Mention",
    "Period",
    "Span",
    "Status",
    "read",
]

_HOMES = {"GeographError": "errors", "Graph": "graph", "read": "sources"}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'geograph' has no attribute {name!r}")
    return getattr(import_module(f"geograph.{_HOMES.get(name, 'model')}"), name)
