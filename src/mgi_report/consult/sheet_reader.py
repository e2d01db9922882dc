"""Reads a returned comment matrix (.xlsx)."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from zipfile import BadZipFile

from rapidfuzz import fuzz, process

from mgi_report.consult.comparing import differences
from mgi_report.consult.model import Block, Content, Edit, Kind
from mgi_report.consult.package import Package, Unsound
from mgi_report.consult.wording import COLUMNS

_MOST_ROWS = 20_000
_ALIKE = 50
"""Per cent of likeness from which a proposed text is the block, changed; else it is another one."""
_FOUND = 85


def read_sheet(
    content: bytes, sent: Content, words: Mapping[str, str]
) -> tuple[list[tuple[str, Edit]], tuple[str, ...]]:
    """Give what the rows ask for, each with its institution, and the names that tell the round.

    Raises `Unsound`.
    """
    from openpyxl import load_workbook

    package = Package(content)
    for name in sorted(package.names):
        if name.endswith((".xml", ".rels")):
            package.xml(name)  # refuses what is unsound
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(content), read_only=True, data_only=True)
            names = tuple(book.defined_names)
            rows = [
                [_text(value) for value in row]
                for sheet in book.worksheets[:1]
                for row in sheet.iter_rows(values_only=True, max_row=_MOST_ROWS, max_col=40)
            ]
            book.close()
    except (BadZipFile, KeyError, ValueError, TypeError, OSError, AttributeError) as error:
        raise Unsound("The file is broken, or is no workbook.", "Ask for it again.") from error
    columns, first = _columns(rows, words)
    edits = [
        edit
        for number, row in enumerate(rows[first:], start=first + 1)
        for edit in _row(row, columns, sent, number)
    ]
    return edits, names


def _columns(rows: list[list[str]], words: Mapping[str, str]) -> tuple[dict[str, int], int]:
    """Find the row of column heads, and which column is which."""
    heads = {words[f"matrix.columns.{name}"].casefold(): name for name in COLUMNS}
    for number, row in enumerate(rows[:20]):
        known = {
            heads[each.strip().casefold()]: index
            for index, each in enumerate(row)
            if each.strip().casefold() in heads
        }
        if {"number"} <= known.keys() and {"proposed", "comment"} & known.keys():
            return known, number + 1
    raise Unsound(
        "The file has no comment matrix in it.",
        "Import the workbook that was sent; its first row names the columns.",
    )


def _row(
    row: list[str], columns: Mapping[str, int], sent: Content, number: int
) -> Iterator[tuple[str, Edit]]:
    def cell(name: str) -> str:
        index = columns.get(name, len(row))
        return row[index].strip() if index < len(row) else ""

    label, text, proposed, comment = (
        cell(each) for each in ("number", "text", "proposed", "comment")
    )
    block = sent.by_name().get(" ".join(label.split())) or _by_text(text, sent)
    place = f"row {number}"
    institution, author = cell("institution"), cell("name")
    if block is None:
        if proposed or comment:
            yield (
                institution,
                Edit(
                    Kind.INSERTION if proposed else Kind.COMMENT,
                    0,
                    0,
                    "",
                    proposed,
                    author,
                    "",
                    comment,
                    place,
                    " – ".join(each for each in (label, text[:300]) if each),
                    tracked=False,
                ),
            )
        return
    shown = " ".join(block.text.replace("\t", " | ").split())
    if not proposed and text and " ".join(text.split()) != shown:
        proposed = text  # they wrote over the text itself
    edits = list(_changes(block, proposed, author, place)) if proposed else []
    for index, edit in enumerate(edits):
        yield institution, edit if index or not comment else replace(edit, comment=comment)
    if comment and not edits:
        yield (
            institution,
            Edit(
                Kind.COMMENT,
                block.number,
                0,
                block.text,
                "",
                author,
                "",
                comment,
                place,
                tracked=False,
            ),
        )


def _changes(block: Block, proposed: str, author: str, place: str) -> Iterator[Edit]:
    text = proposed.replace(" | ", "\t") if "\t" in block.text else proposed
    if " ".join(text.split()) == " ".join(block.text.split()):
        return
    if fuzz.ratio(block.text, text) < _ALIKE:
        yield Edit(
            Kind.REPLACEMENT,
            block.number,
            0,
            block.text,
            text,
            author,
            "",
            "",
            place,
            tracked=False,
        )
        return
    for each in differences(block.text, text):
        original, new = block.text[each.start : each.end], text[each.new_start : each.new_end]
        kind = Kind.INSERTION if not original else Kind.REPLACEMENT if new else Kind.DELETION
        yield Edit(
            kind, block.number, each.start, original, new, author, "", "", place, tracked=False
        )


def _by_text(text: str, sent: Content) -> Block | None:
    if not text:
        return None
    texts = {block.name: block.text for block in sent.blocks}
    best = process.extractOne(text, texts, scorer=fuzz.ratio, score_cutoff=_FOUND)
    return sent.by_name()[best[2]] if best else None


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
