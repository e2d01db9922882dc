"""Step 4, typeset: words before a link stay on the line that they have room on.

WeasyPrint measures a text together with the space at its end. Where the words have room and the
space has none, as before a link, it ends the line behind the first word.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

_Split = Callable[..., tuple[Any, ...]]
"""Breaks a text; gives its first line, its length, where the rest begins, its width, and more."""
_NARROWEST = 4
"""A letter takes a quarter of its size at the least, or about: longer texts are not tried."""


def mend(*modules: Any) -> None:
    """Put what is right in the place of a function of these modules of WeasyPrint's layout."""
    split = partial(_split, modules[0].split_first_line)
    for module in modules:
        module.split_first_line = split


def _split(
    split: _Split,
    text: str,
    style: Any,
    context: Any,
    room: float | None,
    *rest: Any,
    **named: bool,
) -> tuple[Any, ...]:
    """Give the first line of a text: all of it, where its words have room."""
    line = split(text, style, context, room, *rest, **named)
    words = text.rstrip(" ")
    if line[2] is None or words == text or not room or not style["font_size"]:
        return line
    if style["white_space"] == "pre-wrap" or len(words) > room / style["font_size"] * _NARROWEST:
        return line
    _, _, resume, width, *_ = split(words, style, context, room, *rest, **named)
    if resume is not None or width > room:
        return line
    # The space is dropped where the line ends.
    return split(text, style, context, room + style["font_size"], *rest, **named)
