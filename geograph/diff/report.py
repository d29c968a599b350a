"""A diff as lines of text, as JSON and as CSV; every line has the number of its articles and their documents."""

from __future__ import annotations

import json
from collections.abc import Iterator

from geograph.diff.compare import Aspect, Change, Diff
from geograph.diff.dyads import RULE, Turn
from geograph.errors import QueryError
from geograph.escaping import csv_text, for_terminal
from geograph.model import Fact
from geograph.records import COLUMNS, Index, Record

FORMATS = ("text", "json", "csv")
_UNKNOWN = "unknown"


def render(diff: Diff, index: Index, format: str) -> bytes:
    """The diff in one of `FORMATS`, as UTF-8. Raises QueryError for an unknown format."""
    if format == "text":
        text = "".join(f"{line}\n" for line in lines(diff, index))
    elif format == "json":
        text = json.dumps(_record(diff, index), ensure_ascii=False, indent=2) + "\n"
    elif format == "csv":
        text = "".join(csv_text([("change", "detail", *COLUMNS), *_rows(diff, index)]))
    else:
        raise QueryError(f"unknown format {format!r}; use one of {', '.join(FORMATS)}")
    return text.encode("utf-8", errors="replace")


def lines(diff: Diff, index: Index) -> Iterator[str]:
    """The diff as lines of text, in parts; a part without entries is left out."""
    parts = {
        "new": [
            _line(each.fact, index, "known reports, told apart now" if each.regrouped else "") for each in diff.new
        ],
        "ended": [_line(each.after, index, _details(each, but="ended")) for each in diff.ended],
        "changed": [_line(each.after, index, _details(each)) for each in diff.changed],
        "gone": [_line(each.fact, index, _whereto(each.into)) for each in diff.gone],
        "turned": [_turn(each, index) for each in diff.turned],
    }
    for name, part in parts.items():
        if part:
            yield f"{name} ({len(part)})"
            yield from (f"  {line}" for line in part)
    if diff.turned:
        yield f"  Rule: {RULE}."
    if not any(parts.values()):
        yield "nothing changed"


def _line(fact: Fact, index: Index, detail: str) -> str:
    when = fact.date.edtf if fact.date else f"date {_UNKNOWN}"
    told = f": {for_terminal(detail)}" if detail else ""
    return f"{when}  {index.said(fact)}{told} ({index.evidence((fact,))})"


def _details(change: Change, but: str = "") -> str:
    return "; ".join(_said(aspect) for aspect in change.aspects if aspect.name != but)


def _said(aspect: Aspect) -> str:
    """The aspect in words: `status planned -> actual`."""
    if aspect.before is None and aspect.after is None:
        return aspect.name
    return f"{aspect.name} {aspect.before or _UNKNOWN} -> {aspect.after or _UNKNOWN}"


def _whereto(into: tuple[Fact, ...]) -> str:
    """What became of a fact that is gone."""
    if not into:
        return "no report of it is left"
    dates = ", ".join(fact.date.edtf if fact.date else f"the one of {_UNKNOWN} date" for fact in into)
    return f"counted with {dates}"


def _turn(turn: Turn, index: Index) -> str:
    means = f"{turn.mean_before:+.2f} ({len(turn.before)} facts) -> {turn.mean_after:+.2f} ({len(turn.after)} facts)"
    names = for_terminal(f"{index.label(turn.one)} – {index.label(turn.other)}")
    return f"{names}: {turn.direction}, mean score {means} ({index.evidence(turn.after)})"


def _record(diff: Diff, index: Index) -> Record:
    return {
        "new": [{"regrouped": each.regrouped, **index.record(each.fact)} for each in diff.new],
        "ended": [_change(each, index) for each in diff.ended],
        "changed": [_change(each, index) for each in diff.changed],
        "gone": [{"into": [fact.id for fact in each.into], **index.record(each.fact)} for each in diff.gone],
        "turned": [
            {
                "actors": [{"key": key, "label": index.label(key)} for key in (turn.one, turn.other)],
                "direction": turn.direction,
                "mean_before": turn.mean_before,
                "mean_after": turn.mean_after,
                "facts_before": [fact.id for fact in turn.before],
                "facts_after": [fact.id for fact in turn.after],
                "documents": list(index.sources(turn.after)),
            }
            for turn in diff.turned
        ],
        "turned_rule": RULE,
    }


def _change(change: Change, index: Index) -> Record:
    aspects = [{"aspect": each.name, "before": each.before, "after": each.after} for each in change.aspects]
    return {"changes": aspects, "fact_before": change.before.id, **index.record(change.after)}


def _rows(diff: Diff, index: Index) -> Iterator[tuple[str, ...]]:
    """One row a fact; one for each fact since by which a dyad turned."""
    for each in diff.new:
        yield "new", "regrouped" if each.regrouped else "", *index.row(each.fact)
    for name, changes in (("ended", diff.ended), ("changed", diff.changed)):
        for change in changes:
            yield name, _details(change), *index.row(change.after)
    for gone in diff.gone:
        yield "gone", _whereto(gone.into), *index.row(gone.fact)
    for turn in diff.turned:
        for fact in turn.after:
            yield "turned", turn.direction, *index.row(fact)
