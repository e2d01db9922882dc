"""Processes that build whole profiles, one after the other.

They are copies of one that has loaded everything, and are renewed after some profiles, so that
their memory stays within bounds. A worker has a pipe of its own and ends with it. One that dies or
does not come to an end is told of, and another takes its place.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from mgi_report.batch.model import Cost, Done, Job
from mgi_report.diagnostics import Diagnostic, Rule, Span
from mgi_report.progress import Progress, Stage
from mgi_report.results import Result
from mgi_report.writing import size_on_disk

PROFILES_EACH = 40
"""After so many a worker is renewed."""
TRIES = 2
"""How often a profile is begun whose process is lost."""
_LOADED = [
    "mgi_report.workshop",
    "mgi_report.pages.typesetting.typeset",
    "mgi_report.batch.workers",
]
"""What the process loads that workers are copies of."""
_GRACE = 2.0
"""Seconds that a worker has to end."""

News = Stage | Done
"""What a profile is at, or what became of it."""


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    job: Job | None = None
    tries: int = 0
    until: float = 0.0
    """When it has had its time, on the clock of `time.monotonic`."""
    built: int = 0


class Workers:
    """A number of workers."""

    def __init__(self, size: int, *, seconds: float) -> None:
        """Take how many there are, and how many seconds a profile may take."""
        self._context: Any = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(_LOADED)
        self._seconds = seconds
        self._workers = [self._new() for _ in range(size)]

    @property
    def pids(self) -> list[int]:
        """Give the numbers that the system has for them."""
        return [worker.process.pid for worker in self._workers if worker.process.pid]

    def _new(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def go_through(self, jobs: Iterable[Job]) -> Iterator[News]:
        """Build all profiles; give what each is at, and each when it is done."""
        waiting = deque((job, 1) for job in jobs)
        while waiting or any(worker.job for worker in self._workers):
            for index, worker in enumerate(self._workers):
                if waiting and worker.job is None:
                    self._workers[index] = self._give(worker, *waiting.popleft())
            busy = {worker.pipe: worker for worker in self._workers if worker.job}
            soonest = min(worker.until for worker in busy.values())
            ready = wait(list(busy), timeout=max(0.0, soonest - time.monotonic()))
            for pipe in ready:
                worker = busy[pipe]  # type: ignore[index]  # of what was waited for
                yield from self._hear(worker, waiting)
            now = time.monotonic()
            for worker in busy.values():
                if worker.job and worker.until <= now:
                    yield from self._lose(worker, waiting, f"took more than {self._seconds:g} s")

    def _give(self, worker: _Worker, job: Job, tries: int) -> _Worker:
        if worker.built >= PROFILES_EACH or not worker.process.is_alive():
            _end(worker)
            worker = self._new()
        worker.job, worker.tries = job, tries
        worker.until = time.monotonic() + self._seconds
        with suppress(OSError):  # it died; that is heard
            worker.pipe.send(job)
        return worker

    def _hear(self, worker: _Worker, waiting: deque[tuple[Job, int]]) -> Iterator[News]:
        try:
            news: News = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._lose(worker, waiting, _why(worker.process))
            return
        if isinstance(news, Done):
            news = Done(news.job, news.result, news.cost, worker.tries)
            worker.job = None
            worker.built += 1
        yield news

    def _lose(self, worker: _Worker, waiting: deque[tuple[Job, int]], why: str) -> Iterator[News]:
        """Let another worker try once more what this one could not; say so where it cannot."""
        job, tries = worker.job, worker.tries
        _end(worker)
        self._workers[self._workers.index(worker)] = self._new()
        if job is None:
            return
        if tries < TRIES:
            waiting.appendleft((job, tries + 1))
            return
        message = f"The process that built the profile {why}, {tries} times."
        hint = "Build it alone to see more; where memory is short, give fewer --jobs."
        lost = Diagnostic(Rule.PROFILE_IS_BUILT, message, Span(f"{job.folder}/profile.yml"), hint)
        yield Done(job, Result((), (lost,)), None, tries)

    def close(self) -> None:
        """Let all go, also those that are at work."""
        for worker in self._workers:
            _end(worker)
        self._workers.clear()


def _end(worker: _Worker) -> None:
    worker.pipe.close()
    if worker.job:
        worker.process.terminate()
    worker.process.join(_GRACE)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()


def _why(process: BaseProcess) -> str:
    process.join(_GRACE)
    code = process.exitcode
    if code is not None and code < 0:
        return f"was ended by the system ({signal.Signals(-code).name})"
    return "ended before it was done"


# --- In a worker --------------------------------------------------------------------------------


def _work(pipe: Connection) -> None:
    """Build what comes, until nothing comes any more."""
    # Ctrl-C goes to the whole group; the batch says what is to be done.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        while True:
            job: Job = pipe.recv()
            pipe.send(build_one(job, pipe.send))


def build_one(job: Job, tell: Progress | None = None) -> Done:
    """Build a profile in this process, and say what it took."""
    from resource import RUSAGE_SELF, getrusage

    from mgi_report.steps import build

    start, before = time.perf_counter(), getrusage(RUSAGE_SELF)
    try:
        result = build(job.folder, jobs=1, progress=tell, **job.options)
    except (EOFError, OSError):  # nobody listens any more
        raise
    except Exception as error:  # noqa: BLE001  a fault of the program must not end the batch
        message = f"The program has a fault: {type(error).__name__}: {error}"
        span = Span(f"{job.folder}/profile.yml")
        hint = "Build it alone, and send what is printed to those who make the program."
        result = Result((), (Diagnostic(Rule.PROFILE_IS_BUILT, message, span, hint),))
    after = getrusage(RUSAGE_SELF)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    cost = Cost(
        round(time.perf_counter() - start, 3),
        round(processor, 3),
        after.ru_maxrss * (1 if sys.platform == "darwin" else 1024),  # in bytes there, else KiB
        sum(size_on_disk(output.path) for output in result.outputs),
    )
    return Done(job, result, cost)
