"""How likely a score is right: logits of held-out passages against what is annotated there.

Platt's scaling (1999, "Probabilistic outputs for support vector machines") with one slope for all relations and an
offset for each, drawn towards nothing where there are few examples.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

_PULL = 2.0
"""Weight of the square of an offset against the surprise of one example."""


def calibration(logits: Tensor, wanted: Tensor, relations: Sequence[str]) -> dict[str, object]:
    """Slope and offsets by which `sigmoid(slope * logit + offset)` is the share that is right.

    `logits` and `wanted` (0 or 1) are (pairs, relations).
    """
    slope = torch.ones(1, requires_grad=True)
    offsets = torch.zeros(len(relations), requires_grad=True)
    optimizer = torch.optim.LBFGS([slope, offsets], max_iter=200, line_search_fn="strong_wolfe")

    def surprise() -> Tensor:
        optimizer.zero_grad()
        loss = binary_cross_entropy_with_logits(slope * logits + offsets, wanted, reduction="sum")
        loss = loss + _PULL * offsets.square().sum()
        loss.backward()
        return loss

    optimizer.step(surprise)
    rounded = {name: round(value, 3) for name, value in zip(relations, offsets.tolist(), strict=True)}
    return {"slope": round(slope.item(), 3), "offsets": rounded}
