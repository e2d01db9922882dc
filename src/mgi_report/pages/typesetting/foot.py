"""Step 4, typeset: the foot of a page, measured note by note.

For each note that comes to a page WeasyPrint lays out all notes at its foot again, to know how high
they are: a third of the time in a chapter with many notes. Here a note is laid out once, and stands
as an empty box of its height while WeasyPrint looks for the page's end. What is printed is laid out
as ever, when the page is full. And a foot whose notes have all gone to the next page takes no room
any more: WeasyPrint keeps that of its margins, and text that stood there would go on as well.
"""

from __future__ import annotations

from typing import Any

from mgi_report.pages.engine import area_of_notes, boxes, pixels

_SAME = 1e-6
"""CSS pixels; a height that differs by less is the same."""


class Foot:
    """Stands between a layout and its measuring of notes."""

    def __init__(self, context: Any) -> None:
        """Take WeasyPrint's context of a layout, and measure for it from now on."""
        self._context = context
        self._measure = context._update_footnote_area  # noqa: SLF001  listed in `engine`
        self._stand_ins: dict[tuple[int, float], tuple[Any, Any]] = {}
        """By identity of a note and width of the foot: the note, and what stands in for it."""
        context._update_footnote_area = self._update  # noqa: SLF001

    def _update(self) -> Any:
        context = self._context
        notes, area = context.current_page_footnotes, context.current_footnote_area
        if not (notes or context.in_column):
            if area.height != "auto":
                context.page_bottom += area.margin_height()
                area.height = "auto"
            return False
        context.current_page_footnotes = [self._stand_in(note, area) for note in notes]
        try:
            return self._measure()
        finally:
            context.current_page_footnotes = area.children = notes

    def _stand_in(self, note: Any, area: Any) -> Any:
        key = id(note), area.page.width
        if key not in self._stand_ins:
            self._stand_ins[key] = note, self._make(note, area)
        return self._stand_ins[key][1]

    def _make(self, note: Any, area: Any) -> Any:
        """Make an empty box as high as a note; the note itself where it has margins inside."""
        if type(note) is not boxes.BlockBox:
            return note
        laid_out = area_of_notes(self._context, area, [note])
        stand_in = note.copy_with_children([])
        stand_in.style = note.style.copy()
        stand_in.style["height"] = pixels(laid_out.children[0].height)
        alone = area_of_notes(self._context, area, [stand_in])
        return stand_in if abs(alone.height - laid_out.height) < _SAME else note
