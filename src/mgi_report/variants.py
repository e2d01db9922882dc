"""The forms in which a volume appears."""

from __future__ import annotations

import hashlib
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
    """"screen", "print", "draft"."""
    title: str = ""
    """The label that says what its title becomes; empty where it stays as it is."""
    annotate: Callable[[Project, str, str, Sequence[Leaf]], Outcome[Draft]] | None = None
    """Of a draft, what stands in its margins: the project, the profile's folder, the language and
    the pages are given."""

    is_for_press: bool = False
    """Goes to a press: a block and a cover in four inks."""
    press_profile: tuple[str, bytes] | None = None
    """The printer's ICC profile where it was given by hand: its name and its bytes."""
    identify: Callable[[Project, str, str], str] | None = None
    """Gives the name by which a file that comes back is known, which its keywords have; the
    project, the profile's folder and the language are given."""

    @property
    def key(self) -> str:
        """Tell variants apart that have one name."""
        if self.press_profile is None:
            return self.name
        return f"{self.name} {hashlib.sha256(self.press_profile[1]).hexdigest()}"


SCREEN = Variant("screen")
"""The published volume; its PDF has the plain name."""

PRINT = Variant("print", is_for_press=True)
"""What goes to a press."""
