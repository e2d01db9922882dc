"""What a returned document says, as edits of the blocks that were sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from mgi_report.consult.comparing import in_order
from mgi_report.consult.editing import edits_of, join_of
from mgi_report.consult.looks import links_changed, lost_headings, style_of, styles_changed
from mgi_report.consult.model import Block, Content, Edit, Kind
from mgi_report.consult.placing import Placed, Unit, place
from mgi_report.consult.returned import Anchor, Mark, Part, Returned, Stretch
from mgi_report.office.remarks import Notice

_ALIKE = 80


def label_finder(content: Content) -> Callable[[str, tuple[Part, ...]], str | None]:
    """Make what finds the label of a footnote that was sent: by bookmark, else by its text."""
    notes = {block.number: block for block in content.blocks if block.kind == "note"}
    used: set[int] = set()

    def find(_name: str, parts: tuple[Part, ...]) -> str | None:
        for part in parts:
            for number in part.bookmarks:
                if number in notes:
                    used.add(number)
                    return notes[number].label
        text = " ".join(part.before.strip() for part in parts)
        free = [each for each in notes.values() if each.number not in used]
        best = max(free, key=lambda each: fuzz.ratio(each.text, text), default=None)
        if best is None or fuzz.ratio(best.text, text) < _ALIKE:
            return None
        used.add(best.number)
        return best.label

    return find


def edits_in(content: Content, returned: Returned, front: frozenset[str]) -> list[Edit]:
    """Give all that a document says; `front` are the texts of its first page, which is no block."""
    body = [block for block in content.blocks if block.kind != "note"]
    parts = [part for part in returned.parts if part.before.strip() not in front or _is_ours(part)]
    placed = place(body, parts)
    edits = list(_all_edits(placed, returned, body))
    notes = [block for block in content.blocks if block.kind == "note"]
    note_parts = [
        part
        for name, some in returned.notes.items()
        if name in returned.labels
        for part in _without_mark(some)
    ]
    in_notes = place(notes, note_parts)
    in_notes.missing.clear()  # a footnote goes with its call
    edits += _all_edits(in_notes, returned, notes)
    edits += _aside(returned)
    edits = _with_answers(edits, returned)
    return _paired(edits, content)


def _with_answers(edits: list[Edit], returned: Returned) -> list[Edit]:
    """Put answers to comments with what they answer; keep comments that are at no place."""
    said = {
        each.found.rpartition("comment ")[2]: each for each in edits if each.kind is Kind.COMMENT
    }
    made = list(edits)
    for name, remark in returned.remarks.items():
        asked = returned.remarks.get(remark.parent)
        context = f"in answer to {asked.author}: {asked.text[:100]}" if asked else ""
        own, parent = said.get(name), said.get(remark.parent)
        if own is None:
            place = parent or Edit(Kind.COMMENT, 0, 0, "", "")
            own = replace(
                place,
                author=remark.author,
                date=remark.date,
                comment=remark.text,
                found=f"comment {name}",
                context="a comment that is at no place in the file",
            )
            made.append(replace(own, context=context or own.context))
        elif context:
            made[made.index(own)] = replace(own, context=context)
    return made


def share_placed(content: Content, returned: Returned) -> float:
    """Give the share of a document's words that were sent, to know whether it is the right one."""
    sent = {" ".join(block.text.split()) for block in content.blocks}
    marked = {number for part in returned.parts for number in part.bookmarks}
    words = [" ".join(part.before.split()) for part in returned.parts if part.before.strip()]
    if not words:
        return 0.0
    if len(marked) > len(content.blocks) / 3:
        return 1.0
    return sum(each in sent for each in words) / len(words)


def _is_ours(part: Part) -> bool:
    return bool(part.bookmarks) or any(each.mark is not Mark.SAME for each in part.stretches())


