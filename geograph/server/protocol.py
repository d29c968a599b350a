"""The SPARQL 1.1 Protocol, query operation: a request over HTTP -> the query that it asks (W3C, 21 March 2013).

GET with `query=`, POST of a form, POST of the query itself; the dataset by `default-graph-uri` and `named-graph-uri`.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"
_MOST_FIELDS = 1_000


class ProtocolError(Exception):
    """A request that is none of the protocol's: an HTTP status, and what to do in one line."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Request:
    """A query with the graphs that it is over; where none are named it is over the whole store."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def from_get(query_string: bytes) -> Request | None:
    """The request of a GET; None without a query, which asks for the description of the service.

    Raises ProtocolError.
    """
    fields = _fields(query_string)
    return _request(fields, []) if fields else None


def from_post(content_type: str | None, query_string: bytes, body: bytes) -> Request:
    """The request of a POST. Raises ProtocolError."""
    kind, *parameters = (content_type or "").split(";")
    kind = kind.strip().lower()
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip().strip('"').lower() not in ("utf-8", "us-ascii"):
            raise ProtocolError(415, "send the query in UTF-8")
    if kind == FORM:
        return _request(_fields(body), _fields(query_string))
    if kind == DIRECT:
        fields = _fields(query_string)
        if any(name in ("query", "update") for name, _ in fields):
            raise ProtocolError(400, "the query is in the body; take it out of the address")
        return _request([("query", _utf8(body))], fields)
    if kind == _UPDATE:
        raise ProtocolError(403, "updates are refused: this server only reads")
    raise ProtocolError(415, f"send a query as {DIRECT} or {FORM}" + (f", not {kind[:80]!r}" if kind else ""))


def _request(fields: list[tuple[str, str]], more: list[tuple[str, str]]) -> Request:
    """The request that these fields make; `more` are of the address of a POST, where a dataset may stand too."""
    if any(name == "update" for name, _ in fields + more):
        raise ProtocolError(403, "updates are refused: this server only reads")
    queries = [value for name, value in fields if name == "query"]
    if len(queries) != 1:
        told = "query= is missing" if not queries else "query= is there more than once"
        raise ProtocolError(400, f"{told}; give one query")
    return Request(
        queries[0],
        tuple(value for name, value in fields + more if name == "default-graph-uri"),
        tuple(value for name, value in fields + more if name == "named-graph-uri"),
    )


def _fields(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError as error:
        raise ProtocolError(400, "the fields are not percent-encoded UTF-8") from error
    except ValueError as error:
        raise ProtocolError(400, f"more than {_MOST_FIELDS} fields") from error


def _utf8(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProtocolError(400, f"the query is not UTF-8 (byte {error.start + 1})") from error
