"""Ctrl-C: the work stops at the next place where nothing is half done.

An exception in the midst of anything would be lost in C code that calls Python back, and the
typesetter would go on with half a paragraph. A second Ctrl-C does not wait.
"""

from __future__ import annotations

import signal
from types import FrameType

_asked = False


class Stopped(Exception):
    """The work was stopped where Ctrl-C asked for it."""


def watch() -> None:
    """Take Ctrl-C as a wish to stop; leave it alone where the process is to pass over it."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _remember)


def stop_if_asked() -> None:
    """Raise `Stopped` where Ctrl-C has been pressed since `watch`."""
    if _asked:
        raise Stopped


def _remember(_number: int, _frame: FrameType | None) -> None:
    global _asked  # noqa: PLW0603  a signal belongs to the whole process
    _asked = True
    signal.signal(signal.SIGINT, signal.default_int_handler)
