"""From an answer to frames: every proposal is held against the text, and dropped with a reason if it does not fit."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from geograph.model import Mention, Span, Status
from geograph.ontology import Relation
from geograph.readers.events import sentence_around
from geograph.readers.llm.parts import Part
from geograph.readers.protocol import Frame, Reading
from geograph.syntax import Token

MALFORMED = "not of the form asked for"
NO_RELATION = "unknown relation"
NO_STATUS = "unknown status"
NO_ENTITY = "an end is no entity of the list"
SAME_ENDS = "subject is object"
NO_QUOTE = "quote is not in the text"
TWO_SENTENCES = "quote is not within one sentence"
NO_WORDS = "words that tell it are not in the quote"
FAR_ENDS = "an end is not mentioned in or right before the sentence"

_MOST_PROPOSALS = 200
_MOST_WORDS = 12
_UNTOLD = frozenset({"aux", "auxpass", "neg", "det", "punct"})
_HEADS = (("VERB", "AUX"), ("NOUN", "PROPN"), ("ADJ", "ADV", "NUM"))


class Unreadable(ValueError):
    """An answer that is no list of claims at all."""


@dataclass(frozen=True)
class Proposal:
    """What the model says that one sentence tells; `subject` and `object` are numbers in the part's list."""

    relation: str
    subject: int
    object: int
    status: str
    quote: str
    words: str
    item: str | None


_FIELDS = tuple(field.name for field in fields(Proposal))


@dataclass(frozen=True)
class Dropped:
    """Why a proposal is no claim."""

    reason: str


def proposals_of(answer: str) -> Iterator[Proposal | Dropped]:
    """The proposals of an answer, in its order; of an endless one the first 200. Raises Unreadable."""
    try:
        data = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise Unreadable("no JSON") from error
    claims = data.get("claims") if isinstance(data, dict) else None
    if not isinstance(claims, list):
        raise Unreadable("no list of claims")
    return (_proposal(claim) for claim in claims[:_MOST_PROPOSALS])


def _proposal(claim: Any) -> Proposal | Dropped:
    if not isinstance(claim, dict):
        return Dropped(MALFORMED)
    given: dict[str, Any] = {name: claim.get(name) for name in _FIELDS}
    fits = all(isinstance(given[name], str) for name in ("relation", "status", "quote", "words"))
    fits = fits and all(type(given[name]) is int for name in ("subject", "object"))
    return Proposal(**given) if fits and isinstance(given["item"], str | None) else Dropped(MALFORMED)


@dataclass(frozen=True)
class Seen:
    """A proposal that the text bears out: a frame and the status that the model gave it."""

    frame: Frame
    status: Status


def seen_in(proposal: Proposal, part: Part, reading: Reading, relations: Mapping[str, Relation]) -> Seen | Dropped:
    """The frame of a proposal, or why there is none. Types are left to `checks.fault`, which every reader passes."""
    relation = relations.get(proposal.relation)
    if relation is None:
        return Dropped(NO_RELATION)
    if proposal.status not in frozenset(Status):
        return Dropped(NO_STATUS)
    if not all(0 < number <= len(part.listed) for number in (proposal.subject, proposal.object)):
        return Dropped(NO_ENTITY)
    keys = [part.listed[number - 1].entity.key for number in (proposal.subject, proposal.object)]
    if keys[0] == keys[1]:
        return Dropped(SAME_ENDS)
    reason, second = NO_QUOTE, None
    for quote in _found(proposal.quote, part.span, reading.article.text):
        sentence = _one_sentence(quote, reading)
        if sentence is None:
            reason = TWO_SENTENCES
            continue
        words = next(_found(proposal.words, quote, reading.article.text), None)
        tokens = _telling(words, reading) if words is not None else []
        if words is None or not tokens:
            reason = NO_WORDS
            continue
        ends = _ends(keys, sentence, words, reading)
        if ends is None:
            reason = FAR_ENDS
            continue
        seen = Seen(_frame(relation, ends, tokens, sentence, proposal, reading), Status(proposal.status))
        if all(sentence.covers(end.span) for end in ends):
            return seen
        second = second or seen
    return second or Dropped(reason)


