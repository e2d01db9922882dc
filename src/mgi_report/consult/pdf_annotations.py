"""Reads the entries of a PDF's annotation: words, date, places."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from mgi_report.pages.model import Rectangle

_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d))?")


def words_of(annotation: Any) -> str:
    """Give what is written in an annotation: plain, else with its looks taken away."""
    said = (str(annotation.get(key, "") or "").strip() for key in ("/Contents", "/OverlayText"))
    plain = "\n".join(each for each in said if each)
    rich = annotation.get("/RC")
    if plain or rich is None:
        return plain
    rich = rich.get_object()
    text = rich.get_data().decode(errors="replace") if hasattr(rich, "get_data") else str(rich)
    text = re.sub(r"(?i)</p\s*>|<br\s*/?>", "\n", text[:1_000_000])
    lines = html.unescape(re.sub(r"<[^>]*>", "", text)).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


def rectangle_of(numbers: Any) -> Rectangle | None:
    """Give a rectangle with its corners in order, None where there is none."""
    if numbers is None or len(numbers) != 4:
        return None
    x0, y0, x1, y1 = (float(each) for each in numbers)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def quads_of(numbers: Any) -> Iterator[Rectangle]:
    """Give the rectangles around quadrilaterals, of which each has four corners."""
    points = [float(each) for each in (numbers.get_object() if numbers is not None else ())]
    for start in range(0, len(points) - 7, 8):
        across, up = points[start : start + 8 : 2], points[start + 1 : start + 8 : 2]
        yield min(across), min(up), max(across), max(up)


def date_of(value: Any) -> str:
    """Give a date as Word writes it, "" for what is none."""
    found = _DATE.match(str(value or ""))
    if not found:
        return ""
    year, month, day, hour, minute, second = found.groups()
    return f"{year}-{month}-{day}" + (f"T{hour}:{minute}:{second}Z" if hour else "")
