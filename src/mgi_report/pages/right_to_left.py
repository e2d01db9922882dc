"""Step 4, typeset: what WeasyPrint does not do in lines that run from right to left.

It makes room for the indent of a first line at the line's end, and where the last words of a line
run the other way, it leaves the room of a space that is dropped there at the line's beginning.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

DROPPED = "space_dropped"
"""The attribute of a text that was moved by a space at its left, which is drawn with it still."""


def mend(layout: Any) -> None:
    """Put what is right in the place of two functions of WeasyPrint's layout of lines."""
    layout.text_align = partial(_align, layout.text_align)
    layout.remove_last_whitespace = partial(_drop_last_space, layout.remove_last_whitespace)


def _align(align: Callable[..., float], context: Any, line: Any, *rest: Any, **last: Any) -> float:
    """Give the offset of a line from its beginning, with the indent that its width holds."""
    offset = align(context, line, *rest, **last)
    return offset + line.text_indent if _is_turned(line) else offset


def _drop_last_space(drop: Callable[..., None], context: Any, line: Any) -> None:
    """Drop the space at a line's end, and close the gap where the last words run the other way."""
    last = line
    while getattr(last, "children", None):
        last = last.children[-1]
    width = last.width
    drop(context, line)
    dropped = width - last.width
    if dropped and _is_turned(last):
        setattr(last, DROPPED, dropped)
    if dropped and _is_turned(last) != _is_turned(line):
        for child in line.children[:-1]:
            child.translate(dx=-dropped if _is_turned(line) else dropped, ignore_floats=True)


def _is_turned(box: Any) -> bool:
    return bool(box.style["direction"] == "rtl")
