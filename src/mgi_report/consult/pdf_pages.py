"""Which page of a returned PDF is which of those that were sent: by its words, not its number."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from statistics import median

from mgi_report.consult.model import Box, Content
from mgi_report.pages.model import Rectangle

CALL = re.compile(r"\[\^[^\]]*\]")
_CUT = re.compile(rf"{CALL.pattern}|https?://|\b\d{{4}}[a-z]?\. ")
"""What is printed otherwise than a block's text has it; a source's author may be left out."""
_SHORT = 12
"""Letters from which a text tells a page from another."""
_ENOUGH = 0.5
"""Share of a sent page's letters that are on the page that it is."""
_OFF = 4.0
"""Points by which places may differ in a file that was not scaled or moved."""

Scale = tuple[float, float, float]
"""What a place is multiplied by, and how far it is then moved to the right and up."""
_AS_SENT: Scale = (1.0, 0.0, 0.0)


def bare(text: str) -> str:
    """Give the letters of a text, small."""
    return "".join(letter for letter in text.casefold() if letter.isalpha())


def longest(text: str) -> str:
    """Give the letters of the longest stretch of a block that is printed as it is."""
    return bare(max(_CUT.split(text), key=len))


class Pages:
    """The pages of a returned PDF beside those that were sent."""

    def __init__(
        self,
        sent: Content,
        boxes: Mapping[str, Sequence[Box]],
        count: int,
        text_of: Callable[[int], str],
    ) -> None:
        """Take the number of the pages, and what gives the letters of each, from 1."""
        self._marks: dict[int, dict[str, str]] = {}
        for block in sent.blocks:
            own, text = boxes.get(block.name, ()), longest(block.text)
            is_printed = block.kind != "description" and len({box[0] for box in own}) == 1
            if is_printed and len(text) >= _SHORT:
                self._marks.setdefault(own[0][0], {})[block.name] = text
        self._sent = max((box[0] for some in boxes.values() for box in some), default=0)
        # What stands at the head of each page of a draft.
        self._signs = [
            bare(sent.labels["draft"] + sent.labels[key].replace("{round}", ""))
            for key in ("draft-round", "draft-after-round")
        ]
        self._text_of = text_of
        self._found: dict[int, int] = {}
        for page in range(1, count + 1):
            self._found[page] = self._page(page)

    def sent(self, page: int) -> int:
        """Give the sent page that a page is, both from 1; 0 of one that was not sent."""
        return self._found.get(page, 0)

    def marks(self, page: int) -> Mapping[str, str]:
        """Give the letters of the blocks that stand on a sent page alone, by their names."""
        return self._marks.get(page, {})

    def added(self) -> list[int]:
        """Give the pages that were not sent."""
        return [page for page in self._found if self._text_of(page) and not self.is_ours(page)]

    def is_ours(self, page: int) -> bool:
        """Say whether a page was sent, with blocks or, as the list of changes, without."""
        text = self._text_of(page)
        return bool(self.sent(page)) or any(each in text for each in self._signs)

    def gone(self) -> list[int]:
        """Give the sent pages with text that are not in the file."""
        there = set(self._found.values())
        return [page for page in sorted(self._marks) if page not in there]

    def _page(self, page: int) -> int:
        following = self._found.get(page - 1, 0) + 1 or page
        near = dict.fromkeys((page, following, *self._marks))
        text = self._text_of(page)
        taken = set(self._found.values())
        if found := next((each for each in near if self._is(text, each) and each not in taken), 0):
            return found
        # A page of pictures, or one whose words cannot be read, is known by what is before it.
        is_blank = following not in self._marks and following not in taken
        is_unread = not text and following not in taken
        return following if following <= self._pages and (is_blank or is_unread) else 0

    @property
    def _pages(self) -> int:
        """The last page that may have been sent: behind what has blocks there is but the cover."""
        return self._sent + 2

    def _is(self, text: str, page: int) -> bool:
        marks = self._marks.get(page, {}).values()
        whole = sum(map(len, marks))
        return bool(whole) and sum(len(each) for each in marks if each in text) >= _ENOUGH * whole


def scale_of(pairs: Sequence[tuple[Rectangle, Rectangle]]) -> Scale:
    """Find how far a page was scaled and moved, from places as sent and as they are.

    Only left and upper edges are looked at: lines need not be as wide as the block they stand in.
    """
    lefts = [(old[0], new[0]) for old, new in pairs]
    tops = [(old[3], new[3]) for old, new in pairs]
    if not pairs or median(abs(old - new) for old, new in (*lefts, *tops)) < _OFF:
        return _AS_SENT
    mean, new_mean = (sum(each[side] for each in tops) / len(tops) for side in (0, 1))
    spread = sum((old - mean) ** 2 for old, _ in tops)
    slope = 1.0
    if spread > _OFF:
        slope = sum((old - mean) * (new - new_mean) for old, new in tops) / spread
    return (
        slope,
        median(new - slope * old for old, new in lefts),
        median(new - slope * old for old, new in tops),
    )


def scaled(place: Rectangle, scale: Scale) -> Rectangle:
    """Give a place where it is on a page that was scaled and moved."""
    (x0, y0, x1, y1), (by, right, up) = place, scale
    return x0 * by + right, y0 * by + up, x1 * by + right, y1 * by + up
