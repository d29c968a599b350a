"""Short texts with their mentions resolved, as the tests of mentions and entities want them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import pytest

from geograph import ontology
from geograph.annotate import parse
from geograph.entities import resolve
from geograph.entities.gazetteer import Gazetteer, load
from geograph.mentions import find_mentions
from geograph.model import Article, Entity, EntityType, Mention, Span, Via
from geograph.syntax import Doc

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


def _place(found: Resolved, words: str) -> Span:
    """Where some words stand; "Moran#1" is the second "Moran"."""
    plain, _, number = words.partition("#")
    start = -1
    for _ in range(int(number or 0) + 1):
        start = found.text.index(plain, start + 1)
    return Span(start, start + len(plain))


def assert_found(found: Resolved, words: str, kind: EntityType, meant: str | None = None) -> None:
    """Fails if no mention has just these words, this type and, where given, label or country ("" for none)."""
    span = _place(found, words)
    here = [m for m in found.mentions if m.span == span and m.type is kind]
    assert here, [(m.text, m.type) for m in found.mentions]
    if meant is not None:
        entities = [found.entities[m.entity] for m in here if m.entity]
        assert any(meant in (entity.label, entity.country or "") for entity in entities), entities


def assert_not_found(found: Resolved, words: str, kind: EntityType | None = None) -> None:
    """Fails if any mention, or with `kind` one of that type, lies over these words."""
    span = _place(found, words)
    over = [m for m in found.mentions if m.span.start < span.end and span.start < m.span.end]
    assert not [(m.text, m.type) for m in over if kind in (None, m.type) and m.via is not Via.PRONOUN]


def reader(nlp: Language) -> Callable[..., Resolved]:
    """A function from a text to its resolved mentions."""

    def read(text: str, published: date | None = None, title: str | None = None) -> Resolved:
        article = Article("invented", text, title=title, published=published)
        doc = Doc(parse(text, nlp))
        mentions, entities = resolve(article, doc, find_mentions(article, doc, gazetteer()), gazetteer())
        return Resolved(text, mentions, entities)

    return read


@pytest.fixture(scope="session", name="read")
def read_text(nlp: Language) -> Iterator[Callable[..., Resolved]]:
    """Reads a text into mentions and entities."""
    yield reader(nlp)