def _found(words: str, within: Span, text: str) -> Iterator[Span]:
    """Where `words` stand in a stretch of the text, letter for letter; only white space may differ."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    if pattern:
        for match in re.compile(rf"(?<!\w){pattern}(?!\w)").finditer(text, within.start, within.end):
            yield Span(*match.span())


def _one_sentence(quote: Span, reading: Reading) -> Span | None:
    """The sentence that holds a quote, None where it runs over its end."""
    tokens = reading.tokens(quote)
    if tokens is None or tokens[0].sent.start != tokens[-1].sent.start:
        return None
    return sentence_around(reading, tokens.start)


def _telling(words: Span, reading: Reading) -> list[Token]:
    """The tokens that carry an act, without helpers and articles; none if they are too many to say which."""
    tokens = reading.tokens(words)
    if tokens is None or len(tokens) > _MOST_WORDS:
        return []
    return [token for token in tokens if token.dep_ not in _UNTOLD and not token.is_space]


def _ends(keys: list[str], sentence: Span, words: Span, reading: Reading) -> tuple[Mention, Mention] | None:
    """The mentions nearest to the words: in the sentence, or one of the two in the sentence before it."""
    before = _sentence_before(sentence, reading)
    found: list[Mention] = []
    borrowed = 0
    for key in keys:
        own = [mention for mention in reading.mentions if mention.entity == key and sentence.covers(mention.span)]
        near = own or [m for m in reading.mentions if m.entity == key and before and before.covers(m.span)]
        borrowed += not own
        if not near or borrowed > 1:
            return None
        found.append(min(near, key=lambda mention: (_distance(mention.span, words), mention.sort_key)))
    return found[0], found[1]


def _sentence_before(sentence: Span, reading: Reading) -> Span | None:
    tokens = reading.tokens(sentence)
    return sentence_around(reading, tokens.start - 1) if tokens is not None and tokens.start > 0 else None


def _distance(span: Span, other: Span) -> int:
    return max(span.start - other.end, other.start - span.end, 0)


def _frame(
    relation: Relation,
    ends: tuple[Mention, Mention],
    tokens: list[Token],
    sentence: Span,
    proposal: Proposal,
    reading: Reading,
) -> Frame:
    subject, object_ = ends
    if relation.symmetric and object_.sort_key < subject.sort_key:
        fits = object_.type in relation.domain and subject.type in relation.range
        subject, object_ = (object_, subject) if fits else ends  # as triggers give them
    outside = [token for token in tokens if not any(end.span.covers(_span(token)) for end in ends)]
    trigger = outside or tokens
    return Frame(
        relation=relation.name,
        predicate=_predicate(trigger),
        subject=subject,
        object=object_,
        trigger=tuple(trigger),
        pattern="chosen by a language model",
        item=_item(proposal.item, sentence, reading),
    )


def _span(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token))


def _predicate(tokens: list[Token]) -> Token:
    """The token that heads the others: the verb if one does, else the noun."""
    inside = {token.i for token in tokens}
    tops = [token for token in tokens if token.head == token or token.head.i not in inside]
    ranked = (token for kinds in _HEADS for among in (tops, tokens) for token in among if token.pos_ in kinds)
    return next(ranked, tokens[0])


def _item(words: str | None, sentence: Span, reading: Reading) -> Token | None:
    """The noun that heads the words of the item; None where they are not in the sentence, or are no noun."""
    found = next(_found(words, sentence, reading.article.text), None) if words else None
    tokens = reading.tokens(found) if found is not None else None
    return tokens.root if tokens is not None and tokens.root.pos_ in ("NOUN", "PROPN", "NUM") else None
