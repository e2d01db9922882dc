"""A sheet that came back: where its table of indicators stands, and its columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mgi_report.diagnostics import Span
from mgi_report.indicators.survey import COLUMNS
from mgi_report.office.workbook import Cell, Place, Sheet, column_letter

_FEWEST = 3
"""Columns by which a table of indicators is known."""
_TOP = 20
"""Rows in which the heads are looked for."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with rows of indicators."""

    sheet: Sheet
    file: str
    words: Mapping[str, str]
    """Those of the language of its heads."""
    top: int
    """Row of the heads, from 0."""
    columns: Mapping[str, int]
    """Column of each name, from 0."""
    doubled: tuple[tuple[int, str], ...]
    strangers: Mapping[int, str]
    """Heads that were not sent, by their column."""

    @classmethod
    def of(cls, sheet: Sheet, file: str, wordings: Sequence[Mapping[str, str]]) -> Table | None:
        """Find the row of heads, in whichever language most of them are."""
        best: Table | None = None
        for words in wordings:
            heads = {words[f"sheet.columns.{name}"].casefold(): name for name in COLUMNS}
            for top, row in enumerate(sheet.rows[:_TOP]):
                columns: dict[str, int] = {}
                doubled, strangers = [], {}
                for at, cell in enumerate(row):
                    text = " ".join(cell.text.split())
                    name = heads.get(text.casefold())
                    if name in columns:
                        doubled.append((at, str(name)))
                    elif name:
                        columns[name] = at
                    elif text:
                        strangers[at] = text
                if len(columns) >= max(_FEWEST, len(best.columns) + 1 if best else 0):
                    best = cls(sheet, file, words, top, columns, tuple(doubled), strangers)
        return best

    @property
    def below(self) -> range:
        """Give the rows below the heads."""
        return range(self.top + 1, len(self.sheet.rows))

    def cell(self, row: int, column: int) -> Cell:
        """Give a cell; an empty one beyond the sheet's end."""
        cells = self.sheet.rows[row]
        return cells[column] if column < len(cells) else Cell()

    def at(self, place: Place) -> Cell:
        """Give the cell of a place."""
        return self.cell(*place)

    def is_merged(self, place: Place) -> bool:
        """Say whether a cell is one with others."""
        return any(
            first[0] <= place[0] <= last[0] and first[1] <= place[1] <= last[1]
            for first, last in self.sheet.merged
        )

    def span(self, place: Place) -> Span:
        """Give a place for programs: row and column, from 1."""
        return Span(self.file, place[0] + 1, place[1] + 1)

    def where(self, place: Place) -> str:
        """Give a place in words."""
        return f"sheet “{self.sheet.title}”, cell {name_of(place)}"


def name_of(place: Place) -> str:
    """Give a place as a sheet calls it: "E5"."""
    return f"{column_letter(place[1])}{place[0] + 1}"
