"""The edits that lie between blocks as they were sent and parts as they came back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mgi_report.consult.comparing import Difference, Map, differences
from mgi_report.consult.model import Block, Edit, Kind
from mgi_report.consult.placing import Unit, spread_over
from mgi_report.consult.returned import Mark, Part, Stretch
from mgi_report.office.remarks import Remark


@dataclass(frozen=True, slots=True)
class Operation:
    """Characters of a unit's text, and what someone wants in their place."""

    start: int
    end: int
    new: str
    author: str = ""
    date: str = ""
    moved: bool = False
    tracked: bool = True
    found: str = ""
    by_hand: bool = False


def edits_of(
    unit: Unit, remarks: Mapping[str, Remark], author: str, date: str, said: set[str]
) -> Iterator[Edit]:
    """Give all that was done to a unit's blocks; `author` and `date` are of untracked edits.

    `said` has the ids of the comments that were given already, and gets those that are.
    """
    sent, before = unit.sent, unit.before
    plain = differences(sent, before)
    back = Map(plain)
    tracked = [
        replace(each, author=author, date=date, tracked=False) if each.by_hand else each
        for each in _tracked(unit.parts)
    ]
    untracked = [
        Operation(
            each.start,
            each.end,
            before[each.new_start : each.new_end],
            author,
            date,
            tracked=False,
            found=unit.parts[0].found,
        )
        for each in plain
    ]
    operations = _together(untracked, tracked, plain, back, before) if plain else tracked
    for operation in operations:
        yield from _edits(unit.blocks, operation)
    yield from _formats(unit, back)
    yield from _comments(unit, remarks, back, said)


def _tracked(parts: Sequence[Part]) -> Iterator[Operation]:
    """Give tracked changes, in offsets of the text without them; neighbours as one."""
    offset = 0
    last: Operation | None = None
    for index, part in enumerate(parts):
        if index:
            offset += 2
        for stretch in part.stretches():
            made = _operation(stretch, offset, part.found)
            if stretch.mark is not Mark.INSERTED:
                offset += len(stretch.text)
            if made is None:
                if last and stretch.text:
                    yield last
                    last = None
                continue
            if (
                last
                and last.end == made.start
                and last.author == made.author
                and (last.moved, last.by_hand) == (made.moved, made.by_hand)
            ):
                last = replace(last, end=made.end, new=last.new + made.new)
            else:
                if last:
                    yield last
                last = made
    if last:
        yield last


def _operation(stretch: Stretch, offset: int, found: str) -> Operation | None:
    if stretch.mark is Mark.SAME or not stretch.text:
        return None
    if stretch.mark is Mark.DELETED:
        start, end, new = offset, offset + len(stretch.text), ""
    else:
        start, end, new = offset, offset, stretch.text
    return Operation(
        start,
        end,
        new,
        stretch.author,
        stretch.date,
        stretch.moved,
        found=found,
        by_hand=stretch.by_hand,
    )


def _together(
    untracked: Sequence[Operation],
    tracked: Sequence[Operation],
    plain: Sequence[Difference],
    back: Map,
    before: str,
) -> list[Operation]:
    """Lay tracked changes over untracked ones; where they touch the same words they are one."""
    found: list[Operation] = []
    used: set[int] = set()
    for operation in tracked:
        touched = [
            index
            for index, each in enumerate(plain)
            if each.new_start < max(operation.end, operation.start + 1)
            and operation.start < each.new_end
        ]
        if not touched:
            start = back.back(operation.start, to_end=True)
            end = max(back.back(operation.end), start) if operation.end > operation.start else start
            found.append(replace(operation, start=start, end=end))
            continue
        first, last = plain[touched[0]], plain[touched[-1]]
        used.update(touched)
        begin = min(first.new_start, operation.start)
        finish = max(last.new_end, operation.end)
        new = before[begin : operation.start] + operation.new + before[operation.end : finish]
        start = first.start if begin == first.new_start else back.back(begin, to_end=True)
        end = last.end if finish == last.new_end else back.back(finish)
        found.append(replace(operation, start=start, end=max(end, start), new=new))
    found += [each for index, each in enumerate(untracked) if index not in used]
    return sorted(found, key=lambda each: (each.start, each.end))


