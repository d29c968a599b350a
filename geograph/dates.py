"""Date expressions and what they mean against a reference date, as precisely as the words allow."""

from __future__ import annotations

from dataclasses import dataclass

from geograph.model import Period, Span


@dataclass(frozen=True, slots=True)
class DateExpression:
    """Words that say when: their span and the period that they mean, None where that stays unknown."""

    span: Span
    text: str
    period: Period | None
