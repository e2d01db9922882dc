"""Who is measured, and how each is run."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from bench.chosen import LANG, PROFILE

ROOT = Path(__file__).parents[1]
NODE = ROOT / ".tools" / "bench" / "node_modules"
CHROMIUM = "/usr/bin/chromium"

_BUILD = (f"{sys.exec_prefix}/bin/mgi-report", "build", PROFILE, "--lang", LANG)
_OUTPUT = f"build/{Path(PROFILE).name}/{LANG}/{Path(PROFILE).name}-{LANG}.pdf"


@dataclass(frozen=True, slots=True)
class Contender:
    """One row of the table; commands are run in a fresh copy of the project."""

    id: str
    label: str
    command: tuple[str, ...]
    """What is timed: from its start to its end, or what it says of itself where it is `warm`."""
    pdf: str
    """What it makes."""
    before: tuple[str, ...] = ()
    """Is run first and not timed."""
    edits: bool = False
    """One paragraph is edited between the two."""
    warm: bool = False
    """Times itself, and prints a JSON list of seconds."""
    note: str = ""
    """What it cannot do."""

    @property
    def is_here(self) -> bool:
        """Whether it can be run on this machine."""
        if Path(self.command[0]).is_relative_to(NODE):
            return Path(self.command[0]).exists() and Path(CHROMIUM).exists()
        return True


def _warm(name: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "bench.warm", name, ".")


CONTENDERS = (
    Contender("cold", "this program: nothing kept", _BUILD, _OUTPUT),
    Contender(
        "edit_serve",
        "this program: one paragraph edited, in `serve`",
        _warm("serve"),
        _OUTPUT,
        warm=True,
        note="in `serve`, from the save to the PDF on disk; a page in the browser listens, and "
        "pictures of pages are drawn after that",
    ),
    Contender(
        "edit_workshop",
        "this program: the same in a script, by its `Workshop`",
        _warm("workshop"),
        "build/warm.pdf",
        warm=True,
    ),
    Contender(
        "edit_new_process",
        "this program: one paragraph edited, new process",
        _BUILD,
        _OUTPUT,
        before=_BUILD,
        edits=True,
    ),
    Contender(
        "unchanged", "this program: nothing changed, new process", _BUILD, _OUTPUT, before=_BUILD
    ),
    Contender(
        "weasyprint",
        "WeasyPrint: the whole",
        (f"{sys.exec_prefix}/bin/weasyprint", "--pdf-variant", "pdf/ua-1", "peers/weasyprint.html",
         "peers/weasyprint.pdf"),
        "peers/weasyprint.pdf",
        note="claims PDF/UA-1, though veraPDF finds decoration tagged as figures and links out of "
        "place; no PDF/A, notes are not tagged as notes",
    ),
    Contender(
        "weasyprint_warm",
        "WeasyPrint: the whole again, loaded",
        _warm("weasyprint"),
        "peers/warm.pdf",
        warm=True,
    ),
    Contender(
        "typst_cold",
        "Typst: new process",
        (sys.executable, "-m", "bench.compile_typst", "peers"),
        "peers/typst.pdf",
        note="keeps PDF/UA-1 and PDF/A-3a too; its pages are simpler: drawings stand in the text, "
        "and most sections have one look",
    ),
    Contender(
        "typst_warm",
        "Typst: one paragraph edited, one process",
        _warm("typst"),
        "peers/warm.pdf",
        warm=True,
    ),
    Contender(
        "pagedjs",
        "Paged.js",
        (str(NODE / ".bin" / "pagedjs-cli"), "peers/browser.html", "-o", "peers/pagedjs.pdf",
         "--browserArgs", "--no-sandbox", "--outline-tags", "h1,h2"),
        "peers/pagedjs.pdf",
        note="tagged by Chromium: neither PDF/UA nor PDF/A, notes are not tagged as notes; "
        "leaves out parts of notes",
    ),
    Contender(
        "vivliostyle",
        "Vivliostyle",
        (str(NODE / ".bin" / "vivliostyle"), "build", "peers/browser.html", "-o",
         "peers/vivliostyle.pdf", "--executable-browser", CHROMIUM, "--single-doc"),
        "peers/vivliostyle.pdf",
        note="tagged by Chromium as well; keeps the first chapter’s page style to the end, so that "
        "the title of the COVID-19 analysis lies beyond the page’s edge",
    ),
)  # fmt: skip

RATIOS = {
    "edit_warm/weasyprint": ("edit_serve", "weasyprint"),
    "edit_warm/weasyprint_warm": ("edit_serve", "weasyprint_warm"),
    "edit_warm/typst_warm": ("edit_serve", "typst_warm"),
    "edit_new_process/weasyprint": ("edit_new_process", "weasyprint"),
    "cold/weasyprint": ("cold", "weasyprint"),
    "unchanged/typst_cold": ("unchanged", "typst_cold"),
}
"""Ratios of time, made in each round."""

SIZES = {"size/one_piece": ("cold", "weasyprint")}
MEMORY = {
    "memory/weasyprint": ("cold", "weasyprint"),
    "memory_serve/weasyprint_warm": ("edit_serve", "weasyprint_warm"),
}
"""Ratios of the largest processes: new ones that make the whole, loaded ones that make it again."""

TARGETS = {
    "edit_warm/weasyprint": 0.08,
    "edit_warm/typst_warm": 2.0,
    "cold/weasyprint": 0.6,
    "unchanged/typst_cold": 1.5,
    "size/one_piece": 1.2,
    "memory/weasyprint": 1.0,
}
"""What each ratio should be at most."""
