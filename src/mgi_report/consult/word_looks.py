"""What the look of words in a returned .docx says."""

from __future__ import annotations

import re
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BY_CHARACTER = {
    "tab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
"""Elements of a run that stand for a character."""
_HEADING = re.compile(r"heading (\d)")
_LOOKS = {
    "b": "bold",
    "i": "italic",
    "u": "underlined",
    "strike": "struck out",
    "vertAlign": "raised or lowered",
    "highlight": "highlighted",
    "color": "colour",
}


def name_of(node: Any) -> str:
    """Give the name of an element without its namespace."""
    return str(node.tag).rpartition("}")[2]


class Styles:
    """The styles of paragraphs in a file."""

    def __init__(self, root: Any) -> None:
        self._styles = {
            each.get(f"{W}styleId", ""): each
            for each in (root.iterfind(f"{W}style") if root is not None else ())
            if each.get(f"{W}type") == "paragraph"
        }
        self._usual = next(
            (name for name, each in self._styles.items() if each.get(f"{W}default") == "1"), ""
        )
        self.names = frozenset(map(self._name, self._styles))

    def of(self, properties: Any) -> str:
        """Name the style in a paragraph's properties: "heading 2" of all that are such headings."""
        own = properties.find(f"{W}pStyle") if properties is not None else None
        style = own.get(f"{W}val", "") if own is not None else self._usual
        level = properties.find(f"{W}outlineLvl") if properties is not None else None
        for _ in range(len(self._styles)):
            if level is None and style in self._styles:
                level = self._styles[style].find(f"{W}pPr/{W}outlineLvl")
            if named := _HEADING.fullmatch(self._name(style)):
                return named[0]
            if level is not None and level.get(f"{W}val", "9") in "012345678":
                return f"heading {int(level.get(f'{W}val')) + 1}"
            based = self._styles[style].find(f"{W}basedOn") if style in self._styles else None
            if based is None or level is not None:
                break
            style = based.get(f"{W}val", "")
        return self._name(own.get(f"{W}val", "") if own is not None else self._usual)

    def _name(self, style: str) -> str:
        """Give a style's name in small letters, as programs differ in these."""
        found = self._styles[style].find(f"{W}name") if style in self._styles else None
        return (found.get(f"{W}val", "") if found is not None else style).casefold()


def formatted_as(run: Any) -> str:
    """Name what of a run's look was changed and tracked; highlighting is never sent."""
    change = run.find(f"{W}rPr/{W}rPrChange")
    if change is None:
        mark = run.find(f"{W}rPr/{W}highlight")
        is_marked = mark is not None and mark.get(f"{W}val", "none") != "none"
        return _LOOKS["highlight"] if is_marked else ""
    now = {name_of(each): each.get(f"{W}val", "") for each in run.find(f"{W}rPr")}
    old = change.find(f"{W}rPr")
    before = {name_of(each): each.get(f"{W}val", "") for each in (old if old is not None else ())}
    return ", ".join(
        words if key in now else f"no longer {words}"
        for key, words in _LOOKS.items()
        if now.get(key) != before.get(key)
    )


def is_struck_by_hand(run: Any) -> bool:
    """Say whether words were struck out by their look, and nothing says that it was tracked."""
    look = run.find(f"{W}rPr")
    if look is None or look.find(f"{W}rPrChange") is not None:
        return False
    marks = (look.find(f"{W}{name}") for name in ("strike", "dstrike"))
    return any(
        mark is not None and mark.get(f"{W}val", "1") not in ("0", "false", "off") for mark in marks
    )


def is_outer(box: Any, node: Any) -> bool:
    """Say whether a text box lies in no other, and is not what older programs show instead."""
    for holder in box.iterancestors():
        if holder is node:
            return True
        if name_of(holder) in ("Fallback", "txbxContent"):
            return False
    return True
