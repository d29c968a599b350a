"""geograph reads news and builds a geopolitical knowledge graph in which every edge has its proof.

    >>> from geograph import Article, Graph
    >>> graph = Graph.open()                                    # in memory; a path keeps it on disk
    >>> added = graph.add([Article("a-1", "France imposed sanctions on Iran on Monday.")])  # doctest: +SKIP
    >>> graph.query("SELECT ?a ?b { ?a gg:sanctions ?b }")      # doctest: +SKIP
"""

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
