"""A question, its answer, and asking again: what every way of reaching a model has in common."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from geograph.errors import ReaderError

_FIRST_WAIT, _LONGEST_WAIT = 0.5, 30.0
"""Seconds before the second request, and the most that is ever waited, whatever the server asks for."""


@dataclass(frozen=True)
class Question:
    """What goes out: instructions that are ours, a text that is not, and the JSON schema of the answer."""

    instructions: str
    text: str
    schema: Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """What came back: JSON as text, and the tokens that the server counted; None where it counted none."""

    text: str
    input_tokens: int | None = None
    output_tokens: int | None = None


class NoAnswer(ReaderError):
    """A question that got no answer.

    `again` says whether another try may help, `lasting` whether no other question can be answered either, `spent`
    whether the server may have counted tokens for it. `answer` is what came, if something did that is no use.
    """

    def __init__(
        self,
        reason: str,
        *,
        again: bool = False,
        lasting: bool = False,
        spent: bool = False,
        wait: float | None = None,
        answer: Answer | None = None,
    ) -> None:
        super().__init__(reason)
        self.again = again
        self.lasting = lasting
        self.spent = spent
        self.wait = wait
        self.answer = answer


Ask = Callable[[Question], Answer]
"""Sends one request. Raises NoAnswer."""


def ask_again(ask: Callable[[], Answer], tries: int, *, sleep: Callable[[float], None] = time.sleep) -> Answer:
    """The answer of the first of at most `tries` requests that gets one. Raises the last NoAnswer.

    Between them it waits as long as the server asks for, else half a second, twice that, and so on; never over 30 s.
    """
    for attempt in range(1, tries + 1):
        try:
            return ask()
        except NoAnswer as failure:
            if not failure.again or attempt == tries:
                raise
            wait = failure.wait if failure.wait is not None else _FIRST_WAIT * 2 ** (attempt - 1)
            sleep(min(max(0.0, wait), _LONGEST_WAIT))  # in this order for a server that asks for nan
    raise AssertionError("tries is at least 1")
