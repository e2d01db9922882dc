"""A workbook that came back: its sheets with their cells, notes on cells, and what is not read."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO
from posixpath import basename
from typing import TypeAlias
from zipfile import BadZipFile

from mgi_report.office.package import Element, Package, Unsound
from mgi_report.office.remarks import Notice, Remark

_MOST_ROWS = 20_000
_MOST_COLUMNS = 40
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_THREADS = "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_BOXES = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-F+-]{5,6}|\d+|[A-Z])')
"""In the head or foot of a page: a font, a colour, a size, the number of the page, the date."""

Place: TypeAlias = tuple[int, int]
"""Row and column, from 0."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says."""

    text: str = ""
    kept: str = ""
    """Without the words that are struck through."""
    kind: str = "text"
    """What it holds: text, a number, a date, a truth (true or false) or a fault, such as #N/A."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook."""

    title: str
    rows: tuple[tuple[Cell, ...], ...]
    notes: Mapping[Place, tuple[Remark, ...]] = field(default_factory=dict)
    formulas: frozenset[Place] = frozenset()
    """The cells whose text is the result of a formula."""
    merged: tuple[tuple[Place, Place], ...] = ()
    """The first and the last cell of each group that was made one."""
    links: Mapping[Place, str] = field(default_factory=dict)
    """Where the links of cells lead, out of the file."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """A workbook that came back."""

    sheets: tuple[Sheet, ...]
    names: tuple[str, ...]
    """Defined names, one of which tells the round."""
    aside: tuple[str, ...] = ()
    """Texts of boxes that lie over the cells."""
    notices: tuple[Notice, ...] = ()
    """What is not read."""
    margins: tuple[str, ...] = ()
    """What stands at the head and foot of printed pages."""


def column_letter(column: int) -> str:
    """Give the name of a column, from 0, as a sheet has it at its head."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column + 1))


def read_workbook(content: bytes) -> Workbook:
    """Read a workbook. Raises `Unsound`."""
    from openpyxl import load_workbook

    package = Package(content)
    for name in sorted(package.names):
        if name.endswith((".xml", ".rels")):
            package.xml(name)  # refuses what is unsound
    parts = _parts(package)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(content), read_only=True, data_only=True)
            values = {
                sheet.title: [
                    [(_text(value), _kind(value)) for value in row]
                    for row in sheet.iter_rows(
                        values_only=True, max_row=_MOST_ROWS, max_col=_MOST_COLUMNS
                    )
                ]
                for sheet in book.worksheets
            }
            names = tuple(book.defined_names)
            book.close()
    except (BadZipFile, KeyError, ValueError, TypeError, OSError, AttributeError) as error:
        raise Unsound("The file is broken, or is no workbook.", "Ask for it again.") from error
    struck = _Struck(package)
    sheets, formulas = [], 0
    for title, rows in values.items():
        part = parts.get(title, "")
        kept = struck.of_sheet(part)
        computed, empty = _formulas(package, part)
        faults = _faults(package, part)
        formulas += empty
        cells = tuple(
            tuple(
                Cell(
                    text,
                    kept.get((down, across), text) if text else "",
                    "fault" if (down, across) in faults else kind,
                )
                for across, (text, kind) in enumerate(row)
            )
            for down, row in enumerate(rows)
        )
        notes = _notes(package, part)
        merged, links = _merged(package, part), _links(package, part)
        sheets.append(Sheet(title, cells, notes, computed, merged, links))
    aside, pictures = _drawings(package)
    counted = (
        (pictures, "picture", "Look at it in the file yourself."),
        (
            sum(name.startswith("xl/externalLinks/external") for name in package.names),
            "linked workbook",
            "Copy what is meant from that workbook as words into the cells.",
        ),
        (formulas, "formula without a result", "Open the file in Excel or LibreOffice, save it."),
        (
            sum(len(rows) >= _MOST_ROWS for rows in values.values()),
            f"sheet with rows beyond the {_MOST_ROWS}th",
            "Look at them in the file yourself.",
        ),
    )
    notices = tuple(
        Notice(f"{count} {what}{'s' * (count != 1)}: not read.", hint)
        for count, what, hint in counted
        if count
    )
    margins = [each for part in parts.values() for each in _margins(package, part)]
    return Workbook(tuple(sheets), names, aside, notices, tuple(dict.fromkeys(margins)))


