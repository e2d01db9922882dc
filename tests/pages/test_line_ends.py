"""A line before a link ends where it would without one."""

from __future__ import annotations

import pytest
from tests.pages.html import made
from tests.pages.lines import lines_in

WORDS = ". Vienne et Dakar. Disponible à l’adresse "


def lines(html: str, width: int) -> list[str]:
    return [line.text for line in lines_in(made(f'<p style="width: {width}pt">{html}</p>'))]


@pytest.mark.parametrize("width", range(170, 200))
def test_words_that_have_room_stay_before_a_link(width: int) -> None:
    linked = lines(f'<em>Book</em>{WORDS}<a href="https://iom.int/">iom.int</a>', width)
    assert linked == lines(f"<em>Book</em>{WORDS}iom.int", width)
