"""Step 4, typeset: workers, so that sections are typeset on all cores.

A crew begins before there is anything to typeset: its first worker loads WeasyPrint while the build
reads the content. It reads the layout's style sheets and fonts too, then makes copies of itself,
which have all that already. Where a process cannot be copied, each worker does so for itself.

Each worker has a pipe of its own and ends with it, so none outlives the build, however that ends.
What a worker cannot do, since it died or could not begin, is left to the build.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Any, TypeVar

from mgi_report.collecting import collect_seldom
from mgi_report.pages.model import Section, Supplies
from mgi_report.pages.typesetting import keeping

ON_LINUX = sys.platform == "linux"

Answer = tuple[Section, bytes | None]
"""A section, and what became of it as bytes (`keeping`); None where its worker died."""

_S = TypeVar("_S", Section, Supplies)
Parcel = tuple[_S, dict[str, str], dict[str, bytes]]
"""A section without its files, their digests by path, and files by digest that are new."""

_PATIENCE = 5.0
"""Seconds that a worker is waited for at the end."""


def cores() -> int:
    """Give how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


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


class Crew:
    """Workers that typeset sections; they begin at once."""

    def __init__(self, size: int) -> None:
        """Take how many workers there are."""
        self._size = size
        self.begin()

    def begin(self) -> None:
        """Let the workers begin; also again, where they were let go."""
        forks = can_fork()
        context: Any = multiprocessing.get_context("fork" if forks else "spawn")
        pairs: list[tuple[Connection, Connection]] = [context.Pipe() for _ in range(self._size)]
        ours, theirs = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        gangs = [theirs] if forks else [[pipe] for pipe in theirs]
        self._processes: list[BaseProcess] = []
        for gang in gangs:
            process = context.Process(target=_lead, args=(gang, ours if forks else ()), daemon=True)
            process.start()
            self._processes.append(process)
        for pipe in theirs:
            pipe.close()
        self._idle = ours
        self._busy: dict[Connection, Section] = {}
        self._seen: dict[Connection, set[str]] = {pipe: set() for pipe in ours}
        """Digests of the files that each worker has."""
        self._leaders = ours[:1] if forks else ours[:]
        """Workers that wait for supplies; those that will be their copies get the same."""
        self._handing: Thread | None = None
        """Hands fonts to a worker that may still be loading."""

    @property
    def is_there(self) -> bool:
        """Whether there are workers."""
        return bool(self._idle or self._busy)

    @property
    def waits(self) -> bool:
        """Whether workers have no style sheets and fonts yet."""
        return bool(self._leaders)

    @property
    def is_busy(self) -> bool:
        """Whether somebody works."""
        return bool(self._busy)

    def supply_fonts(self, fonts: Supplies) -> None:
        """Let the worker that will be copied read fonts, before it is known what else it needs.

        Nobody waits for it, though it may still be loading.
        """
        if len(self._leaders) == 1 and self._handing is None:
            leader = self._leaders[0]
            self._handing = Thread(target=_hand, args=(leader, self._parcel(leader, fonts)))
            self._handing.start()

    def supply(self, supplies: Supplies) -> None:
        """Let the workers read style sheets and fonts, once, before they get sections."""
        if self._handing:
            self._handing.join()
        for leader in self._leaders:
            _hand(leader, self._parcel(leader, supplies), None)
            if len(self._leaders) == 1:
                for seen in self._seen.values():
                    seen.update(self._seen[leader])
        self._leaders = []

    def give(self, section: Section) -> bool:
        """Give a section to a worker that is idle; False where there is none."""
        self.supply(Supplies(section.styles, section.fonts, section.files))
        while self._idle:
            worker = self._idle.pop(0)
            try:
                worker.send(self._parcel(worker, section))
            except OSError:  # it died while it was idle
                worker.close()
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
                worker.close()
                yield section, None
            else:
                self._idle.append(worker)
                yield section, answer or None

    def _parcel(self, worker: Connection, what: _S) -> Parcel[_S]:
        """Pack a section; of its files only those that the worker has not seen."""
        digests = {path: keeping.digest_of_file(file) for path, file in what.files.items()}
        new = {
            digest: what.files[path]
            for path, digest in digests.items()
            if digest not in self._seen[worker]
        }
        self._seen[worker].update(new)
        return replace(what, files={}), digests, new

    def close(self) -> None:
        """Let all workers go, also those that are at work."""
        is_handing = self._handing is not None and self._handing.is_alive()
        for process in self._processes if self._busy or is_handing else ():
            process.terminate()
        if self._handing:
            self._handing.join()
        for worker in (*self._idle, *self._busy):
            worker.close()
        for process in self._processes:
            process.join(_PATIENCE)
            if process.is_alive():
                process.kill()
                process.join()
        self._processes.clear()
        self._idle.clear()
        self._busy.clear()
        self._leaders = []


