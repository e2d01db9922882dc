"""Which line of its page a line of a draft is: the numbers in its margin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from mgi_report.pages.model import Rectangle, TextLine

_SAME = 4.0
"""Points; lines of columns side by side that are not further apart are one."""
_LEAST = 21.0
"""Points; height in which the first line of a block is looked for."""


def line_numbers(lines: Iterable[TextLine]) -> dict[TextLine, int]:
    """Give the lines of each page their numbers, from 1 at its head."""
    numbers: dict[TextLine, int] = {}
    ordered = sorted(lines, key=lambda line: (line.page, -line.baseline, line.rectangle))
    for _, page in groupby(ordered, key=lambda line: line.page):
        number, last = 0, float("inf")
        for line in page:
            if last - line.baseline > _SAME:
                number, last = number + 1, line.baseline
            numbers[line] = number
    return numbers


def numbered_baselines(numbers: Mapping[TextLine, int], page: int) -> dict[int, float]:
    """Give the baseline of each numbered line of a page."""
    found: dict[int, float] = {}
    for line, number in numbers.items():
        if line.page == page:
            found.setdefault(number, line.baseline)
    return found


def first_line(
    lines: Sequence[TextLine], page: int, rectangle: Rectangle, *, from_right: bool = False
) -> TextLine | None:
    """Give the first line of text in a rectangle, None where there is no text."""
    inside = [line for line in lines if line.page == page and _is_in(line.rectangle, rectangle)]
    if not inside:
        return None
    top = max(line.baseline for line in inside)
    first = [line for line in inside if top - line.baseline <= _SAME]
    if from_right:
        return max(first, key=lambda line: line.rectangle[2])
    return min(first, key=lambda line: line.rectangle[0])


def _is_in(line: Rectangle, rectangle: Rectangle) -> bool:
    across, up = (line[0] + line[2]) / 2, (line[1] + line[3]) / 2
    x0, y0, x1, y1 = rectangle
    y0 = min(y0, y1 - _LEAST)  # what stands in a rail may have no height of its own
    return x0 - 1 <= across <= x1 + 1 and y0 - 1 <= up <= y1 + 1
