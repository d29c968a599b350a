"""The language-model reader: any OpenAI-compatible endpoint chooses claims out of the catalogue, geograph checks them.

    parts -> question -> cache or endpoint -> answer -> proposals -> frames -> claims

The model points at words; date, place, speaker and item are read by what all readers share. Needs the extra `[llm]`.
"""

from geograph.readers.llm.reader import LlmReader, llm_reader
from geograph.readers.llm.settings import Settings, settings_from

__all__ = ["LlmReader", "Settings", "llm_reader", "settings_from"]
