"""Annotations of RDF exports, each for those who ask for it: Web Annotation, PROV-O, RDF 1.2.

`oa`: each claim is an annotation that points into its article, by the words with what stands around them, and by
offsets. `prov`: who read it, with which version, and from what. `rdf12`: the shortcut triple of a fact is reified by
the fact (`rdf:reifies`), so that RDF 1.2 tools show date and proof on the edge. What is added has IRIs of its own below
the base, follows what is there anyway, and never changes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from geograph.errors import GeographError
from geograph.facts import holds
from geograph.model import Article, Claim, Extraction, content_id
from geograph.store import Store
from geograph.store.terms import RDF, TYPE, XSD
from geograph.vocabulary import STANDARD_PREFIXES, Vocabulary

AROUND = 32
"""How many characters before and after a quote are given, to find it again in a text that has changed."""
TRIPLE_TERMS = frozenset({RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.N_QUADS})
_DATASETS = frozenset({RdfFormat.TRIG, RdfFormat.N_QUADS, RdfFormat.JSON_LD})
_COUNT = NamedNode(XSD + "nonNegativeInteger")
_REIFIES = NamedNode(RDF + "reifies")


def annotated(store: Store, format: RdfFormat, kinds: frozenset[str]) -> bytes:
    """The graph or dataset with annotations of these kinds after it. Raises GeographError for a format that cannot."""
    if "rdf12" in kinds and format not in TRIPLE_TERMS:
        raise GeographError(f"--annotations rdf12: {format.name} has no triple terms; use turtle, trig or nquads")
    prefixes = store.vocabulary.prefixes()
    added = annotation_quads(store, kinds)
    if format in _DATASETS:
        return serialize(chain(store.dataset_quads(), added), format=format, prefixes=prefixes) or b""
    triples = chain(store.graph_triples(), (quad.triple for quad in added))
    return serialize(triples, format=format, prefixes=prefixes) or b""


def annotation_quads(store: Store, kinds: frozenset[str]) -> Iterator[Quad]:
    """What the kinds add: in the graphs of the articles, and for facts in the default graph; sorted."""
    vocabulary = store.vocabulary
    for extraction in store.extractions():
        for claim in extraction.claims:
            if "oa" in kinds:
                yield from _oa(claim, extraction.article, vocabulary)
        if "prov" in kinds:
            yield from _prov(extraction, vocabulary)
    if "prov" in kinds:
        for fact in store.facts():
            for id in fact.claims:
                yield Quad(_fact(vocabulary, fact.id), _prov_term("wasDerivedFrom"), NamedNode(vocabulary.claim(id)))
    if "rdf12" in kinds:
        for fact in store.facts():
            if holds(fact):
                ends = (NamedNode(vocabulary.entity(key)) for key in (fact.subject, fact.object))
                subject, object = ends
                shortcut = Triple(subject, NamedNode(vocabulary.term(fact.relation)), object)
                yield Quad(_fact(vocabulary, fact.id), _REIFIES, shortcut)


def _oa(claim: Claim, article: Article, vocabulary: Vocabulary) -> Iterator[Quad]:
    graph = NamedNode(vocabulary.article(article.id))
    node, target, quote, position = (
        NamedNode(iri)
        for iri in (
            vocabulary.claim(claim.id),
            *(f"{vocabulary.base}{kind}/{claim.id}" for kind in ("target", "quote", "position")),
        )
    )
    start, end = claim.span.start, claim.span.end
    yield Quad(node, TYPE, _oa_term("Annotation"), graph)
    yield Quad(node, _oa_term("motivatedBy"), _oa_term("describing"), graph)
    yield Quad(node, _oa_term("hasTarget"), target, graph)
    yield Quad(target, TYPE, _oa_term("SpecificResource"), graph)
    yield Quad(target, _oa_term("hasSource"), graph, graph)
    yield Quad(target, _oa_term("hasSelector"), quote, graph)
    yield Quad(target, _oa_term("hasSelector"), position, graph)
    yield Quad(quote, TYPE, _oa_term("TextQuoteSelector"), graph)
    yield Quad(quote, _oa_term("exact"), Literal(claim.quote), graph)
    for name, words in (
        ("prefix", article.text[max(0, start - AROUND) : start]),
        ("suffix", article.text[end:][:AROUND]),
    ):
        if words:
            yield Quad(quote, _oa_term(name), Literal(words), graph)
    yield Quad(position, TYPE, _oa_term("TextPositionSelector"), graph)
    yield Quad(position, _oa_term("start"), Literal(str(start), datatype=_COUNT), graph)
    yield Quad(position, _oa_term("end"), Literal(str(end), datatype=_COUNT), graph)


def _prov(extraction: Extraction, vocabulary: Vocabulary) -> Iterator[Quad]:
    graph = NamedNode(vocabulary.article(extraction.article.id))
    for reader, version in sorted({(claim.reader, claim.version) for claim in extraction.claims}):
        reading = _reading(extraction.article.id, reader, version, vocabulary)
        agent = NamedNode(f"{vocabulary.base}reader/{content_id(reader, version)}")
        yield Quad(reading, TYPE, _prov_term("Activity"), graph)
        yield Quad(reading, _prov_term("used"), graph, graph)
        yield Quad(reading, _prov_term("wasAssociatedWith"), agent, graph)
        yield Quad(agent, TYPE, _prov_term("SoftwareAgent"), graph)
        yield Quad(agent, NamedNode(vocabulary.term("reader")), Literal(reader), graph)
        yield Quad(agent, NamedNode(vocabulary.term("version")), Literal(version), graph)
    for claim in extraction.claims:
        node = NamedNode(vocabulary.claim(claim.id))
        reading = _reading(claim.article, claim.reader, claim.version, vocabulary)
        yield Quad(node, _prov_term("wasDerivedFrom"), graph, graph)
        yield Quad(node, _prov_term("wasGeneratedBy"), reading, graph)
        if claim.said_by is not None:
            yield Quad(node, _prov_term("wasAttributedTo"), NamedNode(vocabulary.entity(claim.said_by)), graph)


def _reading(article: str, reader: str, version: str, vocabulary: Vocabulary) -> NamedNode:
    return NamedNode(f"{vocabulary.base}reading/{content_id(article, reader, version)}")


def _fact(vocabulary: Vocabulary, id: str) -> NamedNode:
    return NamedNode(vocabulary.fact(id))


def _oa_term(name: str) -> NamedNode:
    return NamedNode(STANDARD_PREFIXES["oa"] + name)


def _prov_term(name: str) -> NamedNode:
    return NamedNode(STANDARD_PREFIXES["prov"] + name)
