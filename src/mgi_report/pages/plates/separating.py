"""Step 5, bind: pages that were painted in the colours of a screen, in the inks of a press.

WeasyPrint writes each colour as RGB, so each operator that sets one is written anew, in content
streams, forms, patterns, shadings and pictures. Masks are shades of grey and stay so. Small
letters in black are printed over what lies below them: else a seam of paper shows at their edges
where the plates are not quite in register.

Sources: ISO 32000-1, 8.6 (colour), 8.6.7 (overprint), 11.4.7 and 11.6.5 (groups and masks);
ISO 15930-7 (PDF/X-4).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from math import hypot
from typing import Any, Protocol, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator, Stream

from mgi_report.pages.plates.inks import Inks
from mgi_report.pages.plates.pictures import grey_picture, ink_picture
from mgi_report.pages.plates.shadings import recolour_shading

Instruction: TypeAlias = tuple[list[Any], Operator]
Matrix: TypeAlias = tuple[float, float, float, float, float, float]

SMALL = 24.0
"""Points; black letters up to this size are printed over what lies below them."""
_SHOWING = frozenset({"Tj", "TJ", "'", '"'})
_OVER, _OUT = Name("/PressOver"), Name("/PressOut")
"""Names of graphics states: print over what lies below, or take it out."""
_BLACK = (0.0, 0.0, 0.0, 1.0)


class Medium(Protocol):
    """What colours become: inks, or the greys of a mask."""

    def colour(self, parts: tuple[float, ...]) -> tuple[float, ...]:
        """Give a colour of one, three or four parts, from 0 to 1, as it is painted."""

    def operator(self, *, stroking: bool) -> str:
        """Name the operator that sets it."""

    def space(self) -> Name:
        """Name its colour space."""

    def picture(self, picture: Stream) -> None:
        """Change a picture."""


class Plates:
    """The four plates of a press."""

    def __init__(self, inks: Inks) -> None:
        self._inks = inks

    def colour(self, parts: tuple[float, ...]) -> tuple[float, ...]:
        """Give the ink of a colour."""
        match parts:
            case (grey,):
                return (0.0, 0.0, 0.0, 1 - grey)
            case (red, green, blue):
                return self._inks.of(red, green, blue)
            case _:
                return parts

    def lab(self, parts: tuple[float, ...]) -> tuple[float, ...]:
        """Give the ink of a colour in CIE Lab."""
        lightness, a, b = parts
        return self._inks.of_lab(lightness, a, b)

    def operator(self, *, stroking: bool) -> str:
        """Set four inks."""
        return "K" if stroking else "k"

    def space(self) -> Name:
        """Name the inks."""
        return Name.DeviceCMYK

    def picture(self, picture: Stream) -> None:
        """Give a picture in four inks."""
        ink_picture(picture, self._inks)


class Mask:
    """A mask, whose greys say how much is seen."""

    def colour(self, parts: tuple[float, ...]) -> tuple[float, ...]:
        """Give how light a colour is (ISO 32000-1, 11.3.5.3)."""
        match parts:
            case (red, green, blue):
                return (0.3 * red + 0.59 * green + 0.11 * blue,)
            case (cyan, magenta, yellow, black):
                return (max(0.0, 1 - 0.3 * cyan - 0.59 * magenta - 0.11 * yellow - black),)
            case _:
                return parts

    def lab(self, parts: tuple[float, ...]) -> tuple[float, ...]:
        """Give how light a colour in CIE Lab is."""
        return (parts[0] / 100,)

    def operator(self, *, stroking: bool) -> str:
        """Set a grey."""
        return "G" if stroking else "g"

    def space(self) -> Name:
        """Name the greys."""
        return Name.DeviceGray

    def picture(self, picture: Stream) -> None:
        """Give a picture in greys."""
        grey_picture(picture)


@dataclass(frozen=True, slots=True)
class Separated:
    """Pages in the inks of a press."""

    pdf: bytes
    sizes: tuple[tuple[float, float], ...]
    """Width and height of each page, points."""


@lru_cache(maxsize=256)
def separated(pdf: bytes, inks: Inks, reach: float) -> Separated:
    """Give pages in the inks of a press; what is drawn up to `reach` points beyond them is kept."""
    with pikepdf.open(BytesIO(pdf)) as file:
        separation = _Separation(file, inks)
        sizes = []
        for page in file.pages:
            separation.page(page)
            x0, y0, x1, y1 = (float(value) for value in page.mediabox)
            sizes.append((x1 - x0, y1 - y0))
            around = (x0 - reach, y0 - reach, x1 + reach, y1 + reach)
            page.obj.MediaBox = Array([Decimal(f"{value:.3f}") for value in around])
        output = BytesIO()
        file.save(output, static_id=True)
        return Separated(output.getvalue(), tuple(sizes))


@dataclass(slots=True)
class _State:
    """What a content stream has set."""

    fill: tuple[float, ...] = (0.0,)
    spaces: dict[bool, str] = field(default_factory=dict)
    """Whether for strokes → kind of colour space."""
    scale: float = 1.0
    """Of letters, by the matrix in force."""
    is_over: bool = False

    def copy(self) -> _State:
        return _State(self.fill, dict(self.spaces), self.scale, self.is_over)


class _Separation:
    """Rewrites what is painted in one file."""

    def __init__(self, file: pikepdf.Pdf, inks: Inks) -> None:
        self._file = file
        self._plates = Plates(inks)
        self._done: set[tuple[int, int]] = set()

    def page(self, page: pikepdf.Page) -> None:
        resources = page.resources
        content = self._content(page.obj, resources, self._plates)
        page.obj.Contents = self._file.make_stream(content)
        page.obj.Resources = resources
        self._group(page.obj, self._plates)

    def _content(self, owner: Object, resources: Object, medium: Plates | Mask) -> bytes:
        """Write a content stream anew, with the resources that it uses."""
        writer = _Writer(resources, medium)
        content = pikepdf.unparse_content_stream(list(writer.write(owner)))
        self._resources(resources, medium)
        if writer.has_overprint:
            states = resources.get("/ExtGState", Dictionary())
            for name, over in ((_OVER, True), (_OUT, False)):
                states[name] = Dictionary({"/op": over, "/OP": False, "/OPM": 1 if over else 0})
            resources["/ExtGState"] = states
        return content

    def _resources(self, resources: Object, medium: Plates | Mask) -> None:
        if "/ColorSpace" in resources:
            del resources["/ColorSpace"]  # colours are set by operators that need none
        # Masks first: WeasyPrint names them among the forms, too.
        for state in dict(resources.get("/ExtGState", Dictionary()).items()).values():
            mask = state.get("/SMask")
            if isinstance(mask, Dictionary) and "/G" in mask:
                self._form(mask.G, Mask())
        for shading in dict(resources.get("/Shading", Dictionary()).items()).values():
            if self._is_new(shading):
                recolour_shading(shading, medium.colour, medium.space())
        for pattern in dict(resources.get("/Pattern", Dictionary()).items()).values():
            self._pattern(pattern, medium)
        for form in dict(resources.get("/XObject", Dictionary()).items()).values():
            self._form(form, medium)

    def _pattern(self, pattern: Object, medium: Plates | Mask) -> None:
        if "/Shading" in pattern:
            if self._is_new(pattern.Shading):
                recolour_shading(pattern.Shading, medium.colour, medium.space())
        elif isinstance(pattern, Stream):
            self._form(pattern, medium)

    def _form(self, form: Object, medium: Plates | Mask) -> None:
        if not isinstance(form, Stream) or not self._is_new(form):
            return
        if form.get("/Subtype") == Name.Image:
            medium.picture(form)
            return
        resources = form.get("/Resources", Dictionary())
        form.write(self._content(form, resources, medium))
        form.Resources = resources
        self._group(form, medium)

    def _group(self, owner: Object, medium: Plates | Mask) -> None:
        if isinstance(group := owner.get("/Group"), Dictionary) and "/CS" in group:
            group.CS = medium.space()

    def _is_new(self, thing: Object) -> bool:
        """Say whether it was not changed yet; what is no object of its own is met once."""
        if not thing.is_indirect:
            return True
        is_new = thing.objgen not in self._done
        self._done.add(thing.objgen)
        return is_new


class _Writer:
    """Writes one content stream anew."""

    def __init__(self, resources: Object, medium: Plates | Mask) -> None:
        self._spaces = {
            str(name): _kind(space)
            for name, space in resources.get("/ColorSpace", Dictionary()).items()
        }
        self._medium = medium
        self._state = _State()
        self._kept: list[_State] = []
        self._size = 0.0
        self._letters = 1.0
        self.has_overprint = False

    def write(self, owner: Object) -> Iterator[Instruction]:
        """Give the instructions of a page, form or pattern."""
        for instruction in pikepdf.parse_content_stream(owner):
            given: list[Any] = list(instruction.operands)
            name = str(instruction.operator)
            match name:
                case "q":
                    self._kept.append(self._state.copy())
                case "Q" if self._kept:
                    self._state = self._kept.pop()
                case "cm":
                    self._state.scale *= _scale(given)
                case "Tf":
                    self._size = float(given[1])
                case "BT":
                    self._letters = 1.0
                case "Tm":
                    self._letters = _scale(given)
                case "rg" | "g" | "k" | "RG" | "G" | "K":
                    yield self._set(tuple(map(float, given)), stroking=name.isupper())
                    continue
                case "cs" | "CS":
                    kind = self._spaces.get(str(given[0]), str(given[0]))
                    self._state.spaces[name == "CS"] = kind
                    if kind != "/Pattern":
                        continue  # the operator that sets the colour sets its space as well
                case "sc" | "scn" | "SC" | "SCN" if not isinstance(given[-1], Name):
                    yield self._set_in_space(tuple(map(float, given)), name[0] == "S")
                    continue
                case "sc" | "scn":
                    self._state.fill = ()
                case _ if name in _SHOWING:
                    yield from self._overprint()
            yield given, instruction.operator

    def _set(self, parts: tuple[float, ...], *, stroking: bool) -> Instruction:
        return self._painted(self._medium.colour(parts), stroking=stroking)

    def _set_in_space(self, parts: tuple[float, ...], stroking: bool) -> Instruction:  # noqa: FBT001
        is_lab = self._state.spaces.get(stroking) == "/Lab"
        colour = self._medium.lab(parts) if is_lab else self._medium.colour(parts)
        return self._painted(colour, stroking=stroking)

    def _painted(self, colour: tuple[float, ...], *, stroking: bool) -> Instruction:
        if not stroking:
            self._state.fill = colour
        operands = [Decimal(f"{part:.4f}").normalize() for part in colour]
        return operands, Operator(self._medium.operator(stroking=stroking))

    def _overprint(self) -> Iterator[Instruction]:
        """Have small black letters printed over what lies below, and no others."""
        size = self._size * self._letters * self._state.scale
        over = self._state.fill == _BLACK and size <= SMALL
        if over != self._state.is_over:
            self._state.is_over = over
            self.has_overprint = True
            yield [_OVER if over else _OUT], Operator("gs")


def _kind(space: Object) -> str:
    return str(space[0]) if isinstance(space, Array) else str(space)


def _scale(matrix: list[Any]) -> float:
    """Give how much larger a matrix makes what stands upright."""
    return hypot(float(matrix[2]), float(matrix[3]))
