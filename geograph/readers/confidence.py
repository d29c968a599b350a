"""How sure a claim is: the share of such claims that are right.

Rules begin with EVENT or OFFICE, the learned reader with the calibrated score of its network; what ends, distance and
status take from it is the same for both. The figures are shares of claims read by rules, counted on hand-made gold (22
news documents and statements, 294 claims, a claim being right if the gold says the same with the same status), rounded,
and lowered where unseen text did worse: of 89 claims from editorials that nobody had looked at, .80 were right, judged
by hand. `geograph evaluate` prints the reliability table.
"""

from __future__ import annotations

from collections.abc import Mapping

from geograph.model import Mention, Span, Status, Via

EVENT = 0.92
OFFICE = 0.95
"""Claims whose ends are names beside the words that tell of them."""

# How often the end is who the words mean, by the kind of words.
_VIA: Mapping[Via, float] = {
    Via.NAME: 1.0,
    Via.METONYM: 0.97,
    Via.DEMONYM: 0.95,
    Via.NOMINAL: 0.9,
    Via.TITLE: 0.87,
    Via.PRONOUN: 0.85,
}
# How often the status is the one that a careful reader gives.
_STATUS: Mapping[Status, float] = {
    Status.ACTUAL: 1.0,
    Status.DENIED: 0.9,
    Status.PLANNED: 0.75,
    Status.POSSIBLE: 0.55,
}
_NEAR = 60
"""Characters between trigger and end up to which they stand in one short clause."""
_FAR = 0.92


def confidence(base: float, trigger: Span, ends: tuple[Mention, ...], status: Status) -> float:
    """The share of claims like this one that are right, 0 to 1, two decimals.

    `base` is the share between names in one short clause: EVENT, OFFICE or what a network states; `ends` are those
    that mentions tell.
    """
    for end in ends:
        base *= _VIA[end.via]
    if any(abs(end.span.start - trigger.start) >= _NEAR for end in ends):
        base *= _FAR
    return round(base * _STATUS[status], 2)
