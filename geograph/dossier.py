"""What the graph knows of one entity, as text: who, aliases, offices, relations by date with their sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from geograph.model import Article, Claim, Entity, Fact, Listing, Status
from geograph.ontology import Relation
from geograph.store import Store
from geograph.view.wording import date_words

CLAIM_DIGITS = 8
"""So many digits of a claim's id tell it from others: `geograph curate reject` takes them."""

OFFICE_RELATION = "holdsOfficeIn"


@dataclass(frozen=True)
class Entry:
    """One fact of a dossier: the fact, its two ends, and the claims that prove it with their articles."""

    fact: Fact
    relation: Relation
    subject: Entity
    object: Entity
    evidence: tuple[tuple[Claim, Article], ...]


@dataclass(frozen=True)
class Dossier:
    """An entity with its offices and its other facts, the newest first, undated ones last."""

    entity: Entity
    country: Entity | None
    offices: tuple[Entry, ...]
    entries: tuple[Entry, ...]


def dossier(store: Store, key: str, relations: Mapping[str, Relation]) -> Dossier:
    """The dossier of the entity with this key, which must be in the store."""
    entities = {entity.key: entity for entity in store.entities()}
    facts = [fact for fact in store.facts() if key in (fact.subject, fact.object)]
    wanted = {claim for fact in facts for claim in fact.claims}
    claims = {claim.id: claim for claim in store.claims() if claim.id in wanted}
    articles = {article.id: article for article in store.articles()}
    entries = tuple(
        Entry(
            fact=fact,
            relation=relations[fact.relation],
            subject=entities[fact.subject],
            object=entities[fact.object],
            evidence=tuple((claims[id], articles[claims[id].article]) for id in fact.claims),
        )
        for fact in sorted(facts, key=_newest_first)
        if fact.relation in relations
    )
    entity = entities[key]
    return Dossier(
        entity=entity,
        country=entities.get(entity.country or ""),
        offices=tuple(e for e in entries if e.fact.relation == OFFICE_RELATION and e.fact.subject == key),
        entries=tuple(e for e in entries if e.fact.relation != OFFICE_RELATION or e.fact.subject != key),
    )


def lines(dossier: Dossier) -> Iterator[str]:
    """The dossier as lines of plain text."""
    entity = dossier.entity
    of = f" of {dossier.country.label}" if dossier.country and dossier.country.key != entity.key else ""
    yield f"{entity.label}: {entity.type.lower()}{of}"
    if entity.aliases:
        yield f"  also: {', '.join(entity.aliases)}"
    if entity.identifiers:
        yield f"  ids: {', '.join(entity.identifiers)}"
    if entity.listings:
        yield f"  sanctioned: {'; '.join(map(_listing, entity.listings))}"
    for entry in dossier.offices:
        former = "former " if entry.fact.ended and not (entry.fact.item or "").lower().startswith("former") else ""
        yield f"  office: {former}{entry.fact.item or 'office'}, {entry.object.label} ({_sources(entry.fact)})"
    for entry in dossier.entries:
        yield ""
        yield from _entry(entry)


def _newest_first(fact: Fact) -> tuple[int, int, str, str]:
    day = fact.date.latest.toordinal() if fact.date else 0
    return (-day, fact.status is not Status.ACTUAL, fact.relation, fact.id)


def _entry(entry: Entry) -> Iterator[str]:
    fact = entry.fact
    marks = [] if fact.status is Status.ACTUAL else [str(fact.status)]
    marks += ["disputed"] if fact.disputed else []
    place = f", {fact.place}" if fact.place else ""
    mark = f" [{', '.join(marks)}]" if marks else ""
    item = f" ({fact.item})" if fact.item else ""
    said = f"{entry.subject.label} {entry.relation.label} {entry.object.label}"
    yield f"{date_words(fact.date)}{place}: {said}{item}{mark}"
    yield f"  {_sources(fact)}, confidence {fact.confidence:.2f}"
    for claim, article in entry.evidence:
        source = ", ".join(
            part for part in (article.publisher, article.published.isoformat() if article.published else None) if part
        )
        yield f"  “{' '.join(claim.quote.split())}”"
        told = f"{article.title or article.document}{f' ({source})' if source else ''}"
        yield f"    {told}, claim {claim.id[:CLAIM_DIGITS]}"


def _listing(listing: Listing) -> str:
    """Whose sanctions, and under which programme, as far as known, with the list that says so."""
    told = ", ".join(part for part in (listing.authority, listing.program) if part)
    return f"{told} (list {listing.list})" if told else f"list {listing.list}"


def _sources(fact: Fact) -> str:
    noun = "source" if fact.source_count == 1 else "sources"
    return f"{fact.source_count} {noun}, {fact.independent_source_count} independent"
