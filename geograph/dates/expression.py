"""What was found: words that say when, with the period that they mean."""

from __future__ import annotations

from dataclasses import dataclass

from geograph.model import Period, Span


@dataclass(frozen=True, slots=True)
class DateExpression:
    """Words that say when: their span and the period that they mean, None where that stays unknown.

    `bound` says how the words before the expression limit it: "by" and "end" are deadlines, "since", "until", "before"
    and "after" open spans; None for a plain time.
    """

    span: Span
    text: str
    period: Period | None
    bound: str | None = None
