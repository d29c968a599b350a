"""Pages of one state of the store, kept until the store changes; nobody builds one that another is building."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable

from geograph.server.wire import Answer

MOST_BYTES = 128 * 1024 * 1024


class PageCache:
    """Answers by key, the least used leaving first; errors are not kept."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._pages: OrderedDict[Hashable, Answer] = OrderedDict()
        self._locks: dict[Hashable, tuple[asyncio.Lock, int]] = {}

    async def get(self, key: Hashable, state: str, build: Callable[[], Awaitable[Answer]]) -> Answer:
        """The page of that key in that state, built where it is not here."""
        if (page := self._kept(key, state)) is not None:
            return page
        lock, users = self._locks.get(key, (asyncio.Lock(), 0))
        self._locks[key] = (lock, users + 1)
        try:
            async with lock:
                if (page := self._kept(key, state)) is not None:
                    return page
                page = await build()
                if page.status == 200 and page.state:
                    self._keep(key, page)
                return page
        finally:
            lock, users = self._locks.pop(key)
            if users > 1:
                self._locks[key] = (lock, users - 1)

    def _kept(self, key: Hashable, state: str) -> Answer | None:
        page = self._pages.get(key)
        if page is None or page.state != state:
            return None
        self._pages.move_to_end(key)
        return page

    def _keep(self, key: Hashable, page: Answer) -> None:
        self._pages.pop(key, None)
        self._pages[key] = page
        while sum(len(each.body) for each in self._pages.values()) > self._most:
            self._pages.popitem(last=False)
