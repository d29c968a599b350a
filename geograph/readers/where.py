"""Where an event happened, if the text says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from geograph.model import EntityType, Mention
from geograph.readers.clauses import bearer, climb, is_verb, keys
from geograph.readers.protocol import Frame, Reading

Words = Mapping[str, frozenset[str]]
_PLACES = frozenset({EntityType.PLACE, EntityType.COUNTRY})


def event_place(reading: Reading, frame: Frame, words: Words) -> tuple[str, str | None] | None:
    """The name of the place as the text has it and its entity's key; None where the text does not say.

    A phrase of place that belongs to the event counts ("in the coastal city of Wonsan"); so does the object itself where
    it is a place and the event happens at its object, as a visit does.
    """
    found = sorted(_candidates(reading, frame, words), key=lambda m: (m.type is EntityType.COUNTRY, m.sort_key))
    if found:
        return _label(found[0], reading), found[0].entity
    at_object = any(key in words.get("AT_OBJECT", ()) for token in frame.trigger for key in keys(token))
    if at_object and frame.object.type in _PLACES:
        return _label(frame.object, reading), frame.object.entity
    return None


def _label(mention: Mention, reading: Reading) -> str:
    entity = reading.entities.get(mention.entity or "")
    return entity.label if entity is not None else mention.text


def _candidates(reading: Reading, frame: Frame, words: Words) -> Iterator[Mention]:
    """The places in phrases of place that hang on the predicate, not across another clause."""
    carriers = {frame.predicate.i, *(token.i for token in frame.trigger)}
    if not is_verb(frame.predicate) and (verb := bearer(frame.predicate, words)) is not None:
        carriers.add(verb.i)
    for token in frame.predicate.sent:
        if token.dep_ == "prep" and token.lower_ in words.get("PLACE_PREPOSITION", ()) and token.i not in carriers:
            if _hangs_on(token, carriers):
                yield from _places(reading, token, words)


def _hangs_on(preposition: Token, carriers: set[int]) -> bool:
    for node in climb(preposition):
        if node.i in carriers:
            return True
        if is_verb(node):
            return False
    return False


def _places(reading: Reading, preposition: Token, words: Words) -> Iterator[Mention]:
    """The place that a preposition governs: its object, or the name after "the city of"."""
    for noun in preposition.children:
        if noun.dep_ != "pobj":
            continue
        for mention in reading.mentions_at(noun):
            if mention.type in _PLACES or (mention.type is EntityType.ORGANIZATION and noun.lemma_.lower() in words.get("SEAT", ())):
                yield mention
                break
        else:
            for child in noun.children:
                if child.dep_ == "prep" and child.lower_ == "of":
                    yield from _places(reading, child, words)
                elif child.dep_ == "appos":
                    yield from (m for m in reading.mentions_at(child)[:1] if m.type in _PLACES)
