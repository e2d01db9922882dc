"""Ctrl-C and SIGTERM: the work stops at the next place where nothing is half done.

An exception in the midst of anything would be lost in C code that calls Python back, and the
typesetter would go on with half a paragraph. A second wish does not wait.
"""

from __future__ import annotations

import signal
from types import FrameType
from typing import Any

_USUAL: dict[int, Any] = {
    signal.SIGINT: signal.default_int_handler,
    signal.SIGTERM: signal.SIG_DFL,
}
"""What Python does at a signal."""

_asked = 0


class Stopped(Exception):
    """The work was stopped, as the signal of number `asked_by` asked."""

    def __init__(self, asked_by: int) -> None:
        super().__init__(asked_by)
        self.asked_by = asked_by


def watch() -> None:
    """Take SIGINT (Ctrl-C) and SIGTERM as wishes to stop, where the process is to heed them."""
    for number, usual in _USUAL.items():
        if signal.getsignal(number) is usual:
            signal.signal(number, _remember)


def stop_if_asked() -> None:
    """Raise `Stopped` where it has been asked for since `watch`."""
    if _asked:
        raise Stopped(_asked)


def _remember(number: int, _frame: FrameType | None) -> None:
    global _asked  # noqa: PLW0603  a signal belongs to the whole process
    _asked = number
    signal.signal(number, _USUAL[number])
