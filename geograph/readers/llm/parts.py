"""An article in parts of whole paragraphs, each with the entities that it mentions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from geograph.model import Entity, Mention, Span
from geograph.readers.protocol import Reading

_MOST_FORMS = 6


@dataclass(frozen=True)
class Listed:
    """An entity as the model sees it, by its place in the list, and the words by which the part names it."""

    entity: Entity
    forms: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A stretch of an article and the entities in it, in the order in which they come up."""

    span: Span
    listed: tuple[Listed, ...]


def parts_of(reading: Reading, length: int) -> Iterator[Part]:
    """The parts of an article in which two entities or more are mentioned, of at most `length` characters.

    A paragraph is split only where it is longer than that, then between sentences; a longer sentence stays whole.
    """
    start, end = 0, 0
    for stretch in _stretches(reading, length):
        if stretch.end - start > length and end > start:
            yield from _part(reading, Span(start, end))
            start = stretch.start
        end = stretch.end
    yield from _part(reading, Span(start, end))


def _stretches(reading: Reading, length: int) -> Iterator[Span]:
    """Paragraphs, and the sentences of those that are too long."""
    paragraph: list[Span] = []
    for sentence in reading.doc.sents:
        span = Span(sentence.start_char, sentence.end_char)
        if paragraph and "\n" in reading.article.text[paragraph[-1].end - 1 : span.start + 1]:
            yield from _whole(paragraph, length)
            paragraph = []
        paragraph.append(span)
    yield from _whole(paragraph, length)


def _whole(paragraph: list[Span], length: int) -> Iterator[Span]:
    if paragraph and paragraph[-1].end - paragraph[0].start > length:
        yield from paragraph
    elif paragraph:
        yield Span(paragraph[0].start, paragraph[-1].end)


def _part(reading: Reading, span: Span) -> Iterator[Part]:
    forms: dict[str, dict[str, None]] = {}
    for mention in _within(reading, span):
        forms.setdefault(mention.entity or "", {}).setdefault(" ".join(mention.text.split()))
    listed = tuple(Listed(reading.entities[key], tuple(named)[:_MOST_FORMS]) for key, named in forms.items())
    if len(listed) > 1:
        yield Part(span, listed)


def _within(reading: Reading, span: Span) -> Iterator[Mention]:
    return (mention for mention in reading.mentions if mention.entity is not None and span.covers(mention.span))
