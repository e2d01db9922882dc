"""Step 5, bind: where each section, anchor and page stands in the volume."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mgi_report.diagnostics import Diagnostic, Rule
from mgi_report.pages.model import Leaf


@dataclass(frozen=True, slots=True)
class Place:
    """What a link or an entry of the outline leads to."""

    section: str
    anchor: str
    """HTML id in the section, "" for its beginning."""
    page: int
    """Page of the volume, from 0."""
    x: float | None
    y: float | None
    """Points from the bottom left; None leaves the reader's view as it is."""


class Places:
    """Knows the pages of the volume, and finds places in it by name."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self.first: list[int] = []
        """For each leaf its first page in the volume, from 0."""
        self.count = 0
        """Pages of the volume, with the empty ones between sections."""
        self.first_folio = leaves[0].folio if leaves else 1
        self.diagnostics: list[Diagnostic] = []
        self._places: dict[str, Place] = {}
        for leaf in leaves:
            self._stand(leaf)

    def _stand(self, leaf: Leaf) -> None:
        """Put a leaf where its folio says; folios left out before it are empty pages."""
        section = leaf.section.id
        gap = leaf.folio - self.first_folio - self.count
        if gap < 0:
            message = f'"{section}" begins on page {leaf.folio}, which another section takes.'
            self.diagnostics.append(Diagnostic(Rule.FOLIOS_AGREE, message))
        self.count += max(gap, 0)
        self.first.append(self.count)
        self._places[section] = Place(section, "", self.count, None, None)
        for anchor in leaf.pages.anchors:
            self._places.setdefault(
                f"{section}/{anchor.name}",
                Place(section, anchor.name, self.count + anchor.page, anchor.x, anchor.y),
            )
        self.count += leaf.pages.count

    def find(self, section: str, target: str) -> Place | None:
        """Find what `#anchor`, `section:id` or `section:id/anchor` means in a section."""
        if target.startswith("#"):
            return self._places.get(f"{section}/{target[1:]}" if target != "#" else section)
        return self._places.get(target.removeprefix("section:"))
