"""The redline: what was sent against what is, word by word."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from pypdf import PdfReader
from tests.consult.rounds import CHAPTER, MALI, copied

from mgi_report.checks import conformance
from mgi_report.checks.conformance import Standard
from mgi_report.cli import main

pytestmark = pytest.mark.xdist_group("draft")  # the worker that has typeset the volume

EDITS = (
    ("The plum for all that falls down early", "The plum for all that drops before its time"),
    ("A list of three things", "This paragraph is new.\n\nA list of three things"),
    ("> What is quoted stands apart, and keeps the words of somebody else.\n\n", ""),
    ("room, and are read row after row.[^second]", "space[^second], and are seen row after row."),
    ("| Quince | A muddy gold | 21 |", "| Quince | A clear gold | 22 |\n| Sloe | Blue | 40 |"),
)


@pytest.fixture(scope="module")
def redline(round_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Give the PDF of a profile with a word changed, a paragraph added, and one taken away."""
    target = tmp_path_factory.mktemp("redline")
    project = copied(round_folder, target)
    shutil.copytree(round_folder / "build", target / "build")
    path = target / CHAPTER
    text = path.read_text(encoding="utf-8")
    for old, new in EDITS:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    profile = str(project.root / MALI)
    result = CliRunner().invoke(main, ["consult", "redline", profile, "-o", str(target / "out")])
    assert result.exit_code == 0, result.output
    return (target / "out" / "mali-2021-en-redline-round-1.pdf").read_bytes()


def test_it_has_old_and_new_words_with_a_list_of_changes(redline: bytes) -> None:
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(redline)).pages]
    text = "\n".join(pages)
    assert all("DRAFT" in page for page in pages)
    assert "The plum for all that [falls down early] drops before its time" in text.replace(
        "]drops", "] drops"
    )
    assert "space¹⁰, and are [read] seen row after row. [¹⁰]" in text  # words that stay, stay
    assert "3 n10" in text
    assert "A [muddy] clear gold" in text
    assert "[21] 22" in text
    assert "[What is quoted stands apart, and keeps the words of somebody else.]" in text
    for number, is_, said in (
        ("3.1 ¶1a", "Added", "This paragraph is new."),
        ("3.2 ¶2", "What is quoted", "Taken away"),
    ):
        folio = next(n for n, page in enumerate(pages, start=1) if number in page)
        assert f"{number} {folio} {is_}" in pages[-1]
        assert said in pages[-1]


def test_what_is_gone_and_what_is_new_is_heard(redline: bytes) -> None:
    with pikepdf.open(BytesIO(redline)) as pdf:
        said = {
            str(each.ActualText)
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and "/ActualText" in each
        }
        assert str(pdf.docinfo.Title).endswith(" (redline)")
    assert {
        "[Taken away: falls down early] ",
        "[Added: drops before its time] ",
        "[Added: This paragraph is new.] ",
    } <= said


def test_tables_and_lists_are_what_they_were(redline: bytes) -> None:
    rows, items = [], 0
    with pikepdf.open(BytesIO(redline)) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/TR":
                rows.append(len(list(each.K)))
            items += isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/LI"
    assert rows.count(3) == 5, rows
    assert items >= 6


def test_it_keeps_the_standards(redline: bytes) -> None:
    if not conformance.available():
        pytest.skip("needs mgi-report[conformance]")
    assert conformance.broken_rules(redline, (Standard.UA1, Standard.A3A)) == []
