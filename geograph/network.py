"""Facts as a network: networkx for users, and the measures, communities, backbone, path and layout that the page needs.

Everything here gives the same values for the same facts in whatever order they come: nodes are numbered by key,
seeds are fixed, and positions are rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

from geograph.layout import Point, beside, pack, spread
from geograph.model import Entity, Fact

if TYPE_CHECKING:
    import rustworkx as rx

BACKBONE_SIZE = 300
_EXACT_BETWEENNESS = 1500


@dataclass(frozen=True, slots=True)
class Measures:
    """How central an actor is: neighbours, facts, PageRank (sums to 1) and betweenness (0 to 1).

    `betweenness` is None where the network is too large to compute it (above 1,500 nodes).
    """

    degree: int
    facts: int
    rank: float
    betweenness: float | None


def build_network(facts: Iterable[Fact], entities: Mapping[str, Entity]) -> nx.MultiDiGraph:
    """The facts as a directed multigraph: nodes keyed by entity key, edges by fact id.

    Attributes are plain str, int, float and bool, and absent where unknown, so that GraphML and GEXF take them.
    Raises KeyError for a fact whose ends are not among `entities`.
    """
    network = nx.MultiDiGraph()
    ordered = sorted(facts, key=lambda fact: fact.id)
    for key in sorted({end for fact in ordered for end in (fact.subject, fact.object)}):
        entity = entities[key]
        network.add_node(key, **_known(label=entity.label, type=str(entity.type), country=entity.country))
    for fact in ordered:
        network.add_edge(fact.subject, fact.object, key=fact.id, **_edge_attributes(fact))
    return network


def _edge_attributes(fact: Fact) -> dict[str, object]:
    return _known(
        relation=fact.relation,
        status=str(fact.status),
        date=fact.date.edtf if fact.date else None,
        earliest=fact.date.earliest.isoformat() if fact.date else None,
        latest=fact.date.latest.isoformat() if fact.date else None,
        place=fact.place,
        item=fact.item,
        confidence=round(fact.confidence, 2),
        claims=len(fact.claims),
        sources=fact.source_count,
        independent_sources=fact.independent_source_count,
        disputed=fact.disputed,
        ended=fact.ended,
    )


def _known(**attributes: object) -> dict[str, object]:
    return {name: value for name, value in attributes.items() if value is not None}


def measures(network: nx.MultiDiGraph) -> dict[str, Measures]:
    """The measures of every node. Direction is left out: to be visited is as central as to visit.

    Sources: Brin and Page 1998 (PageRank, damping 0.85, weighted by facts); Brandes 2001 (betweenness, exact).
    """
    import rustworkx as rx

    keys, pairs = _pairs(network)
    both_ways = rx.PyDiGraph()
    both_ways.add_nodes_from(keys)
    both_ways.extend_from_weighted_edge_list([(a, b, w) for (a, b), w in pairs.items()])
    both_ways.extend_from_weighted_edge_list([(b, a, w) for (a, b), w in pairs.items()])
    rank = rx.pagerank(both_ways, weight_fn=float, tol=1e-9, max_iter=1000) if keys else {}
    between: Mapping[int, float] = {}
    if len(keys) <= _EXACT_BETWEENNESS:
        # One thread: the order in which threads add floats would show in the last digits.
        between = rx.betweenness_centrality(_graph(keys, pairs), parallel_threshold=len(keys) + 1)
    degree = [0] * len(keys)
    for a, b in pairs:
        degree[a] += 1
        degree[b] += 1
    return {
        key: Measures(
            degree=degree[i],
            facts=network.degree(key),
            rank=round(rank[i], 6),
            betweenness=round(between[i], 4) if i in between else None,
        )
        for i, key in enumerate(keys)
    }


def communities(network: nx.MultiDiGraph, *, seed: int = 0) -> dict[str, int]:
    """The community of every node, numbered from 0, the largest first.

    Source: Louvain (Blondel et al. 2008) as networkx has it, on pairs weighted by facts.
    """
    keys, pairs = _pairs(network)
    graph = nx.Graph()
    # Numbers, not keys: sets of strings change their order with the hash seed, and Louvain walks over sets.
    graph.add_nodes_from(range(len(keys)))
    graph.add_weighted_edges_from((a, b, w) for (a, b), w in pairs.items())
    found = nx.community.louvain_communities(graph, seed=seed) if keys else []
    ordered = sorted((sorted(members) for members in found), key=lambda members: (-len(members), members))
    return {keys[i]: number for number, members in enumerate(ordered) for i in members}


def backbone(network: nx.MultiDiGraph, size: int = BACKBONE_SIZE) -> tuple[str, ...]:
    """The keys of the `size` most central nodes by PageRank, the most central first."""
    found = measures(network)
    return tuple(sorted(found, key=lambda key: (-found[key].rank, key))[:size])


def shortest_path(network: nx.MultiDiGraph, source: str, target: str) -> tuple[str, ...]:
    """The keys along a shortest way between two actors, whatever the direction; empty where there is none.

    Of several such ways always the same one. Raises networkx.NodeNotFound for an unknown key.
    """
    keys, pairs = _pairs(network)
    # Not networkx's undirected view: it walks over sets, whose order changes with the hash seed.
    graph = nx.Graph()
    graph.add_nodes_from(keys)
    graph.add_edges_from((keys[a], keys[b]) for a, b in pairs)
    try:
        return tuple(nx.shortest_path(graph, source, target))
    except nx.NetworkXNoPath:
        return ()


def layout(network: nx.MultiDiGraph, *, seed: int = 0) -> dict[str, Point]:
    """A position for every node, rounded to one decimal: the same for the same facts and seed.

    Each connected part is laid out by itself, and the parts are packed in rows. Above the backbone's size only the
    backbone is laid out so; the rest sits beside its neighbours.
    """
    if not network:
        return {}
    core = network if len(network) <= BACKBONE_SIZE else network.subgraph(backbone(network))
    parts = sorted((sorted(part) for part in nx.weakly_connected_components(core)), key=lambda part: (-len(part), part))
    points = pack([spread(len(part), _pairs(core.subgraph(part))[1], seed=seed) for part in parts])
    placed = {key: at for part, places in zip(parts, points, strict=True) for key, at in zip(part, places, strict=True)}
    if core is not network:
        placed = _completed(network, placed)
    return {key: (round(x, 1) + 0.0, round(y, 1) + 0.0) for key, (x, y) in sorted(placed.items())}


def _completed(network: nx.MultiDiGraph, placed: Mapping[str, Point]) -> dict[str, Point]:
    keys, pairs = _pairs(network)
    neighbours: dict[int, list[int]] = {i: [] for i in range(len(keys))}
    for a, b in pairs:
        neighbours[a].append(b)
        neighbours[b].append(a)
    found = beside({i: placed[key] for i, key in enumerate(keys) if key in placed}, neighbours)
    return {keys[i]: at for i, at in found.items()}


def _pairs(network: nx.MultiDiGraph) -> tuple[list[str], dict[tuple[int, int], int]]:
    """The keys, sorted, and the number of facts between each two of them, by their place in the list."""
    keys = sorted(network)
    number = {key: i for i, key in enumerate(keys)}
    found: dict[tuple[int, int], int] = {}
    for a, b in network.edges():
        if a != b:
            pair = (min(number[a], number[b]), max(number[a], number[b]))
            found[pair] = found.get(pair, 0) + 1
    return keys, dict(sorted(found.items()))


def _graph(keys: Sequence[str], pairs: Mapping[tuple[int, int], int]) -> rx.PyGraph[str | None, int]:
    import rustworkx as rx

    graph: rx.PyGraph[str | None, int] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(keys)
    graph.extend_from_weighted_edge_list([(a, b, w) for (a, b), w in pairs.items()])
    return graph
