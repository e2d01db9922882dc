"""The numbers of lines in a draft's margin."""

from __future__ import annotations

import pytest

from mgi_report.pages.drafting.linecount import first_line, line_numbers, numbered_baselines
from mgi_report.pages.model import TextLine


def line(baseline: float, x: float = 195.6, page: int = 0) -> TextLine:
    return TextLine(page, (x, baseline - 3, x + 100, baseline + 10), baseline, 0)


@pytest.mark.parametrize(
    ("baselines", "numbers"),
    [
        ([700, 686, 672], [1, 2, 3]),
        ([672, 700, 686], [3, 1, 2]),  # in reading order, a rail may come first
        ([700, 700, 686], [1, 1, 2]),  # side by side, on one baseline
        ([700, 697, 686], [1, 1, 2]),  # side by side, of different sizes
        ([700, 691.5, 683], [1, 2, 3]),  # notes
        ([], []),
    ],
)
def test_lines_are_numbered_from_the_head_of_the_page(
    baselines: list[float], numbers: list[int]
) -> None:
    lines = [line(baseline, x=60 * index) for index, baseline in enumerate(baselines)]
    counted = line_numbers(lines)
    assert [counted[each] for each in lines] == numbers


def test_each_page_begins_anew() -> None:
    counted = line_numbers([line(700), line(686), line(700, page=1)])
    assert numbered_baselines(counted, 0) == {1: 700, 2: 686}
    assert numbered_baselines(counted, 1) == {1: 700}


def test_the_first_line_of_a_block_is_found_from_where_one_reads() -> None:
    label, text, below = line(700, x=60), line(700, x=195), line(686, x=195)
    lines = [below, text, label]
    assert first_line(lines, 0, (50, 680, 300, 712)) is label
    assert first_line(lines, 0, (50, 680, 300, 712), from_right=True) is text
    assert first_line(lines, 0, (190, 680, 300, 712)) is text
    assert first_line(lines, 0, (190, 712, 300, 712)) is text  # a rail has no height of its own
    assert first_line(lines, 1, (50, 680, 300, 712)) is None
