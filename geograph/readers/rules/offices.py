"""Offices told by title or apposition: "Peruvian Foreign Minister Ana Quispe", "Ana Quispe, the mayor of Lima".

Sentences that say it with a verb ("Ana Quispe is the president of Peru") are the business of the triggers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from geograph.model import EntityType, Mention, Span, Via
from geograph.readers.protocol import Reading
from geograph.readers.rules.bodies import (
    POSSESSIVE,
    bodies_before,
    body_after,
    body_before,
    body_of,
    inside_bodies,
    is_body,
    own_country,
    principals_country,
    seat_of,
    serves,
    start_of,
)
from geograph.readers.rules.titles import (
    Words,
    heads_office,
    is_office,
    is_plural,
    marked,
    name_of,
    parted,
    title_before,
    title_of,
)
from geograph.syntax import Span as Phrase, Token

_LIST_LINKS = frozenset({",", "and", "of", "the", "&"})


@dataclass(frozen=True)
class Office:
    """A person's office in a body, as the text names it: over if `former`, not yet begun if `coming`."""

    holder: Mention
    body: str
    body_span: Span | None
    title: str
    span: Span
    head: Token
    former: bool
    coming: bool


def find_offices(reading: Reading, words: Words) -> Iterator[Office]:
    """The offices that titles before a name and appositions beside it tell, in text order."""
    for mention in reading.mentions:
        if mention.type is not EntityType.PERSON or mention.via is not Via.NAME or mention.entity is None:
            continue
        found = _shared(reading, mention, words) or _before(reading, mention, words) or _beside(reading, mention, words)
        yield from (office for office in found if office.body != mention.entity)


def _before(reading: Reading, holder: Mention, words: Words) -> list[Office]:
    """What the title right before the name tells, after the body where one is named."""
    name = reading.tokens(holder.span)
    if name is None:
        return []
    end, body = name.start, None
    near = body_before(reading, name.start, holder)
    link = reading.doc[start_of(reading, near) - 1] if near is not None and start_of(reading, near) > 0 else None
    if link is not None and link.lower_ in {"of", "to"}:
        # "President of Peru Ana Quispe"; an ambassador "to Peru" is not Peru's.
        end, body = link.i, near if link.lower_ == "of" else None
    title = title_before(reading, end, words)
    if not title:
        return []
    left = title[0].i
    while left > 0 and reading.doc[left - 1].text in POSSESSIVE:
        left -= 1
    body = body or body_before(reading, left, holder)
    *others, last = parted(title, words)
    # "Green Party leader and Prime Minister Ana Quispe": the party is not the minister's.
    last_body = body if not others else None
    told = [_office(reading, holder, body, part, words) for part in others]
    told.append(_office(reading, holder, last_body or body_after(reading, holder), last, words))
    return [office for office in told if office is not None]


def _shared(reading: Reading, holder: Mention, words: Words) -> list[Office]:
    """The plural title before several names: "Presidents Ana Quispe of Peru and Luis Rojo of Chile"."""
    name = reading.tokens(holder.span)
    if name is None:
        return []
    first, position = _first_of_list(reading, name.start)
    title = title_before(reading, first, words)
    if not title or not is_plural(title[-1], words):
        return []
    nations = bodies_before(reading, title[0].i, holder)
    body = body_after(reading, holder)
    if body is None and nations:
        # "Peruvian and Chilean ministers A and B": each in turn.
        body = nations[position] if position < len(nations) > 1 else nations[0]
    office = _office(reading, holder, body, title, words)
    return [office] if office is not None else []


def _first_of_list(reading: Reading, start: int) -> tuple[int, int]:
    """Where the first of the names listed up to token `start` begins, and how many stand before that token."""
    first, position, i = start, 0, start
    while i > 0:
        if reading.doc[i - 1].lower_ in _LIST_LINKS:
            i -= 1
            continue
        end = reading.doc[i - 1].idx + len(reading.doc[i - 1])
        here = next((m for m in reading.mentions if m.span.end == end and m.via in {Via.NAME, Via.DEMONYM}), None)
        span = reading.tokens(here.span) if here is not None else None
        if here is None or span is None or (here.type is not EntityType.PERSON and not _follows_of(span)):
            break
        i = span.start
        if here.type is EntityType.PERSON:
            first, position = i, position + 1
    return first, position


