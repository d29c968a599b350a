"""Institutions with their country: "Russia's defence ministry" and "the Ministry of Defence of Russia" are one."""

from __future__ import annotations

from geograph.entities.cast import Cast
from geograph.entities.names import Word, slug
from geograph.entities.text import ReadText
from geograph.model import Entity, EntityType, Mention

_SMALL = frozenset({"of", "and", "for", "the", "on", "in"})


def resolve(cast: Cast, mention: Mention, actor: Mention, actor_key: str) -> str:
    """The key of the institution that a mention names, whose country is that of the actor inside the mention."""
    read = cast.read
    country = cast.country_of(actor_key)
    inner = [w for w in read.within(mention.span) if not (actor.span.start <= w.start < actor.span.end)]
    while inner and (inner[-1].key in _SMALL or inner[0].key in ("s", "the")):
        inner = inner[:-1] if inner[-1].key in _SMALL else inner[1:]
    name = _canonical(read, inner)
    owner = _adjective(cast, actor, actor_key)
    label = f"{owner} {name}"
    for form in (label, mention.text, f"{owner} {' '.join(w.text for w in inner)}", " ".join(w.text for w in inner)):
        known = read.gazetteer.named(form, "name")
        if known is not None and known.type is EntityType.ORGANIZATION and known.country == country:
            return cast.known(known.key)
    return cast.add(Entity(f"organization.{slug(label)}", EntityType.ORGANIZATION, label, country))


def _adjective(cast: Cast, actor: Mention, actor_key: str) -> str:
    """The country's adjective if it has one, else its name: the same word however the text says it."""
    entity = cast.entities[actor_key]
    if entity.type is not EntityType.COUNTRY:
        return entity.label
    return cast.read.gazetteer.adjectives.get(actor_key, entity.label)


def _canonical(read: ReadText, inner: list[Word]) -> str:
    """The institution's own name with its portfolio in one form ("Ministry of Foreign Affairs" -> "Foreign Ministry")."""
    plain = [word.key for word in inner]
    for kind in ("ministry", "department"):
        if kind in plain:
            rest = " ".join(w for i, w in enumerate(plain) if w != kind and not (w == "of" and i and plain[i - 1] == kind))
            rest = rest.removeprefix("the ")
            for name, members in read.gazetteer.words.items():
                if name.startswith("PORTFOLIO_") and rest in members:
                    return f"{name.removeprefix('PORTFOLIO_')} {kind.capitalize()}"
            if plain[-1] == kind:
                return " ".join(word.text.capitalize() if word.key not in _SMALL else word.key for word in inner)
    return " ".join(word.text for word in inner)