def _parts(package: Package) -> dict[str, str]:
    """Give the part of each sheet, by its title."""
    book = package.xml("xl/workbook.xml")
    relations = package.xml("xl/_rels/workbook.xml.rels")
    if book is None or relations is None:
        return {}
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    found = {}
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        found[sheet.get("name", "")] = part
    return found


class _Struck:
    """Finds the words that are struck through; openpyxl does not tell them."""

    def __init__(self, package: Package) -> None:
        self._package = package
        strings = package.xml("xl/sharedStrings.xml")
        self._strings = [] if strings is None else [_kept(each) for each in strings]
        styles = package.xml("xl/styles.xml")
        fonts = [] if styles is None else styles.findall(f"{_MAIN}fonts/{_MAIN}font")
        formats = [] if styles is None else styles.findall(f"{_MAIN}cellXfs/{_MAIN}xf")
        through = {index for index, font in enumerate(fonts) if _is_struck(font)}
        self._styles = {
            str(index)
            for index, form in enumerate(formats)
            if _whole(form.get("fontId", "0")) in through
        }

    def of_sheet(self, part: str) -> dict[Place, str]:
        """Give what is left in cells with words struck through."""
        found: dict[Place, str] = {}
        for cell in _elements(self._package, part, f"{_MAIN}c"):
            place = _place(cell.get("r", ""))
            value, inline = cell.find(f"{_MAIN}v"), cell.find(f"{_MAIN}is")
            kept: str | None = None
            if cell.get("s") in self._styles:
                kept = ""
            elif inline is not None:
                kept = _kept(inline)
            elif cell.get("t") == "s" and value is not None:
                index = _whole(value.text or "")
                kept = self._strings[index] if 0 <= index < len(self._strings) else None
            if place and kept is not None:
                found[place] = kept
        return found


def _kept(text: Element) -> str | None:
    """Give a rich text without what is struck through, None where nothing is."""
    runs = text.findall(f"{_MAIN}r")
    if not any(_is_struck(run.find(f"{_MAIN}rPr")) for run in runs):
        return None
    kept = "".join(
        run.findtext(f"{_MAIN}t", "") for run in runs if not _is_struck(run.find(f"{_MAIN}rPr"))
    )
    return re.sub(" {2,}", " ", kept).strip()


def _is_struck(look: Element | None) -> bool:
    strike = look.find(f"{_MAIN}strike") if look is not None else None
    return strike is not None and strike.get("val", "1") not in ("0", "false")


def _formulas(package: Package, part: str) -> tuple[frozenset[Place], int]:
    """Find the cells with formulas, and count those without a result."""
    found, empty = set(), 0
    for cell in _elements(package, part, f"{_MAIN}c"):
        place, value = _place(cell.get("r", "")), cell.find(f"{_MAIN}v")
        if place and cell.find(f"{_MAIN}f") is not None:
            found.add(place)
            empty += value is None or not value.text
    return frozenset(found), empty


def _faults(package: Package, part: str) -> frozenset[Place]:
    """Find the cells that hold no value but say why there is none."""
    cells = _elements(package, part, f"{_MAIN}c")
    places = (_place(cell.get("r", "")) for cell in cells if cell.get("t") == "e")
    return frozenset(place for place in places if place)


def _links(package: Package, part: str) -> dict[Place, str]:
    addresses = package.addresses(part)
    found = {}
    for link in _elements(package, part, f"{_MAIN}hyperlink"):
        place = _place(link.get("ref", "").partition(":")[0])
        if place and (address := addresses.get(link.get(_RELATION, ""), "")):
            found[place] = address
    return found