@contextmanager
def crew_ahead(jobs: int | None) -> Iterator[Crew | None]:
    """Let a crew begin before it is known whether there is something to typeset.

    Only where it costs no time, else there is none: a process that can be copied, another core.
    """
    size = jobs or cores()
    crew = Crew(size) if size > 1 and can_fork() else None
    try:
        yield crew
    finally:
        if crew:
            crew.close()


def _hand(worker: Connection, *parcels: Parcel[Supplies] | None) -> None:
    """Give a worker supplies; None after the last."""
    with suppress(OSError):  # it died; it is missed when it is given a section
        for parcel in parcels:
            worker.send(parcel)


# --- In a worker --------------------------------------------------------------------------------


def _lead(pipes: Sequence[Connection], others: Sequence[Connection]) -> None:
    """Load what typesetting needs, become one process for each pipe, and work."""
    # Ctrl-C goes to the whole group; the build says what is to be done.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    for other in others:  # so that they end when the build ends
        other.close()
    copies: list[int] = []
    collect_seldom()
    from mgi_report.pages.typesetting import styles
    from mgi_report.pages.typesetting.typeset import warm_up

    try:
        with suppress(EOFError, OSError):
            files: dict[str, bytes] = {}
            for parcel in iter(pipes[0].recv, None):
                supplies = _unpacked(parcel, files)
                with suppress(Exception):  # what is wrong is said when a section is typeset
                    warm_up(supplies)
            gc.freeze()
            own = pipes[0]
            for pipe in pipes[1:]:
                with _unbroken():
                    copy = os.fork()
                    if copy:
                        copies.append(copy)
                    else:  # a copy has none of its own
                        own, copies = pipe, []
                if not copy:
                    break
            for pipe in pipes:
                if pipe is not own:
                    pipe.close()
            _work(own, files)
    finally:
        for copy in copies:  # nobody waits for them any more
            with suppress(ProcessLookupError):
                os.kill(copy, signal.SIGTERM)
        for copy in copies:
            os.waitpid(copy, 0)
        styles.forget()


def _work(pipe: Connection, files: dict[str, bytes]) -> None:
    """Typeset what comes, until nothing comes any more."""
    from mgi_report.pages.typesetting.typeset import typeset_anywhere

    while True:
        section = _unpacked(pipe.recv(), files)
        try:
            answer = keeping.encode(typeset_anywhere(section))
        except Exception:  # noqa: BLE001  the build meets it again, and can say it
            answer = b""
        pipe.send_bytes(answer)


def _unpacked(parcel: Parcel[_S], files: dict[str, bytes]) -> _S:
    what, digests, new = parcel
    files |= new
    return replace(what, files={path: files[digest] for path, digest in digests.items()})


@contextmanager
def _unbroken() -> Iterator[None]:
    """Let SIGTERM wait, so that Python can put a copied process in order."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})


def _end(*_: object) -> None:
    raise SystemExit
