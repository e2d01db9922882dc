"""What a making of the `workshop` gives, and what it gathers on its way."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mgi_report.content.model import Profile
from mgi_report.diagnostics import Diagnostic, each_once, has_errors
from mgi_report.pages.model import Leaf, Volume
from mgi_report.project import Project
from mgi_report.receipts import is_as_it_was
from mgi_report.results import Retypeset


@dataclass(frozen=True, slots=True)
class Made:
    """One language's volume, not yet written."""

    profile: Profile | None = None
    volume: Volume | None = None
    """None where something is wrong."""
    diagnostics: tuple[Diagnostic, ...] = ()
    leaves: tuple[Leaf, ...] = ()
    """The sections with their pages, in order; none where something is wrong."""
    retypeset: tuple[Retypeset, ...] = ()
    """The sections that were typeset in this making, in order, and why; others were kept."""
    furniture: str | None = None
    """Why running heads, folios and tabs were typeset in this making; None where they were kept."""
    returned: tuple[Retypeset, ...] = ()
    """What changed to what had been made before, so pages were kept; and why."""
    timings: Mapping[str, float] = field(default_factory=dict)
    """Seconds by step: load, resolve, sections (3 and 4), bind, audit, whole."""

    @property
    def typeset(self) -> frozenset[str]:
        """Ids of the sections that were typeset in this making."""
        return frozenset(each.section_id for each in self.retypeset)


@dataclass(slots=True)
class Making:
    """A making on its way: what was found, and how long each step took."""

    start: float
    """On the clock of `time.perf_counter`."""
    found: list[Diagnostic] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)
    why: tuple[tuple[Retypeset, ...], str | None, tuple[Retypeset, ...]] = ((), None, ())
    """`Made.retypeset`, `furniture`, `returned`."""

    def note(self, step: str) -> None:
        """Note how long a step took."""
        self.timings[step] = time.perf_counter() - self.start - sum(self.timings.values())

    def end(
        self,
        profile: Profile | None = None,
        volume: Volume | None = None,
        leaves: tuple[Leaf, ...] = (),
    ) -> Made:
        """Give what was made, as far as it went."""
        timings = dict(self.timings)
        if volume:
            timings["whole"] = time.perf_counter() - self.start
        return Made(profile, volume, each_once(self.found), leaves, *self.why, timings)


class LastMade:
    """The last making that gave a volume without errors, for as long as no file has changed."""

    def __init__(self) -> None:
        self._made: Made | None = None
        self._files: dict[str, str | None] = {}
        self._listings: dict[str, tuple[str, ...]] = {}

    def find(self, project: Project, folder: str, making: Making) -> Made | None:
        """Give it, with nothing typeset; None where something has changed.

        Reads all files again, those of the profile's `folder` first: they change most often.
        """
        if self._made is None:
            return None
        files = sorted(self._files.items(), key=lambda file: not file[0].startswith(folder))
        if not is_as_it_was(project, dict(files), self._listings):
            self._made = None
            return None
        timings = {"whole": time.perf_counter() - making.start}
        return replace(self._made, retypeset=(), furniture=None, returned=(), timings=timings)

    def keep(self, made: Made, project: Project) -> Made:
        """Keep what was made from what the project has read, where it is whole; give it back."""
        is_whole = made.volume is not None and not has_errors(made.diagnostics)
        self._made = made if is_whole else None
        self._files, self._listings = dict(project.reads), dict(project.listings)
        return made
