"""The sheet goes out, is filled in by whoever, with whatever program, and comes back."""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from tests.indicators.collecting import (
    ANSWER,
    EARLIER,
    EVIDENCE,
    FEW,
    FOUND,
    SOURCE,
    answering,
    copied,
    filled,
    found_in,
    row_of,
    sheet_of,
    survey_of,
    taken,
    told,
)
from tests.projects import ROOT

from mgi_report.content.indicators import Answer
from mgi_report.project import DiskProject

NO_OFFICE = shutil.which("soffice") is None


@pytest.fixture
def project(tmp_path: Path) -> DiskProject:
    return copied(tmp_path / "project")


def saved_by_libreoffice(path: Path, folder: Path) -> Path:
    """Open the file in LibreOffice and save it again."""
    folder.mkdir()
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    convert = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder), str(path)]
    environment = {**os.environ, "HOME": str(folder)}
    subprocess.run([*command, *convert], check=True, capture_output=True, env=environment)
    return folder / path.name


# --- What is sent -----------------------------------------------------------------------------


def test_the_sheet_asks_one_question_a_row_and_shows_what_is_known(
    project: DiskProject, tmp_path: Path
) -> None:
    book = load_workbook(sheet_of(project, tmp_path / "sheet.xlsx"))
    assert book.sheetnames == ["How to", "Indicators", "Sources", "sent"]
    assert book["sent"].sheet_state == "hidden"
    sheet = book["Indicators"]
    assert [cell.value for cell in sheet[1]] == [
        "Id",
        "Domain",
        "Sub-category",
        "Question",
        "Answer",
        "Evidence",
        "Source",
        "Earlier answer",
    ]
    assert sheet.max_row == 91  # ninety indicators of a country
    assert [cell.value for cell in sheet[2]] == [
        "health-care",
        "1 Migrants’ rights",
        "Basic services and social security",
        "Can migrants use public health care, whatever their migration status?",
        "In place",
        None,
        "insurance-act-2025",
        "In place",
    ]
    assert sheet.freeze_panes == "E2"
    assert sheet.auto_filter.ref == "A1:H91"
    assert sheet.protection.sheet
    row = row_of(sheet, "social-security")
    locked = [sheet.cell(row, column).protection.locked for column in range(1, 9)]
    assert locked == [True, True, True, True, False, False, False, False]
    choices = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    assert choices == {
        "E2:E91": '"In place,Partly in place,Absent"',
        "H2:H91": '"In place,Partly in place,Absent"',
        "G2:G91": "'Sources'!$A$2:$A$3",
    }


def test_a_first_profile_is_not_asked_for_earlier_answers(tmp_path: Path) -> None:
    project = copied(tmp_path, found=None)
    facts = tmp_path / "content/sample-country-2026/profile.yml"
    text = facts.read_text("utf-8").replace("follow-up", "first").replace("number: 2", "number: 1")
    before, _, rest = text.partition("previous:")
    facts.write_text(before + rest[rest.index("\n\nlanguages") :], "utf-8")
    book = load_workbook(sheet_of(project, tmp_path / "sheet.xlsx"))
    assert [cell.value for cell in book["Indicators"][1]][-1] == "Source"


# --- What comes back --------------------------------------------------------------------------


def fill_in(book: Any) -> None:
    sheet = book["Indicators"]
    row = row_of(sheet, "social-security")
    sheet.cell(row, ANSWER).value = "In place"
    sheet.cell(row, EVIDENCE).value = "Since 14 January 2025: all workers, “from their first day”."
    sheet.cell(row, SOURCE).value = "insurance-act-2025; strategy-report-2025"
    sheet.cell(row, EARLIER).value = "Partly in place"
    sheet.cell(row_of(sheet, "strategy-evaluation"), ANSWER).value = "in place"
    sheet.cell(row_of(sheet, "health-care"), SOURCE).value = None


FILLED = """\
# What we know so far.
indicators:
  # Asked in January.
  health-care:
    answer: there  # says the ministry
    earlier: there
  social-security:
    answer: there
    evidence: "Since 14 January 2025: all workers, “from their first day”."
    source: [insurance-act-2025, strategy-report-2025]
    earlier: partly
  local-vote: {answer: absent, earlier: absent}

  # From the strategy.
  strategy-evaluation:
    answer: there
    evidence: >-
      A report is
      planned.
    earlier: absent
"""


