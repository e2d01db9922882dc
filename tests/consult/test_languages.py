"""A round in a translation, after one in the original."""

import re
from pathlib import Path

import pytest
from docx import Document
from tests.consult.rounds import MALI, ROOT, copied, decided, proposals, sent, source, take_in

from mgi_report.consult.opening import open_round
from mgi_report.consult.rounds import read_round
from mgi_report.consult.sending import export
from mgi_report.consult.wording import read_wording
from mgi_report.project import DiskProject

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
