"""Writes a store's graphs into any SPARQL 1.1 store, and only those that changed since the last time.

    with Store.open(Path("exports/store"), read_only=True) as store:
        push(store, Target("http://localhost:7878"), Settings())

Every article is a named graph there as here; what is derived from the claims lies in graphs `derived/…`; `manifest`
says which content of each is there. No other graph is written or dropped, and never the default graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from geograph.errors import PushError
from geograph.push import manifest
from geograph.push.connection import address, origin_of
from geograph.push.content import LocalGraph, Snapshot, is_article
from geograph.push.discovery import find_endpoint, find_writer
from geograph.push.endpoint import Endpoint
from geograph.push.http import Client, Settings
from geograph.push.writers import Piece, Writer, pieces
from geograph.store import Store

__all__ = ["BATCH", "Plan", "Pushed", "Settings", "Target", "push"]

BATCH = 1024 * 1024
"""Bytes that are sent at once: what common web servers in front of a store let through."""


@dataclass(frozen=True)
class Target:
    """Where to: the address of the store, or of the place where it is asked; the others where they are unusual."""

    url: str
    query: str | None = None
    graph_store: str | None = None
    update: str | None = None

    def addresses(self) -> tuple[str, ...]:
        """Every address that was given."""
        return tuple(url for url in (self.url, self.query, self.graph_store, self.update) if url is not None)

    def unencrypted(self) -> list[str]:
        """The hosts, other than this machine, that would be talked to in the clear; sorted. Raises PushError."""
        origins = {origin_of(address(url)) for url in self.addresses()}
        return sorted({origin.host for origin in origins if origin.scheme == "http" and not origin.is_local})


@dataclass(frozen=True)
class Plan:
    """What has to be done: graphs to send, names of graphs to drop, and how many are there already as they should."""

    send: tuple[LocalGraph, ...]
    drop: tuple[str, ...]
    kept: int

    @property
    def triples(self) -> int:
        """How many triples have to be sent."""
        return sum(graph.triples for graph in self.send)

    @property
    def size(self) -> int:
        """How many bytes of N-Triples that is."""
        return sum(graph.end - graph.start for graph in self.send)


@dataclass(frozen=True)
class Pushed:
    """What was done: the plan, where it was written (None where nothing was), requests made and bytes sent.

    `is_found` says whether a query that names no graph finds the facts there; where it does not, the store has to be
    told to take all graphs together as its default graph.
    """

    plan: Plan
    where: str | None
    requests: int
    sent_bytes: int
    is_found: bool


def push(
    store: Store,
    target: Target,
    settings: Settings,
    *,
    texts: bool = False,
    replace: bool = False,
    verify: bool = False,
    dry_run: bool = False,
    batch: int = BATCH,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Pushed:
    """What was sent to make the store at `target` hold what `store` holds; nothing is sent that is there already.

    `texts` sends the articles' texts too. `replace` allows to drop all articles of another store that lie there.
    `verify` counts the triples of every graph there first, and sends anew those that differ. `dry_run` only plans.
    `progress` is told the bytes done and those to do. Raises PushError; what was sent until then stays, and the next
    push goes on from there.
    """
    for url in target.addresses():
        address(url)
    client = Client(settings)
    try:
        with Snapshot(store, texts=texts) as snapshot:
            session = _Session(client, target, snapshot)
            plan = session.plan(replace=replace, verify=verify)
            where = None
            if (plan.send or plan.drop) and not dry_run:
                where = session.carry_out(plan, batch, progress)
            return Pushed(plan, where, client.requests, client.sent_bytes, dry_run or session.finds_facts())
    finally:
        client.close()


class _Session:
    """One push: the snapshot here, the endpoint there, and what the manifest said."""

    def __init__(self, client: Client, target: Target, snapshot: Snapshot) -> None:
        self._client = client
        self._target = target
        self._snapshot = snapshot
        self._vocabulary = snapshot.vocabulary
        self._endpoint: Endpoint = find_endpoint(client, target.url, target.query)
        self._known = manifest.read(self._endpoint, self._vocabulary)

    def plan(self, *, replace: bool, verify: bool) -> Plan:
        """What differs between here and there. Raises PushError where another store's articles lie there."""
        here = self._snapshot.graphs
        articles_there = {graph for graph in self._known if is_article(graph, self._vocabulary)}
        if articles_there and not articles_there & here.keys() and not replace:
            raise PushError(
                f"{self._target.url}: holds the {len(articles_there):,} articles of another geograph store, and none "
                "of these; push to another dataset, or drop those with --replace"
            )
        wrong = self._differing(here.values()) if verify else set()
        send = [graph for graph in here.values() if self._known.get(graph.iri) != graph.hash or graph.iri in wrong]
        # Claims before the facts that name them: who reads meanwhile finds the proof of all that is told.
        send.sort(key=lambda graph: (not is_article(graph.iri, self._vocabulary), graph.iri))
        drop = sorted(self._known.keys() - here.keys(), key=lambda graph: (is_article(graph, self._vocabulary), graph))
        return Plan(tuple(send), tuple(drop), len(here) - len(send))

    def carry_out(self, plan: Plan, batch: int, progress: Callable[[int, int], None]) -> str:
        """Where it was written, after everything was sent and counted there."""
        target = self._target
        writer = find_writer(
            self._client,
            target.url,
            self._endpoint,
            self._vocabulary,
            graph_store=target.graph_store,
            update=target.update,
        )
        pending = dict.fromkeys((*(graph.iri for graph in plan.send), *plan.drop), "")
        kept = {graph: hash for graph, hash in self._known.items() if graph not in pending}
        self._write_manifest(writer, {**kept, **pending}, batch)
        done = 0
        for group, finished in self._batches(plan.send, batch):
            hashes = {graph.iri: graph.hash for graph in finished}
            note = Piece(manifest.manifest_graph(self._vocabulary), manifest.entries(hashes, self._vocabulary), False)
            writer.write([*group, note] if finished else group)
            done += sum(len(piece.body) for piece in group)
            progress(done, plan.size)
        for start in range(0, len(plan.drop), 100):
            writer.drop(plan.drop[start : start + 100])
        if plan.drop:
            self._write_manifest(writer, {iri: graph.hash for iri, graph in self._snapshot.graphs.items()}, batch)
        self._check(plan)
        return writer.url

    def finds_facts(self) -> bool:
        """Whether a query that names no graph finds facts."""
        return self._endpoint.ask(f"ASK {{ ?fact <{self._vocabulary.term('sourceCount')}> ?count }}")

    def _write_manifest(self, writer: Writer, hashes: manifest.Hashes, batch: int) -> None:
        graph = manifest.manifest_graph(self._vocabulary)
        for piece in pieces(graph, manifest.whole(hashes, self._vocabulary), batch):
            writer.write([piece])

    def _batches(self, graphs: Iterable[LocalGraph], limit: int) -> Iterator[tuple[list[Piece], list[LocalGraph]]]:
        """Pieces that go together, and the graphs that are whole with them."""
        group: list[Piece] = []
        finished: list[LocalGraph] = []
        size = 0
        for graph in graphs:
            parts = list(pieces(graph.iri, self._snapshot.body(graph), limit))
            for number, piece in enumerate(parts, 1):
                if group and size + len(piece.body) > limit:
                    yield group, finished
                    group, finished, size = [], [], 0
                group.append(piece)
                size += len(piece.body)
                if number == len(parts):
                    finished.append(graph)
        if group:
            yield group, finished

    def _differing(self, graphs: Iterable[LocalGraph]) -> set[str]:
        expected = {graph.iri: graph.triples for graph in graphs}
        found = manifest.counts(self._endpoint, expected)
        return {iri for iri, triples in expected.items() if found.get(iri, 0) != triples}

    def _check(self, plan: Plan) -> None:
        """Counts what was sent and looks for what was dropped. Raises PushError where the store lacks or kept some."""
        wrong = self._differing(plan.send) | manifest.counts(self._endpoint, plan.drop).keys()
        if wrong:
            raise PushError(
                f"{self._target.url}: took everything, but {len(wrong)} graphs are not there as they were sent "
                f"({min(wrong)}); does somebody else write there? Run it again with --verify"
            )
        known = manifest.read(self._endpoint, self._vocabulary)
        if known != {iri: graph.hash for iri, graph in self._snapshot.graphs.items()}:
            raise PushError(f"{self._target.url}: its manifest was changed meanwhile; run the same command again")
