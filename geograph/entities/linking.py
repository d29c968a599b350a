"""Mentions by name -> entities: countries, organisations, groups and places; persons come after them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from geograph.entities import acronyms, bodies, institutions, metonyms, namesakes, whereabouts
from geograph.entities.cast import Cast
from geograph.entities.names import Sense, keys
from geograph.entities.titles import Actors
from geograph.model import EntityType, Mention, Via


def count_countries(cast: Cast, mentions: Sequence[Mention]) -> None:
    """Note how often the article speaks of each country, so that names can be read in this light."""
    for mention in mentions:
        if mention.via in (Via.NAME, Via.DEMONYM):
            senses = [sense for sense in cast.read.gazetteer.senses(mention.text) if sense.role != "localName"]
            found = {cast.read.gazetteer.entities[sense.key].country for sense in senses}
            if len(found) == 1:
                cast.countries.update(country for country in found if country)


def by_name(cast: Cast, mentions: Sequence[Mention]) -> dict[Mention, tuple[str, Via]]:
    """Entity key and kind of wording of the names and demonyms of everything but persons."""
    found: dict[Mention, tuple[str, Via]] = {}
    unknown: list[Mention] = []
    states = namesakes.states(cast.read, mentions)
    for mention in mentions:
        if mention.type is EntityType.PERSON or mention.via not in (Via.NAME, Via.DEMONYM):
            continue
        linked = None if _is_local(cast, mention) else _known(cast, mention)
        if linked is not None and linked[0] in states:
            linked = cast.add(states[linked[0]]), Via.NAME
        if linked is not None:
            found[mention] = linked
        elif mention.via is Via.NAME:
            unknown.append(mention)
    introduced = _acronyms(cast, found)
    grounds = (EntityType.COUNTRY, EntityType.PLACE)
    actors = Actors({m.span: key for m, (key, _) in found.items() if cast.entities[key].type in grounds})
    longer: dict[str, set[str]] = {}
    for mention, (key, _) in found.items():
        bodies.note_long_form(longer, mention, key)
    settled: dict[tuple[str, ...], str] = {}
    for mention in sorted(unknown, key=lambda m: (-len(m.text), m.sort_key)):
        name = (mention.type, *keys(mention.text))
        known = introduced.get(mention.text) or settled.get(name) or _of_article(cast, mention, longer)
        key = known or _unknown(cast, mention, actors)
        settled[name] = key
        found[mention] = (key, Via.NAME)
        if known is None:
            introduced.update(_acronyms(cast, {mention: (key, Via.NAME)}))
            bodies.note_long_form(longer, mention, key)
            for ending in institutions.endings(cast.read, mention):
                settled.setdefault((mention.type, *ending), key)
    for mention, (key, via) in found.items():
        if mention.text in introduced and key != introduced[mention.text] and via is Via.NAME:
            found[mention] = (introduced[mention.text], via)
    _note_metonyms(cast, found)
    return found


def _of_article(cast: Cast, mention: Mention, longer: Mapping[str, set[str]]) -> str | None:
    """The key of what only this article can mean by a name: a local name, the beginning of a longer one."""
    local = _known(cast, mention) if _is_local(cast, mention) else None
    if local is not None:
        return local[0]
    return bodies.long_form(longer, mention) or bodies.called(cast.read, mention, cast.entities.values())


def _note_metonyms(cast: Cast, found: Mapping[Mention, tuple[str, Via]]) -> None:
    """Note the rule by which those entities were found that the article never names but by their seats."""
    named = {key for key, via in found.values() if via is not Via.METONYM}
    for key, via in found.values():
        if via is Via.METONYM and key not in named:
            cast.entities[key] = replace(cast.entities[key], rule=metonyms.RULE)


def _is_local(cast: Cast, mention: Mention) -> bool:
    """Whether a name means something only in the light of the article ("Supreme Court")."""
    senses = cast.read.gazetteer.senses(mention.text)
    return bool(senses) and all(sense.role == "localName" for sense in senses)


def _known(cast: Cast, mention: Mention) -> tuple[str, Via] | None:
    gazetteer = cast.read.gazetteer
    senses = [
        sense for sense in gazetteer.senses(mention.text) if gazetteer.entities[sense.key].type is not EntityType.PERSON
    ]
    if senses and all(sense.role == "seat" for sense in senses):
        return _seat(cast, mention, senses)
    demonyms = [sense for sense in senses if sense.role in ("demonym", "people")]
    wanted = demonyms if mention.via is Via.DEMONYM else [sense for sense in senses if sense.role == "name"]
    found = list(dict.fromkeys(sense.key for sense in wanted))
    if not found:
        local = (sense.key for sense in senses if sense.role == "localName")
        found = [key for key in dict.fromkeys(local) if cast.is_in_view(gazetteer.entities[key].country)]
    if len(found) > 1:
        found = [key for key in found if gazetteer.entities[key].country in cast.countries]
    if len(found) != 1:
        return None
    known = gazetteer.entities[found[0]]
    if known.type is EntityType.PLACE and (city := whereabouts.same_city(cast, known)) is not None:
        return cast.add(city), mention.via
    return cast.known(found[0]), mention.via


def _seat(cast: Cast, mention: Mention, seats: Sequence[Sense]) -> tuple[str, Via] | None:
    country = cast.read.gazetteer.entities[seats[0].key].country
    city = cast.read.gazetteer.cities.find(mention.text, near=[country] if country else ())
    if city is None or metonyms.is_government(cast.read, mention):
        return cast.known(seats[0].key), Via.METONYM
    return cast.add(city), Via.NAME


def _unknown(cast: Cast, mention: Mention, actors: Actors) -> str:
    match mention.type:
        case EntityType.ORGANIZATION:
            return institutions.resolve(cast, mention, actors)
        case EntityType.PLACE:
            return whereabouts.resolve(cast, mention, actors)
        case EntityType.GROUP:
            return institutions.group(cast, mention, actors)
    return cast.local(mention.type, mention.text)


def _acronyms(cast: Cast, found: Mapping[Mention, tuple[str, Via]]) -> dict[str, str]:
    """What the acronyms stand for that the article introduces."""
    introduced: dict[str, str] = {}
    for mention, (key, via) in sorted(found.items(), key=lambda item: item[0].sort_key):
        for word in acronyms.introduced(cast.read, mention) if via is Via.NAME else ():
            introduced.setdefault(word.text, key)
    return introduced
