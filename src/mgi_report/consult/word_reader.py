"""Reads a returned .docx: text, tracked changes, comments, bookmarks, footnotes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from mgi_report.consult.returned import Part, Returned
from mgi_report.consult.word_inserted import inserted_files
from mgi_report.consult.word_looks import BY_CHARACTER, Styles, W
from mgi_report.consult.word_looks import name_of as _name
from mgi_report.consult.word_story import StoryReader
from mgi_report.office.package import Package, Unsound
from mgi_report.office.remarks import Remark

_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_HOLDERS = ("/footnotes", "/endnotes", "/header", "/footer")
"""Parts besides the body into which files may be put."""
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"

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
    named = package.related(main, "/styles")
    reader = StoryReader(Styles(package.xml(named) if named else None))
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
    reader.addresses = package.addresses(main)
    parts = reader.story(body, "paragraph") if body is not None else []
    margins = tuple(_margins(package, main, reader))
    for name in (main, *(each for kind in _HOLDERS for each in package.all_related(main, kind))):
        reader.aside += inserted_files(package, name, package.xml(name), reader)
    author, date = _saved_by(package)
    return Returned(
        parts=tuple(parts),
        notes=notes,
        labels=labels,
        remarks={**_remarks(package, main), **reader.told},
        author=author,
        date=date,
        identities=tuple(reader.identities),
        unread=reader.unread,
        aside=tuple(reader.aside),
        margins=margins,
        styles=reader.styles.names,
    )


def _after(parts: tuple[Part, ...]) -> str:
    return " ".join(part.after.strip() for part in parts)


def _margins(package: Package, main: str, reader: StoryReader) -> Iterator[Part]:
    for place in ("header", "footer"):
        for name in package.all_related(main, f"/{place}"):
            reader.addresses = package.addresses(name)
            root = package.xml(name)
            if root is not None:
                yield from reader.story(root, place, is_note=True)


def _notes(
    package: Package, main: str, reader: StoryReader, kind: str
) -> dict[str, tuple[Part, ...]]:
    name = package.related(main, f"/{kind}")
    root = package.xml(name) if name else None
    reader.addresses = package.addresses(name) if name else {}
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
        (each.text or "") if _name(each) == "t" else BY_CHARACTER.get(_name(each), "")
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
