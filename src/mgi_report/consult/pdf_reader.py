"""Reads the annotations in a returned PDF; page and place give the block and the words."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

from mgi_report.consult.model import Block, Box, Content, Edit, Kind
from mgi_report.consult.pdf_annotations import date_of, quads_of, rectangle_of, words_of
from mgi_report.consult.pdf_words import PrintedWords
from mgi_report.office.package import MOST_BYTES, Unsound
from mgi_report.office.remarks import Notice
from mgi_report.pages.model import Rectangle

_SAID = {
    "/StrikeOut": "struck out",
    "/Highlight": "highlighted",
    "/Underline": "underlined",
    "/Squiggly": "underlined",
    "/Caret": "insert here",
    "/Text": "",
    "/FreeText": "",
    "/Ink": "drawn",
    "/Stamp": "stamped",
    "/Square": "framed",
    "/Circle": "framed",
    "/Line": "line",
    "/Polygon": "framed",
    "/PolyLine": "line",
    "/FileAttachment": "attached file",
    "/Redact": "to be blacked out",
}
"""Kinds of annotations that people make, in words for those without any."""
_OURS = ("/Link", "/Widget", "/Popup", "/PrinterMark", "/TrapNet")
"""Kinds that say nothing, or that were sent."""
_IDENTITY = re.compile(r"mgi_round_[0-9]+_[0-9a-f]{12}")
_MOST = 20_000
_ENOUGH = 0.3
"""Share of a profile's texts that are on their pages, if a PDF is its draft."""


