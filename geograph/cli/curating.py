"""`geograph curate`: decisions on entities and claims, kept in one file beside the store."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated

import typer

from geograph.cli.deciding import decide, judged, key, keys, names_nothing, number_of, writable
from geograph.cli.options import DEFAULT_STORE, OntologyOption, StoreOption, open_graph

NameArgument = Annotated[str, typer.Argument(help="Label, alias or key of an entity.")]
ClaimArgument = Annotated[str, typer.Argument(help="Id of a claim, or its first digits, as `geograph show` prints it.")]
ByOption = Annotated[str | None, typer.Option("--by", help="Who decides.", metavar="NAME")]
WhyOption = Annotated[str | None, typer.Option("--why", help="Why, in a sentence.", metavar="TEXT")]
OnOption = Annotated[
    datetime | None,
    typer.Option("--on", help="Day of the decision; no clock is asked.", formats=["%Y-%m-%d"], metavar="YYYY-MM-DD"),
]


def merge(
    keep: Annotated[str, typer.Argument(help="The entity that stays, by label, alias or key.")],
    others: Annotated[list[str], typer.Argument(help="Entities that are the same.")],
    by: ByOption = None,
    why: WhyOption = None,
    on: OnOption = None,
    store: StoreOption = DEFAULT_STORE,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Say that entities are one and the same."""
    from geograph.curation import Merge

    decide(lambda graph: Merge(keys(graph, [keep, *others])), (by, why, on), store, ontology)


