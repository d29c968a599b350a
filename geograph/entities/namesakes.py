"""Names of countries that states of the United States bear too: "the governor of Georgia", "Atlanta, Georgia"."""

from __future__ import annotations

from collections.abc import Iterable

from geograph.entities.names import Word, slug
from geograph.entities.text import ReadText
from geograph.model import Entity, EntityType, Mention, Span

_OWNER = "USA"


def states(read: ReadText, mentions: Iterable[Mention]) -> dict[str, Entity]:
    """The states meant by names of countries in this article, by the key of the country.

    A state is meant where an office of one, another state or one of its cities stands beside the name, and nothing
    else in the article ("Georgian", "Tbilisi") speaks of the country.
    """
    shared = read.gazetteer.words["STATE_NAMESAKE"]
    here = [m for m in mentions if m.type is not EntityType.PERSON]
    found: dict[str, Entity] = {}
    for mention in here:
        if mention.text.casefold() not in shared:
            continue
        senses = read.gazetteer.senses(mention.text)
        country = senses[0].key if senses else ""
        others = (m for m in here if m.text != mention.text)
        speaks = any(sense.key == country for other in others for sense in read.gazetteer.senses(other.text))
        if country and not speaks and _is_state(read, mention):
            found[country] = Entity(f"{slug(mention.text)}.us", EntityType.PLACE, mention.text, _OWNER)
    return found


def _is_state(read: ReadText, mention: Mention) -> bool:
    before, after = read.before(mention.span), read.after(mention.span)
    if after is not None and after.key == "s":
        after = read.after(Span(after.start, after.end))
    if after is not None and _is_office(read, after):
        return True
    if (
        after is not None
        and read.gap(mention.span.end, after.start) in (", ", " ")
        and _beside(read, after, after=True)
    ):
        return True
    if before is None:
        return False
    if before.key in ("of", "from", "in"):
        head = read.before(Span(before.start, before.end))
        return head is not None and _is_office(read, head)
    return _beside(read, before, after=False)


def _is_office(read: ReadText, word: Word) -> bool:
    return read.is_in(word, "STATE_OFFICE")


def _beside(read: ReadText, word: Word, *, after: bool) -> bool:
    """Whether a state or a city of the United States stands next to the name, over a comma or "and"."""
    if word.key in ("and", "or"):
        span = Span(word.start, word.end)
        word = (read.after(span) if after else read.before(span)) or word
    senses = read.gazetteer.senses(word.text)
    if senses:
        return all(read.gazetteer.entities[sense.key].country == _OWNER for sense in senses if sense.role == "name")
    city = read.gazetteer.cities.find(word.text) if word.capital and not after else None
    return city is not None and city.country == _OWNER