def read_pdf(
    content: bytes, sent: Content, boxes: Mapping[str, Sequence[Box]], mine: str
) -> tuple[list[Edit], tuple[Notice, ...], tuple[str, ...]]:
    """Give the annotations of a PDF, what is not read, and the names of the rounds that it says.

    `mine` is the name of the round. Raises `Unsound`, also where a PDF that says no round has
    hardly any of its words.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it would tell of each flaw by itself
    if len(content) > MOST_BYTES:
        raise Unsound("The file is larger than 100 megabytes.", "Ask for one without pictures.")
    try:
        reader = PdfReader(BytesIO(content), strict=False)
        _check_open(reader)
        names = _identities(reader)
        words = PrintedWords(content, sent, boxes)
        if not names:
            _check_words(words)
        annotations = _Annotations(words, sent)
        edits = []
        if mine in names or not names:
            edits = [*annotations.edits(reader), *_added_pages(words)]
    except Unsound:
        raise
    except (
        PyPdfError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
        NotImplementedError,
    ) as error:
        raise Unsound("The file is broken, or is no PDF.", "Ask for it again.") from error
    notices = _pages_gone(words) + tuple(
        Notice(f"{count} {what}: not read.", "Look at it in the file yourself.")
        for what, count in annotations.unread.items()
    )
    return edits, notices, names


def _check_open(reader: Any) -> None:
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unsound("The file is encrypted with a password.", "Ask for a copy without.")


def _added_pages(words: PrintedWords) -> Iterator[Edit]:
    """Give what is written on pages that were put in."""
    for page in words.pages.added():
        text = "\n".join(line.strip() for line in words.text(page).splitlines() if line.strip())
        found, context = f"page {page}", f"page {page}, which was not sent"
        yield Edit(Kind.COMMENT, 0, 0, "", "", "", "", text, found, context, tracked=False)


def _pages_gone(words: PrintedWords) -> tuple[Notice, ...]:
    gone = words.pages.gone()
    if not gone:
        return ()
    names = ", ".join(map(str, gone))
    message = f"{'A page' if len(gone) == 1 else 'Pages'} of the draft not in the file: {names}."
    hint = "Nothing is asked for there. If something was to go, ask who sent the file."
    return (Notice(message, hint),)


def _check_words(words: PrintedWords) -> None:
    if words.share() < _ENOUGH:
        raise Unsound(
            "The file is not the draft of this round: hardly any of its words were sent.",
            "Look whether it is that of another country or round, or another document.",
        )


def _identities(reader: Any) -> tuple[str, ...]:
    """Give the rounds that a PDF says it is of: a draft has them among its keywords."""
    information = reader.metadata or {}
    said = str(information.get("/Keywords", ""))
    packet = reader.trailer["/Root"].get("/Metadata")
    if packet is not None:
        said += packet.get_object().get_data().decode(errors="replace")
    return tuple(dict.fromkeys(_IDENTITY.findall(said)))


@dataclass(frozen=True, slots=True)
class _Note:
    """An annotation."""

    id: int
    page: int
    """From 1."""
    count: int
    """Which one of the file, from 1."""
    kind: str
    words: str
    author: str
    date: str
    rectangle: Rectangle | None
    quads: tuple[Rectangle, ...]
    about: int
    """Id of the annotation that it belongs to, 0 for none."""
    is_part: bool
    """It makes one thing with that other one, and does not answer it."""


@dataclass(slots=True)
class _Annotations:
    words: PrintedWords
    sent: Content
    unread: Counter[str] = field(default_factory=Counter)

    def edits(self, reader: Any) -> Iterator[Edit]:
        """Give what the annotations of a file say."""
        notes = {note.id: note for note in self._notes(reader)}
        heads = {note.id: _head(note, notes) for note in notes.values()}
        groups: dict[int, list[_Note]] = {}
        for note in notes.values():
            groups.setdefault(heads[note.id].id, []).append(note)
        said: dict[int, Edit] = {}
        answers = []
        for note in notes.values():
            if heads[note.id] is not note:
                continue  # said with the one that it is a part of
            if note.about in notes:
                answers.append(note)
                continue
            edits = list(self._of_group(groups[note.id]))
            if edits:
                said.update((each.id, edits[0]) for each in groups[note.id])
            yield from edits
        for note in answers:
            asked = notes[note.about]
            place = said.get(asked.id)
            if not note.words:
                self.unread["answer without words"] += 1
                continue
            context = f"in answer to {asked.author}: {asked.words[:100]}"
            block = self._block(note) if place is None else None
            number = place.block if place else block.number if block else 0
            edit = self._edit(note, Kind.COMMENT, number, note.words)
            at, original = (place.at, place.original) if place else (0, "")
            said[note.id] = replace(edit, at=at, original=original, context=context)
            yield said[note.id]

    def _notes(self, reader: Any) -> Iterator[_Note]:
        count = 0
        for page, sheet in enumerate(reader.pages, start=1):
            annotations = sheet.get("/Annots")
            for reference in annotations.get_object() if annotations is not None else ():
                annotation = reference.get_object()
                kind = str(annotation.get("/Subtype", ""))
                if kind in _OURS:
                    continue
                words = words_of(annotation)
                if kind not in _SAID and not words:
                    self.unread[f"annotation of the kind {kind[1:20] or '?'}"] += 1
                    continue
                count += 1
                if count > _MOST:
                    raise Unsound(
                        "The file has more notes than a draft has words.", "Ask who made it."
                    )
                asked = annotation.raw_get("/IRT") if "/IRT" in annotation else None
                yield _Note(
                    id=getattr(reference, "idnum", 0) or -count,
                    page=page,
                    count=count,
                    kind=kind,
                    words=words,
                    author=str(annotation.get("/T", "") or ""),
                    date=date_of(annotation.get("/M")),
                    rectangle=rectangle_of(annotation.get("/Rect")),
                    quads=tuple(quads_of(annotation.get("/QuadPoints"))),
                    about=getattr(asked, "idnum", 0),
                    is_part=annotation.get("/RT") == "/Group",
                )

    def _of_group(self, group: Sequence[_Note]) -> Iterator[Edit]:
        """Give what notes say that are parts of one thing."""
        struck = [each for each in group if each.kind == "/StrikeOut"]
        carets = [each for each in group if each.kind == "/Caret"]
        rest = [each for each in group if each not in struck and each not in carets]
        if struck and carets:
            new = " ".join(each.words for each in carets if each.words)
            remark = " ".join(each.words for each in struck if each.words)
            yield from self._taken(struck, new, remark)
        elif struck:
            for each in struck:
                yield from self._taken([each], "", each.words)
        else:
            for each in carets:
                yield self._inserted(each)
        for each in rest:
            if each.kind in ("/Highlight", "/Underline", "/Squiggly", "/Redact"):
                yield self._marked(each)
            elif each.words or _said(each.kind):
                yield self._remark(each)
            else:
                self.unread["note without words"] += 1

    def _taken(self, notes: Sequence[_Note], new: str, remark: str) -> Iterator[Edit]:
        """Give struck words as deletions, the first of them replaced by what is written for it."""
        found = [each for note in notes for each in self._under(note)]
        if not found:
            said = f"[{new or 'struck out'}] {remark}".strip()
            yield replace(self._remark(notes[0]), comment=said)
        for index, (note, block, first, last) in enumerate(found):
            wanted = new if index == 0 else ""
            start, end = (first, last) if wanted else _with_space(block.text, first, last)
            kind = Kind.REPLACEMENT if wanted else Kind.DELETION
            original = block.text[start:end]
            comment = remark if index == 0 and remark != original.strip() else ""
            edit = self._edit(note, kind, block.number, comment)
            yield replace(edit, at=start, original=original, proposed=wanted)

    def _inserted(self, note: _Note) -> Edit:
        block = self._block(note)
        at = self.words.gap(block, note.page, note.rectangle) if block and note.rectangle else None
        if block is None or at is None:
            return self._remark(note)
        if not note.words:
            edit = self._remark(note)
            return replace(edit, at=at, original="", context=_around(block.text, at))
        edit = self._edit(note, Kind.INSERTION, block.number, "")
        return replace(edit, at=at, proposed=_parted(block.text, at, note.words))

    def _marked(self, note: _Note) -> Edit:
        found = self._under(note)
        if not found:
            return self._remark(note)
        _, block, start, end = found[0]
        original = block.text[start:end]
        words = note.words if note.words != original else ""
        further = " … ".join(each.text[first:last] for _, each, first, last in found[1:])
        edit = self._edit(note, Kind.COMMENT, block.number, f"[{_said(note.kind)}] {words}".strip())
        context = f"and behind it: {further}" if further else ""
        return replace(edit, at=start, original=original, context=context)

    def _remark(self, note: _Note) -> Edit:
        said = _said(note.kind)
        comment = f"[{said}] {note.words}".strip() if said else note.words
        block = self._block(note)
        edit = self._edit(note, Kind.COMMENT, block.number if block else 0, comment)
        is_ours = self.words.pages.is_ours(note.page)
        beside = "beside no block" if is_ours else "which was not sent"
        return edit if block else replace(edit, context=f"on page {note.page}, {beside}")

    def _edit(self, note: _Note, kind: Kind, block: int, comment: str) -> Edit:
        found = f"page {note.page}, note {note.count}"
        return Edit(kind, block, 0, "", "", note.author, note.date, comment, found, tracked=False)

    def _under(self, note: _Note) -> list[tuple[_Note, Block, int, int]]:
        """Find the words that a note lies over, by block."""
        over: dict[int, tuple[Block, list[Rectangle]]] = {}
        quads = note.quads or ((note.rectangle,) if note.rectangle else ())
        for quad in quads:
            if block := self._block_at(note.page, quad):
                over.setdefault(block.number, (block, []))[1].append(quad)
        found = []
        for block, places in over.values():
            if span := self.words.under(block, note.page, places):
                found.append((note, block, *span))
        return found

    def _block(self, note: _Note) -> Block | None:
        place = note.quads[0] if note.quads else note.rectangle
        return self._block_at(note.page, place) if place else None

    def _block_at(self, page: int, rectangle: Rectangle) -> Block | None:
        """Find the smallest block at the middle of a rectangle, else the nearest of the page."""
        x0, y0, x1, y1 = rectangle
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        found: list[tuple[float, float, Block]] = []
        places = self.words.places(page)
        for block in self.sent.blocks:
            for left, bottom, right, top in places.get(block.name, ()):
                far = max(bottom - y, y - top, 0.0) + max(left - x, x - right, 0.0) / 10
                found.append((far, (right - left) * (top - bottom), block))
        return min(found, key=lambda each: each[:2])[2] if found else None


def _head(note: _Note, notes: Mapping[int, _Note]) -> _Note:
    """Find the note of which another one is a part, itself where it is none."""
    seen = {note.id}
    while note.is_part and note.about in notes and note.about not in seen:
        note = notes[note.about]
        seen.add(note.id)
    return note


def _said(kind: str) -> str:
    """Say what an annotation is, by its own name where people seldom make such."""
    return _SAID.get(kind, kind[1:20].lower())


def _with_space(text: str, start: int, end: int) -> tuple[int, int]:
    """Take the space with words that go, so that none is left twice."""
    before, after = text[:start], text[end:]
    if after[:1].isspace() and (not before or before[-1:].isspace()):
        return start, end + 1
    if before[-1:].isspace() and not after[:1].isalnum():
        return start - 1, end
    return start, end


def _parted(text: str, at: int, words: str) -> str:
    """Part words that come in from those around them, unless they come into one."""
    before, after = text[:at][-1:], text[at:][:1]
    if before.isalnum() and after.isalnum():
        return words
    left = " " if before and not before.isspace() and before not in "([“‘«/-" else ""
    right = " " if after.isalnum() else ""
    return f"{left if words[0].isalnum() else ''}{words}{right if words[-1].isalnum() else ''}"


def _around(text: str, at: int) -> str:
    return f"between “{text[max(at - 40, 0) : at]}” and “{text[at : at + 40]}”"
