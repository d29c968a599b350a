"""What the server and its workers say to each other over pipes: a job one way, an answer the other.

A message is the length of its head (4 bytes, big-endian), the head as JSON, and for an answer the body, whose length
the head gives. Nothing is unpickled: a worker that an attacker had taken over could say no more than any answer can.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import BinaryIO

Job = dict[str, object]
"""The name of a job under "job", and its arguments."""


@dataclass(frozen=True)
class Answer:
    """A status, headers and body, as HTTP has them; `state` tells which state of the store they are of."""

    status: int
    type: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    state: str = ""

    def of(self, state: str) -> Answer:
        """The same answer, of that state of the store."""
        return replace(self, state=state)


def text(status: int, message: str, **headers: str) -> Answer:
    """An answer in plain words, one line."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, "text/plain; charset=utf-8", f"{message}\n".encode(errors="replace"), named)


def pack(job: Job) -> bytes:
    """A job as a message."""
    return _head(json.dumps(job).encode())


def read_job(pipe: BinaryIO) -> Job | None:
    """The next job, None where the server has closed the pipe."""
    size = pipe.read(4)
    if len(size) < 4:
        return None
    job: Job = json.loads(pipe.read(int.from_bytes(size)))
    return job


def write_answer(pipe: BinaryIO, answer: Answer) -> None:
    """Writes an answer as a message."""
    head = [answer.status, answer.type, dict(answer.headers), answer.state, len(answer.body)]
    pipe.write(_head(json.dumps(head).encode()))
    pipe.write(answer.body)
    pipe.flush()


async def read_answer(pipe: asyncio.StreamReader) -> Answer:
    """The next answer. Raises asyncio.IncompleteReadError where the worker has ended."""
    size = int.from_bytes(await pipe.readexactly(4))
    status, type_, headers, state, length = json.loads(await pipe.readexactly(size))
    return Answer(status, type_, await pipe.readexactly(length), headers, state)


def _head(content: bytes) -> bytes:
    return len(content).to_bytes(4) + content
