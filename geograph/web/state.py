"""What is remembered of web addresses between runs, in one small JSON file beside the store.

It says when each page was retrieved, which articles came of it, and by what its server tells whether it has changed
(ETag, Last-Modified). It is no part of the graph and never exported: it depends on when somebody ran geograph.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from geograph.errors import StoreError
from geograph.web.fetch import Validators

VERSION = 1
KEPT_DAYS = 90
"""An address that no feed has named for longer is forgotten."""


@dataclass(frozen=True, slots=True)
class Visit:
    """The last time that an address was read: when, what came of it, and how to ask whether it has changed.

    `url` is where redirects ended; `mark` is what the feed said of the page then, or what was asked of the feed.
    `seen` is when a feed last named it. Moments are ISO 8601 in UTC.
    """

    retrieved: str
    seen: str
    url: str
    etag: str | None = None
    modified: str | None = None
    mark: str = ""
    articles: tuple[str, ...] = ()

    @property
    def validators(self) -> Validators | None:
        """How to ask whether it has changed, None where the server said nothing by which to ask."""
        return Validators(self.url, self.etag, self.modified) if self.etag or self.modified else None


def file_beside(store: Path) -> Path:
    """Where the visits of the store in a folder are kept; each store has its own."""
    return store.with_name(f"{store.name}.web.json")


def read_visits(path: Path) -> dict[str, Visit]:
    """The visits in a file by address; none where there is no file. Raises StoreError for a damaged one."""
    try:
        held = json.loads(path.read_bytes())
        if held["version"] != VERSION:
            raise ValueError("of another version")
        return {
            url: Visit(**{**visit, "articles": tuple(visit["articles"])}) for url, visit in held["addresses"].items()
        }
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise StoreError(f"{path}: damaged or of another version; delete it, and pages are fetched again") from error


def write_visits(path: Path, visits: Mapping[str, Visit], now: datetime) -> None:
    """Writes the file whole or not at all, without what was named long ago. Raises StoreError."""
    oldest = moment(now - timedelta(days=KEPT_DAYS))
    kept = {url: _fields(visit) for url, visit in sorted(visits.items()) if visit.seen >= oldest}
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("w", encoding="utf-8") as stream:
            json.dump({"version": VERSION, "addresses": kept}, stream, ensure_ascii=False, indent=1)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreError(f"{path}: cannot be written ({error.strerror}); mend its folder's permissions") from error


def moment(now: datetime) -> str:
    """A moment as it is kept, to the second."""
    return now.strftime("%Y-%m-%dT%H:%M:%SZ")


def _fields(visit: Visit) -> dict[str, object]:
    return {**asdict(visit), "articles": list(visit.articles)}
