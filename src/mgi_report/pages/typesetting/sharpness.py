"""Step 4, typeset: pictures have enough pixels for the size that they are printed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import ceil, hypot, inf
from typing import Any

from mgi_report.diagnostics import Diagnostic, Rule, Severity
from mgi_report.pages.complaints import Judge
from mgi_report.pages.fetching import BASE, written

SHARP, BLURRED = 150, 72
"""Pixels per inch: with fewer than the first a print is soft, with fewer than the second bad."""

PRESS, PRESS_LEAST = 300, 225
"""What a press asks for, and the least with which a print is not soft."""

_INCH = 72
"""Points."""


@dataclass(slots=True)
class Print:
    """A picture of pixels, at the largest that it is printed."""

    image: Any
    """WeasyPrint's."""
    width: float = 0.0
    """Points, all of the picture, also what is cut off."""
    per_inch: float = inf
    """Pixels, in the direction in which there are fewer."""

    def draw(self, place: Any) -> None:
        """Take note of a drawing; `place` is the matrix that leads the unit square to the page."""
        (a, b, _), (c, d, _), _ = place
        width, height = hypot(a, b), hypot(c, d)
        per_inch = min(self.image.width / width, self.image.height / height) * _INCH
        if per_inch < self.per_inch:
            self.width, self.per_inch = width, per_inch


def coarse(
    prints: Iterable[Print], images: Mapping[str, Any], judge: Judge
) -> Iterator[Diagnostic]:
    """Find pictures with too few pixels; `images` knows them by their addresses."""
    return _found(prints, images, judge, SHARP, SHARP)


def coarse_for_press(
    prints: Iterable[Print], images: Mapping[str, Any], judge: Judge
) -> Iterator[Diagnostic]:
    """Find pictures with too few pixels for a press."""
    return _found(prints, images, judge, PRESS_LEAST, PRESS)


def _found(
    prints: Iterable[Print], images: Mapping[str, Any], judge: Judge, least: float, wanted: float
) -> Iterator[Diagnostic]:
    for each in prints:
        if each.per_inch >= least:
            continue
        for url, image in images.items():
            if image is each.image and url.startswith(BASE):
                yield _told(each, url, judge, wanted)


def _told(coarse: Print, url: str, judge: Judge, wanted: float) -> Diagnostic:
    image, name = coarse.image, written(url).rpartition("/")[2]
    message = (
        f'The picture "{name}" has {image.width} × {image.height} pixels, and is printed '
        f"{coarse.width / _INCH * 25.4:.0f} mm wide: {coarse.per_inch:.0f} pixels per inch."
    )
    more = wanted / coarse.per_inch
    hint = (
        f"Take one of {ceil(image.width * more):,} × {ceil(image.height * more):,} pixels or more; "
        "to make this one larger in a program does not help."
    )
    found = judge.of_address(url, Rule.PICTURE_IS_SHARP, message, hint)
    is_bad = coarse.per_inch < BLURRED
    return found if is_bad else replace(found, severity=Severity.WARNING)
