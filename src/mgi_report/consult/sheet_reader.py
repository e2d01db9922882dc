"""Reads a returned comment matrix (.xlsx)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz, process

from mgi_report.consult.comparing import differences
from mgi_report.consult.model import Block, Content, Edit, Kind
from mgi_report.consult.wording import COLUMNS
from mgi_report.office.package import Unsound
from mgi_report.office.remarks import Notice
from mgi_report.office.workbook import Cell, Sheet, Workbook, column_letter

_ALIKE = 50
"""Per cent of likeness from which a proposed text is the block, changed; else it is another one."""
_FOUND = 85
_ENOUGH = 0.2
"""Share of a sheet's texts that were sent, if it is that of the round."""
_LONG = 40
"""Characters from which a block may be taken for a part of itself."""

_MARGIN = "at the head or foot of the printed pages"

Asked = tuple[str, Edit]
"""The institution that a row names, and what it asks for."""


def edits_in_book(
    book: Workbook, sent: Content, words: Mapping[str, str], ours: Collection[str]
) -> tuple[list[Asked], tuple[Notice, ...]]:
    """Give what a workbook asks for; `ours` are texts that were sent beside the matrix.

    Raises `Unsound` where there is no matrix in it, or that of another draft.
    """
    tables = [_Table.of(sheet, words) for sheet in book.sheets]
    first = next((table for table in tables if table), None)
    if first is None:
        raise Unsound(
            "The file has no comment matrix in it.",
            "Import the workbook that was sent; its first row names the columns.",
        )
    places = _Places(sent)
    reader = _Reader(places)
    edits: list[Asked] = []
    for sheet, table in zip(book.sheets, tables, strict=True):
        where = "" if table is first else f"sheet “{sheet.title}”, "
        if table:
            _check_share(table, places)
            edits += reader.loose(sheet, range(table.first - 1), where, ours)
            edits += reader.table(table, where)
        else:
            edits += reader.loose(sheet, range(len(sheet.rows)), where, ours)
        edits += reader.notes(sheet, where)
    for text in book.aside:
        edits.append(("", _unplaced(Kind.COMMENT, "", text, "a text box", "in a text box")))
    for text in book.margins:
        if _plain(text) not in ours:
            edits.append(("", _unplaced(Kind.COMMENT, "", text, "header or footer", _MARGIN)))
    return edits, (*book.notices, *reader.notices())


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet that has the matrix."""

    sheet: Sheet
    columns: Mapping[str, int]
    first: int
    """Its first row below the heads, from 0."""

    @classmethod
    def of(cls, sheet: Sheet, words: Mapping[str, str]) -> _Table | None:
        """Find the row of column heads, and which column is which."""
        heads = {words[f"matrix.columns.{name}"].casefold(): name for name in COLUMNS}
        for number, row in enumerate(sheet.rows[:20]):
            known = {
                heads[cell.text.casefold()]: index
                for index, cell in enumerate(row)
                if cell.text.casefold() in heads
            }
            if {"number", "text"} & known.keys() and {"proposed", "comment"} & known.keys():
                return cls(sheet, known, number + 1)
        return None

    def cell(self, row: Sequence[Cell], name: str) -> Cell:
        """Give the cell of a row in a column by its name; an empty one where it has none."""
        index = self.columns.get(name, len(row))
        return row[index] if index < len(row) else Cell()

    def others(self, row: Sequence[Cell]) -> Iterator[str]:
        """Give what stands where reviewers are not asked to write."""
        asked = {
            index
            for name, index in self.columns.items()
            if name not in ("page", "line", "answer", "status")
        }
        counted = {self.columns.get("page"), self.columns.get("line")}
        heads = self.sheet.rows[self.first - 1]
        for index, cell in enumerate(row):
            is_ours = index in asked or (index in counted and cell.text.isdecimal())
            if cell.text and not is_ours:
                head = heads[index].text if index < len(heads) else ""
                yield f"[{head or column_letter(index)}] {cell.text}"


class _Places:
    """Finds the block of a row: by its text, else by its number."""

    def __init__(self, sent: Content) -> None:
        self._by_name = {_compact(block.name): block for block in sent.blocks}
        self._by_text: dict[str, list[Block]] = {}
        for block in sent.blocks:
            self._by_text.setdefault(shown(block), []).append(block)
        self._blocks = {block.number: block for block in sent.blocks}
        self._texts = {block.number: shown(block) for block in sent.blocks}
        self._seen: Counter[str] = Counter()
        self.disagreeing = 0
        """Rows whose number is that of another block than their text."""

    def find(self, label: str, text: str) -> Block | None:
        """Find a block; of several that say the same, each row has its own."""
        named = self._by_name.get(_compact(label))
        if not text:
            return named
        plain = _plain(text)
        same = self._by_text.get(plain)
        if same is None:
            if named and fuzz.ratio(plain, shown(named)) >= _ALIKE:
                return named
            found = self.like(plain)
        elif named in same:
            return named
        else:
            found = same[min(self._seen[plain], len(same) - 1)]
            self._seen[plain] += 1
        self.disagreeing += bool(found and named)
        return found or named

    def like(self, text: str) -> Block | None:
        """Find the block whose text is most like another one."""
        best = process.extractOne(text, self._texts, scorer=fuzz.ratio, score_cutoff=_FOUND)
        return self._blocks[best[2]] if best else None

    def knows(self, text: str) -> bool:
        """Say whether a block has that text."""
        return _plain(text) in self._by_text


@dataclass(slots=True)
class _Reader:
    """Reads the sheets of a workbook, one after the other."""

    places: _Places
    short: int = 0
    """Proposed texts that are much shorter than the blocks that they would replace."""
    _rows: dict[tuple[str, int], Block] = field(default_factory=dict)
    """Which block each row is, by the sheet's title."""

    def table(self, table: _Table, where: str) -> Iterator[Asked]:
        """Give what the rows of a matrix ask for."""
        above = ""
        for number, row in enumerate(table.sheet.rows[table.first :], start=table.first):
            label, text = (table.cell(row, name).text for name in ("number", "text"))
            block = self.places.find(label, text)
            if block:
                self._rows[table.sheet.title, number] = block
                edits = self._placed(table, row, block)
                above = block.name
            else:
                context = " – ".join(each for each in (label, text[:300]) if each)
                below = f"in a row below that of {above}" if above else ""
                edits = self._added(table, row, context or below)
            institution = table.cell(row, "institution").text
            author = table.cell(row, "name").text
            for edit in edits:
                yield institution, replace(edit, author=author, found=f"{where}row {number + 1}")

    def _placed(self, table: _Table, row: Sequence[Cell], block: Block) -> Iterator[Edit]:
        text, proposed = table.cell(row, "text"), table.cell(row, "proposed")
        comment = table.cell(row, "comment").text
        edits: list[Edit] = []
        if text.text and _plain(text.kept) != shown(block):
            edits += _changes(block, text.kept)
        if proposed.text:
            edits += map(self._marked, _changes(block, proposed.kept or proposed.text))
        if comment and edits:
            edits[0] = replace(edits[0], comment=comment)
        elif comment:
            edits.append(_remark(block, comment))
        yield from edits
        yield from (_remark(block, each) for each in table.others(row))

    def _added(self, table: _Table, row: Sequence[Cell], context: str) -> Iterator[Edit]:
        proposed = table.cell(row, "proposed").kept
        comment = table.cell(row, "comment").text
        wanted = proposed or ("" if comment else table.cell(row, "text").kept)
        if wanted:
            edit = _unplaced(Kind.INSERTION, wanted, comment, "", context)
            yield edit
        elif comment:
            yield _unplaced(Kind.COMMENT, "", comment, "", context)
        for each in table.others(row):
            yield _unplaced(Kind.COMMENT, "", each, "", context)

    def _marked(self, edit: Edit) -> Edit:
        """Mark a text that may stand for a part of the block, or say what to do with it."""
        is_whole = edit.kind is Kind.REPLACEMENT and edit.original.strip()
        if is_whole and len(edit.original) >= _LONG and len(edit.proposed) < len(edit.original) / 2:
            self.short += 1
            return replace(edit, context=_SHORT)
        return edit

    def loose(
        self, sheet: Sheet, rows: range, where: str, ours: Collection[str]
    ) -> Iterator[Asked]:
        """Give rows outside of a matrix as remarks, on blocks where they name one."""
        for number in rows:
            cells = [cell.text for cell in sheet.rows[number] if cell.text]
            cells = [each for each in cells if _plain(each) not in ours]
            found = f"{where}row {number + 1}"
            for index, each in enumerate(cells):
                block = self.places.find(each, "") or (
                    self.places.like(each) if len(each) >= _LONG else None
                )
                if block:
                    self._rows[sheet.title, number] = block
                    said = " – ".join(cells[:index] + cells[index + 1 :])
                    if said:
                        yield "", replace(_remark(block, said), found=found)
                    break
            else:
                if cells:
                    said = " – ".join(cells)
                    context = f"on sheet “{sheet.title}”"
                    yield "", _unplaced(Kind.COMMENT, "", said, found, context)

    def notes(self, sheet: Sheet, where: str) -> Iterator[Asked]:
        """Give notes on cells, and the answers to them."""
        for (row, column), remarks in sorted(sheet.notes.items()):
            block = self._rows.get((sheet.title, row))
            cell = f"{column_letter(column)}{row + 1}"
            found = f"{where}note at {cell}"
            said = {remark.id: remark for remark in remarks if remark.id}
            for remark in remarks:
                if not remark.text:
                    continue
                asked = said.get(remark.parent)
                answers = f"in answer to {asked.author}: {asked.text[:100]}" if asked else ""
                edit = _remark(block, remark.text) if block else None
                context = answers or ("" if block else f"on sheet “{sheet.title}”, cell {cell}")
                edit = edit or _unplaced(Kind.COMMENT, "", remark.text, "", context)
                yield (
                    "",
                    replace(
                        edit,
                        author=remark.author,
                        date=remark.date,
                        context=context,
                        found=found,
                    ),
                )

    def notices(self) -> Iterator[Notice]:
        """Give what an editor should know of the sheets."""
        if count := self.places.disagreeing:
            rows = "1 row" if count == 1 else f"{count} rows"
            yield Notice(
                f"In {rows} the number is not that of the text; they were read by their text.",
                "Was a column sorted by itself? Look whether remarks stand beside what they mean.",
            )
        if self.short:
            texts = "1 proposed text is" if self.short == 1 else f"{self.short} proposed texts are"
            yield Notice(
                f"{texts} much shorter than the block to be replaced; perhaps a part is meant.",
                'Accept what is meant in other words: consult decide PROFILE ID --text "…"',
            )


