"""Where an event happened, if the text says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from geograph.model import EntityType, Mention, Via
from geograph.readers.carriers import Carriers, carriers, is_setting, path_up
from geograph.readers.clauses import climb, is_in, is_infinitive, is_verb
from geograph.readers.protocol import Frame, Reading
from geograph.syntax import Doc, Token

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
        at_object = frame.relation in words.get("AT_OBJECT_RELATION", frozenset())
        at_object = at_object or any(is_in(token, "AT_OBJECT", words) for token in here)
        found = frame.object if at_object and not _is_owner(frame.object, reading, words) else None
    return (_name(found, reading), found.entity) if found is not None else None


def _is_owner(mention: Mention, reading: Reading, words: Words) -> bool:
    """Whether a nation only says whose forces or people are meant: attacked US troops."""
    span = reading.tokens(mention.span)
    if span is None or span.root.dep_ not in ("compound", "amod", "nmod", "poss"):
        return False
    return is_in(span.root.head, "FORCES", words) or is_in(span.root.head, "ACTING", words)


def _name(mention: Mention, reading: Reading) -> str:
    """The mention's own words where they are a name, else the label of what it refers to.

    "a Baghdad airport" is one of several: its name is Baghdad.
    """
    entity = reading.entities.get(mention.entity or "")
    name, _, kind = mention.text.rpartition(" ")
    span = reading.tokens(mention.span)
    if name and kind.islower() and span is not None and span.start > 0 and mention.via is Via.NAME:
        articles = (span[0].lower_, span.doc[span.start - 1].lower_)
        if "a" in articles or "an" in articles:
            return name.removeprefix("a ").removeprefix("an ")
    return mention.text if mention.via is Via.NAME or entity is None else entity.label


def _candidates(reading: Reading, frame: Frame, event: Carriers, words: Words) -> Iterator[Mention]:
    """The places in phrases of place that hang on the event itself or on its setting ("at a summit in Lima")."""
    meets = frame.relation in words.get("ENCOUNTER_RELATION", frozenset())
    ends = (_passable_end(mention, reading, meets=meets) for mention in (frame.subject, frame.object))
    passable = {end.i for end in ends if end is not None}
    yield from _antecedents(reading, frame.predicate, words)
    yield from _named_by_place(reading, frame.predicate.doc, event, words)
    yield from _destinations(reading, frame.predicate, words)
    for token in frame.predicate.sent:
        if token.dep_ != "prep" or event.holds(token) or not is_in(token, "PLACE_PREPOSITION", words):
            continue
        if not meets and _is_whereabouts(token, frame, reading, words):
            continue
        nouns = path_up(token, event, words)
        if nouns is not None and all(_passes(noun, passable, words) for noun in nouns):
            yield from _places(reading, token, words)


def _is_whereabouts(preposition: Token, frame: Frame, reading: Reading, words: Words) -> bool:
    """Whether a preposition right behind the object says where that is: to support Russian forces in Ukraine."""
    end = reading.tokens(frame.object.span)
    if end is None:
        return False
    noun = end.root.head if end.root.dep_ in ("amod", "compound") else end.root
    if preposition.i != noun.i + 1 or noun.pos_ != "NOUN":
        return False
    return not any(is_in(token, "AT_OBJECT", words) for token in (frame.predicate, *frame.trigger))


def _passable_end(mention: Mention, reading: Reading, *, meets: bool) -> Token | None:
    """The head of a subject or object on which the event's place may hang.

    "met Orlova in Lima" and "killed by its forces in Lima" say where it happened; "wrote to the embassy in Lima" and
    "supports its forces in Lima" say where these are.
    """
    span = reading.tokens(mention.span)
    if span is None or mention.type is EntityType.ORGANIZATION:
        return None
    if meets and span.root.dep_ in ("amod", "compound", "poss"):
        return span.root.head  # "met Syrian negotiators in Lima"
    stands = meets or mention.type is EntityType.PERSON or mention.via is Via.NAME or span.root.head.dep_ == "agent"
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


def _named_by_place(reading: Reading, doc: Doc, event: Carriers, words: Words) -> Iterator[Mention]:
    """The place in front of an event noun: the Geneva talks, Doha-hosted talks; not a Lima project."""
    for i in sorted(event.nouns):
        for child in doc[i].children if is_in(doc[i], "EVENT_NOUN", words) else ():
            before = (child, *child.children) if child.lower_ in ("hosted", "held") else (child,)
            if child.dep_ in ("compound", "amod", "nmod"):
                yield from (m for word in before for m in reading.mentions_at(word) if m.type is EntityType.PLACE)


def _destinations(reading: Reading, predicate: Token, words: Words) -> Iterator[Mention]:
    """Where somebody went or is for an act: flew to Lima to meet him, went to Lima for talks, are in Peru to fight."""
    act = predicate.head if predicate.dep_ == "pobj" and predicate.head.lower_ == "for" else predicate
    purpose = act != predicate or (is_infinitive(act) and act.dep_ in ("advcl", "xcomp"))
    journey = act.head
    if purpose and is_verb(journey) and (journey.lemma_ == "be" or is_in(journey, "JOURNEY", words)):
        for preposition in journey.children:
            if preposition.dep_ == "prep" and preposition.lower_ in ("to", "in", "at", "for") and preposition.i < act.i:
                yield from _places(reading, preposition, words)


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
        if is_in(noun, "LOCATED", words):  # "at a Lima airport"
            owners = (m for child in noun.children if child.dep_ == "compound" for m in reading.mentions_at(child))
            yield from (m for m in owners if m.type is EntityType.PLACE)
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                yield from _places(reading, child, words)
            elif child.dep_ == "appos":
                yield from (m for m in reading.mentions_at(child)[:1] if m.type in _PLACES)


def _is_place(mention: Mention, noun: Token, words: Words) -> bool:
    return mention.type in _PLACES or (mention.type is EntityType.ORGANIZATION and is_in(noun, "SEAT", words))
