"""Writes a change of what is printed into the source, touching nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mgi_report.consult.comparing import differences
from mgi_report.consult.model import Block, Manner, Markup, Piece
from mgi_report.consult.source import Change

_SPECIAL = re.compile(r"[\\`*_\[\]<{}]|&(?=#?\w+;)")
_CALL = re.compile(r"\[\^[^\]\s\[^]+\]")
_BEGINNING = re.compile(r"^(?:(\d{1,9})(?=[.)])|(?=[#>+~-]|:::|\|))")

_SHOWN = 160
"""Characters of a text that a message quotes."""


class DoesNotFit(ValueError):
    """A change cannot be written into the source by the program."""

    def __init__(
        self,
        reason: str,
        hint: str = "Write it into the source by hand, or accept another text.",
    ) -> None:
        """Take the reason, a clause: "it is made by the layout"; and what to do."""
        super().__init__(reason)
        self.reason = reason
        self.hint = hint


def words_changed(now: Block) -> DoesNotFit:
    """Make what is raised where words are no longer those that were sent."""
    text = now.text if len(now.text) <= _SHOWN else f"{now.text[:_SHOWN]}…"
    return DoesNotFit(
        "the words have changed since the round was opened",
        f"The text is now “{text}”. Write the change into it by hand, or reject the proposal.",
    )


def rewrite(block: Block, start: int, end: int, new: str) -> list[Change]:
    """Give the changes of a file that put `new` in the place of characters of a block's text.

    Raises `DoesNotFit` where some of these stand in no file, or `new` cannot stand there.
    """
    if "\t" in new or ("\n" in new and block.manner.cell):
        raise DoesNotFit("it goes over the edge of a table's cell")
    start, end, new = _widened(block, *_within_markup(block, start, end, new))
    if start == end:
        if not new:
            return []
        place = _between(block, start)
        is_first = place == beginning(block)
        return [Change(place, place, written(new, block, starts=is_first, at=start))]
    start, end = _without_empty_line(block, start, end, new)
    spaces: list[Change] = []
    if not new:
        start, end, spaces = _with_edge_of_markup(block, start, end)
    removed = list(_removed(block, start, end, keep_marks=bool(new) and new == new.strip()))
    removed.sort()
    joined: list[tuple[int, int]] = []
    for first, last in removed:
        if joined and first <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(last, joined[-1][1])
        else:
            joined.append((first, last))
    changes = [Change(first, last, "") for first, last in joined]
    text = ""
    if new:
        text = written(new, block, starts=changes[0].start == beginning(block), at=start)
    changes[0] = Change(changes[0].start, changes[0].end, text)
    return [*changes, *spaces]


def _with_edge_of_markup(block: Block, start: int, end: int) -> tuple[int, int, list[Change]]:
    """Put a space outside of markup that would begin or end with it, and be none any longer."""
    ranges = [(mark, *_range_of(block, mark)) for mark in block.markup]
    before = [mark.end for mark, first, last in ranges if first < start and last == end]
    if before and block.text[start - 1] == " ":
        return start - 1, end, [Change(max(before), max(before), " ")]
    after = [mark.start for mark, first, last in ranges if first == start and end < last]
    if after and block.text[end : end + 1] == " ":
        return start, end + 1, [Change(min(after), min(after), " ")]
    return start, end, []


def without_loose_spaces(block: Block, start: int, end: int, new: str) -> tuple[int, int, str]:
    """Take spaces as well that a change would leave at the ends of a text of the file.

    Such a text is a value in YAML, a cell or a block; it keeps no spaces there.
    """
    text = block.text
    firsts, lasts = _ends(block)
    if end in lasts:
        new = new.rstrip(" ")
        while not new and start not in firsts and text[start - 1 : start] == " ":
            start -= 1
    if start in firsts:
        new = new.lstrip(" ")
        while not new and end not in lasts and text[end : end + 1] == " ":
            end += 1
    return start, end, new


def _within_markup(block: Block, start: int, end: int, new: str) -> tuple[int, int, str]:
    """Leave the words that stay out of a change that goes over the edge of a link or the like.

    Otherwise these would leave the link with those that are changed.
    """
    ranges = (_range_of(block, mark) for mark in block.markup)
    if not new or not any(
        first < start < last < end or start < first < end < last for first, last in ranges
    ):
        return start, end, new
    found = differences(block.text[start:end], new)
    if not found:
        return start, start, ""
    first, last = found[0], found[-1]
    return start + first.start, start + last.end, new[first.new_start : last.new_end]


def beginning(block: Block) -> int:
    """Give the offset of the first character of a block in its file."""
    first = next((each for each in block.pieces if each.is_placed), None)
    if first is None:
        raise DoesNotFit("it is made by the layout")
    return min([first.start, *(each.start for each in block.markup if each.first == 0)])


def ending(block: Block) -> int:
    """Give the offset behind the last character of a block in its file."""
    last = [each for each in block.pieces if each.is_placed]
    if not last:
        raise DoesNotFit("it is made by the layout")
    marks = [each.end for each in block.markup if each.last == len(block.pieces) - 1]
    return max([last[-1].end, *marks])


def written(text: str, block: Block, *, starts: bool = False, at: int = 0) -> str:
    """Write words so that they are read as they are; `at` is their offset in the block's text."""
    manner: Manner = block.manner
    if _is_markdown(block, at):
        text = escaped(text, cell=manner.cell, starts=starts and not manner.quote)
        text = text.replace("\n", "\\\n")
    elif "\n" in text:
        raise DoesNotFit("a line cannot be broken there")
    if manner.quote == '"':
        return text.replace("\\", "\\\\").replace('"', '\\"')
    return text.replace("'", "''") if manner.quote == "'" else text


