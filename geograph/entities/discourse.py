"""What an article has spoken of so far: its resolved mentions by sentence, with their grammatical place."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geograph.entities.cast import Cast
from geograph.model import EntityType, Mention, Via

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")


@dataclass(frozen=True, order=True)
class Said:
    """A resolved mention with its head token's number and sentence."""

    token: int
    sentence: int
    subject: bool
    key: str = field(compare=False)
    mention: Mention = field(compare=False)


class Discourse:
    """The resolved mentions of an article in text order, asked for candidates before a point."""

    def __init__(self, cast: Cast, mentions: Iterable[Mention]) -> None:
        self.cast = cast
        self.read = cast.read
        self.sentence_of: list[int] = []
        for number, sentence in enumerate(cast.read.doc.sents):
            self.sentence_of.extend([number] * len(sentence))
        self.said: list[Said] = []
        self.extend(mentions)

    def extend(self, mentions: Iterable[Mention]) -> None:
        """Take further resolved mentions in."""
        for mention in mentions:
            if mention.entity is not None:
                insort(self.said, self._said(mention, mention.entity))

    def _said(self, mention: Mention, key: str) -> Said:
        token = self.read.root(mention.span)
        return Said(token.i, self.sentence_of[token.i], is_subject(token), key, mention)

    def before(self, token: Token, sentences: int) -> Iterator[Said]:
        """What was said before a token, nearest first, within its sentence and so many sentences before."""
        number = self.sentence_of[token.i]
        for said in reversed(self.said):
            if said.token < token.i:
                if said.sentence < number - sentences:
                    return
                yield said

    def entity_type(self, key: str) -> EntityType:
        """The type of an entity of the article."""
        return self.cast.entities[key].type

    def nearest(self, token: Token, fits: Callable[[Said], bool], sentences: int = 1) -> str | None:
        """The entity last spoken of that fits: subjects of this sentence, then others of it, then the same sentence by sentence."""
        number = self.sentence_of[token.i]
        candidates = [said for said in self.before(token, sentences) if fits(said)]
        for distance in range(sentences + 1):
            here = [said for said in candidates if said.sentence == number - distance]
            if distance:
                here.reverse()
            for said in here:
                if said.subject:
                    return said.key
            if here:
                return here[0].key
        return None


def is_subject(token: Token) -> bool:
    """Whether a token is the subject of a clause, alone or in coordination."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token.dep_ in _SUBJECTS


def is_modifier(said: Said) -> bool:
    """Whether a mention is only an adjective ("Russian") and so no antecedent."""
    return said.mention.via is Via.DEMONYM