def _edits(blocks: Sequence[Block], operation: Operation) -> Iterator[Edit]:
    """Make edits of an operation; one that goes over the end of a block is several."""
    pieces = spread_over(blocks, operation.start, operation.end)
    if not pieces:
        return
    if len(pieces) == 1:
        block, start, end = pieces[0]
        yield _edit(block, start, end, operation.new, operation)
        return
    # The end of a block is among what was taken away: the blocks are joined.
    new = operation.new
    parted = new.split("\n\n")
    if len(parted) == len(pieces):
        for (block, start, end), text in zip(pieces, parted, strict=True):
            if start < end or text:
                yield _edit(block, start, end, text, operation)
        return
    for index, (block, start, end) in enumerate(pieces):
        # What is new stands with the words it replaces, or between the blocks.
        mine = new if index == 0 and start < end else ""
        if start < end:
            yield _edit(block, start, end, mine, operation)
        if index + 1 < len(pieces):
            between = new if index == 0 and not mine else ""
            yield join_of(
                block,
                between,
                operation.author,
                operation.date,
                operation.found,
                tracked=operation.tracked,
            )


def join_of(
    block: Block, between: str, author: str, date: str, found: str, *, tracked: bool
) -> Edit:
    """Say that a block goes on with the next one."""
    return Edit(
        Kind.JOIN,
        block.number,
        len(block.text),
        "\n\n",
        between,
        author,
        date,
        found=found,
        tracked=tracked,
    )


def _edit(block: Block, start: int, end: int, new: str, operation: Operation) -> Edit:
    original = block.text[start:end]
    if original and not operation.tracked and new.startswith(original):
        start, new, original = end, new.removeprefix(original), ""
    elif original and not operation.tracked and new.endswith(original):
        new, original = new.removesuffix(original), ""
    if not original:
        kind = Kind.SPLIT if "\n\n" in new and not new.strip() else Kind.INSERTION
    elif not new:
        kind = Kind.DELETION
    else:
        kind = Kind.SPLIT if "\n\n" in new and original.strip() == new.strip() else Kind.REPLACEMENT
    if operation.moved:
        kind = Kind.MOVE
    return Edit(
        kind,
        block.number,
        start,
        original,
        new,
        operation.author,
        operation.date,
        found=operation.found,
        tracked=operation.tracked,
        context="struck out by hand, not by a tracked change" if operation.by_hand else "",
    )


def _formats(unit: Unit, back: Map) -> Iterator[Edit]:
    offset = 0
    for index, part in enumerate(unit.parts):
        if index:
            offset += 2
        if part.style:
            block = unit.blocks[min(index, len(unit.blocks) - 1)]
            yield Edit(
                Kind.FORMAT, block.number, 0, block.text, "", comment=part.style, found=part.found
            )
        for stretch in part.stretches():
            if stretch.formatted and stretch.mark is Mark.SAME and stretch.text.strip():
                for block, start, end in spread_over(
                    unit.blocks,
                    back.back(offset, to_end=True),
                    back.back(offset + len(stretch.text)),
                ):
                    yield Edit(
                        Kind.FORMAT,
                        block.number,
                        start,
                        block.text[start:end],
                        "",
                        stretch.author,
                        stretch.date,
                        stretch.formatted,
                        part.found,
                    )
            if stretch.mark is not Mark.INSERTED:
                offset += len(stretch.text)


def _comments(
    unit: Unit, remarks: Mapping[str, Remark], back: Map, said: set[str]
) -> Iterator[Edit]:
    """Give comments at what they are about; answers follow what they answer."""
    offset = 0
    begun: dict[str, int] = {}
    for index, part in enumerate(unit.parts):
        if index:
            offset += 2
        for atom in part.atoms:
            if isinstance(atom, Stretch):
                if atom.mark is not Mark.INSERTED:
                    offset += len(atom.text)
            elif not atom.is_end:
                begun[atom.comment] = offset
            elif atom.comment in remarks and atom.comment not in said:
                said.add(atom.comment)
                yield _comment(
                    unit,
                    remarks[atom.comment],
                    back,
                    begun.get(atom.comment, offset),
                    offset,
                    part.found,
                )
    for name, start in begun.items():
        if name in remarks and name not in said:  # it ends in another paragraph
            said.add(name)
            yield _comment(unit, remarks[name], back, start, offset, unit.parts[0].found)


def _comment(unit: Unit, remark: Remark, back: Map, start: int, end: int, found: str) -> Edit:
    first, last = back.back(start, to_end=True), back.back(end)
    pieces = spread_over(unit.blocks, first, max(first, last))
    block, begin, finish = pieces[0] if pieces else (unit.blocks[0], 0, 0)
    return Edit(
        Kind.COMMENT,
        block.number,
        begin,
        block.text[begin:finish],
        "",
        remark.author,
        remark.date,
        remark.text,
        f"{found}, comment {remark.id}",
    )
