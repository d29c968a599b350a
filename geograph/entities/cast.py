"""Who takes part in an article: the entities found so far and what is known of persons from their titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from geograph.entities.names import slug
from geograph.entities.text import ReadText
from geograph.model import Article, Entity, EntityType

_PREFIX = {kind: f"{kind.value.lower()}." for kind in EntityType}


@dataclass
class Cast:
    """The entities of one article by key. Filled step by step while an article is resolved, then given away."""

    article: Article
    read: ReadText
    entities: dict[str, Entity] = field(default_factory=dict)
    countries: Counter[str] = field(default_factory=Counter)
    genders: dict[str, str] = field(default_factory=dict)
    titles: dict[str, set[frozenset[str]]] = field(default_factory=dict)
    serves: dict[str, str] = field(default_factory=dict)

    @property
    def home(self) -> str | None:
        """The country that the article is about, where one is spoken of far more than any other."""
        ranked = sorted(self.countries.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
            return None
        return ranked[0][0] if ranked[0][1] > 1 else None

    def ranked_countries(self) -> list[str]:
        """The countries that the article speaks of, the most frequent first."""
        return [country for country, _ in sorted(self.countries.items(), key=lambda item: (-item[1], item[0]))]

    def is_in_view(self, country: str | None) -> bool:
        """Whether a country is among the three that the article speaks of most, so that a local name can be meant."""
        return country in self.ranked_countries()[:3]

    def known(self, key: str) -> str:
        """The key of a gazetteer entity, which now takes part."""
        self.entities.setdefault(key, self.read.gazetteer.entities[key])
        return key

    def add(self, entity: Entity) -> str:
        """The key of an entity, which now takes part."""
        self.entities.setdefault(entity.key, entity)
        return entity.key

    def local(self, kind: EntityType, label: str, country: str | None = None) -> str:
        """The key of an entity that the gazetteer does not know."""
        return self.add(Entity(key=_PREFIX[kind] + slug(label), type=kind, label=label, country=country))

    def title_words(self, key: str) -> set[str]:
        """All words of the titles by which a person is called."""
        return {word for phrase in self.titles.get(key, ()) for word in phrase}

    def holds(self, key: str, office: str, marks: set[str]) -> bool:
        """Whether a person is called by an office with just these marks: the vice-president is not "the president".

        `marks` are the other words of the phrase ("foreign", "deputy", "former").
        """
        words = self.read.gazetteer.words
        telling = words["PORTFOLIO"] | words["LESSER_RANK"]
        if not marks & telling:
            return any(office in phrase and not phrase & words["NEVER_BARE"] for phrase in self.titles.get(key, ()))
        lesser = words["LESSER_RANK"]
        return any(
            office in phrase
            and (
                (phrase & telling) == (marks & telling)
                or (marks <= phrase and phrase & lesser == marks & lesser != set())
            )
            for phrase in self.titles.get(key, ())
        )

    def country_of(self, key: str) -> str | None:
        """The country of an entity that takes part."""
        entity = self.entities.get(key) or self.read.gazetteer.entities.get(key)
        return entity.country if entity else None

    def nation(self, country: str | None) -> str | None:
        """The key of a country by its code, which now takes part; None for no country."""
        return self.known(country) if country in self.read.gazetteer.entities and country is not None else None

    def belongs(self, key: str, country: str | None) -> None:
        """Note the country of a person of whom nothing else tells it."""
        entity = self.entities[key]
        if entity.country is None and country is not None and key not in self.read.gazetteer.entities:
            self.entities[key] = replace(entity, country=country)

    def complete(self, used: Iterable[str]) -> dict[str, Entity]:
        """The entities with the keys `used` and the country entities of those, sorted by key."""
        kept = {key: self.entities[key] for key in used}
        for entity in list(kept.values()):
            if entity.country and entity.country in self.read.gazetteer.entities:
                kept.setdefault(entity.country, self.read.gazetteer.entities[entity.country])
        return dict(sorted(kept.items()))
