"""Annotations of RDF exports, read by rdflib (Web Annotation, PROV-O) and pyoxigraph (RDF 1.2)."""

from __future__ import annotations

import pytest
import rdflib
from export_factory import extractions, graph_of
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse
from rdflib.namespace import PROV, RDF

from geograph import Graph
from geograph.errors import GeographError

OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
GG = rdflib.Namespace("https://w3id.org/geograph/ns#")
# rdflib 7.6 warns of its own ways to parse into a dataset.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]
FORMATS = {"turtle": "turtle", "trig": "trig", "nquads": "nquads", "rdfxml": "xml", "jsonld": "json-ld"}


@pytest.fixture(scope="module")
def graph() -> Graph:
    return graph_of(extractions())


def read(graph: Graph, name: str, *annotations: str) -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=graph.export(name, annotations=annotations), format=FORMATS[name])
    return dataset


@pytest.mark.parametrize("name", FORMATS)
def test_they_are_off_unless_asked_for_and_add_without_changing(graph: Graph, name: str) -> None:
    plain, more = set(read(graph, name).triples((None, None, None))), read(graph, name, "oa", "prov")
    assert not any("oa#" in predicate or "prov#" in predicate for _, predicate, _ in plain)
    assert plain < set(more.triples((None, None, None)))


@pytest.mark.parametrize("name", FORMATS)
def test_a_selector_finds_the_quote_in_the_text_by_offsets_and_by_words(graph: Graph, name: str) -> None:
    found = read(graph, name, "oa")
    articles = {article.id: article.text for article in graph.articles()}
    claims = {claim.id: claim for claim in graph.claims()}
    nodes = list(found.subjects(RDF.type, OA.Annotation, unique=True))
    assert len(nodes) == len(claims)
    for node in nodes:
        claim = claims[str(node).rsplit("/", 1)[-1]]
        target = found.value(node, OA.hasTarget)
        assert str(found.value(target, OA.hasSource)).endswith(claim.article)
        quote, position = (
            next(each for each in found.objects(target, OA.hasSelector) if (each, RDF.type, kind) in found)
            for kind in (OA.TextQuoteSelector, OA.TextPositionSelector)
        )
        text = articles[claim.article]
        start, end = (int(str(found.value(position, each))) for each in (OA.start, OA.end))
        assert text[start:end] == str(found.value(quote, OA.exact)) == claim.quote
        around = [str(found.value(quote, each) or "") for each in (OA.prefix, OA.suffix)]
        assert around[0] + claim.quote + around[1] in text


def test_every_claim_says_who_read_it_and_from_what(graph: Graph) -> None:
    found = read(graph, "turtle", "prov")
    for claim in graph.claims():
        node = rdflib.URIRef(f"https://w3id.org/geograph/claim/{claim.id}")
        reading = found.value(node, PROV.wasGeneratedBy)
        agent = found.value(reading, PROV.wasAssociatedWith)
        assert str(found.value(agent, GG.reader)) == claim.reader
        assert str(found.value(agent, GG.version)) == claim.version
        assert found.value(node, PROV.wasDerivedFrom) == found.value(reading, PROV.used)


def test_every_fact_is_derived_from_its_claims(graph: Graph) -> None:
    found = read(graph, "turtle", "prov")
    for fact in graph.facts():
        node = rdflib.URIRef(f"https://w3id.org/geograph/fact/{fact.id}")
        assert {str(each).rsplit("/", 1)[-1] for each in found.objects(node, PROV.wasDerivedFrom)} == set(fact.claims)


@pytest.mark.parametrize("name", ["turtle", "trig", "nquads"])
def test_a_shortcut_is_reified_by_the_facts_that_hold_and_by_no_other(graph: Graph, name: str) -> None:
    format = {"turtle": RdfFormat.TURTLE, "trig": RdfFormat.TRIG, "nquads": RdfFormat.N_QUADS}[name]
    quads = list(parse(graph.export(name, annotations=["rdf12"]), format=format))
    reifies = NamedNode(str(RDF) + "reifies")
    stated = {quad.triple for quad in quads}
    reified = {quad.subject.value.rsplit("/", 1)[-1]: quad.object for quad in quads if quad.predicate == reifies}
    holding = {f.id for f in graph.facts() if f.status == "actual" and not f.disputed and not f.ended}
    assert set(reified) == holding
    assert all(isinstance(triple, Triple) and triple in stated for triple in reified.values())


def test_annotations_of_claims_lie_in_the_graph_of_their_article(graph: Graph) -> None:
    quads = list(parse(graph.export("nquads", annotations=["oa", "prov"]), format=RdfFormat.N_QUADS))
    home = {quad.subject: quad.graph_name for quad in quads if quad.predicate.value == str(GG.quote)}

    def lies_elsewhere(quad: Quad) -> bool:
        return quad.subject in home and quad.graph_name != home[quad.subject]

    assert not list(filter(lies_elsewhere, quads))


@pytest.mark.parametrize("name", ["rdfxml", "jsonld"])
def test_a_format_without_triple_terms_says_so(graph: Graph, name: str) -> None:
    with pytest.raises(GeographError, match="has no triple terms; use turtle, trig or nquads"):
        graph.export(name, annotations=["rdf12"])
