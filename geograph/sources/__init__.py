"""Files -> articles: text and Markdown with or without front matter, saved pages of several articles, JSON lines.

`read` is the way in. Nothing here follows a link, and nothing of a file is run.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from geograph.errors import SourceError
from geograph.model import Article, content_id
from geograph.ontology import Ontology
from geograph.sources.decode import LIMIT, decode
from geograph.sources.files import JSON_LINES, MARKDOWN, STANDARD_INPUT, files, reason
from geograph.sources.jsonl import read_json_lines
from geograph.sources.phrases import Boilerplate, boilerplate
from geograph.sources.text import read_text

__all__ = ["read"]


def read(
    sources: Iterable[str | Path],
    *,
    on_error: Callable[[SourceError], None],
    ontology: Ontology,
    stdin: BinaryIO | None = None,
) -> Iterator[Article]:
    """The articles of files, folders, glob patterns and `-` (`stdin`), sorted by path; a file given twice is read once.

    What cannot be read goes to `on_error`, one error for a file or a line of JSON, and the rest goes on. The
    ontology's word classes say what is boilerplate.
    """
    phrases = boilerplate(ontology)
    given = [str(source) for source in sources]
    if STANDARD_INPUT in given:
        if stdin is None:
            on_error(SourceError("-: no standard input here; give a file instead"))
        else:
            yield from _stream(stdin, phrases, on_error)
    for path in files([source for source in given if source != STANDARD_INPUT], on_error):
        yield from _file(path, phrases, on_error)


def _file(path: Path, phrases: Boilerplate, on_error: Callable[[SourceError], None]) -> Iterator[Article]:
    suffix = path.suffix.lower()
    try:
        origin = content_id(os.path.realpath(path))
        with path.open("rb") as stream:
            if suffix in JSON_LINES:
                lines = _limited(stream)
                yield from read_json_lines(
                    lines, name=str(path), document=path.stem, phrases=phrases, on_error=on_error, origin=origin
                )
            else:
                text = decode(stream.read(LIMIT + 1), str(path))
                for article in read_text(
                    text, name=str(path), document=path.stem, phrases=phrases, markdown=suffix in MARKDOWN
                ):
                    yield replace(article, origin=origin)
    except SourceError as error:
        on_error(error)
    except OSError as error:
        on_error(SourceError(f"{path}: {reason(error)}"))


def _stream(stdin: BinaryIO, phrases: Boilerplate, on_error: Callable[[SourceError], None]) -> Iterator[Article]:
    """The articles of standard input, which is JSON lines if it begins with a brace."""
    lines = _limited(stdin)
    head = [b""]
    while not head[-1].strip() and (line := next(lines, None)) is not None:
        head.append(line)
    everything = chain(head[1:], lines)
    try:
        if head[-1].lstrip(b"\xef\xbb\xbf\t ").startswith(b"{"):
            yield from read_json_lines(everything, name="-", document="stdin", phrases=phrases, on_error=on_error)
        else:
            data = bytearray()
            for line in everything:
                data += line
                if len(data) > LIMIT:
                    break
            yield from read_text(decode(bytes(data), "-"), name="-", document="stdin", phrases=phrases)
    except SourceError as error:
        on_error(error)
    except OSError as error:
        on_error(SourceError(f"-: {reason(error)}"))


def _limited(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream; one over the limit comes cut to just over it, and its rest is skipped."""
    while line := stream.readline(LIMIT + 1):
        yield line
        while len(line) > LIMIT and not line.endswith(b"\n"):
            line = stream.readline(LIMIT + 1)
            if len(line) <= LIMIT:
                break
