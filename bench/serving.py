"""Times `mgi-report serve` as an editor meets it: from the save to the whole new PDF on disk.

One event stream is open, as of a page in the browser. The next save comes when nothing is made,
drawn or tidied up any more. Saving again at once would measure how saves are put together.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from bench import edits
from bench.chosen import LANG, PROFILE

PDF = f"build/{Path(PROFILE).name}/{LANG}/{Path(PROFILE).name}-{LANG}.pdf"
LOOK = 0.0005
"""Seconds between two looks at the PDF."""
PATIENCE = 60.0
"""Seconds after which what was awaited counts as lost."""
QUIET = 0.5
"""Seconds that nothing happens before the next save."""


def serve(root: Path) -> Iterator[float]:
    """Save one paragraph after the other; give the seconds to each new PDF."""
    pdf = root / PDF
    with _served(root) as news:
        while not pdf.exists():
            _until_idle(news)
        edited = edits.in_markdown(root)
        while True:
            time.sleep(QUIET)
            before = pdf.read_bytes()
            if next(edited, None) is None:
                break
            start = time.perf_counter()
            while pdf.read_bytes() == before:  # it may also be written again as it was
                assert time.perf_counter() < start + PATIENCE, "the PDF stays as it is"
                time.sleep(LOOK)
            yield time.perf_counter() - start
            _until_idle(news)


@contextmanager
def _served(root: Path) -> Iterator[HTTPResponse]:
    """Start a preview of its own, and follow what it tells."""
    command = [f"{sys.exec_prefix}/bin/mgi-report", "serve", PROFILE, "--port", "0"]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            address = process.stdout.readline().strip().removeprefix("http://").rstrip("/")
            with closing(HTTPConnection(address, timeout=PATIENCE)) as connection:
                connection.request("GET", "/events")
                with connection.getresponse() as news:
                    yield news
        finally:
            process.terminate()


def _until_idle(news: HTTPResponse) -> None:
    """Read what is told until nothing is made any more."""
    event = b""
    while (line := news.readline()) != b"data: false\n" or event != b"event: working\n":
        assert line, "the preview has ended"
        event = line
