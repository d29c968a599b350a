"""Short texts with their mentions resolved, as the tests of mentions and entities want them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from geograph import ontology
from geograph.entities import resolve
from geograph.entities.gazetteer import Gazetteer, load
from geograph.mentions import find_mentions
from geograph.model import Article, Entity, Mention

if TYPE_CHECKING:
    from spacy.language import Language


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer that ships with geograph."""
    return load(ontology.load())


@dataclass(frozen=True)
class Resolved:
    """A text with its mentions and entities; `x["words"]` is the label of what those words refer to."""

    text: str
    mentions: tuple[Mention, ...]
    entities: dict[str, Entity]

    def __getitem__(self, words: str) -> str | None:
        found = self.all(words)
        assert len(found) < 2, f"{words!r} refers to {found}"
        return found[0] if found else None

    def all(self, words: str, occurrence: int = 0) -> list[str]:
        """The labels of all that the n-th occurrence of some words refers to, sorted."""
        start = -1
        for _ in range(occurrence + 1):
            start = self.text.index(words, start + 1)
        here = [m for m in self.mentions if m.span.start == start and m.text == words and m.entity]
        return sorted({self.entities[m.entity].label for m in here if m.entity})

    def mention(self, words: str) -> Mention:
        """The first mention of those words."""
        return next(m for m in self.mentions if m.text == words)

    def entity(self, words: str) -> Entity:
        """The entity of the first mention of those words."""
        key = self.mention(words).entity
        assert key is not None, words
        return self.entities[key]

    def texts(self) -> list[str]:
        """The words of every mention."""
        return [m.text for m in self.mentions]


def reader(nlp: Language) -> Callable[..., Resolved]:
    """A function from a text to its resolved mentions."""

    def read(text: str, published: date | None = None, title: str | None = None) -> Resolved:
        article = Article("invented", text, title=title, published=published)
        doc = nlp(text)
        mentions, entities = resolve(article, doc, find_mentions(article, doc, gazetteer()), gazetteer())
        return Resolved(text, mentions, entities)

    return read


@pytest.fixture(scope="session", name="read")
def read_text(nlp: Language) -> Iterator[Callable[..., Resolved]]:
    """Reads a text into mentions and entities."""
    yield reader(nlp)
