"""Institutions with their country: "Russia's defence ministry" and "the Ministry of Defence of Russia" are one.

A body described by what it is ("defence ministry") gets its country into key and label; one with a name of its own
("Baltic Energy Forum") keeps its name. Without a country beside it, a ministry or parliament is that of the country
which the article is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geograph.entities.cast import Cast
from geograph.entities.names import Word, fold, slug
from geograph.entities.text import ReadText
from geograph.entities.titles import Actors
from geograph.model import Entity, EntityType, Mention, Span

_OWNER_REACH = 4
_SMALL = frozenset({"of", "and", "for", "the", "on", "in"})


def resolve(cast: Cast, mention: Mention, actors: Actors) -> str:
    """The key of the organisation that a mention names."""
    inside = _inside(cast, mention, actors)
    if inside is not None:
        return _national(cast, mention, *inside)
    if is_general(cast.read, cast.read.within(mention.span)):
        home = cast.home
        if home is not None:
            return _described(cast, home, _canonical(cast.read, list(cast.read.within(mention.span))), mention.text)
    return cast.local(EntityType.ORGANIZATION, mention.text, _owner(cast, mention, actors))


def _owner(cast: Cast, mention: Mention, actors: Actors) -> str | None:
    """The country beside a name: "Japan's X", "the Swedish carmaker X", "Oslo-based X", "X, a Swedish carmaker"."""
    read = cast.read
    i = read.index(mention.span.start) - 1
    edge = mention.span.start
    links = {" "}
    for word in reversed(read.words[max(0, i - _OWNER_REACH) : i + 1]):
        between = read.gap(word.end, edge)
        if between not in links:
            break
        span = actors.ends.get(word.end)
        if span is not None:
            owns = between != " " or (word.capital and _is_adjective(read, span))
            return cast.country_of(actors.spans[span]) if owns else None
        noun = not word.capital and read.token(word.start).pos_ in ("NOUN", "ADJ")
        if word.key not in ("s", "the", "based") and not noun:
            break
        links = {"s": {"'", "’"}, "based": {"-"}}.get(word.key, {" "})
        edge = word.start
    return _owner_after(cast, mention, actors)


def _owner_after(cast: Cast, mention: Mention, actors: Actors) -> str | None:
    read = cast.read
    i = read.index(mention.span.end)
    if i + 1 >= len(read.words) or read.gap(mention.span.end, read.words[i].start) != ", ":
        return None
    span = actors.starts.get(read.words[i + 1].start) if read.words[i].key in ("a", "an", "the") else None
    return cast.country_of(actors.spans[span]) if span is not None and _is_adjective(read, span) else None


def _is_adjective(read: ReadText, span: Span) -> bool:
    return any(sense.role == "demonym" for sense in read.gazetteer.senses(span.of(read.text)))


def group(cast: Cast, mention: Mention, actors: Actors) -> str:
    """The key of a group described, not named: "Iraqi militias", "the pro-democracy camp" of the country at hand."""
    inside = _inside(cast, mention, actors)
    if inside is not None and cast.entities[inside[1]].type is EntityType.COUNTRY:
        rest = mention.text[inside[0].end - mention.span.start :].removeprefix("'s").removeprefix("’s").strip()
        adjective = cast.read.gazetteer.adjectives.get(inside[1], cast.entities[inside[1]].label)
        return cast.local(EntityType.GROUP, f"{adjective} {rest}", inside[1])
    return cast.local(EntityType.GROUP, mention.text, cast.home)


def endings(read: ReadText, mention: Mention) -> Iterator[tuple[str, ...]]:
    """The short ways to say an institution again: "Supreme Court" for "Peru's Supreme Court"."""
    name = read.within(mention.span) if mention.type is EntityType.ORGANIZATION else ()
    for start in range(1, len(name)):
        if is_general(read, name[start:]):
            yield tuple(word.key for word in name[start:])


def is_general(read: ReadText, name: Sequence[Word]) -> bool:
    """Whether a name only says what kind of body it is: "Supreme Court", "Ministry of Energy", "Parliament"."""
    known = read.gazetteer.words["GENERAL_BODY"]
    plain = " ".join(word.key for word in name)
    return plain in known or any(word.key in ("ministry", "ministries") for word in name)


def _inside(cast: Cast, mention: Mention, actors: Actors) -> tuple[Span, str] | None:
    """The country or place at the beginning or end of the mention, with its key."""
    for span in (actors.starts.get(mention.span.start), actors.ends.get(mention.span.end)):
        if span is not None and span != mention.span and mention.span.covers(span):
            return span, actors.spans[span]
    read = cast.read
    among = read.within(mention.span)
    for match in read.gazetteer.index.matches(read.text, among):
        if match.first == 0 or match.last == len(among) - 1:
            known = [
                sense.key
                for sense in match.senses
                if read.gazetteer.entities[sense.key].type is EntityType.COUNTRY and sense.role != "seat"
            ]
            if known and len(among) > match.last - match.first + 1:
                return Span(among[match.first].start, among[match.last].end), cast.known(known[0])
    return None


def _national(cast: Cast, mention: Mention, span: Span, owner: str) -> str:
    read = cast.read
    country = cast.country_of(owner)
    inner = [w for w in read.within(mention.span) if not span.start <= w.start < span.end]
    while inner and (inner[-1].key in _SMALL or inner[0].key in ("s", "the")):
        inner = inner[:-1] if inner[-1].key in _SMALL else inner[1:]
    possessive = any(word.key == "s" for word in read.within(mention.span)) or any(
        not w.capital and w.key not in _SMALL for w in inner
    )
    if not inner or not (possessive or is_general(read, inner) or _ends_as_body(read, inner, span, mention)):
        label = mention.text
        alone = read.text[inner[0].start : inner[-1].end] if inner else label
        for form in (label, alone):
            known = read.gazetteer.named(form, "name")
            if known is not None and known.type is EntityType.ORGANIZATION and known.country in (country, None):
                return cast.known(known.key)
        return cast.add(Entity(f"organization.{slug(label)}", EntityType.ORGANIZATION, label, country))
    return _described(cast, owner, _canonical(read, inner), mention.text)


def _ends_as_body(read: ReadText, inner: Sequence[Word], span: Span, mention: Mention) -> bool:
    """Whether the country stands before a plain body: "Turkish Foreign Ministry", not "Turkish Airlines"."""
    return span.start == mention.span.start and inner[-1].key in read.gazetteer.words["STATE_BODY"]


def _described(cast: Cast, owner: str, name: str, text: str) -> str:
    """The key of the body called `name` of a country or place."""
    gazetteer = cast.read.gazetteer
    entity = gazetteer.entities.get(owner) or cast.entities[owner]
    country = entity.country
    adjective = gazetteer.adjectives.get(owner, entity.label) if entity.type is EntityType.COUNTRY else entity.label
    label = f"{adjective} {name}"
    for form in (label, text, f"{entity.label} {name}", name):
        for sense in gazetteer.senses(form):
            known = gazetteer.entities[sense.key]
            if known.type is EntityType.ORGANIZATION and known.country == country and country is not None:
                return cast.known(known.key)
    if fold(name) in gazetteer.words["TOP_COURT"]:
        courts = [
            key
            for key, kinds in gazetteer.kinds.items()
            if "court" in kinds and gazetteer.entities[key].country == country
        ]
        if len(courts) == 1 and country is not None:
            return cast.known(courts[0])
    return cast.add(Entity(f"organization.{slug(label)}", EntityType.ORGANIZATION, label, country))


def _canonical(read: ReadText, inner: list[Word]) -> str:
    """The body's own name with its portfolio in one form ("Ministry of Foreign Affairs" -> "Foreign Ministry")."""
    plain = [word.key for word in inner]
    if "ministry" in plain:
        rest = [
            w
            for i, w in enumerate(plain)
            if w != "ministry" and not (w in ("of", "for") and i and plain[i - 1] == "ministry")
        ]
        portfolio = " ".join(rest).removeprefix("the ")
        for name, members in read.gazetteer.words.items():
            if name.startswith("PORTFOLIO_") and portfolio in members:
                return f"{name.removeprefix('PORTFOLIO_')} Ministry"
        if plain[-1] == "ministry":
            return " ".join(word.text.capitalize() if word.key not in _SMALL else word.key for word in inner)
    if len(inner) == 1:
        return inner[0].text.capitalize()
    return " ".join(word.text for word in inner)
