"""Files -> articles: text, Markdown, HTML, PDF, DOCX, e-mail, web archives, tables, JSON; pages of several articles.

`read` is the way in. Nothing here follows a link, and nothing of a file is run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from geograph.errors import SourceError
from geograph.model import Article
from geograph.ontology import Ontology
from geograph.sources.files import STANDARD_INPUT, files, is_web
from geograph.sources.formats import Reader
from geograph.sources.phrases import boilerplate

__all__ = ["read"]


def read(
    sources: Iterable[str | Path],
    *,
    on_error: Callable[[SourceError], None],
    ontology: Ontology,
    stdin: BinaryIO | None = None,
    columns: Mapping[str, str] | None = None,
    web: Callable[[Sequence[str]], Iterator[Article]] | None = None,
) -> Iterator[Article]:
    """The articles of files, folders, glob patterns and `-` (`stdin`), sorted by path; a file given twice is read once.

    What cannot be read goes to `on_error`, one error for a file or a row, and the rest goes on; so do articles in
    other languages than English. The ontology's word classes say what is boilerplate. `columns` says which columns of
    tables, or keys of JSON, hold what, as `{"text": "Body"}`. Web addresses come last, read by `web` (see
    `geograph.web.reading`); without it they go to `on_error`.
    """
    reader = Reader(boilerplate(ontology), on_error, columns or {})
    given = [str(source) for source in sources]
    if STANDARD_INPUT in given:
        if stdin is None:
            on_error(SourceError("-: no standard input here; give a file instead"))
        else:
            yield from reader.stream(stdin)
    on_web = [source for source in given if web is not None and is_web(source)]
    for path in files([source for source in given if source not in (STANDARD_INPUT, *on_web)], on_error):
        yield from reader.file(path)
    if web is not None and on_web:
        yield from web(on_web)
