"""The Mali profile as the peers are given it: one HTML file, and Typst markup.

Both are made from the sections that this program composes from the profile, so that all typeset the
same words in the same order. Run in a copy of the project: `python -m bench.peers PROJECT FOLDER`.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from bench import one_piece, typst_markup
from bench.work import read


def write(root: Path, folder: Path) -> None:
    """Write what the peers typeset, with the fonts, into a folder."""
    work = read(root)
    fonts = folder / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    for font in work.layout.fonts:
        shutil.copy(root / font.path, fonts)
    for name, text in {
        "weasyprint.html": one_piece.html(work, one_piece.WEASYPRINT),
        "browser.html": one_piece.html(work, one_piece.BROWSER),
        **typst_markup.files(work),
    }.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
