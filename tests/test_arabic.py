"""A profile in Arabic, as it comes out of the program: mirrored, and read in its order."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pypdf import PdfReader
from tests.projects import MALI, ROOT, mali, text_of
from tests.reading import words_of_html

from mgi_report.checks import conformance
from mgi_report.checks.conformance import Standard
from mgi_report.diagnostics import Rule, has_errors
from mgi_report.project import MemoryProject
from mgi_report.steps import make
from mgi_report.workshop import Made

pytestmark = pytest.mark.xdist_group("arabic")  # one worker builds it, once

SAMPLE = "content/sample-country-2024"
COLUMN = 595.28 - 195.6
"""Where the text column ends at the right, and the rail begins beyond it; points."""
PARTED = re.compile("أك|[\u064b-\u0652]")
"""Where PDFium reads a space that is not there: before the arm of a kaf, and at vowel marks."""
CHAPTER = f"{MALI}/en/1-migrants-rights.md"


def files() -> dict[str, bytes]:
    return {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in (ROOT / SAMPLE).rglob("*")
        if path.is_file()
    }


@cache
def made(standard: str = "ua1+3a") -> Made:
    return make(MemoryProject({**files()}), SAMPLE, "ar", standard=standard)


def pdf() -> bytes:
    volume = made().volume
    assert volume, "\n".join(map(str, made().diagnostics))
    return volume.pdf


def folio(section: str) -> int:
    volume = made().volume
    assert volume
    return next(each.folio for each in volume.sections if each.id == section)


def html(section: str) -> str:
    return next(leaf.section.html for leaf in made().leaves if leaf.section.id == section)


def extracted(page: int, folder: Path, *options: str) -> str:
    """Give a page's text as poppler reads it."""
    (folder / "ar.pdf").write_bytes(pdf())
    command = ["pdftotext", *options, "-f", f"{page}", "-l", f"{page}", f"{folder}/ar.pdf", "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def words(text: str) -> list[str]:
    """Give the words of a text, without marks of direction and of punctuation.

    Poppler puts the former in, and moves the latter behind the space after them.
    """
    return re.findall(r"\w+", "".join(char for char in text if unicodedata.category(char) != "Cf"))


def letters(text: str) -> str:
    """Give the letters and figures of a text alone.

    Poppler parts a word at a vowel mark that stands higher than others.
    """
    return "".join(char for char in text if unicodedata.category(char)[0] in "LN")


def test_poppler_copies_letters_in_their_order(tmp_path: Path) -> None:
    text = letters(extracted(folio("objective"), tmp_path))
    assert letters(" ".join(words_of_html(html("objective")))) in text


def test_pypdf_copies_the_letters_of_a_word_in_their_order() -> None:
    text = words(PdfReader(BytesIO(pdf())).pages[folio("objective") - 1].extract_text())
    assert {*words(" ".join(words_of_html(html("objective"))))} <= {*text}


def parted(text: str) -> list[str]:
    """Give the Arabic words of a text, parted by the spaces that it has, and its figures."""
    bare = "".join(char for char in text if unicodedata.category(char) not in ("Cf", "Mn"))
    return re.findall(r"[\u0621-\u064a]+|\d+", bare)


def test_pdfium_reads_words_whole() -> None:
    volume = pypdfium2.PdfDocument(pdf())
    read = {
        word
        for page in range(len(volume))
        for word in parted(volume[page].get_textpage().get_text_range())
    }
    written = {
        word
        for leaf in made().leaves
        for said in words_of_html(leaf.section.html)
        if not PARTED.search(said)
        for word in parted(said)
    }
    assert len(written) > 1000
    assert written - read == set()


def test_pdfium_reads_a_page_in_its_order() -> None:
    page = pypdfium2.PdfDocument(pdf())[folio("objective") - 1]
    written = parted(" ".join(words_of_html(html("objective"))))
    assert parted(page.get_textpage().get_text_range())[: len(written)] == written


def test_letters_that_are_one_glyph_are_copied_one_by_one() -> None:
    with pikepdf.open(BytesIO(pdf())) as volume:
        maps = [
            bytes(item.ToUnicode.read_bytes())
            for item in volume.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == "/Type0"
        ]
    meanings = {
        bytes.fromhex(found.decode()).decode("utf-16-be")
        for each in maps
        for found in re.findall(rb"<[0-9A-F]{4}> <([0-9A-F]+)>", each)
    }
    assert {"ل", "ا"} <= meanings
    assert [text for text in meanings if re.search("[\u0600-\u06ff]", text) and len(text) > 1] == []
    assert [text for text in meanings if re.search("[\ufb50-\ufdff\ufe70-\ufefc]", text)] == []


def _spoken(element: Any) -> Iterator[str]:
    if isinstance(element, pikepdf.Dictionary):
        if "/ActualText" in element:
            yield str(element.ActualText)
        kids: Any = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            yield from _spoken(kid)


def test_those_who_hear_it_hear_it_in_its_order() -> None:
    with pikepdf.open(BytesIO(pdf())) as volume:
        spoken = words(" ".join(_spoken(volume.Root.StructTreeRoot.K)))
    written = words(" ".join(words_of_html(html("objective"))))
    place = next(n for n, _ in enumerate(spoken) if spoken[n : n + 3] == written[:3])
    assert spoken[place : place + len(written)] == written


def edges(word: str, page: int, folder: Path) -> list[tuple[float, float]]:
    """Give the left and the right edge of each place where a word stands on a page, in points."""
    shown = word if word.isdigit() else word[::-1]  # here poppler gives letters as they stand
    found = re.findall(
        rf'<word xMin="([\d.]+)" yMin="[\d.]+" xMax="([\d.]+)" yMax="[\d.]+">{shown}</word>',
        extracted(page, folder, "-bbox"),
    )
    return [(float(left), float(right)) for left, right in found]


def test_pages_are_mirrored(tmp_path: Path) -> None:
    page = folio("annexes")
    ((_, title_ends),) = edges("المرفقات", page, tmp_path)
    assert title_ends == pytest.approx(530, abs=4)
    assert edges(str(page), page, tmp_path)[0][0] == pytest.approx(65.2, abs=1)  # the folio
    assert max(edges("إطار", page, tmp_path))[0] > COLUMN  # the label in the rail
    ((_, line_begins),) = edges("ولأغراض", page, tmp_path)
    assert line_begins == pytest.approx(COLUMN, abs=2)


def test_what_runs_on_is_said_with_the_comma_of_the_language() -> None:
    text = PdfReader(BytesIO(pdf())).pages[folio("annexes")].extract_text()  # the second page
    assert "الهجرة، تابع" in text


def test_lines_of_running_text_have_room_for_marks(tmp_path: Path) -> None:
    page = folio("introduction")
    found = re.findall(r'yMin="([\d.]+)"', extracted(page, tmp_path, "-bbox-layout"))
    places = sorted({round(float(each), 1) for each in found})
    steps = [round(below - above, 1) for above, below in pairwise(places)]
    assert steps.count(17.5) > steps.count(14.0) + 5


def test_indents_and_numbers_of_notes_stand_at_the_right(tmp_path: Path) -> None:
    page = folio("introduction")
    ((_, indented),) = edges("وبورود", page, tmp_path)
    assert indented == pytest.approx(COLUMN - 14, abs=2)
    assert max(edges("3", page, tmp_path))[1] == pytest.approx(COLUMN, abs=2)


def test_the_thumb_index_stands_at_the_left(tmp_path: Path) -> None:
    page = folio("whole-of-government")
    tab, numeral = min(edges("2", page, tmp_path)), max(edges("2", page, tmp_path))
    assert tab[1] < 36
    assert numeral[1] == pytest.approx(530, abs=6)


def test_the_file_says_how_it_is_read() -> None:
    with pikepdf.open(BytesIO(pdf())) as volume:
        assert volume.Root.ViewerPreferences.Direction == "/R2L"
        assert str(volume.Root.Lang) == "ar"
        languages = {
            str(item.Lang)
            for item in volume.objects
            if isinstance(item, pikepdf.Dictionary) and "/Lang" in item and "/S" in item
        }
    assert "en" in languages


@pytest.mark.skipif(not conformance.available(), reason="veraPDF is not installed")
@pytest.mark.parametrize(
    ("standard", "parts"),
    [
        ("ua1+3a", [Standard.UA1, Standard.A3A]),
        ("ua2+4f", [Standard.UA2, Standard.A4F]),
    ],
)
def test_it_keeps_the_standards_that_it_claims(standard: str, parts: list[Standard]) -> None:
    volume = made(standard).volume
    assert volume
    assert conformance.broken_rules(volume.pdf, parts) == []


def test_an_arabic_word_stands_in_an_english_text() -> None:
    chapter = text_of(CHAPTER).replace("Mali", "[مالي]{lang=ar}", 1)
    found = make(mali({CHAPTER: chapter}), MALI, "en").diagnostics
    assert not has_errors(found), "\n".join(map(str, found))


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_script_that_no_font_has_is_an_error_with_its_place(lang: str) -> None:
    path = f"{MALI}/{lang}/covid-19.md"
    lines = text_of(path).split("\n")
    line = next(number for number, text in enumerate(lines) if " Mali " in text)
    lines[line] = lines[line].replace(" Mali ", " 马里 ", 1)
    found = make(mali({path: "\n".join(lines)}), MALI, lang).diagnostics
    (glyphs,) = [each for each in found if each.rule is Rule.GLYPH_EXISTS]
    assert glyphs.span
    assert (glyphs.span.file, glyphs.span.line) == (path, line + 1)
    assert "马" in glyphs.message
    assert "里" in glyphs.message


def test_icons_that_point_are_turned() -> None:
    assert 'class="icon mirrored"' in html("framework")  # speech bubbles
    assert 'class="icon"' in html("framework")  # a magnifying glass


def test_figures_are_those_of_one_face() -> None:
    uses = [use for leaf in made().leaves for use in leaf.pages.fonts]
    arabic = {text for use in uses if "plex" in use.path for text in use.glyphs.values()}
    latin = {text for use in uses if "source-sans" in use.path for text in use.glyphs.values()}
    assert not {*"0123456789"} & arabic
    assert {*"0123456789"} <= latin
    assert "ب" in arabic


# --- Figures of its own -------------------------------------------------------------------------


def test_figures_of_its_own_are_printed_on_all_pages_where_the_language_asks() -> None:
    path = "content/shared/ar/language.yml"
    asked = f"figures: arabic-indic\n{(ROOT / path).read_text('utf-8')}".encode()
    result = make(MemoryProject({**files(), f"{SAMPLE}/ar/language.yml": asked}), SAMPLE, "ar")
    assert not has_errors(result.diagnostics)
    assert result.volume
    pages = [
        page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(result.volume.pdf)
    ]
    latin = re.compile(r"\S*[A-Za-z@]\S*|\+[\d -]{7,}")
    assert [found for page in pages for found in re.findall("[0-9]+", latin.sub("", page))] == []
    contents = re.sub(r"\s+", " ", pages[4])
    for line in ("الهدف // ٦", "النتائج الرئيسية // ١٠", "١٢ حقوق المهاجرين", "٢٠٢٤"):
        assert line in contents