def _merged(package: Package, part: str) -> tuple[tuple[Place, Place], ...]:
    ranges = (each.get("ref", "") for each in _elements(package, part, f"{_MAIN}mergeCell"))
    ends = ((_place(first), _place(last)) for first, _, last in (r.partition(":") for r in ranges))
    return tuple((first, last) for first, last in ends if first and last)


def _margins(package: Package, part: str) -> Iterator[str]:
    """Give the texts at the left, in the middle and at the right, without codes and numbers."""
    root = package.xml(part)
    for margins in root.iterfind(f"{_MAIN}headerFooter") if root is not None else ():
        for each in margins:
            for text in re.split("&[LCR]", each.text or ""):
                words = " ".join(_CODE.sub("", text).replace("&&", "&").split())
                if any(letter.isalpha() for letter in words):
                    yield words


def _notes(package: Package, part: str) -> dict[Place, tuple[Remark, ...]]:
    """Read notes on cells, and threads of comments, of which the note is but a copy."""
    found: dict[Place, list[Remark]] = {}
    threads = package.xml(package.related(part, "/threadedComment") or "")
    people = {
        each.get("id", ""): each.get("displayName", "")
        for name in package.names
        if name.startswith("xl/persons/")
        for each in _elements(package, name, f"{_THREADS}person")
    }
    for each in threads.iter(f"{_THREADS}threadedComment") if threads is not None else ():
        if place := _place(each.get("ref", "")):
            remark = Remark(
                each.get("id", ""),
                people.get(each.get("personId", ""), ""),
                f"{each.get('dT', '')[:19]}Z" if each.get("dT") else "",
                each.findtext(f"{_THREADS}text", "").strip(),
                each.get("parentId", ""),
            )
            found.setdefault(place, []).append(remark)
    threaded = set(found)
    notes = package.xml(package.related(part, "/comments") or "")
    authors = [] if notes is None else [each.text or "" for each in notes.iter(f"{_MAIN}author")]
    for each in notes.iter(f"{_MAIN}comment") if notes is not None else ():
        place = _place(each.get("ref", ""))
        if place and place not in threaded:
            index = _whole(each.get("authorId", ""))
            author = authors[index] if 0 <= index < len(authors) else ""
            said = "".join(text.text or "" for text in each.iter(f"{_MAIN}t"))
            said = said.strip().removeprefix(f"{author}:").strip()  # as Excel begins a note
            found.setdefault(place, []).append(Remark("", author, "", said))
    return {place: tuple(some) for place, some in found.items()}


def _drawings(package: Package) -> tuple[tuple[str, ...], int]:
    """Give the texts of boxes that lie over cells, and count pictures."""
    aside: list[str] = []
    for name in sorted(package.names):
        if name.startswith("xl/drawings/") and name.endswith(".xml"):
            for box in _elements(package, name, f"{_BOXES}txBody"):
                lines = (
                    "".join(text.text or "" for text in line.iter(f"{_DRAWING}t"))
                    for line in box.iter(f"{_DRAWING}p")
                )
                aside.append("\n".join(lines).strip())
    pictures = sum(name.startswith("xl/media/") and "." in basename(name) for name in package.names)
    return tuple(each for each in aside if each), pictures


def _elements(package: Package, name: str, tag: str) -> Iterator[Element]:
    root = package.xml(name) if name.endswith(".xml") else None
    if root is not None:
        yield from root.iter(tag)


def _place(reference: str) -> Place | None:
    found = _REFERENCE.fullmatch(reference)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _whole(number: str) -> int:
    return int(number) if number.isdecimal() else -1


def _kind(value: object) -> str:
    match value:
        case bool():
            return "truth"
        case int() | float():
            return "number"
        case date() | time():  # a datetime is a date
            return "date"
    return "text"


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
