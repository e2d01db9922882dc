"""Runs a command and says how long it took and how large its largest process grew."""

from __future__ import annotations

import os
import re
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLE = 0.1
"""Seconds between two looks at the processes that a command started."""


@dataclass(frozen=True, slots=True)
class Run:
    """What was measured of a command."""

    seconds: float
    cpu: float
    """Seconds that processors worked for it, by all its processes that were waited for."""
    memory: int
    """Bytes of the largest process, at its largest: resident memory."""
    output: str


def run(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Run:
    """Run a command to its end; raises where it fails."""
    log = folder / "bench.log"
    with log.open("wb") as errors, (folder / "bench.out").open("w+b") as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=output,
            stderr=errors,
        )  # fmt: skip
        watcher = _Watcher(process.pid)
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        watcher.stop()
        output.seek(0)
        said = output.read().decode(errors="replace")
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{said}\n{log.read_text(errors='replace')}")
    # The system counts processes that were waited for, in KiB (macOS: bytes). It counts the bench
    # itself too, up to the command's start, so the bench stays small. Browsers leave processes that
    # nobody waits for: these are looked at while they run.
    own = usage.ru_maxrss * (1 if os.uname().sysname == "Darwin" else 1024)
    return Run(seconds, usage.ru_utime + usage.ru_stime, max(own, watcher.largest), said)


class _Watcher(threading.Thread):
    """Looks at a process and all that it started."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self._root = root
        self._known = {root}
        self._ended = threading.Event()
        self.largest = 0

    def run(self) -> None:
        while not self._ended.wait(SAMPLE):
            parents = {}
            for each in Path("/proc").glob("[0-9]*/status"):
                try:
                    status = each.read_text()
                except OSError:  # it has ended
                    continue
                parent = re.search(r"^PPid:\s+(\d+)", status, re.MULTILINE)
                peak = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
                if parent and peak:
                    parents[int(each.parent.name)] = int(parent[1]), int(peak[1]) * 1024
            for _ in range(4):  # parents may come after their children
                self._known |= {pid for pid, (of, _) in parents.items() if of in self._known}
            sizes = (size for pid, (_, size) in parents.items() if pid in self._known)
            self.largest = max(self.largest, *sizes, 0)

    def stop(self) -> None:
        self._ended.set()
        self.join()
