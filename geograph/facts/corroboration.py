"""Which of several articles are sources of their own: copies, and reports that credit one agency, count once.

Near-identity is the resemblance of word shingles, estimated from bottom-k sketches (Broder, "On the resemblance
and containment of documents", 1997): independent reports of one event share a few per cent of their five-word runs,
copies with small edits more than half.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b
from heapq import nsmallest

from geograph.model import Article

SHINGLE_WORDS = 5
SKETCH_SIZE = 64
SAME_STORY = 0.5
_WORD = re.compile(r"\w+")


def independent_sources(articles: Iterable[Article]) -> tuple[tuple[Article, ...], ...]:
    """The articles in groups, one for each independent source; groups and their members sorted by article id.

    Articles are of one group if they credit the same agency (where none is named: the same publisher), or if their
    texts are near-identical. Each text is compared only with the first of every group of copies that shares a
    shingle with it, so time grows with the number of articles and not with its square.
    """
    ordered = sorted({article.id: article for article in articles}.values(), key=lambda article: article.id)
    parent = list(range(len(ordered)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    def join(first: int, second: int) -> None:
        low, high = sorted((root(first), root(second)))
        parent[high] = low

    first_of_source: dict[str, int] = {}
    originals: dict[int, list[int]] = {}
    for index, article in enumerate(ordered):
        if source := credit(article):
            join(first_of_source.setdefault(source, index), index)
        own = sketch(article.text) if len(ordered) > 1 else ()
        shared = Counter(other for shingle in own for other in originals.get(shingle, ()))
        copied = [
            other
            for other, count in shared.items()
            if count >= SAME_STORY * len(own) / 2 and resemblance(own, sketch(ordered[other].text)) >= SAME_STORY
        ]
        for other in copied:
            join(other, index)
        if not copied:
            for shingle in own:
                originals.setdefault(shingle, []).append(index)
    groups: dict[int, list[Article]] = {}
    for index, article in enumerate(ordered):
        groups.setdefault(root(index), []).append(article)
    return tuple(tuple(group) for _, group in sorted(groups.items()))


def credit(article: Article) -> str | None:
    """Who answers for the report: the agency, else the publisher, in lower case; None if unknown."""
    name = " ".join((article.agency or article.publisher or "").split())
    return name.casefold() or None


@lru_cache(maxsize=8192)
def sketch(text: str) -> tuple[int, ...]:
    """The smallest hashes of the text's shingles, ascending: a fingerprint that survives small edits."""
    words = _WORD.findall(text.casefold())
    width = min(SHINGLE_WORDS, len(words))
    shingles = {" ".join(words[start : start + width]) for start in range(len(words) - width + 1)} if words else set()
    hashes = (int.from_bytes(blake2b(each.encode(), digest_size=8).digest()) for each in shingles)
    return tuple(nsmallest(SKETCH_SIZE, hashes))


def resemblance(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The estimated share of shingles that two texts have in common, from 0 to 1, from their sketches."""
    common = set(one).intersection(other)
    smallest = nsmallest(SKETCH_SIZE, {*one, *other}) if common else ()
    return sum(shingle in common for shingle in smallest) / len(smallest) if smallest else 0.0
