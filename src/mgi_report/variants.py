"""The forms in which a volume appears."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mgi_report.diagnostics import Outcome
from mgi_report.pages.drafted import Draft
from mgi_report.pages.model import Leaf
from mgi_report.project import Project


@dataclass(frozen=True, slots=True)
class Variant:
    """A form in which a volume appears."""

    name: str
    """"screen", "draft"."""
    title: str = ""
    """The label that says what its title becomes; empty where it stays as it is."""
    annotate: Callable[[Project, str, str, Sequence[Leaf]], Outcome[Draft]] | None = None
    """Of a draft, what stands in its margins: the project, the profile's folder, the language and
    the pages are given."""


SCREEN = Variant("screen")
"""The published volume; its PDF has the plain name."""
