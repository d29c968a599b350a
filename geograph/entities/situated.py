"""Whether the words around a name make it a place, whatever the tagger took it for: "near Raqqa", "entered Hit"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geograph.entities.names import Word
from geograph.entities.people import is_given
from geograph.entities.text import ReadText, singular
from geograph.model import EntityType, Mention, Span

if TYPE_CHECKING:
    from geograph.syntax import Token

_CHAIN = 4


def is_place(read: ReadText, bearers: Sequence[Mention], kind: EntityType) -> bool:
    """Whether the mentions of one name, tagged as a person or an organisation, are of a place.

    One occurrence is enough where only a place can stand so; a weaker hint counts if there is a city of the name.
    """
    name = read.within(bearers[0].span)
    if any(_is_other(read, name, mention, kind) for mention in bearers):
        return False
    if any(is_sure(read, mention.span, kind) for mention in bearers):
        return True
    return any(_is_likely(read, m.span) for m in bearers) and read.gazetteer.cities.known(bearers[0].text, other=True)


def _is_other(read: ReadText, name: Sequence[Word], mention: Mention, kind: EntityType) -> bool:
    """Whether a title, a first name, an abbreviation or what it does says that the name is of no place."""
    words = read.gazetteer.words
    before = read.before(mention.span)
    if before is not None and read.gap(before.end, mention.span.start) in (" ", ". ") and read.is_in(before, "TITLE"):
        return True
    if kind is EntityType.PERSON and len(name) > 1 and is_given(read, name[0].key):
        return True
    if kind is EntityType.ORGANIZATION and (
        len(name) > 2 or (len(name) == 1 and name[0].text.isupper()) or read.is_in(name[-1], "INSTITUTION_NOUN")
    ):
        return True
    if name[-1].key in read.gazetteer.surnames:
        return True
    token = read.root(mention.span)
    return token.dep_ == "nsubj" and token.head.lemma_.lower() in words["REPORTING"]


def is_sure(read: ReadText, span: Span, kind: EntityType) -> bool:
    """Whether only a place can stand here: "near X", "the town of X", "eastern X", "entered X", "in X"."""
    words = read.gazetteer.words
    before = read.before(span)
    if before is not None and read.gap(before.end, span.start) == " ":
        if before.key in words["BESIDE_PLACE"] or (before.key in words["COMPASS"] and not before.capital):
            return True
        if before.key == "of":
            head = read.before(Span(before.start, before.end))
            if head is not None and singular(head.key) in words["TOWN_NOUN"]:
                return True
        if before.key in ("in", "at") and kind is EntityType.PERSON and _is_within(read, span):
            return True
    token = read.root(span)
    if token.dep_ == "pobj" and token.head.head.lemma_.lower() in words["AROUND_PLACE"] and kind is EntityType.PERSON:
        return True
    return _is_joined(read, token, kind)


def _is_within(read: ReadText, span: Span) -> bool:
    """Whether "in" leads to the name itself, of which nothing is said to be: "in Wau", not "in Moran's view"."""
    token = read.root(span)
    if (
        token.dep_ != "pobj"
        or token.head.lower_ not in ("in", "at")
        or read.text[span.end : span.end + 1] in ("'", "’")
    ):
        return False
    names = "TRUSTING" if token.head.lower_ == "in" else "DIRECTED"
    return token.head.head.lemma_.lower() not in read.gazetteer.words[names]


def _is_joined(read: ReadText, token: Token, kind: EntityType) -> bool:
    """Whether the name is what is entered or retaken, or stands in a row after a name that is."""
    words = read.gazetteer.words
    for _ in range(_CHAIN):
        head = token.head
        if token.dep_ in ("dobj", "nsubjpass") and head.lemma_.lower() in words["ENTER_VERB"]:
            return True
        if token.dep_ != "conj" or not head.text[:1].isupper():
            return False
        span = Span(head.idx, head.idx + len(head.text))
        first = min((c for c in head.lefts if c.dep_ == "compound"), default=head, key=lambda t: t.i)
        if is_sure(read, Span(first.idx, span.end), kind):
            return True
        token = head
    return False


def _is_likely(read: ReadText, span: Span) -> bool:
    """Whether a place may stand here: what is struck or visited, where one advances on or moves to."""
    words = read.gazetteer.words
    token = read.root(span)
    for _ in range(_CHAIN):
        head = token.head
        if token.dep_ in ("dobj", "nsubjpass"):
            return head.lemma_.lower() in words["PLACE_VERB"]
        if token.dep_ == "pobj":
            out = head.lower_ == "of" and head.head.lower_ == "out"
            if out or head.lower_ == "off" or head.lower_ in words["BEFORE_PLACE"] - {"of"}:
                return True
            governor = head.head.lemma_.lower()
            return governor in words["REACHING"] or (
                head.lower_ in ("to", "from", "for") and governor in words["MOTION"]
            )
        if token.dep_ != "conj":
            return False
        token = head
    return False
