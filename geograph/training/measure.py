"""How well a model reads passages that it has not seen: precision, recall, confusions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import torch

from geograph.readers.learned.sightings import stretches
from geograph.training.batches import BATCH, batch_of
from geograph.training.examples import Example
from geograph.training.model import Model


@dataclass(frozen=True)
class Judged:
    """What a model says of examples: tags of each, then a row for each of their pairs."""

    tags: list[list[int]]
    logits: torch.Tensor
    wanted: torch.Tensor
    statuses: torch.Tensor


def judge(model: Model, found: Sequence[Example]) -> Judged:
    """The model's answers beside what is annotated; `wanted` is 0 or 1, `statuses` the likeliest."""
    model.eval()
    device = next(model.parameters()).device
    tags: list[list[int]] = []
    logits, statuses = [], []
    with torch.no_grad():
        for i in range(0, len(found), BATCH):
            chunk = found[i : i + BATCH]
            output = model(**batch_of(chunk, device))
            rows = output.tags.argmax(-1).tolist()
            tags += [row[: len(example.tags)] for example, row in zip(chunk, rows, strict=True)]
            logits.append(output.relations.cpu())
            statuses.append(output.statuses.argmax(-1).cpu())
    every = torch.cat(logits)
    wanted = torch.zeros_like(every)
    for place, pair in enumerate(pair for example in found for pair in example.pairs):
        for relation, _ in pair.labels:
            wanted[place, relation] = 1.0
    return Judged(tags, every, wanted, torch.cat(statuses))


def measure(
    judged: Judged, found: Sequence[Example], relations: Sequence[str], threshold: float = 0.5
) -> dict[str, object]:
    """Precision, recall and F1 of tagged mentions and of relations (micro, macro, each), and accuracy of status."""
    mentions = Counter[str]()
    for example, row in zip(found, judged.tags, strict=True):
        have, want = _spans(row), _spans(example.tags)
        mentions += Counter(right=len(have & want), ours=len(have), theirs=len(want))
    given, wanted = judged.logits.sigmoid() >= threshold, judged.wanted.bool()
    right, ours, theirs = ((given & wanted).sum(0).tolist(), given.sum(0).tolist(), wanted.sum(0).tolist())
    each = {name: _f1(*counts) for name, *counts in zip(relations, right, ours, theirs, strict=True) if counts[2]}
    return {
        "mentions": _prf(mentions["right"], mentions["ours"], mentions["theirs"]),
        "relations": _prf(sum(right), sum(ours), sum(theirs)),
        "macro_f1": round(sum(each.values()) / max(len(each), 1), 3),
        "status": _status(judged, found, given),
        "each": each,
        "confused": dict(_confused(given, wanted, relations).most_common(20)),
    }


def _status(judged: Judged, found: Sequence[Example], given: torch.Tensor) -> float:
    """The share of found relations whose status is right."""
    pairs = enumerate(pair for example in found for pair in example.pairs)
    hits = [
        int(judged.statuses[place, relation]) == status
        for place, pair in pairs
        for relation, status in pair.labels
        if given[place, relation]
    ]
    return round(sum(hits) / max(len(hits), 1), 3)


def _confused(given: torch.Tensor, wanted: torch.Tensor, relations: Sequence[str]) -> Counter[str]:
    """What missed relations were taken for."""
    found: Counter[str] = Counter()
    for place, relation in (wanted & ~given).nonzero().tolist():
        others = (given[place] & ~wanted[place]).nonzero().flatten().tolist()
        found.update(f"{relations[relation]} as {relations[other]}" for other in others)
        found.update([f"{relations[relation]} as none"] if not others else ())
    return found


def _spans(tags: Sequence[int]) -> set[tuple[int, int, int]]:
    """First and last piece and first tag of each tagged stretch."""
    return {(first, last, tags[first]) for first, last in stretches(tags)}


def _f1(right: int, ours: int, theirs: int) -> float:
    return round(2 * right / max(ours + theirs, 1), 3)


def _prf(right: int, ours: int, theirs: int) -> dict[str, float]:
    return {"P": round(right / max(ours, 1), 3), "R": round(right / max(theirs, 1), 3), "F1": _f1(right, ours, theirs)}
