"""What one trigger has asked of an article the next one asks again: answers that are kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

_Owner = TypeVar("_Owner")
_Asked = ParamSpec("_Asked")
_Answer = TypeVar("_Answer")

of_token = lru_cache(maxsize=2048)
"""Keeps the answers of a function of one token: as many as an article of some length has words."""


def of_object(
    method: Callable[Concatenate[_Owner, _Asked], _Answer],
) -> Callable[Concatenate[_Owner, _Asked], _Answer]:
    """The method, its answers kept as long as its object lives; for methods that give the same for the same."""
    place = f"_known_{method.__name__}"

    @wraps(method)
    def answer(self: _Owner, /, *asked: _Asked.args, **named: _Asked.kwargs) -> _Answer:
        # As cached_property does, past what is frozen: the answers are no part of the value.
        known: dict[Hashable, Any] | None = self.__dict__.get(place)
        if known is None:
            known = self.__dict__[place] = {}
        key = (asked, *named.items()) if named else asked
        if key not in known:
            known[key] = method(self, *asked, **named)
        found: _Answer = known[key]
        return found

    return answer
