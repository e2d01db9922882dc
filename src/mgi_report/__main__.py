"""The command `mgi-report`, also as `python -m mgi_report`."""

from __future__ import annotations

import sys
from contextlib import suppress

from mgi_report.interrupts import Stopped, stop_if_asked, watch

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells give it: 128 and the signal's number."""


def main() -> None:
    """Run the command and end with its exit status."""
    sys.exit(_run())


def _run() -> int:
    watch()
    try:
        # The rest of the program takes half a second to load, in which one may think better of it.
        from mgi_report.cli import run

        stop_if_asked()
        return run()
    except (KeyboardInterrupt, Stopped):
        with suppress(OSError):
            sys.stderr.write(
                "Stopped. Nothing is half written; PDFs that were made before are still there.\n"
            )
        return INTERRUPTED


if __name__ == "__main__":
    main()
