"""Checks a store against its own promises: the SHACL contract, the invariants, and facts derived again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec

from geograph.check.columns import Columns
from geograph.check.contract import Violation, violations, violations_by_pyshacl
from geograph.check.derivation import all_faults, sampled_faults
from geograph.check.invariants import invariant_faults
from geograph.check.shapes import checks_of
from geograph.errors import GeographError
from geograph.ontology import Ontology
from geograph.store import Store

__all__ = ["Report", "Violation", "check", "checks_of", "violations", "violations_by_pyshacl"]

SMALL = 500
"""Up to so many claims everything is derived again (about 2 s), and pySHACL runs the shapes if it is installed."""
SAMPLE = 50
"""So many facts of a larger store are derived again, with all that share their relation and ends."""


@dataclass(frozen=True)
class Report:
    """What is wrong, a line each, sorted, and what was looked at, a line each."""

    faults: tuple[str, ...]
    checked: tuple[str, ...]


def check(store: Store, ontology: Ontology, *, deep: bool = False, shapes: bool = False) -> Report:
    """What is wrong with a store, and what was looked at.

    Contract and invariants are always checked on everything. `deep` derives every fact again and holds every claim
    against the rules for claims, whatever the size (minutes for a million quads); else that is done for small stores,
    and for a sample of a large one. `shapes` runs the SHACL shapes through pySHACL whatever the size; GeographError is
    raised where that cannot be.
    """
    columns = Columns(store)
    facts, claims = len(columns.nodes("gg:Fact")), len(columns.nodes("gg:Claim"))
    small = claims <= SMALL
    prefixes = store.vocabulary.prefixes()
    broken, engine = _broken(store, ontology, shapes=shapes, small=small)
    found = [(each.focus, _told(each, prefixes)) for each in broken]
    found += invariant_faults(columns, ontology.relations)
    found += all_faults(columns, ontology) if deep or small else sampled_faults(columns, ontology, SAMPLE)
    everything = f"all {facts:,} facts and {claims:,} claims"
    return Report(
        tuple(sorted({f"{_short(node, prefixes)}: {problem}" for node, problem in found})),
        (
            f"shapes.ttl, by {engine}",
            f"quotes, counts, shortcuts and graphs of {everything}",
            f"derived again: {everything}"
            if deep or small
            else f"derived again: {min(SAMPLE, facts)} of {facts:,} facts and those of the same key (--deep: all)",
        ),
    )


def _broken(store: Store, ontology: Ontology, *, shapes: bool, small: bool) -> tuple[tuple[Violation, ...], str]:
    """What breaks the contract, and what found it: pySHACL where it must, or can, else SPARQL."""
    if shapes or (small and find_spec("pyshacl") is not None):
        from geograph.export import to_rdflib

        try:
            return violations_by_pyshacl(to_rdflib(store), ontology), "pySHACL"
        except GeographError:
            if shapes:
                raise
    return violations(store, ontology), "SPARQL made from it"


def _told(violation: Violation, prefixes: Mapping[str, str]) -> str:
    if violation.path is None:
        return violation.message
    backwards = "^" if violation.path.startswith("^") else ""
    return f"{backwards}{_short(violation.path.removeprefix('^'), prefixes)}: {violation.message}"


def _short(iri: str, prefixes: Mapping[str, str]) -> str:
    """The IRI with its prefix where it has one of ours, as in `fact:1f0c`."""
    found = max((each for each in prefixes.items() if iri.startswith(each[1])), key=lambda p: len(p[1]), default=None)
    return f"{found[0]}:{iri.removeprefix(found[1])}" if found is not None else iri
