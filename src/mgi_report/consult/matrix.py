"""The comment matrix of a round: a workbook with a row for each block, or for each proposal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from mgi_report.consult.model import Content, Proposal, Round
from mgi_report.consult.rounds import identity
from mgi_report.consult.wording import COLUMNS, filled, listed

_WIDTHS = (13, 6, 6, 58, 46, 40, 22, 20, 34, 15)
_ROOM = 200
"""Rows below the last that have drop-downs too, for further remarks."""
_LONGEST = 32767
"""Characters that a cell can hold."""


def make_matrix(
    content: Content,
    round_: Round,
    words: Mapping[str, str],
    proposals: Sequence[Proposal] = (),
) -> bytes:
    """Make the workbook: .xlsx; with `proposals`, these and what became of them."""
    buffer = BytesIO()
    book = Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties(
        {
            "title": filled(words["document.header"], round_, content),
            "keywords": identity(content.profile, round_.number, content.lang),
            "created": datetime.fromisoformat(f"{round_.opened}T00:00:00"),
        }
    )
    sheet = book.add_worksheet(words["matrix.sheet"])
    help_ = book.add_worksheet(words["matrix.help-sheet"])
    if content.is_turned:
        sheet.right_to_left()
        help_.right_to_left()
    book.define_name(
        identity(content.profile, round_.number, content.lang), f"='{sheet.name}'!$A$1"
    )
    _fill(book, sheet, content, round_, words, proposals)
    help_.set_column(0, 0, 100)
    help_.write_string(
        0,
        0,
        filled(words["document.header"], round_, content),
        book.add_format({"bold": True, "font_size": 13, "font_color": "#0033A0"}),
    )
    help_.write_string(1, 0, words["matrix.how"], book.add_format({"text_wrap": True}))
    book.close()
    return buffer.getvalue()


def _fill(
    book: Workbook,
    sheet: Any,
    content: Content,
    round_: Round,
    words: Mapping[str, str],
    proposals: Sequence[Proposal],
) -> None:
    base = {
        "font_name": "Calibri",
        "font_size": 10,
        "valign": "top",
        "text_wrap": True,
        "reading_order": 2 if content.is_turned else 1,
        "border": 1,
        "border_color": "#B9C2D0",
    }
    head = book.add_format(
        {**base, "bold": True, "font_color": "#FFFFFF", "bg_color": "#18375F", "valign": "vcenter"}
    )
    given = book.add_format({**base, "bg_color": "#F4F7FB"})
    heading = book.add_format({**base, "bg_color": "#DCE8F8", "bold": True})
    free = book.add_format(base)
    for column, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, words[f"matrix.columns.{name}"], head)
    sheet.set_row(0, 24)
    rows = list(_rows(content, proposals))
    for row, (values, is_heading) in enumerate(rows, start=1):
        lines = max(
            -(-len(str(value)) // round(width * 1.1))
            for value, width in zip(values, _WIDTHS, strict=True)
        )
        sheet.set_row(row, min(13.5 * max(lines, 1) + 3, 400))
        for column, value in enumerate(values):
            look = heading if is_heading else given if column < 4 and not proposals else free
            if isinstance(value, int) and value:
                sheet.write_number(row, column, value, look)
            elif not value:
                sheet.write_blank(row, column, None, look)
            else:
                sheet.write_string(row, column, str(value)[:_LONGEST], look)
    last = len(rows) + (0 if proposals else _ROOM)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
    sheet.data_validation(
        1,
        len(COLUMNS) - 1,
        max(last, 1),
        len(COLUMNS) - 1,
        {"validate": "list", "source": list(listed(words, "matrix.statuses"))},
    )
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&L" + filled(words["document.header"], round_, content) + "&R&P / &N")


def _rows(content: Content, proposals: Sequence[Proposal]) -> Any:
    if not proposals:
        for block in content.blocks:
            cells = (
                block.name,
                block.page,
                block.printed_line,
                block.text.replace("\t", " | "),
                "",
                "",
                "",
                "",
                "",
                "",
            )
            yield cells, block.kind == "heading"
        return
    blocks = content.by_name()
    for each in proposals:
        found = blocks.get(each.block)
        answer = each.answer or each.text
        yield (
            (
                each.block,
                found.page if found else 0,
                found.printed_line if found else 0,
                each.original or each.context,
                each.proposed,
                each.comment,
                each.institution,
                each.author,
                answer,
                each.status,
            ),
            False,
        )
