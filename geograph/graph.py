"""The built graph as one object: add articles, ask, export, view. What the command line and notebooks use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from geograph import ontology as ontologies
from geograph.asof import History
from geograph.curation import NOTHING_DECIDED, Curation, file_beside, read_file
from geograph.errors import QueryError, SourceError
from geograph.excerpt import EVERYTHING, Excerpt
from geograph.model import Article, Claim, Entity, Extraction, Fact
from geograph.ontology import Ontology
from geograph.store import Added, Store
from geograph.vocabulary import Vocabulary

if TYPE_CHECKING:
    import rdflib
    from networkx import MultiDiGraph

    from geograph.diff import Diff
    from geograph.dossier import Dossier
    from geograph.paths import Step
    from geograph.query import Result
    from geograph.readers.protocol import Reader
    from geograph.timeline import Timeline

_ONE = {"articles": "article", "claims": "claim", "facts": "fact", "entities": "entity"}


class Graph:
    """A store with its ontology. Use it as a context manager, or call `close`."""

    def __init__(self, store: Store, ontology: Ontology, *, borrowed: bool = False) -> None:
        """`borrowed` says that the store is another's, which `close` leaves open."""
        self.store = store
        self.ontology = ontology
        self._borrowed = borrowed
        self.history = History(store, ontology.relations)

    @classmethod
    def open(
        cls,
        path: Path | str | None = None,
        *,
        ontology: Ontology | None = None,
        vocabulary: Vocabulary | None = None,
        new: bool = False,
        read_only: bool = False,
        first_seen: bool = False,
    ) -> Self:
        """The graph stored in the folder `path`, or an empty one in memory. Raises StoreError and CurationError.

        `new` empties the store first; `read_only` needs one that exists; `first_seen` has exports tell when
        each article was first added. Whoever may write follows the decisions in
        `curation.toml` beside the folder from now on; a reader those that the store was last written with.
        """
        ontology = ontology or ontologies.load()
        decided = read_file(file_beside(Path(path)))[1] if path is not None and not read_only else NOTHING_DECIDED
        store = Store.open(
            Path(path) if path is not None else None,
            vocabulary=vocabulary or Vocabulary(),
            relations=ontology.relations,
            new=new,
            read_only=read_only,
            first_seen=first_seen,
        )
        graph = cls(store, ontology)
        try:
            if not read_only:
                graph.curate(decided)
        except BaseException:
            graph.close()
            raise
        return graph

    def close(self) -> None:
        """Releases the store."""
        if not self._borrowed:
            self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(
        self,
        articles: Iterable[Article],
        *,
        model: str | None = None,
        readers: Sequence[Reader] | None = None,
        on_article: Callable[[Extraction], None] = lambda extraction: None,
        on_error: Callable[[SourceError], None] | None = None,
    ) -> Added:
        """What was added after reading `articles` with the spaCy pipeline `model` (None: the best installed).

        `readers` defaults to the best of those installed. An article that cannot be read is given to `on_error` and
        left out; without `on_error` it is raised.
        """
        from geograph.annotate import load_pipeline
        from geograph.pipeline import extract

        nlp = load_pipeline(model)
        extractions = extract(articles, nlp=nlp, ontology=self.ontology, readers=readers, on_error=on_error)
        self.history.forget()
        return self.store.add(_told(extractions, on_article))

    def remove(self, selector: str) -> int:
        """How many articles were removed: those with this id, IRI, document name or URL."""
        self.history.forget()
        return self.store.remove(selector)

    @property
    def curation(self) -> Curation:
        """The decisions that the facts follow."""
        return self.store.curation

    def curate(self, curation: Curation) -> None:
        """Follows these decisions from now on; claims stay as read. The file of decisions stays as it is."""
        if curation != self.curation:
            self.history.forget()
            self.store.curate(curation)

    def articles(self) -> Iterator[Article]:
        """The articles, sorted by id."""
        return self.store.articles()

    def claims(self) -> Iterator[Claim]:
        """The claims, sorted by article and offset."""
        return self.store.claims()

    def facts(self) -> Iterator[Fact]:
        """The facts, sorted by relation, subject, object and date."""
        return self.store.facts()

    def entities(self) -> Mapping[str, Entity]:
        """The entities by key."""
        return {entity.key: entity for entity in self.store.entities()}

    def summary(self) -> str:
        """How much the graph holds, in one line."""
        counts = self.store.counts()
        return ", ".join(f"{count:,} {_ONE[name] if count == 1 else name}" for name, count in counts.items())

    def dossier(self, name: str) -> Dossier:
        """What is known of the entity with this label, alias or key. Raises QueryError for an unknown one."""
        from geograph.dossier import dossier
        from geograph.query import find_entity

        return dossier(self.store, find_entity(self.store, name), self.ontology.relations)

    def query(self, query: str, **parameters: str) -> Result:
        """The answer to a SPARQL query, or to a named query with its `parameters`. Raises QueryError."""
        from geograph.query import run

        return run(self.store, query, parameters=parameters)

    def as_of(self, day: date) -> Graph:
        """The graph as it would be had only articles published until `day` been read; undated ones are left out.

        It is held in memory, for as long as this graph does not change.
        """
        return Graph(self.history.at(day).store, self.ontology, borrowed=True)

    def diff(self, first: date, last: date) -> Diff:
        """What changed from what was known on `first` to what was known on `last`."""
        from geograph.diff import compare

        old, new = self.as_of(first), self.as_of(last)
        entities = {**old.entities(), **new.entities()}
        return compare(old.facts(), new.facts(), entities, self.ontology.relations, since=first)

    def timeline(self, *names: str, first: date = date.min, last: date = date.max) -> Timeline:
        """The facts of an actor, or between two, in order of time. Raises QueryError for an unknown name."""
        from geograph.query import find_entity
        from geograph.timeline import timeline

        actors = [find_entity(self.store, name) for name in names]
        return timeline(self.facts(), self.entities(), actors=actors, first=first, last=last)

    def path(self, start: str, end: str) -> tuple[Step, ...]:
        """A shortest chain of facts that happened between two actors; empty where there is none. Raises QueryError."""
        from geograph.paths import path
        from geograph.query import find_entity

        ends = find_entity(self.store, start), find_entity(self.store, end)
        return path(self.facts(), self.entities(), *ends)

    def export(self, format: str, *, annotations: Iterable[str] = (), statuses: Iterable[str] = ()) -> bytes:
        """The graph in one of `geograph.export.FORMATS`; a format of several files as a zip archive.

        `annotations` adds to RDF; `statuses` chooses facts where a format takes only those that happened. Raises
        GeographError for an unknown format or option.
        """
        from geograph.export import Options, render

        return render(self.store, format, Options.of(annotations, statuses, self.ontology))

    def html(self, *, title: str = "geograph", excerpt: Excerpt = EVERYTHING, limit: int = 300) -> str:
        """The interactive page: one self-contained HTML file, of all facts or of an excerpt.

        Above `limit` actors it opens on the `limit` most central ones. Raises QueryError where no fact fits.
        """
        from geograph.view import render

        facts = excerpt.of(self.facts())
        if not facts and excerpt != EVERYTHING:
            raise QueryError("no fact fits; choose less narrowly")
        return render(
            facts,
            {claim.id: self.store.curation.followed(claim) for claim in self.claims()},
            self.entities(),
            {article.id: article for article in self.articles()},
            self.ontology.relations,
            title=title,
            limit=limit,
        )

    def to_rdflib(self) -> rdflib.Graph:
        """The triples of `graph.ttl` as a plain rdflib graph, which is yours to change."""
        from geograph.export import to_rdflib

        return to_rdflib(self.store)

    def to_networkx(self) -> MultiDiGraph[str]:
        """The network of facts: entities as nodes, facts as edges."""
        from geograph.network import build_network

        return build_network(self.facts(), self.entities())

    def _repr_html_(self) -> str:
        """The page in a frame, for notebooks."""
        from html import escape

        page = escape(self.html(), quote=True)
        return f'<iframe srcdoc="{page}" width="100%" height="640" sandbox="allow-scripts"></iframe>'


def _told(extractions: Iterable[Extraction], on_article: Callable[[Extraction], None]) -> Iterator[Extraction]:
    for extraction in extractions:
        yield extraction
        on_article(extraction)
