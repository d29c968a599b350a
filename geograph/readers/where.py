"""Where an event happened, if the text says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from geograph.model import EntityType, Mention, Via
from geograph.readers.carriers import Carriers, carriers, is_setting, path_up
from geograph.readers.clauses import climb, is_in, is_verb
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
        (m for m in _candidates(reading, frame, event, words) if m.span != frame.object.span),
        key=lambda m: (m.type is EntityType.COUNTRY, m.sort_key),
        default=None,
    )
    if found is None and frame.object.type in _PLACES:
        here = {token for token in (frame.predicate, *frame.trigger) if event.holds(token)}
        found = frame.object if any(is_in(token, "AT_OBJECT", words) for token in here) else None
    return (_name(found, reading), found.entity) if found is not None else None


def _name(mention: Mention, reading: Reading) -> str:
    """The mention's own words where they are a name, else the label of what it refers to."""
    entity = reading.entities.get(mention.entity or "")
    return mention.text if mention.via is Via.NAME or entity is None else entity.label


def _candidates(reading: Reading, frame: Frame, event: Carriers, words: Words) -> Iterator[Mention]:
    """The places in phrases of place that hang on the event itself or on its setting ("at a summit in Lima")."""
    passable = {end.i for mention in (frame.subject, frame.object) if (end := _passable_end(mention, reading))}
    yield from _antecedents(reading, frame.predicate, words)
    for token in frame.predicate.sent:
        if token.dep_ != "prep" or event.holds(token) or not is_in(token, "PLACE_PREPOSITION", words):
            continue
        nouns = path_up(token, event, words)
        if nouns is not None and all(_passes(noun, passable, words) for noun in nouns):
            yield from _places(reading, token, words)


def _passable_end(mention: Mention, reading: Reading) -> Token | None:
    """The head of a subject or object on which the event's place may hang.

    "met Orlova in Lima" and "killed by its forces in Lima" say where it happened; "wrote to the embassy in Lima" and
    "supports its forces in Lima" say where these are.
    """
    span = reading.tokens(mention.span)
    if span is None or mention.type is EntityType.ORGANIZATION:
        return None
    stands = mention.type is EntityType.PERSON or mention.via is Via.NAME or span.root.head.dep_ == "agent"
    return span.root if stands else None


def _antecedents(reading: Reading, predicate: Token, words: Words) -> Iterator[Mention]:
    """The place that a clause with "where" belongs to: "in the city of Lima, where she met him"."""
    if predicate.dep_ != "relcl" or not any(child.lower_ == "where" for child in predicate.children):
        return
    for node in climb(predicate.head):
        found = [m for m in reading.mentions_at(node) if m.type in _PLACES]
        if not found and is_verb(node):
            places = [child for child in node.children if is_in(child, "PLACE_PREPOSITION", words)]
            found = [mention for child in places for mention in _places(reading, child, words)]
        elif not found:
            found = [
                mention for child in node.children if child.lower_ == "of" for mention in _places(reading, child, words)
            ]
        yield from found
        if found or is_verb(node):
            return


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
