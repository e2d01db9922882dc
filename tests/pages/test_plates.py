"""Step 5 for a press: what pages, drawings and pictures look like in four inks."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from PIL import Image
from tests.pages.html import ROOT, section
from tests.plates import painted, screen_colours

from mgi_report.pages.plates.inks import Inks
from mgi_report.pages.plates.separating import separated
from mgi_report.pages.plates.sheets import Placed, Sheet
from mgi_report.pages.typesetting.typeset import typeset

SCREEN = (ROOT / "assets/colour/sRGB2014.icc").read_bytes()
PRESS = (ROOT / "assets/colour/FOGRA39-coated.icc").read_bytes()
INKS = Inks(PRESS, SCREEN, {"#0033A0": (100, 78, 0, 0), "#1D2430": (0, 0, 0, 100)})


def plates(body: str, files: dict[str, bytes] | None = None) -> pikepdf.Pdf:
    """Typeset a snippet, and give it in four inks."""
    pages = typeset(section(body, files=files or {})).value
    return pikepdf.open(BytesIO(separated(pages.pdf, INKS, 20).pdf))


# --- Inks -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("colour", "inks"),
    [
        ("0033A0", (1, 0.78, 0, 0)),  # a designer's
        ("1D2430", (0, 0, 0, 1)),
        ("FFFFFF", (0, 0, 0, 0)),
        ("000000", (0, 0, 0, 1)),
    ],
)
def test_a_colour_has_the_inks_that_were_chosen_for_it(
    colour: str, inks: tuple[float, ...]
) -> None:
    assert INKS.of(*(part / 255 for part in bytes.fromhex(colour))) == inks


def test_greys_are_black_alone_and_the_darker_the_more() -> None:
    greys = [INKS.of(grey / 255, grey / 255, grey / 255) for grey in range(0, 256, 15)]
    assert all(ink[:3] == (0, 0, 0) for ink in greys)
    assert [ink[3] for ink in greys] == sorted((ink[3] for ink in greys), reverse=True)


def test_other_colours_go_through_the_profile_and_within_what_paper_can_hold() -> None:
    red = INKS.of(0.9, 0.1, 0.1)
    assert red[1] > 0.8
    assert red[2] > 0.6
    assert red[0] < 0.1
    for red_, green, blue in ((0.1, 0.1, 0.12), (0, 0.2, 0), (0.3, 0, 0.3)):
        assert sum(INKS.of(red_, green, blue)) <= 3.02


# --- What is painted --------------------------------------------------------------------------

SVG = '<svg role="img" aria-label="A" viewBox="0 0 9 9" style="width: 90pt; height: 90pt">{}</svg>'
GRADIENT = SVG.format(
    '<defs><linearGradient id="g"><stop offset="0" stop-color="#0033A0"/>'
    '<stop offset=".5" stop-color="#E00" stop-opacity=".5"/><stop offset="1" stop-color="#FFF"/>'
    '</linearGradient></defs><rect width="9" height="9" fill="url(#g)"/>'
)
PATTERN = SVG.format(
    '<defs><mask id="m"><rect width="9" height="9" fill="#888"/></mask>'
    '<pattern id="p" width="3" height="3" patternUnits="userSpaceOnUse">'
    '<path d="M0 0h2v2z" fill="teal"/></pattern></defs>'
    '<rect width="9" height="9" fill="url(#p)" stroke="navy" mask="url(#m)"/>'
)


@pytest.mark.parametrize(
    "body",
    [
        '<p style="color: #0033A0; background: #E8F4F3; border: 1pt solid red">A</p>',
        '<p style="color: lab(50% 40 -20)">A</p>',
        '<p style="color: rgba(0, 51, 160, .5); opacity: .8">A</p>',
        '<p style="background: linear-gradient(90deg, #0033A0, rgba(255, 0, 0, .2))">A</p>',
        '<p style="background: radial-gradient(red, blue, white)">A</p>',
        '<p style="box-shadow: 2pt 2pt red; filter: none">A</p>',
        GRADIENT,
        PATTERN,
    ],
)
def test_whatever_css_and_svg_paint_is_ink(body: str) -> None:
    file = plates(body)
    assert list(screen_colours(file)) == []
    assert not pikepdf.Pdf.check_pdf_syntax(file)


def test_a_gradient_flows_from_ink_to_ink() -> None:
    file = plates(GRADIENT)
    ends = [
        tuple(round(float(part), 2) for part in function.C0)
        for thing in file.objects
        if isinstance(thing, pikepdf.Stream) and "/Shading" in thing.get("/Resources", {})
        for shading in dict(thing.Resources.Shading.items()).values()
        for function in shading.Function.get("/Functions", [])
    ]
    assert (1, 0.78, 0, 0) in ends  # in the drawing
    assert (0.5,) in ends  # in its mask


def picture(mode: str, kind: str, colour: object) -> bytes:
    out = BytesIO()
    Image.new(mode, (60, 40), colour).save(out, kind)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize(
    ("mode", "kind", "colour", "space", "filter_"),
    [
        ("RGB", "JPEG", (230, 25, 25), "/DeviceCMYK", "/DCTDecode"),
        ("RGB", "PNG", (230, 25, 25), "/DeviceCMYK", "/FlateDecode"),
        ("RGBA", "PNG", (230, 25, 25, 128), "/DeviceCMYK", "/FlateDecode"),
        ("P", "PNG", 3, "/DeviceCMYK", "/FlateDecode"),
        ("L", "JPEG", 90, "/DeviceGray", "/DCTDecode"),
        ("L", "PNG", 90, "/DeviceGray", "/FlateDecode"),
    ],
)
def test_pictures_are_ink(mode: str, kind: str, colour: object, space: str, filter_: str) -> None:
    body = '<p><img src="a" alt="A map" style="width: 60pt"></p>'
    file = plates(body, {"a": picture(mode, kind, colour)})
    images = [
        each
        for each in file.objects
        if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
    ]
    main = [each for each in images if str(each.ColorSpace) == space and each.Width == 60]
    assert main, [str(each.get("/ColorSpace")) for each in images]
    assert any(str(each.Filter) == filter_ for each in main)
    assert list(screen_colours(file)) == []


def test_a_photograph_keeps_its_colours_on_the_way_through_jpeg() -> None:
    body = '<p><img src="a" alt="A map" style="width: 60pt"></p>'
    file = plates(body, {"a": picture("RGB", "JPEG", (230, 25, 25))})
    (image,) = (
        each
        for each in file.objects
        if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
    )
    assert list(image.Decode) == [1, 0] * 4
    with Image.open(BytesIO(image.read_raw_bytes())) as stored:
        inks = [part / 255 for part in stored.getpixel((30, 20))]  # type: ignore[union-attr]
    assert inks == pytest.approx(INKS.of(230 / 255, 25 / 255, 25 / 255), abs=0.03)


def test_letters_are_printed_over_what_is_below_only_where_they_are_small_and_black() -> None:
    file = plates(
        '<p style="color: #1D2430">a <b style="color: #0033A0">b</b> c</p>'
        '<p style="color: black; font-size: 40pt; line-height: 40pt">d</p>'
    )
    told = [(each.ink, round(each.size), each.is_over) for each in painted(file.pages[0]).letters]
    black, blue = (0, 0, 0, 1), (1, 0.78, 0, 0)
    assert told == [(black, 10, True), (blue, 10, False), (black, 10, True), (black, 40, False)]


# --- Sheets -----------------------------------------------------------------------------------


def test_marks_keep_clear_of_what_is_printed() -> None:
    sheet = Sheet(595.28, 841.89, 8.5, folds=(200,))
    assert sheet.boxes["TrimBox"] == "[28.4 28.4 623.68 870.29]"
    assert sheet.boxes["BleedBox"] == "[19.9 19.9 632.18 878.79]"
    assert sheet.boxes["MediaBox"] == "[0 0 652.08 898.69]"
    content = sheet.content([Placed("Form0", 11.3)])
    assert "q 19.9 19.9 612.28 858.89 re W n 1 0 0 1 39.7 28.4 cm /Form0 Do Q" in content
    assert content.count(" l S") == 8 + 2
    assert "-22.7 0 m -8.5 0 l S" in content
