"""The words of a returned PDF, and where they stand: what a line or a caret in it means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import bidirectional

import pypdfium2
from rapidfuzz.distance import Levenshtein

from mgi_report.consult.model import Block, Box, Content
from mgi_report.office.package import Unsound
from mgi_report.pages.model import Rectangle

_CALL = re.compile(r"\[\^[^\]]*\]")
_NEAR = 1.5
"""Points by which letters may overhang the place of their block."""
_LONG = 30
"""Letters from which a text tells a draft from another."""


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    place: Rectangle

    @property
    def middle(self) -> tuple[float, float]:
        x0, y0, x1, y1 = self.place
        return (x0 + x1) / 2, (y0 + y1) / 2


class PrintedWords:
    """The words of a PDF. Raises `Unsound` where they cannot be read."""

    def __init__(self, pdf: bytes, boxes: Mapping[str, Sequence[Box]]) -> None:
        try:
            self._document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise Unsound("The file is broken, or is no PDF.", "Ask for it again.") from error
        self._boxes = boxes
        self._pages: dict[int, tuple[_Letter, ...]] = {}

    def under(self, block: Block, page: int, places: Iterable[Rectangle]) -> tuple[int, int] | None:
        """Give the range of a block's text that stands in places on a page, from 1."""
        letters = self._of(block, page)
        across = list(places)
        marked = [
            index
            for index, letter in enumerate(letters)
            if any(_is_inside(letter.middle, place) for place in across)
        ]
        known, every = self._places(block, letters)
        found = sorted(known[index] for index in marked if index in known)
        if not found:
            return None
        if len(found) == every:
            return 0, len(block.text)
        return found[0], found[-1] + 1

    def gap(self, block: Block, page: int, place: Rectangle) -> int | None:
        """Give the offset in a block's text at which a caret on a page, from 1, stands."""
        letters = self._of(block, page)
        known, _ = self._places(block, letters)
        x, y = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2

        def far(index: int) -> tuple[float, float]:
            x0, y0, x1, y1 = letters[index].place
            return max(y0 - y, y - y1, 0.0), min(abs(x0 - x), abs(x1 - x))

        nearest = min(known, key=far, default=None)
        if nearest is None:
            return None
        letter = letters[nearest]
        is_right = x > letter.middle[0]
        leads_left = bidirectional(letter.text[:1]) in ("R", "AL")
        return known[nearest] + (is_right != leads_left)

    def share_of(self, sent: Content) -> float:
        """Give the share of a profile's own texts that are on the pages where they should be."""
        wanted = there = 0
        for block in sent.blocks:
            text = _bare(max(_CALL.split(block.text), key=len))
            boxes = self._boxes.get(block.name, ())
            if len(text) >= _LONG and boxes and block.file.startswith(f"{sent.folder}/"):
                wanted += 1
                there += any(text in self._text(page) for page in {box[0] for box in boxes})
        return there / wanted if wanted else 1.0

    def _text(self, page: int) -> str:
        return _bare("".join(letter.text for letter in self._letters(page)))

    def _of(self, block: Block, page: int) -> list[_Letter]:
        boxes = [box[1:] for box in self._boxes.get(block.name, ()) if box[0] == page]
        return [
            letter
            for letter in self._letters(page)
            if any(_is_inside(letter.middle, box) for box in boxes)
        ]

    def _places(self, block: Block, letters: Sequence[_Letter]) -> tuple[dict[int, int], int]:
        """Give for printed letters the offsets in a block's text, and how many it has in all."""
        calls = [found.span() for found in _CALL.finditer(block.text)]
        offsets = [
            at
            for at, letter in enumerate(block.text)
            if not letter.isspace() and not any(start <= at < end for start, end in calls)
        ]
        printed = "".join(letter.text for letter in letters)
        text = "".join(block.text[at] for at in offsets)
        known: dict[int, int] = {}
        for same in Levenshtein.opcodes(printed, text).as_matching_blocks():
            for step in range(same.size):
                known[same.a + step] = offsets[same.b + step]
        return known, len(offsets)

    def _letters(self, page: int) -> tuple[_Letter, ...]:
        """Give the letters of a page, from 1, in order; a page that is not there has none."""
        if page not in self._pages:
            self._pages[page] = tuple(self._read(page))
        return self._pages[page]

    def _read(self, page: int) -> Iterator[_Letter]:
        if page > len(self._document):
            return
        leaf = self._document[page - 1]
        text = leaf.get_textpage()
        for index in range(text.count_chars()):
            letter = chr(pypdfium2.raw.FPDFText_GetUnicode(text, index))
            if letter.isprintable() and not letter.isspace():
                yield _Letter(letter, text.get_charbox(index, loose=True))
        text.close()
        leaf.close()


def _is_inside(point: tuple[float, float], place: Rectangle) -> bool:
    (x, y), (x0, y0, x1, y1) = point, place
    return x0 - _NEAR <= x <= x1 + _NEAR and y0 - _NEAR <= y <= y1 + _NEAR


def _bare(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalpha())
