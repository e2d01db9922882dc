"""Step 4, typeset: the texts before they are broken into lines, and what layout changes in them.

Spaces at the ends of lines are dropped, hyphens are added, and CSS may turn letters into capitals.
Those who hear a page, or copy from it, want the text as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from mgi_report.pages.engine import boxes

_CASES: dict[str, Callable[[str], str]] = {"uppercase": str.upper, "lowercase": str.lower}
"""Values of `text-transform` for which the text as written is kept."""
_SPACE = " \t\n\r\f"


@dataclass(slots=True, eq=False)
class Wording:
    """The text of a text box before it is broken into lines; shared by all its pieces."""

    element: Any
    tag: str
    text: str
    written: tuple[str, ...] = ()
    """What stands in the HTML for each character of `text`, where CSS has changed its case."""
    placed: int = 0
    """Characters of `text` that have been passed on the way through the pages."""
    skipped: str = ""
    """What of them stood on no page."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What a line shows of a text, against the text itself."""

    space_before: bool = False
    """A space before it was dropped."""
    space_after: bool = False
    is_hyphenated: bool = False
    """It ends in a hyphen that the text does not have."""
    written: str = ""
    """As it stands in the HTML, where CSS has changed its case."""


def remember_texts(root: Any, notes: list[Any]) -> list[Wording]:
    """Note the text of each text box before layout; give what must stand on the pages.

    Lines of broken notes know already which text they are from.
    """
    wordings: dict[int, Wording] = {}
    waiting = [*reversed(notes), root]
    while waiting:
        box = waiting.pop()
        if isinstance(box, boxes.TextBox):
            if not hasattr(box, "wording"):
                written = tuple(_written(box))
                box.wording = Wording(box.element, box.element_tag, box.text, written)
            wordings[id(box.wording)] = box.wording
        elif not box.is_running():  # that stands in the margins, or nowhere
            waiting.extend(reversed(box.children))
    return list(wordings.values())


def _written(box: Any) -> Iterator[str]:
    """Find what stands in the HTML for each character of a text whose case CSS has changed."""
    change = _CASES.get(box.style["text_transform"])
    if change is None or box.element is None:
        return
    text: str = box.text
    for node in (box.element.text, *(kid.tail for kid in box.element)):
        for lines in (_collapsed(node or "", _SPACE), _collapsed(node or "", " \t")):
            if "".join(map(change, lines)) == text.strip(_SPACE) != lines:
                yield from text[: len(text) - len(text.lstrip(_SPACE))]
                for character in lines:  # "ß" becomes two letters
                    yield from (character, *[""] * (len(change(character)) - 1))
                yield from text[len(text.rstrip(_SPACE)) :]
                return


def _collapsed(text: str, spaces: str) -> str:
    """Collapse white space as CSS does."""
    lines = re.sub(" *\n *", "\n", re.sub(f"[{spaces}]+", " ", text))
    return lines.strip(_SPACE)


def take(box: Any) -> Piece:
    """Find a piece of text in the text that it is from, behind all pieces taken before."""
    wording: Wording | None = getattr(box, "wording", None)
    if wording is None:
        return Piece()
    text, is_hyphenated = box.text, False
    start = wording.text.find(text, wording.placed)
    if start < 0:
        hyphen = box.style["hyphenate_character"]
        if text.endswith(hyphen):
            text, is_hyphenated = text[: -len(hyphen)], True
            start = wording.text.find(text, wording.placed)
    if start < 0:
        return Piece()
    dropped = wording.text[wording.placed : start]
    wording.skipped += dropped.strip()
    wording.placed = end = start + len(text)
    return Piece(
        space_before=dropped.isspace(),
        space_after=wording.text[end : end + 1].isspace(),
        is_hyphenated=is_hyphenated,
        written="".join(wording.written[start:end]),
    )
