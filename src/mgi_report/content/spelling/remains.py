"""Step 2, resolve: what is left in a text from its writing, or from the program it was pasted from.

Silence matters more than completeness: "that that" and "nous nous" are right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from mgi_report.content.spelling.stretches import Stretch, matches
from mgi_report.content.words import Spelling
from mgi_report.diagnostics import Diagnostic, Rule, Severity

_LONG = 6
"""Letters of a word that nobody writes twice on purpose; of short ones, the small words alone."""


class _Remains(NamedTuple):
    """What is left; `{0}` in the message is the words found."""

    pattern: re.Pattern[str]
    message: str
    hint: str


_TO_COME, _SOURCE_TO_COME = r"\[\?+\]", r"\[@\?\]"
_OTHER_NOTES = r"\b(?:TODO|FIXME|TBC|TBD|XXX+)\b|\b[Ll]orem ipsum\b|(?<![\[?])\?{2,}(?![?\]])|_{3,}"
_NOTES = re.compile(f"{_TO_COME}|{_SOURCE_TO_COME}|{_OTHER_NOTES}")
"""What writers leave for themselves in the place of words."""
_REMAINS = (
    _Remains(
        re.compile(r"(?<=[.,;:!?”»)])[⁰¹²³⁴-⁹]+"),
        'The raised figure "{0}" calls no note.',
        "Write [^label] in its place, and the note at the end of the file: [^label]: …",
    ),
    _Remains(
        re.compile(_TO_COME),
        "Words are still to be written here.",
        'Write them in the place of "[?]"; mgi-report status lists all that is to come.',
    ),
    _Remains(
        re.compile(_SOURCE_TO_COME),
        "A source is still to be found here.",
        "Add it to sources.yml, and write its id in the place of the question mark.",
    ),
    _Remains(
        re.compile(_OTHER_NOTES),
        '"{0}" seems to be left from the writing.',
        "Settle what is open, and take it away.",
    ),
)
_DOUBLED = _Remains(
    re.compile(r"\b([^\W\d_]+)\s\1\b", re.IGNORECASE),
    'A word stands here twice: "{0}".',
    "Take one away.",
)


def find_remains(stretches: Sequence[Stretch], spelling: Spelling) -> Iterator[Diagnostic]:
    """Find raised figures, notes of writers to themselves, and words that stand twice."""
    small = spelling.links | spelling.joins

    def is_wrong(word: str) -> bool:
        return len(word) >= _LONG or word.casefold() in small

    kinds = (*_REMAINS, _placeholders(spelling.placeholders))
    for stretch in stretches:
        for remains in kinds:
            yield from _told(stretch, remains, lambda _: True)
        yield from _told(stretch, _DOUBLED, lambda match: is_wrong(match[1]))


@lru_cache(maxsize=8)
def _placeholders(words: tuple[str, ...]) -> _Remains:
    known = "|".join(rf"{re.escape(each)}(?!\w)" for each in words) or "(?!)"
    bracket = rf"(?=\[)(?:{known})[^\[\]]*\]|\[[●•…_. ]+\]"
    pattern = rf"{bracket}|(?!\[)(?<!\w)(?:{known})"
    return _Remains(
        re.compile(pattern, re.IGNORECASE),
        '"{0}" stands for words that are still to be written.',
        "Write them in its place.",
    )


def without_notes(stretch: Stretch) -> Stretch:
    """Pass over what writers left for themselves, as it is told here."""
    for match in matches(_NOTES, stretch.text):
        stretch.leave_out(match.start(), match.end())
    return stretch


def _told(
    stretch: Stretch, remains: _Remains, test: Callable[[re.Match[str]], bool]
) -> Iterator[Diagnostic]:
    for match in matches(remains.pattern, stretch.text):
        if test(match):
            message = remains.message.format(" ".join(match[0].split()))
            place = stretch.at(match.start())
            yield Diagnostic(Rule.TEXT_IS_FINISHED, message, place, remains.hint, Severity.WARNING)
