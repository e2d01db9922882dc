"""The way of an editor through a round, by the command line; and accidents on that way."""

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from docx import Document
from openpyxl import load_workbook
from tests.consult.rounds import CHAPTER, MALI, copied, proposals, sent, source, take_in
from tests.consult.test_returned import changed

from mgi_report.cli import main
from mgi_report.consult.rounds import identity_of_last, recover
from mgi_report.extras import how_to_install
from mgi_report.project import DiskProject

OLD = "one more paragraph, whose words nobody will miss"


@pytest.fixture
def project(round_folder: Path, tmp_path: Path) -> DiskProject:
    return copied(round_folder, tmp_path / "project")


@pytest.fixture
def back(round_folder: Path, tmp_path: Path) -> Path:
    return changed(
        round_folder,
        tmp_path / "back.docx",
        document=(OLD, "a last paragraph, whose words nobody will lament"),
        footnotes=("once more", "again"),
    )


def consult(project: DiskProject, command: str, *arguments: str, status: int = 0) -> str:
    ran = CliRunner().invoke(
        main,
        ["consult", command, str(project.root / MALI), *arguments],
        standalone_mode=False,
    )
    assert ran.exception is None, ran.exception
    assert (ran.return_value or 0) == status, ran.output
    return ran.output


def as_json(project: DiskProject, command: str, *arguments: str) -> Any:
    return json.loads(consult(project, command, *arguments, "--format", "json"))


def test_a_round_from_import_to_undo(project: DiskProject, back: Path) -> None:
    before = source(project)
    said = consult(project, "import", str(back), "--from", "Ministry of Health")
    assert said == f"{back}: 3 found (3 replacements), 3 new\n"
    listed = as_json(project, "list")["proposals"]
    assert [(each["block"], each["original"], each["proposed"]) for each in listed] == [
        ("3.2 ¶3", "one more", "a last"),
        ("3.2 ¶3", "miss", "lament"),
        ("3 n10", "once more", "again"),
    ]
    first, second, third = listed
    assert {key: first[key] for key in ("kind", "institution", "status", "file", "line")} == {
        "kind": "replacement",
        "institution": "Ministry of Health",
        "status": "open",
        "file": CHAPTER,
        "line": 31,
    }
    assert source(project) == before, "importing changes no content"

    consult(project, "decide", first["id"], "--accept", "--answer", "Thank you.")
    consult(project, "decide", second["id"][:6], "--text", "forget")
    consult(project, "decide", third["id"], "--reject", "--answer", "It is once more.")
    said = consult(project, "apply")
    assert said == f"2 proposals written into {CHAPTER}\n"
    now = source(project)
    assert [name for name in now if now[name] != before[name]] == [CHAPTER]
    old, new = before[CHAPTER].decode(), now[CHAPTER].decode()
    assert new == old.replace(OLD, "a last paragraph, whose words nobody will forget")
    assert [each["status"] for each in as_json(project, "list")["proposals"]] == [
        "applied",
        "applied",
        "rejected",
    ]
    assert consult(project, "apply") == "0 proposals written\n"

    consult(project, "undo")
    assert source(project) == before
    assert [each["status"] for each in as_json(project, "list")["proposals"]] == [
        "accepted",
        "partly accepted",
        "rejected",
    ]


def test_the_answers_are_a_matrix_for_the_ministries(
    project: DiskProject, back: Path, tmp_path: Path
) -> None:
    consult(project, "import", str(back), "--from", "Ministry of Health")
    [first, *_] = proposals(project)
    consult(project, "decide", first.id, "--reject", "--answer", "There are two more.")
    consult(project, "answers", "-o", str(tmp_path / "answers"))
    [file] = (tmp_path / "answers").iterdir()
    rows = list(load_workbook(file).worksheets[0].iter_rows(values_only=True))
    assert rows[1][0] == "3.2 ¶3"
    assert rows[1][3:] == (
        "one more",
        "a last",
        None,
        "Ministry of Health",
        None,
        "There are two more.",
        "rejected",
    )


def test_a_round_that_is_not_there_is_told_to_programs_too(project: DiskProject) -> None:
    said = json.loads(consult(project, "list", "--round", "7", "--format", "json", status=1))
    assert [each["message"] for each in said["diagnostics"]] == [
        "The profile has not had round 7 of consultation."
    ]


def test_without_the_extra_it_says_how_to_install_it(
    project: DiskProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "rapidfuzz", None)  # as if it were not installed
    ran = CliRunner().invoke(main, ["consult", "list", str(project.root / MALI)])
    assert ran.output == (
        f"Error: Consultation needs rapidfuzz. Install it with: {how_to_install('consult')}\n"
    )


