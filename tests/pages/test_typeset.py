"""Step 4: a section becomes pages, and all that is wrong with it is said with its place."""

from __future__ import annotations

import hashlib
import logging
import os
import socket
import subprocess
import sys
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._f_v_a_r import Axis
from tests.pages.html import (
    FONTS,
    FOX,
    ROOT,
    complaints,
    made,
    noted,
    section,
    texts_of,
    words_of,
)

from mgi_report.diagnostics import Rule, Span
from mgi_report.pages.model import Section, StyleSheet
from mgi_report.pages.typesetting.typeset import typeset

# --- the pages --------------------------------------------------------------------------------


def test_the_pdf_has_pages_and_placeholders_for_fonts_and_nothing_else() -> None:
    pages = made('<h1>One <em>two</em></h1><p><a href="https://iom.int/">three</a></p>')
    with pikepdf.open(BytesIO(pages.pdf)) as pdf:
        assert len(pdf.pages) == pages.count == 1
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        assert "/Info" not in pdf.trailer
        page = pdf.pages[0]
        assert "/Annots" not in page
        assert [float(side) for side in page.mediabox] == [0, 0, 300, 400]
        fonts = page.Resources.Font
        assert set(fonts.keys()) == {f"/{font.name}" for font in pages.fonts}
        for _, font in fonts.items():
            assert set(font.keys()) == {"/Type", "/Subtype", "/BaseFont", "/Encoding"}
    assert len(pages.pdf) < 3000


def test_fonts_are_told_by_their_file() -> None:
    (font,) = made("<p>fi\u00a0x\u2060</p>").fonts
    assert font.path.endswith("SourceSans3-Regular.ttf")
    assert font.digest == hashlib.sha256((ROOT / font.path).read_bytes()).hexdigest()
    assert set("".join(font.glyphs.values())) == set("fi x")  # a no-break space is a space
    assert font.widths.keys() == font.glyphs.keys()
    assert {font.glyphs[glyph]: width for glyph, width in font.widths.items()}[" "] == 200
    assert (font.italic, font.ascent, font.descent) == (False, 1000, -326)


def test_two_sections_name_a_font_alike() -> None:
    names = {made(f'<p>{text}</p><p style="font-size: 20pt">x</p>').fonts[0].name for text in "ab"}
    assert len(names) == 1


def test_bleed_lies_outside_of_the_page() -> None:
    pages = made("<p>x</p>", "@page { bleed: 9pt; marks: crop }")
    with pikepdf.open(BytesIO(pages.pdf)) as pdf:
        page = pdf.pages[0]
        assert [float(side) for side in page.mediabox] == [-9, -9, 309, 409]
        assert [float(side) for side in page.trimbox] == [0, 0, 300, 400]
        assert [float(side) for side in page.obj.BleedBox] == [-9, -9, 309, 409]
    assert texts_of(pages)


def test_pictures_are_not_interpolated() -> None:
    pages = made('<img src="red.png" alt="Red" style="width: 90pt">')
    with pikepdf.open(BytesIO(pages.pdf)) as pdf:
        ((_, picture),) = pdf.pages[0].Resources.XObject.items()
        assert not picture.get("/Interpolate", False)


# --- the same every time ------------------------------------------------------------------------

_ALL_KINDS = noted(
    "<style>@page { @top-left { content: counter(page) ' ' counter(pages) } }</style>"
    f'<h1>One</h1><p>{FOX}[^1: <em>a</em>]</p><ul><li>b</li></ul><img src="red.png" alt="Red">'
    '<table><tr><th>c</th></tr></table><p style="opacity: .6">d</p><a href="#x" id="x">e</a>'
    '<svg width="9" height="9" role="img" aria-label="f"><rect width="9" height="9"/></svg>'
)
_PROGRAM = """
import hashlib, sys
from tests.pages.html import section
from mgi_report.pages.typesetting.typeset import typeset
made = typeset(section(sys.stdin.read()))
assert not made.diagnostics, made.diagnostics
print(hashlib.sha256(repr(made.value).encode()).hexdigest())
"""


