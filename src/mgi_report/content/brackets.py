"""Brackets and quotation marks: a run of words has both of a pair, or neither."""

from __future__ import annotations

OPENING, CLOSING = "([“«", ")]”»"


def closed(text: str, start: int, end: int) -> int:
    """Give the end of a run of words as it has to be for all that opens in it to close in it.

    The mark that closes what is open is taken in; else the run ends before what does not match.
    """
    opened: list[int] = []
    for index in range(start, end):
        if text[index] in OPENING:
            opened.append(index)
        elif text[index] in CLOSING and not _closes(text, opened, index):
            end = index
            break
    while opened and end < len(text) and _closes(text, opened, end):
        end += 1
    return len(text[: opened[0] if opened else end].rstrip())


def _closes(text: str, opened: list[int], index: int) -> bool:
    """Take away the last mark that is open, where that at `index` closes it."""
    is_pair = bool(opened) and (CLOSING.find(text[index]) == OPENING.index(text[opened[-1]]))
    if is_pair:
        opened.pop()
    return is_pair
