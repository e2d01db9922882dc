"""Where the layout has to decide: long names, long titles, chapters that run over, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader
from tests.pages.hard_cases import (
    CHAPTER_3,
    CHAPTER_4,
    DOMAINS,
    HARD_CASES,
    LABELS,
    LONG_TITLE,
    PROFILE,
    Hard,
    folios,
    made_for,
    picture,
    with_cover,
    write_sheet,
)
from tests.projects import MALI, mali, named, text_of

from mgi_report.content.loading.load import load
from mgi_report.content.resolving.resolve import resolve
from mgi_report.diagnostics import has_errors
from mgi_report.layout.reading import read_layout
from mgi_report.pages.composing.compose import Composer
from mgi_report.pages.typesetting.typeset import typeset
from mgi_report.steps import make


def painted(page: pikepdf.Page) -> Iterator[str]:
    """Name the kinds of what a page paints by name, those inside of forms too: Image, Form."""
    waiting: list[Any] = [page.obj]
    while waiting:
        content = waiting.pop()
        for instruction in pikepdf.parse_content_stream(content):
            if str(instruction.operator) == "Do":
                each = content.Resources.XObject[str(instruction.operands[0])]
                yield str(each.Subtype)[1:]
                if each.Subtype == "/Form":
                    waiting.append(each)


def words_of(text: str) -> str:
    """Put single spaces between words, and none in them."""
    return " ".join(text.replace("\u00ad", "").split())


# A case is made once where all tests about it are in one process.
@pytest.mark.xdist_group("hard cases")
@pytest.mark.parametrize("hard", HARD_CASES, ids=lambda case: case.name)
def test_the_layout_decides_without_an_error(hard: Hard) -> None:
    volume = made_for(hard).volume
    assert volume, "\n".join(map(str, made_for(hard).diagnostics))
    pages = PdfReader(BytesIO(volume.pdf)).pages
    shown: dict[str, list[str]] = {}
    for show, folio in folios(hard):
        shown.setdefault(show.section, []).append(words_of(pages[folio - 1].extract_text()))
    for show in hard.shows:
        texts = shown[show.section]
        assert len(texts) == len(show.pages), show
        for words, text in zip(show.pages, texts, strict=True):
            assert words in text


@pytest.mark.xdist_group("hard cases")
def test_the_sheet_shows_what_is_special_in_each_case(tmp_path: Path) -> None:
    write_sheet(tmp_path / "sheet.pdf")
    with pikepdf.open(tmp_path / "sheet.pdf") as sheet:
        texts = [words_of(page.extract_text()) for page in PdfReader(tmp_path / "sheet.pdf").pages]
        expected = [
            (show, words) for case in HARD_CASES for show in case.shows for words in show.pages
        ]
        assert len(texts) == len(expected)
        for (show, words), text, page in zip(expected, texts, sheet.pages, strict=True):
            assert words in text
            if words is show.pages[0]:
                assert list(painted(page)).count("Image") == show.pictures


@pytest.mark.xdist_group("hard cases")
def test_a_note_that_breaks_over_pages_loses_no_sentence() -> None:
    case = next(case for case in HARD_CASES if case.name == "short items and a long note")
    volume = made_for(case).volume
    assert volume
    pages = PdfReader(BytesIO(volume.pdf)).pages
    text = words_of(" ".join(pages[folio - 1].extract_text() for _, folio in folios(case)))
    assert re.findall(r"Sentence (\d+)", text) == [str(number) for number in range(112)]


def part_moves(lines: int) -> tuple[int, int]:
    """Give the pages of a chapter whose first part grows, and the page of its second heading."""
    chapter = text_of(CHAPTER_3)
    more = "".join(f"Line {number}.\n\n" for number in range(lines))
    project = mali({CHAPTER_3: chapter.replace("## Areas", f"{more}## Areas")})
    layout = read_layout(project, "mgi").value
    assert layout
    loaded = load(project, MALI, layout, "en").value
    assert loaded
    composer = Composer(resolve(loaded, layout).value, layout, project)
    spec = next(spec for spec in composer.specs if spec.id == "partnerships")
    section = composer.compose(spec).value
    assert section
    made = typeset(section)
    assert not made.diagnostics, "\n".join(map(str, made.diagnostics))
    with pikepdf.open(BytesIO(made.value.pdf)) as pdf:
        bars = [
            sum(str(each.operator) in {"f", "f*"} for each in pikepdf.parse_content_stream(page))
            for page in pdf.pages
        ]
    page = made.value.headings[-1].page
    assert len(made.value.headings) == len(("title", "well-developed", "potential"))
    assert (len(bars) > 1 and bars[1] > 0) == (page == 1), (lines, bars, page)
    return made.value.count, page


def test_a_part_moves_with_its_bar_its_heading_and_its_first_lines() -> None:
    found = [part_moves(lines) for lines in range(22, 28)]
    assert found == [(1, 0)] * 2 + [(2, 1)] * 4


Rectangle = tuple[float, float, float, float]


def foot_of_cover(logos: int, *, notice: bool) -> dict[str, Rectangle]:
    """Give where logos and words stand on the foot of the cover: left, bottom, right, top."""
    sizes = [(600, 300), (300, 420), (900, 300)]
    listed = "".join(f"    - {{path: {n}.jpg, alt: {{en: Logo {n}}}}}\n" for n in range(logos))
    profile = with_cover(f"  logos:\n{listed}")
    if not notice:
        profile = profile.replace("  demonstration: true", "  demonstration: false")
    pictures = {f"{MALI}/{n}.jpg": picture(sizes[n], "#205080") for n in range(logos)}
    made = make(mali({PROFILE: profile, **pictures}), MALI, "en")
    assert made.volume, made.diagnostics
    found: dict[str, Rectangle] = {}

    def see(operator: bytes, _: object, matrix: list[float], __: object) -> None:
        if operator == b"Do":
            left, bottom = matrix[4], matrix[5]
            found[f"logo at {left:.0f}"] = left, bottom, left + matrix[0], bottom + matrix[3]

    def read(text: str, matrix: list[float], at: list[float], _: object, size: float) -> None:
        words = text.strip()
        left, foot = at[4] * matrix[0] + matrix[4], at[5] * matrix[3] + matrix[5]
        if words and foot < 80:
            size = abs(size * at[3] * matrix[3])
            right = left + 0.5 * size * len(words)
            found[words] = left, foot - 0.25 * size, right, foot + 0.75 * size

    page = PdfReader(BytesIO(made.volume.pdf)).pages[0]
    page.extract_text(visitor_operand_before=see, visitor_text=read)
    return found


@pytest.mark.parametrize("notice", [True, False])
@pytest.mark.parametrize("logos", [1, 2, 3])
def test_logos_and_notice_and_series_have_a_place_each(logos: int, *, notice: bool) -> None:
    found = foot_of_cover(logos, notice=notice)
    assert sum(name.startswith("logo") for name in found) == logos
    assert any("Demonstration" in name for name in found) == notice
    assert any("Governance Indicators" in name for name in found)
    for (one, a), (other, b) in combinations(found.items(), 2):
        meet = a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
        assert not meet, (one, a, other, b)


def test_more_logos_than_the_cover_takes_are_told() -> None:
    listed = "".join(f"    - {{path: {n}.jpg, alt: {{en: Mark of a partner}}}}\n" for n in range(4))
    pictures = {f"{MALI}/{n}.jpg": picture((600, 300), "#205080") for n in range(4)}
    made = make(mali({PROFILE: with_cover(f"  logos:\n{listed}"), **pictures}), MALI, "en")
    (found,) = made.diagnostics
    line = text_of(PROFILE).count("\n") + 7
    assert str(found.span) == f"{PROFILE}:{line}:7"
    assert found.message == 'The cover of the layout "mgi" has room for 3 logos, not more.'


@pytest.mark.parametrize("height", [880, 900, 930, 1700, 4000])
def test_a_picture_in_a_chapter_leaves_notes_with_their_calls(height: int) -> None:
    chapter = f"{MALI}/en/1-migrants-rights.md"
    text = text_of(chapter).replace("Under Article 5", "![A market](a.jpg)\n\nUnder Article 5")
    picture_ = {f"{MALI}/en/a.jpg": picture((900, height), "#205080")}
    made = make(mali({chapter: text, **picture_}), MALI, "en")
    assert not has_errors(made.diagnostics), "\n".join(map(str, made.diagnostics))


def fills(page: pikepdf.Page) -> set[str]:
    """Give the colours that a page is filled with, as style sheets write them."""
    return {
        "#" + "".join(f"{round(float(part) * 255):02X}" for part in each.operands)
        for each in pikepdf.parse_content_stream(page)
        if str(each.operator) == "rg"
    }


def test_tables_and_boxes_have_the_colour_of_their_domain() -> None:
    table = "| Year | Permits |\n|---|--:|\n| 2019 | 1,204 |\n"
    box = f"::: example\nA year.\n\n{table}:::\n\n"
    text = text_of(CHAPTER_4).replace("## Areas", f"{box}## Areas")
    made = make(mali({CHAPTER_4: text}), MALI, "en")
    assert made.volume
    with pikepdf.open(BytesIO(made.volume.pdf)) as pdf:
        (page,) = (
            page
            for page, read in zip(pdf.pages, PdfReader(BytesIO(made.volume.pdf)).pages, strict=True)
            if "A year." in read.extract_text()
        )
        found = fills(page)
    assert {"#FFF4DC", "#875600"} <= found  # tint and ink of domain 4
    assert "#E9EEF7" not in found  # tint of domain 1


FRAMEWORK = "content/shared/en/framework.yml"


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (FRAMEWORK, "number: ", "number: 1234567"),
        (FRAMEWORK, "basis: ", "basis: " + "Many words stand here. " * 12),
        (DOMAINS, "Advances the socioeconomic", "Advances the socioeconomic " * 12),
        (DOMAINS, "Adherence to", "Adherence and " * 12 + "adherence to"),
        (DOMAINS, "The domain is about cooperation", "Many words stand here. " * 40),
        (LABELS, "covid-19-banner: ", "covid-19-banner: " + "Many words stand here. " * 10),
    ],
)
def test_words_of_yaml_that_do_not_fit_are_told_where_they_stand(
    path: str, old: str, new: str
) -> None:
    text = text_of(path)
    line = text[: text.index(old)].count("\n") + 1
    found = make(mali({path: text.replace(old, new)}), MALI, "en").diagnostics
    places = {(each.span.file, each.span.line) for each in found if each.span}
    assert (path, line) in places, "\n".join(map(str, found))
    assert not any(file.startswith("layouts/") for file, _ in places), places


STEP = "### Fifth step {#fifth icon=launch}\n\nA fifth step.\n\n[^portal]: "
NOTE = "[^portal]: " + "A note may be long, but not here. " * 60


@pytest.mark.parametrize(
    ("new", "says"),
    [
        (STEP, "The text is 4.2 mm (1 line) too long for its box."),
        (NOTE, "One page must hold all of this part;"),
    ],
)
def test_the_process_stays_whole(new: str, says: str) -> None:
    path = "content/shared/en/annexes.md"
    found = make(mali({path: text_of(path).replace("[^portal]: ", new)}), MALI, "en").diagnostics
    assert [each.span and each.span.file for each in found] == [path], found
    assert found[0].message.startswith(says)


def test_nothing_of_the_framework_hides_under_its_target() -> None:
    words = "would benefit from it."
    text = text_of(FRAMEWORK)
    longer = mali({FRAMEWORK: text.replace(words, f"{words} {'And more words. ' * 12}")})
    found = make(longer, MALI, "en").diagnostics
    line = text[: text.index("supports: ")].count("\n") + 1
    assert [(str(each.rule), each.span and each.span.file) for each in found] == [
        ("text-fits-its-box", FRAMEWORK)
    ], "\n".join(map(str, found))
    assert found[0].span
    assert found[0].span.line <= line


def test_a_name_that_fits_nowhere_is_an_error() -> None:
    made = make(mali({PROFILE: named("Lantern Islands " * 30)}), MALI, "en")
    assert has_errors(made.diagnostics)


@pytest.mark.parametrize(
    ("title", "last_line"),
    [
        (
            "Formulates policy using evidence and whole-of-government approach",
            "whole-of-government approach",
        ),
        (
            LONG_TITLE,
            "and of the societies that receive them",
        ),
    ],
)
def test_a_chapters_title_ends_at_its_numerals_foot(title: str, last_line: str) -> None:
    old = "Advances the socioeconomic well-being of migrants and society"
    made = make(mali({DOMAINS: text_of(DOMAINS).replace(old, title)}), MALI, "en")
    assert made.volume
    folio = next(s.folio for s in made.volume.sections if s.id == "well-being")
    feet: dict[str, float] = {}

    def note(text: str, _: object, at: list[float], *__: object) -> None:
        feet.setdefault(text.strip(), at[5])

    PdfReader(BytesIO(made.volume.pdf)).pages[folio - 1].extract_text(visitor_text=note)
    assert feet[last_line] == pytest.approx(feet["4"], abs=0.2)


@pytest.mark.parametrize(
    ("file", "section"),
    [
        ("1-migrants-rights.md", "migrants-rights"),
        ("updates.md", "updates"),
        ("covid-19.md", "covid-19"),
    ],
)
def test_headings_below_a_part_stand_in_its_text(file: str, section: str) -> None:
    path = f"{MALI}/en/{file}"
    text = text_of(path)
    first = text.index("\n\n", text.index("\n", text.index("## ")) + 2)
    below = "\n\n### One below {#below}\n\nWords.\n\n#### Two below\n\nMore words."
    project = mali({path: text[:first] + below + text[first:]})
    layout = read_layout(project, "mgi").value
    assert layout
    loaded = load(project, MALI, layout, "en")
    assert not loaded.diagnostics
    assert loaded.value
    composer = Composer(resolve(loaded.value, layout).value, layout, project)
    spec = next(spec for spec in composer.specs if spec.id == section)
    made = composer.compose(spec).value
    assert made
    pages = typeset(made)
    assert not pages.diagnostics, "\n".join(map(str, pages.diagnostics))
    headings = [(each.level, each.text, each.anchor) for each in pages.value.headings]
    assert headings[2:4] == [(3, "One below", "below"), (4, "Two below", "two-below")]
