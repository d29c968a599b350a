"""Exports: what each format holds, and that nothing in it can run or break."""

from __future__ import annotations

import csv
import io
import json

import networkx as nx
import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from geograph import Graph
from geograph.errors import GeographError
from geograph.export import FORMATS
from geograph.export.csv import facts as csv_facts
from geograph.model import Article, Claim, Entity, EntityType, Extraction, Fact, Mention, Period, Span, Status, Via

TEXT = "Peru supplied Chile with grain on 3 May 2024 in Lima, \u2028the ministry said."


@pytest.fixture
def graph() -> Graph:
    article = Article(
        "doc", TEXT, title='<script>alert("1")</script>', url="https://example.org/a", publisher="Puna Post"
    )
    claim = Claim(
        article=article.id,
        relation="supplies",
        subject="PER",
        object="CHL",
        status=Status.ACTUAL,
        span=Span(0, len(TEXT)),
        quote=TEXT,
        trigger="supplied",
        trigger_span=Span(5, 13),
        date=Period("2024-05-03"),
        place="Lima",
        item="grain",
        subject_span=Span(0, 4),
        object_span=Span(14, 19),
    )
    graph = Graph.open()
    graph.store.add(
        [
            Extraction(
                article,
                (
                    Entity("CHL", EntityType.COUNTRY, "Chile", "CHL"),
                    Entity("PER", EntityType.COUNTRY, "Peru", "PER", identifiers=("wikidata:Q419",)),
                ),
                (
                    Mention(Span(0, 4), "Peru", EntityType.COUNTRY, Via.NAME, "PER"),
                    Mention(Span(14, 19), "Chile", EntityType.COUNTRY, Via.NAME, "CHL"),
                ),
                (claim,),
            )
        ]
    )
    return graph


def test_claims_as_json_lines_keep_the_contract(graph: Graph) -> None:
    (line,) = graph.export("jsonl").decode().split("\n")[:-1]
    row = json.loads(line)
    assert row["subject"] == {
        "id": "https://w3id.org/geograph/id/PER",
        "label": "Peru",
        "type": "Country",
        "country": "PER",
        "aliases": ["Peru"],
    }
    assert (row["document"], row["relation"], row["date"], row["item"]) == ("doc", "supplies", "2024-05-03", "grain")
    assert TEXT[row["start"] : row["end"]] == row["quote"]
    assert row["fact"].startswith("https://w3id.org/geograph/fact/")
    assert "\u2028" not in line


def test_rdf_formats_hold_the_shortcut(graph: Graph) -> None:
    peru, supplies, chile = (NamedNode(f"https://w3id.org/geograph/{x}") for x in ("id/PER", "ns#supplies", "id/CHL"))
    for name, format in (
        ("turtle", RdfFormat.TURTLE),
        ("rdfxml", RdfFormat.RDF_XML),
        ("trig", RdfFormat.TRIG),
        ("nquads", RdfFormat.N_QUADS),
        ("jsonld", RdfFormat.JSON_LD),
    ):
        read = {quad.triple for quad in parse(graph.export(name), format=format)}
        assert Triple(peru, supplies, chile) in read, name


def test_turtle_and_rdfxml_hold_the_same_triples_for_rdflib(graph: Graph) -> None:
    turtle, xml = rdflib.Graph().parse(data=graph.export("turtle")), rdflib.Graph()
    xml.parse(data=graph.export("rdfxml"), format="xml")
    assert len(turtle) > 20
    assert set(turtle) == set(xml) == set(graph.to_rdflib())


def test_jsonld_is_json_without_a_remote_context(graph: Graph) -> None:
    assert "http" not in str([node.get("@context") for node in json.loads(graph.export("jsonld"))])


def test_rdflib_and_networkx_are_given_what_they_are_best_at(graph: Graph) -> None:
    assert graph.to_rdflib().query("SELECT ?a { ?a gg:supplies ?b }").bindings
    network = graph.to_networkx()
    assert isinstance(network, nx.MultiDiGraph)
    assert ("PER", "CHL") in [edge[:2] for edge in network.edges]


def test_csv_cells_never_run_as_formulas() -> None:
    fact = Fact("meets", "a", "b", Status.ACTUAL, ("x",), item="=HYPERLINK(1)")
    entities = {key: Entity(key, EntityType.PERSON, label) for key, label in (("a", "@cmd"), ("b", 'B, "the" B'))}
    header, row = csv.reader(io.StringIO("".join(csv_facts([fact], entities))))
    cells = dict(zip(header, row, strict=True))
    assert (cells["subject"], cells["object"], cells["item"]) == ("'@cmd", 'B, "the" B', "'=HYPERLINK(1)")


def test_every_format_gives_the_same_bytes_twice(graph: Graph) -> None:
    for name in FORMATS:
        assert graph.export(name) == graph.export(name)


def test_unknown_format_is_named(graph: Graph) -> None:
    with pytest.raises(GeographError, match="unknown format 'xls'"):
        graph.export("xls")


def test_notebook_frame_holds_the_page_as_text(graph: Graph) -> None:
    assert "<script" not in graph._repr_html_()
