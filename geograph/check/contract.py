"""The SHACL contract (`shapes.ttl`) of a store: by pySHACL where the graph is small, else by SPARQL made from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import QuerySolutions

from geograph.check.shapes import checks_of
from geograph.errors import GeographError
from geograph.ontology import Ontology, turtle
from geograph.store import Store

if TYPE_CHECKING:
    import rdflib


@dataclass(frozen=True, order=True)
class Violation:
    """One node that breaks the contract, by IRI; the property in question if there is one; what the shape says."""

    focus: str
    path: str | None
    message: str


def violations(store: Store, ontology: Ontology) -> tuple[Violation, ...]:
    """What breaks the shapes, found by SPARQL: sorted, each once. Raises OntologyError for SHACL it does not know."""
    checks = checks_of(triple for path in _files(ontology) for triple in turtle(path))
    found = set()
    for check in checks:
        rows = store.query(check.sparql)
        assert isinstance(rows, QuerySolutions)
        found |= {Violation(row[0].value, check.path, check.message) for row in rows}
    return tuple(sorted(found, key=_order))


def violations_by_pyshacl(graph: rdflib.Graph, ontology: Ontology) -> tuple[Violation, ...]:
    """The same, found by pySHACL: about 6 s for 100,000 triples.

    Raises GeographError where it is not installed, and where it gives up: it compares no literal that is ill-formed.
    """
    try:
        import pyshacl
    except ModuleNotFoundError as error:
        raise GeographError("--shapes needs pySHACL: pip install 'geograph[check]'") from error
    import rdflib

    shapes = rdflib.Graph()
    for path in _files(ontology):
        shapes.parse(path)
    try:
        _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
    except TypeError as error:
        raise GeographError(
            f"pySHACL gave up on this graph ({error}); check without --shapes names the fault"
        ) from error
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    found = set()
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        focus, path, message = (report.value(result, term) for term in (sh.focusNode, sh.resultPath, sh.resultMessage))
        backwards = report.value(path, sh.inversePath) if path is not None else None
        told = f"^{backwards}" if backwards is not None else str(path) if path is not None else None
        found.add(Violation(str(focus), told, str(message)))
    return tuple(sorted(found, key=_order))


def _files(ontology: Ontology) -> Iterator[Path]:
    for folder in ontology.folders:
        yield from sorted(folder.glob("shapes.ttl"))


def _order(violation: Violation) -> tuple[str, str, str]:
    return violation.focus, violation.path or "", violation.message
