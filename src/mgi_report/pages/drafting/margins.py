"""Steps 3 and 4 for a draft: what stands in the margins of its pages, and its list of changes.

The pages are those of the published volume: numbers, bars and marks are laid over them, where
their lines stand. So a draft breaks where the published volume does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from mgi_report.diagnostics import Diagnostic, Outcome
from mgi_report.pages.composing.compositions import Composed, Compositions
from mgi_report.pages.composing.context import Margin, MarginNumber
from mgi_report.pages.drafted import Draft, Mark, NumberedBlock
from mgi_report.pages.drafting.laying import Spot, lay_over
from mgi_report.pages.drafting.linecount import first_line, line_numbers, numbered_baselines
from mgi_report.pages.drafting.redlining import on_pages, spoken
from mgi_report.pages.model import Leaf, MarkedContent, Pages, Rectangle, Section, TextLine
from mgi_report.pages.typesetting.typesetter import Typesetter

Annotate: TypeAlias = Callable[[Sequence[Leaf]], Outcome[Draft]]
"""Says what a draft says, where its pages are known."""

CHANGES = "changes"
"""Id of the section that lists changes."""

REDLINE = "redline"
"""Id of the section that has all text as it was and as it is."""

_MARGINS = "margins:"
_WIDTH = 60.0
"""Points; the box of a number, at whose end it stands."""
_GAP = 7.0
"""Points between a number and its block."""
_LETTER = 3.9
"""Points that a letter of a number takes at most."""
_MARK = 21.0
"""Points; how wide a bullet or numeral is at most, and how far from its block."""
_STEP = 8.0
"""Points from one number to the next, where they stand below each other."""
_DESCENT = 0.25
"""Of a line's height, how much is below the letters' feet."""
_NEAR = 6.0
"""Points; changed blocks that are not further apart have one bar."""


@dataclass(frozen=True, slots=True)
class _Numbering:
    """What a section's pages get, and where each number is read."""

    margins: tuple[Margin, ...]
    spots: Mapping[str, Spot]


