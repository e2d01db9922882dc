"""Step 5, bind: colours that flow into one another (ISO 32000-1, 7.10 and 8.7.4.5)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

from pikepdf import Array, Name, Object

Colour: TypeAlias = tuple[float, ...]

_STITCHED = 3
"""Type of a function that is put together of others."""


def recolour_shading(shading: Object, colour: Callable[[Colour], Colour], space: Name) -> None:
    """Change the colours that a shading names; between them, inks flow.

    Its function is one that WeasyPrint makes: from one colour to another, or several in a row.
    """
    _recolour(shading.Function, colour)
    shading.ColorSpace = space


def _recolour(function: Object, colour: Callable[[Colour], Colour]) -> None:
    if int(function.FunctionType) == _STITCHED:
        for part in function.Functions:
            _recolour(part, colour)
        return
    for key in ("/C0", "/C1"):
        ink = colour(tuple(map(float, function[key])))
        function[key] = Array([Decimal(f"{part:.4f}") for part in ink])
