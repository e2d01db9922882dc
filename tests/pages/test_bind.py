"""Step 5: what a volume is, read back from real ones."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import (
    T2CharStringPen,
)
from pikepdf import Name, Pdf
from PIL import Image
from pypdf import PdfReader

from mgi_report.checks.audit import audit
from mgi_report.checks.conformance import Standard, available, broken_rules
from mgi_report.diagnostics import Rule, Span
from mgi_report.pages.binding.bind import bind
from mgi_report.pages.binding.jpeg import without_notes
from mgi_report.pages.binding.objects import date, number, text
from mgi_report.pages.binding.roles import shape_section
from mgi_report.pages.model import (
    Attachment,
    Conformance,
    Element,
    FontFace,
    Furniture,
    Leaf,
    LinkAnnotation,
    MarkedContent,
    Metadata,
    Pages,
    Section,
    StyleSheet,
    Volume,
)
from mgi_report.pages.typesetting.typeset import typeset

ASSETS = Path(__file__).parents[2] / "assets"
COLOUR_PROFILE = (ASSETS / "colour/sRGB2014.icc").read_bytes()
FONTS = {
    f"assets/fonts/source-sans/{name}.ttf": (ASSETS / f"fonts/source-sans/{name}.ttf").read_bytes()
    for name in ("SourceSans3-Regular", "SourceSans3-It")
}
CSS = """
@page { size: 400pt 300pt; margin: 40pt }
body { font: 10pt "Source Sans 3" }
* { font-family: "Source Sans 3"; font-weight: 400 }
.note { float: footnote }
"""
FURNITURE_CSS = """
@page { size: 400pt 300pt; margin: 0 }
body { font: 10pt "Source Sans 3"; margin: 0 }
p { break-after: page; margin: 0; padding: 275pt 0 0 350pt }
"""
METADATA = Metadata(
    title="Mali: a profile",
    lang="en",
    authors=("International Organization for Migration",),
    subject="Migration governance in Mali",
    keywords=("migration", "Mali"),
    producer="mgi-report test",
    date="2021-12-01T09:30:00Z",
    identifiers={"ISBN": "978-92-9268-000-0"},
    rights="© IOM 2021",
)
EVERYTHING = """
<h1 id="top">Rights of migrants</h1>
<p data-block="b1">Two <em>kinds</em> of <strong>stress</strong>, an office<a class="note-call"
role="doc-noteref" aria-label="Note 1" id="call" href="#note">1</a><span class="note"
role="doc-footnote" id="note"><a role="doc-backlink" aria-label="Back" href="#call">1</a>
A note, with an <a href="https://www.iom.int/">address</a>.</span> and
<span lang="fr">une langue</span>.</p>
<h2 id="lists">Lists</h2>
<ul><li>One</li><li>Two<ul><li>Nested</li></ul></li></ul>
<ol><li>First</li><li>Second</li></ol>
<h2 id="table">A table</h2>
<table><caption>Numbers</caption><thead><tr><th scope="col">Year</th><th scope="col">Number</th>
</tr></thead><tbody><tr><th scope="row">2018</th><td>12</td></tr></tbody></table>
<figure><svg role="img" aria-label="A circle" width="20" height="20"><circle cx="9" cy="9"
r="9"/></svg><figcaption>A figure</figcaption></figure>
<blockquote><p>Words of <q>others</q>, <code>code</code>.</p></blockquote>
<div>Bare words, and <b>bold</b> ones</div>
"""


def section(name: str, body: str, title: str = "A title", **more: str) -> Section:
    lang = more.get("lang", "en")
    return Section(
        id=name,
        kind="text",
        title=title,
        lang=lang,
        direction="ltr",
        html=f'<html lang="{lang}"><title>{title}</title><body>{body}</body></html>',
        styles=(StyleSheet("test.css", more.get("css", CSS)),),
        fonts=tuple(
            FontFace("Source Sans 3", 400, italic, path)
            for path, italic in zip(FONTS, (False, True), strict=True)
        ),
        files=FONTS,
        blocks={"b1": Span("text.md", 7, 1)},
    )


def leaf(name: str, body: str, folio: int = 1, **more: str) -> Leaf:
    made = section(name, body, **more)
    return Leaf(made, pages(made), folio)


def pages(made: Section) -> Pages:
    done = typeset(made)
    assert not done.diagnostics
    return done.value


def volume(*leaves: Leaf, standard: Conformance = Conformance.UA1_A3A) -> Volume:
    bound = bind(leaves, (), METADATA, standard=standard, colour_profile=COLOUR_PROFILE)
    assert not bound.diagnostics
    return bound.value


@cache  # kept: what was read from a Pdf does not keep it
def opened(made: Volume) -> Pdf:
    return pikepdf.open(BytesIO(made.pdf))


def tree(made: Volume) -> str:
    """Draw the structure tree, types only: "Document(Sect(H1 P(Link)))"."""

    def draw(element: pikepdf.Object) -> str:
        kids = element.get("/K", pikepdf.Array())
        inner = " ".join(
            draw(kid) for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid
        )
        return str(element.S)[1:] + (f"({inner})" if inner else "")

    return draw(opened(made).Root.StructTreeRoot.K)


BOTH = pytest.mark.parametrize("standard", list(Conformance))
JUDGED = {
    Conformance.UA1_A3A: (Standard.UA1, Standard.A3A),
    Conformance.UA2_A4F: (Standard.UA2, Standard.A4F),
}


# --- The whole --------------------------------------------------------------------------------


@BOTH
@pytest.mark.skipif(not available(), reason="veraPDF is not installed")
def test_everything_a_profile_has_keeps_both_standards(standard: Conformance) -> None:
    contents = """<h1 id="c">Contents</h1><nav role="doc-toc"><ol>
        <li><a href="section:rights">Rights <span>2</span></a></li></ol></nav>"""
    made = volume(
        leaf("contents", contents), leaf("rights", EVERYTHING, folio=2), standard=standard
    )
    assert broken_rules(made.pdf, JUDGED[standard]) == []
    assert audit(made.pdf) == []


@BOTH
def test_same_sections_same_bytes(standard: Conformance) -> None:
    leaves = (leaf("a", EVERYTHING), leaf("b", EVERYTHING, folio=3))
    assert volume(*leaves, standard=standard).pdf == volume(*leaves, standard=standard).pdf


@BOTH
def test_the_file_is_sound(standard: Conformance) -> None:
    made = volume(leaf("a", EVERYTHING), standard=standard)
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.pdf_version == ("1.7" if standard is Conformance.UA1_A3A else "2.0")
        assert len(bytes(pdf.trailer.ID[0])) == 16
        whole = len(pdf.objects)
        again = BytesIO()
        pdf.save(again)  # leaves out what nothing refers to
    with pikepdf.open(again) as pdf:
        assert len(pdf.objects) == whole


def test_sections_stand_where_their_folios_say() -> None:
    made = volume(leaf("a", "<h1 id=x>A</h1>"), leaf("b", "<h1 id=x>B</h1>", folio=3))
    assert [(each.id, each.folio, each.pages) for each in made.sections] == [
        ("a", 1, 1),
        ("b", 3, 1),
    ]
    reader = PdfReader(BytesIO(made.pdf))
    assert [page.extract_text() for page in reader.pages] == ["A", "", "B"]
    assert reader.page_labels == ["1", "2", "3"]
    assert made.pages == 3


def test_an_extract_keeps_the_folios_of_the_whole() -> None:
    made = volume(leaf("b", "<h1 id=x>B</h1>", folio=7))
    assert PdfReader(BytesIO(made.pdf)).page_labels == ["7"]


def test_two_sections_on_one_page_are_an_error() -> None:
    leaves = (leaf("a", "<h1 id=x>A</h1>"), leaf("b", "<h1 id=x>B</h1>", folio=1))
    bound = bind(leaves, (), METADATA, colour_profile=COLOUR_PROFILE)
    assert [each.rule for each in bound.diagnostics] == [Rule.FOLIOS_AGREE]


# --- Structure --------------------------------------------------------------------------------


def test_what_1_7_lacks_is_said_otherwise() -> None:
    body = """<h1 id=t>T</h1><p>An <em>e</em> and <strong>s</strong></p>"""
    assert tree(volume(leaf("a", body))) == "Document(Sect(H1 P(Span Span)))"
    made = volume(leaf("a", body), standard=Conformance.UA2_A4F)
    assert tree(made) == "Document(Sect(H1 P(Em Strong)))"


def test_bare_text_is_put_into_paragraphs() -> None:
    words, link = MarkedContent(0, 0), Element("Link", (MarkedContent(0, 1), LinkAnnotation(0)))
    heading = Element("H1", (MarkedContent(0, 2),))
    root = Element("Sect", (words, link, heading, words))
    shaped = shape_section(section("a", ""), (root,), "en", Conformance.UA1_A3A, ())
    assert [kid.role for kid in shaped.kids if isinstance(kid, Element)] == ["P", "H1", "P"]
    assert shaped.kids[0] == Element("P", (words, link))


def test_a_dead_link_is_text() -> None:
    link = Element("Link", (MarkedContent(0, 0), LinkAnnotation(0)))
    shaped = shape_section(
        section("a", ""), (Element("P", (link,)),), "en", Conformance.UA1_A3A, (0,)
    )
    assert shaped.kids == (Element("P", (Element("Span", (MarkedContent(0, 0),)),)),)


def roles(standard: Conformance, *nested: str) -> str:
    """Shape elements that stand inside each other; draw what becomes of them."""
    element = Element(nested[-1], (MarkedContent(0, 0),))
    for role in reversed(nested[:-1]):
        element = Element(role, (element,))

    def draw(shaped: Element) -> str:
        return " ".join(
            [shaped.role, *(draw(kid) for kid in shaped.kids if isinstance(kid, Element))]
        )

    return draw(shape_section(section("a", ""), (element,), "en", standard, ()))


@pytest.mark.parametrize(
    ("nested", "in_1_7", "in_2_0"),
    [
        ("Aside P", "Sect Div P", "Sect Aside P"),
        ("Aside Aside P", "Sect Div Div P", "Sect Aside Div P"),
        ("Table TR TD Div Aside P", "Sect Table TR TD Div Div P", "Sect Table TR TD Div Div P"),
        ("Table TR TD BlockQuote P", "Sect Table TR TD BlockQuote P", "Sect Table TR TD Div P"),
        ("Note P", "Sect Note P", "Sect FENote P"),
        ("Document H1 Sub", "Sect H1 Span", "Sect H1 Sub"),
    ],
)
def test_nesting_is_what_each_standard_allows(nested: str, in_1_7: str, in_2_0: str) -> None:
    assert roles(Conformance.UA1_A3A, *nested.split()) == in_1_7
    assert roles(Conformance.UA2_A4F, *nested.split()) == in_2_0


def test_sections_say_their_language_where_it_is_another() -> None:
    made = volume(leaf("a", "<h1 id=t>T</h1>"), leaf("b", "<h1 id=t>Un</h1>", folio=2, lang="fr"))
    sections = opened(made).Root.StructTreeRoot.K.K
    assert ["/Lang" in each for each in sections] == [False, True]
    assert str(sections[1].Lang) == "fr"


def test_notes_and_their_calls_know_each_other() -> None:
    pdf = opened(volume(leaf("a", EVERYTHING), standard=Conformance.UA2_A4F))
    ids = pdf.Root.StructTreeRoot.IDTree.Names
    elements = {element.objgen: element for element in list(ids)[1::2]}
    note = next(element for element in elements.values() if str(element.S) == "/FENote")
    assert note.A[0].NoteType == Name.Footnote
    assert any(note.objgen == back.objgen for call in note.Ref for back in call.Ref)


def test_ids_of_sections_do_not_meet() -> None:
    pdf = opened(volume(leaf("a", EVERYTHING), leaf("b", EVERYTHING, folio=3)))
    names = [bytes(key) for key in list(pdf.Root.StructTreeRoot.IDTree.Names)[::2]]
    assert len(names) == len(set(names))
    assert names == sorted(names)
    assert {name.split(b"/")[0] for name in names} == {b"a", b"b"}


# --- Links, outline ---------------------------------------------------------------------------


def links(made: Volume) -> list[pikepdf.Object]:
    return [note for page in opened(made).pages for note in page.obj.get("/Annots", ())]


def test_links_lead_across_sections() -> None:
    body = """<h1 id=t>T</h1><p><a href="section:b">b</a> <a href="section:b/x">x</a>
        <a href="#t">t</a></p>"""
    made = volume(leaf("a", body), leaf("b", "<h1 id=x>B</h1>", folio=2))
    pages = [page.obj.objgen for page in opened(made).pages]
    targets = [pages.index(link.A.D[0].objgen) for link in links(made)]
    assert targets == [1, 1, 0]


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://www.iom.int/é?a=b%20c", "https://www.iom.int/%C3%A9?a=b%20c"),
        ("mailto:mgi@iom.int", "mailto:mgi@iom.int"),
        ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
    ],
)
def test_addresses_are_ascii(address: str, written: str) -> None:
    made = volume(leaf("a", f'<h1 id=t>T</h1><p><a href="{address}">A</a></p>'))
    assert [str(link.A.URI) for link in links(made)] == [written]


def test_a_link_over_lines_is_one_link() -> None:
    made = volume(
        leaf("a", f'<h1 id=t>T</h1><p><a href="https://iom.int/">{"many words " * 20}</a></p>')
    )
    (link,) = links(made)
    assert len(link.QuadPoints) == 8 * 4
    x0, y0, x1, y1 = (float(value) for value in link.Rect)
    assert all(x0 <= float(x) <= x1 for x in list(link.QuadPoints)[::2])
    assert all(y0 <= float(y) <= y1 for y in list(link.QuadPoints)[1::2])


@pytest.mark.parametrize("target", ["#nowhere", "section:none", "javascript:alert(1)"])
def test_a_link_that_leads_nowhere_is_an_error(target: str) -> None:
    made = leaf("a", f'<h1 id=t>T</h1><p data-block=b1><a href="{target}">there</a></p>')
    bound = bind((made,), (), METADATA, colour_profile=COLOUR_PROFILE)
    assert [(each.rule, each.span) for each in bound.diagnostics] == [
        (Rule.LINK_LEADS_SOMEWHERE, Span("text.md", 7, 1))
    ]
    assert links(bound.value) == []


def test_the_outline_mirrors_the_headings() -> None:
    made = volume(
        leaf("cover", "<p>Mali</p>", title="Cover"),
        leaf("a", "<h1 id=a>One</h1><h2 id=b>Two</h2><h4 id=c>Four</h4><h2 id=d>Again</h2>", 2),
    )
    outline = PdfReader(BytesIO(made.pdf)).outline
    assert drawn(outline) == ["Cover", "One", ["Two", ["Four"], "Again"]]
    assert opened(made).Root.Outlines.Count == 2


def drawn(entries: object) -> object:
    if isinstance(entries, list):
        return [drawn(entry) for entry in entries]
    return entries["/Title"]  # type: ignore[index]


@BOTH
def test_sections_and_headings_have_names_for_the_web(standard: Conformance) -> None:
    made = volume(leaf("a", EVERYTHING), standard=standard)
    assert list(PdfReader(BytesIO(made.pdf)).named_destinations) == [
        "a",
        "a/lists",
        "a/table",
        "a/top",
    ]


# --- Fonts, pictures, furniture ---------------------------------------------------------------


def test_each_font_is_embedded_once_with_all_that_sections_use() -> None:
    made = volume(
        leaf("a", "<h1 id=t>abc</h1><p>office</p>"), leaf("b", "<h1 id=t>xyz</h1>", folio=2)
    )
    pdf = opened(made)
    fonts = {font.objgen: font for page in pdf.pages for _, font in page.Resources.Font.items()}
    (font,) = fonts.values()
    assert str(font.BaseFont)[7:] == "+SourceSans3-Regular"
    assert len(font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()) < 30_000
    text_of_pages = [page.extract_text() for page in PdfReader(BytesIO(made.pdf)).pages]
    assert text_of_pages == ["abc\noffice", "xyz"]


def postscript_font() -> bytes:
    """Make a font with outlines in CFF: two squares, A and B."""
    pen = T2CharStringPen(600, None)
    for step, point in enumerate([(50, 0), (50, 500), (550, 500), (550, 0)]):
        (pen.lineTo if step else pen.moveTo)(point)
    pen.closePath()
    square = pen.getCharString()
    font = FontBuilder(1000, isTTF=False)
    font.setupGlyphOrder([".notdef", "A", "B"])
    font.setupCharacterMap({65: "A", 66: "B"})
    font.setupCFF("Squares", {}, dict.fromkeys((".notdef", "A", "B"), square), {})
    font.setupHorizontalMetrics(dict.fromkeys((".notdef", "A", "B"), (600, 50)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Squares", "styleName": "Regular", "psName": "Squares"})
    font.setupOS2(sTypoAscender=800, sTypoDescender=-200)
    font.setupPost()
    file = BytesIO()
    font.save(file)
    return file.getvalue()


@BOTH
@pytest.mark.skipif(not available(), reason="veraPDF is not installed")
def test_fonts_with_postscript_outlines_are_embedded_too(standard: Conformance) -> None:
    made = replace(
        section("a", "<h1 id=t>AB</h1>", css='* { font: 400 10pt "Squares" }'),
        fonts=(FontFace("Squares", 400, italic=False, path="squares.otf"),),
        files={"squares.otf": postscript_font()},
    )
    bound = volume(Leaf(made, pages(made), 1), standard=standard)
    assert PdfReader(BytesIO(bound.pdf)).pages[0].extract_text() == "AB"
    assert broken_rules(bound.pdf, JUDGED[standard]) == []
    assert audit(bound.pdf) == []


def test_equal_pictures_are_kept_once() -> None:
    pixel = (
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
        "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
    body = f'<h1 id=t>T</h1><p><img alt="A dot" src="{pixel}"></p>'
    pdf = opened(volume(leaf("a", body), leaf("b", body, folio=2)))
    pictures = {
        image.objgen
        for page in pdf.pages
        for _, image in page.Resources.XObject.items()
        if image.Subtype == Name.Image
    }
    assert len(pictures) == 1


def test_photographs_lose_their_notes_and_stay_what_they_are() -> None:
    notes = Image.Exif()
    notes[0x013B] = "A. N. Artist"
    file = BytesIO()
    Image.linear_gradient("L").save(file, "JPEG", exif=notes, comment=b"secret", quality=50)
    plain = without_notes(file.getvalue())
    assert b"Artist" not in plain
    assert b"secret" not in plain
    assert Image.open(BytesIO(plain)).tobytes() == Image.open(file).tobytes()
    assert without_notes(plain) == plain


def furniture(*folios: str) -> Furniture:
    made = section("furniture", "".join(f"<p>{folio}</p>" for folio in folios), css=FURNITURE_CSS)
    parts = {f"folio:{folio}": page for page, folio in enumerate(folios)}
    return Furniture(pages(made), parts, made)


@BOTH
@pytest.mark.skipif(not available(), reason="veraPDF is not installed")
def test_furniture_is_painted_as_artifacts(standard: Conformance) -> None:
    plain = leaf("a", "<h1 id=t>T</h1>", folio=4)
    made = bind(
        [Leaf(plain.section, plain.pages, 4, (("folio:4",),))],
        (furniture("4"),),
        METADATA,
        colour_profile=COLOUR_PROFILE,
        standard=standard,
    ).value
    assert PdfReader(BytesIO(made.pdf)).pages[0].extract_text() == "T\n4"
    assert tree(made) == "Document(Sect(H1))"
    assert broken_rules(made.pdf, JUDGED[standard]) == []
    assert audit(made.pdf) == []


# --- Metadata, attachments --------------------------------------------------------------------


def test_metadata_and_information_agree() -> None:
    pdf = opened(volume(leaf("a", "<h1 id=t>T</h1>")))
    xmp = pdf.open_metadata()
    assert xmp["dc:title"] == str(pdf.docinfo.Title) == METADATA.title
    assert xmp["dc:creator"] == list(METADATA.authors)
    assert xmp["dc:identifier"] == "ISBN 978-92-9268-000-0"
    assert xmp["xmp:CreateDate"] == METADATA.date
    assert str(pdf.docinfo.CreationDate) == "D:20211201093000Z"
    assert xmp["pdfuaid:part"] == "1"
    assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("3", "A")


def test_pdf_2_0_has_no_information_dictionary() -> None:
    pdf = opened(volume(leaf("a", "<h1 id=t>T</h1>"), standard=Conformance.UA2_A4F))
    assert "/Info" not in pdf.trailer
    assert pdf.pdf_version == "2.0"


def test_4f_holds_its_metadata_where_there_is_nothing_else() -> None:
    pdf = opened(volume(leaf("a", "<h1 id=t>T</h1>"), standard=Conformance.UA2_A4F))
    file = pdf.attachments["metadata.json"].get_file()
    assert json.loads(file.read_bytes())["title"] == METADATA.title


@BOTH
@pytest.mark.skipif(not available(), reason="veraPDF is not installed")
def test_attachments_travel_along(standard: Conformance) -> None:
    source = Attachment("mali.md", b"# Mali", "text/markdown")
    made = bind(
        [leaf("a", "<h1 id=t>T</h1>")],
        (),
        METADATA,
        colour_profile=COLOUR_PROFILE,
        standard=standard,
        attachments=[source],
    ).value
    attached = opened(made).attachments
    assert attached["mali.md"].get_file().read_bytes() == b"# Mali"
    assert attached["mali.md"].relationship == Name.Source
    assert broken_rules(made.pdf, JUDGED[standard]) == []


# --- PDF text ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("plain", "(plain)"),
        ("(a)\\", "(\\(a\\)\\\\)"),
        ("é", "<FEFF00e9>"),
        ("a\nb", "<FEFF0061000a0062>"),
    ],
)
def test_text_strings(value: str, written: str) -> None:
    assert text(value) == written


def test_numbers_and_dates() -> None:
    assert [number(value) for value in (1, 1.0, 0.5, -2.25, 595.2756)] == [
        "1",
        "1",
        "0.5",
        "-2.25",
        "595.276",
    ]
    assert date("2021-12-01T09:30:00Z") == "(D:20211201093000Z)"
    assert date("2021-12-01") == "(D:20211201)"