class Margins:
    """Makes a draft of the leaves of a volume."""

    def __init__(
        self, compositions: Compositions, typesetter: Typesetter, annotate: Annotate
    ) -> None:
        self._compositions = compositions
        self._typesetter = typesetter
        self._annotate = annotate
        self.found: list[Diagnostic] = []
        """What was wrong."""
        self.draft = Draft()

    def mark(self, leaves: Sequence[Leaf]) -> list[Leaf] | None:
        """Give the leaves with their margins, and the changes behind them.

        None where something could not be made.
        """
        annotated = self._annotate(leaves)
        self.found += annotated.diagnostics
        self.draft = annotated.value
        if self.draft.passages:
            return self._redline()
        numberings = {leaf.section.id: self._numbering(leaf) for leaf in leaves}
        composed = [
            self._compositions.margins(f"{_MARGINS}{name}", numbering.margins, self.draft)
            for name, numbering in numberings.items()
        ]
        pages = self._typeset(composed)
        over = [pages.get(f"{_MARGINS}{name}") for name in numberings]
        if None in over:
            return None
        marked = [
            replace(leaf, pages=lay_over(leaf.pages, above, numberings[leaf.section.id].spots))
            for leaf, above in zip(leaves, over, strict=True)
            if above is not None
        ]
        return marked + changes if (changes := self._changes(marked)) is not None else None

    def _changes(self, leaves: Sequence[Leaf]) -> list[Leaf] | None:
        """Make the list of changes, where there is a round to hold the draft against."""
        if not self.draft.since:
            return []
        folio = leaves[-1].folio + leaves[-1].pages.count
        return self._alone(CHANGES, folio)

    def _redline(self) -> list[Leaf] | None:
        """Make the pages of a redline, and the list of its changes behind them."""
        text = self._alone(REDLINE, 1)
        if not text:
            return None
        label = self._compositions.label
        words = {Mark.GONE: label("draft-taken-away"), Mark.NEW: label("draft-added")}
        leaf = replace(text[0], pages=spoken(text[0].pages, self.draft.passages, words))
        self.draft = replace(self.draft, changes=tuple(on_pages(self.draft, leaf)))
        changes = self._changes([leaf])
        return None if changes is None else [leaf, *changes]

    def _alone(self, name: str, folio: int) -> list[Leaf] | None:
        """Make pages that stand beside those of the volume."""
        composed = self._compositions.of_draft(name, self.draft)
        pages = self._typeset([composed]).get(name)
        if pages is None or composed.section is None:
            return None
        parts = tuple(("head", f"folio:{folio + page}") for page in range(pages.count))
        return self._marked_alone(Leaf(composed.section, pages, folio, parts))

    def _marked_alone(self, leaf: Leaf) -> list[Leaf] | None:
        """Mark pages that have no numbers in their margins as those of a draft."""
        name = f"{_MARGINS}{leaf.section.id}"
        margins = (Margin((), (), ()),) * leaf.pages.count
        above = self._typeset([self._compositions.margins(name, margins, self.draft)]).get(name)
        if above is None:
            return None
        return [replace(leaf, pages=lay_over(leaf.pages, above, {}))]

    def _typeset(self, composed: Sequence[Composed]) -> dict[str, Pages]:
        made: dict[str, Pages] = {}
        sections: list[Section] = []
        for each in composed:
            self.found += each.diagnostics
            if each.section:
                sections.append(each.section)
        for section, typeset, _ in self._typesetter.typeset(sections):
            self.found += typeset.diagnostics
            made[section.id] = typeset.value
        return made

    def _numbering(self, leaf: Leaf) -> _Numbering:
        pages = leaf.pages
        own = [block for block in self.draft.blocks if block.section == leaf.section.id]
        changed = self._compositions.label("draft-changed")
        placer = _Placer(pages, changed, from_right=leaf.section.direction == "rtl")
        spots = {}
        for block in own:
            if (placed := placer.place(block)) is not None:
                spots[placed[0]] = placed[1]
            else:
                placer.place_unread(block)
        counted = line_numbers(pages.lines) if own else {}
        margins = tuple(
            Margin(
                tuple(placer.numbers.get(page, ())),
                tuple(numbered_baselines(counted, page).items()),
                tuple(_bars(own, page)),
                tuple(
                    round(rectangle[1], 2)
                    for section, at, rectangle in self.draft.gaps
                    if (section, at) == (leaf.section.id, page)
                ),
            )
            for page in range(pages.count)
        )
        return _Numbering(margins, spots)


@dataclass(frozen=True, slots=True)
class _Room:
    left: float | None
    """Points from the page's left edge; None in its first margin."""
    baseline: float
    is_above: bool = False


