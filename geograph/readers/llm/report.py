"""What became of reading with a language model: what was asked, kept, dropped, and left unread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from geograph.readers.llm.budget import Ledger

_MOST_NAMED = 5


@dataclass
class Report:
    """The account of one run. `unread` are documents, each with why the model has not read it, or only in part.

    `parts` counts what was read of articles, `kept` how much of that came from the cache; `dropped` counts proposals
    by the reason for which they are no claims.
    """

    ledger: Ledger
    parts: int = 0
    kept: int = 0
    claims: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    unread: list[tuple[str, str]] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """The account as lines of text."""
        yield f"language model: parts of articles read: {self.parts}, of them from the cache: {self.kept}"
        yield from (f"  {line}" for line in self.ledger.lines())
        yield f"  claims: {self.claims}, proposals dropped: {self.dropped.total()}"
        for reason, count in self.dropped.most_common():
            yield f"    {count} {reason}"
        for reason, count in Counter(why for _, why in self.unread).most_common():
            names = [document for document, why in self.unread if why == reason]
            more = f" and {count - _MOST_NAMED} more" if count > _MOST_NAMED else ""
            yield f"  not read, or only in part: {count}, as {reason}: {', '.join(names[:_MOST_NAMED])}{more}"
