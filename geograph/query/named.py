"""The named queries: files of SPARQL in `geograph/queries/`, each with a title, a sentence and its parameters.

A file begins with comment lines:

    # title: Who met whom
    # about: Meetings in a period, the newest first.
    # parameter: from date = 0001-01-01 – first day

A parameter without `= default` must be given. In the query, each has lines of its own, `VALUES ?from { ... }`, which
hold an example, so that the file is a query that runs as it stands; the value given takes its place. `*`
as a default leaves the variable open. A line `VALUES (?relation ?score) { ... }`, with any two variables, takes the
scores of the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from geograph.errors import QueryError
from geograph.ontology import load
from geograph.query.lookup import find_entity, find_relation
from geograph.store import Store
from geograph.store.terms import day, decimal, integer

FOLDER = Path(__file__).parent.parent / "queries"
ANYTHING = "*"
_SCORES = re.compile(r"^\s*VALUES (\(\?\w+ \?\w+\)) \{", re.MULTILINE)
_HEADER = re.compile(r"# (title|about|parameter): (.+)")
_PARAMETER = re.compile(
    r"(?P<name>\w+) (?P<kind>entity|relation|date|number|text)(?: = (?P<default>\S+))? – (?P<about>.+)"
)


@dataclass(frozen=True)
class Parameter:
    """One parameter of a named query; `kind` is entity, relation, date, number or text."""

    name: str
    kind: str
    default: str | None
    about: str


@dataclass(frozen=True)
class NamedQuery:
    """A query that ships with geograph."""

    name: str
    title: str
    about: str
    parameters: tuple[Parameter, ...]
    sparql: str

    def bound(self, store: Store, values: Mapping[str, str]) -> str:
        """The SPARQL with the values in place. Raises QueryError for one that is missing, unknown or unfit."""
        known = {parameter.name for parameter in self.parameters}
        for name in sorted(values.keys() - known):
            takes = ", ".join(parameter.name for parameter in self.parameters) or "none"
            raise QueryError(f"{self.name} has no parameter {name!r}; it takes {takes}")
        sparql = self.sparql
        for parameter in self.parameters:
            value = values.get(parameter.name, parameter.default)
            if value is None:
                raise QueryError(f"{self.name} needs {parameter.name} ({parameter.about}): -p {parameter.name}=...")
            term = "UNDEF" if value == ANYTHING == parameter.default else str(_term(store, parameter, value))
            sparql = _filled(sparql, f"?{parameter.name}", term)
        for variables in _SCORES.findall(self.sparql):
            sparql = _filled(sparql, variables, _scores(store))
        return sparql


def _scores(store: Store) -> str:
    relations = {**load().relations, **store.relations}
    scored = sorted((each.name, each.score) for each in relations.values() if each.score is not None)
    return " ".join(f"(gg:{name} {decimal(score)})" for name, score in scored)


def _filled(sparql: str, variables: str, values: str) -> str:
    """The query with `values` in place of the example on every line `VALUES variables { example }`."""
    slot = re.compile(rf"^(\s*VALUES {re.escape(variables)} \{{).*\}}$", re.MULTILINE)
    filled, count = slot.subn(lambda line: f"{line[1]} {values} }}", sparql)
    if not count:
        raise ValueError(f"the query lacks a line VALUES {variables} {{ example }}")
    return filled


def _term(store: Store, parameter: Parameter, value: str) -> NamedNode | Literal:
    match parameter.kind:
        case "entity":
            return NamedNode(store.vocabulary.entity(find_entity(store, value)))
        case "relation":
            return NamedNode(store.vocabulary.term(find_relation(store, value)))
        case "date":
            try:
                return day(date.fromisoformat(value))
            except ValueError:
                raise QueryError(f"{parameter.name}={value!r} is no date; write it as 2025-07-31") from None
        case "number":
            try:
                return integer(int(value))
            except ValueError:
                raise QueryError(f"{parameter.name}={value!r} is no whole number") from None
    return Literal(value)


@cache
def named() -> tuple[NamedQuery, ...]:
    """The named queries, sorted by name."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.rq")))


def _read(path: Path) -> NamedQuery:
    sparql = path.read_text("utf-8")
    said: dict[str, list[str]] = {"title": [], "about": [], "parameter": []}
    for kind, text in _HEADER.findall(sparql):
        said[kind].append(text)
    (title,), (about,) = said["title"], said["about"]
    return NamedQuery(path.stem, title, about, tuple(map(_parameter, said["parameter"])), sparql)


def _parameter(text: str) -> Parameter:
    match = _PARAMETER.fullmatch(text)
    if match is None:
        raise ValueError(f"not a parameter line: {text}")
    return Parameter(match["name"], match["kind"], match["default"], match["about"])