class _Placer:
    """Finds room for the numbers of a section's blocks."""

    def __init__(self, pages: Pages, changed: str, *, from_right: bool) -> None:
        self._lines = pages.lines
        self._taken = [(line.page, line.rectangle) for line in pages.lines]
        self._grounds = [each for each in pages.drawn if _is_ground(each, pages.lines)]
        self._taken += [each for each in pages.drawn if each not in self._grounds]
        self._changed = changed
        self._from_right = from_right
        self.numbers: dict[int, list[MarginNumber]] = {}
        """By page."""

    def place(self, block: NumberedBlock) -> tuple[str, Spot] | None:
        """Place a block's number; give its key and where it is read, None if it has no line."""
        for page, rectangle in block.places:
            line = first_line(self._lines, page, rectangle, from_right=self._from_right)
            if line is None:
                continue
            key = self._put(block.number, page, rectangle, line)
            said = f"{block.number} ({self._changed})" if block.is_changed else block.number
            return key, Spot(MarkedContent(page, line.mcid), f"{said} ")
        return None

    def place_unread(self, block: NumberedBlock) -> None:
        """Place the number of a block that is seen and not read, such as words in a picture."""
        for page, rectangle in block.places:
            low, high = rectangle[1], rectangle[3]
            if low < high:
                line = TextLine(page, rectangle, low + (high - low) * _DESCENT, 0)
                self._put(block.number, page, rectangle, line)
                return

    def _put(self, number: str, page: int, rectangle: Rectangle, line: TextLine) -> str:
        room = self._room(number, page, rectangle, line)
        placed = self.numbers.setdefault(page, [])
        key = f"{page}-{len(placed)}"
        placed.append(MarginNumber(key, number, room.left, _WIDTH, room.is_above, room.baseline))
        return key

    def _room(self, number: str, page: int, rectangle: Rectangle, line: TextLine) -> _Room:
        """Find where a number may stand."""
        plain = min(rectangle[0], line.rectangle[0]), max(rectangle[2], line.rectangle[2])
        x0, x1 = self._edges(page, plain, line)
        high = line.rectangle[3] + 1
        if self._from_right:
            rooms = _Room(x1 + _GAP, line.baseline), _Room(x1 - _WIDTH, high, is_above=True)
        else:
            beside = _Room(x0 - _GAP - _WIDTH, line.baseline)
            rooms = beside, _Room(x0, high, is_above=True)
        if (x0, x1) != plain and self._is_on_ground(page, line):
            # A numeral on a picture: what is before it is drawn, too.
            left = plain[1] - _WIDTH if self._from_right else plain[0]
            rooms = _Room(left, high, is_above=True), rooms[0]
        for room in rooms:
            if self._is_free(room, number, page):
                return room
        baseline = line.baseline
        while any(abs(other.baseline - baseline) < _STEP for other in self.numbers.get(page, ())):
            baseline -= _STEP
        return _Room(None, baseline)

    def _is_on_ground(self, page: int, line: TextLine) -> bool:
        return any(
            at == page and x0 <= line.rectangle[0] <= x1 and y0 <= line.baseline <= y1
            for at, (x0, y0, x1, y1) in self._grounds
        )

    def _edges(self, page: int, plain: tuple[float, float], line: TextLine) -> tuple[float, float]:
        """Give the left and right edge of a block's first line, with its bullet or numeral."""
        x0, x1 = plain
        for at, (a0, b0, a1, b1) in self._taken:
            if at == page and b0 <= line.baseline <= b1 and a1 - a0 <= _MARK:
                x0 = a0 if a0 < x0 <= a1 + _MARK else x0
                x1 = a1 if a1 > x1 >= a0 - _MARK else x1
        return x0, x1

    def _is_free(self, room: _Room, number: str, page: int) -> bool:
        """Say whether neither text nor another number stands where a number would."""
        x0, x1 = self._extent(room, number)
        low = room.baseline
        for at, (a0, b0, a1, b1) in self._taken:
            if at == page and a0 < x1 and x0 < a1 and b0 < low + 5 and low < b1:
                return False
        for other in self.numbers.get(page, ()):
            if abs(other.baseline - low) >= _STEP:
                continue
            if other.left is None:
                return False
            theirs = _Room(other.left, other.baseline, is_above=other.is_above)
            a0, a1 = self._extent(theirs, other.text)
            if a0 < x1 and x0 < a1:
                return False
        return x0 >= 0

    def _extent(self, room: _Room, number: str) -> tuple[float, float]:
        """Give the left and the right end of a number's letters."""
        left, wide = room.left or 0.0, len(number) * _LETTER
        if room.is_above != self._from_right:  # they stand at the box's left
            return left, left + wide
        return left + _WIDTH - wide, left + _WIDTH


def _is_ground(drawn: tuple[int, Rectangle], lines: Sequence[TextLine]) -> bool:
    """Say whether text that is read stands on a picture."""
    page, (x0, y0, x1, y1) = drawn
    return any(
        line.page == page
        and x0 <= (line.rectangle[0] + line.rectangle[2]) / 2 <= x1
        and y0 <= (line.rectangle[1] + line.rectangle[3]) / 2 <= y1
        for line in lines
    )


def _bars(blocks: Sequence[NumberedBlock], page: int) -> Iterator[tuple[float, float]]:
    """Give the bars of a page: lower edge and height; those that meet are one."""
    areas = sorted(
        (
            rectangle
            for block in blocks
            if block.is_changed
            for at, rectangle in block.places
            if at == page
        ),
        key=lambda rectangle: -rectangle[3],
    )
    low: float | None = None
    high = 0.0
    for _, bottom, _, top in areas:
        if low is not None and top >= low - _NEAR:
            low = min(low, bottom)
            continue
        if low is not None:
            yield round(low, 2), round(high - low, 2)
        low, high = bottom, top
    if low is not None:
        yield round(low, 2), round(high - low, 2)
