"""What the user names -> the files that it means: files, folders, glob patterns."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from geograph.errors import SourceError

STANDARD_INPUT = "-"
GZIP = ".gz"
"""Ends the name of a file that is packed."""
_IN_FOLDERS = frozenset(
    {
        ".txt",
        ".text",
        ".md",
        ".markdown",
        ".jsonl",
        ".ndjson",
        ".html",
        ".htm",
        ".xhtml",
        ".pdf",
        ".docx",
        ".eml",
        ".warc",
    }
)
"""Tables and JSON files hold anything: they are read where they are named."""


def is_web(source: str) -> bool:
    """Whether a source's name is an address on the web."""
    return source[:8].lower().startswith(("http://", "https://"))


def files(sources: Iterable[str], on_error: Callable[[SourceError], None]) -> Iterator[Path]:
    """Every file that the sources mean, sorted by path, each once; what means none goes to `on_error`."""
    found: dict[str, Path] = {}
    for source in sources:
        try:
            for path in _expand(source, on_error):
                real = os.path.realpath(path)
                found[real] = min(found.get(real, path), path)
        except SourceError as error:
            on_error(error)
        except (OSError, ValueError) as error:
            on_error(SourceError(f"{source!r}: {reason(error)}"))
    yield from sorted(found.values(), key=lambda path: path.as_posix())


def reason(error: OSError | ValueError) -> str:
    """What went wrong with a file, in one line."""
    if isinstance(error, PermissionError):
        return "no permission to read it; change its mode, or leave it out"
    text = error.strerror if isinstance(error, OSError) and error.strerror else " ".join(str(error).split())
    return f"cannot be read: {text}"


def _expand(source: str, on_error: Callable[[SourceError], None]) -> list[Path]:
    path = Path(source)
    if not source:
        raise SourceError("'': no such file or folder; an empty name was given")
    if is_web(source):
        raise SourceError(f"{source}: web addresses are not read here; geograph build and watch do")
    if path.is_dir():
        return _folder(path, on_error)
    if path.exists() or path.is_symlink():
        return [path]
    if glob.has_magic(source):
        matched = [Path(match) for match in glob.glob(source, recursive=True)]
        inside = [file for match in matched for file in (_folder(match, on_error) if match.is_dir() else [match])]
        if not inside:
            raise SourceError(f"{source}: no file matches this pattern; check it, and quote it")
        return inside
    raise SourceError(f"{source}: no such file or folder; check the path")


def _folder(folder: Path, on_error: Callable[[SourceError], None]) -> list[Path]:
    """The articles below a folder. Links to folders are not followed, so that none is walked twice or for ever."""

    def refused(error: OSError) -> None:
        on_error(SourceError(f"{error.filename}: {reason(error)}"))

    found: list[Path] = []
    for root, folders, names in os.walk(folder, onerror=refused):
        folders[:] = [name for name in folders if not name.startswith(".")]
        paths = [Path(root, name) for name in names if _is_read(name)]
        # A pipe or device would be waited for without end; a broken link is named when it is opened.
        found += [path for path in paths if path.is_file() or path.is_symlink()]
    if not found:
        raise SourceError(
            f"{folder}: no article in this folder; it holds no .txt, .md, .jsonl, .html or other file of articles"
        )
    return found


def _is_read(name: str) -> bool:
    path = Path(name.lower())
    return not name.startswith(".") and (path.with_suffix("") if path.suffix == GZIP else path).suffix in _IN_FOLDERS
