"""The Mali profile as the peers are given it: one HTML file, and Typst markup.

Both are made from the sections that this program composes from the profile, so that all typeset the
same words in the same order. Run in a copy of the project: `python -m bench.peers PROJECT FOLDER`.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from bench import one_piece, typst_markup
from bench.chosen import LANG, PROFILE
from mgi_report.content.loading.load import load, read_facts
from mgi_report.content.model import Profile
from mgi_report.content.resolving.resolve import resolve
from mgi_report.layout.model import Layout, SectionSpec
from mgi_report.layout.reading import read_layout
from mgi_report.pages.composing.compose import Composer
from mgi_report.pages.model import Section
from mgi_report.project import open_project


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be typeset."""

    profile: Profile
    layout: Layout
    sections: tuple[tuple[SectionSpec, Section], ...]


def read(root: Path) -> Work:
    """Load, resolve and compose the profile; page numbers are left to the typesetter."""
    project, folder = open_project(root / PROFILE)
    facts = read_facts(project, folder).value
    assert facts
    layout = read_layout(project, facts.layout).value
    assert layout
    loaded = load(project, folder, layout, LANG).value
    assert loaded
    profile = resolve(loaded, layout).value
    composer = Composer(profile, layout, project)
    sections = []
    for spec in composer.specs:
        section = composer.compose(spec).value
        assert section
        sections.append((spec, section))
    return Work(profile, layout, tuple(sections))


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
