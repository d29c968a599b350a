"""What may be added to a store, what comes in the place of what, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from time import monotonic

from geograph.errors import StoreError
from geograph.model import Article, Extraction, content_id


@dataclass(frozen=True, slots=True)
class Added:
    """What an addition changed: articles by what became of them, and the claims of the new and the replaced ones.

    `replaced` are articles that were read anew with another outcome and new versions of an article; `unchanged` are
    those that were there, and older versions of what is there.
    """

    new: int = 0
    replaced: int = 0
    unchanged: int = 0
    claims: int = 0

    def __add__(self, other: Added) -> Added:
        return Added(
            self.new + other.new,
            self.replaced + other.replaced,
            self.unchanged + other.unchanged,
            self.claims + other.claims,
        )


@dataclass
class Batch:
    """Extractions to be written together, by article id, and the files that were read to their end.

    `files` holds, by origin, the ids of the articles that are in the file now: what else is stored of it has gone.
    """

    extractions: dict[str, Extraction] = field(default_factory=dict)
    files: dict[str, frozenset[str]] = field(default_factory=dict)


def batches(extractions: Iterable[Extraction], full: int, patience: float) -> Iterator[Batch]:
    """The extractions in batches of `full` articles at most, and of fewer after `patience` seconds.

    Of two with one id (the same URL and text) the one whose document name comes first stays, in whatever order they
    come. A file is at its end when an article of another one follows.
    """
    batch = Batch()
    chosen: dict[str, tuple[str, str]] = {}
    in_file: dict[str, set[str]] = {}
    file: str | None = None
    since = monotonic()
    for extraction in extractions:
        id, origin = extraction.article.id, extraction.article.origin
        if file is not None and origin != file:
            batch.files[file] = frozenset(in_file[file])
        file = origin
        if origin is not None:
            in_file.setdefault(origin, set()).add(id)
        rank = (extraction.article.document, content_id(repr(extraction)))
        if id not in chosen or rank < chosen[id]:
            chosen[id] = rank
            batch.extractions[id] = checked(extraction)
        if len(batch.extractions) >= full or monotonic() - since > patience:
            yield batch
            batch, since = Batch(), monotonic()
    if file is not None:
        batch.files[file] = frozenset(in_file[file])
    yield batch


def origin_of(article: Article) -> frozenset[str]:
    """The file that the article was read from, if it is known."""
    return frozenset((article.origin,)) if article.origin is not None else frozenset()


def version_rank(article: Article) -> tuple[date, int, str]:
    """Sorts versions of one URL, the one that stays last: by publication, then by length, then by id."""
    return article.published or date.min, len(article.text), article.id


def checked(extraction: Extraction) -> Extraction:
    """The extraction with each claim once. Raises ValueError for a claim whose ends are not among the entities."""
    known = {entity.key for entity in extraction.entities}
    for claim in extraction.claims:
        needed = {claim.subject, claim.object, claim.said_by or claim.subject, claim.place_entity or claim.subject}
        if not needed <= known:
            raise ValueError(f"claim {claim.id} names {sorted(needed - known)}, not among its article's entities")
    once = {claim.id: claim for claim in reversed(extraction.claims)}
    if len(once) == len(extraction.claims):
        return extraction
    return replace(extraction, claims=tuple(reversed(once.values())))


def check_samples(articles: Iterable[Article], stored: bool | None, path: Path | None) -> None:
    """Raises StoreError where samples and real articles would mix; `stored` says which are there, None for neither."""
    kinds = {article.sample for article in articles}
    if len(kinds if stored is None else kinds | {stored}) > 1:
        raise StoreError(
            f"{path or 'store'}: invented samples and real articles must not mix; "
            "name another folder with --store, or begin anew with --new"
        )
