"""Claims -> facts: which claims tell of one event, and how well it is attested. Pure functions."""

from geograph.facts.consolidation import Key, consolidate, key_of
from geograph.facts.corroboration import independent_sources

__all__ = ["Key", "consolidate", "independent_sources", "key_of"]
