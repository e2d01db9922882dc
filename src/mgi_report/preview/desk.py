"""One view of a profile, a language in a variant: made again after saves, kept as it is shown."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from mgi_report.collecting import without_collecting
from mgi_report.content.files import salvage
from mgi_report.diagnostics import Diagnostic, Rule, has_errors
from mgi_report.preview.drawing import Book
from mgi_report.preview.finding import Finder
from mgi_report.preview.showing import Showing, show, sorted_messages
from mgi_report.progress import Progress
from mgi_report.results import FURNITURE
from mgi_report.workshop import Made, Workshop
from mgi_report.writing import write_whole


@dataclass(frozen=True, slots=True)
class View:
    """What can be looked at by itself."""

    lang: str
    """"" while no language is known."""
    variant: str


class Desk:
    """What belongs to one view. `make` is called from one thread at a time."""

    def __init__(
        self, view: View, workshop: Workshop, path: Callable[[], Path] | None = None
    ) -> None:
        """Take what makes the volume; `path` says where the PDF is written, if it is."""
        self.workshop = workshop
        self.showing = Showing(view.lang, view.variant)
        self.before: Showing | None = None
        """What was shown before: a browser may still ask for its pages."""
        self.made: Made | None = None
        """The last making without errors."""
        self.stale = True
        """Whether files may have changed since it was made."""
        self.saved = True
        """Whether one is known to have."""
        self.onlookers = 0
        self._path = path

    def make(self, progress: Progress) -> Book | None:
        """Make the volume anew, and show it; give the book that nobody can ask for any more."""
        start = time.perf_counter()
        with without_collecting():
            made = self.workshop.make(progress)
            if made.volume is not None and not has_errors(made.diagnostics):
                self.made = made = self._written(made)
            saved, self.saved = self.saved, False
            now, old = self._shown(made), self.showing
        if not saved and (now.pdf, now.diagnostics) == (old.pdf, old.diagnostics):
            return None
        self.showing = replace(now, seconds=time.perf_counter() - start)
        if not old.book or old.book is now.book:
            return None
        past, self.before = self.before, old
        return past.book if past else None

    def fail(self, error: Exception) -> None:
        """Show that the program failed."""
        self.showing = replace(self.showing, diagnostics=(_fault(error),), current=False)

    def close(self) -> None:
        """Let all go."""
        self.workshop.close()
        for showing in (self.showing, self.before):
            if showing and showing.book:
                showing.book.close()

    def _shown(self, made: Made) -> Showing:
        before = replace(
            self.showing,
            diagnostics=sorted_messages(made.diagnostics),
            made=(
                *((each.section_id, each.reason) for each in made.retypeset),
                *([(FURNITURE, made.furniture)] if made.furniture else ()),
            ),
            kept=tuple((each.section_id, each.reason) for each in made.returned),
            current=False,
        )
        broken = has_errors(made.diagnostics)
        if made.profile is None or made.volume is None or (broken and before.sheets):
            return before
        if before.book and before.pdf == made.volume.pdf:
            return replace(before, current=not broken)
        files = {path for leaf in made.leaves for path in leaf.section.written[1:]}
        finder = Finder(made.profile, files, self._text)
        title = made.profile.facts.long_name
        shown = show(before, made.volume, made.leaves, title, self._stamp(), finder)
        return replace(shown, current=not broken)

    def _text(self, path: str) -> str:
        return salvage(self.workshop.project.read(path) or b"")

    def _stamp(self) -> str:
        """Stand for all files that were read but for the chapters' texts."""
        reads = self.workshop.project.reads
        files = sorted(item for item in reads.items() if not item[0].endswith(".md"))
        return hashlib.sha256(repr(files).encode()).hexdigest()

    def _written(self, made: Made) -> Made:
        """Write the PDF too: what lies in build/ is what is seen."""
        if self._path is None or made.volume is None:
            return made
        path = self._path()
        try:
            write_whole(path, made.volume.pdf, lasting=False)
        except OSError as error:
            message = f"{path.name} cannot be written: {error.strerror or error}."
            wrong = Diagnostic(Rule.FILE_EXISTS, message)
            return replace(made, diagnostics=(*made.diagnostics, wrong))
        return made


def _fault(error: Exception) -> Diagnostic:
    return Diagnostic(
        Rule.TYPESETTING_IS_SILENT,
        f"The program failed: {type(error).__name__}: {error}",
        hint="This is a fault of the program. The terminal it was started in shows more; please "
        "report it. The preview goes on with your next save.",
    )
