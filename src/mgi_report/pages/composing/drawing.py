"""The counting wheel and what is cut from it, drawn from data as SVG.

Segment n of the wheel is cut into n concentric bands, so that a domain can be told by counting,
without its colour. The wheel starts at nine o'clock and runs clockwise: its horizontal axis is a
horizon, with the MiGOF's three principles above and its three objectives below.

Lengths are in points, from the top left corner of the drawing; angles in degrees, clockwise from
three o'clock, as in SVG.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, pi, radians, sin


@dataclass(frozen=True, slots=True)
class Circle:
    """Where a wheel stands and how wide it is."""

    x: float
    y: float
    outer: float
    """Radius of the rim."""
    inner: float
    """Radius of the hub."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """The white between parts of a wheel."""

    segments: float
    """Between segments; parallel-sided, not a wedge."""
    bands: float
    """Between the bands of a segment."""


START = 180.0
"""Where the first segment begins: nine o'clock."""


def segment_angles(number: int, of: int) -> tuple[float, float]:
    """Give where segment `number` (from 1) of `of` begins and ends, in degrees."""
    width = 360 / of
    return START + width * (number - 1), START + width * number


def bands(circle: Circle, count: int, start: float, end: float, gaps: Gaps) -> str:
    """Give the SVG path of a segment from `start` to `end`, cut into `count` bands."""
    height = (circle.outer - circle.inner - gaps.bands * (count - 1)) / count
    inner = circle.inner
    paths = []
    for _ in range(count):
        paths.append(_band(circle, inner, inner + height, (start, end), gaps.segments))
        inner += height + gaps.bands
    return "".join(paths)


def wheel(circle: Circle, fills: Sequence[str], gaps: Gaps) -> str:
    """Give the SVG elements of a whole wheel, a path for each fill, of 1, 2, 3 … bands."""

    def segment(number: int) -> str:
        return bands(circle, number, *segment_angles(number, len(fills)), gaps)

    return "".join(
        f'<path fill="{fill}" d="{segment(number)}"/>' for number, fill in enumerate(fills, start=1)
    )


def middle(circle: Circle, number: int, of: int) -> tuple[float, float]:
    """Give the middle of segment `number` (from 1) of `of`: x, y."""
    start, end = segment_angles(number, of)
    radius = (circle.outer + circle.inner) / 2
    angle = radians((start + end) / 2)
    return circle.x + radius * cos(angle), circle.y + radius * sin(angle)


def counting_rule(width: float, count: int, gap: float, height: float = 3.5) -> str:
    """Give the SVG path of a bar `width` wide, cut into `count` pieces."""
    piece = (width - gap * (count - 1)) / count
    return "".join(
        f"M{_n(index * (piece + gap))} 0h{_n(piece)}v{_n(height)}h{_n(-piece)}z"
        for index in range(count)
    )


def _band(
    circle: Circle, inner: float, outer: float, angles: tuple[float, float], gap: float
) -> str:
    def at(radius: float, angle: float) -> str:
        return f"{_n(circle.x + radius * cos(angle))} {_n(circle.y + radius * sin(angle))}"

    def inset(radius: float) -> float:
        # Half the gap as seen from the centre: the sides of a gap are parallel, not radii.
        return asin(min(1.0, gap / 2 / radius)) if radius else 0.0

    start, end = radians(angles[0]), radians(angles[1])
    outer_start, outer_end = start + inset(outer), end - inset(outer)
    inner_start, inner_end = start + inset(inner), end - inset(inner)
    large = int(outer_end - outer_start > pi)
    return (
        f"M{at(outer, outer_start)}"
        f"A{_n(outer)} {_n(outer)} 0 {large} 1 {at(outer, outer_end)}"
        f"L{at(inner, inner_end)}"
        f"A{_n(inner)} {_n(inner)} 0 {large} 0 {at(inner, inner_start)}z"
    )


def _n(value: float) -> str:
    """Write a number with at most two decimals, never "-0"."""
    return f"{round(value, 2) + 0.0:g}" if abs(value) >= 0.005 else "0"


def mark(kind: str, x: float, y: float, side: float) -> str:
    """Give the SVG paths of a square that can be told from others without its colour.

    `there` is full, `partly` half full below its diagonal, `absent` empty, `open` a dot.
    """
    if kind == "open":
        dot = side * 0.3
        return _square(x + (side - dot) / 2, y + (side - dot) / 2, dot)
    line = side * 0.11
    inner = side - 2 * line
    # What is cut out runs the other way round than the square, so that it stays empty.
    cut = {
        "there": "",
        "partly": f"l{inner:.2f} {inner:.2f}v-{inner:.2f}z",
        "absent": f"v{inner:.2f}h{inner:.2f}v-{inner:.2f}z",
    }[kind]
    return _square(x, y, side) + (f"M{x + line:.2f} {y + line:.2f}{cut}" if cut else "")


def _square(x: float, y: float, side: float) -> str:
    return f"M{x:.2f} {y:.2f}h{side:.2f}v{side:.2f}h-{side:.2f}z"
