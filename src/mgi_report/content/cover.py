"""The vocabulary of the cover: what it shows beside its words."""

from __future__ import annotations

from dataclasses import dataclass

from mgi_report.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the cover, or a logo."""

    path: str
    """Path in the project."""
    alt: str
    credit: str = ""
    span: Span = Span("profile.yml")
    """Where its text for those who cannot see it stands."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What the cover shows beside its words."""

    photograph: Picture | None = None
    logos: tuple[Picture, ...] = ()