def test_importing_twice_adds_nothing(project: DiskProject, back: Path) -> None:
    consult(project, "import", str(back), "--from", "Ministry")
    before = proposals(project)
    said = consult(project, "import", str(back), "--from", "Ministry")
    assert said.endswith("3 found (3 replacements), 0 new\n")
    assert proposals(project) == before


def test_what_two_institutions_want_of_the_same_words_is_a_conflict(
    project: DiskProject, round_folder: Path, tmp_path: Path
) -> None:
    for name, words in (("Health", "a first paragraph"), ("Justice", "a last paragraph")):
        file = changed(
            round_folder, tmp_path / f"{name}.docx", document=("one more paragraph", words)
        )
        consult(project, "import", str(file), "--from", name)
    listed = as_json(project, "list", "--conflicts")["proposals"]
    assert [(each["institution"], each["conflict"]) for each in listed] == [
        ("Health", True),
        ("Justice", True),
    ]
    before = source(project)
    for each in listed:
        consult(project, "decide", each["id"], "--accept")
    said = consult(project, "apply", status=1)
    assert "change the same words of 3.2 ¶3. [change-fits]" in said
    assert f"consult decide {MALI} {listed[1]['id']} --reject" in said
    assert source(project) == before
    consult(project, "decide", listed[1]["id"], "--reopen")
    said = consult(project, "apply")
    assert f"{CHAPTER}:" in said
    assert f"{listed[1]['id']} (Justice) is still open, and changes the same words" in said
    assert "1 proposal written" in said


def test_what_only_a_person_can_write_is_told_and_closed_with_an_answer(
    project: DiskProject, round_folder: Path, tmp_path: Path
) -> None:
    draft = Document(str(round_folder / "out" / "mali-2021-en-round-1.docx"))
    paragraph = next(each for each in draft.paragraphs if "nobody will miss" in each.text)
    paragraph.style = "Heading 2"
    draft.sections[0].header.paragraphs[0].text = "Another head"
    draft.save(str(tmp_path / "back.docx"))
    consult(project, "import", str(tmp_path / "back.docx"), "--from", "Ministry")
    said = consult(project, "apply")
    assert "2 proposals nobody has decided about; the first is" in said
    for each in proposals(project):
        consult(project, "decide", each.id, "--accept")
    said = consult(project, "apply")
    assert "of 3.2 ¶3 is accepted, but changes a look, which only you can write." in said
    assert "is accepted, but belongs to no block, which only you can write." in said
    for each in proposals(project):
        consult(project, "decide", each.id, "--answer", "Done.")
    assert {each.status for each in proposals(project)} == {"answered"}
    assert consult(project, "apply") == "0 proposals written\n"


def test_a_change_fits_into_text_that_was_changed_elsewhere(
    project: DiskProject, back: Path
) -> None:
    consult(project, "import", str(back), "--from", "Ministry")
    path = project.root / CHAPTER
    text = path.read_text(encoding="utf-8").replace(
        "Between the quotation", "Between what is quoted"
    )
    path.write_text(text, encoding="utf-8")
    for each in proposals(project):
        consult(project, "decide", each.id, "--accept")
    consult(project, "apply")
    assert (
        "Between what is quoted and the end stands a last paragraph, whose words "
        "nobody will lament." in path.read_text(encoding="utf-8")
    )


def test_words_that_were_changed_meanwhile_are_left_and_told(
    project: DiskProject, back: Path
) -> None:
    consult(project, "import", str(back), "--from", "Ministry")
    path = project.root / CHAPTER
    text = path.read_text(encoding="utf-8").replace("one more paragraph", "some more text")
    path.write_text(text, encoding="utf-8")
    [first, *_] = proposals(project)
    consult(project, "decide", first.id, "--accept")
    said = consult(project, "apply", status=1)
    assert "cannot be written: the words have changed since the round was opened." in said
    assert "The text is now “Between the quotation and the end stands some more text," in said
    assert path.read_text(encoding="utf-8") == text
    assert proposals(project)[0].status == "accepted"


