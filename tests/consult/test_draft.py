"""The draft: the published pages with DRAFT, numbers, lines, bars, and what has changed."""

from __future__ import annotations

import json
import re
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from pypdf import PdfReader
from tests.consult.rounds import CHAPTER, MALI, ROOT, copied, sent
from tests.reading import read_aloud

from mgi_report.checks import conformance
from mgi_report.checks.conformance import Standard
from mgi_report.cli import main
from mgi_report.consult.blocks import read_content
from mgi_report.consult.drafting import DRAFT, aligned, annotate
from mgi_report.consult.model import Sent
from mgi_report.consult.opening import open_round
from mgi_report.layout.reading import read_layout
from mgi_report.pages.drafted import Change
from mgi_report.pages.model import Conformance
from mgi_report.pages.store import Store
from mgi_report.project import DiskProject
from mgi_report.variants import SCREEN, Variant
from mgi_report.workshop import Made, Workshop

pytestmark = pytest.mark.xdist_group("draft")  # one worker typesets it, once

SECOND = (
    "Between the quotation and the end stands one more paragraph, whose words nobody will miss."
)


def made(project: DiskProject, variant: Variant = DRAFT, lang: str = "en", **more: str) -> Made:
    """Make a volume; what the tests of this worker have typeset is kept."""
    store = Store(project.root.parent / "store")
    result = Workshop.of(project, MALI, lang, store=store, variant=variant, **more).make()  # type: ignore[arg-type]
    assert not result.diagnostics, "\n".join(map(str, result.diagnostics))
    assert result.volume
    return result


def pdf_of(made: Made) -> bytes:
    assert made.volume
    return made.volume.pdf


def pages_of(made: Made) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf_of(made))).pages]


def places(pdf: bytes, number: int) -> list[tuple[str, tuple[float, float]]]:
    """Give where texts of a page, from 0, begin: points from its left and lower edge."""
    found: list[tuple[str, tuple[float, float]]] = []

    def visit(text: str, matrix: Any, of_text: Any, *_: object) -> None:
        at = of_text[4] * matrix[0] + matrix[4], of_text[5] * matrix[3] + matrix[5]
        found.append((text.strip(), at))

    PdfReader(BytesIO(pdf)).pages[number].extract_text(visitor_text=visit)
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("drafts")


@pytest.fixture(scope="module")
def as_sent(round_folder: Path, folder: Path) -> DiskProject:
    return copied(round_folder, folder / "sent")


@pytest.fixture(scope="module")
def draft(as_sent: DiskProject) -> Made:
    return made(as_sent)


@pytest.fixture(scope="module")
def edited(round_folder: Path, folder: Path) -> DiskProject:
    """Give the project with a word changed, a paragraph added, and one taken away."""
    project = copied(round_folder, folder / "edited")
    path = project.root / CHAPTER
    text = path.read_text(encoding="utf-8")
    for old, new in (
        ("falls down early", "drops before its time"),
        ("A list of three things", "This paragraph is new.\n\nA list of three things"),
        (f"{SECOND}\n\n", ""),
    ):
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    return project


@pytest.fixture(scope="module")
def changed(edited: DiskProject) -> Made:
    return made(edited)


# --- Pages --------------------------------------------------------------------------------------


def test_a_draft_has_the_pages_of_the_published_volume(as_sent: DiskProject, draft: Made) -> None:
    """The same folios, and all that is painted on a page is painted on the draft's too."""
    published = made(as_sent, SCREEN)
    assert published.volume
    assert draft.volume
    assert draft.volume.sections == published.volume.sections
    with (
        pikepdf.open(BytesIO(pdf_of(published))) as old,
        pikepdf.open(BytesIO(pdf_of(draft))) as new,
    ):
        for number, (page, drafted) in enumerate(zip(old.pages, new.pages, strict=True), start=1):
            below = [part.read_bytes() for part in page.obj.Contents]
            above = [part.read_bytes() for part in drafted.obj.Contents]
            longest = max(below, key=len)
            assert longest in above, f"page {number}"


def test_each_page_says_draft_and_the_round(draft: Made, changed: Made) -> None:
    for text in pages_of(draft):
        assert re.search(r"DRAFT\s*Round 1\b", text), text[:200]
    for text in pages_of(changed):
        assert re.search(r"DRAFT\s*After round 1\b", text), text[:200]


def test_the_volume_calls_itself_a_draft(draft: Made) -> None:
    with pikepdf.open(BytesIO(pdf_of(draft))) as pdf:
        assert str(pdf.docinfo.Title).endswith(" (draft for consultation)")


