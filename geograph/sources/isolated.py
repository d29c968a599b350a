"""Untrusted files are taken apart in a process of its own, which may use ten seconds and two gigabytes for each.

The libraries that read HTML, PDF and DOCX are large, and a file made for it can hold them up, exhaust the memory or
bring the process down. Here that costs one file. The process is started with the first file and serves all others.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import struct
import subprocess
import sys
from functools import cache
from pathlib import Path
from threading import Lock, Timer
from typing import Any

from geograph.errors import SourceError

SECONDS = 10
"""Processor time for one file."""
_WAITED = 6
"""The clock may show so many times that: other programs want the processor too."""
LENGTHS = struct.Struct("!II")


def take_apart(form: str, data: bytes, name: str, **options: str | None) -> dict[str, Any]:
    """What the file of this form (`html`, `pdf`, `docx`) holds, as `geograph.sources.worker` tells it.

    Raises SourceError that begins with `name` for a file that cannot be read, or takes too long or too much memory.
    """
    found = _taker().ask({"form": form, **options}, data)
    if isinstance(found, str):
        raise SourceError(f"{name}: {found}")
    return found


class Taker:
    """The process that takes files apart, started when it is needed and again after it has died of one."""

    def __init__(self, seconds: int = SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()

    def ask(self, job: dict[str, str | None], data: bytes) -> dict[str, Any] | str:
        """What the process found in the data, or why it found nothing."""
        with self._lock:
            process = self._process or self._start()
            overdue = Timer(self._seconds * _WAITED, process.kill)
            overdue.daemon = True
            overdue.start()
            try:
                answer = _exchange(process, json.dumps(job).encode(), data)
            except OSError:
                answer = None
            finally:
                overdue.cancel()
            if answer is None:
                return self._lost(process)
        found = json.loads(answer)
        error = found.get("error")
        return found if error is None else str(error)

    def close(self) -> None:
        """Ends the process. Another is started if more is asked."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            with process:  # closes the pipes, waits for the end
                return

    def _start(self) -> subprocess.Popen[bytes]:
        package = str(Path(__file__).parents[2])
        path = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "geograph.sources.worker", str(self._seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
            bufsize=0,
            start_new_session=True,  # Ctrl-C is for the reader, which ends this process itself
        )
        return self._process

    def _lost(self, process: subprocess.Popen[bytes]) -> str:
        self.close()
        killed = {-signal.SIGKILL, -getattr(signal, "SIGXCPU", signal.SIGTERM)}
        if process.returncode in killed:
            return f"takes over {self._seconds} s to read; leave it out, or save its text"
        return "cannot be read: broken, or made to break readers; leave it out, or save its text"


@cache
def _taker() -> Taker:
    taker = Taker()
    atexit.register(taker.close)
    return taker


def _exchange(process: subprocess.Popen[bytes], job: bytes, data: bytes) -> bytes | None:
    """The answer of the process; None where it has ended before it was complete."""
    assert process.stdin is not None and process.stdout is not None
    message = memoryview(LENGTHS.pack(len(job), len(data)) + job + data)
    while message:
        message = message[process.stdin.write(message) :]
    head = _exactly(process, LENGTHS.size)
    return _exactly(process, LENGTHS.unpack(head)[0]) if head else None


def _exactly(process: subprocess.Popen[bytes], size: int) -> bytes | None:
    assert process.stdout is not None
    found = bytearray()
    while len(found) < size:
        if not (part := process.stdout.read(size - len(found))):
            return None
        found += part
    return bytes(found)
