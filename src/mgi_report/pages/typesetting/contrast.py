"""Step 4, typeset: how well colours are told apart (WCAG 2.2, 1.4.3)."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

Colour: TypeAlias = tuple[float, float, float]
"""Red, green and blue of sRGB, 0 to 1."""

ALIKE = 1.2
"""What differs by less is one colour to the eye."""

_NORMAL, _LARGE = 4.5, 3.0
"""What text needs to be read, and what it needs from 18 points on, bold from 14."""

_FROM, _BOLD_FROM = 17.99, 13.99
"""Points, as they come out of reckoning in pixels."""

_BOLD = 600
"""The heaviest weight that the house has: WCAG speaks of bold and gives no number."""


def needed(size: float, weight: int) -> float:
    """Give the least contrast for text of a size, in points, and a weight."""
    is_large = size >= (_BOLD_FROM if weight >= _BOLD else _FROM)
    return _LARGE if is_large else _NORMAL


@lru_cache(maxsize=1024)
def contrast(one: Colour, other: Colour) -> float:
    """Give the contrast of two colours, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def through(colour: Colour, opacity: float, ground: Colour) -> Colour:
    """Give what is seen of a colour that lets its ground through."""
    red, green, blue = (
        part * opacity + below * (1 - opacity) for part, below in zip(colour, ground, strict=True)
    )
    return red, green, blue


def written(colour: Colour) -> str:
    """Write a colour as style sheets do: #1a9fff."""
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


def _luminance(colour: Colour) -> float:
    """Give the relative luminance, 0 to 1."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
