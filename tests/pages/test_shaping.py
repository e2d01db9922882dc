"""How a title breaks beside a round drawing: each line has a room of its own."""

from __future__ import annotations

import pytest
from tests.pages.test_measure import FONT

from mgi_report.pages.composing.measure import width
from mgi_report.pages.composing.shaping import shape


@pytest.mark.parametrize(
    ("rooms", "expected"),
    [
        # From the last line up.
        ((305, 290, 270), ["Effectively addresses", "the mobility dimensions of crises"]),
        ((500,), ["Effectively addresses the mobility dimensions of crises"]),
        # A line that would be short lets the others share with it.
        ((290, 290, 270), ["Effectively addresses", "the mobility", "dimensions of crises"]),
        ((290,), []),
    ],
)
def test_a_title_has_as_few_lines_as_their_rooms_allow(
    rooms: tuple[float, ...], expected: list[str]
) -> None:
    title = "Effectively addresses the\u00a0mobility dimensions of\u00a0crises"
    assert shape(title, FONT, 21, rooms) == pytest.approx(
        tuple(width(line, FONT, 21) for line in expected), abs=0.1
    )
