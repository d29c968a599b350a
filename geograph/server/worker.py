"""A worker process: reads jobs from standard input, one at a time, and writes their answers to standard output.

It holds the store open, read-only, and may be killed at any moment. An error that nobody foresaw ends it with a
traceback on standard error; the server starts another.
"""

from __future__ import annotations

import os
import sys

from geograph.errors import StoreError
from geograph.server.confinement import end_at, leave_network, limit_memory
from geograph.server.settings import Settings
from geograph.server.wire import read_job, text, write_answer


def main(settings: Settings) -> None:
    """Works until standard input is closed."""
    leave_network()
    limit_memory(settings.memory)
    # What a library prints must not run into the answers.
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    from geograph import ontology
    from geograph.server.jobs import JOBS
    from geograph.server.snapshot import Snapshot

    snapshot = Snapshot(settings.store, ontology.load(settings.ontology))
    snapshot.warm()
    write_answer(outgoing, text(200, "ready"))
    while (job := read_job(incoming)) is not None:
        end_at(settings.timeout)
        work = JOBS[str(job.pop("job"))]
        try:
            answer = snapshot.read(lambda graph, work=work, job=job: work(graph, settings, **job))  # type: ignore[misc]
        except StoreError as error:
            answer = text(503, str(error), Retry_After="5")
        write_answer(outgoing, answer.of(snapshot.state))
        end_at(0)


if __name__ == "__main__":
    try:
        main(Settings.from_json(sys.argv[1]))
    except BrokenPipeError:  # the server is gone
        sys.exit(1)
