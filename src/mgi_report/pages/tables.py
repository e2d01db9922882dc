"""Step 4, typeset: the cells of a table, and which header cells say what they are.

ISO 32000-1, 14.8.5.7 (Scope, Headers, ColSpan, RowSpan); ISO 14289-1, 7.5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from mgi_report.pages.drafts import Draft

_SCOPES = {"col": "Column", "colgroup": "Column", "row": "Row", "rowgroup": "Row"}


class Ids(Protocol):
    """Makes ids that are not taken."""

    def new(self, stem: str) -> str:
        """Give an id that begins with the stem."""
        ...


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell at its place in the grid; rows and columns from 0."""

    draft: Draft
    rows: range
    columns: range
    in_head: bool


def finish_table(table: Draft, ids: Ids) -> None:
    """Say of header cells what they head, make all rows equally long, connect cells with headers.

    A table whose headers span, or stand in several rows, names the headers of each cell.
    """
    rows, heads = _rows(table)
    cells = _grid(rows, heads)
    width = max((cell.columns.stop for cell in cells), default=0)
    taken = {(row, column) for cell in cells for row in cell.rows for column in cell.columns}
    for number, row in enumerate(rows):
        short = sum((number, column) not in taken for column in range(width))
        row.kids += [Draft("TD", row.element) for _ in range(short)]
    headers = [cell for cell in cells if cell.draft.role == "TH"]
    for cell in headers:
        cell.draft.attributes.setdefault("Table", {})["Scope"] = _scope(cell)
    if _is_complex(headers):
        for cell in headers:
            cell.draft.id = cell.draft.element.get("id") or ids.new("th")
        for cell in cells:
            if cell.draft.role == "TD":
                cell.draft.headers = tuple(_headers(cell, headers))


def _rows(table: Draft) -> tuple[list[Draft], list[bool]]:
    """List the rows, and of each whether it is in the head."""
    rows, heads = [], []
    for group in table.kids:
        if not isinstance(group, Draft) or group.role == "Caption":
            continue
        for row in [group] if group.role == "TR" else group.kids:
            if isinstance(row, Draft):
                rows.append(row)
                heads.append(group.role == "THead")
    return rows, heads


def _grid(rows: list[Draft], heads: list[bool]) -> list[_Cell]:
    taken: set[tuple[int, int]] = set()
    cells = []
    for number, row in enumerate(rows):
        column = 0
        for draft in row.kids:
            assert isinstance(draft, Draft)  # a row holds cells only
            while (number, column) in taken:
                column += 1
            spans = draft.attributes.get("Table", {})
            wide, high = int(str(spans.get("ColSpan", 1))), int(str(spans.get("RowSpan", 1)))
            cell = _Cell(
                draft, range(number, number + high), range(column, column + wide), heads[number]
            )
            taken |= {(y, x) for y in cell.rows for x in cell.columns}
            cells.append(cell)
            column += wide
    return cells


def _scope(cell: _Cell) -> str:
    """Say what a header cell heads; without `scope`, its column in the head, else its row."""
    said = _SCOPES.get(cell.draft.element.get("scope", ""))
    return said or ("Column" if cell.in_head or cell.columns.start else "Row")


def _is_complex(headers: list[_Cell]) -> bool:
    spanning = any(len(cell.rows) > 1 or len(cell.columns) > 1 for cell in headers)
    heads = {cell.rows.start for cell in headers if cell.in_head}
    by_row = [cell.rows.start for cell in headers if _scope(cell) == "Row"]
    return spanning or len(heads) > 1 or len(by_row) > len(set(by_row))


def _headers(cell: _Cell, headers: list[_Cell]) -> list[str]:
    """List the ids of a cell's headers: of its rows, then of its columns."""
    found = []
    for wanted in ("Row", "Column"):
        for header in headers:
            if _scope(header) != wanted or header.draft.id is None:
                continue
            if wanted == "Row":
                meets = _overlap(header.rows, cell.rows)
            else:
                meets = _overlap(header.columns, cell.columns)
                meets = meets and header.rows.start < cell.rows.start
            if meets:
                found.append(header.draft.id)
    return found


def _overlap(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop
