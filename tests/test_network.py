"""Facts as a network: what networkx users get, and that places are the same wherever they are computed."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import networkx as nx
import pytest
import view_factory
from hypothesis import given, settings, strategies as st
from view_factory import World, add_fact, demo, many

from geograph import network
from geograph.layout import beside, pack, spread
from geograph.model import Entity, EntityType, Status


def built(world: World) -> nx.MultiDiGraph:
    return network.build_network(world.facts, world.entities)


@pytest.fixture(scope="module")
def small() -> nx.MultiDiGraph:
    return built(demo())


def test_nodes_are_the_ends_of_facts_and_edges_the_facts(small: nx.MultiDiGraph) -> None:
    world = demo()
    assert set(small) == {end for fact in world.facts for end in (fact.subject, fact.object)}
    assert {key for _, _, key in small.edges(keys=True)} == {fact.id for fact in world.facts}
    assert small.nodes["TUR"] == {"label": "Turkey", "type": "Country", "country": "TUR"}
    assert "country" not in small.nodes["NATO"]


def test_an_edge_says_what_its_fact_says(small: nx.MultiDiGraph) -> None:
    (edge,) = (e for _, _, e in small.out_edges("IRN", data=True) if e.get("item") == "drone engines")
    assert edge["relation"] == "supplies" and edge["status"] == "denied"
    assert (edge["date"], edge["earliest"], edge["latest"]) == ("2025-02", "2025-02-01", "2025-02-28")
    assert (edge["claims"], edge["sources"]) == (2, 2)
    undated = small.get_edge_data("POL", "NATO")
    assert all("date" not in edge and "earliest" not in edge for edge in undated.values())


@pytest.mark.parametrize("write", [nx.write_graphml, nx.write_gexf])
def test_the_network_can_be_written_for_other_programs(small: nx.MultiDiGraph, write: object) -> None:
    target = BytesIO()
    write(small, target)  # type: ignore[operator]
    assert b"Arkady Belorin" in target.getvalue()


def test_a_fact_about_an_unknown_entity_is_refused() -> None:
    world = demo()
    with pytest.raises(KeyError):
        network.build_network(world.facts, {})


def test_the_network_does_not_depend_on_the_order_of_facts() -> None:
    world = demo()
    again = network.build_network(reversed(world.facts), world.entities)
    assert list(again.edges(keys=True, data=True)) == list(built(world).edges(keys=True, data=True))
    assert network.layout(again) == network.layout(built(world))


def test_measures_count_neighbours_and_facts(small: nx.MultiDiGraph) -> None:
    found = network.measures(small)
    assert max(found, key=lambda key: found[key].rank) == "RUS"
    assert found["RUS"].facts == small.degree("RUS")
    assert found["RUS"].degree == len(set(nx.all_neighbors(small, "RUS")))
    assert sum(measure.rank for measure in found.values()) == pytest.approx(1, abs=1e-3)
    assert found["Gdansk-3099434"].betweenness == 0


def test_betweenness_is_that_of_networkx(small: nx.MultiDiGraph) -> None:
    found = network.measures(small)
    for key, value in nx.betweenness_centrality(nx.Graph(small)).items():
        assert found[key].betweenness == pytest.approx(value, abs=1e-4)


def test_the_backbone_is_the_most_central_part() -> None:
    graph = built(many(60, 200))
    first = network.backbone(graph, 10)
    rank = network.measures(graph)
    assert len(first) == 10
    assert min(rank[key].rank for key in first) >= max(rank[key].rank for key in set(graph) - set(first))


def test_communities_part_what_is_not_connected(small: nx.MultiDiGraph) -> None:
    found = network.communities(small)
    assert found["BRA"] == found["ARG"] != found["RUS"]
    sizes = [list(found.values()).count(number) for number in range(max(found.values()) + 1)]
    assert sizes == sorted(sizes, reverse=True)


def test_a_shortest_path_goes_against_the_direction_too(small: nx.MultiDiGraph) -> None:
    assert network.shortest_path(small, "Wonsan-1877449", "PRK") == ("Wonsan-1877449", "person.Arkady_Belorin", "PRK")
    assert network.shortest_path(small, "BRA", "RUS") == ()
    with pytest.raises(nx.NodeNotFound):
        network.shortest_path(small, "RUS", "nobody")


def test_an_empty_network_has_empty_answers() -> None:
    graph = network.build_network([], {})
    assert network.layout(graph) == network.measures(graph) == network.communities(graph) == {}
    assert network.backbone(graph) == ()


def test_every_node_has_its_own_place(small: nx.MultiDiGraph) -> None:
    places = network.layout(small)
    assert set(places) == set(small)
    nearest = min(math.dist(a, b) for a in places.values() for b in places.values() if a != b)
    assert len(set(places.values())) == len(places) and nearest > 60


def test_nodes_beyond_the_backbone_sit_near_their_neighbours() -> None:
    graph = built(many(340, 600))
    places = network.layout(graph)
    first = set(network.backbone(graph))
    for key in set(graph) - first:
        assert min(math.dist(places[key], places[other]) for other in nx.all_neighbors(graph, key)) < 400


def test_an_actor_related_to_itself_alone_is_placed() -> None:
    world = World(relations=view_factory.relations())
    world.add(Entity("AUT", EntityType.COUNTRY, "Austria", "AUT"))
    add_fact(world, "AUT", "criticizes", "AUT", status=Status.ACTUAL)
    assert network.layout(built(world)) == {"AUT": (0.0, 0.0)}
    assert network.measures(built(world))["AUT"].degree == 0


def test_places_are_the_same_in_every_process() -> None:
    code = (
        "import view_factory as v; from geograph import network as n;"
        "g = n.build_network((w := v.many(330, 700)).facts, w.entities);"
        "print(n.layout(g), n.communities(g), n.measures(g))"
    )
    root = Path(__file__).parents[1]
    answers = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={
                **os.environ,
                "PYTHONHASHSEED": seed,
                "RAYON_NUM_THREADS": threads,
                "PYTHONPATH": f"{root}:{root}/tests",
            },
            capture_output=True,
            check=True,
        ).stdout
        for seed, threads in (("1", "1"), ("2", "4"))
    }
    assert len(answers) == 1


@settings(max_examples=40, deadline=None)
@given(st.integers(3, 25), st.data())
def test_a_connected_graph_is_spread_without_overlap(count: int, data: st.DataObject) -> None:
    tree = {(data.draw(st.integers(0, i - 1)), i): 1 for i in range(1, count)}
    points = spread(count, tree)
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in points)
    assert all(math.dist(a, b) > 60 for i, a in enumerate(points) for b in points[:i])


@given(st.lists(st.lists(st.tuples(st.floats(-500, 500), st.floats(-500, 500)), min_size=1, max_size=5), min_size=1))
def test_packed_parts_do_not_overlap(parts: list[list[tuple[float, float]]]) -> None:
    boxes = [
        (min(x for x, _ in p), min(y for _, y in p), max(x for x, _ in p), max(y for _, y in p)) for p in pack(parts)
    ]
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            assert a[0] > b[2] + 1 or b[0] > a[2] + 1 or a[1] > b[3] + 1 or b[1] > a[3] + 1


def test_what_has_no_placed_neighbour_is_placed_around_all() -> None:
    places = beside({0: (0.0, 0.0)}, {0: [1], 1: [0], 2: [3], 3: [2]})
    assert len(set(places.values())) == 4
