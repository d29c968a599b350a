"""What an article has spoken of so far: its resolved mentions by sentence, with their grammatical place."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from geograph.entities.cast import Cast
from geograph.entities.quotations import Quotation, quotations
from geograph.model import EntityType, Mention, Span, Via

if TYPE_CHECKING:
    from geograph.syntax import Token

BODIES = (EntityType.COUNTRY, EntityType.ORGANIZATION, EntityType.GROUP)
SUBJECTS = ("nsubj", "nsubjpass", "csubj")


@dataclass(frozen=True, order=True)
class Said:
    """A resolved mention with its head token's number and sentence."""

    token: int
    end: int
    sentence: int = field(compare=False)
    key: str = field(compare=True)
    mention: Mention = field(compare=False)

    @property
    def is_modifier(self) -> bool:
        """Whether it is only an adjective."""
        return self.mention.via is Via.DEMONYM


class Discourse:
    """The resolved mentions of an article in text order, asked for candidates before a point."""

    def __init__(self, cast: Cast, mentions: Iterable[Mention]) -> None:
        self.cast = cast
        self.read = cast.read
        self.sentence_of: list[int] = []
        self.roots: list[Token] = []
        for number, sentence in enumerate(cast.read.doc.sents):
            self.sentence_of.extend([number] * len(sentence))
            self.roots.append(sentence.root)
        self._at: dict[int, list[Said]] = {}
        self.said = sorted(self._told(mentions))

    def extend(self, mentions: Iterable[Mention]) -> None:
        """Take further resolved mentions in."""
        for said in self._told(mentions):
            insort(self.said, said)

    def _told(self, mentions: Iterable[Mention]) -> Iterator[Said]:
        for mention in mentions:
            if mention.entity is not None:
                root = self.read.root(mention.span)
                said = Said(root.i, mention.span.end, self.sentence_of[root.i], mention.entity, mention)
                self._at.setdefault(root.i, []).append(said)
                yield said

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """The quotations of the article."""
        return tuple(quotations(self.read))

    def quotation_at(self, offset: int) -> Quotation | None:
        """The quotation around an offset."""
        return next((q for q in self.quotations if q.start < offset < q.end), None)

    def at(self, token: Token) -> list[str]:
        """The entities that a token, as head of a mention, refers to; those of the longest mention."""
        here = [said for said in self._at.get(token.i, ()) if not said.is_modifier]
        if not here:
            return []
        longest = max(said.mention.span.end - said.mention.span.start for said in here)
        return [said.key for said in here if said.mention.span.end - said.mention.span.start == longest]

    def said_at(self, token: Token) -> list[Said]:
        """The mentions whose head a token is."""
        return self._at.get(token.i, [])

    def within(self, span: Span) -> Iterator[Said]:
        """The mentions inside a span, in text order."""
        first, last = self.read.token(span.start).i, self.read.token(span.end - 1).i
        start = bisect_left(self.said, first, key=lambda said: said.token)
        for said in self.said[start:]:
            if said.token > last:
                return
            if span.covers(said.mention.span):
                yield said

    def before(self, token: Token, sentences: int) -> Iterator[Said]:
        """What was said before a token, nearest first, within its sentence and so many sentences before."""
        number = self.sentence_of[token.i]
        edge = bisect_left(self.said, token.i, key=lambda said: said.token)
        for said in reversed(self.said[:edge]):
            if said.sentence < number - sentences:
                return
            yield said

    def type_of(self, key: str) -> EntityType:
        """The type of an entity of the article."""
        return self.cast.entities[key].type

    def person_nouns(self, token: Token) -> bool:
        """Whether a noun means a person by its kind: "a spokesman"."""
        words = self.read.gazetteer.words
        return token.lemma_.lower() in words["PERSON_NOUN"] or token.lemma_.lower() in words["TITLE"]


def first_conjunct(token: Token) -> Token:
    """The first member of the coordination that a token belongs to."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def conjuncts(token: Token) -> list[Token]:
    """A token and those coordinated with it, in text order."""
    first = first_conjunct(token)
    return [first, *first.conjuncts]


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb, its own or the one that it shares with the verb it is coordinated with or completes."""
    for child in verb.children:
        if child.dep_ in SUBJECTS and child.i < verb.i + 12:
            return child
    if verb.dep_ in ("conj", "xcomp") and verb.head.i != verb.i and verb.head.pos_ in ("VERB", "AUX"):
        return subject_of(verb.head)
    return None
