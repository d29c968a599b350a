"""Passages as numbers: word pieces, tags of mentions, and the pairs of mentions with their relations."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from tokenizers import Tokenizer

from geograph.readers.learned.pieces import MOST_PIECES, TYPES, Pieces, pieces_of
from geograph.training.corpus import SENTENCE_END
from geograph.training.passages import STATUSES, Marked, Passage


@dataclass(frozen=True)
class Pair:
    """Two mentions, by their place in the example, and what relates the first to the second: (relation, status)."""

    subject: int
    object: int
    labels: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Example:
    """A passage ready for the model. `spans` are first and last piece of each mention, `tags` one per piece."""

    id: str
    pieces: Pieces
    tags: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    types: tuple[int, ...]
    pairs: tuple[Pair, ...]


def examples(
    passages: Sequence[Passage], tokenizer: Tokenizer, relations: Sequence[str], symmetric: Container[str]
) -> Iterator[Example]:
    """An example for each passage that is short enough; relations are numbered as in `relations`.

    Those in `symmetric` are told of a pair both ways round.
    """
    number = {name: i for i, name in enumerate(relations)}
    both_ways = frozenset(i for name, i in number.items() if name in symmetric)
    for passage in passages:
        pieces = pieces_of(passage.text, tokenizer)
        if len(pieces.ids) > MOST_PIECES:
            continue
        spans = [pieces.span(mention.start, mention.end) for mention in passage.mentions]
        kept = [i for i, span in enumerate(spans) if span is not None]
        place = {passage.mentions[i].id: k for k, i in enumerate(kept)}
        mentions = [passage.mentions[i] for i in kept]
        found = [span for span in spans if span is not None]
        yield Example(
            passage.id,
            pieces,
            _tags(mentions, found, len(pieces.ids)),
            tuple(found),
            tuple(TYPES.index(mention.type) for mention in mentions),
            tuple(_pairs(passage, mentions, place, number, both_ways)),
        )


def _tags(mentions: Sequence[Marked], spans: Sequence[tuple[int, int]], length: int) -> tuple[int, ...]:
    """0 outside, 1 + 2 t at the first piece of a mention of type t, 2 + 2 t on its others; outer mentions only."""
    tags = [0] * length
    end = -1
    for mention, (first, last) in zip(mentions, spans, strict=True):
        if first > end and mention.form != "pronoun":
            type = TYPES.index(mention.type)
            tags[first] = 1 + 2 * type
            tags[first + 1 : last + 1] = [2 + 2 * type] * (last - first)
            end = last
    return tuple(tags)


def _pairs(
    passage: Passage,
    mentions: Sequence[Marked],
    place: dict[str, int],
    number: dict[str, int],
    both_ways: Container[int],
) -> Iterator[Pair]:
    """All ordered pairs within a sentence, and those across that are related."""
    labels: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for related in passage.relations:
        if related.subject in place and related.object in place:
            ends = (place[related.subject], place[related.object])
            label = (number[related.relation], STATUSES.index(related.status))
            labels.setdefault(ends, []).append(label)
            if label[0] in both_ways:
                labels.setdefault((ends[1], ends[0]), []).append(label)
    breaks = [match.end() for match in SENTENCE_END.finditer(passage.text)]
    sentence = [sum(at <= mention.start for at in breaks) for mention in mentions]
    for i, j in permutations(range(len(mentions)), 2):
        first, second = mentions[i], mentions[j]
        nested = first.start < second.end and second.start < first.end and (i, j) not in labels
        if (i, j) in labels or (sentence[i] == sentence[j] and first.entity != second.entity and not nested):
            yield Pair(i, j, tuple(sorted(set(labels.get((i, j), ())))))
