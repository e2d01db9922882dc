"""Finds where a line of a text stands once the text has changed."""

from __future__ import annotations

from collections.abc import Callable
from difflib import SequenceMatcher
from functools import lru_cache


def line_now(texts: Callable[[str], tuple[str, str]], file: str, line: int) -> int:
    """Give the line, from 1, at which a line of a file stands now.

    `texts` gives a file's text as it was and as it is. Of a line that was changed or taken away it
    is the one in its place.
    """
    before, after = texts(file)
    if before == after or not before:
        return line
    index = line - 1
    gone, end = 0, 0  # where the last run that stayed came to its end, then and now
    last = len(after.splitlines())
    for start, stop, to in (*_kept(before, after), (len(before), len(before), last)):
        if index < start:
            return min(end + index - gone, max(to - 1, end), max(last - 1, 0)) + 1
        if index < stop:
            return to + index - start + 1
        gone, end = stop, to + stop - start
    return line


@lru_cache(maxsize=64)
def _kept(before: str, after: str) -> tuple[tuple[int, int, int], ...]:
    """Give the runs of lines that stayed: from, up to, and where they begin now; all from 0."""
    matcher = SequenceMatcher(None, before.splitlines(), after.splitlines(), autojunk=False)
    return tuple((a, a + size, b) for a, b, size in matcher.get_matching_blocks() if size)
