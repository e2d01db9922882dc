"""The barcode of an ISBN: a reader of barcodes reads it, and the back cover has it."""

from __future__ import annotations

import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw
from tests.projects import MALI, mali, text_of

from mgi_report.content.loading.load import load
from mgi_report.content.resolving.resolve import resolve
from mgi_report.layout.reading import read_layout
from mgi_report.pages.composing.barcode import barcode, modules
from mgi_report.pages.composing.compose import Composer

ISBNS = ["978-92-9268-001-5", "978-92-9268-002-2", "9782070612758", "979-10-90636-07-1"]


def drawn(path: str) -> Image.Image:
    """Draw the bars, three pixels a module, with what must be free around them."""
    image = Image.new("L", (113 * 3, 80 * 3), 255)
    pencil = ImageDraw.Draw(image)
    for x, width, height in re.findall(r"M(\d+) 0h(\d+)v(\d+)h-\d+z", path):
        left = int(x) * 3
        pencil.rectangle((left, 15, left + int(width) * 3 - 1, 15 + int(height) * 3), fill=0)
    return image


@pytest.mark.parametrize("isbn", ISBNS)
def test_a_reader_reads_the_number(isbn: str) -> None:
    (read,) = zxingcpp.read_barcodes(drawn(barcode(isbn)))
    assert read.text == isbn.replace("-", "")
    assert len(modules(read.text)) == 95


def back_cover(identifiers: str) -> str:
    project = mali({f"{MALI}/profile.yml": text_of(f"{MALI}/profile.yml") + identifiers})
    layout = read_layout(project, "mgi").value
    assert layout
    loaded = load(project, MALI, layout, "en").value
    assert loaded
    profile = resolve(loaded, layout).value
    composer = Composer(profile, layout, project)
    section = composer.compose(composer.specs[-1]).value
    assert section
    return section.html


@pytest.mark.parametrize(
    ("identifiers", "isbn"),
    [
        ("", None),
        ("\nidentifiers:\n  isbn-pdf: 9789292680015\n", ISBNS[0]),
        ("\nidentifiers: {isbn-pdf: 9789292680015, isbn-print: 9789292680022}\n", ISBNS[1]),
    ],
)
def test_the_back_cover_has_the_code_of_the_printed_edition(
    identifiers: str, isbn: str | None
) -> None:
    html = back_cover(identifiers)
    assert ("ISBN" in html) == (isbn is not None)
    if isbn:
        assert f"ISBN {isbn}" in html.replace("\u2011", "-")
        assert barcode(isbn) in html
