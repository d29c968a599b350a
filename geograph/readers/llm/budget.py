"""What asking has cost so far, and whether another request may go out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from geograph.readers.llm.asking import Answer, Question
from geograph.readers.llm.settings import Settings

_CHARACTERS = 4
"""Characters of a token of English, about; taken where a server counts none."""
_MILLION = 1_000_000


@dataclass
class Ledger:
    """Requests and tokens of one run. `guessed` are tokens that no server counted."""

    settings: Settings
    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    guessed: int = 0

    @property
    def tokens(self) -> int:
        """Tokens read and written."""
        return self.input_tokens + self.output_tokens

    @property
    def cost(self) -> float | None:
        """What the tokens cost, in the currency of the prices; None without prices."""
        return self._cost(self.input_tokens, self.output_tokens)

    def refusal(self, question: Question) -> str | None:
        """Why a question may not go out, None if it may: with what it takes to ask it, a budget would be overdrawn."""
        more, settings = _tokens_of(question), self.settings
        if settings.token_budget is not None and self.tokens + more > settings.token_budget:
            return f"the budget of {settings.token_budget:,} tokens is used up ({self.tokens:,} spent)"
        cost = self._cost(self.input_tokens + more, self.output_tokens)
        if settings.cost_budget is not None and cost is not None and cost > settings.cost_budget:
            return f"the budget of {settings.cost_budget:g} is used up ({self.cost:.4f} spent)"
        return None

    def enter(self, question: Question, answer: Answer | None) -> None:
        """Count a request that the server worked on; `answer` is None where it never told what it had counted."""
        read, written = (answer.input_tokens, answer.output_tokens) if answer else (None, None)
        if read is None:
            read = _tokens_of(question)
            self.guessed += read
        if written is None:
            written = len(answer.text) // _CHARACTERS if answer else 0
            self.guessed += written
        self.input_tokens += read
        self.output_tokens += written

    def lines(self) -> Iterator[str]:
        """The account in one line."""
        told = f"requests: {self.requests}, tokens read: {self.input_tokens:,}, written: {self.output_tokens:,}"
        if self.guessed:
            told += f" ({self.guessed:,} of them guessed)"
        yield told + (f", cost: {self.cost:.4f}" if self.cost is not None else "")

    def _cost(self, read: int, written: int) -> float | None:
        prices = self.settings.input_price, self.settings.output_price
        if prices[0] is None or prices[1] is None:
            return None
        return (read * prices[0] + written * prices[1]) / _MILLION


def _tokens_of(question: Question) -> int:
    characters = len(question.instructions) + len(question.text) + len(json.dumps(question.schema))
    return characters // _CHARACTERS + 1
