"""Step 2, resolve: numbers of laws and decrees that are written in more than one way."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from mgi_report.content.spelling.stretches import Place, Stretch, matches, tell_rarer
from mgi_report.content.words import Spelling
from mgi_report.diagnostics import Diagnostic

_SPACE = "[ \u00a0\u202f]"
_NUMBER = r"\d{2,4}(?:[-–/.]\d{2,6})+(?:[-/][^\W\d_]+)*(?![\w-])"
"""2016-036, 2016/036, 03-031/AN-RM."""


def find_numbers(stretches: Sequence[Stretch], spelling: Spelling) -> Iterator[Diagnostic]:
    """Find "2016/036" beside "No. 2016-036".

    A number counts where a mark such as "No." or a capitalised word, "Decree", stands before it,
    and where it has a mark at least once: "Plan 2019–2023" has none. A law and a decree may have
    the same number.
    """
    if not spelling.number_marks:
        return
    marks = "|".join(re.escape(mark) for mark in sorted(spelling.number_marks, key=len)[::-1])
    pattern = re.compile(
        rf"(?:([^\W\d_]+){_SPACE}+)??(?:(?<!\w)({marks}){_SPACE}*)?(?<!\w)({_NUMBER})"
    )
    ways: dict[tuple[int, ...], dict[str, dict[str, list[Place]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    marked = set()
    for stretch in stretches:
        for match in matches(pattern, stretch.names):
            kind, mark, number = match[1] or "", match[2] or "", match[3]
            if not mark and not kind[:1].isupper():
                continue
            key = _digits(number)
            if mark:
                marked.add(key)
            start = match.start(2) if mark else match.start(3)
            written = f"{mark} {number}".strip()
            ways[key][kind.casefold()][written].append(Place(stretch, start, match.end()))
    for key in marked:
        yield from _rarer(ways[key])


def _digits(number: str) -> tuple[int, ...]:
    """Give what a number says: 2016-036, 2016/36 and 16-036 are the same."""
    first, *others = (int(digits) for digits in re.findall(r"\d+", number))
    return (first % 100 if first >= 1900 else first, *others)


def _rarer(kinds: dict[str, dict[str, list[Place]]]) -> Iterator[Diagnostic]:
    if len(kinds.keys() - {""}) > 1:
        for kind in kinds.keys() - {""}:
            yield from tell_rarer(kinds[kind])
        return
    joined: dict[str, list[Place]] = defaultdict(list)
    for ways in kinds.values():
        for written, places in ways.items():
            joined[written] += places
    yield from tell_rarer(joined)