def test_what_was_filled_in_is_written_and_all_else_stays(
    project: DiskProject, tmp_path: Path
) -> None:
    file = filled(project, tmp_path / "back.xlsx", fill_in)
    done, found = taken(project, file)
    assert found == []
    assert done
    assert (done.new, done.changed, done.gone) == (4, 1, 1)
    assert (done.answered, done.asked) == (4, 90)
    assert found_in(project) == FILLED


def test_a_sheet_that_is_read_twice_changes_nothing(project: DiskProject, tmp_path: Path) -> None:
    file = filled(project, tmp_path / "back.xlsx", fill_in)
    taken(project, file)
    done, found = taken(project, file)
    assert done
    assert (done.new, done.changed, done.gone) == (0, 0, 0)
    assert [each.rule for each in found] == ["returned-file-says-something"]
    assert found_in(project) == FILLED


@pytest.mark.skipif(NO_OFFICE, reason="LibreOffice is not installed")
def test_a_sheet_that_libreoffice_saved_says_the_same(project: DiskProject, tmp_path: Path) -> None:
    file = filled(project, tmp_path / "back.xlsx", fill_in)
    saved = saved_by_libreoffice(file, tmp_path / "libreoffice")
    done, found = taken(project, saved)
    assert found == []
    assert done
    assert found_in(project) == FILLED
    assert taken(project, saved)[0] is not None
    assert found_in(project) == FILLED


def test_a_sheet_without_what_was_sent_is_taken_in_only_as_it_stands(
    project: DiskProject, tmp_path: Path
) -> None:
    """As a table comes back that somebody copied into a new file of Google Sheets."""

    def change(book: Any) -> None:
        fill_in(book)
        for name in ("sent", "Sources", "How to"):
            del book[name]
        book["Indicators"].title = "Sheet1"
        book["Sheet1"].protection.disable()
        book["Sheet1"].data_validations.dataValidation.clear()

    file = filled(project, tmp_path / "back.xlsx", change)
    done, (told_of,) = taken(project, file)
    assert done is None
    assert told_of.message.startswith("The hidden sheet “sent” is gone")
    assert found_in(project) == FEW
    done, found = taken(project, file, as_it_stands=True)
    assert found == []
    assert done
    assert (done.new, done.changed, done.gone) == (4, 1, 0)  # no telling what was taken away
    assert "source: insurance-act-2025" in found_in(project)


def test_columns_may_be_moved_and_rows_sorted_or_deleted(
    project: DiskProject, tmp_path: Path
) -> None:
    def change(book: Any) -> None:
        fill_in(book)
        sheet = book["Indicators"]
        sheet.delete_rows(row_of(sheet, "citizenship"), 20)
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        head, *below = [[row[7], *row[:7]] for row in rows]
        sheet.insert_rows(1, 2)
        sheet["A1"] = "Filled in by the Ministry of Labour"
        for number, row in enumerate([head, *reversed(below)], start=3):
            for column, value in enumerate(row, start=1):
                sheet.cell(number, column).value = value
        sheet.delete_rows(3 + len(rows), 5)

    done, found = taken(project, filled(project, tmp_path / "back.xlsx", change))
    assert found == []
    assert done
    assert done.new == 4
    assert found_in(project).count("social-security") == 1


def test_sheets_of_several_institutions_come_together(project: DiskProject, tmp_path: Path) -> None:
    """A copy that does not mention an indicator says nothing of it."""
    one = filled(project, tmp_path / "one.xlsx", answering("citizenship", "Absent"))
    two = filled(project, tmp_path / "two.xlsx", answering("census", "Partly in place"))
    assert taken(project, one, two)[1] == []
    later = filled(project, tmp_path / "three.xlsx", answering("census", "In place"))
    assert taken(project, later)[1] == []
    survey = survey_of(DiskProject(project.root))
    answers = {each.id: each.finding.answer for each in survey.indicators.asked}
    assert (answers["citizenship"], answers["census"]) == (Answer.ABSENT, Answer.THERE)


def test_an_older_copy_does_not_bring_back_what_has_changed_since(
    project: DiskProject, tmp_path: Path
) -> None:
    old = filled(project, tmp_path / "old.xlsx", answering("citizenship", "Absent"))
    new = filled(project, tmp_path / "new.xlsx", answering("local-vote", "In place"))
    taken(project, new)
    done, found = taken(project, old)
    assert found == []
    assert done
    assert (done.new, done.changed) == (1, 0)
    assert "local-vote:\n    answer: there" in found_in(project)


