"""A few worker processes, so that no query can hold up, exhaust or outlive the server.

A job has a worker to itself. At its deadline, or when its client has gone, the worker is killed and another started: a
query engine that computes cannot be asked to stop. Jobs that have run for longer than `quick` are heavy, and one worker
is always kept from them: the heavy job that would take it is ended. So a light query waits for light ones only. Some
spare workers stand by, as starting one takes longer than most queries.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from geograph.errors import GeographError
from geograph.server.settings import Settings
from geograph.server.wire import Answer, Job, pack, read_answer, text

_PAUSE = 1.0
_SPARE = 2
_NICE = 10
BUSY = "every worker is busy; try again in a few seconds"


class Worker:
    """One worker process and its pipes."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None and process.stdout is not None
        self.process = process
        self._to, self._from = process.stdin, process.stdout

    @classmethod
    async def start(cls, settings: Settings) -> Worker | None:
        """A worker that is ready, None where the process ended before it was."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "geograph.server.worker", settings.to_json()),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            # One heap for all threads: glibc else sets 64 MiB of addresses aside for each, and these are bounded.
            env={**os.environ, "PYTHONPATH": _path(), "MALLOC_ARENA_MAX": "1"},
            start_new_session=True,  # Ctrl-C is for the server, which ends its workers itself
        )
        worker = cls(process)
        try:
            await read_answer(worker._from)
        except (asyncio.IncompleteReadError, ConnectionError):
            await worker.end()
            return None
        except BaseException:
            worker.kill()
            raise
        return worker

    async def ask(self, job: Job) -> Answer | None:
        """The answer to a job, None where the worker died of it."""
        try:
            self._to.write(pack(job))
            await self._to.drain()
            return await read_answer(self._from)
        except (asyncio.IncompleteReadError, ConnectionError):
            return None

    def kill(self) -> None:
        """Ends the process at once."""
        if self.process.returncode is None:
            try:
                self.process.kill()
            except ProcessLookupError:  # it has just ended by itself
                return

    def yield_to_others(self) -> None:
        """Lets the processor prefer others. There is no way back, so the worker must not be used again."""
        if sys.platform != "win32":
            try:
                os.setpriority(os.PRIO_PROCESS, self.process.pid, _NICE)
            except ProcessLookupError:  # it has just ended by itself
                return

    async def end(self) -> None:
        """Ends the process and waits until it is gone."""
        self.kill()
        self._to.close()
        await self.process.wait()


class Pool:
    """The workers of a server; `start` it within the event loop, and `close` it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._slots = asyncio.Semaphore(settings.workers)
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._alive: set[Worker] = set()
        self._chores: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._heavy = 0
        self._closed = asyncio.Event()

    async def start(self) -> None:
        """Starts all workers; returns when they are ready. Raises GeographError where they cannot start."""
        wanted = self._settings.workers + _SPARE
        workers = await asyncio.gather(*(Worker.start(self._settings) for _ in range(wanted)))
        self._alive.update(worker for worker in workers if worker is not None)
        if None in workers:
            raise GeographError(f"the workers do not start; give them more memory than {self._memory()}")
        for worker in self._alive:
            self._idle.put_nowait(worker)

    async def close(self) -> None:
        """Kills all workers, busy ones too, and waits until they are gone."""
        self._closed.set()
        await asyncio.gather(*(worker.end() for worker in self._alive))
        self._alive.clear()
        await asyncio.gather(*self._chores)

    def kill(self) -> None:
        """Kills all workers, without waiting."""
        self._closed.set()
        for worker in self._alive:
            worker.kill()

    async def run(self, job: Job) -> Answer:
        """The answer to a job. If this is cancelled, so is the job.

        503 where every worker is busy for too long, 504 for a job that has not ended at its deadline, 500 for one that
        its worker died of.
        """
        worker = await self._take()
        if worker is None:
            return text(503, BUSY, Retry_After="5")
        answering = asyncio.ensure_future(worker.ask(job))
        light = False
        try:
            light = await _within(answering, min(self._settings.quick, self._settings.timeout))
            answer = answering.result() if light else await self._heavy_answer(worker, answering)
        finally:
            self._slots.release()
            if light and answering.result() is not None:
                self._idle.put_nowait(worker)
            else:
                answering.cancel()
                self._replace(worker)
        if answer is None and self._closed.is_set():
            return text(503, "the server is stopping")
        if answer is None:
            return text(500, f"the query ended its worker, most likely for want of memory ({self._memory()})")
        return answer

    async def _heavy_answer(self, worker: Worker, answering: asyncio.Future[Answer | None]) -> Answer | None:
        """The answer to a job that takes its time; its worker, grown and slowed down, is not used again."""
        timeout, quick = self._settings.timeout, self._settings.quick
        if timeout > quick:
            if self._heavy >= self._settings.workers - 1:
                return text(503, "too many long queries run already; try again later", Retry_After=str(round(timeout)))
            self._heavy += 1
            worker.yield_to_others()
            try:
                if await _within(answering, timeout - quick):
                    return answering.result()
            finally:
                self._heavy -= 1
        return text(504, f"the query was ended after {timeout:g} seconds; ask for less, or by parts")

    async def _take(self) -> Worker | None:
        """A worker, with the right to use it: one of as many slots as there are workers, spare ones aside."""
        if self._waiting >= self._settings.queue:
            return None
        self._waiting += 1
        try:
            async with asyncio.timeout(self._settings.patience):
                await self._slots.acquire()
                try:
                    return await self._idle.get()
                except BaseException:
                    self._slots.release()
                    raise
        except TimeoutError:
            return None
        finally:
            self._waiting -= 1

    def _replace(self, worker: Worker) -> None:
        worker.kill()
        self._alive.discard(worker)
        chore = asyncio.ensure_future(self._renew(worker))
        self._chores.add(chore)
        chore.add_done_callback(self._chores.discard)

    async def _renew(self, worker: Worker) -> None:
        await worker.end()
        await self._add()

    async def _add(self) -> None:
        while not self._closed.is_set():
            worker = await Worker.start(self._settings)
            if worker is None:
                await asyncio.sleep(_PAUSE)
            elif self._closed.is_set():
                await worker.end()
            else:
                self._alive.add(worker)
                self._idle.put_nowait(worker)
                return

    def _memory(self) -> str:
        return f"{self._settings.memory} MiB, --memory" if self._settings.memory else "no limit is set"


async def _within(answering: asyncio.Future[Answer | None], seconds: float) -> bool:
    done, _ = await asyncio.wait({answering}, timeout=seconds)
    return bool(done)


def _path() -> str:
    """Where a worker finds this package and what is installed beside it; never the folder that it is started in."""
    home = str(Path(__file__).resolve().parents[2])
    return os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))
