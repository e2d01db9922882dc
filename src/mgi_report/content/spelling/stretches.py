"""Step 2, resolve: a paragraph's words as text in which spelling is looked at.

Quotations, titles in emphasis, words in another language and addresses are passed over. The words
of a link to a source are looked at for names alone: many are titles, with a spelling of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from mgi_report.content.model import (
    Citation,
    CrossReference,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    NoteCall,
    Phrase,
    SourceLink,
    Strong,
    Text,
    Variable,
)
from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span
from mgi_report.remembering import remembered

LEFT_OUT = "\ufffc"
"""Stands for what is passed over, so that the words beside it do not meet."""
_QUOTATION = re.compile(r"“[^”]*(?:”|$)|«[^»]*(?:»|$)|„[^“”]*(?:[“”]|$)")

_ADDRESS = re.compile(r"[\w.+-]+@\w[\w-]*(?:\.\w[\w-]*)+|(?:https?://|www\.)[^\s<>]+")
"""A mail or web address that was typed without being made a link."""


@dataclass(slots=True)
class Stretch:
    """A paragraph's words, with the place of each."""

    text: str = ""
    """What the paragraph says itself."""
    names: str = ""
    """The same with the words of links to sources; places are the same in both."""
    starts: list[int] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    def leave_out(self, start: int, end: int) -> None:
        """Pass over what lies there from now on."""
        gap = LEFT_OUT * (end - start)
        self.text = f"{self.text[:start]}{gap}{self.text[end:]}"
        self.names = f"{self.names[:start]}{gap}{self.names[end:]}"

    def at(self, offset: int) -> Span:
        """Give the place in the file of what stands at an offset."""
        index = bisect_right(self.starts, offset) - 1
        span = self.spans[index]
        return Span(span.file, span.line, span.column + offset - self.starts[index])


def stretch_of(run: tuple[Inline, ...]) -> Stretch:
    """Give the words of a paragraph in which spelling is looked at."""
    known = _stretch_of(run)
    # Of each its own: words are left out as they are told.
    return Stretch(known.text, known.names, known.starts, known.spans)


@remembered(2048)  # paragraphs that did not change are not gathered again
def _stretch_of(run: tuple[Inline, ...]) -> Stretch:
    stretch = Stretch()
    text, names = [], []
    length = 0
    for piece, span, is_own in _pieces(run):
        stretch.starts.append(length)
        stretch.spans.append(span)
        text.append(piece if is_own else LEFT_OUT * len(piece))
        names.append(piece)
        length += len(piece)
    stretch.text, stretch.names = (
        _ADDRESS.sub(_left_out, _QUOTATION.sub(_left_out, "".join(each))) for each in (text, names)
    )
    return stretch


def _left_out(match: re.Match[str]) -> str:
    return LEFT_OUT * len(match[0])


def _pieces(kids: Iterable[Inline], *, is_own: bool = True) -> Iterator[tuple[str, Span, bool]]:
    for node in kids:
        match node:
            case Text(text, span):
                yield text, span, is_own
            case Phrase(kids=inner, lang=None) | Strong(kids=inner, lang=None):
                yield from _pieces(inner, is_own=is_own)
            case CrossReference(kids=inner) | Link(kids=inner, is_address=False):
                yield from _pieces(inner, is_own=is_own)
            case SourceLink(kids=inner):
                yield from _pieces(inner, is_own=False)
            case NoteCall() | Variable():
                pass
            case LineBreak(span):
                yield "\n", span, is_own
            case Emphasis() | Strong() | Phrase() | Link() | Citation():
                yield LEFT_OUT, node.span, is_own


@lru_cache(maxsize=16384)  # paragraphs that did not change are not looked through again
def matches(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str], ...]:
    """Find all places of a pattern."""
    return tuple(pattern.finditer(text))


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """Where something is written."""

    stretch: Stretch
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The place in the file."""
        return self.stretch.at(self.start)


def tell(place: Place, written: str, usual: str, elsewhere: Place) -> Diagnostic:
    """Say that something is written otherwise elsewhere, and pass over it from now on."""
    message = f'"{written}" is written "{usual}" elsewhere ({elsewhere.span}).'
    hint = "Write it in one way, unless two things are meant."
    found = Diagnostic(Rule.ONE_SPELLING, message, place.span, hint, Severity.WARNING)
    place.stretch.leave_out(place.start, place.end)
    return found


def tell_rarer(ways: Mapping[str, Sequence[Place]]) -> Iterator[Diagnostic]:
    """Tell of each place at which something is not written as it is for the most part."""
    if len(ways) < 2:
        return
    usual, *others = by_use(ways)
    for way in others:
        for place in ways[way]:
            yield tell(place, way, usual, ways[usual][0])


def by_use(ways: Mapping[str, Sequence[Place]], right: str = "") -> list[str]:
    """Sort ways of writing: what stands in `right` first, then the usual, the earliest of several.

    `right` has names whose spelling is not in doubt, one a line.
    """
    return sorted(ways, key=lambda way: (way not in right, -len(ways[way]), ways[way][0].span))
