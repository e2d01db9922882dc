"""Reads a returned .docx: text, tracked changes, comments, bookmarks, footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from mgi_report.consult.returned import Anchor, Mark, Part, Returned, Stretch
from mgi_report.consult.word_looks import W, formatted_as, is_outer, is_struck_by_hand
from mgi_report.consult.word_looks import name_of as _name
from mgi_report.office.package import Package, Unsound
from mgi_report.office.remarks import Remark

_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_BLOCK = re.compile(r"mgi_(\d{1,6})(?:_Copy_\d+)?")
_IDENTITY = re.compile(r"mgi_round_\d+_[0-9a-f]{12}")
_CALL = re.compile(r"NOTEREF\s+mgi_call_(\d+)")
_BY_CHARACTER = {
    "tab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
_WRAPPERS = ("hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "dir", "bdo", "fldSimple")

LabelOf = Callable[[str, tuple[Part, ...]], str | None]
"""Gives the label of a footnote that was sent, None of one that is new."""


def read_word(content: bytes, label_of: LabelOf) -> Returned:
    """Read a document. Raises `Unsound`."""
    package = Package(content)
    main = package.related("", "/officeDocument") or "word/document.xml"
    root = package.xml(main)
    if root is None or not root.tag.endswith("}document"):
        raise Unsound("The file is no Word document.", "Import the .docx that came back.")
    if root.tag.startswith(f"{{{_STRICT}}}"):
        raise Unsound(
            "The file is saved as “Strict Open XML”.",
            "Open it in Word, save it as “Word document (.docx)”, and import that.",
        )
    reader = _Reader()
    notes = _notes(package, main, reader, "footnotes")
    ends = _notes(package, main, reader, "endnotes")
    labels = {name: label for name, parts in notes.items() if (label := label_of(name, parts))}
    reader.calls = {
        name: f"[^{labels[name]}]" if name in labels else f"^[{_after(parts)}]"
        for name, parts in notes.items()
    }
    reader.label_of_block = {
        number: labels[name]
        for name, parts in notes.items()
        if name in labels
        for part in parts
        for number in part.bookmarks
    }
    reader.ends = {name: f"^[{_after(parts)}]" for name, parts in ends.items()}
    body = root.find(f"{W}body")
    parts = reader.story(body, "paragraph") if body is not None else []
    author, date = _saved_by(package)
    return Returned(
        parts=tuple(parts),
        notes=notes,
        labels=labels,
        remarks={**_remarks(package, main), **reader.pictures},
        author=author,
        date=date,
        identities=tuple(reader.identities),
        unread=reader.unread,
        aside=tuple(reader.aside),
    )


def _after(parts: tuple[Part, ...]) -> str:
    return " ".join(part.after.strip() for part in parts)


def _notes(package: Package, main: str, reader: _Reader, kind: str) -> dict[str, tuple[Part, ...]]:
    name = package.related(main, f"/{kind}")
    root = package.xml(name) if name else None
    found = {}
    for note in root if root is not None else ():
        if note.get(f"{W}type") in ("separator", "continuationSeparator", "continuationNotice"):
            continue
        number = note.get(f"{W}id", "")
        found[number] = tuple(reader.story(note, f"{kind[:-1]} {number}", is_note=True))
    return found


def _remarks(package: Package, main: str) -> dict[str, Remark]:
    name = package.related(main, "/comments")
    root = package.xml(name) if name else None
    found: dict[str, Remark] = {}
    last: dict[str, str] = {}
    """By the id of a comment's last paragraph, which its answers name."""
    for comment in root if root is not None else ():
        number = comment.get(f"{W}id", "")
        paragraphs = list(comment.iter(f"{W}p"))
        text = "\n".join(_words(paragraph) for paragraph in paragraphs).strip()
        found[number] = Remark(
            number, comment.get(f"{W}author", ""), comment.get(f"{W}date", ""), text
        )
        if paragraphs:
            last[paragraphs[-1].get(f"{_W14}paraId", "")] = number
    extended = package.related(main, "/commentsExtended")
    root = package.xml(extended) if extended else None
    for entry in root.iter(f"{_W15}commentEx") if root is not None else ():
        own = last.get(entry.get(f"{_W15}paraId", "-"))
        parent = last.get(entry.get(f"{_W15}paraIdParent", "-"))
        if own and parent:
            mine = found[own]
            found[own] = Remark(mine.id, mine.author, mine.date, mine.text, parent)
    return found


def _words(paragraph: Any) -> str:
    """Give a comment's words, with their tabs and line breaks."""
    return "".join(
        (each.text or "") if _name(each) == "t" else _BY_CHARACTER.get(_name(each), "")
        for run in paragraph.iter(f"{W}r")
        for each in run
    )


def _saved_by(package: Package) -> tuple[str, str]:
    name = package.related("", "/core-properties")
    root = package.xml(name) if name else None
    texts = {
        each.tag.rpartition("}")[2]: (each.text or "")
        for each in (root if root is not None else ())
    }
    author = texts.get("lastModifiedBy") or texts.get("creator") or ""
    return author if author != "mgi-report" else "", texts.get("modified", "")


