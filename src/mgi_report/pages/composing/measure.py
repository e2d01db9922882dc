"""How long words are in a font, so that a layout can choose a size before anything is typeset."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import uharfbuzz as hb

from mgi_report.pages.composing.ties import BREAK, JOINER


@dataclass(frozen=True, slots=True)
class Fit:
    """How a text is set in a given width."""

    size: float
    """Points."""
    lines: int
    """How many lines it takes at that size."""
    fits: bool
    """Whether it keeps to the lines allowed; where no size does, the last one is given."""
    width: float = 0.0
    """Points: about the least width at which it takes as many lines, which are then much alike."""
    widths: tuple[float, ...] = ()
    """Points: how wide each line is in the width given."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A size at which a text may be set."""

    size: float
    """Points."""
    most: int
    """The most lines it may take."""
    tracking: float = 0.0
    """Letter-spacing in ems."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font to measure in."""

    content: bytes
    """The font file."""
    without: str = ""
    """Characters that it leaves to the next one."""


Faces: TypeAlias = tuple[Face, ...]
"""Fonts, each for the characters that those before it lack."""

_Lines: TypeAlias = list[list[tuple[float, float]]]
"""Of each written line the widths of its pieces: without the spaces behind them, and with."""


@lru_cache(maxsize=16)
def _font(content: bytes) -> tuple[hb.Font, int]:
    face = hb.Face(content)
    return hb.Font(face), face.upem


@lru_cache(maxsize=4096)
def _advance(faces: Faces, text: str) -> tuple[float, int]:
    runs = [_run(faces[index].content, part) for index, part in _runs(faces, text)]
    return sum(advance for advance, _ in runs), sum(glyphs for _, glyphs in runs)


def _runs(faces: Faces, text: str) -> Iterator[tuple[int, str]]:
    """Cut a text where another face takes over; a space goes with what stands before it."""

    def face_of(character: str) -> int:
        return next((index for index, face in enumerate(faces) if _has(face, character)), 0)

    index, start = 0, 0
    for place, character in enumerate(text):
        if not character.isspace() and (own := face_of(character)) != index:
            if place > start:
                yield index, text[start:place]
            index, start = own, place
    if start < len(text):
        yield index, text[start:]


def _has(face: Face, character: str) -> bool:
    glyph = _font(face.content)[0].get_nominal_glyph(ord(character))
    return glyph is not None and character not in face.without


def _run(content: bytes, text: str) -> tuple[float, int]:
    font, units = _font(content)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer, {"pnum": True})
    return sum(place.x_advance for place in buffer.glyph_positions) / units, len(buffer.glyph_infos)


def width(text: str, faces: Faces, size: float, tracking: float = 0.0) -> float:
    """Give the width of a line of text in points; `tracking` in ems."""
    advance, glyphs = _advance(faces, text.replace(JOINER, "").replace(BREAK, ""))
    return (advance + tracking * glyphs) * size


def count_lines(text: str, faces: Faces, size: float, measure: float, tracking: float = 0.0) -> int:
    """Count the lines that a text takes; `measure` in points."""
    return len(_broken(_measured(text, faces, size, tracking), measure))


def _measured(text: str, faces: Faces, size: float, tracking: float) -> _Lines:
    def measured(piece: str) -> tuple[float, float]:
        bare = width(piece.rstrip(" "), faces, size, tracking)
        return bare, width(piece, faces, size, tracking)

    return [[measured(piece) for piece in pieces_of(line)] for line in text.split("\n")]


def _broken(text: _Lines, measure: float) -> tuple[float, ...]:
    """Break a text greedily, and give the width of each line in points."""
    lines: list[float] = []
    for line in text:
        lines.append(0.0)
        used = 0.0
        for bare, whole in line:
            if used and used + bare > measure:
                lines.append(0.0)
                used = 0.0
            lines[-1] = used + bare
            used += whole
    return tuple(lines)


def pieces_of(text: str) -> list[str]:
    """Cut a text where a line may break: after spaces, and after hyphens inside words."""
    return re.findall(rf"(?:[^ \n-]|-{JOINER})+(?: +|-+|$|(?=\n))|[ -]+", text)


@lru_cache(maxsize=1024)  # what has not changed is measured again with each section
def fit(text: str, faces: Faces, measure: float, choices: tuple[Choice, ...]) -> Fit:
    """Choose the first size at which the text keeps to its lines and no word is too long."""
    found = Fit(choices[0].size, 1, fits=False)
    for choice in choices:
        lines = _measured(text, faces, choice.size, choice.tracking)
        widths = _broken(lines, measure)
        longest = max((bare for line in lines for bare, _ in line), default=0.0)
        fits = len(widths) <= choice.most and longest <= measure
        least = _least_width(lines, choice.size, longest, measure)
        found = Fit(choice.size, len(widths), fits, least, widths)
        if fits:
            break
    return found


def _least_width(text: _Lines, size: float, longest: float, measure: float) -> float:
    most = len(_broken(text, measure))
    low, high = longest, measure
    while high - low > 1:
        middle = (low + high) / 2
        low, high = (middle, high) if len(_broken(text, middle)) > most else (low, middle)
    # What is set may be wider than what is measured by a hair.
    return round(min(high + size / 10, measure), 1)
