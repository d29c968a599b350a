"""Invented extractions in any number, without language processing: the same for the same seed.

A few hundred actors, some far more in the news than others, do what the relations of the ontology allow. An event is
told by one article or by several; a part of the articles are copies of a wire story with small edits. Every claim's
quote stands in its article's text at its offsets.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate

from geograph.model import Article, Claim, Entity, EntityType, Extraction, Mention, Period, Span, Status, Via
from geograph.ontology import Relation

FIRST_DAY = date(2015, 1, 1)
DAYS = 3650
SYLLABLES = [first + second for first in "bdfgklmnprstvz" for second in "aeio"]
AGENCIES = ("Meridian Wire", "Northern Press Agency", "Coastline News Agency")
NUMBERS = {EntityType.COUNTRY: 60, EntityType.PERSON: 180, EntityType.ORGANIZATION: 90, EntityType.GROUP: 30}
PLACES = 40
WORDS = ("officials", "ministry", "harbour", "talks", "border", "statement", "report", "regional", "trade", "council",
         "capital", "delegation", "spokesman", "week", "parliament", "agreement", "observers", "market", "railway",
         "pipeline", "budget", "fleet", "summit", "visit", "sources", "analysts", "region", "deal")  # fmt: skip
ITEMS = ("grain", "radar systems", "two patrol boats", "medical equipment", "crude oil", "armoured vehicles")
COPIED, RETOLD = 0.15, 0.35
RECENT = 150


@dataclass(frozen=True)
class Event:
    """What happened; articles tell of it."""

    relation: str
    subject: Entity
    object: Entity
    day: date
    date: Period | None
    status: Status
    place: str
    item: str | None


class World:
    """The actors and what they may do to each other, drawn from one random source."""

    def __init__(self, relations: Mapping[str, Relation], chance: random.Random, seed: int) -> None:
        self.seed = seed
        self._chance = chance
        self._relations = list(relations.values())
        names = iter(sorted({self._name() for _ in range(3000)}, key=lambda name: (hash_of(name), name)))
        self.countries = [self._country(number, next(names)) for number in range(NUMBERS[EntityType.COUNTRY])]
        others = [
            Entity(
                key=f"{kind.lower()}.{number}",
                type=kind,
                label=f"{next(names)} {next(names)}",
                country=chance.choice(self.countries).key if kind is not EntityType.GROUP else None,
                aliases=(next(names),),
                identifiers=(f"wikidata:Q{9_000_000 + number}",) if number % 3 == 0 else (),
            )
            for kind, count in NUMBERS.items()
            if kind is not EntityType.COUNTRY
            for number in range(count)
        ]
        self.actors = [*self.countries, *others]
        self.by_key = {actor.key: actor for actor in self.actors}
        self._weights = {
            kind: list(accumulate(1 / (rank + 1) for rank in range(count))) for kind, count in NUMBERS.items()
        }
        self._of_kind = {kind: [actor for actor in self.actors if actor.type is kind] for kind in NUMBERS}
        self.places = [next(names) for _ in range(PLACES)]

    def _name(self) -> str:
        return "".join(self._chance.choice(SYLLABLES) for _ in range(self._chance.randint(2, 4))).capitalize()

    def _country(self, number: int, name: str) -> Entity:
        code = "X" + chr(65 + number // 26) + chr(65 + number % 26)
        return Entity(code, EntityType.COUNTRY, name, country=code, identifiers=(f"iso3166:{code}",))

    def event(self, published: date) -> Event:
        """Something new, which happened or is to happen about the day of publication."""
        chance = self._chance
        relation = chance.choice(self._relations)
        subject = self._actor(relation.domain)
        object = self._actor(relation.range)
        while object == subject:
            object = self._actor(relation.range)
        status = chance.choices((Status.ACTUAL, Status.PLANNED, Status.POSSIBLE, Status.DENIED), (76, 12, 5, 7))[0]
        ahead = status in (Status.PLANNED, Status.POSSIBLE)
        day = published + timedelta(days=chance.randint(1, 60) if ahead else -chance.randint(0, 5))
        spelled = chance.choices((day.isoformat(), f"{day:%Y-%m}", f"{day:%Y}", None), (70, 14, 4, 12))[0]
        item = chance.choice(ITEMS) if relation.family == "material" else None
        period = Period(spelled) if spelled else None
        return Event(relation.name, subject, object, day, period, status, chance.choice(self.places), item)

    def _actor(self, kinds: frozenset[EntityType]) -> Entity:
        known = [kind for kind in NUMBERS if kind in kinds]
        kind = self._chance.choices(known, [5 if kind is EntityType.COUNTRY else 2 for kind in known])[0]
        return self._chance.choices(self._of_kind[kind], cum_weights=self._weights[kind])[0]

    def filler(self) -> str:
        """A sentence that tells nothing."""
        words = self._chance.choices(WORDS, k=self._chance.randint(9, 20))
        return f"{words[0].capitalize()} {' '.join(words[1:])}."


def hash_of(name: str) -> int:
    """A number that puts names in an order unlike that of the alphabet; not Python's hash, which changes."""
    return sum(ord(letter) * 31**place for place, letter in enumerate(name)) % 1009


