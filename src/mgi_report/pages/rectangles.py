"""Rectangles on a page."""

from __future__ import annotations

from collections.abc import Iterable

from mgi_report.pages.model import Rectangle


def around(rectangles: Iterable[Rectangle]) -> Rectangle:
    """Give the smallest rectangle that holds all of some."""
    x0, y0, x1, y1 = zip(*rectangles, strict=True)
    return min(x0), min(y0), max(x1), max(y1)
