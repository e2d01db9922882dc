"""Step 4, typeset: long notes that break over pages.

WeasyPrint keeps a note whole: one that has no room is moved on, away from its call or off the
page. But it fills the foot of a page note by note, in order, and moves on what has no room. So a
section where a whole note does harm is laid out twice: the second time each line of a long note is
a note of its own, called at the same place. The first lines stay with the call (`footnote-policy:
line`); all are boxes of the same HTML element, so they are one element in the structure again.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from mgi_report.pages.engine import ZERO_PIXELS, boxes, children, page_box

LONG = 4
"""Lines from which on a note may be broken: two stay together at either end."""

_MOVED = 8
"""Lines at the top of a page that may have come there with a call: a heading and its paragraph."""

_ENOUGH = 60.0
"""Room in CSS pixels for a line of text and the first two lines of a note under its rule."""


def notes_to_break(pages: list[Any]) -> dict[Any, list[Any]]:
    """Give the lines of long notes by HTML element, where a whole note does harm.

    It does where it is not on the page of its call, where it runs off its page, and where it left
    room on the page before, since the line of its call went on with it.
    """
    found: dict[Any, list[Any]] = {}
    harm = False
    called: dict[Any, int] = {}
    for number, page in enumerate(pages):
        box = page_box(page)
        areas = [area for area in children(box) if isinstance(area, boxes.FootnoteAreaBox)]
        notes = [note for area in areas for note in area.children]
        calls = {kid.element for kid in box.descendants() if _is_call(kid)}
        called |= {element: number for element in calls if element not in called}
        early = _called_early(box)
        for note in notes:
            lines = note.children
            if len(lines) < LONG or not all(isinstance(line, boxes.LineBox) for line in lines):
                continue
            found[note.element] = lines
            strays = called.get(note.element) != number
            harm = harm or strays or note.border_box_y() < 0 or _sticks_out(note, box)
            harm = harm or (
                number > 0
                and note.element in early
                and _room(page_box(pages[number - 1])) > _ENOUGH
            )
    return found if harm else {}


def _called_early(page: Any) -> set[Any]:
    """Give the notes whose calls stand so near the top that their lines may have been moved on."""
    lines = [
        line
        for child in children(page)
        if not isinstance(child, boxes.FootnoteAreaBox | boxes.MarginBox)
        for line in child.descendants()
        if isinstance(line, boxes.LineBox)
    ]
    tops = sorted({line.position_y for line in lines})
    end = tops[_MOVED] if len(tops) > _MOVED else float("inf")
    return {
        kid.element
        for line in lines
        if line.position_y < end
        for kid in line.descendants()
        if _is_call(kid)
    }


def _is_call(box: Any) -> bool:
    return (box.element_tag or "").endswith("::footnote-call")


def _sticks_out(note: Any, page: Any) -> bool:
    bottom = page.content_box_y() + page.height
    return bool(note.border_box_y() + note.border_height() > bottom + 1)


def _room(page: Any) -> float:
    """Give the height between the text of a page and its notes, in CSS pixels."""
    bottom = page.content_box_y() + page.height
    text = page.content_box_y()
    for child in children(page):
        if isinstance(child, boxes.FootnoteAreaBox):
            bottom = child.position_y
        elif not isinstance(child, boxes.MarginBox):
            ends = [
                line.position_y + line.height
                for line in child.descendants()
                if isinstance(line, boxes.LineBox)
            ]
            text = max([text, *ends])
    return float(bottom - text)


def break_notes(root: Any, notes: list[Any], lines: dict[Any, list[Any]]) -> None:
    """Put pieces in the place of long notes, before layout.

    `lines` are those of an earlier layout of the same HTML.
    """
    pieces = {
        id(note): list(_pieces(note, lines[note.element]))
        for note in notes
        if note.element in lines
    }
    for box in list(root.descendants()):
        if any(id(kid.footnote) in pieces for kid in box.children):
            box.children = [call for kid in box.children for call in _calls(kid, pieces)]
    notes[:] = [piece for note in notes for piece in pieces.get(id(note), [note])]


def _calls(box: Any, pieces: dict[int, list[Any]]) -> Iterator[Any]:
    """Give a call for each piece of a note; any other box as it is."""
    own = pieces.get(id(box.footnote))
    if own is None:
        yield box
        return
    for piece in own:
        call = box.copy()
        call.footnote = piece
        call.children = []
        yield call


def _pieces(note: Any, lines: list[Any]) -> Iterator[Any]:
    """Make a note of the first two lines, of each line between, and of the last two."""
    last = len(lines)
    cuts = [0, *range(2, last - 1), last]
    for start, end in pairwise(cuts):
        piece = note.copy_with_children(
            [
                _block(note, line, is_first=number == 0, is_last=number == last - 1)
                for number, line in enumerate(lines[start:end], start=start)
            ]
        )
        piece.style = note.style.copy()
        piece.style["footnote_policy"] = "line" if start == 0 else "auto"
        yield piece


def _block(note: Any, line: Any, *, is_first: bool, is_last: bool) -> Any:
    block = boxes.BlockBox.anonymous_from(note, _as_before(line).children)
    block.style = block.style.copy()  # the note's lines share one
    if not is_first:
        block.style["text_indent"] = ZERO_PIXELS
    if not is_last:  # it is no last line, though it stands alone now
        block.style["text_align_last"] = block.style["text_align_all"]
    return block


def _as_before(box: Any) -> Any:
    """Copy a laid out box as it was before layout: without lines."""
    copy = box.copy()
    if isinstance(box, boxes.ParentBox):
        kids: list[Any] = []
        for child in children(box):
            raw = _as_before(child)
            if isinstance(child, boxes.LineBox):
                kids += raw.children
            elif not (isinstance(child, boxes.TextBox) and not child.text):
                kids.append(raw)
        copy.children = kids
    return copy
