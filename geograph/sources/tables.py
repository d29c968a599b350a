"""CSV and TSV files -> one article a row, row by row, so that a file may be of any size."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping

from geograph.errors import SourceError
from geograph.model import Article
from geograph.sources.decode import LIMIT
from geograph.sources.phrases import Boilerplate
from geograph.sources.records import article

_DELIMITERS = ",;\t|"
_MOST_COLUMNS = 1_000


def read_table(
    lines: Iterable[bytes],
    *,
    name: str,
    document: str,
    phrases: Boilerplate,
    named: Mapping[str, str],
    on_error: Callable[[SourceError], None],
) -> Iterator[Article]:
    """The article of each row below the head, in order; `named` says which columns hold what.

    The head's commonest mark of `, ; | tab` parts the cells. A row that is no article goes to `on_error` with the
    number of its last line. Raises SourceError that begins with `name` for a file without head or text column.
    """
    # The limit is one for all readers of the process; the usual one is shorter than articles are.
    csv.field_size_limit(LIMIT)
    texts = _Lines(lines, name)
    head = next(texts, "")
    delimiter = max(_DELIMITERS, key=head.count)
    try:
        columns = next(csv.reader([head], delimiter=delimiter), [])
    except csv.Error as error:
        raise SourceError(f"{name}:1: {error}; mend the head") from None
    if not any(columns) or len(columns) > _MOST_COLUMNS:
        raise SourceError(f"{name}:1: no head; give a first line that names the columns, text among them")
    for field, column in named.items():
        if column not in columns:
            raise SourceError(f"{name}:1: no column {column!r} for {field}; it has {', '.join(columns)[:200]}")
    rows = csv.reader(texts, delimiter=delimiter)
    empty = True
    while True:
        texts.begin()
        try:
            if (cells := next(rows, None)) is None:
                break
            if not any(cells):
                continue
            empty = False
            place = f"{name}:{texts.number}"
            if len(cells) > len(columns):
                raise SourceError(f"{place}: {len(cells)} cells, but {len(columns)} columns; put text in quotes")
            record = dict(zip(columns, cells, strict=False))
            yield article(record, name=place, document=document, phrases=phrases, named=named)
        except csv.Error as error:
            on_error(SourceError(f"{name}:{texts.number}: {error}; mend the quotes of this row"))
        except SourceError as error:
            on_error(error)
            if texts.broken:
                return
    if empty:
        raise SourceError(f"{name}: no row below the head; give a table with an article a row")


class _Lines:
    """The lines of a table as text, counted; a row of more than an article's size ends the reading."""

    def __init__(self, lines: Iterable[bytes], name: str) -> None:
        self._lines = iter(lines)
        self._name = name
        self._size = 0
        self.number = 0
        self.broken = False

    def begin(self) -> None:
        """Begins another row."""
        self._size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        self._size += len(line)
        self.broken = b"\0" in line or self._size > 2 * LIMIT
        if b"\0" in line:
            raise SourceError(f"{self._name}:{self.number}: not a table in UTF-8; convert the file")
        if self._size > 2 * LIMIT:
            raise SourceError(f"{self._name}:{self.number}: a row over {2 * LIMIT // 1_000_000} MB; mend its quotes")
        if self.number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        try:
            text = line.decode()
        except UnicodeDecodeError:
            text = line.decode("cp1252", "replace")
        # The csv module takes a stray carriage return for another line, and refuses it.
        return text.replace("\r\n", "\n").replace("\r", " ")
