"""Which of several articles are sources of their own: copies, and reports that credit one agency, count once.

Near-identity is the resemblance of word shingles, estimated from bottom-k sketches (Broder, "On the resemblance
and containment of documents", 1997): independent reports of one event share a few per cent of their five-word runs,
copies with small edits more than half.

A text is compared with the first published of the texts that share one of its leads, the smallest hashes of its
sketch: with four others at most, however many tell of the event. Of texts with half of their shingles in common, three
in a thousand share no lead; of closer copies none was found (docs/decisions.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from functools import lru_cache
from hashlib import blake2b
from heapq import nsmallest
from typing import Any

from geograph.model import Article

SHINGLE_WORDS = 5
SKETCH_SIZE = 64
LEADS = 4
SAME_STORY = 0.5
_WORD = re.compile(r"\w+")

Sketch = tuple[int, ...]
Memory = MutableMapping[str, Any]
"""What is known of one fact or key so far: JSON values by name, never changed in place."""
Best = Mapping[str, float]
"""The highest confidence of one source's claims, by status."""


def credit(article: Article) -> str | None:
    """Who answers for the report: the agency, else the publisher, in lower case; None if unknown."""
    name = " ".join((article.agency or article.publisher or "").split())
    return name.casefold() or None


@lru_cache(maxsize=8192)
def sketch(text: str) -> Sketch:
    """The smallest hashes of the text's shingles, ascending: a fingerprint that survives small edits."""
    words = _WORD.findall(text.casefold())
    width = min(SHINGLE_WORDS, len(words))
    shingles = {" ".join(words[start : start + width]) for start in range(len(words) - width + 1)} if words else set()
    hashes = (int.from_bytes(blake2b(each.encode(), digest_size=8).digest()) for each in shingles)
    return tuple(nsmallest(SKETCH_SIZE, hashes))


def resemblance(one: Sketch, other: Sketch) -> float:
    """The estimated share of shingles that two texts have in common, from 0 to 1, from their sketches."""
    common = set(one).intersection(other)
    smallest = nsmallest(SKETCH_SIZE, {*one, *other}) if common else ()
    return sum(shingle in common for shingle in smallest) / len(smallest) if smallest else 0.0


def precedes(memory: Memory, order: tuple[str, str], leads: Iterable[int]) -> bool:
    """Whether an article was published before one with which others were compared: all must be compared anew."""
    return any(order < tuple(first[:2]) for lead in leads if (first := memory.get(_lead(lead))) is not None)


def join_source(
    memory: Memory,
    article: str,
    published: str,
    credited: str | None,
    leads: Iterable[int],
    best: Best,
    sketch_of: Callable[[str], Sketch],
) -> tuple[list[Best], Best]:
    """Adds an article to the sources in `memory`: those that it makes one, and what they are together with it.

    The article must not precede one with which others were compared. `sketch_of` gives the sketch of an article.
    """
    same: set[str] = set()
    if credited is not None and (known := memory.get(_credit(credited))) is not None:
        same.add(_root(memory, known))
    unseen = []
    for lead in leads:
        first = memory.get(_lead(lead))
        if first is None:
            unseen.append(lead)
        elif (source := _root(memory, first[2])) not in same and _alike(sketch_of(article), sketch_of(first[1])):
            same.add(source)
    parts: dict[str, tuple[int, Best]] = {source: memory[_source(source)] for source in same}
    label = min(parts, key=lambda source: (-parts[source][0], source), default=article)
    for source in parts:
        if source != label:
            memory[_source(source)] = label
    whole = dict(best)
    for _, of_part in parts.values():
        for status, confidence in of_part.items():
            whole[status] = max(confidence, whole.get(status, 0.0))
    memory[_source(label)] = [1 + sum(size for size, _ in parts.values()), whole]
    for lead in unseen:
        memory[_lead(lead)] = [published, article, label]
    if credited is not None:
        memory.setdefault(_credit(credited), label)
    return [of_part for _, of_part in parts.values()], whole


def _alike(one: Sketch, other: Sketch) -> bool:
    return resemblance(one, other) >= SAME_STORY


def _root(memory: Memory, source: str) -> str:
    """The source that a source has become part of."""
    while isinstance(found := memory[_source(source)], str):
        source = found
    return source


def _lead(lead: int) -> str:
    return f"lead {lead}"


def _credit(credited: str) -> str:
    return f"credit {credited}"


def _source(label: str) -> str:
    return f"source {label}"