def test_the_same_section_gives_the_same_bytes_in_any_process() -> None:
    digests = set()
    for seed, zone, lang in (("0", "UTC", "C"), ("1", "Asia/Tokyo", "fr_FR.UTF-8")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LANG": lang}
        done = subprocess.run(
            [sys.executable, "-c", _PROGRAM],
            input=_ALL_KINDS,
            env={**environment, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert not done.stderr
        digests.add(done.stdout)
    assert len(digests) == 1
    own = hashlib.sha256(repr(typeset(section(_ALL_KINDS)).value).encode()).hexdigest()
    assert digests == {f"{own}\n"}


def test_what_was_typeset_before_does_not_matter() -> None:
    first = typeset(section(_ALL_KINDS))
    typeset(section("<p style='color: var(--x)'>other</p>", "p { color: red }", lang="fr"))
    assert typeset(section(_ALL_KINDS)) == first


# --- closed to the world --------------------------------------------------------------------------


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: object) -> None:
        pytest.fail("the network was asked")

    monkeypatch.setattr(socket, "create_connection", connect)
    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ('<img src="https://iom.int/logo.png" alt="x">', Rule.NO_NETWORK),
        ('<img src="//iom.int/logo.png" alt="x">', Rule.NO_NETWORK),
        ('<img src="file:///etc/hostname" alt="x">', Rule.NO_NETWORK),
        ('<style>p { background: url("http://iom.int/x.png") }</style><p>x</p>', Rule.NO_NETWORK),
        ('<img src="missing.png" alt="x">', Rule.PICTURE_EXISTS),
        ('<img src="../../etc/passwd.png" alt="x">', Rule.PICTURE_EXISTS),
        ('<link rel="stylesheet" href="missing.css"><p>x</p>', Rule.FILE_EXISTS),
        (
            '<svg role="img" aria-label="x"><image href="https://iom.int/x.png"/></svg>',
            Rule.NO_NETWORK,
        ),
    ],
)
def test_nothing_is_loaded_that_the_section_does_not_bring(body: str, rule: Rule) -> None:
    assert [found.rule for found in typeset(section(f"<p>x</p>{body}")).diagnostics] == [rule]


def test_a_picture_that_cannot_be_read_is_said() -> None:
    (found,) = typeset(
        section('<p data-block="b"><img src="no.png" alt="x"></p>', files={"no.png": b"no"})
    ).diagnostics
    assert found.rule is Rule.PICTURE_EXISTS


def test_data_may_stand_in_an_address() -> None:
    address = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    made(f'<p style="background: url(&quot;{address}&quot;)">x</p>')


