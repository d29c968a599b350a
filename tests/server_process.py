"""A real `geograph serve` in a process of its own, and a client that hides nothing of HTTP."""

from __future__ import annotations

import http.client
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }"
"""A query that takes years on any store."""


@dataclass(frozen=True)
class Answered:
    """What a server answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def type(self) -> str:
        return self.headers["content-type"]

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Server:
    """A running server; `log` waits for a line of log that holds the words, `lines` are all there are."""

    process: subprocess.Popen[str]
    url: str
    log: Callable[[str], str]
    lines: list[str]

    @property
    def port(self) -> int:
        return int(self.url.rstrip("/").rpartition(":")[2])

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answered:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            return Answered(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answered:
        return self.request("GET", path, headers=headers)

    def ask(self, query: str, accept: str | None = None, **fields: str) -> Answered:
        """The answer to a query by GET."""
        headers = {"Accept": accept} if accept is not None else {}
        return self.request("GET", f"/sparql?{urlencode({'query': query, **fields})}", headers=headers)

    def begin(self, query: str) -> socket.socket:
        """A connection on which a query was sent, its answer not awaited."""
        connection = socket.create_connection(("127.0.0.1", self.port))
        address = f"/sparql?{urlencode({'query': query})}"
        connection.sendall(f"GET {address} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        return connection

    def workers(self) -> set[int]:
        """The process ids of the workers."""
        done = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, check=False)
        return {int(pid) for pid in done.stdout.split()}

    def stop(self, number: int = signal.SIGTERM) -> int:
        """The exit code after a signal."""
        self.process.send_signal(number)
        return self.process.wait(60)


@contextmanager
def serving(store: Path, *options: str) -> Iterator[Server]:
    """`geograph serve` on any free port, ready to answer; ended afterwards."""
    process = subprocess.Popen(
        [sys.executable, "-m", "geograph", "serve", "--store", str(store), "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None and process.stderr is not None
    lines: list[str] = []
    come = threading.Condition()

    def read() -> None:
        assert process.stderr is not None
        for line in process.stderr:
            with come:
                lines.append(line)
                come.notify_all()

    def log(words: str) -> str:
        with come:
            assert come.wait_for(lambda: any(words in line for line in lines), timeout=60), lines
            return next(line for line in lines if words in line)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        first = process.stdout.readline()
        assert first.startswith("serving"), (first, lines)
        yield Server(process, first.split(" at ")[1].split()[0], log, lines)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(60)
        reader.join(60)
        process.stdout.close()
        process.stderr.close()


def gone(pid: int, seconds: float = 60) -> bool:
    """Whether a process that is no child of this one ends in time."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    import select

    try:
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        return bool(poll.poll(seconds * 1000))
    finally:
        os.close(handle)


def gone_first(pids: Iterable[int], number: int, seconds: float = 60) -> int:
    """How many of some processes that are no children of this one have ended, once `number` of them have."""
    ended = 0
    with ExitStack() as handles, selectors.DefaultSelector() as waiting:
        for pid in pids:
            try:
                handle = os.pidfd_open(pid)
            except ProcessLookupError:
                ended += 1
                continue
            handles.callback(os.close, handle)
            waiting.register(handle, selectors.EVENT_READ)
        while ended < number and (found := waiting.select(seconds)):
            for key, _ in found:
                waiting.unregister(key.fileobj)
            ended += len(found)
    return ended


@contextmanager
def listening() -> Iterator[tuple[str, list[bytes]]]:
    """A server on this machine that notes who calls: its address, and what was said to it."""
    calls: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    calls.append(connection.recv(65536))
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

        threading.Thread(target=accept, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}/sparql", calls
        finally:
            server.shutdown(socket.SHUT_RDWR)
