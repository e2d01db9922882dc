"""Step 4, typeset: workers, so that sections are typeset on all cores.

Each worker is a process with a pipe of its own. It ends with its pipe, so none outlives the build,
however that ends. What a worker cannot do, since it died or could not begin, is left to the build.

A worker is a copy of the build where that is safe: on Linux, while the build has one thread.
Elsewhere it is started anew.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any

from mgi_report.pages import keeping
from mgi_report.pages.model import Section

ON_LINUX = sys.platform == "linux"

Answer = tuple[Section, bytes | None]
"""A section, and what became of it as bytes (`keeping`); None where its worker died."""

Parcel = tuple[Section, dict[str, str], dict[str, bytes]]
"""A section without its files, their digests by path, and files by digest that are new."""


def cores() -> int:
    """Give how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Crew:
    """Workers that typeset sections; they begin with the first section given."""

    def __init__(self, size: int) -> None:
        """Take how many workers there may be."""
        self._size = size
        self._workers: dict[Connection, BaseProcess] = {}
        self._busy: dict[Connection, Section] = {}
        self._idle: list[Connection] = []
        self._seen: dict[Connection, set[str]] = {}
        """Digests of the files that each worker has."""

    @property
    def is_full(self) -> bool:
        """Whether all workers have something to do."""
        return len(self._busy) >= self._size

    @property
    def is_busy(self) -> bool:
        """Whether somebody works."""
        return bool(self._busy)

    def give(self, section: Section) -> bool:
        """Give a section to a worker that is idle; False where there is none."""
        while not self.is_full:
            worker = self._idle.pop() if self._idle else self._begin()
            try:
                worker.send(self._parcel(worker, section))
            except OSError:  # it died while it was idle
                self._end(worker)
                self._size -= 1
                continue
            self._busy[worker] = section
            return True
        return False

    def take(self) -> Iterator[Answer]:
        """Wait until somebody is done; give what is."""
        for worker in wait(list(self._busy)):
            assert isinstance(worker, Connection)
            section = self._busy.pop(worker)
            try:
                answer = worker.recv_bytes()
            except (EOFError, OSError):
                self._end(worker)
                self._size -= 1
                yield section, None
            else:
                self._idle.append(worker)
                yield section, answer or None

    def _parcel(self, worker: Connection, section: Section) -> Parcel:
        """Pack a section; of its files only those that the worker has not seen."""
        known = self._seen[worker]
        digests = {path: keeping.digest_of_file(file) for path, file in section.files.items()}
        new = {
            digest: section.files[path] for path, digest in digests.items() if digest not in known
        }
        known.update(new)
        return replace(section, files={}), digests, new

    def close(self) -> None:
        """Let all workers go, also those that are at work."""
        for process in self._workers.values():
            process.terminate()
        for worker in list(self._workers):
            self._end(worker)
        self._busy.clear()
        self._idle.clear()

    def _begin(self) -> Connection:
        forks = can_fork()
        if forks:
            # Once for all workers, who share its memory.
            pass
        context: Any = multiprocessing.get_context("fork" if forks else "spawn")
        ours: Connection
        ours, theirs = context.Pipe()
        others = [*self._workers, ours] if forks else []
        process = context.Process(target=_work, args=(theirs, others), daemon=True)
        process.start()
        theirs.close()
        self._workers[ours] = process
        self._seen[ours] = set()
        return ours

    def _end(self, worker: Connection) -> None:
        process = self._workers.pop(worker)
        worker.close()
        process.join(1)
        if process.is_alive():
            process.kill()
            process.join()


def can_fork() -> bool:
    """Whether a copy of this process is whole: no thread of it is in the middle of something.

    The system counts threads, since Python does not know all of them, such as Java's.
    """
    if not ON_LINUX:
        return False
    try:
        return len(sorted(os.listdir("/proc/self/task"))) == 1  # noqa: PTH208  no paths wanted
    except OSError:
        return False


def _work(pipe: Connection, others: list[Connection]) -> None:
    """Typeset what comes until nothing comes any more."""
    # Ctrl-C goes to the whole group; the build says what is to be done.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for other in others:  # so that they end when the build ends
        other.close()
    from mgi_report.pages.typeset import typeset

    files: dict[str, bytes] = {}
    with suppress(EOFError, OSError):
        while True:
            section, digests, new = pipe.recv()
            files |= new
            section = replace(
                section, files={path: files[digest] for path, digest in digests.items()}
            )
            try:
                answer = keeping.encode(typeset(section))
            except Exception:  # noqa: BLE001  the build meets it again, and can say it
                answer = b""
            pipe.send_bytes(answer)
