"""Checks a store against its own promises."""

from __future__ import annotations

from collections.abc import Iterator

from geograph.errors import GeographError
from geograph.facts import consolidate
from geograph.ontology import Ontology
from geograph.readers.checks import fault
from geograph.store import Store


def faults(store: Store, ontology: Ontology) -> Iterator[str]:
    """One line for each thing that is wrong; nothing if all holds.

    Every claim's quote is its article's text at its offsets, its ends are resolved and fit the relation; every fact
    is what its claims make by the decisions that the store follows, no more and no less.
    """
    claims, articles = [], {}
    for extraction in store.extractions():
        article = extraction.article
        articles[article.id] = article
        entities = {entity.key: entity for entity in extraction.entities}
        for claim in extraction.claims:
            claims.append(claim)
            problem = fault(claim, article, entities, ontology.relations)
            if problem is not None:
                yield f"claim {claim.id} of {article.document}: {problem}"
    derived = {fact.id: fact for fact in consolidate(claims, articles, ontology.relations, store.curation)}
    stored = {fact.id: fact for fact in store.facts()}
    for id in sorted(derived.keys() | stored.keys()):
        if id not in stored:
            yield f"fact {id}: follows from the claims but is not stored"
        elif id not in derived:
            yield f"fact {id}: is stored but does not follow from the claims"
        elif derived[id] != stored[id]:
            yield f"fact {id}: differs from what its claims make"


def shape_faults(store: Store, ontology: Ontology) -> Iterator[str]:
    """One line for each SHACL violation of `shapes.ttl`. For small graphs: about 6 s for 100,000 triples.

    Raises GeographError where pySHACL is not installed.
    """
    try:
        import pyshacl
    except ModuleNotFoundError as error:
        raise GeographError("--shapes needs pySHACL: pip install 'geograph[check]'") from error
    import rdflib

    from geograph.export import to_rdflib

    shapes = rdflib.Graph()
    for folder in ontology.folders:
        for path in sorted(folder.glob("shapes.ttl")):
            shapes.parse(path)
    _, report, _ = pyshacl.validate(to_rdflib(store), shacl_graph=shapes, inference="none")
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    found = []
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        parts = (report.value(result, term) for term in (sh.focusNode, sh.resultPath, sh.resultMessage))
        found.append(" ".join(str(part) for part in parts if part is not None))
    yield from sorted(found)
