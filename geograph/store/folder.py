"""Opening and discarding a store's folder, with errors that say what to do."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph

from geograph.errors import StoreError
from geograph.store.version import is_ours

DEFAULT_FOLDER = Path("exports/store")
PAUSES = (0.02, 0.1, 0.3)
_OWN = re.compile(
    r"CURRENT|IDENTITY|LOCK|LOG(\.old\.\d+)?|(MANIFEST|OPTIONS)-\d+|\d+\.(log|sst|dbtmp)|OPTIONS-\d+\.dbtmp"
)


def open_folder(path: Path, *, read_only: bool) -> pyoxigraph.Store:
    """The Oxigraph store in a folder, which is made unless `read_only`.

    Raises StoreError for a folder that is missing, not a store, damaged, not writable, or in use by a writer.
    """
    if path.exists() and not path.is_dir():
        raise StoreError(f"{path}: is a file; a store is a folder, name another with --store")
    if path.is_dir() and any(path.iterdir()) and not _own_files(path):
        raise StoreError(f"{path}: holds other files and no store; name another folder with --store")
    if read_only and not (path.is_dir() and _own_files(path)):
        raise StoreError(f"{path}: no store there yet; build one first: geograph build SOURCES")
    if read_only:
        return _open_to_read(path)
    with telling(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        return pyoxigraph.Store(str(path))


def _open_to_read(path: Path) -> pyoxigraph.Store:
    """The store to read, which others may read or write meanwhile.

    A writer may exchange files just while they are opened; the next attempt finds the new ones.
    """
    for pause in PAUSES:
        try:
            return pyoxigraph.Store.read_only(str(path))
        except (OSError, RuntimeError):
            time.sleep(pause)
    with telling(path):
        return pyoxigraph.Store.read_only(str(path))


def discard(path: Path) -> None:
    """Deletes the store in a folder, be it damaged, so that it can be built anew; other files there stay.

    Raises StoreError for a store that another geograph writes to, and for one of another program.
    """
    if not path.is_dir() or not _own_files(path):
        return
    try:
        ours = is_ours(pyoxigraph.Store(str(path)))
    except (OSError, RuntimeError) as error:
        if _is_in_use(error):
            raise StoreError(_told(path, error)) from error
        ours = True  # damaged: there is nothing left to ask
    if not ours:
        raise StoreError(f"{path}: holds another program's store; name another folder with --store")
    with telling(path):
        for file in _own_files(path):
            if file.name != "LOCK":
                file.unlink()


def _own_files(path: Path) -> list[Path]:
    """The files in the folder that are named as Oxigraph's database names its own."""
    return [file for file in path.iterdir() if file.is_file() and _OWN.fullmatch(file.name)]


@contextmanager
def telling(path: Path | None) -> Iterator[None]:
    """Turns what the operating system and Oxigraph complain of into a StoreError of one line.

    Oxigraph raises OSError for input and output, and RuntimeError for a folder that it finds corrupted.
    """
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise StoreError(_told(path, error)) from error


def _told(path: Path | None, error: Exception) -> str:
    reason = " ".join(str(error).split())
    lower = reason.lower()
    if _is_in_use(error):
        return f"{path}: in use by another geograph; wait until it is done, or name another folder with --store"
    if "no space left" in lower or "disk quota" in lower or "file too large" in lower:
        return f"{path}: the disk is full; free some space and run the same command again, nothing half-done is kept"
    if "permission denied" in lower or "read-only file system" in lower:
        return f"{path}: may not be written; mend its permissions or name another folder with --store"
    if "no such file" in lower:
        return f"{path}: changed while it was read, or damaged; run the command again, or build it anew with --new"
    return f"{path}: the store is damaged ({reason[:200]}); build it anew with --new"


def _is_in_use(error: Exception) -> bool:
    reason = str(error).lower()
    return "lock hold by current process" in reason or ("while lock file" in reason and "unavailable" in reason)
