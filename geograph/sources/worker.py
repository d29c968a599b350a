"""The process that takes untrusted files apart: jobs on standard input, what they hold as JSON on standard output.

A job is two lengths, a JSON object and the bytes of the file; an answer is a length, a zero and a JSON object, which
is `{"error": …}` for a file that cannot be read. `geograph.sources.isolated` is the other end.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any, BinaryIO

from geograph.errors import SourceError
from geograph.sources.isolated import LENGTHS

_MEMORY = 2 * 1024**3


def main(seconds: int) -> None:
    """Answers jobs until standard input ends. One may use so many seconds of processor time."""
    # What a library prints must not get into the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _limit_memory()
    while head := sys.stdin.buffer.read(LENGTHS.size):
        job, data = (sys.stdin.buffer.read(length) for length in LENGTHS.unpack(head))
        _limit_time(seconds)
        _answer(answers, _done(json.loads(job), data))


def _done(job: dict[str, Any], data: bytes) -> dict[str, Any]:
    try:
        return _take_apart(job, data)
    except SourceError as error:
        return {"error": str(error)}
    except ModuleNotFoundError as error:
        extra = "web" if job["form"] == "html" else "documents"
        return {"error": f"needs the package {error.name}; pip install 'geograph[{extra}]'"}
    except (MemoryError, RecursionError):
        return {"error": "needs too much memory; leave it out, or save its text"}


def _take_apart(job: dict[str, Any], data: bytes) -> dict[str, Any]:
    if job["form"] == "pdf":
        from geograph.sources.pdf import pages

        return {"pages": pages(data)}
    if job["form"] == "docx":
        from geograph.sources.docx import document

        return document(data)
    from geograph.sources.markup import pieces

    return {"pieces": pieces(data, job.get("encoding"), job.get("url"))}


def _answer(answers: BinaryIO, found: dict[str, Any]) -> None:
    body = json.dumps(found).encode()
    answers.write(LENGTHS.pack(len(body), 0) + body)
    answers.flush()


def _limit_memory() -> None:
    if sys.platform == "linux":
        import resource

        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY if most < 0 else min(_MEMORY, most), most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(seconds: int) -> None:
    if sys.platform != "win32":
        import resource

        most = resource.getrlimit(resource.RLIMIT_CPU)[1]
        until = int(time.process_time()) + seconds + 1
        resource.setrlimit(resource.RLIMIT_CPU, (until if most < 0 else min(until, most), most))


if __name__ == "__main__":
    main(int(sys.argv[1]))
