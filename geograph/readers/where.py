"""Where an event happened, if the text says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from geograph.model import EntityType, Mention, Via
from geograph.readers.carriers import Carriers, carriers, is_in, is_setting, path_up
from geograph.readers.protocol import Frame, Reading

Words = Mapping[str, frozenset[str]]
_PLACES = frozenset({EntityType.PLACE, EntityType.COUNTRY})


def event_place(reading: Reading, frame: Frame, words: Words) -> tuple[str, str | None] | None:
    """The name of the place as the text has it and its entity's key; None where the text does not say.

    A phrase of place that belongs to the event counts ("in the coastal city of Wonsan"); so does the object itself
    where it is a place and the event happens at its object, as a visit does.
    """
    event = carriers(frame, words)
    found = min(
        _candidates(reading, frame, event, words),
        key=lambda m: (m.type is EntityType.COUNTRY, m.sort_key),
        default=None,
    )
    if found is None and frame.object.type in _PLACES:
        here = (token for token in frame.predicate.sent if event.holds(token))
        found = frame.object if any(is_in(token, "AT_OBJECT", words) for token in here) else None
    return (_name(found, reading), found.entity) if found is not None else None


def _name(mention: Mention, reading: Reading) -> str:
    """The mention's own words where they are a name, else the label of what it refers to."""
    entity = reading.entities.get(mention.entity or "")
    return mention.text if mention.via is Via.NAME or entity is None else entity.label


def _candidates(reading: Reading, frame: Frame, event: Carriers, words: Words) -> Iterator[Mention]:
    """The places in phrases of place that hang on the event itself or on its setting ("at a summit in Lima")."""
    # "met Orlova in Lima" may hang on her name; "wrote to the embassy in Lima" says where the embassy is.
    people = [m for m in (frame.subject, frame.object) if m.type is EntityType.PERSON or m.via is Via.NAME]
    ends = [span for m in people if m.type is not EntityType.ORGANIZATION and (span := reading.tokens(m.span))]
    passable = {span.root.i for span in ends}
    for token in frame.predicate.sent:
        if token.dep_ != "prep" or event.holds(token) or not is_in(token, "PLACE_PREPOSITION", words):
            continue
        nouns = path_up(token, event, words)
        if nouns is not None and all(_passes(noun, passable, words) for noun in nouns):
            yield from _places(reading, token, words)


def _passes(noun: Token, passable: set[int], words: Words) -> bool:
    """Whether a place may hang on a noun and still be the event's: on its ends, its setting, an adverbial."""
    return noun.i in passable or noun.dep_ == "npadvmod" or is_setting(noun, words)


def _places(reading: Reading, preposition: Token, words: Words) -> Iterator[Mention]:
    """The place that a preposition governs: its object, or the name after "the city of"."""
    for noun in preposition.children:
        if noun.dep_ != "pobj":
            continue
        place = next((m for m in reading.mentions_at(noun) if _is_place(m, noun, words)), None)
        if place is not None:
            yield place
            continue
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                yield from _places(reading, child, words)
            elif child.dep_ == "appos":
                yield from (m for m in reading.mentions_at(child)[:1] if m.type in _PLACES)


def _is_place(mention: Mention, noun: Token, words: Words) -> bool:
    return mention.type in _PLACES or (mention.type is EntityType.ORGANIZATION and is_in(noun, "SEAT", words))
