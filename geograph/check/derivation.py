"""Whether facts are what their claims make, and claims what may be claimed: both are worked out again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import fields

from pyoxigraph import Quad, QueryTriples

from geograph.check.columns import Columns
from geograph.facts import Key, consolidate
from geograph.model import Article, Claim, Extraction, Fact
from geograph.ontology import Ontology, Relation
from geograph.readers.checks import fault
from geograph.store import Store
from geograph.store.reading import Reader
from geograph.store.terms import properties_of

_UNREADABLE = (AssertionError, LookupError, TypeError, ValueError)
"""What reading a value raises where its properties are missing, double or of another type."""


def all_faults(columns: Columns, ontology: Ontology) -> Iterator[tuple[str, str]]:
    """Each article, claim or fact that is not as it must be, by its IRI, and why, after deriving everything again.

    Facts that share relation and ends with a claim of an article that cannot be read are not derived.
    """
    store = columns.store
    claims: list[Claim] = []
    articles: dict[str, Article] = {}
    unread: set[str] = set()
    for iri in sorted(columns.nodes("gg:Article")):
        extraction, problem = _extraction(store, iri)
        if extraction is None:
            unread.add(iri)
            yield iri, problem
            continue
        articles[extraction.article.id] = extraction.article
        claims += extraction.claims
        yield from _claim_faults(store, extraction, ontology.relations)
    stored, unreadable = _facts(store, sorted(columns.nodes("gg:Fact")))
    yield from unreadable
    left_out = _keys(columns, unread, {iri for iri, _ in unreadable})
    derived = consolidate(claims, articles, ontology.relations, store.curation)
    yield from _differences(
        store,
        {iri: fact for iri, fact in stored.items() if _key(fact) not in left_out},
        (fact for fact in derived if _key(fact) not in left_out),
    )


def _key(fact: Fact) -> Key:
    return fact.relation, fact.subject, fact.object


def _keys(columns: Columns, articles: Set[str], facts: Set[str]) -> set[Key]:
    """The keys of facts that are named, or that rest on articles that are named."""
    local, claims_of, article_of = columns.store.vocabulary.local, columns.all("gg:claim"), columns.one("gg:article")
    return {
        (local(relation), local(subject), local(object))
        for fact, relation, subject, object in columns.facts()
        if fact in facts or any(article_of.get(claim) in articles for claim in claims_of.get(fact, ()))
    }


def sampled_faults(columns: Columns, ontology: Ontology, facts: int) -> Iterator[tuple[str, str]]:
    """The same for the facts that share relation and ends with the first `facts` in order of their ids.

    Ids are hashes, so that these are as good as drawn by lot, and always the same ones. The claims are those that the
    facts rest on.
    """
    keys = {fact: key for fact, *key in columns.facts()}
    by_key: dict[tuple[str, ...], list[str]] = {}
    for fact in sorted(keys):
        by_key.setdefault(tuple(keys[fact]), []).append(fact)
    claims_of, article_of = columns.all("gg:claim"), columns.one("gg:article")
    for key in {tuple(keys[fact]): None for fact in sorted(keys)[:facts]}:
        claims = {claim for fact in by_key[key] for claim in claims_of.get(fact, ())}
        sources = {article_of[claim] for claim in claims if claim in article_of}
        yield from _key_faults(columns.store, ontology, by_key[key], claims, sources)


def _key_faults(
    store: Store, ontology: Ontology, facts: Iterable[str], claims: Set[str], sources: Iterable[str]
) -> Iterator[tuple[str, str]]:
    stored, unreadable = _facts(store, facts)
    read = [(iri, *_extraction(store, iri)) for iri in sorted(sources)]
    unreadable += [(iri, problem) for iri, extraction, problem in read if extraction is None]
    yield from unreadable
    if not unreadable:
        extractions = [extraction for _, extraction, _ in read if extraction is not None]
        told = (
            claim
            for extraction in extractions
            for claim in extraction.claims
            if store.vocabulary.claim(claim.id) in claims
        )
        articles = {extraction.article.id: extraction.article for extraction in extractions}
        yield from _differences(store, stored, consolidate(told, articles, ontology.relations, store.curation))


def _extraction(store: Store, iri: str) -> tuple[Extraction | None, str]:
    """An article's extraction, or None and why its facts cannot be derived."""
    id = store.vocabulary.local(iri)
    try:
        extraction = store.extraction(id)
    except _UNREADABLE as error:
        return None, f"cannot be read back ({_reason(error)}), so no fact of it was derived again"
    if extraction is None:
        return None, "lies outside its own graph, so no fact of it was derived again"
    if extraction.article.id != id:
        return None, "its text or source is not that of its id, so no fact of it was derived again"
    return extraction, ""


def _reason(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())


def _claim_faults(store: Store, extraction: Extraction, relations: Mapping[str, Relation]) -> Iterator[tuple[str, str]]:
    entities = {entity.key: entity for entity in extraction.entities}
    for claim in extraction.claims:
        problem = fault(claim, extraction.article, entities, relations)
        if problem is not None:
            yield store.vocabulary.claim(claim.id), f"in {extraction.article.document}: {problem}"


def _facts(store: Store, iris: Iterable[str]) -> tuple[dict[str, Fact], list[tuple[str, str]]]:
    """The stored facts by IRI, and those that cannot be read with the reason."""
    found, unreadable = {}, []
    for iri in iris:
        try:
            found[iri] = _fact(store, iri)
        except _UNREADABLE as error:
            unreadable.append((iri, f"cannot be read back ({_reason(error)})"))
    return found, unreadable


def _fact(store: Store, iri: str) -> Fact:
    said = store.query(f"CONSTRUCT {{ <{iri}> ?property ?value }} WHERE {{ <{iri}> ?property ?value }}")
    assert isinstance(said, QueryTriples)
    return Reader(store.vocabulary).fact(properties_of(Quad(*triple) for triple in said))


def _differences(store: Store, stored: Mapping[str, Fact], derived: Iterable[Fact]) -> Iterator[tuple[str, str]]:
    expected = {store.vocabulary.fact(fact.id): fact for fact in derived}
    for iri in sorted(expected.keys() | stored.keys()):
        if iri not in stored:
            yield iri, "follows from the claims but is not stored"
        elif iri not in expected:
            yield iri, "is stored but does not follow from the claims"
        elif stored[iri] != expected[iri]:
            yield iri, f"differs from what its claims make: {_difference(stored[iri], expected[iri])}"


def _difference(stored: Fact, expected: Fact) -> str:
    pairs = ((each.name, getattr(stored, each.name), getattr(expected, each.name)) for each in fields(Fact))
    return "; ".join(f"{name} is {_said(one)}, should be {_said(other)}" for name, one, other in pairs if one != other)


def _said(value: object) -> str:
    return "none" if value is None else str(value)
