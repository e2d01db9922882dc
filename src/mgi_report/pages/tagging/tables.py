"""Step 4, typeset: tables, and which header cells say what of which cells.

ISO 32000-1, 14.8.4.3.4 and 14.8.5.7 (Scope, Headers, ColSpan, RowSpan); ISO 14289-1, 7.5.
"""

from __future__ import annotations

from dataclasses import dataclass

from mgi_report.pages.engine import boxes
from mgi_report.pages.tagging.drafts import Draft, Item, Maker, is_a, mixed, paragraphs
from mgi_report.pages.tagging.tags import Node

_GROUPS = {"thead": "THead", "tbody": "TBody", "tfoot": "TFoot"}
_SCOPES = {"col": "Column", "colgroup": "Column", "row": "Row", "rowgroup": "Row"}


def table_of(maker: Maker, node: Node) -> list[Item]:
    """Draft `table`; how CSS displays it does not matter."""
    if node.role in ("presentation", "none"):
        return maker.neutral(node)
    items = maker.kids(node)
    captions = [item for item in items if is_a(item, "Caption")][:1]
    groups = [item for item in items if is_a(item, "THead", "TBody", "TR")]
    feet = [item for item in items if is_a(item, "TFoot")]
    known = [*captions, *groups, *feet]
    rest = [item for item in items if not any(item is other for other in known)]
    draft = Draft("Table", node.element, known, node)
    _finish(draft, maker)
    return [draft, *paragraphs(rest, node.element)]


def rows_of(maker: Maker, node: Node) -> list[Item]:
    """Draft `thead`, `tbody` and `tfoot`."""
    if _is_only_layout(node):
        return maker.neutral(node)
    rows = [item for item in maker.kids(node) if is_a(item, "TR")]
    return [Draft(_GROUPS[node.tag], node.element, rows, node)] if rows else []


def row_of(maker: Maker, node: Node) -> list[Item]:
    """Draft `tr`."""
    if _is_only_layout(node):
        return maker.neutral(node)
    cells = [item for item in maker.kids(node) if is_a(item, "TH", "TD")]
    return [Draft("TR", node.element, cells, node)] if cells else []


def cell_of(maker: Maker, node: Node) -> list[Item]:
    """Draft `th` and `td`."""
    if _is_only_layout(node):
        return maker.neutral(node)
    items = mixed(maker.kids(node), node.element)
    draft = Draft(node.tag.upper(), node.element, items, node)
    box = node.boxes[0][2] if node.boxes else None
    if isinstance(box, boxes.TableCellBox):
        spans = {"ColSpan": box.colspan, "RowSpan": box.rowspan}
        if spans := {name: span for name, span in spans.items() if span > 1}:
            draft.attributes["Table"] = {**spans}
    return [draft]


def _is_only_layout(node: Node) -> bool:
    tables = [up for up in node.above() if up.tag == "table"]
    return not tables or tables[0].role in ("presentation", "none")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell at its place in the grid; rows and columns from 0."""

    draft: Draft
    rows: range
    columns: range
    in_head: bool


def _finish(table: Draft, maker: Maker) -> None:
    """Say of header cells what they head, make rows equally long, connect cells with headers.

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
            cell.draft.id = cell.draft.element.get("id") or maker.new_id("th")
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
