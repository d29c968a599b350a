"""Date expressions and what they mean against a reference date, as precisely as the words allow and no more."""

from geograph.dates.expression import DateExpression
from geograph.dates.find import find_dates

__all__ = ["DateExpression", "find_dates"]
