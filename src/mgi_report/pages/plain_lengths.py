"""Step 4, typeset: a length in pixels is taken as it is.

WeasyPrint asks of each margin, padding and width of each box, each time it is laid out, whether it
is a percentage, a calculation, or to be found out. Most are none of these.
"""

from __future__ import annotations

from typing import Any


def mend(percent: Any, dimension: Any) -> None:
    """Let WeasyPrint's `percent` module take lengths at once; `dimension` is what they are."""
    work_out = percent.resolve_one_percentage

    def resolve(box: Any, key: str, whole: Any) -> None:
        value = box.style[key]
        if type(value) is dimension and value.unit == "px":
            setattr(box, key, value.value)
        else:
            work_out(box, key, whole)

    percent.resolve_one_percentage = resolve
