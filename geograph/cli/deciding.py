"""What the commands of `geograph curate` share: names become keys, a decision is written down and followed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from geograph.cli.options import open_graph
from geograph.errors import CurationError

if TYPE_CHECKING:
    from geograph.curation import Decision, Judgement
    from geograph.curation.decisions import Verdict
    from geograph.graph import Graph


def decide(
    verdict: Callable[[Graph], Verdict],
    note: tuple[str | None, str | None, datetime | None],
    store: Path,
    ontology: Sequence[Path],
) -> None:
    """Adds a decision to the file, and follows it."""
    from geograph.curation import Curation, Decision, appended, file_beside, parse, read_file, write_file
    from geograph.curation.conflicts import conflict

    by, why, on = note
    with writable(store, ontology) as graph:
        path = file_beside(store)
        text, curation = read_file(path)
        decision = Decision(verdict(graph), by=by, why=why, on=on.date() if on else None)
        decisions = (*curation.decisions, decision)
        if (found := conflict(decisions)) is not None:
            number = found.first + 1
            raise CurationError(f"{found.reason}; to decide otherwise: geograph curate undo {number}")
        longer = appended(text, decision)
        if parse(longer, str(path)) != Curation(decisions):
            raise CurationError(f"{path}: no block can be added at its end; move what stands there up")
        before = graph.store.counts()["facts"]
        write_file(path, longer)
        graph.curate(Curation(decisions))
        typer.echo(f"{len(decisions)}  {decision.id}  {decision.verdict}")
        typer.echo(f"{before:,} facts before; now {graph.summary()}")
        typer.echo(f"take it back: geograph curate undo {len(decisions)}")


def writable(store: Path, ontology: Sequence[Path]) -> Graph:
    """The graph to change. A store that is missing is an error here, not a new one."""
    open_graph(store, [], read_only=True).close()
    return open_graph(store, ontology)


def key(graph: Graph, name: str) -> str:
    """The key of the entity called so. Raises QueryError for none, with the nearest, and for several."""
    from geograph.query import find_entity

    return find_entity(graph.store, name)


def keys(graph: Graph, names: Sequence[str]) -> tuple[str, ...]:
    """The keys of the entities called so. Raises CurationError where two names mean one entity."""
    said: dict[str, str] = {}
    for name in names:
        found = key(graph, name)
        if found in said:
            raise CurationError(f"{said[found]!r} and {name!r} are one entity already: {found}")
        said[found] = name
    return tuple(said)


def judged(graph: Graph, id: str, judgement: Judgement) -> Verdict:
    """The judgement of the claim with this id. Raises QueryError for none and for several."""
    from geograph.curation import Judge, reference_to
    from geograph.query import find_claim

    return Judge(reference_to(*find_claim(graph.store, id)), judgement)


def number_of(decisions: Sequence[Decision], asked: str | None, path: Path) -> int:
    """The place in the list of the decision that is asked for. Raises CurationError for one that is not there."""
    if not decisions:
        raise CurationError(f"{path}: no decision to take back")
    if asked is None:
        return len(decisions) - 1
    if asked.isdecimal() and 0 < int(asked) <= len(decisions):
        return int(asked) - 1
    found = [number for number, decision in enumerate(decisions) if decision.id == asked]
    if not found:
        raise CurationError(f"no decision {asked!r} in {path}; `geograph curate list` lists them")
    return found[0]


def names_nothing(graph: Graph, decision: Decision) -> bool:
    """Whether nothing in the store is what a decision is about."""
    from geograph.curation import Distinct, Judge, Merge

    match decision.verdict:
        case Judge(claim, _):
            known = graph.store.vocabulary
            relation, subject, object = (
                known.term(claim.relation),
                known.entity(claim.subject),
                known.entity(claim.object),
            )
            ends = f"gg:relation <{relation}> ; gg:subject <{subject}> ; gg:object <{object}>"
            return not graph.store.query(f"ASK {{ ?claim gg:judgement ?any ; {ends} }}")
        case Merge(keys) | Distinct(keys):
            return any(not _is_known(graph, key) for key in keys)
        case verdict:
            return not _is_known(graph, verdict.key)


def _is_known(graph: Graph, key: str) -> bool:
    return graph.store.entity(graph.curation.key(key)) is not None or graph.curation.is_hidden(key)
