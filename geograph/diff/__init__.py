"""What changed between two states of knowledge: new, ended, changed and gone facts, and dyads that turned."""

from geograph.diff.compare import Aspect, Change, Diff, Gone, New, compare
from geograph.diff.dyads import RULE, Turn
from geograph.diff.report import FORMATS, lines, render

__all__ = ["FORMATS", "RULE", "Aspect", "Change", "Diff", "Gone", "New", "Turn", "compare", "lines", "render"]
