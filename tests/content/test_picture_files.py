"""Step 1: a picture that is not whole is told, and not printed black."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageFile

from mgi_report.content.picture_files import flaw_of
from mgi_report.diagnostics import Rule, Span

NAMED = Span("a.md", 3, 1)
WHOLE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n  <path d="M0 0"/>\n</svg>\n'


def picture(kind: str, **options: object) -> bytes:
    file = BytesIO()
    noise = Image.effect_noise((200, 200), 80).convert("RGB")
    noise.save(file, kind, **options)
    return file.getvalue()


def png_of_size(width: int, height: int) -> bytes:
    """Give the first bytes of a PNG that says it is as large as that."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    check = struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + check + b"\0\0\0\4IDAT"


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_picture_is_decoded_to_its_end(
    monkeypatch: pytest.MonkeyPatch, kind: str, *, progressive: bool
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint does
    whole = picture(kind, progressive=progressive)
    assert flaw_of(whole, "a.png", NAMED) is None
    for length in (12, len(whole) // 2, len(whole) - 400):
        flaw = flaw_of(whole[:length], "a.png", NAMED)
        assert flaw
        assert flaw.rule is Rule.PICTURE_EXISTS
        assert flaw.span == NAMED
        assert flaw.message == 'The picture "a.png" is damaged or was cut off.'


@pytest.mark.parametrize("size", [(9_999, 9_999), (60_000, 60_000)])
def test_a_picture_that_would_fill_the_memory_is_told(size: tuple[int, int]) -> None:
    flaw = flaw_of(png_of_size(*size), "a.png", NAMED)
    assert flaw
    assert "more than 80 megapixels" in flaw.message


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (WHOLE[:-8], "a.svg:2:19"),
        (WHOLE.replace(b"<path", b"<path <"), "a.svg:2:9"),
        (WHOLE.replace(b"M0", b"M\xff"), "a.svg:2:13"),
    ],
)
def test_an_svg_picture_is_xml(content: bytes, place: str) -> None:
    assert flaw_of(WHOLE, "a.svg", NAMED) is None
    flaw = flaw_of(content, "a.svg", NAMED)
    assert flaw
    assert flaw.rule is Rule.PICTURE_EXISTS
    assert str(flaw.span) == place


DOCTYPE = (
    b'<?xml version="1.0"?>\n<!-- Generator: Illustrator -->\n<!DOCTYPE svg PUBLIC '
    b'"-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
)
ENTITY = DOCTYPE.replace(b'dtd">', b'dtd" [\n<!ENTITY ns_svg "http://www.w3.org/2000/svg">\n]>')


def test_the_doctype_that_drawing_programs_write_is_no_flaw() -> None:
    assert flaw_of(DOCTYPE + WHOLE, "a.svg", NAMED) is None
    flaw = flaw_of(DOCTYPE + WHOLE.replace(b"<path", b"<text>&eacute;</text><path"), "a.svg", NAMED)
    assert flaw
    assert str(flaw.span) == "a.svg:5:9"
    assert flaw.message.endswith("undefined entity.")


def test_declarations_inside_a_picture_are_told_as_such() -> None:
    flaw = flaw_of(ENTITY + WHOLE, "a.svg", NAMED)
    assert flaw
    assert flaw.message == (
        'The picture "a.svg" has declarations of its own ("<!ENTITY"), which are not read.'
    )
    assert "Illustrator" in str(flaw.hint)


def test_many_comments_before_what_is_no_picture_take_no_time() -> None:
    flaw = flaw_of(b"<!-- a -->" * 500 + b"<html>", "a.svg", NAMED)
    assert flaw
    assert "is no PNG" in flaw.message


def test_a_picture_of_16_bits_a_colour_is_told() -> None:
    file = BytesIO()
    Image.new("I;16", (4, 4)).save(file, "PNG")
    flaw = flaw_of(file.getvalue(), "a.png", NAMED)
    assert flaw
    assert flaw.span == NAMED
    assert "16 bits for each colour" in flaw.message
