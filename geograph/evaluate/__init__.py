"""Precision and recall of claims against hand-made gold.

Gold is one JSON file a document: `doc`, `entities` (id, name, type, country, aliases) and `facts` (s, r, o, date,
place, status, said_by, item, quote). A triple is right if relation and both ends agree and both sides call it actual.
Each entity of ours is taken for at most one of the gold's: equal names first, then most shared forms. Events and
states are counted apart; dyads are (PLOVER category, country, country), as political event data are used.
"""

from geograph.evaluate.report import report
from geograph.evaluate.score import Score, Tally, evaluate

__all__ = ["Score", "Tally", "evaluate", "report"]
