"""The barcode of an ISBN: a reader of barcodes reads it, and the back cover has it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image, ImageDraw
from tests.projects import MALI, mali, text_of

from mgi_report.content.loading.load import load
from mgi_report.content.resolving.resolve import resolve
from mgi_report.content.walk import runs_of
from mgi_report.content.walk import text_of as words_of
from mgi_report.layout.reading import read_layout
from mgi_report.pages.composing.barcode import barcode, modules
from mgi_report.pages.composing.compose import Composer

FACTS = f"{MALI}/profile.yml"
OF_PDF = "\nidentifiers:\n  isbn-pdf: {en: 9789292680015}\n"
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


def back_cover(identifiers: str, *, is_for_press: bool) -> str:
    project = mali({f"{MALI}/profile.yml": text_of(f"{MALI}/profile.yml") + identifiers})
    layout = read_layout(project, "mgi").value
    assert layout
    loaded = load(project, MALI, layout, "en").value
    assert loaded
    facts = replace(loaded.facts, is_for_press=is_for_press)
    profile = resolve(replace(loaded, facts=facts), layout).value
    composer = Composer(profile, layout, project)
    section = composer.compose(composer.specs[-1]).value
    assert section
    return section.html


@pytest.mark.parametrize(
    ("identifiers", "is_for_press", "isbn"),
    [
        ("", False, None),
        (OF_PDF, False, ISBNS[0]),
        (OF_PDF, True, None),
        (f"{OF_PDF}  isbn-print: {{en: 9789292680022}}\n", False, ISBNS[1]),
        (f"{OF_PDF}  isbn-print: {{en: 9789292680022}}\n", True, ISBNS[1]),
    ],
)
def test_the_back_cover_has_the_code_of_the_printed_edition(
    identifiers: str, *, is_for_press: bool, isbn: str | None
) -> None:
    html = back_cover(identifiers, is_for_press=is_for_press)
    assert ("ISBN" in html) == (isbn is not None)
    if isbn:
        assert f"ISBN {isbn}" in html.replace("\u2011", "-")
        assert barcode(isbn) in html


@pytest.mark.parametrize(
    ("identifiers", "lines"),
    [
        ("{isbn-pdf: {en: 9789292680015}}", ["978-92-9268-001-5 (PDF)"]),
        ("{isbn-print: {en: 9789292680022}}", ["978-92-9268-002-2 (print)"]),
        (
            "{isbn-pdf: {en: 9789292680015}, isbn-print: {en: 9789292680022}}",
            ["978-92-9268-001-5 (PDF)", "978-92-9268-002-2 (print)"],
        ),
    ],
)
def test_the_imprint_has_each_number_with_its_form(identifiers: str, lines: list[str]) -> None:
    project = mali({FACTS: f"{text_of(FACTS)}\nidentifiers: {identifiers}\n"})
    layout = read_layout(project, "mgi").value
    assert layout
    loaded = load(project, MALI, layout, "en").value
    assert loaded
    resolved = resolve(loaded, layout)
    assert [str(each) for each in resolved.diagnostics if "isbn" in str(each)] == []
    said = [words_of(run) for run in runs_of(resolved.value.documents["imprint"].blocks)]
    assert [each for each in said if each.startswith("978")] == lines