def test_the_matrix_comes_back(project: DiskProject, round_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "matrix.xlsx"
    shutil.copy(round_folder / "out" / "mali-2021-en-round-1-comments.xlsx", file)
    book = load_workbook(file)
    sheet = book.worksheets[0]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref
    assert sheet.data_validations.dataValidation
    heads = {cell.value: cell.column for cell in sheet[1]}
    row = next(cells for cells in sheet.iter_rows() if cells[0].value == "3.2 ¶3")
    sheet.cell(row[0].row, heads["Proposed text"], row[3].value.replace("one more", "a last"))
    sheet.cell(row[0].row, heads["Comment"], "It is the last.")
    sheet.cell(row[0].row, heads["Institution"], "Ministry of Works")
    sheet.cell(row[0].row, heads["Name"], "Ibrahim")
    last = sheet.max_row + 1
    sheet.cell(last, 1, "9.9 ¶9")
    sheet.cell(last, heads["Comment"], "A chapter is missing.")
    book.save(file)
    taken = take_in(project, file)
    assert taken.value is not None
    assert (taken.value.new, taken.value.unplaced) == (2, 1)
    first, second = proposals(project)
    assert (first.block, first.original, first.proposed) == ("3.2 ¶3", "one more", "a last")
    assert (first.institution, first.author, first.comment) == (
        "Ministry of Works",
        "Ibrahim",
        "It is the last.",
    )
    assert (second.block, second.context, second.comment) == ("", "9.9 ¶9", "A chapter is missing.")


def test_notes_in_a_pdf_are_placed_by_page_and_position(
    project: DiskProject, tmp_path: Path
) -> None:
    from pypdf import PdfWriter
    from pypdf.annotations import Text

    round_, _ = sent(project)
    page, x0, y0, x1, y1 = round_.boxes["3.2 ¶3"][0]
    writer = PdfWriter()
    writer.add_metadata({"/Keywords": identity_of_last(project, MALI, "en")})
    for _ in range(page):
        writer.add_blank_page(595, 842)
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    note = Text(text="Is that so?", rect=(x - 5, y - 5, x + 5, y + 5), title_bar="Awa")
    writer.add_annotation(page - 1, note)
    file = tmp_path / "back.pdf"
    with file.open("wb") as stream:
        writer.write(stream)
    take_in(project, file)
    [found] = proposals(project)
    assert (found.block, found.kind, found.comment, found.author) == (
        "3.2 ¶3",
        "comment",
        "Is that so?",
        "Awa",
    )


def test_files_of_several_institutions_are_taken_in_at_once(
    project: DiskProject, round_folder: Path, tmp_path: Path
) -> None:
    names = ("Health", "Labour")
    files = [
        str(changed(round_folder, tmp_path / f"{name}.docx", document=(OLD, f"words of {name}")))
        for name in names
    ]
    froms = [each for name in names for each in ("--from", name)]
    consult(project, "import", *files, *froms)
    listed = as_json(project, "list")["proposals"]
    assert {each["institution"] for each in listed} == {*names}
    ran = CliRunner().invoke(
        main, ["consult", "import", str(project.root / MALI), *files, files[0], *froms]
    )
    assert ran.exit_code == 2
    assert "once for all files, or once for each" in ran.output


@pytest.mark.parametrize("command", ["import", "apply"])
def test_killed_at_any_moment_a_round_is_as_before_or_as_after(
    project: DiskProject, back: Path, command: str, tmp_path: Path
) -> None:
    arguments = [str(back), "--from", "Ministry"]
    if command == "apply":
        consult(project, "import", *arguments)
        for each in proposals(project):
            consult(project, "decide", each.id, "--accept")
        arguments = []
    untouched = tmp_path / "untouched"
    shutil.copytree(project.root, untouched)
    line = [sys.executable, "-m", "mgi_report", "consult", command, str(project.root / MALI)]

    def state() -> tuple[dict[str, bytes], tuple[object, ...]]:
        recover(project, MALI)
        return source(project), tuple(proposals(project))

    before = state()
    start = time.perf_counter()
    subprocess.run([*line, *arguments], check=True, capture_output=True)
    whole = time.perf_counter() - start
    after = state()
    assert after != before
    for tenth in range(4, 11):
        shutil.rmtree(project.root)
        shutil.copytree(untouched, project.root)
        process = subprocess.Popen(
            [*line, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(whole * tenth / 10)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert state() in (before, after)


class _Killed(BaseException):
    """Nothing in the program is ready for it."""


def test_between_journal_and_files_a_killed_round_is_finished(
    project: DiskProject, back: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worst moment: the journal is written, and the first of two files."""
    from mgi_report import writing

    take_in(project, back)
    found = proposals(project)
    count = 0
    whole = writing.write_whole

    def killed(path: Path, content: bytes) -> None:
        nonlocal count
        count += 1
        if count == 3:
            raise _Killed
        whole(path, content)

    monkeypatch.setattr(writing, "write_whole", killed)
    with pytest.raises(_Killed):
        consult(project, "decide", found[0].id, "--reject")
    monkeypatch.undo()
    assert [each.status for each in proposals(project)] == ["rejected", "open", "open"]
    log = (project.root / MALI / "consultation/round-1/log.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["what"] for line in log] == ["import", "decide"]
