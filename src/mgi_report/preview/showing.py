"""What the browser is shown of one view: pages, contents, blocks, messages."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mgi_report.diagnostics import Diagnostic, Severity, Span
from mgi_report.pages.model import Leaf, Volume
from mgi_report.preview.drawing import Book, Box, difference
from mgi_report.preview.finding import Finder


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the content on a page, or as much of it as stands there."""

    id: str
    """Section and block: "updates.b7", or words: "cover.words1"; the browser knows nothing else."""
    box: Box
    span: Span
    words: str
    """How it begins."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the volume."""

    key: str
    """What page it is, whatever stands on it: "updates.1"."""
    digest: str
    """Of what is seen on it; also the address of its picture."""
    width: float
    """Points."""
    height: float
    folio: int
    section: int
    """Index in `Showing.sections`."""
    blocks: tuple[Block, ...] = ()
    was: str | None = None
    """Digest of the page of this key before the last change to it."""
    change: Box | None = None
    """Where it differs from that."""


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the contents, below a section."""

    level: int
    text: str
    page: int
    """Index in `Showing.sheets`."""
    top: float
    """Share of the page, from its top."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section, as the contents show it."""

    id: str
    title: str
    page: int
    headings: tuple[Heading, ...] = ()


@dataclass(frozen=True, slots=True)
class Showing:
    """What is shown of one language, in one variant."""

    lang: str
    variant: str
    title: str = ""
    sheets: tuple[Sheet, ...] = ()
    sections: tuple[Part, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    current: bool = False
    """Whether the pages are those of the content as it is; else they are the last good ones."""
    made: tuple[tuple[str, str], ...] = ()
    """What was typeset last, and why: ids of sections, `FURNITURE`."""
    kept: tuple[tuple[str, str], ...] = ()
    """What changed last to what had been made before, and why."""
    seconds: float = 0.0
    book: Book | None = None
    pdf: bytes = b""
    keys: Mapping[Hashable, str] = field(default_factory=dict)
    """What is known of the pages' digests."""

    def blocks(self) -> dict[str, Span]:
        """Give the place in the content of each block on the pages."""
        return {block.id: block.span for sheet in self.sheets for block in sheet.blocks}

    def page_of(self, digest: str) -> int | None:
        """Give the page on which that is seen, from 0."""
        return next(
            (page for page, sheet in enumerate(self.sheets) if sheet.digest == digest), None
        )

    def as_json(self) -> dict[str, object]:
        """Give what the browser needs; places are told, files are not given away by path."""
        return {
            "lang": self.lang,
            "variant": self.variant,
            "title": self.title,
            "current": self.current,
            "seconds": round(self.seconds, 3),
            "made": [{"section": section, "reason": reason} for section, reason in self.made],
            "kept": [{"section": section, "reason": reason} for section, reason in self.kept],
            "pages": [_sheet(sheet) for sheet in self.sheets],
            "sections": [
                {
                    "id": part.id,
                    "title": part.title,
                    "page": part.page,
                    "headings": [
                        {"level": each.level, "text": each.text, "page": each.page, "top": each.top}
                        for each in part.headings
                    ],
                }
                for part in self.sections
            ],
            "messages": [_message(each) for each in self.diagnostics],
        }


def _sheet(sheet: Sheet) -> dict[str, object]:
    return {
        "key": sheet.key,
        "digest": sheet.digest,
        "width": sheet.width,
        "height": sheet.height,
        "folio": sheet.folio,
        "section": sheet.section,
        "was": sheet.was,
        "change": sheet.change,
        "blocks": [
            {
                "id": block.id,
                "box": block.box,
                "place": str(block.span),
                "words": block.words,
            }
            for block in sheet.blocks
        ],
    }


def _message(diagnostic: Diagnostic) -> dict[str, object]:
    return {
        "severity": str(diagnostic.severity),
        "rule": str(diagnostic.rule),
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "place": str(diagnostic.span) if diagnostic.span else None,
    }


def sorted_messages(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Put errors first."""
    return tuple(sorted(diagnostics, key=lambda each: each.severity is not Severity.ERROR))


def show(
    before: Showing,
    volume: Volume,
    leaves: Sequence[Leaf],
    title: str,
    stamp: str,
    finder: Finder,
) -> Showing:
    """Give what is shown of a new volume; `before` is what was shown until now.

    `stamp` stands for all that pages are drawn from beside their sections, the furniture above all.
    """
    book = Book(volume.pdf)
    first = leaves[0].folio if leaves else 1
    owners = _owners(leaves, first, len(book.sizes))
    digests_of = {leaf.section.id: hashlib.sha256(leaf.pages.pdf).hexdigest() for leaf in leaves}
    keys = [
        None if owner is None else (stamp, *_key(leaves[owner[0]], owner[1], digests_of))
        for owner in owners
    ]
    digests = book.digests(keys, before.keys)
    sheets = []
    section = 0
    for page, (owner, size) in enumerate(zip(owners, book.sizes, strict=True)):
        blocks: tuple[Block, ...] = ()
        key = f"empty.{page}"
        if owner is not None:
            section = owner[0]
            leaf = leaves[section]
            key = f"{leaf.section.id}.{owner[1]}"
            blocks = tuple(_blocks(leaf, owner[1], size, finder))
        sheets.append(Sheet(key, digests[page], *size, first + page, section, blocks))
    return replace(
        before,
        title=title,
        sheets=_compared(before, sheets, book),
        sections=tuple(_part(leaf, first, book.sizes) for leaf in leaves),
        book=book,
        pdf=volume.pdf,
        keys={key: digest for key, digest in zip(keys, digests, strict=True) if key is not None},
        current=True,
    )


def _owners(leaves: Sequence[Leaf], first: int, count: int) -> list[tuple[int, int] | None]:
    """Give for each page of the volume its leaf and the page of that; None for an empty one."""
    owners: list[tuple[int, int] | None] = [None] * count
    for index, leaf in enumerate(leaves):
        for page in range(leaf.pages.count):
            owners[leaf.folio - first + page] = index, page
    return owners


def _key(leaf: Leaf, page: int, digests: Mapping[str, str]) -> tuple[Hashable, ...]:
    """Name what a page is drawn from, as far as it is its section's."""
    furniture = leaf.furniture[page] if page < len(leaf.furniture) else ()
    return digests[leaf.section.id], page, furniture


def _blocks(leaf: Leaf, page: int, size: tuple[float, float], finder: Finder) -> list[Block]:
    """Give a page's blocks, the larger before those inside them."""
    width, height = size
    section, pages = leaf.section, leaf.pages
    placed = [
        (place.block, place.rectangle, section.blocks.get(place.block), place.words)
        for place in pages.places
        if place.page == page
    ]
    placed += [
        (f"words{number}", words.rectangle, finder.find(words.text, section.id), words.text)
        for number, words in enumerate(pages.words)
        if words.page == page
    ]
    found: list[Block] = []
    for name, (x0, y0, x1, y1), span, words in placed:
        if span is None:
            continue
        box = (
            round(max(min(x0, x1) / width, 0), 4),
            round(max(1 - max(y0, y1) / height, 0), 4),
            round(min(max(x0, x1) / width, 1), 4),
            round(min(1 - min(y0, y1) / height, 1), 4),
        )
        if box[2] <= box[0] or box[3] <= box[1]:
            continue
        found.append(Block(f"{section.id}.{name}", box, span, words))
    return sorted(found, key=lambda block: -_area(block.box))


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _part(leaf: Leaf, first: int, sizes: Sequence[tuple[float, float]]) -> Part:
    start = leaf.folio - first
    title = " ".join(leaf.section.title.split())
    headings = [
        Heading(
            heading.level,
            " ".join(heading.text.split()),
            start + heading.page,
            round(max(1 - heading.y / sizes[start + heading.page][1], 0), 4),
        )
        for heading in leaf.pages.headings
    ]
    if headings and headings[0].level == 1:
        title = title or headings[0].text
    return Part(
        leaf.section.id,
        title or leaf.section.id,
        start,
        tuple(each for each in headings if each.level > 1),
    )


def _compared(before: Showing, sheets: Sequence[Sheet], book: Book) -> tuple[Sheet, ...]:
    """Say of each page what it was before, and where it differs."""
    old = {sheet.key: (page, sheet) for page, sheet in enumerate(before.sheets)}
    compared = []
    for page, sheet in enumerate(sheets):
        at = old.get(sheet.key)
        if at is None or before.book is None:
            compared.append(sheet)
        elif at[1].digest == sheet.digest:
            compared.append(replace(sheet, was=at[1].was, change=at[1].change))
        else:
            box = difference(before.book, at[0], book, page)
            compared.append(replace(sheet, was=at[1].digest, change=box))
    return tuple(compared)
