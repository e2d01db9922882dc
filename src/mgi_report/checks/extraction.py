"""Step 6, audit: text that is read out of a finished file has the words of its source, in order.

A PDF is read by its structure (`checks.heard`), HTML and EPUB by their elements. Words are compared
without marks and capitals, and figures whatever script they are set in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from unicodedata import decimal, normalize

from mgi_report.content.model import Citation, Document, Inline, LineBreak, NoteCall, Profile, Text
from mgi_report.content.walk import data_runs_of, inlines_of, runs_of
from mgi_report.diagnostics import Diagnostic, Rule, Span

_NAMED = 8
"""How many words a message names."""
_WORD = re.compile(r"[^\W_]+")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_GROUPED = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}(?!\d))")
"""The space in 12 000, which is not printed everywhere; a line's end is none."""


@dataclass(frozen=True, slots=True)
class _Lost:
    """A text of the source that is not in a file as it should be."""

    words: str
    """Those that cannot be found, with those behind them."""
    is_elsewhere: bool
    """The words are there, in another place."""
    span: Span


def unlike(
    said: Mapping[str, str], sections: Iterable[str], profile: Profile, what: str
) -> Iterator[Diagnostic]:
    """Tell once of texts of the profile that a file does not have, or not in their order.

    `said` is what is read of a file by section; `sections` are those that it should have, `what`
    says which file: "the PDF". `profile` is one that step 2 has been through.
    """
    lost = [each for name in sections for each in _lost(profile, name, said.get(name, ""))]
    if not lost:
        return
    first, more = lost[0], f" So with {len(lost) - 1} more texts." if len(lost) > 1 else ""
    how = "stand in another place in" if first.is_elsewhere else "cannot be read out of"
    yield Diagnostic(
        Rule.TEXT_CAN_BE_EXTRACTED,
        f"Words of the text {how} {what}: “{first.words}”.{more}",
        first.span,
        "Copy this text out of the file and compare it; a font, a style sheet or a template of the "
        "layout may be to blame.",
    )


def plain(text: str) -> str:
    """Give the words of a text with a space before and behind each."""
    seen = normalize("NFKC", _GROUPED.sub("", _UNSEEN.sub("", text))).casefold()
    figures = "".join(str(decimal(each, each)) for each in seen)
    return f" {' '.join(_WORD.findall(figures))} "


def _lost(profile: Profile, section: str, text: str) -> Iterator[_Lost]:
    """Hold the texts of a section against what is read of it."""
    read = plain(text)
    document = profile.documents.get(section, Document("", ()))
    # Notes stand where they are called or behind the text: they have an order of their own.
    notes = (block for note in document.notes.values() for block in note.blocks)
    yield from _out_of_order(runs_of(document.blocks), read)
    yield from _out_of_order(runs_of(notes), read)
    # Where the texts of YAML stand, the layout says.
    for run in data_runs_of(profile.data.get(section, {})):
        yield from _out_of_order([run], read)


def _out_of_order(runs: Iterable[tuple[Inline, ...]], read: str) -> Iterator[_Lost]:
    place = 0
    for run in runs:
        words = plain(_printed(run))
        if words.strip():
            at = read.find(words, place)
            if at < 0:
                yield _Lost(_differing(words, read[place:]), words in read, run[0].span)
            else:
                place = at + len(words) - 1


def _differing(words: str, read: str) -> str:
    """Give the first words that do not follow upon those before them."""
    each = words.split()
    most = len(each)
    found = next(n for n in range(most, -1, -1) if f" {' '.join([*each[:n], ''])}" in read)
    at = 0 if found == most else found
    return " ".join(each[at : at + _NAMED])


def _printed(run: tuple[Inline, ...]) -> str:
    """Give the words of inline nodes with the figures that call notes."""
    pieces = []
    for node in inlines_of(run):
        match node:
            case Text() | Citation():
                pieces.append(node.text)
            case NoteCall():
                pieces.append(str(node.number))
            case LineBreak():
                pieces.append(" ")
    return "".join(pieces)
