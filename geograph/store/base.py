"""The store: claims in, facts out, on disk or in memory.

Each article is one named graph. What is derived from the claims (facts, shortcut triples, entities) lies in the default
graph and is computed anew only for the touched keys, in the same transaction as the claims: a crash leaves the store as
it was before a batch or after it, never between.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType

import pyoxigraph
from pyoxigraph import DefaultGraph

from geograph.curation import Curation
from geograph.errors import StoreError
from geograph.model import Article, Extraction
from geograph.ontology import Relation
from geograph.store.adding import Added, Batch, batches, check_samples, origin_of
from geograph.store.changes import Changes
from geograph.store.derivation import Derivation
from geograph.store.finding import articles_called, holds_samples
from geograph.store.folder import discard, open_folder, telling
from geograph.store.provenance import now
from geograph.store.stored import Stored
from geograph.store.version import mark_version, version_fault
from geograph.vocabulary import Vocabulary

DEFAULT_VOCABULARY = Vocabulary()
BATCH = 200
PATIENCE = 10.0
_DEFAULT = DefaultGraph()


class Store(Stored):
    """An open store. Use it as a context manager, or call `close`."""

    def __init__(
        self,
        quads: pyoxigraph.Store,
        path: Path | None,
        vocabulary: Vocabulary,
        relations: Mapping[str, Relation],
        clock: Callable[[], datetime],
        first_seen: bool,
    ) -> None:
        super().__init__(quads, path, vocabulary, first_seen=first_seen)
        self.relations = relations
        self._clock = clock
        self._written = False
        self._derivation = Derivation(quads, self._write, self._read, relations)

    @classmethod
    def open(
        cls,
        path: Path | None,
        *,
        vocabulary: Vocabulary = DEFAULT_VOCABULARY,
        relations: Mapping[str, Relation] | None = None,
        read_only: bool = False,
        new: bool = False,
        clock: Callable[[], datetime] = now,
        first_seen: bool = False,
    ) -> Store:
        """The store in the folder `path`, which is made unless `read_only`; a fresh one in memory if None.

        `relations` say which relations are symmetric or states; whoever adds must give them. `new` throws away what
        the folder held, even a store that is damaged or of another version. `clock` tells when an article is first
        seen; with `first_seen` exports say it, and two builds of the same documents differ. Raises StoreError for a
        store that is in use, damaged, of another version or base, and, if `read_only`, for one that is missing or
        empty.
        """
        if new and path is not None:
            discard(path)
        store = cls(
            pyoxigraph.Store() if path is None else open_folder(path, read_only=read_only),
            path,
            vocabulary,
            relations or {},
            clock,
            first_seen,
        )
        with telling(path):
            fault = version_fault(store._quads, vocabulary, read_only=read_only)
            if fault is None and not read_only:
                mark_version(store._quads, vocabulary)
        if fault is not None:
            store.close()
            raise StoreError(f"{path}: {fault}")
        return store

    def close(self) -> None:
        """Lets go of the folder; the store cannot be used any more. Closing it twice does no harm."""
        if (quads := self.__dict__.pop("_quads", None)) is not None and self._written:
            # Else every reader would have to play back the log of all that was written.
            with telling(self.path):
                quads.flush()
        self.__dict__.pop("_derivation", None)
        self.__dict__.pop("_provenance", None)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Writing

    def add(self, extractions: Iterable[Extraction], *, progress: Callable[[Extraction], None] | None = None) -> Added:
        """What was added. Articles are written in batches, at least every ten seconds; known ones are replaced.

        What a file holds now takes the place of what it held before; of articles with one URL from several files the
        one published last stays, of one day the longer, then the one whose id is the last in order. Of two articles
        with one id (the same URL and text), the one whose document name comes first stays, in whatever order they come.
        `progress` is called for each article once it is stored. Raises StoreError where samples and real articles
        would mix, ValueError for a claim whose ends are not among its article's entities.
        """
        added = Added()
        for batch in batches(extractions, BATCH, PATIENCE):
            added += self._add_batch(batch)
            if progress is not None:
                for extraction in batch.extractions.values():
                    progress(extraction)
        return added

    def _add_batch(self, batch: Batch) -> Added:
        self.check_samples(extraction.article for extraction in batch.extractions.values())
        left = self._provenance.left(batch)
        outdated = self._provenance.outdated(batch.extractions.values(), left)
        changed: dict[str, Extraction | None] = {}
        origins: dict[str, frozenset[str]] = {}
        new = replaced = claims = 0
        for id, extraction in batch.extractions.items():
            if id in outdated:
                continue
            stored, known = self.extraction(id), self._provenance.origins(id)
            origins[id] = left.pop(id, known) | origin_of(extraction.article)
            if stored is None or (stored != extraction and extraction.article.document <= stored.article.document):
                changed[id] = extraction
                claims += len(extraction.claims)
                new, replaced = (new + 1, replaced) if stored is None else (new, replaced + 1)
            elif origins[id] != known:
                changed[id] = stored
        for id, elsewhere in left.items():
            changed[id], origins[id] = self.extraction(id) if elsewhere else None, elsewhere
        changed.update(dict.fromkeys(outdated - batch.extractions.keys()))
        self._write_articles(changed, origins)
        versions = min(new, sum(extraction is None for extraction in changed.values()))
        unchanged = len(batch.extractions) - new - replaced
        return Added(new=new - versions, replaced=replaced + versions, unchanged=unchanged, claims=claims)

    def check_samples(self, articles: Iterable[Article]) -> None:
        """Raises StoreError where invented samples and real articles would mix if these were added."""
        with telling(self.path):
            stored = holds_samples(self._quads, self._write)
        check_samples(articles, stored, self.path)

    def remove(self, selector: str) -> int:
        """How many articles were removed: all with this id, IRI, document name or URL.

        Facts that rest on other articles too stay, with lower counts.
        """
        with telling(self.path):
            found = articles_called(self._quads, self._write, selector)
        for start in range(0, len(found), BATCH):
            self._write_articles(dict.fromkeys(found[start : start + BATCH]), {})
        return len(found)

    def clear(self) -> None:
        """Empties the store."""
        with telling(self.path):
            self._quads.clear()
            mark_version(self._quads, self.vocabulary)
        self._derivation.forget()

    @property
    def curation(self) -> Curation:
        """The decisions that the facts and entities follow."""
        return self._derivation.curation

    def curate(self, curation: Curation) -> None:
        """Follows these decisions instead of those before; what they touch is derived anew, in one transaction."""
        with self._transaction() as changes:
            self._derivation.curate(curation, self.extraction, changes)

    def _write_articles(self, incoming: Mapping[str, Extraction | None], origins: Mapping[str, frozenset[str]]) -> None:
        """Writes each article as it now is, None for one to be removed, and what is derived, in one transaction."""
        with self._transaction() as changes:
            before = {}
            for id, extraction in incoming.items():
                old = self._graph(id)
                if extraction is not None:
                    seen = self._provenance.first_seen(id) or self._clock()
                    said = self._provenance.article_quads(id, origins[id], seen)
                    changes.change(old, (*self._derivation.article_quads(extraction), *said))
                else:
                    changes.change(old, ())
                before[id] = self._read.extraction(old) if old else None
            self._derivation.derive(before, incoming, changes)

    @contextmanager
    def _transaction(self) -> Iterator[Changes]:
        """Changes that are written as a whole on leaving, or not at all."""
        changes = Changes()
        try:
            with telling(self.path):
                yield changes
                changes.write_to(self._quads)
            self._written = self.path is not None
        except BaseException:
            self._derivation.forget()
            raise
        self._derivation.settle()
