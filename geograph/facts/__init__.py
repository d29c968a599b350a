"""Claims -> facts: which claims tell of one event, and how well it is attested. Pure functions."""

from geograph.facts.consolidation import HISTORY, FactChange, KeyChange, Shelf, consolidate, holds, update
from geograph.facts.corroboration import Memory, Sketch, sketch
from geograph.facts.encounter import Encounter, encounter_of
from geograph.facts.reports import Key, Report, key_of, reports_of

__all__ = [
    "HISTORY",
    "Encounter",
    "FactChange",
    "Key",
    "KeyChange",
    "Memory",
    "Report",
    "Shelf",
    "Sketch",
    "consolidate",
    "encounter_of",
    "holds",
    "key_of",
    "reports_of",
    "sketch",
    "update",
]