def test_what_was_changed_on_both_sides_is_told(project: DiskProject, tmp_path: Path) -> None:
    file = filled(project, tmp_path / "back.xlsx", answering("local-vote", "In place"))
    path = project.path(FOUND)
    path.write_text(FEW.replace("{answer: absent,", "{answer: partly,"), "utf-8")
    done, found = taken(project, file)
    assert done is None
    assert told(found) == [
        (
            "back.xlsx:16:5 Sheet “Indicators”, cell E16: "
            "content/sample-country-2026/indicators.yml says “partly” of the answer of "
            "“local-vote”, and said “absent” when this sheet was made."
        )
    ]


def test_a_file_that_cannot_be_cut_is_written_anew(tmp_path: Path) -> None:
    flow = "# Ours.\nindicators: {local-vote: {answer: absent}}\n"
    project = copied(tmp_path / "project", flow)
    file = filled(project, tmp_path / "back.xlsx", answering("health-care", "Absent"))
    assert taken(project, file)[1] == []
    assert found_in(project) == (
        "# Ours.\nindicators:\n  health-care:\n    answer: absent\n"
        "  local-vote:\n    answer: absent\n"
    )


# --- What is wrong with what comes back --------------------------------------------------------


def spoil(book: Any) -> None:
    """Do all that can be done to a sheet at once."""
    sheet = book["Indicators"]
    sheet["E2"] = "Yes"
    sheet["F3"] = datetime(2025, 1, 14)  # noqa: DTZ001  a cell has no time zone
    sheet["F4"] = 45671
    sheet["E5"] = '="In "&"place"'
    sheet["G6"] = "insurance-act-2024"
    sheet["A7"] = "family-reunion"
    sheet["A8"], sheet["E8"] = None, "Absent"
    sheet.merge_cells("E9:E10")
    for column in range(1, 5):
        sheet.cell(92, column).value = sheet.cell(16, column).value  # local-vote
    sheet.cell(92, ANSWER).value = "In place"
    sheet["E16"] = "Partly in place"
    sheet["H12"] = True


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_taken_in(
    project: DiskProject, tmp_path: Path
) -> None:
    done, found = taken(project, filled(project, tmp_path / "back.xlsx", spoil))
    assert done is None
    assert found_in(project) == FEW
    where = "Sheet “Indicators”, cell"
    assert sorted(told(found)) == sorted(
        [
            f"back.xlsx:2:5 {where} E2: “Yes” is no answer.",
            (
                f"back.xlsx:3:6 {where} F3: The cell holds the date 2025-01-14, which each program "
                "shows in its own way."
            ),
            (
                f"back.xlsx:4:6 {where} F4: The cell holds the number 45671, as which some "
                "programs keep a date."
            ),
            (
                f"back.xlsx:5:5 {where} E5: The cell holds a formula, of which nobody can say what "
                "it stands for."
            ),
            f"back.xlsx:6:7 {where} G6: There is no source “insurance-act-2024” in sources.yml.",
            f"back.xlsx:7:1 {where} A7: There is no indicator “family-reunion”.",
            f"back.xlsx:8:1 {where} A8: This row does not say which indicator it is about.",
            (
                f"back.xlsx:9:5 {where} E9: The cells E9 to E10 are merged; whose answer this is "
                "cannot be told."
            ),
            (
                f"back.xlsx:12:8 {where} H12: The cell holds true or false, True; one of the list "
                "is needed."
            ),
            (
                f"back.xlsx:92:5 {where} E92: There are two answers: of the answer of “local-vote” "
                "this says “there”, and sheet “Indicators”, cell E16 says “partly”."
            ),
            "back.xlsx:1:1 1 formula without a result: not read.",
        ]
    )
    hints = " ".join(each.hint or "" for each in found)
    assert 'Did you mean "insurance-act-2025"?' in hints
    assert 'Did you mean "family-reunification"?' in hints


