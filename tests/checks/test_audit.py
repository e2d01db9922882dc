"""Step 6: a good volume passes, and each bad one fails by what is bad in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image
from tests.projects import mali_made

from mgi_report.checks.audit import audit, conforms
from mgi_report.checks.conformance import available
from mgi_report.diagnostics import Rule
from mgi_report.pages.binding.bind import bind
from mgi_report.pages.model import (
    Conformance,
    FontFace,
    Furniture,
    Leaf,
    Metadata,
    Section,
    StyleSheet,
)
from mgi_report.pages.typesetting.typeset import typeset

ASSETS = Path(__file__).parents[2] / "assets"
FONT = "assets/fonts/source-sans/SourceSans3-Regular.ttf"
FILES = {FONT: (ASSETS.parent / FONT).read_bytes()}
COLOUR_PROFILE = (ASSETS / "colour/sRGB2014.icc").read_bytes()


def section(name: str, body: str, css: str = "") -> Section:
    return Section(
        id=name,
        kind="text",
        title=name,
        lang="en",
        direction="ltr",
        html=f'<html lang="en"><title>{name}</title><body>{body}</body></html>',
        styles=(StyleSheet("test.css", f'body, h1 {{ font: 400 10pt "Source Sans 3" }} {css}'),),
        fonts=(FontFace("Source Sans 3", 400, italic=False, path=FONT),),
        files=FILES,
    )


@pytest.fixture(scope="module")
def good() -> bytes:
    """Two sections of a page each with links, headings and printed folios."""
    folios = section("furniture", "<p>1</p><p>2</p>", "p { break-after: page }")
    furniture = Furniture(typeset(folios).value, {"folio:1": 0, "folio:2": 1}, folios)
    leaves = []
    for folio, name in enumerate("ab", start=1):
        made = section(
            name, '<h1 id="x">Title</h1><p>See <a href="section:b/x">there</a>.</p><p>More</p>'
        )
        leaves.append(Leaf(made, typeset(made).value, folio, ((f"folio:{folio}",),)))
    metadata = Metadata("Title", "en", ("IOM",), "", (), "test")
    return bind(leaves, (furniture,), metadata, colour_profile=COLOUR_PROFILE).value.pdf


@contextmanager
def changed(pdf: bytes) -> Iterator[tuple[Pdf, Callable[[], list[Rule]]]]:
    """Open a volume to break something in it; then find the rules that are broken, each once."""
    with pikepdf.open(BytesIO(pdf)) as volume:

        def broken() -> list[Rule]:
            file = BytesIO()
            volume.save(file)
            return list(dict.fromkeys(each.rule for each in audit(file.getvalue())))

        yield volume, broken


def test_a_good_volume_passes(good: bytes) -> None:
    assert audit(good) == []


@pytest.mark.skipif(not available(), reason="veraPDF is not installed")
def test_verdicts_of_verapdf_are_diagnostics(good: bytes) -> None:
    assert conforms(good, Conformance.UA1_A3A) == []
    (first, *_) = conforms(good, Conformance.UA2_A4F)
    assert first.rule is Rule.PDF_CONFORMS
    assert first.message.startswith("ua2 5-2 is broken 1 times: ")


# --- content-is-owned -------------------------------------------------------------------------


def test_pages_put_behind_others_are_not_owned(good: bytes) -> None:
    """What veraPDF passes: the second copy's pages say that the first copy's elements own them."""
    with changed(good) as (volume, broken), pikepdf.open(BytesIO(good)) as second:
        volume.pages.extend(second.pages)
        assert Rule.CONTENT_IS_OWNED in broken()


def test_pages_without_their_tree_are_not_owned(good: bytes) -> None:
    with pikepdf.new() as naked, pikepdf.open(BytesIO(good)) as source:
        naked.pages.extend(source.pages)
        file = BytesIO()
        naked.save(file)
    assert {each.rule for each in audit(file.getvalue())} == {
        Rule.CONTENT_IS_OWNED,
        Rule.FOLIOS_AGREE,
        Rule.PDF_CONFORMS,
    }


def test_an_element_that_cannot_be_reached_owns_nothing(good: bytes) -> None:
    with changed(good) as (volume, broken):
        sect = volume.Root.StructTreeRoot.K.K[0]
        sect.K = Array(list(sect.K)[:-1])
        assert broken() == [Rule.CONTENT_IS_OWNED]


def test_an_element_elsewhere_than_it_says_is_found(good: bytes) -> None:
    with changed(good) as (volume, broken):
        first, second = volume.Root.StructTreeRoot.K.K
        second.K[0].P = first
        assert broken() == [Rule.CONTENT_IS_OWNED]


def test_a_parent_tree_that_tells_another_story_is_found(good: bytes) -> None:
    with changed(good) as (volume, broken):
        entries = volume.Root.StructTreeRoot.ParentTree.Nums
        entries[1], entries[3] = entries[3], entries[1]
        assert broken() == [Rule.CONTENT_IS_OWNED]


@pytest.mark.parametrize(
    "painted",
    [
        b"0 0 9 9 re f",
        b"0 0 m 9 9 l S",
        b"BI /W 1 /H 1 /CS /G /BPC 8 ID x EI",
        b"/P <</MCID 99>> BDC EMC",
        b"/Artifact BMC /P <</MCID 0>> BDC EMC EMC",
        b"/P <</MCID 0>> BDC /Artifact BMC 0 0 9 9 re f EMC EMC",
    ],
)
def test_what_is_painted_has_one_owner(good: bytes, painted: bytes) -> None:
    with changed(good) as (volume, broken):
        volume.pages[0].contents_add(painted)
        assert broken() == [Rule.CONTENT_IS_OWNED]


def test_artifacts_need_no_owner(good: bytes) -> None:
    with changed(good) as (volume, broken):
        volume.pages[0].contents_add(b"/Artifact BMC 0 0 9 9 re f EMC")
        assert broken() == []


def test_content_in_a_form_is_seen(good: bytes) -> None:
    with changed(good) as (volume, broken):
        page = volume.pages[0]
        page.Resources.XObject.Loose = volume.make_stream(
            b"0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])
        )
        page.contents_add(b"/Loose Do")
        assert broken() == [Rule.CONTENT_IS_OWNED]


def test_a_link_belongs_to_an_element(good: bytes) -> None:
    with changed(good) as (volume, broken):
        del volume.pages[0].Annots[0].StructParent
        assert broken() == [Rule.CONTENT_IS_OWNED]


# --- The other rules --------------------------------------------------------------------------


def test_a_font_without_a_file_is_found(good: bytes) -> None:
    with changed(good) as (volume, broken):
        for _, font in volume.pages[0].Resources.Font.items():
            del font.DescendantFonts[0].FontDescriptor.FontFile2
        assert broken() == [Rule.FONTS_ARE_EMBEDDED]


def test_a_font_that_is_not_text_is_found(good: bytes) -> None:
    with changed(good) as (volume, broken):
        for _, font in volume.pages[0].Resources.Font.items():
            del font.ToUnicode
        assert broken() == [Rule.FONTS_ARE_EMBEDDED]


@pytest.mark.parametrize(
    "action",
    [
        Dictionary(S=Name.GoTo, D=String("nowhere")),
        Dictionary(S=Name.GoTo, D=Array([Dictionary(), Name.Fit])),
        Dictionary(S=Name.URI, URI=String("file:///etc/passwd")),
        Dictionary(S=Name.URI, URI=String("www.iom.int")),
    ],
)
def test_a_link_leads_somewhere(good: bytes, action: Dictionary) -> None:
    with changed(good) as (volume, broken):
        volume.pages[0].Annots[0].A = action
        assert broken() == [Rule.LINK_LEADS_SOMEWHERE]


def test_an_entry_of_the_outline_leads_somewhere(good: bytes) -> None:
    with changed(good) as (volume, broken):
        volume.Root.Outlines.Last.A.D[0] = Dictionary()
        assert broken() == [Rule.LINK_LEADS_SOMEWHERE]


def test_a_name_leads_somewhere(good: bytes) -> None:
    with changed(good) as (volume, broken):
        volume.Root.Names.Dests.Names[1].D[0] = Dictionary()
        assert broken() == [Rule.LINK_LEADS_SOMEWHERE]


def test_page_labels_are_the_printed_folios(good: bytes) -> None:
    with changed(good) as (volume, broken):
        volume.Root.PageLabels.Nums[1].St = 5
        assert broken() == [Rule.FOLIOS_AGREE]


def test_page_labels_are_there(good: bytes) -> None:
    with changed(good) as (volume, broken):
        del volume.Root.PageLabels
        assert broken() == [Rule.FOLIOS_AGREE]


@pytest.mark.parametrize("key", ["/Lang", "/MarkInfo", "/Metadata", "/ViewerPreferences"])
def test_the_volume_says_what_it_is(good: bytes, key: str) -> None:
    with changed(good) as (volume, broken):
        del volume.Root[key]
        assert broken() == [Rule.PDF_CONFORMS]


@pytest.mark.parametrize("claim", ["dc:title", "pdfaid:part", "pdfuaid:part"])
def test_the_metadata_make_their_claims(good: bytes, claim: str) -> None:
    with changed(good) as (volume, broken):
        packet = volume.Root.Metadata.read_bytes().decode()
        volume.Root.Metadata.write(packet.replace(claim, f"{claim}less").encode())
        assert broken() == [Rule.PDF_CONFORMS]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("/OpenAction", Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))),
        ("/AA", Dictionary()),
        ("/AcroForm", Dictionary()),
    ],
)
def test_nothing_runs(good: bytes, key: str, value: Dictionary) -> None:
    with changed(good) as (volume, broken):
        volume.Root[key] = value
        assert broken() == [Rule.NOTHING_IS_HIDDEN]


def test_nothing_is_loaded(good: bytes) -> None:
    with changed(good) as (volume, broken):
        elsewhere = volume.make_stream(b"", F=String("http://example.org/picture"))
        volume.pages[0].Resources.XObject.Elsewhere = elsewhere
        assert broken() == [Rule.NOTHING_IS_HIDDEN]


@pytest.mark.parametrize(("maker", "rules"), [(None, []), ("A. N.", [Rule.NOTHING_IS_HIDDEN])])
def test_pictures_do_not_say_who_made_them(
    good: bytes, maker: str | None, rules: list[Rule]
) -> None:
    notes = Image.Exif()
    notes[0x013B] = maker
    file = BytesIO()
    Image.new("RGB", (1, 1)).save(file, "JPEG", exif=notes if maker else b"")
    with changed(good) as (volume, broken):
        picture = volume.make_stream(
            file.getvalue(), Type=Name.XObject, Subtype=Name.Image, Filter=Name.DCTDecode
        )
        volume.pages[0].Resources.XObject.Picture = picture
        assert broken() == rules


# --- The contents, and the metadata -------------------------------------------------------------


@pytest.mark.xdist_group("mali")
def test_contents_that_name_another_page_than_they_lead_to_are_told() -> None:
    made = mali_made().volume
    assert made
    with changed(made.pdf) as (volume, broken):
        assert broken() == []
        entries = [
            note
            for page in volume.pages
            for note in page.obj.get("/Annots", pikepdf.Array())
            if str(note.get("/Contents", "")) == "Introduction, page 7"
        ]
        for note in entries:
            note.Contents = pikepdf.String("Introduction, page 8")
        assert entries
        assert broken() == [Rule.FOLIOS_AGREE]


@pytest.mark.parametrize(
    ("field", "value"),
    [("/Company", "The office"), ("/Keywords", "/home/fatou/mali"), ("/Title", r"C:\Mali")],
)
def test_metadata_that_tell_of_a_person_or_a_machine_are_told(
    good: bytes, field: str, value: str
) -> None:
    with changed(good) as (volume, broken):
        volume.docinfo[field] = value
        assert Rule.NOTHING_IS_HIDDEN in broken()
