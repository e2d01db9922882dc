"""Where each character of a text stands in the file it was taken from."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from mgi_report.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Places:
    """A map from offsets in a text to places in its file.

    The text may have lost indents, quotation marks or escapes on its way out of the file; each run
    of characters that came over unchanged has an entry.
    """

    file: str
    """Path in the project."""
    runs: tuple[tuple[int, int, int], ...]
    """Offset in the text, line and column in the file, ascending; the first offset is 0."""

    @classmethod
    def from_span(cls, span: Span) -> Places:
        """Make the map of a text that stands on one line, unchanged, from this place on."""
        return cls(span.file, ((0, span.line, span.column),))

    def at(self, offset: int) -> Span:
        """Give the place of the character at an offset."""
        index = max(bisect_right(self.runs, (offset, 1 << 60, 0)) - 1, 0)
        start, line, column = self.runs[index]
        return Span(self.file, line, column + offset - start)

    @property
    def start(self) -> Span:
        """The place of the first character."""
        return self.at(0)