def test_before_a_round_blocks_are_numbered_as_they_would_be(folder: Path) -> None:
    target = folder / "fresh"
    shutil.copytree(ROOT / "content", target / "content")
    project = DiskProject(target)
    pages = pages_of(made(project))
    assert all("DRAFT" in text and "ound 1" not in text for text in pages)
    content = read_content(project, MALI).value
    assert content
    text = "\n".join(pages)
    for block in content.blocks:
        if block.kind in ("paragraph", "note", "source", "item"):
            assert block.name in text, block.name


def test_each_text_of_the_profile_has_a_number_the_imprint_too() -> None:
    """Without one are only the pages whose words stand elsewhere: cover, title, contents."""
    content = read_content(DiskProject(ROOT), MALI).value
    assert content
    first = [block.name for block in content.blocks if block.section == "imprint"]
    assert first[:3] == ["imprint", "imprint.1", "imprint.1 ¶1"]
    assert "reading-guide.4 ¶1" in content.by_name()
    layout = read_layout(DiskProject(ROOT), "mgi").value
    assert layout
    named = [spec.id for spec in layout.sections_of("national", "follow-up", {"covid-19": True})]
    numbered = {block.section for block in content.blocks}
    assert set(named) - numbered == {"cover", "title", "contents", "back-cover"}


def test_blocks_have_the_numbers_that_the_round_gave_them(
    as_sent: DiskProject, draft: Made
) -> None:
    text = "\n".join(pages_of(draft))
    _, content = sent(as_sent)
    of_chapter = [block for block in content.blocks if block.file == CHAPTER]
    assert len(of_chapter) > 15
    assert [block.name for block in of_chapter if block.name not in text] == []


def test_a_number_beside_a_numeral_on_a_picture_stands_above(draft: Made) -> None:
    """Before the numeral are the icons' circles, whose rings it would cut."""
    page = next(at for at, text in enumerate(pages_of(draft)) if "annexes.2.4 ¶1" in text)
    at = dict(places(pdf_of(draft), page))
    words = next(place for text, place in at.items() if text.startswith("Launch of the MGI"))
    number = at["annexes.2.1"]
    assert number[0] > words[0] - 2
    assert number[1] > words[1] + 8


def test_numbers_are_read_before_their_blocks_and_lines_not_at_all(
    changed: Made, tmp_path: Path
) -> None:
    """A screen reader says which block comes, and whether it has changed; it says no DRAFT."""
    sections = read_aloud(pdf_of(changed), tmp_path)
    said = "\n".join(line.strip() for each in sections for line in each.aloud())
    for words in (
        "H2 3.1 3.1 Migration governance: Examples of well-developed areas",
        "P 3.1 ¶1 The first paragraph has leaning words",
        "P 3.1 ¶1a This paragraph is new.",
        "LBody 3.1 •1 The apple stands",
        "TH 3.2 T1.1 Quince",
        "P 3.2 ¶4 Here ends",
    ):
        assert words in said, said[said.find("3.1 Migration") :][:1500]
    assert "DRAFT" not in said
    with pikepdf.open(BytesIO(pdf_of(changed))) as pdf:
        texts = {
            str(each.ActualText)
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and "/ActualText" in each
        }
    assert {"3.1 ¶1 ", "3.1 ¶1a (changed) "} <= texts


@pytest.mark.parametrize("standard", list(Conformance))
def test_a_draft_keeps_the_standards(edited: DiskProject, standard: Conformance) -> None:
    if not conformance.available():
        pytest.skip("needs mgi-report[conformance]")
    pdf = pdf_of(made(edited, standard=str(standard)))
    wanted = {
        Conformance.UA1_A3A: (Standard.UA1, Standard.A3A),
        Conformance.UA2_A4F: (Standard.UA2, Standard.A4F),
    }[standard]
    assert conformance.broken_rules(pdf, wanted) == []


def test_a_draft_in_arabic_is_mirrored(folder: Path) -> None:
    target = folder / "arabic"
    shutil.copytree(ROOT / "content", target / "content")
    project = DiskProject(target)
    profile = "content/sample-country-2024"
    result = Workshop.of(project, profile, "ar", variant=DRAFT).make()
    assert not result.diagnostics, "\n".join(map(str, result.diagnostics))
    assert result.volume
    number = next(each.folio for each in result.volume.sections if each.id == "migrants-rights") - 1
    found = [(text, x) for text, (x, _) in places(result.volume.pdf, number)]
    assert min(x for text, x in found if text == "10") < 100, found  # lines: at the left edge
    assert max(x for text, x in found if "¶" in text) > 300, found


# --- Changes ------------------------------------------------------------------------------------


def test_changes_are_listed_with_number_page_and_both_texts(changed: Made) -> None:
    assert changed.volume
    *_, last = changed.volume.sections
    assert (last.id, last.title) == ("changes", "Changes since round 1")
    listed = " ".join(pages_of(changed)[last.folio - 1].split())
    for words in (
        "3.1 ¶1a 17 Added This paragraph is new.",
        "3.1 •3 17 The plum for all that falls down early. The plum for all that",
        f"3.2 ¶3 17 {SECOND[:30]}",
        "Taken away",
    ):
        assert words in listed, listed


