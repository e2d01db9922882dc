"""What goes to a press, read back from real files: boxes, inks, fonts, blank pages, the spine."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from pikepdf import Name
from pypdf import PdfReader
from tests.plates import Letters, painted, screen_colours
from tests.projects import MALI, ROOT, mali, text_of

from mgi_report.content.loading.load import read_facts
from mgi_report.diagnostics import Diagnostic, Rule, Severity
from mgi_report.pages.model import Volume
from mgi_report.project import MemoryProject
from mgi_report.steps import make
from mgi_report.variants import PRINT

MM = 72 / 25.4
FACTS = f"{MALI}/profile.yml"
WHITE: tuple[float, ...] = (0, 0, 0, 0)
BLACK: tuple[float, ...] = (0, 0, 0, 1)
LAYOUT = "layouts/mgi/layout.yml"
SCREEN_PROFILE = (ROOT / "assets/colour/sRGB2014.icc").read_bytes()
PRESS_PROFILE = (ROOT / "assets/colour/FOGRA39-coated.icc").read_bytes()


@cache
def block() -> Volume:
    made = make(mali(), MALI, "en", variant=PRINT)
    assert made.volume, made.diagnostics
    assert made.diagnostics == ()
    return made.volume


def cover() -> Volume:
    made = block().cover
    assert made
    return made


def opened(volume: Volume) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(volume.pdf))


@cache
def other() -> Volume:
    """Make the files for another printer, with a section that begins on the right."""
    layout = text_of(LAYOUT)
    moved = layout.replace(
        "{id: objective, kind: text,", "{id: objective, kind: text, start: recto,"
    )
    assert moved != layout
    press = "{profile: printer.icc, signature: 16, paper: {leaf: 0.35, cover: 0.3}}"
    files: dict[str, str | bytes | None] = {
        LAYOUT: moved,
        FACTS: f"{text_of(FACTS)}\npress: {press}\n",
        f"{MALI}/printer.icc": PRESS_PROFILE,
    }
    made = make(mali(files), MALI, "en", variant=PRINT)
    assert made.volume, made.diagnostics
    assert made.diagnostics == ()
    return made.volume


def told(press: str, **more: str | bytes) -> list[Diagnostic]:
    """Make the files with what profile.yml says of the press."""
    files = {f"{MALI}/{name}": content for name, content in more.items()}
    facts = f"{text_of(FACTS)}\npress: {press}\n"
    return list(make(mali({FACTS: facts, **files}), MALI, "en", variant=PRINT).diagnostics)


# --- Pages ------------------------------------------------------------------------------------


def test_the_block_has_a_page_for_each_folio_and_is_whole_sheets() -> None:
    assert block().pages == len(opened(block()).pages) == 32
    assert "cover" not in {each.id for each in block().sections}


def test_pages_are_blank_where_the_cover_stands_and_at_the_end() -> None:
    texts = [page.extract_text().strip() for page in PdfReader(BytesIO(block().pdf)).pages]
    assert [folio for folio, text in enumerate(texts, start=1) if not text] == [1, 31, 32]
    assert texts[4].startswith("Contents")
    assert all(texts[folio - 1].endswith(str(folio)) for folio in (9, 22))


def test_a_section_that_begins_on_the_right_has_a_blank_page_before_it() -> None:
    texts = [page.extract_text().strip() for page in PdfReader(BytesIO(other().pdf)).pages]
    assert texts[5] == ""
    assert "Objective" in texts[6]


def test_boxes_say_where_pages_are_cut_and_how_far_they_are_printed() -> None:
    for page in PdfReader(BytesIO(block().pdf)).pages:
        trim, bleed, media = page.trimbox, page.bleedbox, page.mediabox
        assert (trim.width, trim.height) == pytest.approx((210 * MM, 297 * MM), abs=0.01)
        assert trim.left - bleed.left == pytest.approx(3 * MM, abs=0.01)
        assert bleed.top - trim.top == pytest.approx(3 * MM, abs=0.01)
        assert media.left < bleed.left
        assert media.top > bleed.top


def test_the_text_moves_away_from_the_back() -> None:
    """Folio 26 is a left-hand page and 27 a right-hand one; text begins on both at the rail."""
    file = opened(block())
    left, right = (min(each.x for each in painted(page).letters) for page in file.pages[25:27])
    assert right - left == pytest.approx(2 * 4 * MM, abs=0.05)


def test_tabs_and_folios_stand_outside_on_both_sides() -> None:
    file = opened(block())
    for folio, is_left in ((14, True), (15, False)):
        white = [each.x for each in painted(file.pages[folio - 1]).letters if _is_of_tab(each)]
        assert white
        assert all((x < 100) == is_left for x in white)


def _is_of_tab(letters: Letters) -> bool:
    return letters.size == pytest.approx(14, abs=0.1) and letters.ink in (BLACK, WHITE)


def test_the_wheel_of_a_chapter_does_not_run_into_the_fold() -> None:
    """Chapter 1 begins on a left-hand page, chapter 2 on a right-hand one."""
    is_white = [_is_white_at_the_right(folio) for folio in (14, 15)]
    assert is_white == [True, False]


def _is_white_at_the_right(folio: int) -> bool:
    """Look at the 10 mm inside the trim, above the tabs."""
    document = pypdfium2.PdfDocument(block().pdf)
    picture = document[folio - 1].render(scale=1).to_pil().convert("L")
    trim = PdfReader(BytesIO(block().pdf)).pages[folio - 1].trimbox
    right, top = int(trim.right), int(picture.height - trim.top)
    strip = picture.crop((right - round(10 * MM), top, right - 1, top + 150))
    return bool(strip.getextrema() == (255, 255))


# --- The cover --------------------------------------------------------------------------------


def test_the_cover_is_one_sheet_of_back_spine_and_front() -> None:
    (page,) = PdfReader(BytesIO(cover().pdf)).pages
    spine = 32 / 2 * 0.1 + 2 * 0.25
    assert page.trimbox.width == pytest.approx((2 * 210 + spine) * MM, abs=0.01)
    text = page.extract_text()
    assert text.index("migrationdataportal.org") < text.index("Governance Indicators")


def test_the_spine_follows_the_paper_and_has_words_where_there_is_room() -> None:
    assert other().pages == 32
    thick = other().cover
    assert thick
    (page,) = PdfReader(BytesIO(thick.pdf)).pages
    spine = 32 / 2 * 0.35 + 2 * 0.3
    assert page.trimbox.width == pytest.approx((2 * 210 + spine) * MM, abs=0.01)
    (thin,) = PdfReader(BytesIO(cover().pdf)).pages
    words = "Republic of Mali Second Profile 2021"
    said = [" ".join(each.extract_text().split()).count(words) for each in (thin, page)]
    assert said[1] == said[0] + 1


def test_a_book_that_is_read_from_right_to_left_is_folded_the_other_way() -> None:
    sample = "content/sample-country-2024"
    files = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in sorted((ROOT / sample).rglob("*"))
        if path.is_file()
    }
    volume = make(MemoryProject({**files}), sample, "ar", variant=PRINT).volume
    assert volume
    assert volume.cover
    file = opened(volume.cover)
    sheet, middle = file.pages[0], float(file.pages[0].TrimBox[2]) / 2
    title = [each.x for each in painted(sheet).letters if each.size > 40]
    assert title
    assert all(x < middle for x in title)
    block_ = opened(volume)
    assert all(str(each.Root.ViewerPreferences.Direction) == "/R2L" for each in (file, block_))
    odd, even = (_right_edge(block_.pages[folio - 1]) for folio in (13, 14))
    assert even - odd == pytest.approx(2 * 4 * MM, abs=0.5)  # figures differ a hair in width


def _right_edge(page: pikepdf.Page) -> float:
    """Give where the numeral of a chapter stands, in its large letters."""
    return max(each.x for each in painted(page).letters if each.size > 90)


# --- Inks -------------------------------------------------------------------------------------


@pytest.mark.parametrize("volume", [block, cover])
def test_nothing_is_in_the_colours_of_a_screen(volume: Callable[[], Volume]) -> None:
    file = opened(volume())
    assert list(screen_colours(file)) == []


def test_text_in_black_is_on_the_black_plate_alone_and_printed_over_what_is_below() -> None:
    file = opened(block())
    letters = painted(file.pages[12 - 1]).letters
    black = [each for each in letters if each.ink == BLACK]
    assert len(black) > 40
    assert all(each.is_over for each in black if each.size <= 24)
    assert not any(each.is_over for each in letters if each.ink != BLACK)


def test_colours_of_the_layout_have_the_inks_that_it_says() -> None:
    file = opened(block())
    found = painted(file.pages[14 - 1]).inks
    chosen = {(1, 0.78, 0, 0), (0.68, 0.34, 0, 0), (0, 0.96, 0.93, 0.02), (0, 0, 0, 1)}
    assert chosen <= found


def test_every_ink_in_mali_is_one_that_the_layout_says() -> None:
    layout = text_of(LAYOUT)
    file = opened(block())
    for page in file.pages:
        for ink in painted(page).inks:
            shares = ", ".join(f"{round(share * 100)}" for share in ink)
            assert f"press: [{shares}]" in layout, shares


# --- The file ---------------------------------------------------------------------------------


@pytest.mark.parametrize("volume", [block, cover])
def test_it_says_that_it_is_pdf_x_4_and_for_which_press(volume: Callable[[], Volume]) -> None:
    file = opened(volume())
    assert file.pdf_version == "1.6"
    (intent,) = file.Root.OutputIntents
    assert intent.S == Name.GTS_PDFX
    assert str(intent.OutputConditionIdentifier) == "FOGRA39"
    profile = intent.DestOutputProfile
    assert int(profile.N) == 4
    assert profile.read_bytes() == (ROOT / "assets/colour/FOGRA39-coated.icc").read_bytes()
    assert str(file.docinfo["/GTS_PDFXVersion"]) == "PDF/X-4"
    assert str(file.docinfo["/Trapped"]) == "/False"
    assert str(file.docinfo["/CreationDate"]) == "D:20210901"
    assert len(file.trailer.ID) == 2
    with file.open_metadata() as xmp:
        assert xmp["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
        assert xmp["pdf:Trapped"] == "False"
        assert xmp["xmpMM:DocumentID"].startswith("uuid:")
        assert xmp["xmpMM:RenditionClass"] == "default"
        assert xmp["xmp:CreateDate"] == "2021-09-01"
        assert xmp["dc:title"]


@pytest.mark.parametrize("volume", [block, cover])
def test_fonts_are_in_the_file_and_there_are_no_links(volume: Callable[[], Volume]) -> None:
    file = opened(volume())
    fonts = [each for each in file.objects if _is(each, "/FontDescriptor")]
    assert fonts
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
    assert not any("/Annots" in page for page in file.pages)
    assert not any(key in file.Root for key in ("/Outlines", "/AcroForm", "/OpenAction", "/Names"))


def _is(thing: object, kind: str) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and str(thing.get("/Type")) == kind


def test_the_same_content_gives_the_same_bytes() -> None:
    again = make(mali(), MALI, "en", variant=PRINT).volume
    assert again
    assert again.cover
    assert again.pdf == block().pdf
    assert again.cover.pdf == cover().pdf


# --- What is wrong ----------------------------------------------------------------------------


def test_a_bleed_that_the_layout_does_not_draw_is_told() -> None:
    (found,) = told("{bleed: 5}")
    assert found.rule is Rule.VALUE_IS_VALID
    assert "A bleed of 5 mm cannot be printed" in found.message
    assert found.hint == "Write 3 mm or less, and tell the printer."
    assert found.span
    assert found.span.file == FACTS


@pytest.mark.parametrize(
    ("press", "says"),
    [
        ("{bleed: -1}", 'This should be a number, such as 334.5, not "-1".'),
        ("{bleed: 80}", '"bleed" should be at most 50, not "80".'),
        ("{paper: {leaf: 90}}", '"leaf" should be at most 1, not "90".'),
        ("{paper: {cover: 40}}", '"cover" should be at most 3, not "40".'),
        ("{signature: 3}", 'A block cannot have a multiple of "3" pages.'),
        ("{paper: {leaf: thick}}", 'This should be a number, such as 334.5, not "thick".'),
    ],
)
def test_what_no_press_can_do_is_told(press: str, says: str) -> None:
    facts = f"{text_of(FACTS)}\npress: {press}\n"
    read = read_facts(mali({FACTS: facts}), MALI)
    assert [each.message for each in read.diagnostics] == [says]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"no profile", "it is no ICC profile"),
        (SCREEN_PROFILE, "it is not one of a press"),
        (PRESS_PROFILE[:16] + b"RGB " + PRESS_PROFILE[20:], "its colours are not CMYK"),
        (PRESS_PROFILE[:8] + b"\5" + PRESS_PROFILE[9:], "it is of version 5 of ICC"),
        (PRESS_PROFILE[:1000], "it says that it has"),
        (PRESS_PROFILE[:128] + b"\0" * (len(PRESS_PROFILE) - 128), "its tables of colours"),
    ],
)
def test_a_profile_that_no_press_understands_is_told(content: bytes, says: str) -> None:
    (found,) = told("{profile: printer.icc}", **{"printer.icc": content})
    assert found.rule is Rule.COLOUR_PROFILE_IS_SOUND
    assert says in found.message
    assert found.span
    assert found.span.file == FACTS


def test_a_profile_that_is_not_there_is_told() -> None:
    (found,) = told("{profile: printer.icc}")
    assert found.message == f"There is no colour profile {MALI}/printer.icc."


def test_a_printers_own_profile_is_the_one_in_the_file() -> None:
    file = opened(other())
    (intent,) = file.Root.OutputIntents
    assert str(intent.OutputConditionIdentifier) == "Custom"
    assert str(intent.Info) == "mgi-report FOGRA39 coated"
    assert intent.DestOutputProfile.read_bytes() == PRESS_PROFILE


def test_a_picture_that_is_sharp_on_a_screen_may_be_too_coarse_for_a_press() -> None:
    from PIL import Image

    out = BytesIO()
    Image.effect_noise((850, 500), 60).convert("RGB").save(out, "JPEG")
    chapter = f"{MALI}/en/covid-19.md"
    text = text_of(chapter) + "\n![A market in Bamako](bamako.jpg)\n"
    files: dict[str, str | bytes | None] = {chapter: text, f"{MALI}/en/bamako.jpg": out.getvalue()}
    made = make(mali(files), MALI, "en", variant=PRINT)
    (found,) = made.diagnostics
    assert found.rule is Rule.PICTURE_IS_SHARP
    assert found.severity is Severity.WARNING
    assert "183 pixels per inch" in found.message
    assert "1,394 × 820 pixels" in (found.hint or "")
    assert found.span
    assert found.span.file == chapter
    assert made.volume
    assert list(screen_colours(opened(made.volume))) == []
