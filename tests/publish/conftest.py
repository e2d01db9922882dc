"""Mali's text in English, made once a worker."""

from __future__ import annotations

from functools import cache

import pytest
from tests.projects import MALI, mali, mali_made

from mgi_report.layout.model import Layout
from mgi_report.layout.reading import read_layout
from mgi_report.publish.text.book import Book, book_of
from mgi_report.publish.text.style import reading_style
from mgi_report.workshop import Made


@cache
def layout_of_mali() -> Layout:
    layout = read_layout(mali(), "mgi").value
    assert layout
    return layout


@pytest.fixture(scope="session")
def made() -> Made:
    return mali_made()


@pytest.fixture(scope="session")
def book(made: Made) -> Book:
    layout = layout_of_mali()
    fonts = {font.path: mali().read(font.path) or b"" for font in layout.fonts}
    return book_of(made, layout, reading_style(mali(), layout, MALI), fonts)
