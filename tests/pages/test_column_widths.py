"""The columns of a table: narrow ones stay whole, long texts share what is left."""

from __future__ import annotations

import pytest
from tests.pages.html import made
from tests.pages.lines import Line, lines_in

LONG = "Remarks that run on for some more lines than one in this column. " * 2
STYLE = """
    table { width: 100% } td { padding: 0 }
    td + td { font-size: 9pt } td + td + td { font-size: 8pt }
"""


def lines(*rows: tuple[str, ...]) -> list[Line]:
    """Give the lines of the cells of a table that is 240 pt wide; each column has its own size."""
    html = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return list(lines_in(made(f"<table>{html}</table>", STYLE)))


def test_a_short_cell_beside_long_texts_stays_on_one_line() -> None:
    found = lines(("Region 1", "12 370", LONG), ("Region 10", "2 000 000", LONG))
    texts = {line.text for line in found}
    assert {"Region 1", "Region 10", "12 370", "2 000 000"} <= texts


def test_columns_of_long_texts_share_what_is_left() -> None:
    found = lines(("Region 1", LONG, LONG.replace("Remarks", "Comment")))
    first, second, third = sorted({line.left for line in found})
    assert second - first == pytest.approx(38, abs=4)
    assert third - second == pytest.approx(270 - third, abs=14)  # its type is smaller


def test_columns_that_all_have_room_share_the_rest() -> None:
    found = lines(("2002", "121 500", "Born in another country"))
    first, second, third = sorted({line.left for line in found})
    assert second - first > 30  # the words take 20
    assert third - second > 45  # and 30


def test_a_table_with_no_room_to_spare_breaks_its_cells() -> None:
    found = lines(("Region One",) * 8)
    assert found[0].text == "Region"
