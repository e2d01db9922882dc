"""How two texts differ, word by word."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(r"\n\n|\^?\[\^?[^\]\n]*\]|\w+|\s|[^\w\s]")
_NEAR = 2
"""Unchanged words between two changes that are read as one."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Characters of one text, and what the other has in their place."""

    start: int
    end: int
    new_start: int
    new_end: int


def differences(before: str, after: str) -> tuple[Difference, ...]:
    """Compare two texts; changes that are hardly apart are one, but never across a paragraph."""
    return _compared(before, after, _is_near)


def word_by_word(before: str, after: str) -> tuple[Difference, ...]:
    """Compare two texts; changes between which there are but spaces are one."""
    return _compared(before, after, lambda *both: _between(*both).strip(" ") == "")


def _compared(
    before: str, after: str, is_near: Callable[[Difference, Difference, str], bool]
) -> tuple[Difference, ...]:
    if before == after:
        return ()
    old, new = _tokens(before), _tokens(after)
    matcher = SequenceMatcher(
        None, [word for _, word in old], [word for _, word in new], autojunk=False
    )
    found: list[Difference] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            continue
        made = Difference(
            _at(old, i1, before), _at(old, i2, before), _at(new, j1, after), _at(new, j2, after)
        )
        if found and is_near(found[-1], made, before):
            made = Difference(found[-1].start, made.end, found[-1].new_start, made.new_end)
            found.pop()
        found.append(made)
    return tuple(found)


def _is_near(first: Difference, second: Difference, before: str) -> bool:
    between = _between(first, second, before)
    if "\n\n" in between or "\t" in between:
        return False
    words = re.findall(r"\w+", between)
    both = (
        first.start < first.end
        and first.new_start < first.new_end
        and second.start < second.end
        and second.new_start < second.new_end
    )
    return len(words) <= (_NEAR if both else 0) and len(between) < (40 if both else 2)


def _between(first: Difference, second: Difference, before: str) -> str:
    return before[first.end : second.start]


def _tokens(text: str) -> list[tuple[int, str]]:
    return [(found.start(), found[0]) for found in _TOKEN.finditer(text)]


def _at(tokens: Sequence[tuple[int, str]], index: int, text: str) -> int:
    return tokens[index][0] if index < len(tokens) else len(text)


class Map:
    """Leads from offsets in one text to those in the other, where they differ so."""

    def __init__(self, found: Iterable[Difference]) -> None:
        self._found = tuple(found)

    def back(self, offset: int, *, to_end: bool = False) -> int:
        """Give the offset in the first text of one in the second."""
        shift = 0
        for each in self._found:
            if offset < each.new_start or (offset == each.new_start and not to_end):
                break
            if offset < each.new_end:
                return each.end if to_end else each.start
            shift = each.end - each.new_end
        return offset + shift


def in_order(numbers: Sequence[int]) -> Iterator[int]:
    """Give the longest run of numbers that stand in order, though not side by side."""
    if not numbers:
        return
    before = [-1] * len(numbers)
    ends: list[int] = []
    indices: list[int] = []
    for index, number in enumerate(numbers):
        place = bisect_left(ends, number)
        before[index] = indices[place - 1] if place else -1
        if place == len(ends):
            ends.append(number)
            indices.append(index)
        else:
            ends[place] = number
            indices[place] = index
    chain = []
    at = indices[-1]
    while at >= 0:
        chain.append(numbers[at])
        at = before[at]
    yield from reversed(chain)
