"""FollowTheMoney: one entity a line, for Aleph, OpenSanctions' tools and what else speaks that model.

Actors are Person, Organization or PublicBody (countries), places are Address. An event is an Event, and an UnknownLink
that keeps who did it to whom; where the alignments name a schema for a relation (Occupancy, Membership, Sanction), it
is that. Each points by `proof` to the articles that tell it. Only facts of the statuses asked for are given: by
default those that happened and that nobody disputes. Ids are hashes of our IRIs, as the model allows no underscores.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from geograph.export.options import Content, Options, standing
from geograph.model import Article, Entity, EntityType, Fact, Period, content_id
from geograph.ontology import load
from geograph.vocabulary import Vocabulary

Said = Mapping[str, Sequence[str | None] | str | None]
"""Values by property, before those that are absent are left out."""
SCHEMATA = {
    EntityType.PERSON: "Person",
    EntityType.ORGANIZATION: "Organization",
    EntityType.GROUP: "Organization",
    EntityType.COUNTRY: "PublicBody",
    EntityType.PLACE: "Address",
}
LONGEST_STRING, LONGEST_NAME, LONGEST_ADDRESS, LONGEST_URL, LONGEST_TEXT = 1024, 384, 250, 4096, 65_000
FIRST_YEAR = 1001
_WIKIDATA = re.compile(r"wikidata:(Q[0-9]+)")
_PLACE = re.compile(r"[\w.'’()/-]+(?:,? [\w'’()/-][\w.'’()/-]*)*")
_INVISIBLE = re.compile(r"[\xad\u061c\u200b-\u200f\u2060-\u2064\ufeff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u0a00]")
_IN_QUOTES = re.compile(r"""["'](.*)["']""")


def lines(content: Content, vocabulary: Vocabulary, options: Options) -> Iterator[str]:
    """The entities as JSON lines, sorted by id."""
    rows = _Rows(content, vocabulary, options)
    for id, (schema, properties) in sorted(rows.rows.items()):
        row = {"id": id, "schema": schema, "properties": dict(sorted(properties.items()))}
        yield json.dumps(row, ensure_ascii=False) + "\n"


def known_date(period: Period | None) -> str | None:
    """The date as a prefix that is certainly right: of some time within May it is May. None where none is."""
    if period is None or period.earliest.year < FIRST_YEAR:
        return None
    first, _, last = period.edtf.partition("/")
    if not last or first == last:
        return first
    shared = [a for a, b in zip(first.split("-"), last.split("-"), strict=False) if a == b]
    agree = first.split("-")[: len(shared)] == last.split("-")[: len(shared)]
    return "-".join(shared) if shared and agree else None


class _Rows:
    """The entities of one export, by id."""

    def __init__(self, content: Content, vocabulary: Vocabulary, options: Options) -> None:
        self.rows: dict[str, tuple[str, dict[str, list[str]]]] = {}
        self._content = content
        self._vocabulary = vocabulary
        self._schemata = (options.ontology or load()).ftm_schemata
        self._claims = content.claims()
        self._articles = {extraction.article.id: extraction.article for extraction in content.extractions}
        makers: Mapping[str, Callable[[Fact], bool]] = {
            "Occupancy": self._occupancy,
            "Membership": self._membership,
            "Sanction": self._sanction,
        }
        for entity in content.entities.values():
            self._add("entity", entity.key, SCHEMATA[entity.type], self._entity(entity))
        for article in self._articles.values():
            self._add("article", article.id, "Article", self._article(article))
        for fact in content.facts:
            if standing(fact) in options.statuses:
                make = makers.get(self._schemata.get(fact.relation, ""))
                if make is None or not make(fact):
                    self._event(fact)

    def _add(self, kind: str, key: str, schema: str, properties: Said) -> str:
        id = _id(kind, key)
        listed = {name: [said] if isinstance(said, str) else said or () for name, said in properties.items()}
        known = {name: sorted({value for value in values if value}) for name, values in listed.items()}
        self.rows[id] = schema, {name: values for name, values in known.items() if values}
        return id

    @cached_property
    def _codes(self) -> Mapping[str, str]:
        from geograph.entities.territories import country_facts

        return {alpha3: facts.alpha2.lower() for alpha3, facts in country_facts().items()}

    def _country(self, entity: Entity) -> str | None:
        return self._codes.get(entity.country or "")

    def _entity(self, entity: Entity) -> Said:
        wikidata = [match[1] for each in entity.identifiers if (match := _WIKIDATA.fullmatch(each))]
        known: dict[str, Sequence[str | None] | str | None] = {
            "name": _name(entity.label) or entity.key,
            "alias": [_name(alias) for alias in entity.aliases],
            "country": self._country(entity),
            "wikidataId": wikidata,
        }
        if entity.type is EntityType.PLACE:
            known["full"] = _address(entity.label)
            if entity.coordinates is not None:
                known["latitude"], known["longitude"] = (str(each) for each in entity.coordinates)
        elif entity.type is EntityType.GROUP:
            known["classification"] = "group"
        return known

    def _article(self, article: Article) -> Said:
        return {
            "title": _clean(article.title, LONGEST_STRING),
            "fileName": _clean(article.document, LONGEST_STRING),
            "publishedAt": article.published.isoformat() if article.published else None,
            "publisher": _clean(article.publisher, LONGEST_STRING),
            "sourceUrl": _url(article.url),
        }

    def _told(self, fact: Fact) -> Said:
        """What every fact says: when, by whom it is told, and in which words."""
        claims = [self._claims[id] for id in fact.claims if id in self._claims]
        articles = [self._articles[id] for id in sorted({claim.article for claim in claims})]
        return {
            "date": known_date(fact.date),
            "summary": _clean(self._sentence(fact), LONGEST_TEXT),
            "description": sorted({_clean(claim.quote, LONGEST_TEXT) for claim in claims}),
            "recordId": fact.id,
            "proof": [_id("article", article.id) for article in articles],
            "publisher": [_clean(article.publisher, LONGEST_STRING) for article in articles],
            "sourceUrl": [url for article in articles if (url := _url(article.url))],
        }

    def _sentence(self, fact: Fact) -> str:
        ends = (self._content.entities[key].label for key in (fact.subject, fact.object))
        words = f" {self._content.label(fact.relation)} ".join(ends)
        state = standing(fact)
        return words + (f" [{fact.date.edtf}]" if fact.date else "") + ("" if state == "actual" else f" ({state})")

    def _is(self, key: str, *types: EntityType) -> bool:
        return self._content.entities[key].type in types

    def _status(self, fact: Fact) -> str | None:
        state = standing(fact)
        return state if state != "actual" else "ended" if fact.ended else None

    def _occupancy(self, fact: Fact) -> bool:
        if not self._is(fact.subject, EntityType.PERSON):
            return False
        of = self._content.entities[fact.object]
        office = f"{fact.item or 'office'}, {of.label}"
        post = self._add(
            "position",
            content_id(fact.item, fact.object),
            "Position",
            {
                "name": _name(office),
                "country": self._country(of),
                "organization": None if of.type is EntityType.PLACE else _id("entity", of.key),
            },
        )
        status = self._status(fact)
        self._add(
            "fact",
            fact.id,
            "Occupancy",
            {**self._told(fact), "holder": _id("entity", fact.subject), "post": post, "status": status},
        )
        return True

    def _membership(self, fact: Fact) -> bool:
        if fact.subject == fact.object or any(self._is(key, EntityType.PLACE) for key in (fact.subject, fact.object)):
            return False
        if self._is(fact.object, EntityType.PERSON):
            return False
        ends = {"member": _id("entity", fact.subject), "organization": _id("entity", fact.object)}
        role = _clean(fact.item, LONGEST_STRING)
        self._add(
            "fact", fact.id, "Membership", {**self._told(fact), **ends, "role": role, "status": self._status(fact)}
        )
        return True

    def _sanction(self, fact: Fact) -> bool:
        authority = _clean(self._content.entities[fact.subject].label, LONGEST_STRING)
        reason = _clean(fact.item, LONGEST_TEXT)
        entity = _id("entity", fact.object)
        self._add(
            "fact",
            fact.id,
            "Sanction",
            {
                **self._told(fact),
                "entity": entity,
                "authority": authority,
                "provisions": _clean(reason, LONGEST_STRING),
                "status": self._status(fact),
            },
        )
        return True

    def _event(self, fact: Fact) -> None:
        told = self._told(fact)
        relation = self._content.relations.get(fact.relation)
        if relation is None or not relation.is_state:
            places = [key for key in (fact.subject, fact.object) if self._is(key, EntityType.PLACE)]
            if fact.place_entity is not None and fact.place_entity in self._content.entities:
                places.append(fact.place_entity)
            actors = [key for key in (fact.subject, fact.object) if not self._is(key, EntityType.PLACE)]
            addresses = [key for key in places if self._is(key, EntityType.PLACE)]
            event = {
                "name": _name(self._sentence(fact)),
                "involved": [_id("entity", key) for key in actors],
                "addressEntity": [_id("entity", key) for key in addresses],
                "location": _address(fact.place),
                "keywords": [fact.relation, *([relation.plover] if relation is not None and relation.plover else [])],
                "notes": _clean(fact.item, LONGEST_TEXT),
            }
            self._add("event", fact.id, "Event", {**told, **event})
        if fact.subject != fact.object:
            ends = {"subject": _id("entity", fact.subject), "object": _id("entity", fact.object)}
            role = _clean(self._content.label(fact.relation), LONGEST_STRING)
            self._add("fact", fact.id, "UnknownLink", {**told, **ends, "role": role, "status": self._status(fact)})


def _id(kind: str, key: str) -> str:
    return f"geograph-{kind}-{content_id(key)}"


def _clean(text: str | None, longest: int) -> str:
    """The text on one line as the model's own cleaning leaves it: composed, without what cannot be seen."""
    visible = _CONTROL.sub(" ", _INVISIBLE.sub("", text or ""))
    return " ".join(unicodedata.normalize("NFC", visible).split())[:longest].strip()


def _name(text: str) -> str:
    """A name as the model's own cleaning leaves it: without quotation marks around it."""
    clean = _clean(text, LONGEST_NAME)
    while quoted := _IN_QUOTES.fullmatch(clean):
        clean = quoted[1].strip()
    return clean


def _address(text: str | None) -> str | None:
    """The text where it reads as a place; the model would turn other signs than these into commas."""
    clean = _clean(text, LONGEST_ADDRESS)
    return clean if _PLACE.fullmatch(clean) else None


def _url(url: str | None) -> str | None:
    plain = url is not None and re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", url) is not None
    return url if plain and url is not None and len(url) <= LONGEST_URL else None