@dataclass(slots=True)
class _Fate:
    """What was done to what is being read."""

    mark: Mark = Mark.SAME
    author: str = ""
    date: str = ""
    moved: bool = False


@dataclass(slots=True)
class _Reader:
    """Reads paragraphs."""

    calls: dict[str, str] = field(default_factory=dict)
    ends: dict[str, str] = field(default_factory=dict)
    label_of_block: dict[int, str] = field(default_factory=dict)
    identities: list[str] = field(default_factory=list)
    aside: list[Part] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)
    pictures: dict[str, Remark] = field(default_factory=dict)
    """What was not sent, and is told like a comment."""
    _count: int = 0
    _field: list[str] = field(default_factory=list)
    """Of fields begun in this paragraph: their instruction, "" behind it."""

    def story(self, holder: Any, place: str, *, is_note: bool = False) -> list[Part]:
        """Read the paragraphs and tables of a body, a note or a text box."""
        parts: list[Part] = []
        part = Part()
        for node, fate in self._blocks(holder, _Fate()):
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
            if end.mark is Mark.INSERTED:
                part.atoms.append(end)
                continue
            if end.mark is Mark.DELETED:
                part.joined = end
            parts.append(part)
            part = Part()
        if part.atoms:
            parts.append(part)
        return parts

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
            if _name(change) in ("ins", "del"):
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
            for line, paragraph in enumerate(lines):
                self._count += 1
                if line:
                    end = self._end(lines[line - 1], fate)
                    part.atoms.append(Stretch("\n", end.mark, end.author, end.date))
                self._paragraph(paragraph, part, fate)
        return part

    def _end(self, paragraph: Any, fate: _Fate) -> Stretch:
        """Give the end of a paragraph, which may have been inserted or deleted."""
        look = paragraph.find(f"{W}pPr/{W}rPr")
        for change in look if look is not None else ():
            if _name(change) in ("ins", "del", "moveFrom", "moveTo"):
                fate = _fate(change, _name(change))
        return _stretch("\n\n", fate)

    def _paragraph(self, paragraph: Any, part: Part, fate: _Fate) -> None:
        self._field = []
        changed = paragraph.find(f"{W}pPr/{W}pPrChange")
        if changed is not None:
            before, now = (
                each.find(f"{W}pStyle") if each is not None else None
                for each in (changed.find(f"{W}pPr"), paragraph.find(f"{W}pPr"))
            )
            names = [
                each.get(f"{W}val", "") if each is not None else "Normal" for each in (before, now)
            ]
            part.style = f"{names[0]} → {names[1]}" if names[0] != names[1] else ""
        for node in paragraph:
            self._inline(node, part, fate)

    def _inline(self, node: Any, part: Part, fate: _Fate) -> None:
        name = _name(node)
        match name:
            case "r":
                self._run(node, part, fate)
            case "ins" | "del" | "moveFrom" | "moveTo":
                inner = _fate(node, name)
                if fate.mark is Mark.INSERTED and inner.mark is Mark.DELETED:
                    # Taken back by whoever came later: it was never sent.
                    self.unread["insertion that somebody else deleted"] += 1
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
            elif name in _BY_CHARACTER:
                text = "" if node.get(f"{W}type") in ("page", "column") else _BY_CHARACTER[name]
            elif name == "sym":
                text = _symbol(node.get(f"{W}char", ""))
            elif name == "footnoteReference":
                text = self.calls.get(node.get(f"{W}id", ""), "")
            elif name == "endnoteReference":
                text = self.ends.get(node.get(f"{W}id", ""), "")
            elif name == "commentReference":
                part.atoms.append(Anchor(node.get(f"{W}id", ""), is_end=True))
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                self._drawn(node, part, fate)
            elif name == "ruby":
                self._ruby(node, part, fate)
            if text and not any(self._field):
                made = _stretch(text, fate, formatted)
                part.atoms.append(
                    replace(made, mark=Mark.DELETED, by_hand=True) if by_hand else made
                )

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
                self._field[-1] = ""  # what follows is its result, and is read
        elif self._field and kind == "end":
            self._field.pop()

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
            count, field_ = self._count, self._field
            self.aside += [
                each for each in self.story(box, "text box", is_note=True) if not each.is_empty
            ]
            self._count, self._field = count, field_
        if not boxes and fate.mark is not Mark.DELETED:
            name = f"picture-{len(self.pictures) + 1}"
            said = "A picture or another object was put here."
            self.pictures[name] = Remark(name, fate.author, fate.date, said)
            part.atoms.append(Anchor(name, is_end=True))


def _row_of(cell: Any) -> Any:
    return next((each for each in cell.iterancestors(f"{W}tr")), None)


def _fate(node: Any, name: str) -> _Fate:
    mark = Mark.INSERTED if name in ("ins", "moveTo") else Mark.DELETED
    return _Fate(mark, node.get(f"{W}author", ""), node.get(f"{W}date", ""), "move" in name)


def _stretch(text: str, fate: _Fate, formatted: str = "") -> Stretch:
    return Stretch(text, fate.mark, fate.author, fate.date, fate.moved, formatted=formatted)


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
