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
    titles: dict[str, set[str]] = field(default_factory=dict)

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

    def change(self, key: str, **values: str | None) -> None:
        """Put what was learnt of an entity into it."""
        self.entities[key] = replace(self.entities[key], **values)  # type: ignore[arg-type]

    def country_of(self, key: str) -> str | None:
        """The country of an entity that takes part."""
        entity = self.entities.get(key) or self.read.gazetteer.entities.get(key)
        return entity.country if entity else None

    def complete(self, used: Iterable[str]) -> dict[str, Entity]:
        """The entities with the keys `used` and the country entities of those, sorted by key."""
        kept = {key: self.entities[key] for key in used}
        for entity in list(kept.values()):
            if entity.country and entity.country in self.read.gazetteer.entities:
                kept.setdefault(entity.country, self.read.gazetteer.entities[entity.country])
        return dict(sorted(kept.items()))
