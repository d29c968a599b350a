"""What consolidation remembers of a key, kept in the store: names and JSON values on pages, each page one literal.

Most keys are told of by one article or two and fit on one page. A memory that grows gets one page more for every
`PAGE` names, and only one other page is divided for it (W. Litwin, "Linear hashing", 1980), so that looking up or
writing a name costs the same in a memory of ten names and of a hundred thousand. Pages are the store's own index and
leave it in no export.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, MutableMapping
from typing import Any
from zlib import crc32

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, Quad

from geograph.facts import Key, Memory
from geograph.model import content_id
from geograph.store.changes import Changes
from geograph.store.terms import value
from geograph.store.writing import Writer

PAGE = 16
REMEMBERED_PAGES = 5_000
FIRST_PAGE = frozenset({"sums", "calendar"})
"""Names that every change reads and writes; they lie with the size of the memory, which most changes write too."""
_SIZE = ""


class Pages(MutableMapping[str, Any]):
    """One memory. Values are JSON and never changed in place. What changes is held until `changes` is written."""

    def __init__(self, id: str, quads: pyoxigraph.Store, write: Writer) -> None:
        self._id = id
        self._quads = quads
        self._write = write
        self._read: dict[int, str] = {}
        self._pages: dict[int, dict[str, Any]] = {}
        self._written: set[int] = set()
        self._size: int = self._page(0).get(_SIZE, 0)

    def __getitem__(self, name: str) -> Any:
        return self._page(self._number(name))[name]

    def __setitem__(self, name: str, value: Any) -> None:
        number = self._number(name)
        page = self._page(number)
        grows = name not in page
        page[name] = value
        self._written.add(number)
        if grows:
            self._resize(self._size + 1)

    def __delitem__(self, name: str) -> None:
        number = self._number(name)
        del self._page(number)[name]
        self._written.add(number)
        self._resize(self._size - 1)

    def __iter__(self) -> Iterator[str]:
        for number in range(_pages(self._size)):
            yield from (name for name in self._page(number) if name != _SIZE)

    def __len__(self) -> int:
        return self._size

    def clear(self) -> None:
        """Forgets all names."""
        for number in range(_pages(self._size)):
            self._page(number).clear()
            self._written.add(number)
        self._size = 0

    def loaded(self) -> int:
        """How many pages are held."""
        return len(self._pages)

    def changes(self, changes: Changes) -> None:
        """Adds what was changed to `changes`."""
        for number in sorted(self._written):
            page = self._pages[number]
            now = json.dumps(page, ensure_ascii=False, separators=(",", ":")) if page else ""
            before = self._read.get(number, "")
            if now != before:
                changes.change(self._quad(number, before), self._quad(number, now))
                self._read[number] = now
        self._written.clear()

    def _number(self, name: str) -> int:
        return _address(name, _pages(self._size))

    def _page(self, number: int) -> dict[str, Any]:
        page = self._pages.get(number)
        if page is None:
            found = self._quads.quads_for_pattern(
                self._write.page(self._id, number), self._write.term("page"), None, DefaultGraph()
            )
            quad = next(found, None)
            self._read[number] = value(quad.object) if quad is not None else ""
            page = self._pages[number] = json.loads(self._read[number] or "{}")
        return page

    def _resize(self, size: int) -> None:
        before, now = _pages(self._size), _pages(size)
        self._size = size
        if now > before:
            self._move(_buddy(before, now), now)
        elif now < before:
            self._move(now, now)
        first = self._page(0)
        if size:
            first[_SIZE] = size
        else:
            first.pop(_SIZE, None)
        self._written.add(0)

    def _move(self, number: int, pages: int) -> None:
        """Moves the names of a page to where they are looked up now."""
        page = self._page(number)
        for name in [name for name in page if name != _SIZE and _address(name, pages) != number]:
            target = _address(name, pages)
            self._page(target)[name] = page.pop(name)
            self._written |= {number, target}

    def _quad(self, number: int, text: str) -> Iterator[Quad]:
        if text:
            yield Quad(self._write.page(self._id, number), self._write.term("page"), Literal(text))


class Shelves:
    """The memories of all keys in a store. Those used last stay in memory between batches."""

    def __init__(self, quads: pyoxigraph.Store, write: Writer) -> None:
        self._quads = quads
        self._write = write
        self._held: dict[str, Pages] = {}
        self._touched: dict[str, Pages] = {}
        self._loaded = 0

    def memory(self, key: Key, name: str) -> Memory:
        """The memory of that name on the shelf of a key."""
        id = content_id(*key, name)
        memory = self._touched.get(id)
        if memory is None:
            memory = self._held.pop(id, None)
            if memory is None:
                memory = Pages(id, self._quads, self._write)
            else:
                self._loaded -= memory.loaded()
            self._touched[id] = memory
        return memory

    def changes(self, changes: Changes) -> None:
        """Adds what was changed in any memory to `changes`."""
        for memory in self._touched.values():
            memory.changes(changes)

    def settle(self) -> None:
        """Holds the memories used since the last time: what they changed is written. The oldest go if they are many."""
        self._held.update(self._touched)
        self._loaded += sum(memory.loaded() for memory in self._touched.values())
        self._touched.clear()
        while self._loaded > REMEMBERED_PAGES:
            self._loaded -= self._held.pop(next(iter(self._held))).loaded()

    def forget(self) -> None:
        """Lets go of all memories with what they changed."""
        self._held.clear()
        self._touched.clear()
        self._loaded = 0


def _pages(size: int) -> int:
    return 1 + size // PAGE


def _address(name: str, pages: int) -> int:
    if name in FIRST_PAGE:
        return 0
    span = 1 << (pages - 1).bit_length()
    number = crc32(name.encode()) % span
    return number if number < pages else number - span // 2


def _buddy(new: int, pages: int) -> int:
    """The page that is divided for the page `new`."""
    return new - (1 << (pages - 1).bit_length()) // 2
