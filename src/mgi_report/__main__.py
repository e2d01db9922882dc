"""The command `mgi-report`, also as `python -m mgi_report`."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress

from mgi_report.collecting import collect_seldom, leave_all
from mgi_report.interrupts import Stopped, stop_if_asked, watch

SIGNALLED = 128
"""Exit status after a signal, as shells give it: this and the signal's number."""


def main() -> None:
    """Run the command and end with its exit status."""
    collect_seldom()
    status = _run()
    leave_all()
    sys.exit(status)


def _run() -> int:
    watch()
    try:
        # The rest of the program takes half a second to load, in which one may think better of it.
        from mgi_report.cli import run

        stop_if_asked()
        return run()
    except (KeyboardInterrupt, Stopped) as stop:
        with suppress(OSError):
            sys.stderr.write(
                "Stopped. Nothing is half written; PDFs that were made before are still there.\n"
            )
        return SIGNALLED + (stop.asked_by if isinstance(stop, Stopped) else signal.SIGINT)


if __name__ == "__main__":
    main()