def invent(articles: int, relations: Mapping[str, Relation], seed: int = 1) -> Iterator[Extraction]:
    """So many extractions, in order of publication over ten years."""
    chance = random.Random(seed)
    world = World(relations, chance, seed)
    recent: list[Event] = []
    wire: list[Extraction] = []
    for number in range(articles):
        published = FIRST_DAY + timedelta(days=number * DAYS // articles)
        if wire and chance.random() < COPIED:
            yield _copy(chance.choice(wire[-20:]), number, published, world)
            continue
        events = [
            chance.choice(recent) if recent and chance.random() < RETOLD else world.event(published)
            for _ in range(chance.randint(2, 6))
        ]
        recent = [*recent, *events][-RECENT:]
        agency = chance.choice(AGENCIES) if chance.random() < 0.2 else None
        extraction = _told(number, published, list(dict.fromkeys(events)), agency, world, chance)
        if agency is not None:
            wire = [*wire, extraction][-20:]
        yield extraction


def _told(
    number: int, published: date, events: list[Event], agency: str | None, world: World, chance: random.Random
) -> Extraction:
    sentences: list[tuple[str, Event | None]] = [(_sentence(event), event) for event in events]
    sentences += [(world.filler(), None) for _ in range(chance.randint(6, 14))]
    chance.shuffle(sentences)
    article = Article(
        document=f"article-{world.seed}-{number}",
        text=" ".join(sentence for sentence, _ in sentences),
        title=f"Report {number}",
        published=published,
        publisher=f"Courier {chance.randint(1, 400)}",
        url=f"https://news{number % 50}.example/{world.seed}/{published.year}/{number}",
        agency=agency,
    )
    claims, at = [], 0
    for sentence, event in sentences:
        if event is not None:
            confidence = round(chance.uniform(0.6, 0.95), 2)
            claims.append(_claim(article, event, Span(at, at + len(sentence)), confidence))
        at += len(sentence) + 1
    return _extraction(article, tuple(claims), world)


def _sentence(event: Event) -> str:
    item = f" {event.item}" if event.item else ""
    return (
        f"{event.subject.label} {event.relation}{item} {event.object.label} in {event.place} on {event.day:%d.%m.%Y}."
    )


def _claim(article: Article, event: Event, span: Span, confidence: float) -> Claim:
    trigger = Span(
        span.start + len(event.subject.label) + 1, span.start + len(event.subject.label) + 1 + len(event.relation)
    )
    object_start = trigger.end + 1 + (len(event.item) + 1 if event.item else 0)
    return Claim(
        article=article.id,
        relation=event.relation,
        subject=event.subject.key,
        object=event.object.key,
        status=event.status,
        span=span,
        quote=span.of(article.text),
        trigger=event.relation,
        trigger_span=trigger,
        date=event.date,
        date_span=Span(span.end - 11, span.end - 1) if event.date else None,
        place=event.place,
        item=event.item,
        subject_span=Span(span.start, trigger.start - 1),
        object_span=Span(object_start, object_start + len(event.object.label)),
        confidence=confidence,
        version="invented",
    )


def _extraction(article: Article, claims: tuple[Claim, ...], world: World) -> Extraction:
    mentions, found = [], {}
    for claim in claims:
        for key, span in ((claim.subject, claim.subject_span), (claim.object, claim.object_span)):
            entity = found[key] = world.by_key[key]
            if entity.country is not None:
                found[entity.country] = world.by_key[entity.country]
            if span is not None:
                mentions.append(Mention(span, span.of(article.text), entity.type, Via.NAME, key))
    return Extraction(article, tuple(sorted(found.values())), tuple(sorted(mentions, key=lambda m: m.sort_key)), claims)


def _copy(original: Extraction, number: int, published: date, world: World) -> Extraction:
    """Another paper's print of a wire story, with a sentence of its own at the end."""
    article = replace(
        original.article,
        document=f"article-{world.seed}-{number}",
        text=f"{original.article.text} {world.filler()}",
        published=max(published, original.article.published or published),
        publisher=f"Courier {number % 400}",
        url=f"https://news{number % 50}.example/{world.seed}/{published.year}/{number}",
        agency=None,
    )
    return _extraction(article, tuple(replace(claim, article=article.id) for claim in original.claims), world)