def _follows_of(span: Phrase) -> bool:
    before = span.doc[max(0, span.start - 2) : span.start]
    return any(token.lower_ == "of" for token in before)


def _beside(reading: Reading, holder: Mention, words: Words) -> list[Office]:
    """The office in apposition: "Ana Quispe, Peru's foreign minister", "the foreign minister of Peru, Ana Quispe"."""
    name = reading.tokens(holder.span)
    if name is None:
        return []
    root = name.root
    if listed := _one_each(reading, root, holder, words):
        return listed
    near = [child for child in root.children if child.dep_ == "appos"]
    if root.dep_ == "appos":
        near += _described(root)
    joined = [other for head in near for other in (head, *_joined(head))] if root.dep_ != "appos" else near
    told = []
    for head in joined:
        if heads_office(head, words) and not is_plural(head, words) and not _is_other(reading, head, holder):
            title = title_of(head, words, inside_bodies(reading, head, holder))
            told.append(_office(reading, holder, body_of(reading, head, holder), title, words))
    return [office for office in told if office is not None]


def _one_each(reading: Reading, name: Token, holder: Mention, words: Words) -> list[Office]:
    """The holder's part of "the foreign ministers of Peru and Chile, Ana Quispe and Luis Rojo"."""
    first = name
    while first.dep_ == "conj":
        first = first.head
    heads = _described(first) if first.dep_ == "appos" else []
    head = next((noun for noun in heads if is_office(noun, words) and is_plural(noun, words)), None)
    if head is None:
        return []
    bodies = [m for m in reading.mentions if head.left_edge.idx <= m.span.start < first.left_edge.idx]
    bodies = [m for m in bodies if is_body(m, holder) and m.via is not Via.NOMINAL]
    names = [first, *first.conjuncts]
    if name not in names or len(bodies) not in {1, len(names)}:
        return []
    body = bodies[names.index(name)] if len(bodies) > 1 else bodies[0]
    title = title_of(head, words, inside_bodies(reading, head, holder))
    office = _office(reading, holder, body, title, words)
    return [office] if office is not None else []


def _described(name: Token) -> list[Token]:
    """What a name in apposition describes: parsers hang "the foreign minister of Peru, Ana Quispe" on Peru."""
    noun = name.head
    of_what = noun.dep_ == "pobj" and noun.head.lower_ in {"of", "for"}
    return [noun, noun.head.head] if of_what else [noun]


def _joined(head: Token) -> list[Token]:
    """The further offices of one apposition: "the leader of X and a former mayor of Y"."""
    found = [child for child in head.children if child.dep_ == "conj"]
    return [other for other in found if not any(child.dep_ in {"appos", "nsubj"} for child in other.children)]


def _is_other(reading: Reading, head: Token, holder: Mention) -> bool:
    there = reading.mentions_at(head)
    return bool(there) and all(
        mention.entity != holder.entity and mention.type is EntityType.PERSON and mention.via is Via.NAME
        for mention in there
    )


def _office(reading: Reading, holder: Mention, body: Mention | None, title: list[Token], words: Words) -> Office | None:
    start = start_of(reading, body) if body is not None else None
    former = marked(reading, title, start, words["FORMER"])
    coming = marked(reading, title, start, words["COMING"])
    heads = [token for token in title if is_office(token, words)]
    if body is not None and not serves(heads, body, words):
        return None
    key = seat_of(reading, body, title, words) if body is not None else None
    key = key or principals_country(reading, holder, title, words) or own_country(reading, holder, heads, words)
    if key is None:
        return None
    span = Span(title[0].idx, title[-1].idx + len(title[-1]))
    before = next((mark for mark in (former, coming) if mark is not None and mark not in title), None)
    name = name_of(title, words) if before is None else f"{before.lower_} {name_of(title, words)}"
    return Office(
        holder=holder,
        body=key,
        body_span=body.span if body is not None else None,
        title=name,
        span=span,
        head=title[-1],
        former=former is not None,
        coming=coming is not None,
    )
