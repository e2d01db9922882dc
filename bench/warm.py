"""What is timed inside a process: `python -m bench.warm CONTENDER FOLDER`.

Is run in a copy of the project, and prints a JSON list of seconds. What comes before the first edit
is not timed; an edit is, from the saved text until the whole new PDF is on disk.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import edits, serving
from bench.chosen import LANG, PROFILE


def workshop(root: Path) -> Iterator[float]:
    """Time what makes the PDF in `serve`, alone: nothing is watched, served or drawn."""
    from mgi_report.collecting import without_collecting
    from mgi_report.pages.store import Store
    from mgi_report.workshop import Workshop
    from mgi_report.writing import write_whole

    shop = Workshop(root / PROFILE, LANG, store=Store.of(root))
    pdf = b""

    def make() -> None:
        nonlocal pdf
        made = shop.make()
        assert made.volume, made.diagnostics
        assert made.volume.pdf != pdf, "the edit is not in the PDF"
        pdf = made.volume.pdf
        write_whole(root / "build" / "warm.pdf", pdf, lasting=False)

    make()
    for _ in edits.in_markdown(root):
        shop.rest()  # as `serve` does while nobody waits
        with without_collecting():
            yield _timed(make)
    shop.close()


def typst(root: Path) -> Iterator[float]:
    """Time Typst's incremental compiler."""
    import typst as library

    folder, pdf = root / "peers", b""
    compiler = library.Compiler(
        str(folder / "main.typ"),
        root=str(folder),
        font_paths=[str(folder / "fonts")],
        ignore_system_fonts=True,
    )

    def make() -> None:
        nonlocal pdf
        before = pdf
        compiled = compiler.compile(pdf_standards=["ua-1", "a-3a"])
        assert isinstance(compiled, bytes)
        pdf = compiled
        assert pdf != before, "the edit is not in the PDF"
        (folder / "warm.pdf").write_bytes(pdf)

    make()
    for _ in edits.in_typst(folder):
        yield _timed(make)


def weasyprint(root: Path) -> Iterator[float]:
    """Time plain WeasyPrint, loaded, for the whole again."""
    from weasyprint import HTML  # type: ignore[import-untyped]

    folder = root / "peers"

    def make() -> None:
        HTML(str(folder / "weasyprint.html")).write_pdf(
            str(folder / "warm.pdf"), pdf_variant="pdf/ua-1"
        )

    make()
    yield _timed(make)


def _timed(make: Callable[[], None]) -> float:
    start = time.perf_counter()
    make()
    return time.perf_counter() - start


if __name__ == "__main__":
    contender = {
        "serve": serving.serve,
        "workshop": workshop,
        "typst": typst,
        "weasyprint": weasyprint,
    }[sys.argv[1]]
    print(json.dumps(list(contender(Path(sys.argv[2]).absolute()))))