def test_columns_that_are_renamed_or_missing_are_told(project: DiskProject, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["Indicators"]
        sheet["E1"] = "Answers"
        sheet["I1"], sheet["I2"] = "Remarks", "See annex."
        sheet.delete_cols(SOURCE)

    done, found = taken(project, filled(project, tmp_path / "back.xlsx", change))
    assert done is None
    assert [(each.message, each.hint) for each in found] == [
        (
            "Sheet “Indicators”, cell E1: There is no column “Answer”.",
            "Column E is called “Answers”. Name the column “Answer” again, as it was sent.",
        ),
        (
            "Sheet “Indicators”, cell A1: There is no column “Source”.",
            "Name the column “Source” again, as it was sent.",
        ),
        (
            "Sheet “Indicators”, cell H1: The column “Remarks” is not read.",
            "Write what belongs to an indicator under “Evidence”.",
        ),
    ]
    assert found_in(project) == FEW


def test_what_a_cell_has_beside_its_words_is_told(project: DiskProject, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book["Indicators"]
        sheet["F2"], sheet["F2"].hyperlink = "Law of 2019", "https://example.org/law.pdf"
        sheet["F3"], sheet["F3"].font = "Not so.", Font(strike=True)
        sheet["F4"] = "A law.\n\nA plan."
        sheet["J5"] = "It was repealed."

    done, found = taken(project, filled(project, tmp_path / "back.xlsx", change))
    assert done
    where = "Sheet “Indicators”, cell"
    assert told(found) == [
        f"back.xlsx:5:10 {where} J5: This column has no head; what stands in it is not read.",
        (
            f"back.xlsx:2:6 {where} F2: The cell has a link to https://example.org/law.pdf, "
            "which is not kept."
        ),
        f"back.xlsx:3:6 {where} F3: Words that are struck through are not taken in: “Not so.”.",
        f"back.xlsx:4:6 {where} F4: The cell has several lines; they are run into one.",
    ]


def test_a_cell_without_a_value_is_no_evidence(project: DiskProject, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["Indicators"]["F2"] = "#N/A"
        book["Indicators"]["F2"].data_type = "e"

    done, (found,) = taken(project, filled(project, tmp_path / "back.xlsx", change))
    assert done is None
    assert "cell F2: The cell holds #N/A, by which a program says" in found.message


def test_a_linked_workbook_is_told(project: DiskProject, tmp_path: Path) -> None:
    file = filled(project, tmp_path / "back.xlsx", answering("citizenship", "Absent"))
    _, found = taken(project, rezipped(file, {"xl/externalLinks/externalLink1.xml": b"<a/>"}))
    assert [each.message for each in found] == ["1 linked workbook: not read."]


def test_columns_that_were_sorted_without_the_ids_are_told(
    project: DiskProject, tmp_path: Path
) -> None:
    def change(book: Any) -> None:
        sheet = book["Indicators"]
        rows = [[cell.value for cell in row[1:]] for row in sheet.iter_rows(min_row=2)]
        for number, row in enumerate(sorted(rows, key=lambda row: row[2]), start=2):
            for column, value in enumerate(row, start=2):
                sheet.cell(number, column).value = value

    done, (found,) = taken(project, filled(project, tmp_path / "back.xlsx", change))
    assert done is None
    assert str(found.span).endswith("back.xlsx:2:4")
    assert found.message.startswith(
        "Sheet “Indicators”, cell D2: This is not the question of “health-care”, the id beside it. "
        "Nor is it in "
    )
    assert "other rows: 3, 4, 5," in found.message
    assert found_in(project) == FEW


def test_a_second_row_of_an_indicator_may_say_nothing_else(
    project: DiskProject, tmp_path: Path
) -> None:
    def change(book: Any) -> None:
        copy = book.copy_worksheet(book["Indicators"])
        copy.title = "Copy"
        copy["E2"], copy["F2"] = "Absent", "A law."

    done, (found,) = taken(project, filled(project, tmp_path / "back.xlsx", change))
    assert done is None
    assert found.message == (
        "Sheet “Copy”, cell E2: There are two answers: of the answer of “health-care” this says "
        "“absent”, and sheet “Indicators”, cell E2 says “there”."
    )
    assert found_in(project) == FEW


def test_a_question_may_be_worded_anew_after_the_sheet_was_sent(
    project: DiskProject, tmp_path: Path
) -> None:
    """The sheet keeps what was asked when it was made."""

    def change(book: Any) -> None:
        answering("citizenship", "Absent")(book)
        row = row_of(book["Indicators"], "citizenship")
        book["Indicators"].cell(row, 4).value = "As it was asked before?"
        book["sent"].cell(row, 6).value = "As it was asked before?"

    assert taken(project, filled(project, tmp_path / "back.xlsx", change))[1] == []


def test_two_files_that_disagree_are_told(project: DiskProject, tmp_path: Path) -> None:
    one = filled(project, tmp_path / "one.xlsx", answering("citizenship", "Absent"))
    two = filled(project, tmp_path / "two.xlsx", answering("citizenship", "In place"))
    done, found = taken(project, one, two)
    assert done is None
    (message,) = told(found)
    assert message.startswith("two.xlsx:14:5 Sheet “Indicators”, cell E14: There are two answers")
    assert "one.xlsx, sheet “Indicators”, cell E14 says “absent”." in message


def test_the_sheet_of_another_profile_is_refused(project: DiskProject, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        book["sent"]["B1"] = "mali-2021"

    _, found = taken(project, filled(project, tmp_path / "back.xlsx", change))
    assert [each.message for each in found] == ["The file is that of another profile, mali-2021."]


def rezipped(path: Path, added: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as file:
        for name, content in added.items():
            file.writestr(name, content)
    return path


def with_macros(path: Path) -> Path:
    return rezipped(path, {"xl/vbaProject.bin": b"Sub AutoOpen()"})


def with_external_link(path: Path) -> Path:
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" TargetMode="External" Target="https://example.org/book.xlsx" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        'externalLink"/></Relationships>'
    )
    return rezipped(path, {"xl/externalLinks/_rels/externalLink1.xml.rels": relation.encode()})


def with_bomb(path: Path) -> Path:
    return rezipped(path, {"xl/worksheets/sheet9.xml": b"<a>" + b" " * 300_000_000})


def with_entities(path: Path) -> Path:
    return rezipped(path, {"xl/evil.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'})


@pytest.mark.parametrize(
    ("spoilt", "expected"),
    [
        (with_macros, "The file has macros, which are programs."),
        (with_external_link, 'load something from outside: "https://example.org/book.xlsx".'),
        (with_bomb, "The file unpacks to far more than"),
        (with_entities, "The file declares XML entities, which no Office program does."),
        (lambda path: path.write_bytes(b"Id;Answer") and path, "is no Office file."),
        (lambda path: path.rename(path.with_suffix(".ods")), "Files that end in .ods are not"),
        (lambda path: path.with_name("none.xlsx"), "There is no such file."),
    ],
)
def test_a_file_that_is_unsound_is_refused_beside_what_is_wrong_with_others(
    project: DiskProject, tmp_path: Path, spoilt: Any, expected: str
) -> None:
    bad = spoilt(sheet_of(project, tmp_path / "bad.xlsx"))
    other = filled(project, tmp_path / "other.xlsx", answering("citizenship", "Perhaps"))
    done, found = taken(project, bad, other)
    assert done is None
    first, second = found
    assert expected in first.message
    assert first.rule == "returned-file-is-sound"
    assert "“Perhaps” is no answer." in second.message
    assert found_in(project) == FEW


def test_names_that_are_defined_in_a_file_do_no_harm(project: DiskProject, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        answering("citizenship", "Absent")(book)
        book.defined_names["Answers"] = DefinedName("Answers", attr_text="Indicators!$E$2")

    assert taken(project, filled(project, tmp_path / "back.xlsx", change))[1] == []


def test_the_commands_make_a_sheet_and_read_it(project: DiskProject, tmp_path: Path) -> None:
    command = str(ROOT / ".venv/bin/mgi-report")
    sheet, profile = tmp_path / "sheet.xlsx", tmp_path / "project/content/sample-country-2026"
    made = subprocess.run(
        [command, "indicators", "export", str(profile), "-o", str(sheet)],
        check=True,
        capture_output=True,
        text=True,
    )
    assert made.stdout == f"{sheet}\n"
    book = load_workbook(sheet)
    answering("citizenship", "Absent")(book)
    book.save(sheet)
    read = subprocess.run(
        [command, "indicators", "import", str(profile), str(sheet)],
        check=True,
        capture_output=True,
        text=True,
    )
    assert read.stdout == (
        f"{FOUND}: 1 new, 0 changed, 0 taken away; 4 of 90 indicators have an answer\n"
    )
    assert "citizenship:\n    answer: absent\n" in found_in(project)
