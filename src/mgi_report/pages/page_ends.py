"""Step 4, typeset: what WeasyPrint does not do where a page ends: keep notes with their calls.

To keep the first lines of a paragraph at the end of a page, it moves notes on that are called
further up; there they stay, even if the paragraph goes to the next page in the end. And where the
rest of a long note takes all the room of a page's notes, it calls another in the page's first line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

_Layout = Callable[..., tuple[Any, ...]]
"""Lays out a block; gives what stands on this page or None, where the rest begins, and so on."""
_Remove = Callable[..., None]
"""Takes the contents of boxes from a page again."""


def mend(block: Any, page: Any) -> None:
    """Put what is right in the place of two functions of WeasyPrint's layout."""
    remove = block.remove_placeholders
    block.block_container_layout = partial(_lay_out_block, block.block_container_layout, remove)
    page.block_level_layout = partial(_fill_page, page.block_level_layout, remove)


class _Notes:
    """Where the notes were: not called yet, at the foot of the page, to go on to the next."""

    def __init__(self, context: Any) -> None:
        self._context = context
        self._before = [list(notes) for notes in self._now()]

    def _now(self) -> tuple[list[Any], ...]:
        context = self._context
        return context.footnotes, context.current_page_footnotes, context.reported_footnotes

    def have_gone_on(self) -> bool:
        """Tell whether the beginning of a note has left the page since; rests may."""
        *_, going_before = self._before
        *_, going = self._now()
        return any(
            note.style["footnote_policy"] == "line" and note not in going_before for note in going
        )

    def restore(self) -> None:
        """Let the notes be again where they were."""
        if list(self._now()) == self._before:
            return
        for now, before in zip(self._now(), self._before, strict=True):
            now[:] = before
        self._context._update_footnote_area()  # noqa: SLF001  listed in `engine`


def _lay_out_block(
    lay_out: _Layout,
    remove: _Remove,
    context: Any,
    box: Any,
    bottom_space: float,
    skip_stack: Any,
    page_is_empty: bool,  # noqa: FBT001  as WeasyPrint calls it
    *rest: Any,
    **named: Any,
) -> tuple[Any, ...]:
    """Lay out a block, if there is room for it beside the notes that are on the page already."""
    lay_out = partial(lay_out, context, box, bottom_space, skip_stack, page_is_empty)
    if page_is_empty or context.in_column:
        return lay_out(*rest, **named)
    notes = _Notes(context)
    done = lay_out(*rest, **named)
    if done[0] and notes.have_gone_on():
        remove(context, [done[0]], *_placed(rest, named))
        done = None, None, _on_page(box.page_values()[0]), [], False, done[-1]
    if not done[0]:
        notes.restore()
    return done


def _fill_page(
    lay_out: _Layout,
    remove: _Remove,
    context: Any,
    box: Any,
    bottom_space: float,
    skip_stack: Any,
    containing_block: Any,
    page_is_empty: bool = True,  # noqa: FBT001, FBT002  as WeasyPrint calls it
    *rest: Any,
    **named: Any,
) -> tuple[Any, ...]:
    """Lay out a page's text, or none of it where the rests of notes leave no room for its own."""

    def laid_out(box: Any, start: Any, *, may_be_none: bool) -> tuple[Any, ...]:
        place = context, box, bottom_space, start, containing_block
        return lay_out(*place, page_is_empty and not may_be_none, *rest, **named)

    notes = _Notes(context)
    rests_go_on = box.is_for_root_element and bool(skip_stack and context.reported_footnotes)
    done = laid_out(box, skip_stack, may_be_none=False)
    if not rests_go_on or not notes.have_gone_on():
        return done
    remove(context, [done[0]], *_placed(rest, named))
    notes.restore()
    done = laid_out(box, skip_stack, may_be_none=True)
    if done[0]:
        return done
    notes.restore()
    root, *_ = laid_out(box.copy_with_children([]), None, may_be_none=False)
    name = context.page_maker[context.current_page - 1][1]["page"]
    return root, skip_stack, _on_page(name), [], False, None


def _placed(rest: Sequence[Any], named: Mapping[str, Any]) -> Sequence[Any]:
    """Give the lists of boxes with a place of their own; cells of tables get them by name."""
    return rest[:2] or (named["absolute_boxes"], named["fixed_boxes"])


def _on_page(name: Any) -> dict[str, Any]:
    """Say where what has no room goes: to the next page, of any side."""
    return {"break": "any", "page": name}