def _without_mark(parts: Sequence[Part]) -> list[Part]:
    """Take away the space that stands behind the number of a footnote."""
    made = []
    for index, part in enumerate(parts):
        atoms = list(part.atoms)
        for place_, atom in enumerate(atoms if index == 0 else ()):
            if isinstance(atom, Stretch) and atom.text:
                if atom.text[0] in " \t\xa0" and atom.mark is Mark.SAME:
                    atoms[place_] = replace(atom, text=atom.text[1:])
                break
        made.append(Part(atoms, part.bookmarks, part.found, part.joined, part.style))
    return made


def _all_edits(placed: Placed, returned: Returned, blocks: Sequence[Block]) -> Iterator[Edit]:
    order = [unit.blocks[0].number for unit in placed.units]
    kept = set(in_order(order))
    before = 0
    said: set[str] = set()
    yield from styles_changed(placed.units, returned)
    yield from links_changed(placed.units, returned)
    for index, unit in enumerate(placed.units):
        yield from edits_of(unit, returned.remarks, returned.author, returned.date, said)
        yield from _join(unit, placed.units[index + 1 :])
        if unit.blocks[0].number not in kept:
            block = unit.blocks[0]
            yield Edit(
                Kind.MOVE,
                block.number,
                0,
                block.text,
                block.text,
                returned.author,
                returned.date,
                found=unit.parts[0].found,
                tracked=False,
                target=before,
            )
        before = unit.blocks[-1].number
    for part, after in placed.added:
        yield from _added(part, after, returned, blocks, said)
    absent = _sections_absent(placed)
    for block in placed.missing:
        if block.section not in absent:
            yield Edit(
                Kind.DELETION,
                block.number,
                0,
                block.text,
                "",
                returned.author,
                returned.date,
                found="not in the file",
                tracked=False,
            )


def _sections_absent(placed: Placed) -> list[str]:
    """Give the sections that are not in a file which is a part of the draft.

    Of a file that has most of it, what lacks was taken out, and there are none.
    """
    there = {block.section for unit in placed.units for block in unit.blocks}
    if sum(len(unit.blocks) for unit in placed.units) > len(placed.missing):
        return []
    away = (block.section for block in placed.missing)
    return [each for each in dict.fromkeys(away) if each not in there]


def notices_of(content: Content, returned: Returned) -> Iterator[Notice]:
    """Tell what of a document was not read, and what of the draft it does not have."""
    body = [block for block in content.blocks if block.kind != "note"]
    placed = place(body, returned.parts)
    absent = _sections_absent(placed)
    if absent:
        yield Notice(
            f"The file is a part of the draft; not in it are: {', '.join(absent)}.",
            "Nothing is asked for there. If they were meant to go, ask who sent the file.",
        )
    if count := lost_headings(placed.units):
        yield Notice(
            f"The file has not kept the styles of headings ({count} have lost theirs).",
            "Nothing is asked for there. If a heading was to change, ask who sent the file.",
        )
    for kind, count in sorted((+Counter(returned.unread)).items()):
        yield Notice(f"Not read: {kind} ({count}).", "Open the file and look for yourself.")


def _join(unit: Unit, others: Sequence[Unit]) -> Iterator[Edit]:
    """Say that a block goes on with the next, where the end between them was deleted."""
    end = unit.parts[-1].joined
    if end is None or not others:
        return
    following = others[0]
    own = unit.parts[-1].after.rpartition("\n\n")[2]  # before it stands what is new
    if own.strip() and any(part.after.strip() for part in following.parts):
        yield join_of(unit.blocks[-1], "", end.author, end.date, unit.parts[-1].found, tracked=True)


def _added(
    part: Part, after: int, returned: Returned, blocks: Sequence[Block], said: set[str]
) -> Iterator[Edit]:
    text = part.after.strip()
    stretch = next((each for each in part.stretches() if each.mark is Mark.INSERTED), None)
    author = stretch.author if stretch else returned.author
    date = stretch.date if stretch else returned.date
    block = next((each for each in blocks if each.number == after), None)
    if text:
        at = len(block.text) if block else 0
        yield Edit(
            Kind.INSERTION,
            after,
            at,
            "",
            f"\n\n{text}" if block else text,
            author,
            date,
            found=part.found,
            tracked=bool(stretch),
            context=_manner(part, block) if block else "before the first block",
        )
    for atom in part.atoms:
        if isinstance(atom, Anchor) and atom.comment in returned.remarks.keys() - said:
            said.add(atom.comment)
            remark = returned.remarks[atom.comment]
            yield Edit(
                Kind.COMMENT,
                after,
                len(block.text) if block else 0,
                "",
                "",
                remark.author,
                remark.date,
                remark.text,
                f"{part.found}, comment {remark.id}",
                text[:200],
            )


