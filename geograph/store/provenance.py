"""Where the stored articles come from and when they came: names, files, URLs, and the moment of the first reading.

None of it is content: `gg:origin`, the hash of a file's path, is the store's own index, and `gg:firstSeen`, which
depends on when somebody ran geograph, is exported only where it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad

from geograph.model import Article, Extraction
from geograph.store.adding import Batch, origin_of, version_rank
from geograph.store.reading import Reader
from geograph.store.terms import SOURCE, moment, properties_of, source_iri, value
from geograph.store.writing import Writer


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


class Provenance:
    """The origins of the articles in an open store."""

    def __init__(self, quads: pyoxigraph.Store, write: Writer, read: Reader) -> None:
        self._quads = quads
        self._write = write
        self._read = read

    def first_seen(self, id: str) -> datetime | None:
        """When the article was first added, None for one that is not there."""
        seen = next(iter(self._said(id, "firstSeen")), None)
        return datetime.fromisoformat(seen) if seen is not None else None

    def origins(self, id: str) -> frozenset[str]:
        """The files that hold the article, by the hash of their path."""
        return frozenset(self._said(id, "origin"))

    def article_quads(self, id: str, origins: Iterable[str], first_seen: datetime) -> Iterator[Quad]:
        """What the article's graph says of its origins."""
        node = self._write.article(id)
        yield Quad(node, self._write.term("firstSeen"), moment(first_seen), node)
        for origin in origins:
            yield Quad(node, self._write.term("origin"), Literal(origin), node)

    def left(self, batch: Batch) -> dict[str, frozenset[str]]:
        """The stored articles that a file of the batch holds no more, with the other files that hold them."""
        found: dict[str, frozenset[str]] = {}
        for origin, ids in batch.files.items():
            for quad in self._quads.quads_for_pattern(None, self._write.term("origin"), Literal(origin)):
                id = self._write.vocabulary.local(value(quad.subject))
                if id not in ids:
                    found[id] = found.get(id, self.origins(id)) - {origin}
        return found

    def outdated(self, extractions: Iterable[Extraction], left: Iterable[str]) -> set[str]:
        """Of the articles to be added and those stored with their URLs: all that a later version takes the place of.

        Articles of one file are no versions of one another, and those in `left` take no part.
        """
        passed = frozenset(left)
        by_url: dict[NamedNode, dict[str, Article]] = {}
        for extraction in extractions:
            if (url := source_iri(extraction.article.url)) is not None:
                by_url.setdefault(url, {})[extraction.article.id] = extraction.article
        found: set[str] = set()
        for url, articles in by_url.items():
            versions = {id: _Version(version_rank(each), origin_of(each)) for id, each in articles.items()}
            for id in self._of_url(url) - passed:
                coming = versions.get(id)
                rank = coming.rank if coming is not None else version_rank(self._article(id))
                versions[id] = _Version(
                    rank, self.origins(id) | (coming.origins if coming is not None else frozenset())
                )
            found |= {id for id, each in versions.items() if any(map(each.is_outdated_by, versions.values()))}
        return found

    def _of_url(self, url: NamedNode) -> set[str]:
        found = self._quads.quads_for_pattern(None, SOURCE, url)
        return {self._write.vocabulary.local(value(quad.subject)) for quad in found}

    def _article(self, id: str) -> Article:
        node = self._write.article(id)
        return self._read.article(properties_of(self._quads.quads_for_pattern(node, None, None, node)))

    def _said(self, id: str, name: str) -> Iterator[str]:
        node = self._write.article(id)
        for quad in self._quads.quads_for_pattern(node, self._write.term(name), None, node):
            yield value(quad.object)


@dataclass(frozen=True, slots=True)
class _Version:
    rank: tuple[date, int, str]
    origins: frozenset[str]

    def is_outdated_by(self, other: _Version) -> bool:
        """Whether another version is later and of another file."""
        return self.rank < other.rank and not self.origins & other.origins
