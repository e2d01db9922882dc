"""Comment matrices as they come back from people who use them as they like."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from tests.consult.rounds import copied, proposals, take_in

from mgi_report.project import DiskProject

QUOTE = "What is quoted stands apart, and keeps the words of somebody else."
LAST = "Between the quotation and the end stands one more paragraph, whose words nobody will miss."
TEXT, PROPOSED, COMMENT, ANSWER, STATUS = 4, 5, 6, 9, 10
"""Columns."""


@pytest.fixture
def project(round_folder: Path, tmp_path: Path) -> DiskProject:
    return copied(round_folder, tmp_path / "project")


@pytest.fixture
def returned(
    project: DiskProject, round_folder: Path, tmp_path: Path
) -> Callable[..., tuple[list[Any], list[str]]]:
    """Give a function that imports the sent workbook with a change, and what was found and told."""

    def taken_in(change: Callable[[Any, Any, int], None]) -> tuple[list[Any], list[str]]:
        book = load_workbook(round_folder / "out" / "mali-2021-en-round-1-comments.xlsx")
        sheet = book.worksheets[0]
        row = next(n for n in range(2, sheet.max_row) if sheet.cell(n, TEXT).value == QUOTE)
        change(book, sheet, row)
        file = tmp_path / "back.xlsx"
        book.save(file)
        told = take_in(project, file).diagnostics
        return list(proposals(project)), [each.message for each in told]

    return taken_in


def test_notes_on_cells_other_sheets_and_added_columns_are_remarks(returned: Any) -> None:
    def change(book: Any, sheet: Any, row: int) -> None:
        sheet.cell(row, PROPOSED).comment = Comment("Awa:\nWho says so?", "Awa")
        sheet.cell(1, 11).value = "Urgent"
        sheet.cell(row, 11).value = "yes"
        sheet.cell(row, ANSWER).value = "We shall see."
        sheet.cell(row, STATUS).value = "accepted"
        more = book.create_sheet("General")
        more["A1"], more["B1"] = "The draft is too long.", "Cut it."
        more["A2"], more["B2"] = QUOTE, "Says who?"

    found, _ = returned(change)
    assert [(each.block, each.author, each.comment, each.context) for each in found] == [
        ("3.2 ¶2", "", "[Answer] We shall see.", ""),
        ("3.2 ¶2", "", "[Status] accepted", ""),
        ("3.2 ¶2", "", "[Urgent] yes", ""),
        ("3.2 ¶2", "Awa", "Who says so?", ""),
        ("3.2 ¶2", "", "Says who?", ""),
        ("", "", "The draft is too long. – Cut it.", "on sheet “General”"),
    ]


def test_a_thread_on_a_cell_is_read_with_its_answers(
    project: DiskProject, round_folder: Path, tmp_path: Path
) -> None:
    """As Excel 365 writes it: the thread is a part of its own."""
    namespace = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="t1" Type="{kind}" Target="../threadedComments/threadedComment1.xml"/>'
        "</Relationships>"
    )
    when = 'dT="2026-02-03T10:00:00.00"'
    thread = (
        f'<ThreadedComments xmlns="{namespace}">'
        f'<threadedComment ref="D2" {when} personId="p1" id="c1">'
        "<text>Why?</text></threadedComment>"
        f'<threadedComment ref="D2" {when} personId="p2" id="c2" parentId="c1">'
        "<text>Because.</text>"
        "</threadedComment></ThreadedComments>"
    )
    people = (
        f'<personList xmlns="{namespace}"><person displayName="Awa" id="p1"/>'
        '<person displayName="Ibrahim" id="p2"/></personList>'
    )
    file = tmp_path / "back.xlsx"
    file.write_bytes((round_folder / "out/mali-2021-en-round-1-comments.xlsx").read_bytes())
    with zipfile.ZipFile(file, "a") as archive:
        assert "xl/worksheets/_rels/sheet1.xml.rels" not in archive.namelist()
        archive.writestr("xl/worksheets/_rels/sheet1.xml.rels", relations)
        archive.writestr("xl/threadedComments/threadedComment1.xml", thread)
        archive.writestr("xl/persons/person.xml", people)
    take_in(project, file)
    assert [
        (each.author, each.date, each.comment, each.context) for each in proposals(project)
    ] == [
        ("Awa", "2026-02-03T10:00:00Z", "Why?", ""),
        ("Ibrahim", "2026-02-03T10:00:00Z", "Because.", "in answer to Awa: Why?"),
    ]


def test_the_text_written_over_counts_beside_a_proposed_one(returned: Any) -> None:
    def change(_book: Any, sheet: Any, row: int) -> None:
        sheet.cell(row, TEXT).value = QUOTE.replace("apart", "aside")
        sheet.cell(row, PROPOSED).value = QUOTE.replace("somebody", "someone")

    found, _ = returned(change)
    assert [(each.original, each.proposed) for each in found] == [
        ("apart", "aside"),
        ("somebody", "someone"),
    ]


def test_words_struck_through_by_hand_are_deletions(returned: Any) -> None:
    def change(_book: Any, sheet: Any, row: int) -> None:
        before, after = QUOTE.split("stands apart, and ")
        gone = TextBlock(InlineFont(strike=True), "stands apart, and ")
        sheet.cell(row, TEXT).value = CellRichText(before, gone, after)
        sheet.cell(row + 1, TEXT).font = Font(strike=True)

    found, _ = returned(change)
    assert [(each.block, each.kind, each.original.strip()) for each in found] == [
        ("3.2 ¶2", "deletion", "stands apart, and"),
        (
            "3.2 ¶3",
            "deletion",
            LAST,
        ),
    ]


def test_rows_go_by_their_text_where_one_column_was_sorted_alone(returned: Any) -> None:
    def change(_book: Any, sheet: Any, row: int) -> None:
        names = [str(sheet.cell(n, 1).value) for n in range(2, sheet.max_row + 1)]
        for number, name in enumerate(sorted(names), start=2):
            sheet.cell(number, 1).value = name
        sheet.cell(row, COMMENT).value = "Who says so?"

    found, told = returned(change)
    assert [(each.block, each.comment) for each in found] == [("3.2 ¶2", "Who says so?")]
    assert "rows the number is not that of the text; they were read by their text." in told[0]


def test_a_matrix_behind_a_letter_and_without_numbers_is_found(returned: Any) -> None:
    def change(book: Any, sheet: Any, row: int) -> None:
        sheet.cell(row, COMMENT).value = "Who says so?"
        sheet.delete_cols(1)
        book.create_sheet("Letter", 0)["A1"] = "Dear colleagues"

    found, _ = returned(change)
    assert [(each.block, each.comment) for each in found] == [
        ("3.2 ¶2", "Who says so?"),
        ("", "Dear colleagues"),
    ]


def test_what_is_much_shorter_than_a_block_is_marked(returned: Any) -> None:
    def change(_book: Any, sheet: Any, row: int) -> None:
        sheet.cell(row, PROPOSED).value = "somebody wise"

    [found], told = returned(change)
    assert (found.kind, found.original, found.proposed) == ("replacement", QUOTE, "somebody wise")
    assert found.context.startswith("much shorter than the block")
    assert told == [
        "1 proposed text is much shorter than the block to be replaced; perhaps a part is meant."
    ]


def test_a_formula_that_was_never_reckoned_is_told(returned: Any) -> None:
    def change(_book: Any, sheet: Any, row: int) -> None:
        sheet.cell(row, PROPOSED).value = '="One "&"word"'

    found, told = returned(change)
    assert found == []
    assert told == ["1 formula without a result: not read."]


def test_a_matrix_of_another_draft_is_refused(returned: Any) -> None:
    def change(book: Any, sheet: Any, _row: int) -> None:
        book.defined_names.clear()
        for number in range(2, sheet.max_row + 1):
            sheet.cell(number, TEXT).value = f"{number} of something wholly different"

    assert returned(change) == (
        [],
        ["The matrix is not that of this round: hardly any of its texts were sent."],
    )


def test_what_was_written_at_the_head_of_the_pages_is_told(returned: Any) -> None:
    def change(_book: Any, sheet: Any, _row: int) -> None:
        sheet.oddHeader.center.text = "Answer of the Ministry, &D"
        sheet.oddHeader.center.size = 9

    [found], _ = returned(change)
    assert (found.block, found.comment) == ("", "Answer of the Ministry,")
    assert found.context == "at the head or foot of the printed pages"
