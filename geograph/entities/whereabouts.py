"""Names of places -> cities, regions and other places, in the light of the countries that the article speaks of."""

from __future__ import annotations

from geograph.entities.cast import Cast
from geograph.entities.names import slug
from geograph.entities.titles import Actors
from geograph.model import Entity, EntityType, Mention, Span


def resolve(cast: Cast, mention: Mention, actors: Actors) -> str:
    """The key of the place that a mention names: a city, a region, else a place of the article's own."""
    read = cast.read
    country = _stated_country(cast, mention, actors)
    near = [country] if country else cast.ranked_countries()
    city = read.gazetteer.cities.find(mention.text, near, other_names=True)
    if city is not None and (country is None or city.country == country):
        return cast.add(city)
    words = read.within(mention.span)
    if len(words) > 1 and read.is_in(words[-1], "REGION_NOUN"):
        stem = mention.text[: words[-2].end - mention.span.start]
        region = _region(cast, stem)
        if region is not None:
            return cast.known(region.key)
        beside = read.gazetteer.cities.find(stem, near)
        country = country or (beside.country if beside and (not near or beside.country in near) else None)
    return cast.add(Entity(f"place.{slug(mention.text)}", EntityType.PLACE, mention.text, country))


def same_city(cast: Cast, region: Entity) -> Entity | None:
    """The city that has the name of a region of the same country, which news means by the bare name ("Geneva")."""
    if not region.key[-1].islower() or "." not in region.key:
        return None
    city = cast.read.gazetteer.cities.find(region.label, [region.country] if region.country else ())
    return city if city is not None and city.country == region.country else None


def _region(cast: Cast, stem: str) -> Entity | None:
    for form in (f"{stem} region", f"{stem} Oblast", f"{stem} Province", stem):
        found = cast.read.gazetteer.named(form, "name")
        if found is not None and found.type is EntityType.PLACE:
            return found
    return None


def _stated_country(cast: Cast, mention: Mention, actors: Actors) -> str | None:
    """The country beside a place: "Wels, Austria", "Norway's Bodin region", "the Polish town of Ruda"."""
    read = cast.read

    def country(span: Span | None) -> str | None:
        key = actors.spans[span] if span is not None else None
        return key if key is not None and cast.entities[key].type is EntityType.COUNTRY else None

    after = read.after(mention.span)
    if after is not None and read.gap(mention.span.end, after.start) in (", ", " in "):
        following = country(actors.starts.get(after.start))
        if following is not None:
            return following
    i = read.index(mention.span.start) - 1
    for word in reversed(read.words[max(0, i - 4) : i + 1]):
        owner = country(actors.ends.get(word.end))
        if owner is not None:
            return owner
        adjective = read.token(word.start).pos_ == "ADJ"
        if not (word.key in ("s", "of", "the") or read.is_in(word, "TOWN_NOUN") or adjective):
            break
    return None
