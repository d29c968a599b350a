"""What may be added to a store, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from geograph.errors import StoreError
from geograph.model import Extraction


@dataclass(frozen=True, slots=True)
class Added:
    """What an addition changed: articles by what became of them, and the claims of the new and the replaced ones."""

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


def check_samples(extractions: Iterable[Extraction], stored: bool | None, path: Path | None) -> None:
    """Raises StoreError where samples and real articles would mix; `stored` says which are there, None for neither."""
    kinds = {extraction.article.sample for extraction in extractions}
    if len(kinds if stored is None else kinds | {stored}) > 1:
        raise StoreError(
            f"{path or 'store'}: invented samples and real articles must not mix; "
            "name another folder with --store, or begin anew with --new"
        )
