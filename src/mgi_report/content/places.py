"""Where each character of a text stands in the file it was taken from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from mgi_report.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Offsets:
    """A map from offsets in a text to places in its file.

    The text may have lost indents, quotation marks or escapes on its way out of the file; each run
    of characters that came over unchanged has an entry.
    """

    file: str
    """Path in the project."""
    runs: tuple[tuple[int, int, int], ...]
    """Offset in the text, line and column in the file, ascending; the first offset is 0."""

    @classmethod
    def from_span(cls, span: Span) -> Offsets:
        """Make the map of a text that stands on one line, unchanged, from this place on."""
        return cls(span.file, ((0, span.line, span.column),))

    @classmethod
    def of_block(cls, text: str, file: str, lines: Sequence[str], first: int) -> Offsets:
        """Map the text of a Markdown block, whose lines are the ends of lines of the file.

        Indents and the marks of lists, quotations and notes have been taken off in front. `first`
        is the block's first line, from 0.
        """
        runs = []
        offset = 0
        for number, line in enumerate(text.split("\n"), start=first):
            kept = line.strip(" \t")
            start = len(lines[number].rstrip(" \t")) - len(kept)
            runs.append((offset + line.find(kept), number + 1, start + 1))
            offset += len(line) + 1
        return cls(file, tuple(runs))

    @classmethod
    def of_cell(
        cls, text: str, file: str, source: str, line: int, start: int
    ) -> tuple[Offsets, int]:
        r"""Map the text of a table's cell, in whose line "|" is written "\|".

        `line` and `start`, where the cell before it ended, count from 0. Gives also where the cell
        ends.
        """
        written = text.replace("|", r"\|")
        column = max(source.find(written, start), 0)
        bars = [offset for offset, char in enumerate(text) if char == "|"]
        runs = [(0, line + 1, column + 1)]
        runs += [(bar, line + 1, column + bar + count + 1) for count, bar in enumerate(bars, 1)]
        return cls(file, tuple(runs)), column + len(written)

    def at(self, offset: int) -> Span:
        """Give the place of the character at an offset."""
        index = max(bisect_right(self.runs, (offset, 1 << 60, 0)) - 1, 0)
        start, line, column = self.runs[index]
        return Span(self.file, line, column + offset - start)

    @property
    def start(self) -> Span:
        """The place of the first character."""
        return self.at(0)