_SHORT = "much shorter than the block: perhaps a part of it is meant, or this says what to do"


def shown(block: Block) -> str:
    """Give a block's text as the matrix has it."""
    return _plain(block.text.replace("\t", " | "))


def _check_share(table: _Table, places: _Places) -> None:
    texts = [table.cell(row, "text").text for row in table.sheet.rows[table.first :]]
    there = [each for each in texts if each]
    if there and sum(map(places.knows, there)) < _ENOUGH * len(there):
        if any(places.like(each) for each in there[:_LONG]):
            return  # each is a little changed
        raise Unsound(
            "The matrix is not that of this round: hardly any of its texts were sent.",
            "Look whether it is that of another country or round.",
        )


def _changes(block: Block, proposed: str) -> Iterator[Edit]:
    text = proposed.replace(" | ", "\t") if "\t" in block.text else proposed
    if " ".join(text.split()) == " ".join(block.text.split()):
        return
    if fuzz.ratio(block.text, text) < _ALIKE:
        kind = Kind.REPLACEMENT if text else Kind.DELETION
        yield Edit(kind, block.number, 0, block.text, text, tracked=False)
        return
    for each in differences(block.text, text):
        original, new = block.text[each.start : each.end], text[each.new_start : each.new_end]
        kind = Kind.INSERTION if not original else Kind.REPLACEMENT if new else Kind.DELETION
        yield Edit(kind, block.number, each.start, original, new, tracked=False)


def _remark(block: Block, comment: str) -> Edit:
    return Edit(Kind.COMMENT, block.number, 0, block.text, "", comment=comment, tracked=False)


def _unplaced(kind: Kind, proposed: str, comment: str, found: str, context: str) -> Edit:
    return Edit(
        kind, 0, 0, "", proposed, comment=comment, found=found, context=context, tracked=False
    )


def _plain(text: str) -> str:
    return " ".join(text.split())


def _compact(label: str) -> str:
    return "".join(label.split()).casefold()
