"""The words of a finished page in order, each with what the elements around it say of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

State = TypeVar("State")

_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-z][a-z0-9]*)", re.IGNORECASE)
_VOID = frozenset({"br", "img", "hr", "wbr", "col"})


def walked(
    html: str, outside: State, entered: Callable[[str, str, State], State]
) -> Iterator[tuple[str, State | None]]:
    """Give the pieces of a page: its tags with None, its words with the state of their element.

    `entered` gives the state within an element from its name, its start tag and the state around
    it; `outside` is the state of the page.
    """
    opened: list[tuple[str, State]] = []
    for piece in _TAG.split(html):
        if piece[:1] != "<":
            yield piece, opened[-1][1] if opened else outside
            continue
        yield piece, None
        named = _NAME.match(piece)
        if not named or named[1] in _VOID or piece.endswith("/>"):
            continue
        if piece[1] != "/":
            around = opened[-1][1] if opened else outside
            opened.append((named[1], entered(named[1], piece, around)))
            continue
        while opened and opened.pop()[0] != named[1]:
            pass  # an element that its template leaves open ends with the one around it
