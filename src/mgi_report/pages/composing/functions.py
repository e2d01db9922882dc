"""Step 3, compose: the functions that a template draws with, the same for all profiles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mgi_report.pages.composing import drawing, measure
from mgi_report.pages.composing.barcode import barcode
from mgi_report.pages.composing.templates import drawn

DRAWING: dict[str, Callable[..., Any]] = {
    "Choice": measure.Choice,
    "Circle": drawing.Circle,
    "Gaps": drawing.Gaps,
    "wheel": drawn(drawing.wheel),
    "bands": drawn(drawing.bands),
    "barcode": drawn(barcode),
    "counting_rule": drawn(drawing.counting_rule),
    "segment_angles": drawing.segment_angles,
    "middle": drawing.middle,
    "mark": drawn(drawing.mark),
}
"""By their name in a template."""
