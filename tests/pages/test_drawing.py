"""The counting wheel: what is drawn follows from numbers."""

import re
from math import hypot

import pytest

from mgi_report.pages.composing.drawing import (
    Circle,
    Gaps,
    bands,
    counting_rule,
    middle,
    segment_angles,
    wheel,
)

WHEEL = Circle(100, 100, 90, 30)


def points(path: str) -> list[tuple[float, float]]:
    """Give the points that a path goes through, arcs' radii left out."""
    ends = re.findall(r"(?:[ML]|A\S+ \S+ 0 \d \d )(-?[\d.]+) (-?[\d.]+)", path)
    return [(float(x), float(y)) for x, y in ends]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6])
def test_segment_n_is_cut_into_n_bands(count: int) -> None:
    path = bands(WHEEL, count, *segment_angles(count, 6), Gaps(2, 2))
    assert path.count("M") == path.count("z") == count


def test_the_wheel_starts_at_nine_o_clock_and_runs_clockwise() -> None:
    assert segment_angles(1, 6) == (180, 240)
    x, y = middle(WHEEL, 1, 6)
    assert x < 100
    assert y < 100
    x, y = middle(WHEEL, 4, 6)
    assert x > 100
    assert y > 100


def test_every_point_lies_between_hub_and_rim() -> None:
    for number in range(1, 7):
        for x, y in points(bands(WHEEL, number, *segment_angles(number, 6), Gaps(2, 2))):
            assert 29.9 <= hypot(x - 100, y - 100) <= 90.1


def test_the_gap_between_segments_has_parallel_sides() -> None:
    # The sides at the axis between segments 6 and 1 lie 1 pt above and below it, at hub and rim.
    above = points(bands(WHEEL, 1, *segment_angles(1, 6), Gaps(2, 2)))
    assert above[0][1] == pytest.approx(99, abs=0.01)
    assert above[-1][1] == pytest.approx(99, abs=0.01)


def test_a_wheel_has_a_path_for_each_fill() -> None:
    drawn = wheel(WHEEL, ["#111", "#222", "#333"], Gaps(2, 2))
    assert re.findall(r'fill="(#\d+)"', drawn) == ["#111", "#222", "#333"]


def test_a_counting_rule_fills_its_width() -> None:
    path = counting_rule(100, 3, 5)
    starts = [float(x) for x in re.findall(r"M([\d.]+) 0h", path)]
    assert starts == [0, 35, 70]
    assert "h30v3.5h-30z" in path
