"""Whether a capital stands for its government: by the words around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geograph.entities.text import ReadText, singular
from geograph.model import Mention

if TYPE_CHECKING:
    from geograph.syntax import Token

RULE = "capital for its government"


def is_government(read: ReadText, mention: Mention) -> bool:
    """Whether the capital acts or is acted on here ("Moscow denied", "sanctions on Tehran") rather than is a place."""
    words = read.gazetteer.words
    if _is_dateline(read, mention):
        return False
    token = read.root(mention.span)
    after = read.after(mention.span)
    if (
        after is not None
        and read.gap(mention.span.end, after.start) == " "
        and (
            singular(after.key) in words["CITY_NOUN"]
            or after.key in words["CITY_NOUN"]
            or after.key in words["REGION_NOUN"]
        )
    ):
        return False
    if after is not None and read.gap(mention.span.end, after.start) == "-":
        return after.key in words["ACTING_HYPHEN"]
    return _acts(read, token, seen=0)


def _is_dateline(read: ReadText, mention: Mention) -> bool:
    """Whether the capital heads a line in capital letters: "SEOUL, July 12"."""
    letters = [c for c in mention.text if c.isalpha()]
    return len(letters) > 3 and all(c.isupper() for c in letters)


def _acts(read: ReadText, token: Token, seen: int) -> bool:
    words = read.gazetteer.words
    head = token.head
    match token.dep_:
        case "nsubj":
            return head.pos_ in ("VERB", "AUX") and head.lemma_ not in words["PLACE_PREDICATE"]
        case "nsubjpass":
            return head.lemma_ not in words["PLACE_VERB"] and head.lemma_ not in words["PLACE_PREDICATE"]
        case "dobj" | "dative":
            return head.pos_ == "VERB" and head.lemma_ not in words["PLACE_VERB"]
        case "poss":
            return head.lemma_.lower() not in words["CITY_NOUN"]
        case "compound" | "nmod" | "amod":
            return head.lemma_.lower() in words["GROUP_NOUN"]
        case "conj" if seen < 3:
            return _acts(read, head, seen + 1)
        case "pobj":
            return _preposition(read, head)
    return False


def _preposition(read: ReadText, preposition: Token) -> bool:
    words = read.gazetteer.words
    form = preposition.lower_
    governor = preposition.head
    if form in words["ACTOR_PREPOSITION"]:
        return not (form in ("on", "against", "by") and governor.lemma_.lower() in words["PLACE_VERB"])
    if form in ("to", "from"):
        return governor.lemma_.lower() not in words["MOTION"] and governor.lemma_.lower() in words["TRANSFER"]
    return False
