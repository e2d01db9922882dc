"""The vocabulary of drafts and redlines: what they say beside the text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mgi_report.pages.model import Rectangle


@dataclass(frozen=True, slots=True)
class NumberedBlock:
    """A block of a draft, with the number that people call it by."""

    number: str
    """"4.2 ¶3"."""
    section: str
    """Id of its section."""
    places: tuple[tuple[int, Rectangle], ...]
    """Where it stands: page of the section, from 0, and a rectangle, in order."""
    is_changed: bool = False
    """It is not what it was in the round before."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a block since the round before; texts come in stretches."""

    number: str
    folio: int
    """Page, from 1, on which it stands or, if it was taken away, would stand."""
    was: tuple[tuple[str, bool], ...]
    """Stretches of the text, and whether they differ; none where the block was added."""
    now: tuple[tuple[str, bool], ...]
    """None where the block was taken away."""


class Mark(StrEnum):
    """What became of a stretch of text since the round before."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of a redline: its words as they were and as they are, in one."""

    number: str
    """"4.2 ¶3"."""
    kind: str
    """heading, paragraph, item, row, caption, note, source."""
    level: int
    """Of a heading, or of an item of a list, from 1."""
    cells: tuple[tuple[tuple[str, Mark], ...], ...]
    """Stretches of the text; what is no row has one cell."""
    mark: str = ""
    """What stands before an item of a list: "•", "2."."""
    table: str = ""
    """Of a row: the number of its table."""
    is_head: bool = False
    """Of a row: column heads."""

    @property
    def is_changed(self) -> bool:
        """Whether it has words that were added or taken away."""
        return any(mark is not Mark.KEPT for cell in self.cells for _, mark in cell)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a draft says of itself, and of each block."""

    round: int = 0
    """The round of consultation that was opened last; 0 before the first."""
    opened: str = ""
    """ISO date."""
    is_sent: bool = False
    """All is as it was when the round was opened."""
    since: int = 0
    """The round that changes are told against; 0 for none."""
    blocks: tuple[NumberedBlock, ...] = ()
    gaps: tuple[tuple[str, int, Rectangle], ...] = ()
    """What stands before something that was taken away: section, page of it from 0, rectangle."""
    changes: tuple[Change, ...] = ()
    passages: tuple[Passage, ...] = ()
    """Of a redline, all text, which is printed in the place of the volume's pages."""
