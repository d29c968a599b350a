"""Refuses what a query may not do: call other endpoints (SERVICE), name other data (FROM), change the store.

Oxigraph cannot switch SERVICE off, so the query text is scanned first: not by a pattern over raw text, which strings
and comments would fool, but token by token. SPARQL lets `<` begin an IRI or mean "less than", and a backslash may take
the meaning from a quote; which it is only the grammar can tell. The scanner therefore follows both readings and refuses
a query if either holds a forbidden word. It may refuse a query that is harmless, never the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from geograph.errors import RefusedError

_SKIPPED = r"(?:[ \t\r\n]|\#[^\r\n]*(?:[\r\n]|\Z))*"
_TERM = r"(?:<[^>]*>|[?$][^ \t\r\n{]+|[^ \t\r\n{<>]*:[^ \t\r\n{]*)"
_TOKEN = re.compile(
    r"""
    (?P<string> \"\"\"(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | \'\'\'(?:\'{0,2}(?:[^'\\]|\\.))*\'{3}
      | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*' )
    | (?P<comment> \#[^\r\n]* )
    | (?P<iri> <[^<>"{}|^`\x00-\x20]*> )
    | (?P<variable> [?$]\w+ )
    | (?P<escape> \\. )
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)
# Oxigraph takes a keyword even where it touches its neighbours ("1SERVICEx:y{"), so no word boundary is asked for.
_SERVICE = re.compile(rf"SERVICE{_SKIPPED}(?:SILENT{_SKIPPED})?{_TERM}{_SKIPPED}\{{", re.IGNORECASE)
_FROM = re.compile(
    rf"(?<![\w:?$.-])FROM(?:(?=<)|[ \t\r\n#]{_SKIPPED}(?:NAMED{_SKIPPED})?(?:<|[^ \t\r\n{{<>?$]*:))", re.IGNORECASE
)
_UPDATE = re.compile(r"(?:INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b", re.IGNORECASE)
_ORDER = re.compile(rf"ORDER{_SKIPPED}BY", re.IGNORECASE)
_PROLOGUE = re.compile(
    rf"(?:{_SKIPPED}(?:PREFIX{_SKIPPED}[^\s<]*{_SKIPPED}<[^>]*>|BASE{_SKIPPED}<[^>]*>))*{_SKIPPED}", re.IGNORECASE
)


def check(sparql: str) -> None:
    """Nothing, for a query that only reads this store. Raises RefusedError for SERVICE, FROM and updates."""
    start = _PROLOGUE.match(sparql)
    if start is not None and _UPDATE.match(sparql, start.end()):
        raise RefusedError("updates are refused: a query only reads; `geograph build` and `geograph remove` change")
    for position in _code(sparql):
        if _SERVICE.match(sparql, position):
            raise RefusedError(f"{_place(sparql, position)}: SERVICE is refused: a query never leaves this machine")
        if _FROM.match(sparql, position):
            raise RefusedError(
                f"{_place(sparql, position)}: FROM is refused: a query is over the whole store; "
                "use GRAPH <article> { ... } for one article"
            )


def is_ordered(sparql: str) -> bool:
    """Whether the query has an ORDER BY (outside strings and comments)."""
    return any(_ORDER.match(sparql, position) for position in _code(sparql))


def _code(sparql: str) -> Iterator[int]:
    """The positions that are, in one reading at least, outside strings, comments, IRIs and variables."""
    seen = set()
    waiting = [0]
    while waiting:
        position = waiting.pop()
        if position in seen or position >= len(sparql):
            continue
        seen.add(position)
        token = _TOKEN.match(sparql, position)
        if token is None or token["iri"] or token["escape"]:
            yield position
            waiting.append(position + 1)
        if token is not None:
            waiting.append(token.end())


def _place(sparql: str, position: int) -> str:
    line = sparql.count("\n", 0, position) + 1
    return f"{line}:{position - (sparql.rfind(chr(10), 0, position) + 1) + 1}"
