"""The source's files as they are kept, character by character, with changes to be made in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from mgi_report.diagnostics import Span

_LINE_END = re.compile(r"\r\n?|\n")
_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A text file, with its own line ends and byte order mark."""

    path: str
    text: str
    starts: tuple[int, ...] = field(repr=False)
    """Offset of each line."""

    @classmethod
    def of(cls, path: str, content: bytes) -> SourceFile:
        """Take a file's bytes, which are UTF-8."""
        text = content.decode()
        first = 1 if text.startswith(_MARK) else 0
        starts = (first, *(end.end() for end in _LINE_END.finditer(text)))
        return cls(path, text, starts)

    @property
    def newline(self) -> str:
        """How its lines end."""
        found = _LINE_END.search(self.text)
        return found[0] if found else "\n"

    def offset(self, span: Span) -> int:
        """Give the offset of a place."""
        return self.starts[min(span.line, len(self.starts)) - 1] + span.column - 1

    def line_of(self, offset: int) -> int:
        """Give the line, from 1, on which the character at an offset stands."""
        from bisect import bisect_right

        return bisect_right(self.starts, offset)

    def line_start(self, offset: int) -> int:
        """Give where the line of a character begins."""
        return self.starts[self.line_of(offset) - 1]

    def line_end(self, offset: int) -> int:
        """Give where the line of a character ends, before its line end."""
        found = _LINE_END.search(self.text, offset)
        return found.start() if found else len(self.text)


@dataclass(frozen=True, slots=True)
class Change:
    """Characters of a file that others take the place of."""

    start: int
    end: int
    text: str


def _order(change: Change) -> tuple[int, int, bool]:
    return change.start, change.end, change.text.startswith("\n")


def changed(file: SourceFile, changes: Iterable[Change]) -> str:
    """Give a file's text with changes made, which do not overlap.

    Characters may be taken away twice, such as the empty line between two footnotes that go.
    Of what comes in at one place, words that go on with a line stand before what begins a new one.
    Raises `ValueError` where two of them want the same characters otherwise.
    """
    pieces, end, is_gone = [], 0, False
    for change in sorted(changes, key=_order):
        if change.start < end:
            if change.text or not is_gone:
                raise ValueError(change)
            end = max(end, change.end)
            continue
        is_gone = not change.text
        new = change.text.replace("\n", file.newline) if file.newline != "\n" else change.text
        pieces += [file.text[end : change.start], new]
        end = change.end
    return "".join((*pieces, file.text[end:]))