def distinct(
    names: Annotated[list[str], typer.Argument(help="Entities that are different ones.")],
    by: ByOption = None,
    why: WhyOption = None,
    on: OnOption = None,
    store: StoreOption = DEFAULT_STORE,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Say that entities are not the same, however alike they look."""
    from geograph.curation import Distinct

    if len(names) < 2:
        raise typer.BadParameter("give two entities or more", param_hint="NAMES")
    decide(lambda graph: Distinct(keys(graph, names)), (by, why, on), store, ontology)


def rename(
    name: NameArgument,
    label: Annotated[str, typer.Argument(help="What to call it from now on.")],
    by: ByOption = None,
    why: WhyOption = None,
    on: OnOption = None,
    store: StoreOption = DEFAULT_STORE,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Give an entity another label; the names that articles use stay its aliases."""
    from geograph.curation import Rename

    label = " ".join(label.split())
    if not label or not label.isprintable():
        raise typer.BadParameter("give a name on one line", param_hint="LABEL")
    decide(lambda graph: Rename(key(graph, name), label), (by, why, on), store, ontology)


def retype(
    name: NameArgument,
    type: Annotated[str, typer.Argument(help="Person, Country, Place, Organization or Group.")],
    by: ByOption = None,
    why: WhyOption = None,
    on: OnOption = None,
    store: StoreOption = DEFAULT_STORE,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Say of which type an entity is; claims of relations that do not take it are in no fact then."""
    from geograph.curation import Retype
    from geograph.model import EntityType

    kind = next((each for each in EntityType if each.lower() == type.lower()), None)
    if kind is None:
        raise typer.BadParameter(f"{type!r} is none of {', '.join(EntityType)}", param_hint="TYPE")
    decide(lambda graph: Retype(key(graph, name), kind), (by, why, on), store, ontology)


def hide(
    name: NameArgument,
    by: ByOption = None,
    why: WhyOption = None,
    on: OnOption = None,
    store: StoreOption = DEFAULT_STORE,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Take an entity, and the facts about it, out of the graph: it is none, or none to show."""
    from geograph.curation import Hide

    decide(lambda graph: Hide(key(graph, name)), (by, why, on), store, ontology)


def reject(
    claim: ClaimArgument,
    by: ByOption = None,
    why: WhyOption = None,
    on: OnOption = None,
    store: StoreOption = DEFAULT_STORE,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Say that a claim is wrong: it stays visible with a mark, and counts in no fact."""
    from geograph.curation import Judgement

    decide(lambda graph: judged(graph, claim, Judgement.REJECTED), (by, why, on), store, ontology)


def confirm(
    claim: ClaimArgument,
    by: ByOption = None,
    why: WhyOption = None,
    on: OnOption = None,
    store: StoreOption = DEFAULT_STORE,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Say that a claim is right: it counts with a confidence of 0.99."""
    from geograph.curation import Judgement

    decide(lambda graph: judged(graph, claim, Judgement.CONFIRMED), (by, why, on), store, ontology)


def undo(
    decision: Annotated[
        str | None, typer.Argument(help="Number or id of a decision, as `list` prints them; else the last.")
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Take a decision back: everything is as it was before it."""
    from geograph.curation import file_beside, parse, read_file, without, write_file

    with writable(store, ontology) as graph:
        path = file_beside(store)
        text, curation = read_file(path)
        number = number_of(curation.decisions, decision, path)
        shorter = without(text, number)
        write_file(path, shorter)
        graph.curate(parse(shorter, str(path)))
        typer.echo(f"taken back: {curation.decisions[number].verdict}\n{graph.summary()}")


def apply(
    store: StoreOption = DEFAULT_STORE,
    ontology: OntologyOption = [],  # noqa: B006 - Typer copies it
) -> None:
    """Follow the file of decisions as it is now, after it was edited; `geograph build` does so too."""
    with writable(store, ontology) as graph:
        count = len(graph.curation.decisions)
        typer.echo(f"{count} decision{'s' if count != 1 else ''}; {graph.summary()}")


def list_(store: StoreOption = DEFAULT_STORE) -> None:
    """List the decisions with their numbers and ids, and those that name nothing in the store."""
    from geograph.curation import file_beside, read_file

    path = file_beside(store)
    curation = read_file(path)[1]
    with open_graph(store, [], read_only=True) as graph:
        for number, decision in enumerate(curation.decisions, start=1):
            typer.echo(f"{number:>3}  {decision.id}  {decision.verdict}")
            day = decision.on.isoformat() if decision.on else None
            if note := ", ".join(part for part in (decision.by, day, decision.why) if part):
                typer.echo(f"{'':15}{note}")
            if names_nothing(graph, decision):
                typer.echo(f"{'':15}names nothing that is in the store now")
        if curation != graph.curation:
            typer.echo(f"{path} was changed since the store was written: geograph curate apply", err=True)
    if not curation.decisions:
        typer.echo(f"no decisions in {path}")


def suggest(
    limit: Annotated[int, typer.Option("--limit", help="How many to print at most.", min=1)] = 20,
    least: Annotated[float, typer.Option("--least", help="Least score, 0 to 1.", min=0.0, max=1.0)] = 0.75,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """List entities that are likely the same, with reasons and the command that merges them."""
    from geograph.curation.suggestions import suggestions

    with open_graph(store, [], read_only=True) as graph:
        found = suggestions(graph.store.entities(), graph.store.facts(), graph.curation)
    found = [each for each in found if each.score >= least]
    for each in found[:limit]:
        keep, other = each.keep, each.merge
        named = f"{shlex.quote(keep.key)} {shlex.quote(other.key)}"
        option = f" --store {shlex.quote(str(store))}" if store != DEFAULT_STORE else ""
        typer.echo(f"{each.score:.2f}  {keep.label} ({keep.key}) = {other.label} ({other.key})")
        typer.echo(f"      {'; '.join(each.reasons)}\n      geograph curate merge {named}{option}\n")
    if len(found) > limit:
        typer.echo(f"{len(found) - limit} more: --limit {len(found)}", err=True)
    if not found:
        typer.echo("no two entities look the same")


COMMANDS: Mapping[Callable[..., None], tuple[str, ...]] = {
    merge: ("merge 'Luc Tavernier' person.L_Tavernier --why 'same office'",),
    distinct: ("distinct person.Ana_Quispe person.Anna_Quispe",),
    rename: ("rename person.L_Tavernier 'Luc Tavernier'",),
    retype: ("retype person.Northwire Organization",),
    hide: ("hide person.Monday",),
    reject: ("reject 3f2a9c1b --by 'A. Moran' --why 'a plan' --on 2025-07-16",),
    confirm: ("confirm 3f2a9c1b",),
    undo: ("undo", "undo 3"),
    list_: ("list",),
    apply: ("apply",),
    suggest: ("suggest", "suggest --limit 100 --least 0.9"),
}
"""Every command with the examples of its help, in the order of the help."""