def test_fonts_of_the_system_are_not_seen() -> None:
    program = """
import os
from mgi_report.pages.engine import no_fonts
from weasyprint.text.ffi import fontconfig
print(fontconfig.FcConfigGetFonts(no_fonts()._config, 0).nfont, os.environ["FONTCONFIG_FILE"])
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "FONTCONFIG_FILE": "as it was"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("0 as it was\n", "")


@pytest.mark.parametrize(
    ("style", "message"),
    [
        ("font-family: Arial", 'The font "Arial" is not one of the layout.'),
        ("font-weight: 700", 'The font "Source Sans 3" has no face of weight 700.'),
        (
            "font-weight: 300; font-style: italic",
            'The font "Source Sans 3" has no italic face of weight 300.',
        ),
    ],
)
def test_only_fonts_of_the_layout_are_used(style: str, message: str) -> None:
    assert complaints(f'<p style="{style}">x</p>') == [f"font-is-bundled: {message}"]


def test_a_family_that_is_not_there_may_come_first() -> None:
    made('<p style="font-family: Gill Sans, &quot;Source Sans 3&quot;">x</p>')


def test_without_a_font_there_are_no_pages() -> None:
    bare = replace(section("<p>x</p>"), fonts=())
    outcome = typeset(bare)
    assert outcome.value.count == 0
    assert [found.rule for found in outcome.diagnostics] == [Rule.FONT_IS_BUNDLED]
    broken = replace(bare, fonts=FONTS[:1], files={FONTS[0].path: b"no font"})
    assert [found.rule for found in typeset(broken).diagnostics] == [Rule.FONT_IS_BUNDLED] * 2


def test_a_variable_font_is_refused() -> None:
    font = TTFont(BytesIO((ROOT / FONTS[0].path).read_bytes()))
    weight = Axis()
    weight.axisTag, weight.minValue, weight.defaultValue, weight.maxValue = "wght", 200, 400, 900
    weight.axisNameID = 2
    font["fvar"] = newTable("fvar")
    font["fvar"].axes, font["fvar"].instances = [weight], []
    file = BytesIO()
    font.save(file)
    sample = section("<p>x</p>")
    files = {**sample.files, FONTS[0].path: file.getvalue()}
    (found,) = typeset(replace(sample, files=files)).diagnostics
    assert (found.rule, found.span) == (Rule.FONT_IS_BUNDLED, Span(FONTS[0].path))
    assert "variable font" in found.message


def test_a_character_without_a_glyph_is_named_at_its_block() -> None:
    blocks = {"b": Span("content/x.md", 3, 1)}
    (found,) = typeset(section('<p data-block="b">x 中 ☃ 中</p>', blocks=blocks)).diagnostics
    assert found.rule is Rule.GLYPH_EXISTS
    assert found.span == blocks["b"]
    assert (
        found.message
        == 'No font has a glyph for "☃" (U+2603 SNOWMAN), "中" (U+4E2D CJK UNIFIED IDEOGRAPH-4E2D).'
    )
    assert found.hint == "Write it with other characters, or give the layout a font that has these."


def test_characters_without_a_shape_need_no_glyph() -> None:
    assert words_of(made("<p>a\u2060b\u200bc\u00adde\ufefff\u00a0g</p>")) == [["abcdef", "g"]]


# --- style sheets ------------------------------------------------------------------------------


def with_styles(body: str, *sheets: StyleSheet) -> Section:
    sample = section(body)
    return replace(sample, styles=(*sample.styles, *sheets))


@pytest.mark.parametrize(
    ("css", "place", "message"),
    [
        ("p {\n  foo: bar;\n}", (2, 3), "Ignored `foo: bar`, unknown property."),
        ("p { color: 7pt }", (1, 5), "Ignored `color: 7pt`, invalid value."),
        ("p { cursor: pointer }", (1, 5), "Ignored `cursor: pointer`, the property does not"),
        ("p { -webkit-columns: 2 }", (1, 5), "Ignored `-webkit-columns: 2`, prefixed"),
        ("\n@bogus x;", (2, 1), "Unknown empty rule"),
        ("p::nope { orphans: 2 }", (1, 1), "Invalid or unsupported selector, 'p::nope '"),
        ("@page { @nowhere { content: 'x' } }", (1, 9), "Unknown @page rule"),
        (
            "p { top: 0 }\n@media (foo: bar) { p { top: 1pt } }",
            (2, 1),
            '"@media (foo: bar)" names no',
        ),
        ("p { orphans: 2", (1, 3), "What opens here is not closed"),
        ("@import 'a.css';", (1, 1), "A style sheet cannot import another: @import 'a.css';"),
        ("/* @import 'a'; */\n@import url(a;b.css) print;", (2, 1), "A style sheet cannot import"),
        ("p { orphans: 2 }\n  @import 'a.css';", (2, 3), "A style sheet cannot import another"),
        ("@media print { @import 'a.css'; p { orphans: 2 } }", (1, 16), "A style sheet cannot"),
        (
            "p { orphans: 2 }\n@font-face { font-family: A; src: url('a}.ttf') }\nb { top: 0 }",
            (2, 1),
            "A style sheet cannot bring a font",
        ),
        ("@import 'a.css' layer(5);", (1, 1), "A style sheet cannot import another"),
        ("p::before { content: '@import \\'a\\';' }", None, ""),
    ],
)
def test_what_a_style_sheet_says_in_vain_is_found_at_its_place(
    css: str, place: tuple[int, int] | None, message: str
) -> None:
    found = typeset(with_styles("<p>x</p>", StyleSheet("css/a.css", css))).diagnostics
    if place is None:
        assert not found
        return
    (one,) = found
    brings_font = "@font-face" in css
    assert one.rule is (Rule.FONT_IS_BUNDLED if brings_font else Rule.STYLE_IS_UNDERSTOOD)
    assert one.span == Span("css/a.css", *place)
    assert one.message.startswith(message)


def test_a_variable_that_does_not_fit_is_found_in_each_section() -> None:
    sheet = StyleSheet("css/a.css", ":root { --x: 7pt }\np { color: var(--x) }")
    for body in ("<p>one</p>", "<p>two</p>"):
        (one,) = typeset(with_styles(body, sheet)).diagnostics
        assert one.rule is Rule.STYLE_IS_UNDERSTOOD
        assert one.span == Span("css/a.css", 2, 12)


def test_a_style_attribute_is_found_at_its_block() -> None:
    blocks = {"b": Span("content/x.md", 3, 1)}
    body = '<div data-block="b"><p style="orphans: 2; foo: bar">x</p></div>'
    (one,) = typeset(section(body, blocks=blocks)).diagnostics
    assert (one.rule, one.span) == (Rule.STYLE_IS_UNDERSTOOD, blocks["b"])
    assert one.message == "Ignored `foo: bar`, unknown property."


def test_a_style_sheet_is_said_to_be_wrong_in_each_section() -> None:
    sheet = StyleSheet("css/a.css", "p { foo: bar }")
    for body in ("<p>one</p>", "<p>two</p>"):
        assert len(typeset(with_styles(body, sheet)).diagnostics) == 1


def test_other_complaints_break_the_silence() -> None:
    (found,) = complaints('<p id="a">x</p><p id="a">y</p>')
    assert found == "typesetting-is-silent: Anchor defined twice: 'a'."


def test_the_typesetter_is_silent(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        typeset(section(_ALL_KINDS + "<p style='foo: bar'>中</p>"))
    assert not [record for record in caplog.records if record.name.startswith("weasyprint")]
    assert capfd.readouterr() == ("", "")
