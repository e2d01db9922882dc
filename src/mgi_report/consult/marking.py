"""Old words against new ones, word by word, as they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TypeAlias

from mgi_report.consult.comparing import word_by_word
from mgi_report.consult.model import Sent
from mgi_report.pages.drafted import Mark

Stretches: TypeAlias = tuple[tuple[str, Mark], ...]
"""Text, and what became of it."""
Stretch: TypeAlias = tuple[tuple[str, bool], ...]
"""Text, and whether it differs."""

_CALL = re.compile(r"\[\^([^\]]*)\]")
_NOTE = re.compile(r"(?P<section>\S+) n(?P<number>\w+)")
_RAISED = str.maketrans("0123456789abcdefghi", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱ")


def section_of(name: str) -> str:
    """Give the section of a block by its name: "4" of "4.2 ¶3"."""
    return name.partition(" ")[0].partition(".")[0]


class Calls:
    """Gives the calls of footnotes the numbers that their notes have in the margin.

    `labels` are those of the notes, by their names; where they are not known any longer, notes
    stand in the order of their first calls, in which they were numbered.
    """

    def __init__(self, blocks: Sequence[Sent], labels: Mapping[str, str] | None = None) -> None:
        self._numbers: dict[tuple[str, str], str] = {}
        notes = [
            (each.name, found["section"], found["number"])
            for each in blocks
            if each.kind == "note" and (found := _NOTE.fullmatch(each.name))
        ]
        called: dict[str, dict[str, None]] = {}
        for each in blocks:
            if each.kind != "note":
                there = called.setdefault(section_of(each.name), {})
                there.update(dict.fromkeys(_CALL.findall(each.text)))
        waiting = {section: iter(there) for section, there in called.items()}
        for name, section, number in notes:
            label = labels.get(name) if labels else next(waiting.get(section, iter(())), None)
            if label is not None:
                self._numbers[section, label] = number

    def numbered(self, block: Sent) -> str:
        """Give a block's text with the numbers of notes in place of their labels."""
        section = section_of(block.name)
        return _CALL.sub(
            lambda call: f"[^{self._numbers.get((section, call[1]), '*')}]", block.text
        )


def in_one(was: str, now: str) -> tuple[Stretches, ...]:
    """Join two texts, cell by cell: what is gone stands before what is new in its place."""
    cells = zip_longest(was.split("\t"), now.split("\t"), fillvalue="")
    return tuple(tuple(_in_one(old, new)) for old, new in cells)


def _in_one(was: str, now: str) -> Iterator[tuple[str, Mark]]:
    at = 0
    for each in word_by_word(was, now):
        parts = (
            (was[at : each.start], Mark.KEPT),
            (was[each.start : each.end], Mark.GONE),
            (now[each.new_start : each.new_end], Mark.NEW),
        )
        yield from ((_raised(text), mark) for text, mark in parts if text)
        at = each.end
    if was[at:]:
        yield _raised(was[at:]), Mark.KEPT


def side_by_side(was: str | None, now: str | None) -> tuple[Stretch, Stretch]:
    """Cut two texts where they begin and end to differ; None is that of a block not there."""
    if was is None or now is None:
        return _whole(was), _whole(now)
    found = word_by_word(was, now)
    old = _cut(was, [(each.start, each.end) for each in found])
    return old, _cut(now, [(each.new_start, each.new_end) for each in found])


def _whole(text: str | None) -> Stretch:
    return ((_shown(text), False),) if text else ()


def _cut(text: str, differing: Iterable[tuple[int, int]]) -> Stretch:
    parts: list[tuple[str, bool]] = []
    at = 0
    for start, end in differing:
        parts += [(text[at:start], False), (text[start:end], True)]
        at = end
    return tuple((_shown(part), is_) for part, is_ in (*parts, (text[at:], False)) if part)


def _shown(text: str) -> str:
    """Give a text as it is read in one line: the cells of a row apart."""
    return _raised(text).replace("\t", " | ")


def _raised(text: str) -> str:
    """Raise the numbers of footnotes; a space parts those of two notes."""
    apart = text.replace("][^", "] [^")
    return _CALL.sub(lambda call: call[1].translate(_RAISED), apart)
