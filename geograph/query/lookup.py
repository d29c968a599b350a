"""Which entity or relation a word means; where none, the nearest are named."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pyoxigraph
from pyoxigraph import Literal, NamedNode

from geograph.errors import QueryError
from geograph.model import Article, Claim
from geograph.ontology import load
from geograph.store import Store
from geograph.store.terms import ALIAS, LABEL, value

_ID_START = re.compile(r"[0-9a-f]{6,20}")
Names = list[tuple[str, str]]
"""Names of entities, each with the key of one that has it."""


def find_entity(store: Store, name: str) -> str:
    """The key of the entity with this key, IRI, label or alias; capitals do not matter where none fits exactly.

    A key that was merged into another means that one. Raises QueryError for a name that none has, with the nearest
    labels, and for one that several have.
    """
    key = name.removeprefix(store.vocabulary.entity("")).removeprefix("id:").removeprefix("<").removesuffix(">")
    key = store.curation.key(key)
    if store.entity(key) is not None:
        return key
    wanted = " ".join(name.split())
    for predicate in (LABEL, ALIAS):
        if found := _keys(store, predicate, Literal(wanted)):
            return _only(store, name, [key for _, key in found])
    labels, aliases = _keys(store, LABEL), _keys(store, ALIAS)
    for names in (labels, aliases):
        folded = wanted.casefold()
        if near := [key for form, key in names if form.casefold() == folded]:
            return _only(store, name, near)
    label_of = {key: label for label, key in labels}
    nearest = _nearest(wanted, {form: label_of[key] for form, key in sorted(aliases) + sorted(labels)})
    raise QueryError(f"no entity {name!r} in the store{_hint(nearest)}")


def find_claim(store: Store, id: str) -> tuple[Claim, Article]:
    """The claim with this id, IRI or first digits of its id, and its article. Raises QueryError for none or several."""
    start = id.removeprefix("<").removesuffix(">").removeprefix(store.vocabulary.claim("")).removeprefix("claim:")
    if not _ID_START.fullmatch(start):
        raise QueryError(f"{id!r} is no claim's id; `geograph show` and `geograph query evidence` name claims")
    first = Literal(store.vocabulary.claim(start))
    answer = store.query(
        f"SELECT ?claim ?article {{ ?claim a gg:Claim ; gg:article ?article FILTER(STRSTARTS(STR(?claim), {first})) }}"
    )
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    local = store.vocabulary.local
    found = sorted((local(value(each["claim"])), local(value(each["article"]))) for each in answer)
    if not found:
        raise QueryError(f"no claim {id!r} in the store; `geograph show` and `geograph query evidence` name claims")
    if len(found) > 1:
        raise QueryError(f"{id!r} may be any of {', '.join(claim for claim, _ in found[:8])}; give more of the id")
    extraction = store.extraction(found[0][1])
    assert extraction is not None
    return next(claim for claim in extraction.claims if claim.id == found[0][0]), extraction.article


def find_relation(store: Store, name: str) -> str:
    """The name of a relation of the catalogue or the store. Raises QueryError with the nearest for any other."""
    wanted = name.removeprefix(store.vocabulary.ns).removeprefix("gg:")
    known = load().relations.keys() | store.relations.keys() | store.relation_names()
    folds: tuple[Callable[[str], str], ...] = (str, str.casefold)
    for fold in folds:
        for each in sorted(known):
            if fold(each) == fold(wanted):
                return each
    nearest = _nearest(wanted, {each: each for each in sorted(known)})
    raise QueryError(f"no relation {name!r}{_hint(nearest) or '; `geograph relations` lists them'}")


def _keys(store: Store, predicate: NamedNode, name: Literal | None = None) -> Names:
    filled = f"VALUES ?name {{ {name} }}" if name is not None else ""
    answer = store.query(f"SELECT DISTINCT ?name ?entity {{ {filled} ?entity {predicate} ?name }}")
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    local = store.vocabulary.local
    return sorted((value(each["name"]), local(value(each["entity"]))) for each in answer)


def _only(store: Store, name: str, keys: Iterable[str]) -> str:
    found = sorted(set(keys))
    if len(found) > 1:
        raise QueryError(f"{name!r} may be any of {', '.join(found[:8])}; give one of these keys")
    return found[0]


def _nearest(name: str, forms: dict[str, str]) -> list[str]:
    from rapidfuzz import fuzz, process

    near = process.extract(name, forms.keys(), scorer=fuzz.WRatio, processor=str.casefold, limit=12, score_cutoff=75)
    return list(dict.fromkeys(forms[form] for form, _, _ in near))[:3]


def _hint(nearest: list[str]) -> str:
    return f"; did you mean {' or '.join(nearest)}?" if nearest else ""
