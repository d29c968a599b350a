"""The score as text: measures, relations, how far confidence can be trusted, errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from geograph.evaluate.score import Score, evaluate
from geograph.ontology import Relation
from geograph.store import Store

_BOUNDS = (0.0, 0.7, 0.8, 0.85, 0.9, 0.95)


def report(store: Store, gold: Path, relations: Mapping[str, Relation], *, errors: int = 0) -> Iterator[str]:
    """The score as lines of text. Raises SourceError if `gold` holds no gold files."""
    score = evaluate(store.extractions(), gold, relations)
    yield f"{score.documents} documents"
    for name in ("events", "states", "dyads", "date", "place", "speaker"):
        yield f"{name:8} {getattr(score, name)}"
    accuracy = score.status_shared / score.status_either if score.status_either else 0.0
    yield f"status   accuracy {accuracy:.3f} of {score.status_either}"
    if score.relations:
        yield "by relation"
    width = max(map(len, score.relations), default=0)
    for name, tally in sorted(score.relations.items(), key=lambda item: (-item[1].right - item[1].missed, item[0])):
        yield f"  {name:{width}} {tally}"
    yield from _reliability(score)
    yield from score.errors[:errors]


def _reliability(score: Score) -> Iterator[str]:
    """How often claims of each stretch of confidence are right: calibrated if the two figures agree."""
    if score.reliability:
        yield "claims by confidence: stated on average, right with the same status"
    for low, high in zip(_BOUNDS, (*_BOUNDS[1:], 1.01), strict=True):
        among = [(stated, right) for stated, right in score.reliability if low <= stated < high]
        if among:
            stated, right = (sum(values) / len(among) for values in zip(*among, strict=True))
            yield f"  {low:.2f} to {min(high, 1.0):.2f}  stated {stated:.2f}  right {right:.2f}  of {len(among)}"
