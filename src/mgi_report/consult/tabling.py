"""Rows of tables that are new, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from mgi_report.consult.model import Block
from mgi_report.consult.rewriting import DoesNotFit, ending, escaped
from mgi_report.consult.source import Change, SourceFile

_LEAD = re.compile(r"[ \t>]*")


def with_rows(block: Block, file: SourceFile, parts: Sequence[str]) -> Change:
    """Put rows, whose cells are parted by tabs, and paragraphs behind a block.

    Behind a row, rows go on with its table; elsewhere they become one. Raises `DoesNotFit`.
    """
    if block.kind in ("item", "note"):
        raise DoesNotFit("a table cannot stand in a list or a footnote")
    place = file.line_end(ending(block))
    lead = _LEAD.match(file.text, file.line_start(ending(block)))[0]  # type: ignore[index]
    if block.kind == "row" and block.is_head:  # the line that parts the head from the rows
        place = file.line_end(place + len(file.newline))
    columns = block.text.count("\t") + 1
    in_table = block.kind == "row"
    all_rows = in_table and columns == 1
    text = ""
    for is_row, members in groupby(parts, key=lambda part: all_rows or "\t" in part):
        some = list(members)
        if not is_row:
            if in_table and not text and _goes_on(file, place):
                raise DoesNotFit("a paragraph cannot stand between the rows of a table")
            for part in some:
                words = escaped(part, starts=True).replace("\n", "\\\n")
                text += f"\n{lead.rstrip()}\n{lead}{words}"
        elif in_table:
            text += "".join(f"\n{lead}{_row(part, columns)}" for part in some)
        else:
            width = max(part.count("\t") for part in some) + 1
            rows = [_row(part, width) for part in some]
            rows.insert(1, f"|{'---|' * width}")
            text += f"\n{lead.rstrip()}" + "".join(f"\n{lead}{row}" for row in rows)
        in_table = False
    return Change(place, place, text)


def _row(part: str, columns: int) -> str:
    cells = [cell.strip() for cell in part.split("\t")]
    if len(cells) > columns:
        raise DoesNotFit(f"the new row has {len(cells)} cells, and the table {columns} columns")
    if any("\n" in cell for cell in cells):
        raise DoesNotFit("a line cannot be broken in a table's cell")
    cells += [""] * (columns - len(cells))
    return f"| {' | '.join(escaped(cell, cell=True) for cell in cells)} |"


def _goes_on(file: SourceFile, place: int) -> bool:
    """Say whether a further row stands below."""
    start = place + len(file.newline)
    return "|" in file.text[start : file.line_end(start)]
