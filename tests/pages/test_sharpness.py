"""Step 4: pictures have enough pixels for the size that they are printed in."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from tests.pages.html import section

from mgi_report.diagnostics import Diagnostic, Severity, Span
from mgi_report.pages.typesetting.typeset import typeset

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'


def told(body: str, size: tuple[int, int] = (300, 150), name: str = "a.png") -> list[Diagnostic]:
    """Typeset a snippet that shows a picture of some pixels."""
    file = io.BytesIO()
    Image.new("RGB", size, "navy").save(file, "PNG")
    blocks = {"b": Span("content/x.md", 7, 1)}
    files = {name: file.getvalue(), "a.svg": SVG}
    return list(typeset(section(body, files=files, blocks=blocks)).diagnostics)


IMAGE = '<p data-block="b"><img src="a.png" alt="A map" style="{}"></p>'
DRAWN = (
    '<svg data-block="b" role="img" aria-label="A map" viewBox="0 0 216 216" '
    'style="width: 216pt; height: 216pt"><image href="a.png" width="216" height="216" '
    'preserveAspectRatio="xMidYMid {}"/></svg>'
)


@pytest.mark.parametrize(
    "body",
    [
        IMAGE.format("width: 144pt"),
        IMAGE.format("width: 144pt; transform: rotate(30deg)"),
        IMAGE.format("width: 144pt; opacity: .5"),
        IMAGE.format("width: 240pt; height: 72pt; object-fit: contain"),
        '<p>A<img src="a.svg" alt="A map" style="width: 240pt"></p>',
        "<style>p { background: url(a.png) 0 0 / 144pt 72pt }</style><p>A</p>",
    ],
)
def test_a_picture_that_is_sharp(body: str) -> None:
    assert told(body) == []


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (IMAGE.format("width: 216pt"), "76 mm wide: 100 pixels per inch"),
        (IMAGE.format("width: 108pt; transform: scale(2)"), "76 mm wide: 100 pixels per inch"),
        (IMAGE.format("width: 216pt; opacity: .5"), "76 mm wide: 100 pixels per inch"),
        (IMAGE.format("width: 72pt; height: 108pt"), "25 mm wide: 100 pixels per inch"),
        (
            IMAGE.format("width: 72pt; height: 108pt; object-fit: cover"),
            "76 mm wide: 100 pixels per inch",
        ),
        (DRAWN.format("meet"), "76 mm wide: 100 pixels per inch"),
    ],
)
def test_a_picture_that_is_soft(body: str, says: str) -> None:
    (found,) = told(body)
    assert found.message == f'The picture "a.png" has 300 × 150 pixels, and is printed {says}.'
    assert found.hint == (
        "Take one of 450 × 225 pixels or more; to make this one larger in a program does not help."
    )
    assert found.severity is Severity.WARNING
    assert found.span == Span("content/x.md", 7, 1)


def test_a_picture_whose_pixels_can_be_seen_is_an_error() -> None:
    (found,) = told(DRAWN.format("slice"), (30, 20))
    assert found.severity is Severity.ERROR
    assert found.message.endswith("30 × 20 pixels, and is printed 114 mm wide: 7 pixels per inch.")


def test_a_picture_of_a_style_sheet_is_told_there() -> None:
    css = "\np { background: url(a.png) 0 0 / 432pt 216pt }"
    (found,) = told(f"<style>{css}</style><p>A</p>")
    assert found.span == Span("sample.css", 2, 21)


def test_a_picture_that_stands_twice_counts_where_it_is_largest() -> None:
    (found,) = told(IMAGE.format("width: 144pt") + IMAGE.format("width: 216pt"))
    assert "76 mm" in found.message
