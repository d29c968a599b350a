"""Mentions by name -> entities: countries, organisations, groups and places; persons come after them."""

from __future__ import annotations

from collections.abc import Sequence

from geograph.entities import institutions, metonyms
from geograph.entities.cast import Cast
from geograph.entities.names import Sense, keys
from geograph.model import Entity, EntityType, Mention, Span, Via

_BODIES = (EntityType.ORGANIZATION, EntityType.GROUP)


def count_countries(cast: Cast, mentions: Sequence[Mention]) -> None:
    """Note which countries the article speaks of, so that names can be read in their light."""
    for mention in mentions:
        if mention.via in (Via.NAME, Via.DEMONYM):
            found = {cast.read.gazetteer.entities[sense.key].country for sense in cast.read.gazetteer.senses(mention.text)}
            if len(found) == 1:
                cast.countries.update(country for country in found if country)


def by_name(cast: Cast, mentions: Sequence[Mention]) -> dict[Mention, tuple[str, Via]]:
    """Entity key and kind of wording of the names and demonyms of everything but persons."""
    found: dict[Mention, tuple[str, Via]] = {}
    wholes: list[Mention] = []
    for mention in mentions:
        if mention.type is EntityType.PERSON or mention.via not in (Via.NAME, Via.DEMONYM):
            continue
        linked = _known(cast, mention)
        if linked is not None:
            found[mention] = linked
        elif mention.via is Via.NAME:
            wholes.append(mention)
    spans = {m.span: (m, key) for m, (key, _) in found.items()}
    for mention in wholes:
        key = _unknown(cast, mention, spans)
        if key is not None:
            found[mention] = (key, Via.NAME)
    return found


def _known(cast: Cast, mention: Mention) -> tuple[str, Via] | None:
    gazetteer = cast.read.gazetteer
    senses = gazetteer.senses(mention.text)
    seats = [sense for sense in senses if sense.role == "seat"]
    others = [sense for sense in senses if sense.role != "seat"]
    if seats and not others:
        return _seat(cast, mention, seats)
    demonyms = [sense for sense in others if sense.role != "name"]
    wanted = demonyms if mention.via is Via.DEMONYM else others
    keys_found = list(dict.fromkeys(sense.key for sense in wanted or others))
    if len(keys_found) > 1:
        near = [key for key in keys_found if gazetteer.entities[key].country in cast.countries]
        keys_found = near or keys_found
    if not keys_found or (len(keys_found) > 1 and gazetteer.entities[keys_found[0]].type in _BODIES):
        return None
    return cast.known(keys_found[0]), mention.via


def _seat(cast: Cast, mention: Mention, seats: Sequence[Sense]) -> tuple[str, Via] | None:
    gazetteer = cast.read.gazetteer
    city = gazetteer.cities.find(mention.text, near=[sense.key for sense in seats]) if mention.text else None
    if city is None or metonyms.is_government(cast.read, mention):
        return cast.known(seats[0].key), Via.METONYM
    return cast.add(city), Via.NAME


def _unknown(cast: Cast, mention: Mention, spans: dict[Span, tuple[Mention, str]]) -> str | None:
    if mention.type is EntityType.ORGANIZATION:
        for span, (actor, key) in sorted(spans.items()):
            inside = mention.span.covers(span) and span != mention.span
            if inside and actor.type in (EntityType.COUNTRY, EntityType.PLACE) and (
                span.start == mention.span.start or span.end == mention.span.end
            ):
                return institutions.resolve(cast, mention, actor, key)
        return cast.local(EntityType.ORGANIZATION, mention.text)
    if mention.type is EntityType.PLACE:
        return _place(cast, mention)
    if mention.type is EntityType.GROUP:
        return cast.local(EntityType.GROUP, mention.text)
    return None


def _place(cast: Cast, mention: Mention) -> str:
    cities = cast.read.gazetteer.cities
    near = [country for country, _ in sorted(cast.countries.items(), key=lambda item: (-item[1], item[0]))]
    city = cities.find(mention.text, near, other_names=True)
    if city is not None:
        return cast.add(city)
    words = cast.read.within(mention.span)
    country = None
    if len(words) > 1 and cast.read.is_in(words[-1], "REGION_NOUN"):
        stem = mention.text[: words[-2].end - mention.span.start]
        for form in (stem, f"{stem} region", f"{stem} Oblast", f"{stem} Province"):
            region = cast.read.gazetteer.named(form, "name")
            if region is not None and region.type is EntityType.PLACE:
                return cast.known(region.key)
        city = cities.find(stem, near)
        country = city.country if city else None
    return cast.add(Entity(f"place.{institutions.slug(mention.text)}", EntityType.PLACE, mention.text, country))


def same_name(left: str, right: str) -> bool:
    """Whether two names are the same but for case, accents and dots."""
    return keys(left) == keys(right)
