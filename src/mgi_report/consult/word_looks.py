"""What the look of words in a returned .docx says."""

from __future__ import annotations

from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
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


def formatted_as(run: Any) -> str:
    """Name what of a run's look was changed, and tracked."""
    change = run.find(f"{W}rPr/{W}rPrChange")
    if change is None:
        return ""
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
