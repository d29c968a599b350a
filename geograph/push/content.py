"""What a store gives to others: its graphs with their hashes, written once to a temporary file.

Each article is one graph, named like the article. What is derived from the claims (facts, shortcuts, entities) is the
default graph here; elsewhere the default graph may be somebody's, so it goes into named graphs of its own:
`derived/0` to `derived/f` by the hash of the subject, more of them for a large store, so that one new article
changes a few small graphs and not one of a million triples.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from tempfile import TemporaryFile
from types import TracebackType

from pyoxigraph import NamedNode, Quad

from geograph.store import Store
from geograph.store.terms import value
from geograph.vocabulary import Vocabulary

PART = 5_000
"""About how many triples a graph of derived ones holds at most."""
TEXTS = ("text", "reading")


@dataclass(frozen=True)
class LocalGraph:
    """One graph: its IRI, the SHA-256 of its sorted N-Triples (32 digits), how many triples, and where they lie."""

    iri: str
    hash: str
    triples: int
    start: int
    end: int


class Snapshot:
    """The graphs of a store at one moment. Use it as a context manager."""

    def __init__(self, store: Store, *, texts: bool = False) -> None:
        self.vocabulary = store.vocabulary
        self._file = TemporaryFile()  # noqa: SIM115 - closed with the snapshot
        self.graphs = {graph.iri: graph for graph in self._spooled(store, texts)}

    def __enter__(self) -> Snapshot:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def body(self, graph: LocalGraph) -> bytes:
        """The triples of a graph as N-Triples, sorted."""
        self._file.seek(graph.start)
        return self._file.read(graph.end - graph.start)

    def _spooled(self, store: Store, texts: bool) -> Iterator[LocalGraph]:
        left_out = set() if texts else {NamedNode(store.vocabulary.term(name)) for name in TEXTS}
        kept = (quad for quad in store.dataset_quads() if quad.predicate not in left_out)
        for name, quads in groupby(kept, key=lambda quad: quad.graph_name):
            if isinstance(name, NamedNode):
                yield self._written(name.value, map(_line, quads))
            else:
                for part, lines in _parts(quads):
                    yield self._written(derived_graph(store.vocabulary, part), lines)

    def _written(self, iri: str, lines: Iterable[bytes]) -> LocalGraph:
        ordered = sorted(lines)
        body = b"".join(ordered)
        start = self._file.tell()
        self._file.write(body)
        return LocalGraph(iri, sha256(body).hexdigest()[:32], len(ordered), start, start + len(body))


def derived_graph(vocabulary: Vocabulary, part: str) -> str:
    """The IRI of a graph of derived triples."""
    return f"{vocabulary.base}derived/{part}"


def is_ours(iri: str, vocabulary: Vocabulary) -> bool:
    """Whether a graph of that name can be one that a push from such a store wrote."""
    return re.fullmatch(re.escape(vocabulary.base) + r"(article/\w+|derived/[0-9a-f]+)", iri, re.ASCII) is not None


def is_article(iri: str, vocabulary: Vocabulary) -> bool:
    """Whether a graph is that of an article."""
    return iri.startswith(vocabulary.article(""))


def _parts(quads: Iterable[Quad]) -> Iterator[tuple[str, list[bytes]]]:
    """The derived triples in parts of about `PART` at most, by the first digits of the hash of their subjects."""
    by_digits: dict[str, list[bytes]] = {}
    count = 0
    for subject, of_subject in groupby(quads, key=lambda quad: value(quad.subject)):
        lines = [_line(quad) for quad in of_subject]
        by_digits.setdefault(sha256(subject.encode()).hexdigest()[:4], []).extend(lines)
        count += len(lines)
    width = next(width for width in range(1, 5) if PART * 16**width >= count or width == 4)
    parts: dict[str, list[bytes]] = {}
    for digits, lines in sorted(by_digits.items()):
        parts.setdefault(digits[:width], []).extend(lines)
    yield from parts.items()


def _line(quad: Quad) -> bytes:
    return f"{quad.subject} {quad.predicate} {quad.object} .\n".encode()