def escaped(text: str, *, cell: bool = False, starts: bool = False) -> str:
    """Write words as Markdown; calls of footnotes stay what they are."""
    pieces, end = [], 0
    for call in _CALL.finditer(text):
        pieces += [_SPECIAL.sub(r"\\\g<0>", text[end : call.start()]), call[0]]
        end = call.end()
    made = "".join((*pieces, _SPECIAL.sub(r"\\\g<0>", text[end:])))
    if cell:
        made = made.replace("|", r"\|")
    if starts:
        made = _BEGINNING.sub(lambda found: f"{found[1] or ''}\\", made, count=1)
    return made


def _is_markdown(block: Block, at: int) -> bool:
    """Say whether Markdown is understood where a character stands."""
    near = [
        piece for _, first, last, piece in _places(block) if piece.is_placed and first <= at <= last
    ]
    return all(piece.markdown for piece in near)


# --- Places -----------------------------------------------------------------------------------


def _places(block: Block) -> Iterator[tuple[int, int, int, Piece]]:
    """Give each piece with its index and its range in the block's text."""
    offset = 0
    for index, piece in enumerate(block.pieces):
        yield index, offset, offset + len(piece.text), piece
        offset += len(piece.text)


def _ends(block: Block) -> tuple[set[int], set[int]]:
    """Give where in a block's text those of the file begin, and where they end."""
    firsts, lasts = {0}, {len(block.text)}
    for _, first, last, piece in _places(block):
        if not piece.is_placed:
            firsts.add(last)
            lasts.add(first)
    return firsts, lasts


def _widened(block: Block, start: int, end: int, new: str) -> tuple[int, int, str]:
    """Take in all of what goes as one, such as a variable, with the characters that stay of it."""
    text = block.text
    for _, first, last, piece in _places(block):
        inside = first < start < last or first < end < last
        if piece.whole and inside:
            new = text[min(first, start) : start] + new + text[end : max(last, end)]
            start, end = min(first, start), max(last, end)
    return start, end, new


def _without_empty_line(block: Block, start: int, end: int, new: str) -> tuple[int, int]:
    """Take a line's end as well where nothing would be left on the line, and the block be cut."""
    if new.strip():
        return start, end
    breaks = {
        first: last for _, first, last, piece in _places(block) if piece.whole and piece.text == " "
    }
    before = start == 0 or any(last == start for last in breaks.values())
    if before and end in breaks:
        return start, breaks[end]
    if end == len(block.text):
        for first, last in breaks.items():
            if last == start:
                return first, end
    return start, end


def _removed(block: Block, start: int, end: int, *, keep_marks: bool) -> Iterator[tuple[int, int]]:
    """Give the ranges of the file that go with characters of the text."""
    touched: list[int] = []
    for index, first, last, piece in _places(block):
        if last <= start or first >= end:
            continue
        if not piece.is_placed:
            raise DoesNotFit(f"“{piece.text.strip() or piece.text}” is put there by the layout")
        touched.append(index)
        if piece.whole:
            yield piece.start, piece.end
        else:
            yield piece.start + max(start - first, 0), piece.start + min(end, last) - first
    for mark in block.markup:
        first, last = _range_of(block, mark)
        is_whole = start <= first and last <= end
        is_all = start == first and last == end
        if is_whole and not (is_all and keep_marks):
            yield mark.start, block.pieces[mark.first].start
            yield block.pieces[mark.last].end, mark.end


def _range_of(block: Block, mark: Markup) -> tuple[int, int]:
    places = list(_places(block))
    return places[mark.first][1], places[mark.last][2]


def _between(block: Block, at: int) -> int:
    """Find where in the file words go that are put between two characters: outside of markup."""
    choices: list[tuple[int, int, int]] = []
    for index, first, last, piece in _places(block):
        if not piece.is_placed:
            continue
        if first < at < last:
            return piece.start + at - first
        depth = sum(mark.first <= index <= mark.last for mark in block.markup)
        if last == at:
            choices.append((depth, 0, piece.end))
            outer = [mark for mark in block.markup if mark.last == index]
            choices += [
                (depth - 1 - n, 0, mark.end)
                for n, mark in enumerate(sorted(outer, key=lambda each: each.end))
            ]
        if first == at:
            choices.append((depth, 1, piece.start))
            outer = [mark for mark in block.markup if mark.first == index]
            choices += [
                (depth - 1 - n, 1, mark.start)
                for n, mark in enumerate(sorted(outer, key=lambda each: -each.start))
            ]
    if not choices:
        raise DoesNotFit("the words around it are put there by the layout")
    return min(choices)[2]


def labels_gone(block: Block, start: int, end: int) -> Iterable[str]:
    """Give the labels of the footnotes whose calls stand among some characters."""
    for _, first, last, piece in _places(block):
        if piece.note and start <= first and last <= end:
            yield piece.note
