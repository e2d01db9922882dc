"""Finds for each part of a returned document the block that it was: by bookmark, else by text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from mgi_report.consult.model import Block
from mgi_report.consult.returned import Part

_SAME = 50
"""Per cent of likeness from which a bookmark is believed."""
_ALIKE = 62
"""Per cent of likeness from which a part without a bookmark is a block."""
_LONG = 40
"""Characters from which a text is looked for as a piece of any block."""
_INSIDE = 88
"""Per cent of likeness from which a text is a piece of another one."""


@dataclass(slots=True)
class Unit:
    """Blocks that became parts: one and one, unless something was divided or joined."""

    blocks: list[Block]
    parts: list[Part] = field(default_factory=list)

    @property
    def sent(self) -> str:
        """The blocks' text as it was sent."""
        return "\n\n".join(block.text for block in self.blocks)

    @property
    def before(self) -> str:
        """The parts' text with tracked changes taken back."""
        return "\n\n".join(part.before for part in self.parts)


@dataclass(slots=True)
class Placed:
    """A document, part by part."""

    units: list[Unit]
    """In the order of the returned document."""
    added: list[tuple[Part, int]]
    """Parts that are no block, with the number of the block behind which they stand."""
    missing: list[Block]
    """Blocks that are not there."""


def place(blocks: Sequence[Block], parts: Sequence[Part]) -> Placed:
    """Find the block of each part."""
    parts = [part for part in parts if not part.is_empty or part.bookmarks]
    by_number = {block.number: block for block in blocks}
    owners: dict[int, Block] = {}
    taken: set[int] = set()
    exact: dict[str, list[Block]] = {}
    for block in blocks:
        exact.setdefault(_plain(block.text), []).append(block)
    extra: dict[int, list[Block]] = {}
    for index, part in enumerate(parts):
        marked = [by_number[each] for each in dict.fromkeys(part.bookmarks) if each in by_number]
        marked.sort(key=lambda each: -_likeness(each.text, part.before))
        for block in (each for each in marked if each.number not in taken):
            alike = _likeness(block.text, part.before)
            if index in owners:
                # Two bookmarks in one paragraph: the second block was joined to the first.
                if _inside(block.text, part.before):
                    extra.setdefault(index, []).append(block)
                    taken.add(block.number)
            elif alike >= _SAME or _plain(part.before) not in exact:
                owners[index] = block
                taken.add(block.number)
    _by_exact_text(parts, exact, owners, taken)
    _by_likeness(parts, blocks, owners, taken)
    _by_pieces(parts, blocks, owners, extra, taken)
    _by_place(parts, blocks, owners, taken)
    return _gathered(parts, blocks, owners, extra, taken)


def _by_exact_text(
    parts: Sequence[Part],
    exact: dict[str, list[Block]],
    owners: dict[int, Block],
    taken: set[int],
) -> None:
    for index, part in enumerate(parts):
        if index not in owners:
            free = [each for each in exact.get(_plain(part.before), ()) if each.number not in taken]
            if free and part.before.strip():
                # Of equal ones, the one that follows what stands before.
                last = max((owners[each].number for each in owners if each < index), default=0)
                block = min(free, key=lambda each: (each.number < last, abs(each.number - last)))
                owners[index] = block
                taken.add(block.number)


def _by_pieces(
    parts: Sequence[Part],
    blocks: Sequence[Block],
    owners: dict[int, Block],
    extra: dict[int, list[Block]],
    taken: set[int],
) -> None:
    """Find blocks that were divided among neighbours, or joined to one."""
    for index, part in enumerate(parts):
        if index in owners or not part.before.strip():
            continue
        for near in (index - 1, index + 1):
            block = owners.get(near)
            if (
                block
                and _inside(part.before, block.text)
                and not _inside(part.before, parts[near].before)
            ):
                owners[index] = block
                break
    by_number = {block.number: block for block in blocks}
    for index, block in sorted(owners.items()):
        for step in (1, -1):
            other = by_number.get(block.number + step)
            while (
                other
                and other.number not in taken
                and other.text.strip()
                and _inside(other.text, parts[index].before)
            ):
                extra.setdefault(index, []).append(other)
                taken.add(other.number)
                other = by_number.get(other.number + step)


def _by_likeness(
    parts: Sequence[Part], blocks: Sequence[Block], owners: dict[int, Block], taken: set[int]
) -> None:
    free = {block.number: block.text for block in blocks if block.number not in taken}
    for index, part in enumerate(parts):
        if index in owners or len(part.before.strip()) < 3 or not free:
            continue
        best = process.extractOne(part.before, free, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if not best and len(part.before) >= _LONG:
            best = process.extractOne(
                part.before, free, scorer=fuzz.partial_ratio, score_cutoff=_INSIDE
            )
        if best:
            owners[index] = next(block for block in blocks if block.number == best[2])
            taken.add(best[2])
            del free[best[2]]


def _by_place(
    parts: Sequence[Part], blocks: Sequence[Block], owners: dict[int, Block], taken: set[int]
) -> None:
    """Take the only part between two known ones for the only block that is missing there."""
    by_number = {block.number: block for block in blocks}
    for index in range(len(parts)):
        before, after = owners.get(index - 1), owners.get(index + 1)
        if index in owners or not before or not after or after.number <= before.number:
            continue
        gap = [each for each in range(before.number + 1, after.number) if each in by_number]
        if len(gap) == 1 and gap[0] not in taken:
            owners[index] = by_number[gap[0]]
            taken.add(gap[0])


def _gathered(
    parts: Sequence[Part],
    blocks: Sequence[Block],
    owners: dict[int, Block],
    extra: dict[int, list[Block]],
    taken: set[int],
) -> Placed:
    units: list[Unit] = []
    added: list[tuple[Part, int]] = []
    of_block: dict[int, Unit] = {}
    last = 0
    for index, part in enumerate(parts):
        block = owners.get(index)
        if block is None:
            added.append((part, last))
            continue
        unit = of_block.get(block.number)
        if unit is None:
            members = sorted([block, *extra.get(index, ())], key=lambda each: each.number)
            unit = Unit(members)
            units.append(unit)
            of_block.update((each.number, unit) for each in members)
        unit.parts.append(part)
        last = unit.blocks[-1].number
    missing = [block for block in blocks if block.number not in taken]
    return Placed(units, added, missing)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _likeness(first: str, second: str) -> float:
    return fuzz.ratio(first, second)


def _inside(piece: str, whole: str) -> bool:
    """Say whether a text is, with small changes, a piece of a longer one."""
    piece, whole = _plain(piece), _plain(whole)
    if not piece or len(piece) > len(whole) * 1.05:
        return False
    if piece in whole:
        return len(piece) >= 8 or piece == whole
    return len(piece) >= 25 and fuzz.partial_ratio(piece, whole) >= _INSIDE


def spread_over(blocks: Iterable[Block], start: int, end: int) -> list[tuple[Block, int, int]]:
    """Divide a range of several blocks' text among them; ends of blocks belong to none."""
    found, offset = [], 0
    for block in blocks:
        length = len(block.text)
        first, last = max(start - offset, 0), min(end - offset, length)
        if start <= offset + length and end >= offset:
            found.append((block, first, last))
        offset += length + 2
    return found
