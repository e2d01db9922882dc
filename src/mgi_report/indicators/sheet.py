"""The sheet for data collection: a workbook with a row for each indicator."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from mgi_report.content.model import Source, Text
from mgi_report.content.walk import inlines_of
from mgi_report.indicators.survey import FIELDS, Survey, values_of

SENT = "sent"
"""The hidden sheet with what was known when the workbook was made."""
MARK = "mgi-report indicators"
"""Begins the first cell of it; the profile's id and the language stand in the next two."""
KEPT = (*FIELDS, "question")
"""Its columns behind the ids, in the rows below."""
_WIDTHS = {
    "id": 21,
    "domain": 17,
    "sub-category": 21,
    "question": 46,
    "answer": 17,
    "evidence": 52,
    "source": 24,
    "earlier": 17,
}
_LONGEST = 32767
"""Characters that a cell can hold."""
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_INK, _PALE, _HAIR, _GIVEN = "#18375F", "#DCE8F8", "#B9C2D0", "#F4F7FB"


def make_sheet(survey: Survey) -> bytes:
    """Make the workbook (.xlsx), filled in with what is known."""
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
    _Maker(book, survey).fill()
    book.close()
    return buffer.getvalue()


class _Maker:
    """Fills the sheets of a workbook."""

    def __init__(self, book: Workbook, survey: Survey) -> None:
        self._survey = survey
        self._words = {key.removeprefix("sheet."): text for key, text in survey.words.items()}
        base: dict[str, Any] = {
            "font_name": "Calibri",
            "font_size": 10,
            "valign": "top",
            "text_wrap": True,
            "reading_order": 2 if survey.is_turned else 1,
            "border": 1,
            "border_color": _HAIR,
        }
        self._title = book.add_format({"bold": True, "font_size": 14, "font_color": _INK})
        self._plain = book.add_format({**base, "border": 0, "font_size": 11})
        self._head = book.add_format(
            {**base, "bold": True, "font_color": "#FFFFFF", "bg_color": _INK, "valign": "vcenter"}
        )
        self._given = book.add_format({**base, "bg_color": _GIVEN})
        self._first = book.add_format({**base, "bg_color": _PALE, "bold": True})
        self._free = book.add_format({**base, "locked": False, "num_format": "@"})
        name = f"{survey.facts.name} {survey.facts.year}"
        self._called = self._words["title"].replace("{profile}", name)
        book.set_properties({"title": self._called})
        self._sheets = {
            name: book.add_worksheet(_sheet_name(self._words[name]))
            for name in ("how", "indicators", "sources")
        }
        self._sheets[SENT] = book.add_worksheet(SENT)

    def fill(self) -> None:
        """Fill all sheets; what explains them comes first."""
        for sheet in self._sheets.values():
            if self._survey.is_turned:
                sheet.right_to_left()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
        self._explain(self._sheets["how"])
        self._ask(self._sheets["indicators"])
        self._list_sources(self._sheets["sources"])
        self._keep(self._sheets[SENT])

    def _explain(self, sheet: Any) -> None:
        sheet.set_column(0, 0, 96)
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, self._called, self._title)
        count = 1
        while step := self._words.get(f"steps.{count}"):
            sheet.write_string(count + 1, 0, f"{count}. {step}", self._plain)
            sheet.set_row(count + 1, 15 * -(-len(step) // 95) + 5)
            count += 1

    def _ask(self, sheet: Any) -> None:
        survey, columns = self._survey, self._survey.columns
        for number, column in enumerate(columns):
            sheet.set_column(number, number, _WIDTHS[column])
            sheet.write_string(0, number, self._words[f"columns.{column}"], self._head)
        sheet.set_row(0, 24)
        asked = survey.indicators.asked
        for row, each in enumerate(asked, start=1):
            said = self._shown(values_of(each.finding))
            domain = survey.domains[each.domain]
            texts = {
                "id": each.id,
                "domain": f"{domain.number} {domain.name}",
                "sub-category": each.sub_category.name,
                "question": each.question,
                **said,
            }
            lines = max(-(-len(text) // _WIDTHS[column]) for column, text in texts.items())
            sheet.set_row(row, min(13.5 * max(lines, 2) + 3, 400))
            for number, column in enumerate(columns):
                look = self._free if column in FIELDS else self._given
                look = self._first if column == "id" else look
                if text := texts.get(column):
                    sheet.write_string(row, number, text[:_LONGEST], look)
                else:
                    sheet.write_blank(row, number, None, look)
        last = max(len(asked), 1)
        sheet.freeze_panes(1, columns.index("answer"))
        sheet.autofilter(0, 0, last, len(columns) - 1)
        answers = {"validate": "list", "source": list(survey.answers.values())}
        told = {"error_title": self._words["indicators"], "error_message": self._words["choose"]}
        for column in ("answer", "earlier"):
            if column in columns:
                at = columns.index(column)
                sheet.data_validation(1, at, last, at, {**answers, **told})
        if survey.sources:
            name = _sheet_name(self._words["sources"]).replace("'", "''")
            keys = f"='{name}'!$A$2:$A${len(survey.sources) + 1}"
            at = columns.index("source")
            # Several keys are none of the list, and are let through.
            choice = {"validate": "list", "source": keys, "show_error": False}
            sheet.data_validation(1, at, last, at, choice)
        sheet.protect(
            "",  # no password: it keeps from slips, not from changes
            {
                "autofilter": True,
                "sort": True,
                "format_columns": True,
                "format_rows": True,
                "delete_rows": True,
                "select_locked_cells": True,
            },
        )
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.set_footer("&L" + self._called.replace("&", "&&") + "&R&P / &N")

    def _list_sources(self, sheet: Any) -> None:
        for number, (name, width) in enumerate((("key", 30), ("entry", 90))):
            sheet.set_column(number, number, width)
            sheet.write_string(0, number, self._words[f"source-columns.{name}"], self._head)
        for row, source in enumerate(self._survey.sources, start=1):
            sheet.write_string(row, 0, source.key, self._first)
            sheet.write_string(row, 1, _entry(source)[:_LONGEST], self._given)
        sheet.freeze_panes(1, 0)
        sheet.protect()

    def _keep(self, sheet: Any) -> None:
        """Write what is known now, so that what comes back says what has changed since."""
        survey = self._survey
        for column, text in enumerate((MARK, survey.facts.id, survey.lang)):
            sheet.write_string(0, column, text)
        for row, each in enumerate(survey.indicators.asked, start=1):
            said = self._shown(values_of(each.finding))
            kept = {**said, "question": each.question}
            for column, text in enumerate((each.id, *(kept.get(name, "") for name in KEPT))):
                sheet.write_string(row, column, text[:_LONGEST])
        sheet.hide()
        sheet.protect()

    def _shown(self, said: Any) -> dict[str, str]:
        """Give what is known in the sheet's words."""
        answers = self._survey.answers
        named = ("answer", "earlier")
        return {name: answers[text] if name in named else text for name, text in said.items()}


def _sheet_name(words: str) -> str:
    """Give a name that a sheet may have."""
    return _NOT_IN_NAMES.sub(" ", words)[:31].strip("' ")


def _entry(source: Source) -> str:
    """Say in a line what a source is."""
    title = "".join(node.text for node in inlines_of(source.title) if isinstance(node, Text))
    year = str(source.year) if source.year else ""
    return ", ".join(filter(None, (source.author, " ".join(title.split()), year)))
