"""The words of a returned PDF, and where they stand: what a line or a caret in it means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import bidirectional

import pypdfium2
from rapidfuzz.distance import Levenshtein

from mgi_report.consult.model import Block, Box, Content
from mgi_report.consult.pdf_pages import CALL, Pages, bare, longest, scale_of, scaled
from mgi_report.office.package import Unsound
from mgi_report.pages.model import Rectangle

_NEAR = 1.5
"""Points by which letters may overhang the place of their block."""
_SLACK = 0.5
"""Points by which a line through words may miss the middle of a letter."""
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

    def __init__(self, pdf: bytes, sent: Content, boxes: Mapping[str, Sequence[Box]]) -> None:
        try:
            self._document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError as error:
            raise Unsound("The file is broken, or is no PDF.", "Ask for it again.") from error
        self._sent, self._boxes = sent, boxes
        self._pages: dict[int, tuple[_Letter, ...]] = {}
        self._texts: dict[int, str] = {}
        self._places_on: dict[int, dict[str, list[Rectangle]]] = {}
        self.pages = Pages(sent, boxes, len(self._document), self._text)

    def places(self, page: int) -> Mapping[str, Sequence[Rectangle]]:
        """Give where blocks stand on a page, from 1, by their names."""
        if page not in self._places_on:
            sent = self.pages.sent(page)
            found: dict[str, list[Rectangle]] = {}
            for name, boxes in self._boxes.items():
                if own := [box[1:] for box in boxes if box[0] == sent]:
                    found[name] = own
            scale = scale_of(list(self._pairs(page, found)))
            self._places_on[page] = {
                name: [scaled(each, scale) for each in some] for name, some in found.items()
            }
        return self._places_on[page]

    def _pairs(
        self, page: int, found: Mapping[str, Sequence[Rectangle]]
    ) -> Iterator[tuple[Rectangle, Rectangle]]:
        """Give the places of blocks as they were sent, and as their letters stand now."""
        letters = [each for each in self._letters(page) if bare(each.text)]
        text = "".join(bare(each.text)[0] for each in letters)
        for name, mark in self.pages.marks(self.pages.sent(page)).items():
            start = text.find(mark)
            if start >= 0 and len(mark) >= _LONG and len(found.get(name, ())) == 1:
                own = [each.place for each in letters[start : start + len(mark)]]
                left, below, right, above = zip(*own, strict=True)
                yield found[name][0], (min(left), min(below), max(right), max(above))

    def under(self, block: Block, page: int, places: Iterable[Rectangle]) -> tuple[int, int] | None:
        """Give the range of a block's text that stands in places on a page, from 1."""
        letters = self._of(block, page)
        across = list(places)
        marked = [
            index
            for index, letter in enumerate(letters)
            if any(_is_inside(letter.middle, place, _SLACK) for place in across)
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

    def share(self) -> float:
        """Give the share of a profile's own texts that are in the file."""
        pages = range(1, len(self._document) + 1)
        wanted = there = 0
        for block in self._sent.blocks:
            text = longest(block.text)
            is_own = block.file.startswith(f"{self._sent.folder}/")
            if len(text) >= _LONG and self._boxes.get(block.name) and is_own:
                wanted += 1
                there += any(text in self._text(page) for page in pages)
        return there / wanted if wanted else 1.0

    def text(self, page: int) -> str:
        """Give what is written on a page, from 1, line by line."""
        leaf = self._document[page - 1]
        words = leaf.get_textpage()
        text = words.get_text_range()
        words.close()
        leaf.close()
        return str(text)

    def _text(self, page: int) -> str:
        if page not in self._texts:
            self._texts[page] = bare(self.text(page))
        return self._texts[page]

    def _of(self, block: Block, page: int) -> list[_Letter]:
        boxes = self.places(page).get(block.name, ())
        return [
            letter
            for letter in self._letters(page)
            if any(_is_inside(letter.middle, box) for box in boxes)
        ]

    def _places(self, block: Block, letters: Sequence[_Letter]) -> tuple[dict[int, int], int]:
        """Give for printed letters the offsets in a block's text, and how many it has in all."""
        calls = [found.span() for found in CALL.finditer(block.text)]
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


def _is_inside(point: tuple[float, float], place: Rectangle, near: float = _NEAR) -> bool:
    (x, y), (x0, y0, x1, y1) = point, place
    return x0 - near <= x <= x1 + near and y0 - near <= y <= y1 + near
