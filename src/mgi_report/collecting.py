"""When Python's collector of garbage works: not while somebody waits."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 300_000
"""New objects after which the collector begins; some 20 MB, and more than most builds make."""


def collect_seldom() -> None:
    """Let the collector begin late, in a process that ends soon."""
    gc.set_threshold(SELDOM)


def leave_all() -> None:
    """Collect nothing more: the process ends, and the system takes all back at once."""
    gc.freeze()


@contextmanager
def without_collecting() -> Iterator[None]:
    """Keep the collector from looking through all that is there; a tenth of the time is its own."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def collect() -> None:
    """Collect now; what is left is not looked through again until the next time."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
