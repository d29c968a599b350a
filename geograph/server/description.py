"""What the endpoint is, for programs: a SPARQL 1.1 Service Description (W3C, 21 March 2013)."""

from __future__ import annotations

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize

from geograph.server.negotiation import GRAPHS, MediaType
from geograph.vocabulary import STANDARD_PREFIXES

FORMATS = GRAPHS[:4]
_SD = "http://www.w3.org/ns/sparql-service-description#"
_RESULTS = "http://www.w3.org/ns/formats/"
_WRITERS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdfxml": RdfFormat.RDF_XML,
}
_NAMES = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)


def describe(endpoint: str, format: MediaType) -> bytes:
    """The description of the service at that address, in one of `FORMATS`."""
    service, dataset, default = NamedNode(endpoint), BlankNode("dataset"), BlankNode("default")
    type_ = NamedNode(f"{STANDARD_PREFIXES['rdf']}type")
    triples = [
        Triple(service, type_, _sd("Service")),
        Triple(service, _sd("endpoint"), service),
        Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query")),
        Triple(service, _sd("feature"), _sd("UnionDefaultGraph")),
        *(Triple(service, _sd("resultFormat"), NamedNode(_RESULTS + name)) for name in _NAMES),
        Triple(service, _sd("defaultDataset"), dataset),
        Triple(dataset, type_, _sd("Dataset")),
        Triple(dataset, _sd("defaultGraph"), default),
        Triple(default, type_, _sd("Graph")),
    ]
    return serialize(triples, format=_WRITERS[format.format], prefixes={"sd": _SD, "formats": _RESULTS}) or b""


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
