"""Facts -> one HTML file, through pyvis with our own template."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from geograph.model import Article, Claim, Entity, Fact
from geograph.network import BACKBONE_SIZE, build_network, communities, layout, measures
from geograph.ontology import Relation
from geograph.view import atlas
from geograph.view.contents import Json, contents
from geograph.view.inline import FOLDER, inert_json, own_script, own_style, policy, vis_network
from geograph.view.palette import SHAPES

if TYPE_CHECKING:
    from pyvis.network import Network

_OPTIONS = {
    "autoResize": False,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"chosen": False, "borderWidth": 1.5, "borderWidthSelected": 1.5},
    "edges": {"chosen": False, "smooth": False, "hoverWidth": 0, "selectionWidth": 0},
    "interaction": {"hover": True, "keyboard": False, "selectConnectedEdges": False, "zoomSpeed": 0.6},
}
_SMALLEST, _LARGEST = 10.0, 34.0


def render(
    facts: Sequence[Fact],
    claims: Mapping[str, Claim],
    entities: Mapping[str, Entity],
    articles: Mapping[str, Article],
    relations: Mapping[str, Relation],
    *,
    title: str,
    limit: int = BACKBONE_SIZE,
    seed: int = 0,
) -> str:
    """One self-contained HTML page that shows the facts with their evidence; write it as UTF-8.

    The same input gives the same text. Above `limit` actors the page opens on the `limit` most central ones. Raises
    KeyError where a claim, entity or article that is referred to is missing.
    """
    # A lone surrogate cannot be written as UTF-8.
    title = title.encode("utf-8", "replace").decode("utf-8")
    ordered = sorted(facts, key=lambda fact: fact.id)
    shown = contents(ordered, claims, entities, articles, relations)
    network = _pyvis_network(ordered, entities, shown, limit, seed)
    network.templateEnv.filters["inert_json"] = inert_json
    network.templateEnv.globals.update(
        title=title,
        contents=shown,
        style=own_style(),
        vis_network=vis_network(),
        script=own_script(),
        policy=policy([vis_network(), own_script()], [own_style()]),
    )
    html: str = network.generate_html()
    return html


def _pyvis_network(
    facts: Sequence[Fact], entities: Mapping[str, Entity], shown: Json, limit: int, seed: int
) -> Network:
    """The drawing: numbered nodes with place, shape and size; one edge a pair, with the facts that it stands for."""
    from jinja2 import Environment, FileSystemLoader
    from pyvis.network import Network

    graph = build_network(facts, entities)
    positions, groups, central = layout(graph, seed=seed), communities(graph, seed=seed), measures(graph)
    first = set(sorted(central, key=lambda key: (-central[key].rank, key))[:limit])
    most = max((found.facts for found in central.values()), default=1)
    network = Network(directed=True)
    keys = sorted(graph)
    number = {key: i for i, key in enumerate(keys)}
    for key, i in number.items():
        entity, (x, y) = entities[key], positions[key]
        size = _SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt(central[key].facts / most)
        network.add_node(
            i,
            label=entity.label or key,
            shape=SHAPES[entity.type],
            x=x,
            y=y,
            size=round(size, 1),
            community=groups[key],
            first=key in first,
        )
    # pyvis looks every end up in its list of ids, which takes seconds for large graphs; a range answers at once.
    network.node_ids = range(len(number))
    pairs: dict[tuple[int, int], list[int]] = {}
    for i, fact in enumerate(facts):
        a, b = sorted((number[fact.subject], number[fact.object]))
        pairs.setdefault((a, b), []).append(i)
    for i, ((a, b), members) in enumerate(sorted(pairs.items())):
        network.add_edge(a, b, id=i, arrows="", facts=members, **_rim(entities[keys[a]], entities[keys[b]]))
    for drawn in (*network.nodes, *network.edges):
        # What pyvis adds and the page's script knows already.
        for name in ("label", "arrows"):
            drawn.pop(name, None)
    network.set_options(json.dumps(_OPTIONS))
    # Our template: pyvis's own asks a CDN for Bootstrap in every mode, and runs script out of titles and headings.
    network.path = "template.html"
    network.templateEnv = Environment(loader=FileSystemLoader(FOLDER), autoescape=True, keep_trailing_newline=True)
    return network


def _rim(one: Entity, other: Entity) -> Json:
    """Where the shorter way between the two leaves the map in the east, if it does."""
    sites = atlas.site(one), atlas.site(other)
    latitude = atlas.rim_crossing(sites[0], sites[1]) if sites[0] and sites[1] else None
    return {} if latitude is None else {"rim": atlas.rim(latitude)}
