"""The vocabulary of what a printer asks for."""

from __future__ import annotations

from dataclasses import dataclass

from mgi_report.diagnostics import Diagnostic, Rule, Span


@dataclass(frozen=True, slots=True)
class PressWish:
    """What the printer of a profile asks for; None or empty where the layout decides."""

    bleed: float | None = None
    """Millimetres beyond the trim."""
    signature: int | None = None
    """The block has a multiple of so many pages."""
    leaf: float | None = None
    """How thick a leaf of the block is, in millimetres."""
    cover: float | None = None
    """How thick the cover is, in millimetres."""
    profile: str = ""
    """ICC profile: path in the project."""
    bleed_span: Span | None = None
    """Where the bleed is given."""
    profile_span: Span | None = None
    """Where the profile is named."""


def no_press_profile(path: str, span: Span) -> Diagnostic:
    """Say that there is no ICC profile at a path."""
    hint = "Put the ICC profile of the press there, or name another."
    return Diagnostic(Rule.FILE_EXISTS, f"There is no colour profile {path}.", span, hint)
