"""Reads files for a press with pikepdf: all that is painted, with the ink that it is painted in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from math import hypot
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Stream

OF_SCREEN = {"/DeviceRGB", "/CalRGB", "/Lab"}
SHOWING = {"Tj", "TJ", "'", '"'}


@dataclass(frozen=True)
class Letters:
    """A piece of text that is shown."""

    ink: tuple[float, ...]
    size: float
    is_over: bool
    x: float
    """From the sheet's left edge, points."""


@dataclass(frozen=True)
class _State:
    ink: tuple[float, ...] = (0.0,)
    is_over: bool = False
    matrix: pikepdf.Matrix = field(default_factory=pikepdf.Matrix)


@dataclass
class Painted:
    """What a page paints, its forms too."""

    operators: set[str] = field(default_factory=set)
    letters: list[Letters] = field(default_factory=list)
    inks: set[tuple[float, ...]] = field(default_factory=set)


def painted(page: pikepdf.Page) -> Painted:
    found = Painted()
    _read(page.obj, page.resources, found, _State())
    return found


def _read(owner: Any, resources: Any, found: Painted, state: _State) -> None:
    kept: list[_State] = []
    size, matrix = 0.0, pikepdf.Matrix()
    for instruction in pikepdf.parse_content_stream(owner):
        operands: Any = instruction.operands
        name = str(instruction.operator)
        found.operators.add(name)
        if name == "q":
            kept.append(state)
        elif name == "Q":
            state = kept.pop()
        elif name == "cm":
            state = replace(state, matrix=_matrix(operands) @ state.matrix)
        elif name in ("k", "K", "g", "G"):
            ink = tuple(float(each) for each in operands)
            found.inks.add(ink)
            if name.islower():
                state = replace(state, ink=ink)
        elif name == "gs":
            given = resources.ExtGState[operands[0]]
            state = replace(state, is_over=bool(given.get("/op", state.is_over)))
        elif name == "Tf":
            size = float(operands[1])
        elif name == "Tm":
            matrix = _matrix(operands)
        elif name in SHOWING:
            place = matrix @ state.matrix
            tall = size * hypot(place.c, place.d)
            found.letters.append(Letters(state.ink, tall, state.is_over, place.e))
        elif name == "Do":
            form = resources.XObject[operands[0]]
            if form.Subtype == Name.Form:
                _read(form, form.get("/Resources", Dictionary()), found, state)


def _matrix(operands: Any) -> pikepdf.Matrix:
    return pikepdf.Matrix(*(float(each) for each in operands))


def screen_colours(file: pikepdf.Pdf) -> Iterator[str]:
    """Find colours of a screen in any object of a file, and in all that is painted."""
    for thing in file.objects:
        if isinstance(thing, Stream | Dictionary):
            for key in ("/ColorSpace", "/CS"):
                space = thing.get(key)
                yield from _of_space(space, key)
            if isinstance(spaces := thing.get("/ColorSpace"), Dictionary):
                for space in dict(spaces.items()).values():
                    yield from _of_space(space, "resources")
    for number, page in enumerate(file.pages, start=1):
        for operator in sorted(painted(page).operators & {"rg", "RG", "sc", "SC"}):
            yield f"page {number}: {operator}"


def _of_space(space: Any, where: str) -> Iterator[str]:
    name = str(space[0]) if isinstance(space, pikepdf.Array) else str(space)
    if name in OF_SCREEN:
        yield f"{where}: {name}"
    if name == "/ICCBased" and int(space[1].N) == 3:
        yield f"{where}: ICC of three colours"
    if name == "/Indexed":
        yield from _of_space(space[1], where)
