"""Reads the paragraphs and tables of a returned .docx, with all that was done to them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mgi_report.consult.returned import Anchor, Mark, Part, Stretch
from mgi_report.consult.word_looks import (
    BY_CHARACTER,
    Styles,
    W,
    formatted_as,
    is_outer,
    is_struck_by_hand,
)
from mgi_report.consult.word_looks import name_of as _name
from mgi_report.consult.word_signs import UNKNOWN, sign_of
from mgi_report.office.remarks import Remark

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_BLOCK = re.compile(r"mgi_(\d{1,6})(?:_Copy_\d+)?")
_IDENTITY = re.compile(r"mgi_round_\d+_[0-9a-f]{12}")
_CALL = re.compile(r"NOTEREF\s+mgi_call_(\d+)")
_LINK = re.compile(r'HYPERLINK\s+"([^"]+)"(?:\s+\\l\s+"([^"]+)")?')
_WRAPPERS = ("smartTag", "sdt", "sdtContent", "customXml", "dir", "bdo")


@dataclass(slots=True)
class _Fate:
    """What was done to what is being read."""

    mark: Mark = Mark.SAME
    author: str = ""
    date: str = ""
    moved: bool = False


@dataclass(slots=True)
class StoryReader:
    """Reads paragraphs."""

    styles: Styles
    calls: dict[str, str] = field(default_factory=dict)
    ends: dict[str, str] = field(default_factory=dict)
    label_of_block: dict[int, str] = field(default_factory=dict)
    identities: list[str] = field(default_factory=list)
    aside: list[Part] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)
    told: dict[str, Remark] = field(default_factory=dict)
    """What is no change of words, and is told like a comment: a picture that was put in."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    """Of the links of the part that is being read."""
    _address: str = ""
    """Where the link leads that is being read."""
    _count: int = 0
    _field: list[str] = field(default_factory=list)
    """Of fields begun in this paragraph: their instruction, "" behind it."""

    def story(self, holder: Any, place: str, *, is_note: bool = False) -> list[Part]:
        """Read the paragraphs and tables of a body, a note or a text box."""
        parts: list[Part] = []
        part = Part()
        nodes = list(self._blocks(holder, _Fate()))
        for index, (node, fate) in enumerate(nodes):
            if node.tag == f"{W}tr":
                if part.atoms or part.bookmarks:
                    parts.append(part)
                parts.append(self._row(node, fate, len(parts)))
                part = Part()
                continue
            self._count += 1
            part.found = part.found or (place if is_note else f"{place} {self._count}")
            self._paragraph(node, part, fate)
            end = self._end(node, fate)
            if end is None:
                continue
            if end.mark is Mark.INSERTED:
                before, after = (
                    nodes[near][0] if 0 <= near < len(nodes) else None
                    for near in (index - 1, index + 1)
                )
                if not part.is_new or self._is_before(part, before, after):
                    part.atoms.append(end)
                    continue
            if end.mark is Mark.DELETED:
                part.joined = end
            parts.append(part)
            part = Part()
        if part.atoms:
            parts.append(part)
        return parts

    def _is_before(self, part: Part, before: Any, after: Any) -> bool:
        """Say whether a new paragraph is like the one below it, not like that which it follows."""
        if part.list:
            return _list_of(after) == part.list
        looks = [self._look(each) for each in (before, after)]
        return looks[0] != part.look == looks[1]

    def _look(self, paragraph: Any) -> str:
        return self.styles.of(paragraph.find(f"{W}pPr")) if paragraph is not None else ""

    def _blocks(self, holder: Any, fate: _Fate) -> Iterator[tuple[Any, _Fate]]:
        """Give paragraphs and rows, whatever they are wrapped in."""
        for node in holder:
            name = _name(node)
            if name in ("p", "tr"):
                yield node, fate
            elif name == "AlternateContent":
                yield from self._blocks(node[0] if len(node) else node, fate)
            elif name in ("ins", "del", "moveFrom", "moveTo"):
                yield from self._blocks(node, _fate(node, name))
            elif name in ("tbl", "sdt", "sdtContent", "customXml", "Choice"):
                yield from self._blocks(node, fate)
            elif name == "bookmarkStart":
                self._identity(node)

    def _row(self, row: Any, fate: _Fate, index: int) -> Part:
        properties = row.find(f"{W}trPr")
        for change in properties if properties is not None else ():
            if _name(change) in ("ins", "del") and fate.mark is not Mark.INSERTED:
                fate = _fate(change, _name(change))
        part = Part(found=f"row {index + 1}")
        cells = [each for each in row.iter(f"{W}tc") if _row_of(each) is row]
        for column, cell in enumerate(cells):
            if column:
                part.atoms.append(_stretch("\t", fate))
            # What stands in a table inside of the cell is read as further lines of it.
            lines = [
                line
                for each, _ in self._blocks(cell, fate)
                for line in ([each] if each.tag == f"{W}p" else each.iter(f"{W}p"))
            ]
            first = len(part.atoms)
            for line, paragraph in enumerate(lines):
                self._count += 1
                if line and (end := self._end(lines[line - 1], fate)):
                    part.atoms.append(replace(end, text="\n", moved=False))
                self._paragraph(paragraph, part, fate)
            gone = _cell_gone(cell)
            if gone is not None and fate.mark is Mark.SAME:
                self._without_cell(cells, column, part, first, _fate(gone, "del"))
        return part

    def _without_cell(
        self, cells: list[Any], column: int, part: Part, first: int, fate: _Fate
    ) -> None:
        """Tell of a cell or column that goes; its words stay, or an empty one would be left."""
        for index, atom in enumerate(part.atoms[first:], start=first):
            if isinstance(atom, Stretch) and atom.mark is Mark.DELETED:
                part.atoms[index] = replace(atom, mark=Mark.SAME)
        words = part.after.split("\t")[-1].strip()
        head = _head_cells(cells[0])
        is_column = column < len(head) and _cell_gone(head[column]) is not None
        if not is_column:
            self._tell(f"The cell “{words}” was taken out of the row.", part, fate)
        elif cells[column] is head[column]:
            self._tell(f"The column “{words}” was taken out of the table.", part, fate)

    def _end(self, paragraph: Any, fate: _Fate) -> Stretch | None:
        """Give the end of a paragraph; None where somebody deleted what another had inserted."""
        look = paragraph.find(f"{W}pPr/{W}rPr")
        for change in look if look is not None else ():
            if _name(change) in ("ins", "del", "moveFrom", "moveTo"):
                inner = _fate(change, _name(change))
                if {fate.mark, inner.mark} == {Mark.INSERTED, Mark.DELETED}:
                    return None
                fate = inner
        return _stretch("\n\n", fate)

    def _paragraph(self, paragraph: Any, part: Part, fate: _Fate) -> None:
        self._field, self._address = [], ""
        look = self._look(paragraph)
        changed = paragraph.find(f"{W}pPr/{W}pPrChange")
        if changed is not None:
            before = self.styles.of(changed.find(f"{W}pPr"))
            part.style = f"{before} → {look}" if before != look else part.style
        part.look, part.list = part.look or look, part.list or _list_of(paragraph)
        for node in paragraph:
            self._inline(node, part, fate)

    def _inline(self, node: Any, part: Part, fate: _Fate) -> None:
        name = _name(node)
        match name:
            case "r":
                self._run(node, part, fate)
            case "ins" | "del" | "moveFrom" | "moveTo":
                inner = _fate(node, name)
                if {fate.mark, inner.mark} == {Mark.INSERTED, Mark.DELETED}:
                    self._taken_back(node, part, fate, inner)
                    return
                for each in node:
                    self._inline(each, part, inner)
            case "bookmarkStart":
                if found := _BLOCK.fullmatch(node.get(f"{W}name", "")):
                    part.bookmarks.append(int(found[1]))
                self._identity(node)
            case "commentRangeStart" | "commentRangeEnd":
                part.atoms.append(Anchor(node.get(f"{W}id", ""), name.endswith("End")))
            case "fldSimple" if found := _CALL.search(node.get(f"{W}instr", "")):
                self._noteref(int(found[1]), part, fate)
            case "hyperlink" | "fldSimple":
                around = self._address
                self._address = self._led_to(node) or around
                for each in node:
                    self._inline(each, part, fate)
                self._address = around
            case "AlternateContent":
                for each in node[0] if len(node) else ():
                    self._inline(each, part, fate)
            case "ruby":
                self._ruby(node, part, fate)
            case "oMath" | "oMathPara":
                text = "".join(each.text or "" for each in node.iter() if _name(each) == "t")
                part.atoms.append(_stretch(text, fate))
            case _ if name in _WRAPPERS:
                for each in node:
                    self._inline(each, part, fate)

    def _led_to(self, link: Any) -> str:
        """Give where a link leads."""
        address = self.addresses.get(link.get(f"{_R}id", ""), "")
        return _with_place(address, link.get(f"{W}anchor")) or _address_in(
            link.get(f"{W}instr", "")
        )

    def _run(self, run: Any, part: Part, fate: _Fate) -> None:
        formatted = formatted_as(run)
        by_hand = fate.mark is Mark.SAME and is_struck_by_hand(run)
        for node in run:
            name = _name(node)
            text = ""
            if name == "fldChar":
                self._field_character(node, part, fate)
                continue
            if name == "instrText":
                if self._field:
                    self._field[-1] += node.text or ""
                continue
            if name in ("t", "delText"):
                text = node.text or ""
            elif name == "tab" and fate.mark is Mark.INSERTED:
                text = " "  # a tab would part the cells of a table
            elif name in BY_CHARACTER:
                text = "" if node.get(f"{W}type") in ("page", "column") else BY_CHARACTER[name]
            elif name == "sym":
                text = sign_of(font := node.get(f"{W}font", ""), node.get(f"{W}char", ""))
                self.unread[f"sign of the font {font}"] += text == UNKNOWN
            elif name == "footnoteReference":
                text = self.calls.get(node.get(f"{W}id", ""), "")
            elif name == "endnoteReference":
                text = self.ends.get(node.get(f"{W}id", ""), "")
            elif name == "commentReference":
                part.atoms.append(Anchor(node.get(f"{W}id", ""), is_end=True))
            elif name in ("drawing", "pict", "object", "AlternateContent", "contentPart"):
                self._drawn(node, part, fate)
            elif name == "ruby":
                self._ruby(node, part, fate)
            if text and not any(self._field):
                made = replace(_stretch(text, fate), formatted=formatted, address=self._address)
                part.atoms.append(
                    replace(made, mark=Mark.DELETED, by_hand=True) if by_hand else made
                )

    def _taken_back(self, node: Any, part: Part, fate: _Fate, inner: _Fate) -> None:
        """Tell of words that one put in and another took away again: they were never sent."""
        aside = Part()
        for each in node:
            self._inline(each, aside, _Fate())
        part.atoms += [each for each in aside.atoms if isinstance(each, Anchor)]
        if aside.after.strip() and not inner.moved:
            first, last = (fate, inner) if inner.mark is Mark.DELETED else (inner, fate)
            said = (
                f"“{aside.after.strip()}” was put in here by {first.author}, and taken out again."
            )
            self._tell(said, part, last)

    def _tell(self, said: str, part: Part, fate: _Fate) -> None:
        name = f"told-{len(self.told) + 1}"
        self.told[name] = Remark(name, fate.author, fate.date, said)
        part.atoms.append(Anchor(name, is_end=True))

    def _ruby(self, node: Any, part: Part, fate: _Fate) -> None:
        """Read words that carry a reading aid; the aid itself is told."""
        self.unread["reading aid above words"] += 1
        for run in node.iterfind(f"{W}rubyBase/*"):
            self._inline(run, part, fate)

    def _field_character(self, node: Any, part: Part, fate: _Fate) -> None:
        kind = node.get(f"{W}fldCharType")
        if kind == "begin":
            self._field.append(" ")
        elif self._field and kind == "separate":
            if found := _CALL.search(self._field[-1]):
                self._noteref(int(found[1]), part, fate)
            else:
                self._address = _address_in(self._field[-1]) or self._address
                self._field[-1] = ""  # what follows is its result, and is read
        elif self._field and kind == "end":
            self._field.pop()
            self._address = self._address if self._field else ""

    def _noteref(self, block: int, part: Part, fate: _Fate) -> None:
        if block in self.label_of_block:
            part.atoms.append(_stretch(f"[^{self.label_of_block[block]}]", fate))

    def _identity(self, node: Any) -> None:
        name = node.get(f"{W}name", "")
        if _IDENTITY.fullmatch(name):
            self.identities.append(name)

    def _drawn(self, node: Any, part: Part, fate: _Fate) -> None:
        """Read a text box, whose words belong to no block; tell of anything else that is drawn."""
        boxes = [each for each in node.iter(f"{W}txbxContent") if is_outer(each, node)]
        for box in boxes:
            count, field_, address = self._count, self._field, self._address
            parts = self.story(box, "text box", is_note=True)
            self.aside += [
                replace(each, context="in a text box") for each in parts if not each.is_empty
            ]
            self._count, self._field, self._address = count, field_, address
        if not boxes and fate.mark is not Mark.DELETED:
            self._tell("A picture or another object was put here.", part, fate)


def _address_in(instruction: str) -> str:
    """Give where a field leads, nothing for one that is no link."""
    found = _LINK.search(instruction)
    return _with_place(found[1], found[2]) if found else ""


def _with_place(address: str, place: str | None) -> str:
    """Put together what programs keep apart: an address, and what stands in it behind "#"."""
    return f"{address}#{place}" if address and place and "#" not in address else address


def _cell_gone(cell: Any) -> Any:
    return cell.find(f"{W}tcPr/{W}cellDel")


def _head_cells(cell: Any) -> list[Any]:
    """Give the cells of the first row of a cell's table."""
    table = next(cell.iterancestors(f"{W}tbl"))
    return [each for each in table.iter(f"{W}tc") if _row_of(each) is next(table.iter(f"{W}tr"))]


def _row_of(cell: Any) -> Any:
    return next((each for each in cell.iterancestors(f"{W}tr")), None)


def _fate(node: Any, name: str) -> _Fate:
    mark = Mark.INSERTED if name in ("ins", "moveTo") else Mark.DELETED
    return _Fate(mark, node.get(f"{W}author", ""), node.get(f"{W}date", ""), "move" in name)


def _stretch(text: str, fate: _Fate) -> Stretch:
    return Stretch(text, fate.mark, fate.author, fate.date, fate.moved)


def _list_of(paragraph: Any) -> str:
    """Give the list that a paragraph is of."""
    found = paragraph.find(f"{W}pPr/{W}numPr/{W}numId") if paragraph is not None else None
    return found.get(f"{W}val", "") if found is not None else ""
