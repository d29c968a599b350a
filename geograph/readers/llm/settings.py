"""Where the model is, how much may be spent on it, how long to wait."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from geograph.errors import ReaderError

URL, MODEL, KEY = "GEOGRAPH_LLM_URL", "GEOGRAPH_LLM_MODEL", "GEOGRAPH_LLM_KEY"
_KEY = re.compile(r"[!-~]+\Z")


@dataclass(frozen=True)
class Settings:
    """How the language model is asked. Raises ReaderError for what cannot work.

    `url` is the base of an OpenAI-compatible API (`http://127.0.0.1:8000/v1`). Budgets are for one run; prices are per
    million tokens, in whatever currency `cost_budget` is. `timeout` is in seconds, for one request as a whole; `tries`
    are requests for one part of an article. `part_length` is in characters, `answer_tokens` the longest answer.
    `schema` is false for endpoints that know `json_object` but no `json_schema`. `confidence` is what a claim states
    whose ends are names: nobody has counted how often your model is right, so measure it and set it.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    cache: Path | None = None
    token_budget: int | None = None
    cost_budget: float | None = None
    input_price: float | None = None
    output_price: float | None = None
    timeout: float = 120.0
    tries: int = 3
    part_length: int = 6000
    answer_tokens: int = 4096
    schema: bool = True
    confidence: float = 0.8

    def __post_init__(self) -> None:
        _check_url(self.url)
        if not self.model.strip():
            raise ReaderError(f"the language model has no name; give --llm-model or set {MODEL}")
        # An HTTP library would name the whole header in its error, and the key with it.
        if self.key is not None and not _KEY.match(self.key):
            raise ReaderError(f"{KEY} holds white space or signs that no key has; set it again")
        for name in ("token_budget", "cost_budget", "input_price", "output_price"):
            if (amount := getattr(self, name)) is not None and not 0 <= amount < float("inf"):
                raise ReaderError(f"{name} of the language model is {amount}; it cannot be less than nothing")
        for name in ("timeout", "tries", "part_length", "answer_tokens"):
            if not 0 < getattr(self, name) < float("inf"):
                raise ReaderError(f"{name} of the language model is {getattr(self, name)}; give more than 0")
        if not 0 < self.confidence <= 1:
            raise ReaderError(f"confidence of the language model is {self.confidence}; give more than 0, at most 1")
        if self.cost_budget is not None and not self.is_priced:
            raise ReaderError("a budget in money needs the prices of a million tokens read and written; give both")

    @property
    def is_priced(self) -> bool:
        """Whether it is known what tokens cost."""
        return self.input_price is not None and self.output_price is not None

    @property
    def endpoint(self) -> str:
        """The URL as messages name it."""
        return self.url.rstrip("/")


def settings_from(
    environ: Mapping[str, str], *, url: str | None = None, model: str | None = None, key: str | None = None, **rest: Any
) -> Settings:
    """The settings given, the missing ones from `environ`: GEOGRAPH_LLM_URL, GEOGRAPH_LLM_MODEL, GEOGRAPH_LLM_KEY.

    No other variable is asked, so that a key meant for another service never goes out. `rest` are fields of Settings.
    Raises ReaderError.
    """
    url = url or environ.get(URL)
    model = model or environ.get(MODEL)
    if not url:
        raise ReaderError(f"no language model to ask; give --llm-url or set {URL} (http://127.0.0.1:8000/v1)")
    return Settings(url=url, model=model or "", key=(key or environ.get(KEY) or "").strip() or None, **rest)


def _check_url(url: str) -> None:
    """Refuse what is no plain web address. The message never repeats it: it may hold a password."""
    try:
        parts = urlsplit(url)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        fits = False
    if not fits or any(sign.isspace() for sign in url):
        raise ReaderError("the address of the language model is no URL; give one like http://127.0.0.1:8000/v1")
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise ReaderError(
            f"the address of the language model holds more than scheme, host and path; give the key in {KEY}"
        )
