"""A small SPARQL 1.1 store on a loopback socket, which can be told to misbehave, and the server of oxigraph."""

from __future__ import annotations

import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph
from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat

Answer = tuple[int, dict[str, str], bytes]
Misbehaviour = Callable[["Handler", str], Answer | None]
"""What a server does with a request instead of the right thing; None for: the right thing after all."""


class SparqlServer(ThreadingHTTPServer):
    """A store below /query, /store and /update; `requests` lists what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.store = pyoxigraph.Store()
        self.requests: list[tuple[str, str, dict[str, str], bytes]] = []
        self.misbehave: Misbehaviour = lambda handler, method: None
        self.graph_store = self.sparql_update = True
        self.stopping = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def writes(self) -> list[tuple[str, str, dict[str, str], bytes]]:
        return [each for each in self.requests if each[0] != "GET" and not each[1].startswith("/query")]

    def graphs(self) -> set[str]:
        return {str(graph.value) for graph in self.store.named_graphs() if isinstance(graph, NamedNode)}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: SparqlServer

    def log_message(self, format: str, *args: object) -> None:
        pass

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.requests.append((self.command, self.path, headers, body))
        answer = self.server.misbehave(self, self.command)
        if answer is None:
            answer = self._answer(body)
        status, extra, content = answer
        if status == 0:
            self.close_connection = True
            return
        self.send_response(status)
        for name, value in extra.items():
            self.send_header(name, value)
        if "Content-Length" not in extra and status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = _handle

    def _answer(self, body: bytes) -> Answer:
        parts = urlsplit(self.path)
        given = parse_qs(parts.query)
        store = self.server.store
        if parts.path == "/query":
            query = (given.get("query") or parse_qs(body.decode()).get("query") or [""])[0]
            found = store.query(query, use_default_graph_as_union=True)
            assert not isinstance(found, pyoxigraph.QueryTriples)
            return 200, {}, found.serialize(format=QueryResultsFormat.JSON) or b""
        if parts.path == "/update" and self.server.sparql_update:
            store.update(body.decode())
            return 204, {}, b""
        if parts.path == "/store" and self.server.graph_store:
            graph = NamedNode(given["graph"][0])
            if self.command in ("PUT", "DELETE"):
                store.remove_graph(graph)
            if self.command in ("PUT", "POST"):
                store.load(body, format=RdfFormat.N_TRIPLES, to_graph=graph)
            return 204, {}, b""
        return 404, {}, b"no such place"


@contextmanager
def serving(server: SparqlServer, certificate: tuple[Path, Path] | None = None) -> Iterator[SparqlServer]:
    """The server while it runs, with TLS where a certificate and its key are given."""
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[str]:
    """The address of an oxigraph server over a folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("oxigraph")
    command = [str(program), "serve", "--bind", f"127.0.0.1:{port}", "--location", str(folder), *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        while line and "Listening" not in line:
            line = process.stdout.readline()
        assert line, "oxigraph did not start"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()
