"""Step 5, bind: a sheet as it leaves the press: what is cut away, and the marks that say where.

Sources: ISO 32000-1, 14.11.2 (boxes); ISO 15930-7, 6.8. Lengths in points; marks keep clear of the
bleed, and are printed on every plate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mgi_report.pages.binding.objects import number, numbers
from mgi_report.pages.model import Rectangle

_LENGTH = 14.2
"""Of a mark: 5 mm."""
_CLEAR = 8.5
"""Between trim and marks, at least: 3 mm."""
_EDGE = 5.7
"""Between marks and the sheet's edge: 2 mm."""
_REGISTRATION = "/Registration CS 1 SCN 0.25 w"


@dataclass(frozen=True, slots=True)
class Placed:
    """A form on a sheet."""

    form: str
    """Its name in the resources."""
    x: float
    """Where its own origin comes to stand, from the trim's lower left corner."""
    clip: Rectangle | None = None
    """The part of the sheet that it may fill, from there too; all of the bleed without."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a block, or a cover opened flat."""

    width: float
    """Of what is left once it is cut."""
    height: float
    bleed: float
    """How far beyond that is printed."""
    folds: Sequence[float] = ()
    """Where a cover is folded, from the trim's left edge."""

    @property
    def _around(self) -> float:
        return max(self.bleed, _CLEAR) + _LENGTH + _EDGE

    @property
    def boxes(self) -> dict[str, str]:
        """Give the boxes of the page."""
        around, bleed = self._around, self.bleed
        whole = (0.0, 0.0, self.width + 2 * around, self.height + 2 * around)
        return {
            "MediaBox": numbers(whole),
            "BleedBox": numbers(self._box(bleed)),
            "TrimBox": numbers(self._box(0.0)),
        }

    def _box(self, beyond: float) -> Rectangle:
        around = self._around
        return (
            around - beyond,
            around - beyond,
            around + self.width + beyond,
            around + self.height + beyond,
        )

    def content(self, placed: Sequence[Placed]) -> str:
        """Write the operators that paint forms on the sheet, and its marks."""
        around = self._around
        parts = [self._painted(each) for each in placed]
        marks = " ".join(self._marks())
        return "".join(parts) + f"q 1 0 0 1 {number(around)} {number(around)} cm {marks} Q\n"

    def _painted(self, placed: Placed) -> str:
        around = self._around
        x0, y0, x1, y1 = placed.clip or (
            -self.bleed,
            -self.bleed,
            self.width + self.bleed,
            self.height + self.bleed,
        )
        return (
            f"q {number(x0 + around)} {number(y0 + around)} {number(x1 - x0)} {number(y1 - y0)} "
            f"re W n 1 0 0 1 {number(placed.x + around)} {number(around)} cm /{placed.form} Do Q\n"
        )

    def _marks(self) -> Iterator[str]:
        """Write the marks, from the trim's lower left corner: two at each corner, and folds."""
        near = max(self.bleed, _CLEAR)
        far = near + _LENGTH
        yield _REGISTRATION
        for y in (0.0, self.height):
            for x0, x1 in ((-far, -near), (self.width + near, self.width + far)):
                yield _line(x0, y, x1, y)
        for x in (0.0, self.width):
            for y0, y1 in self._above_and_below(near, far):
                yield _line(x, y0, x, y1)
        if self.folds:
            yield "[2 2] 0 d"
            for x in self.folds:
                for y0, y1 in self._above_and_below(near, far):
                    yield _line(x, y0, x, y1)

    def _above_and_below(self, near: float, far: float) -> tuple[tuple[float, float], ...]:
        return (-far, -near), (self.height + near, self.height + far)


def _line(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{number(x0)} {number(y0)} m {number(x1)} {number(y1)} l S"
