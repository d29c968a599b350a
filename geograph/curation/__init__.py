"""What people decide about the graph: who is who, what is called what, which claims hold. Pure, but for its one file.

Claims are never changed. Decisions are a mapping that is applied where claims become facts, so that undoing one gives
back what was before it.
"""

from geograph.curation.curation import NOTHING_DECIDED, Curation
from geograph.curation.decisions import (
    ClaimReference,
    Decision,
    Distinct,
    Hide,
    Judge,
    Judgement,
    Merge,
    Rename,
    Retype,
    reference_to,
)
from geograph.curation.file import FILE_NAME, appended, file_beside, parse, read_file, render, without, write_file

__all__ = [
    "FILE_NAME",
    "NOTHING_DECIDED",
    "ClaimReference",
    "Curation",
    "Decision",
    "Distinct",
    "Hide",
    "Judge",
    "Judgement",
    "Merge",
    "Rename",
    "Retype",
    "appended",
    "file_beside",
    "parse",
    "read_file",
    "reference_to",
    "render",
    "without",
    "write_file",
]
