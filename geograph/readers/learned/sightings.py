"""Names out of the tags that the network gives to word pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from geograph.entities.text import Sighting
from geograph.model import EntityType, Span
from geograph.readers.learned.pieces import TYPES
from geograph.readers.learned.windows import Window

if TYPE_CHECKING:
    from numpy.typing import NDArray


def sightings(window: Window, tags: NDArray[np.float32], text: str) -> Iterator[Sighting]:
    """The tagged stretches of a window that begin and end with a capital word, in text order.

    `tags` (pieces, tags) are scores: 0 outside, 1 + 2 t at the first piece of type t, 2 + 2 t at its others. The
    probability is the least of the stretch's pieces. The article is no part of a name.
    """
    shares = np.exp(tags - tags.max(-1, keepdims=True))
    shares /= shares.sum(-1, keepdims=True)
    best, sure = tags.argmax(-1).tolist(), shares.max(-1).tolist()
    for first, last in stretches(best):
        offsets = window.pieces.offsets
        span = _name(text, window.start + offsets[first][0], window.start + offsets[last][1])
        if span is not None:
            yield Sighting(span, EntityType(TYPES[(best[first] - 1) // 2]), round(min(sure[first : last + 1]), 3))


def stretches(tags: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last piece of each tagged stretch: a beginning with what goes on with its type."""
    start: int | None = None
    for i, tag in enumerate((*tags, 0)):
        if start is not None and tag != tags[start] + 1:
            yield start, i - 1
            start = None
        if tag % 2 == 1:
            start = i


def _name(text: str, start: int, end: int) -> Span | None:
    words = text[start:end]
    if words[:4].lower() == "the ":
        start += 4
    words = text[start:end]
    return Span(start, end) if words[:1].isupper() and words.split()[-1][:1].isupper() else None
