"""Examples in batches, as the tensors that the model takes, and how wrong its answers are."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import torch
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from geograph.training.examples import Example
from geograph.training.model import Output

BATCH = 32
_POSITIVE = 2.0
"""Weight of a relation that is there against one that is not: most pairs have none."""
_IGNORED = -100
_MASK = 103
"""The encoder's piece [MASK]."""
_MASKED = 0.12
"""Share of mentions whose words a pass hides, that relations are not learned by heart from names."""


def batch_of(found: Sequence[Example], device: torch.device) -> dict[str, torch.Tensor]:
    """The tensors that the model takes; the pairs of all examples are one list."""
    length = max(len(example.pieces.ids) for example in found)

    def padded(rows: Iterable[Sequence[int]]) -> torch.Tensor:
        return torch.tensor([[*row, *[0] * (length - len(row))] for row in rows], device=device)

    pairs = [
        (row, *e.spans[p.subject], e.types[p.subject], *e.spans[p.object], e.types[p.object])
        for row, e in enumerate(found)
        for p in e.pairs
    ]
    return {
        "ids": padded(e.pieces.ids for e in found),
        "mask": padded([1] * len(e.pieces.ids) for e in found),
        "cases": padded(e.pieces.cases for e in found),
        "pairs": torch.tensor(pairs, dtype=torch.long, device=device).view(-1, 7),
    }


def loss_of(output: Output, found: Sequence[Example]) -> torch.Tensor:
    """How wrong the output is: tags, relations of the pairs, statuses of relations that are there."""
    device, length = output.tags.device, output.tags.shape[1]
    tags = torch.tensor([[*e.tags, *[_IGNORED] * (length - len(e.tags))] for e in found], device=device)
    tagging = cross_entropy(output.tags.flatten(0, 1), tags.flatten(), ignore_index=_IGNORED)
    labels = [
        (place, relation, status)
        for place, pair in enumerate(pair for e in found for pair in e.pairs)
        for relation, status in pair.labels
    ]
    if not labels:
        return tagging
    place, relation, status = torch.tensor(labels, device=device).unbind(-1)
    wanted = torch.zeros_like(output.relations)
    wanted[place, relation] = 1.0
    weight = torch.full((output.relations.shape[-1],), _POSITIVE, device=device)
    each = binary_cross_entropy_with_logits(output.relations, wanted, pos_weight=weight, reduction="none")
    judging = cross_entropy(output.statuses[place, relation], status)
    return tagging + each.sum(-1).mean() + 0.5 * judging


def batches(found: Sequence[Example], seed: int) -> Iterator[list[Example]]:
    """The examples in batches of like length, shuffled by a seed, with some of their mentions hidden."""
    chance = random.Random(seed)
    order = [_masked(example, chance) for example in found]
    chance.shuffle(order)
    chunks = [order[i : i + 32 * BATCH] for i in range(0, len(order), 32 * BATCH)]
    ready = [
        chunk[i : i + BATCH]
        for chunk in (sorted(chunk, key=lambda e: len(e.pieces.ids)) for chunk in chunks)
        for i in range(0, len(chunk), BATCH)
    ]
    random.Random(seed + 1).shuffle(ready)
    yield from ready


def _masked(example: Example, chance: random.Random) -> Example:
    """The example with some of its mentions hidden; these are not learned as tags."""
    ids, tags = list(example.pieces.ids), list(example.tags)
    for first, last in example.spans:
        if chance.random() < _MASKED:
            for i in range(first, last + 1):
                ids[i], tags[i] = _MASK, _IGNORED
    return replace(example, pieces=replace(example.pieces, ids=tuple(ids)), tags=tuple(tags))