def test_what_a_draft_says_of_its_blocks(edited: DiskProject, changed: Made) -> None:
    said = annotate(edited, MALI, "en", changed.leaves[:-1]).value
    assert (said.round, said.is_sent, said.since) == (1, False, 1)
    assert [block.number for block in said.blocks if block.is_changed] == ["3.1 ¶1a", "3.1 •3"]
    assert [change.number for change in said.changes] == ["3.1 ¶1a", "3.1 •3", "3.2 ¶3"]
    assert [(section, page) for section, page, _ in said.gaps] == [("partnerships", 0)]
    assert said.changes[1] == Change(
        "3.1 •3",
        17,
        (("The plum for all that ", False), ("falls down early", True), (".", False)),
        (("The plum for all that ", False), ("drops before its time", True), (".", False)),
    )


def test_the_second_round_is_held_against_the_first(
    edited: DiskProject, changed: Made, tmp_path: Path
) -> None:
    """The blocks have their new numbers, and the changes are those since round 1."""
    project = copied(edited.root, tmp_path / "second")
    assert open_round(project, MALI).value
    said = annotate(project, MALI, "en", changed.leaves[:-1]).value
    assert (said.round, said.is_sent, said.since) == (2, True, 1)
    assert [change.number for change in said.changes] == ["3.1 ¶2", "3.1 •3", "3.2 ¶3"]


def test_a_language_without_a_round_has_a_draft_without_one(as_sent: DiskProject) -> None:
    said = annotate(as_sent, MALI, "fr", ()).value
    assert (said.round, said.since, said.changes) == (0, 0, ())


def test_a_damaged_round_is_told_with_its_file(round_folder: Path, tmp_path: Path) -> None:
    project = copied(round_folder, tmp_path / "damaged")
    path = f"{MALI}/consultation/round-1/blocks.jsonl"
    (project.root / path).write_text("{", encoding="utf-8")
    (told,) = annotate(project, MALI, "en", ()).diagnostics
    assert str(told).startswith(f"{path}:1:1: error: The file of the round is not as it was")


def test_blocks_of_two_rounds_are_paired_by_what_they_say() -> None:
    def blocks(*texts: str) -> list[Sent]:
        return [Sent("", "paragraph", text) for text in texts]

    before = blocks("One stays.", "The second one goes away.", "A third that is long changes.")
    after = blocks("One stays.", "A third that is long differs.", "New here, and quite unlike it.")
    assert aligned(before, after) == [(0, 0), (1, None), (2, 1), (None, 2)]
    heading = [Sent("", "heading", "One stays.")]
    assert aligned(before[:1], heading) == [(None, 0), (0, None)]


# --- The matrix ---------------------------------------------------------------------------------


def test_the_matrix_says_on_which_page_and_line_a_block_begins(
    round_folder: Path, draft: Made
) -> None:
    """Numbers printed in the margin, each fifth, stand on the baselines of those lines."""
    book = load_workbook(next((round_folder / "out").glob("*-comments.xlsx")))
    rows = {row[0]: row[1:3] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)}
    heights = {text: y for text, (x, y) in places(pdf_of(draft), 16) if x > 530 or "3.1" in text}
    lines = {name: line for name, (folio, line) in rows.items() if folio == 17 and line}
    assert lines["3.1 ¶1"] < lines["3.1 ¶2"] < lines["3.1 •1"] == lines["3.1 •2"] - 1
    fifth = [(name, line) for name, line in lines.items() if line % 5 == 0 and name in heights]
    assert fifth, (lines, heights)
    for name, line in fifth:
        assert heights[str(line)] == pytest.approx(heights[name], abs=1.5), name


# --- The command line ---------------------------------------------------------------------------


def test_a_draft_lies_beside_the_published_pdf(as_sent: DiskProject, tmp_path: Path) -> None:
    """And it is made again when a round is opened, though no text has changed."""

    def build() -> dict[str, Any]:
        options = ("--lang", "en", "--variant", "draft", "--format", "json", "-o", str(tmp_path))
        result = CliRunner().invoke(main, ["build", str(project.root / MALI), *options])
        output: dict[str, Any] = json.loads(result.stdout)["outputs"][0]
        return output

    project = copied(as_sent.root, tmp_path / "project")
    first = build()
    assert first["variant"] == "draft"
    assert [path.name for path in tmp_path.glob("*.pdf")] == ["mali-2021-en-draft.pdf"]
    assert build()["unchanged"]
    assert open_round(project, MALI).value
    again = build()
    assert not again["unchanged"]
    assert [section["id"] for section in again["sections"] if section["typeset"]] == []
    assert again["sections"][-1]["id"] == "changes"
