"""A round in a translation, after one in the original."""

import re
import shutil
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook
from tests.consult.rounds import MALI, ROOT, copied, decided, proposals, sent, source, take_in

from mgi_report.consult.opening import open_round
from mgi_report.consult.rounds import read_round
from mgi_report.consult.sending import export
from mgi_report.consult.wording import read_wording
from mgi_report.project import DiskProject

SAMPLE = "content/sample-country-2024"
ARABIC = re.compile(r"[\u0620-\u064a]")
FRENCH = f"{MALI}/fr/3-partnerships.md"


def test_a_round_in_french_changes_the_french(round_folder: Path, tmp_path: Path) -> None:
    """The file is in French, written by python-docx on its way back; round 1 stays as it was."""
    project = copied(round_folder, tmp_path / "project")
    assert open_round(project, MALI, lang="fr").value
    round_, content = sent(project)
    assert (round_.number, round_.lang) == (2, "fr")
    out, _ = export(project, content, round_, tmp_path)
    assert out.name == "mali-2021-fr-round-2.docx"
    document = Document(str(out))
    runs = (run for paragraph in document.paragraphs for run in paragraph.runs)
    run = next(run for run in runs if "de nombreuses activités" in run.text)
    run.text = run.text.replace("de nombreuses activités", "plusieurs activités")
    document.save(str(tmp_path / "retour.docx"))

    before = source(project)
    take_in(project, tmp_path / "retour.docx")
    (found,) = proposals(project)
    assert (found.block, found.kind) == ("3.1 ¶2", "replacement")
    assert decided(project) == ()
    after = source(project)
    assert [path for path in after if after[path] != before[path]] == [FRENCH]
    said = "il a mené de nombreuses activités".encode()
    assert after[FRENCH] == before[FRENCH].replace(said, "il a mené plusieurs activités".encode())
    first = read_round(project, MALI, 1).value
    assert first
    assert first[0].lang == "en"


@pytest.mark.parametrize("lang", ["en", "fr", "es", "pt", "ar"])
def test_the_words_beside_a_draft_are_in_each_language(lang: str) -> None:
    """Reviewers are told what to do in the language of what they review."""
    project = DiskProject(ROOT)
    english, own = (read_wording(project, MALI, tag) for tag in ("en", lang))
    assert own.keys() == english.keys()
    same = {key for key in own if own[key] == english[key]} if lang != "en" else set()
    assert same <= {f"matrix.columns.{name}" for name in ("page", "institution")} | {
        "document.page"
    }
    for key in own:
        assert set(re.findall(r"\{\w+\}", own[key])) == set(re.findall(r"\{\w+\}", english[key]))


@pytest.mark.parametrize(("lang", "is_turned"), [("ar", True), ("en", False)])
def test_what_is_sent_runs_as_its_language_does(
    lang: str,
    is_turned: bool,  # noqa: FBT001  a case
    tmp_path: Path,
) -> None:
    """Word asks each paragraph, run, table and section; Excel each sheet."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    chapter = tmp_path / SAMPLE / lang / "3-partnerships.md"
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(f"{text}\n| 2014 | **2020** |\n|:--|:--|\n| 1 | 2 |\n", encoding="utf-8")
    project = DiskProject(tmp_path)
    opened = open_round(project, SAMPLE, lang=lang).value
    assert opened
    reading = read_round(project, SAMPLE).value
    assert reading
    round_, content = reading
    draft, matrix = export(project, content, round_, tmp_path / "out")

    document = Document(str(draft))
    runs = [*document.element.body.iter(qn("w:r"))]
    letters = [run for run in runs if ARABIC.search("".join(run.itertext()))]
    assert bool(letters) == is_turned
    assert all(run.find(f"{qn('w:rPr')}/{qn('w:rtl')}") is not None for run in letters)
    assert (document.styles["Normal"].element.find(f".//{qn('w:bidi')}") is not None) == is_turned
    assert (document.sections[0]._sectPr.find(qn("w:bidi")) is not None) == is_turned
    assert document.tables
    turned_tables = document.element.body.findall(f".//{qn('w:bidiVisual')}")
    assert len(turned_tables) == (len(document.tables) if is_turned else 0)
    (default,) = document.styles.element.iter(qn("w:rPrDefault"))
    assert default.find(f".//{qn('w:lang')}").get(qn("w:bidi")) == lang
    assert document.styles["Title"].element.find(f".//{qn('w:rPr')}/{qn('w:spacing')}") is None
    for sheet in load_workbook(matrix).worksheets:
        assert bool(sheet.sheet_view.rightToLeft) == is_turned
