"""How a title breaks where each of its lines has a room of its own, as beside a round drawing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, pairwise

from mgi_report.pages.composing.measure import Faces, pieces_of, width

SHORTEST_LINE = 0.5
"""No line but the last is shorter than this share of the longest."""
SHORTEST_LAST_LINE = 0.4
"""Nor is the last one shorter than this."""


@lru_cache(maxsize=512)
def shape(text: str, faces: Faces, size: float, rooms: tuple[float, ...]) -> tuple[float, ...]:
    """Break a text into as few lines as have room; give their widths, or none if it has no room.

    `rooms` are those of the last line, the one before it, and so on, in points. Lines are filled
    one after the other, unless one would be short: then they are as even as they can be.
    """
    words = pieces_of(text)
    for count in range(1, min(len(rooms), len(words)) + 1):
        ways = [
            lines
            for ends in combinations(range(1, len(words)), count - 1)
            if _have_room(lines := _lines(words, ends, faces, size), rooms)
        ]
        if ways:
            filled = ways[-1]
            return filled if _is_even(filled) else min(ways, key=_unevenness)
    return ()


def _lines(
    words: Sequence[str], ends: tuple[int, ...], faces: Faces, size: float
) -> tuple[float, ...]:
    places = (0, *ends, len(words))
    texts = ("".join(words[start:end]).rstrip(" ") for start, end in pairwise(places))
    return tuple(width(text, faces, size) for text in texts)


def _have_room(lines: Sequence[float], rooms: Sequence[float]) -> bool:
    return all(line <= room for line, room in zip(reversed(lines), rooms, strict=False))


def _is_even(lines: Sequence[float]) -> bool:
    *others, last = lines
    longest = max(lines)
    return last >= SHORTEST_LAST_LINE * longest and all(
        line >= SHORTEST_LINE * longest for line in others
    )


def _unevenness(lines: Sequence[float]) -> float:
    longest = max(lines)
    return sum((longest - line) ** 2 for line in lines)
