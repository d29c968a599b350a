"""Two ways to write graphs into a store elsewhere: the Graph Store HTTP Protocol, and SPARQL Update.

Both only ever name one graph at a time, by its IRI; the default graph is never written. Whatever is sent may be sent
again: it gives the same graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from geograph.errors import PushError
from geograph.push.endpoint import fault, with_parameter
from geograph.push.http import Client, Reply

N_TRIPLES = "application/n-triples"
UPDATE = "application/sparql-update"


@dataclass(frozen=True)
class Piece:
    """Some lines of N-Triples for a graph; the first piece of a graph replaces what was there."""

    graph: str
    body: bytes
    replaces: bool


class Writer(Protocol):
    """Writes pieces and drops graphs."""

    url: str

    def write(self, pieces: Sequence[Piece]) -> None:
        """Writes all pieces, in their order. Raises PushError."""

    def drop(self, graphs: Sequence[str]) -> None:
        """Drops graphs; one that is not there is no error. Raises PushError."""

    def try_write(self, piece: Piece) -> Reply:
        """The answer to adding a piece, whatever it is: to find out what is behind an address."""


class GraphStore:
    """SPARQL 1.1 Graph Store HTTP Protocol: a request for every piece and every graph dropped."""

    def __init__(self, client: Client, url: str) -> None:
        self.url = url
        self._client = client

    def try_write(self, piece: Piece) -> Reply:
        """The answer to one piece."""
        url = with_parameter(self.url, graph=piece.graph)
        return self._client.ask("PUT" if piece.replaces else "POST", url, body=piece.body, type=N_TRIPLES)

    def write(self, pieces: Sequence[Piece]) -> None:
        """Writes piece by piece: PUT replaces, POST adds."""
        for piece in pieces:
            reply = self.try_write(piece)
            if not reply.is_good:
                method = "PUT" if piece.replaces else "POST"
                raise PushError(fault(method, self.url, reply, len(piece.body)))

    def drop(self, graphs: Sequence[str]) -> None:
        """Deletes graph by graph."""
        for graph in graphs:
            reply = self._client.ask("DELETE", with_parameter(self.url, graph=graph))
            if not reply.is_good and reply.status != 404:
                raise PushError(fault("DELETE", self.url, reply))


class Update:
    """SPARQL 1.1 Update: one request for many pieces."""

    def __init__(self, client: Client, url: str) -> None:
        self.url = url
        self._client = client

    def try_write(self, piece: Piece) -> Reply:
        """The answer to one piece."""
        return self._sent(_insertion(piece))

    def write(self, pieces: Sequence[Piece]) -> None:
        """Writes all pieces with one request, which most stores carry out whole or not at all."""
        self._update(_insertion(piece) for piece in pieces)

    def drop(self, graphs: Sequence[str]) -> None:
        """Drops all graphs with one request."""
        self._update(f"DROP SILENT GRAPH <{graph}>".encode() for graph in graphs)

    def _update(self, operations: Iterable[bytes]) -> None:
        body = b" ;\n".join(operations)
        reply = self._sent(body)
        if not reply.is_good:
            raise PushError(fault("POST", self.url, reply, len(body)))

    def _sent(self, body: bytes) -> Reply:
        return self._client.ask("POST", self.url, body=body, type=UPDATE)


def pieces(graph: str, body: bytes, limit: int) -> Iterator[Piece]:
    """The pieces of a graph, each of `limit` bytes at most where no single line is longer; cut between lines."""
    start = 0
    while start < len(body) or start == 0:
        end = len(body)
        if end - start > limit:
            end = body.rfind(b"\n", start, start + limit) + 1 or body.index(b"\n", start) + 1
        yield Piece(graph, body[start:end], start == 0)
        start = end or 1


def _insertion(piece: Piece) -> bytes:
    graph = f"<{piece.graph}>".encode()
    insertion = b"INSERT DATA { GRAPH " + graph + b" {\n" + _unambiguous(piece.body) + b"} }"
    return b"DROP SILENT GRAPH " + graph + b" ;\n" + insertion if piece.replaces else insertion


def _unambiguous(body: bytes) -> bytes:
    r"""N-Triples that every reader of SPARQL reads alike.

    SPARQL undoes \uXXXX before it reads strings, N-Triples with them. A text that holds a backslash and "u0022" could
    so end its string; its "u" is written as an escape itself.
    """
    return re.sub(rb"(?<!\\)((?:\\\\)+)([uU])", lambda found: found[1] + rb"\u%04X" % ord(found[2]), body)
