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
from tests.pages.html import FOX, FONTS, ROOT, note, noted, said, section, texts_of, words_of

from mgi_report.diagnostics import Rule, Span
from mgi_report.pages.model import Pages, Section, StyleSheet
from mgi_report.pages.typeset import typeset


def made(body: str, css: str = "") -> Pages:
    """Typeset a snippet that nothing is wrong with."""
    outcome = typeset(section(body, css))
    assert not outcome.diagnostics, said(outcome.diagnostics)
    return outcome.value


def complaints(body: str, css: str = "") -> list[str]:
    """Say what is wrong with a snippet: rule and message."""
    found = typeset(section(body, css)).diagnostics
    prefix = 'Section "sample": '
    return [f"{each.rule}: {each.message.removeprefix(prefix)}" for each in found]


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
        for font in fonts.values():
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
        (picture,) = pdf.pages[0].images.values()
        assert not picture.get("/Interpolate", False)


# --- the same every time ------------------------------------------------------------------------

_ALL_KINDS = noted(
    "<style>@page { @top-left { content: counter(page) ' ' counter(pages) } }</style>"
    f'<h1>One</h1><p>{FOX}[^1: <em>a</em>]</p><ul><li>b</li></ul><img src="red.png" alt="Red">'
    '<table><tr><th>c</th></tr></table><p style="opacity: .5">d <a href="#x" id="x">e</a></p>'
    '<svg width="9" height="9" role="img" aria-label="f"><rect width="9" height="9"/></svg>'
)
_PROGRAM = """
import hashlib, sys
from tests.pages.html import section
from mgi_report.pages.typeset import typeset
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
            '<svg role="img" aria-label="x" width="9" height="9"><image width="9" height="9" '
            'href="https://iom.int/x.png"/></svg>',
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
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from mgi_report.pages.engine import FontConfiguration\n"
            "from weasyprint.text.ffi import fontconfig\n"
            "fonts = fontconfig.FcConfigGetFonts(FontConfiguration()._config, 0)\n"
            "print(fonts.nfont)",
        ],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("0\n", "")


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


def test_a_character_without_a_glyph_is_named_at_its_block() -> None:
    blocks = {"b": Span("content/x.md", 3, 1)}
    (found,) = typeset(section('<p data-block="b">x 中 ☃ 中</p>', blocks=blocks)).diagnostics
    assert found.rule is Rule.GLYPH_EXISTS
    assert found.span == blocks["b"]
    assert found.message == 'No font has a glyph for "☃" (U+2603), "中" (U+4E2D).'


def test_characters_without_a_shape_need_no_glyph() -> None:
    assert words_of(made("<p>a\u2060b\u200bc\u00add\u200de\ufefff\u00a0g</p>")) == [["abcdef", "g"]]


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
        ("p::nope { color: red }", (1, 1), "Invalid or unsupported selector, 'p::nope '"),
        ("@page { @nowhere { content: 'x' } }", (1, 9), "Unknown @page rule"),
        ("p { color: red", None, ""),
        ("@import 'other.css';", (1, 1), 'A style sheet cannot import "other.css"'),
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
    assert one.rule is Rule.STYLE_IS_UNDERSTOOD
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
    body = '<div data-block="b"><p style="color: red; foo: bar">x</p></div>'
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
    assert not caplog.records
    assert capfd.readouterr() == ("", "")


# --- text that does not fit --------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        '<div style="height: 28pt">one<br>two</div>',
        '<div style="height: 14pt; font-size: 60pt; line-height: 14pt">12</div>',
        '<div style="height: 0">a label beside the text</div>',
        '<div style="position: relative; height: 14pt">'
        '<div style="position: absolute; top: 40pt">below</div></div>',
        '<p style="padding-left: 14pt; text-indent: -14pt">' + FOX * 4 + "</p>",
        '<p style="text-align: justify; letter-spacing: .02em">' + FOX * 6 + "</p>",
        '<p style="text-transform: uppercase">Straße</p>',
        f'<style>p::first-letter {{ font-size: 2em }}</style><p class="l">{FOX}</p>',
        '<p style="width: 60pt; hyphens: auto">extraordinary internationalization</p>',
        '<table><tr><td style="height: 5pt">a<br>b</td></tr></table>',
        '<div style="transform: rotate(-90deg); width: 50pt">abc</div>',
        '<p style="width: 20pt; white-space: nowrap">a line on purpose</p>',
        '<div style="height: 600pt">' + "<p>x</p>" * 30 + "</div>",
        "<style>@page { @top-left { content: element(h) } }</style>"
        '<div style="position: running(h)">head</div><p>x</p>',
        f'<div style="columns: 2; height: 90pt">{FOX * 2}</div>',
    ],
)
def test_text_that_fits(body: str) -> None:
    made(body)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            '<div style="height: 20pt">a<br>b<br>c</div>',
            "The text is 7.8 mm (2 lines) too long for its box.",
        ),
        (
            '<div style="max-height: 20pt; overflow: hidden">a<br>b</div>',
            "The text is 2.8 mm (1 line) too long for its box.",
        ),
        (
            '<div data-fit style="height: 20pt; padding-bottom: 9pt">a<br>b</div>',
            "The text is 2.8 mm (1 line) too long for its box.",
        ),
        (
            '<p style="width: 40pt">Donaudampfschiff</p>',
            '"Donaudampfschiff" is 12.3 mm too wide for its line.',
        ),
        (
            '<div style="position: absolute; left: 250pt; white-space: nowrap">over it</div>',
            "Text runs 3.3 mm off the edge of the page.",
        ),
        (
            '<div style="position: absolute; top: 320pt">a<br>b<br>c</div>',
            'Text is cut off at the end of its box or page: "c".',
        ),
        (
            '<p style="max-lines: 1; continue: discard; width: 60pt">one two three four</p>',
            'Text is cut off at the end of its box or page: "three four".',
        ),
    ],
)
def test_text_that_does_not_fit(body: str, message: str) -> None:
    assert complaints(body) == [f"text-fits-its-box: {message}"]


def test_text_that_does_not_fit_is_found_at_its_block() -> None:
    blocks = {"b": Span("content/x.md", 9, 1)}
    body = '<div style="height: 10pt" data-block="b"><p>a</p></div>'
    (found,) = typeset(section(body, blocks=blocks)).diagnostics
    assert found.span == blocks["b"]


# --- notes -----------------------------------------------------------------------------------

_LONG = " ".join(f"w{number}" for number in range(1, 900))


def parts(pages: Pages) -> list[tuple[list[str], list[str]]]:
    """Give the words of each page, those of the text and those of the notes."""
    texts = texts_of(pages)
    found: list[tuple[list[str], list[str]]] = [([], []) for _ in range(pages.count)]

    def gather(kids: object, index: int) -> None:
        for kid in kids:  # type: ignore[attr-defined]
            if hasattr(kid, "mcid"):
                found[kid.page][index].extend(texts[kid].split())
            elif hasattr(kid, "kids"):
                gather(kid.kids, 1 if kid.role == "Note" else index)

    gather(pages.structure, 0)
    return found


def called_and_begun(pages: Pages) -> dict[str, tuple[int, int]]:
    """Give for each note the pages of its call and of its beginning."""
    places = {anchor.name: anchor.page for anchor in pages.anchors}
    labels = [name.removeprefix("note-") for name in places if name.startswith("note-")]
    return {label: (places[f"call-{label}"], places[f"note-{label}"]) for label in labels}


def test_a_note_longer_than_a_page_breaks_without_losing_a_word() -> None:
    pages = made(f"<p>{FOX * 6}{note('1', _LONG)} {FOX * 20}</p>")
    assert called_and_begun(pages) == {"1": (0, 0)}
    notes = [words for _, words in parts(pages)]
    assert sum(notes, []) == ["1", *_LONG.split()]
    assert sum(bool(words) for words in notes) > 2
    assert sum((text for text, _ in parts(pages)), []) == [
        *(FOX * 6).split(), "1", *(FOX * 20).split(),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{FOX * 14}one{note('1', FOX * 8)} two{note('2', FOX * 8)} three{note('3', FOX * 8)} "
        f"{FOX * 12}</p>",
        f"<ul><li>{FOX * 14}</li><li>one{note('1', FOX * 8)} two{note('2', FOX * 3)}</li>"
        f"<li>{FOX * 8}</li></ul>",
        f"<p>{FOX * 18}</p><h2>Heading{note('1', FOX * 8)}</h2><p>{FOX * 8}</p>",
        f"<table><thead><tr><th>A{note('9', FOX)}</th><th>B</th></tr></thead>"
        + "".join(
            f"<tr><td>{FOX}{note(str(n), FOX * 3)}</td><td>x{n}</td></tr>" for n in range(1, 9)
        )
        + "</table>",
        "".join(f"<p>{FOX * 2}{note(str(n), FOX * (1 + n % 6))}</p>" for n in range(1, 30)),
        f'<div style="break-inside: avoid"><p>{FOX * 17}{note("1", FOX * 9)}</p></div><p>{FOX}</p>',
    ],
    ids=["paragraph", "list", "heading", "table", "many", "kept together"],
)
def test_notes_begin_on_the_page_of_their_call_and_are_whole(body: str) -> None:
    pages = made(body)
    assert pages.count > 1
    for called, begun in called_and_begun(pages).values():
        assert called == begun
    expected = typeset(section(f"<style>@page {{ size: 300pt 9000pt }}</style>{body}")).value
    assert expected.count == 1
    assert sorted(sum((notes for _, notes in parts(pages)), [])) == sorted(parts(expected)[0][1])
    assert sum((text for text, _ in parts(pages)), []) == parts(expected)[0][0]


def test_a_broken_note_keeps_two_lines_together_at_either_end() -> None:
    for length in range(4, 9):
        body = "".join(f"<p>x{n}</p>" for n in range(16)) + f"<p>y{note('1', FOX * length)}</p>"
        notes = [words for _, words in parts(made(body, "p { orphans: 1; widows: 1 }")) if words]
        assert all(len(words) > 13 for words in notes)  # a line has 12 words at most


def test_a_note_stays_one_element_with_one_link_back() -> None:
    pages = made(f"<p>{FOX * 16}{note('1', FOX * 20)}</p>")
    assert pages.count > 1
    assert [link.target for link in pages.links] == ["#note-1", "#call-1"]


def test_the_lines_of_text_stay_on_their_grid_beside_calls_and_notes() -> None:
    body = "".join(f"<p id='p{n}'>x{note(str(n), FOX) if n % 3 else ''}</p>" for n in range(9))
    places = {anchor.name: anchor.y for anchor in made(body).anchors}
    assert [places[f"p{n}"] for n in range(9)] == [370 - 14 * n for n in range(9)]


def test_a_note_that_strays_from_its_call_is_said() -> None:
    text = f"{FOX * 8}{note('1', FOX)}{FOX * 6}{note('2', FOX * 5)}"
    body = f'<div style="columns: 2"><p>{text}</p></div>'
    (found,) = complaints(body)
    assert found.startswith("text-fits-its-box: A note called on page 1 of its section begins on")


def test_white_space_in_notes_collapses() -> None:
    pages = made("<p>x" + note("1", "one\n   two") + "</p>")
    assert parts(pages)[0][1] == ["1", "one", "two"]
    assert not any("\n" in text or "  " in text for text in texts_of(pages).values())
