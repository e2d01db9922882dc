"""Shows the lines that a section's words are set in, for tests about where they break."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any, TypeAlias

import pikepdf
from tests.projects import ROOT

from mgi_report.content.loading.load import load
from mgi_report.content.resolving.resolve import resolve
from mgi_report.diagnostics import Outcome
from mgi_report.layout.reading import read_layout
from mgi_report.pages.composing.compose import Composer
from mgi_report.pages.model import Pages
from mgi_report.pages.typesetting.typeset import typeset
from mgi_report.project import MemoryProject

_POINTS = 0.75
_MARKS = dict.fromkeys(map(ord, "\u2060\u200b"))


@dataclass(frozen=True)
class Line:
    """Words on one baseline, in one size."""

    text: str
    page: int
    """From 0."""
    left: float
    """Where its first word begins, in points from the page's left edge."""
    baseline: float
    """Points from the page's upper edge."""
    size: float
    """Points."""


Change: TypeAlias = tuple[str, str, str]
"""A file, what stands in it, and what stands there instead."""


@cache
def lines_of(section: str, profile: str, lang: str, *changes: Change) -> tuple[Line, ...]:
    """Typeset a section of a profile without an error, and give its lines as they are painted."""
    made = section_of(section, profile, lang, *changes)
    assert not made.diagnostics, "\n".join(map(str, made.diagnostics))
    return tuple(lines_in(made.value))


def section_of(section: str, profile: str, lang: str, *changes: Change) -> Outcome[Pages]:
    """Typeset a section of a profile."""
    composer = _composer(profile, lang, changes)
    spec = next(spec for spec in composer.specs if spec.id == section)
    composed = composer.compose(spec)
    assert composed.value, composed.diagnostics
    return typeset(composed.value)


def _composer(profile: str, lang: str, changes: tuple[Change, ...]) -> Composer:
    folder = f"content/{profile}"
    files: dict[str, str | bytes] = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    for path, old, new in changes:
        text = (ROOT / path).read_text("utf-8")
        assert old in text, f"{path} has no {old}"
        files[path] = text.replace(old, new)
    project = MemoryProject(files)
    layout = read_layout(project, "mgi").value
    assert layout
    loaded = load(project, folder, layout, lang).value
    assert loaded
    return Composer(resolve(loaded, layout).value, layout, project)


def lines_in(pages: Pages) -> Iterator[Line]:
    """Give the lines of pages as they are painted."""
    glyphs = {font.name: font.glyphs for font in pages.fonts}
    with pikepdf.open(io.BytesIO(pages.pdf)) as pdf:
        for number, page in enumerate(pdf.pages):
            for (baseline, size), run in groupby(_pieces(page, glyphs), lambda piece: piece[1:3]):
                pieces = list(run)
                text = "".join(piece[3] for piece in pieces).strip()
                yield Line(text, number, pieces[0][0], baseline, size)


def _pieces(
    page: pikepdf.Page, fonts: Mapping[str, Mapping[int, str]]
) -> Iterator[tuple[float, float, float, str]]:
    """Give each piece of text: left, baseline, size, words."""
    glyphs: Mapping[int, str] = {}
    scale, matrix = 0.0, [0.0] * 6
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        match str(instruction.operator):
            case "Tf":
                glyphs = fonts[str(operands[0])[1:]]
                scale = float(operands[1])
            case "Tm":
                matrix = [float(operand) for operand in operands]
            case "TJ":
                parts = [part for part in operands[0] if isinstance(part, pikepdf.String)]
                shown = b"".join(map(bytes, parts))
                text = "".join(
                    glyphs.get(int.from_bytes(shown[place : place + 2], "big"), "")
                    for place in range(0, len(shown), 2)
                )
                left, baseline, size = matrix[4], matrix[5], abs(matrix[0]) * scale
                yield (
                    round(left * _POINTS, 1),
                    round(baseline * _POINTS, 1),
                    round(size * _POINTS, 2),
                    text.translate(_MARKS).replace("\u00a0", " ").replace("\u202f", " "),
                )
