"""Hand-made articles, claims and extractions for tests; all names and events are invented."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from geograph.model import Article, Claim, Entity, EntityType, Extraction, Mention, Period, Span, Status, Via
from geograph.ontology import Relation

COUNTRIES = {"RUS": "Russia", "PRK": "North Korea", "CHN": "China", "FRA": "France", "JPN": "Japan"}
PERSONS = {
    "person.Orlan_Veshnyak": ("Orlan Veshnyak", "RUS"),
    "person.Pak_Seong_Rim": ("Pak Seong Rim", "PRK"),
    "person.Luc_Tavernier": ("Luc Tavernier", "FRA"),
}


def relation(name: str, *, kind: str = "event", symmetric: bool = False) -> Relation:
    """A relation of the catalogue with nothing but what consolidation needs."""
    return Relation(
        name=name,
        label=name,
        comment="",
        domain=frozenset(EntityType),
        range=frozenset(EntityType),
        kind=kind,
        symmetric=symmetric,
        inverse=None,
        plover=None,
        cameo=None,
        score=None if kind == "state" else 2.0,
        colour="#000000",
        family="other",
        triggers=(),
        examples=(),
        counter_examples=(),
        accompanies=frozenset(),
        tells_of="Encounter" if name in ("meets", "visits") else None,
    )


RELATIONS: Mapping[str, Relation] = {
    each.name: each
    for each in (
        relation("meets", symmetric=True),
        relation("visits"),
        relation("supplies"),
        relation("sanctions"),
        relation("holdsOfficeIn", kind="state"),
        relation("memberOf", kind="state"),
    )
}


def entity(key: str) -> Entity:
    """A country of `COUNTRIES`, a person of `PERSONS`, or a group named like its key."""
    if key in COUNTRIES:
        identifiers = (f"iso3166:{key}",)
        return Entity(key, EntityType.COUNTRY, COUNTRIES[key], country=key, identifiers=identifiers)
    if key in PERSONS:
        label, country = PERSONS[key]
        return Entity(key, EntityType.PERSON, label, country=country)
    return Entity(key, EntityType.GROUP, key)


def article(
    name: str = "a", *, published: str | None = "2025-07-12", text: str | None = None, **fields: object
) -> Article:
    """An article whose document is `name`; its text differs from that of other names unless given."""
    return Article(
        document=name,
        text=text if text is not None else f"Report {name}. " + " ".join(f"{name}{i}" for i in range(40)),
        published=date.fromisoformat(published) if published else None,
        **fields,  # type: ignore[arg-type]
    )


def claim(
    of: Article,
    subject: str = "RUS",
    relation: str = "meets",
    object: str = "PRK",
    *,
    when: str | None = None,
    status: Status = Status.ACTUAL,
    at: int = 0,
    confidence: float = 0.8,
    **fields: object,
) -> Claim:
    """A claim that quotes the first words of its article, from offset `at`."""
    span = Span(at, min(at + 20, len(of.text)))
    return Claim(
        article=of.id,
        relation=relation,
        subject=subject,
        object=object,
        status=status,
        span=span,
        quote=span.of(of.text),
        trigger=of.text[at : at + 6],
        trigger_span=Span(at, min(at + 6, len(of.text))),
        date=Period(when) if when else None,
        confidence=confidence,
        version="test",
        **fields,  # type: ignore[arg-type]
    )


def extraction(of: Article, claims: Iterable[Claim] = (), mentions: Iterable[Mention] = ()) -> Extraction:
    """The extraction with the entities that its claims and mentions use, and their countries."""
    claims, mentions = tuple(claims), tuple(mentions)
    keys = {key for each in claims for key in (each.subject, each.object, each.said_by, each.place_entity) if key}
    keys |= {mention.entity for mention in mentions if mention.entity}
    found = {key: entity(key) for key in keys}
    for each in list(found.values()):
        if each.country:
            found.setdefault(each.country, entity(each.country))
    return Extraction(of, tuple(sorted(found.values())), mentions, claims)


def mention(of: Article, key: str, start: int, end: int, via: Via = Via.NAME) -> Mention:
    """A mention of the entity with that key."""
    return Mention(Span(start, end), of.text[start:end], entity(key).type, via, key)