def _manner(part: Part, block: Block) -> str:
    """Say of a new paragraph that it is a heading, where what stands before it is none."""
    is_other = part.look.startswith("heading") and part.look != style_of(block).casefold()
    return f"in the style “{part.look.title()}”" if is_other else ""


def _aside(returned: Returned) -> Iterator[Edit]:
    for part in returned.aside:
        yield Edit(
            Kind.INSERTION,
            0,
            0,
            "",
            part.after.strip(),
            returned.author,
            returned.date,
            found=part.found,
            tracked=False,
            context=part.context,
        )


def _paired(edits: list[Edit], content: Content) -> list[Edit]:
    """Find out which words that were taken away and put elsewhere belong together."""
    blocks = {block.number: block for block in content.blocks}
    edits = _with_splits(edits)
    taken = [i for i, each in enumerate(edits) if each.original.strip() and not each.proposed]
    pair = 0
    used: set[int] = set()
    gone: set[int] = set()
    for index, each in enumerate(edits):
        if (
            each.original
            or not each.proposed.strip()
            or not (each.kind is Kind.MOVE or "\n\n" in each.proposed)
        ):
            continue
        text = each.proposed.strip()
        match = next(
            (i for i in taken if i not in used and edits[i].original.strip() == text), None
        )
        if match is None:
            continue
        used.add(match)
        source = edits[match]
        if blocks[source.block].text.strip() == text and each.block:
            # A whole block stands elsewhere.
            at_end = each.at >= len(blocks[each.block].text)
            target = each.block if at_end else each.block - 1
            edits[match] = replace(
                source, kind=Kind.MOVE, proposed=source.original, at=0, target=target
            )
            gone.add(index)
        else:
            pair += 1
            edits[match] = replace(source, kind=Kind.MOVE, pair=pair)
            edits[index] = replace(each, kind=Kind.MOVE, pair=pair)
    edits = [each for index, each in enumerate(edits) if index not in gone]
    return [_alone(each) for each in _with_spaces(edits)]


def _with_splits(edits: Iterable[Edit]) -> list[Edit]:
    """Take the end of a block that went into a paragraph behind it for a block that was divided."""
    made: list[Edit] = []
    for edit in edits:
        last = made[-1] if made else None
        if (
            last
            and last.original.strip()
            and not last.proposed
            and not edit.original
            and edit.block == last.block
            and edit.at == last.at + len(last.original)
            and edit.author == last.author
            and edit.proposed.startswith("\n\n")
            and edit.proposed.strip() == last.original.strip()
        ):
            space = len(last.original) - len(last.original.lstrip())
            made[-1] = replace(
                last, kind=Kind.SPLIT, original=last.original[:space], proposed="\n\n"
            )
        else:
            made.append(edit)
    return made


def _with_spaces(edits: list[Edit]) -> list[Edit]:
    """Put what was typed between two blocks that were joined into the joining."""
    made: list[Edit] = []
    for edit in edits:
        last = made[-1] if made else None
        if (
            last
            and last.kind is Kind.JOIN
            and not last.proposed
            and not edit.at
            and not edit.original
            and edit.block == last.block + 1
            and edit.author == last.author
            and "\n\n" not in edit.proposed
            and edit.kind is Kind.INSERTION
        ):
            made[-1] = replace(last, proposed=edit.proposed)
        else:
            made.append(edit)
    return made


def _alone(edit: Edit) -> Edit:
    """Call a move whose other half is not there what it is."""
    if edit.kind is not Kind.MOVE or edit.pair or (edit.original and edit.proposed):
        return edit
    return replace(edit, kind=Kind.DELETION if edit.original else Kind.INSERTION)
