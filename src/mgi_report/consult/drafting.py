"""What a draft says in its margins: the round, each block's number, what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from itertools import count
from string import ascii_lowercase

from mgi_report.consult.blocks import content_of
from mgi_report.consult.marking import Calls, in_one, side_by_side
from mgi_report.consult.model import Block, Sent
from mgi_report.consult.rounds import (
    blocks_sent,
    folder_of,
    identity_of_last,
    opened_on,
    rounds_of,
)
from mgi_report.consult.standing import Stand, stands
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span
from mgi_report.pages.drafted import Change, Draft, NumberedBlock, Passage
from mgi_report.pages.model import Leaf, Rectangle
from mgi_report.project import Project
from mgi_report.variants import Variant

_LIKE = 0.5
"""How alike two texts are at least, of 1, that are one block in two rounds."""


def annotate(project: Project, folder: str, lang: str, leaves: Sequence[Leaf]) -> Outcome[Draft]:
    """Say what the draft of a profile in one language says, whose pages are given.

    While all is as it was when the last round was opened, changes are told against the round before
    it; after that, against the last one, and blocks keep the numbers that they had in it.
    """
    content = content_of(project, folder, lang)
    if content.value is None:
        return Outcome(Draft(), content.diagnostics)
    blocks = content.value.blocks
    rounds, found = _rounds(project, folder, lang)
    where = stands(blocks, leaves)
    named = [Sent(each.name, each.kind, each.text) for each in blocks]
    if not rounds:
        return Outcome(Draft(blocks=tuple(_numbered(blocks, named, where, set()))), found)
    last = rounds[-1]
    is_sent = [(each.name, each.text) for each in blocks] == [
        (each.name, each.text) for each in last.blocks
    ]
    against = last if not is_sent else rounds[-2] if len(rounds) > 1 else None
    if not is_sent:
        named = _named(aligned(last.blocks, named), last.blocks, named)
    pairs = aligned(against.blocks, named) if against else []
    changed = {new for old, new in pairs if new is not None and _differs(against, old, named, new)}
    draft = Draft(
        round=last.number,
        opened=last.opened,
        is_sent=is_sent,
        since=against.number if against else 0,
        blocks=tuple(_numbered(blocks, named, where, changed)),
        gaps=tuple(_gaps(pairs, blocks, where)),
        changes=tuple(_changes(_held(against, pairs, blocks, named), where, leaves))
        if against
        else (),
    )
    return Outcome(draft, found)


DRAFT = Variant("draft", "draft-title", annotate, identify=identity_of_last)
"""The draft for consultation."""


def redline(number: int) -> Variant:
    """Give the form of a volume that holds it against a round, word by word."""
    return Variant(f"redline-round-{number}", "redline-title", partial(_redlined, number))


def _redlined(
    number: int, project: Project, folder: str, lang: str, leaves: Sequence[Leaf]
) -> Outcome[Draft]:
    content = content_of(project, folder, lang)
    rounds, found = _rounds(project, folder, lang)
    against = next((each for each in rounds if each.number == number), None)
    if content.value is None or against is None:
        return Outcome(Draft(), (*content.diagnostics, *found))
    blocks = content.value.blocks
    now = [Sent(each.name, each.kind, each.text) for each in blocks]
    named = _named(aligned(against.blocks, now), against.blocks, now)
    pairs = aligned(against.blocks, named)
    held = list(_held(against, pairs, blocks, named))
    draft = Draft(
        round=number,
        opened=against.opened,
        is_sent=now == list(against.blocks),
        since=number,
        changes=tuple(_changes(held, stands(blocks, leaves), leaves)),
        passages=tuple(_passages(held)),
    )
    return Outcome(draft, found)


@dataclass(frozen=True, slots=True)
class _Round:
    number: int
    opened: str
    blocks: tuple[Sent, ...]


def _rounds(
    project: Project, folder: str, lang: str
) -> tuple[list[_Round], tuple[Diagnostic, ...]]:
    """Read the rounds that were in a language; what is damaged is told."""
    rounds, found = [], []
    for number in rounds_of(project, folder):
        language, blocks = blocks_sent(project, folder, number)
        if not language or not blocks:
            path = f"{folder_of(folder, number)}/{'blocks.jsonl' if language else 'round.yml'}"
            message = "The file of the round is not as it was written."
            hint = "Take it back from git or a copy."
            found.append(Diagnostic(Rule.ROUND_IS_WHOLE, message, Span(path), hint))
        elif language == lang:
            rounds.append(_Round(number, opened_on(project, folder, number), blocks))
    return rounds, tuple(found)


def aligned(before: Sequence[Sent], after: Sequence[Sent]) -> list[tuple[int | None, int | None]]:
    """Pair blocks of two rounds, by index: None stands for one that is new, or no longer there."""
    old, new = ([(each.kind, each.text) for each in blocks] for blocks in (before, after))
    pairs: list[tuple[int | None, int | None]] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pairs += zip(range(i1, i2), range(j1, j2), strict=True)
        else:
            pairs += _paired(before, after, range(i1, i2), range(j1, j2))
    return pairs


def _paired(
    before: Sequence[Sent], after: Sequence[Sent], old: range, new: range
) -> Iterator[tuple[int | None, int | None]]:
    """Pair those that are alike and of one kind, in order."""
    start = old.start
    for at in new:
        likely = [
            (_likeness(before[index], after[at]), -index)
            for index in range(start, old.stop)
            if before[index].kind == after[at].kind
        ]
        likeness, index = max(likely, default=(0.0, 0))
        if likeness < _LIKE:
            yield None, at
            continue
        yield from ((gone, None) for gone in range(start, -index))
        yield -index, at
        start = -index + 1
    yield from ((gone, None) for gone in range(start, old.stop))


def _likeness(one: Sent, other: Sent) -> float:
    return SequenceMatcher(None, one.text.split(), other.text.split(), autojunk=False).ratio()


def _named(
    pairs: Sequence[tuple[int | None, int | None]], before: Sequence[Sent], after: Sequence[Sent]
) -> list[Sent]:
    """Let blocks keep their numbers; a new one has its own where that is free.

    Else it has that of the one before it, where that is of its kind, and a letter: "4.2 ¶3a".
    """
    taken = {each.name for each in before}
    named: list[Sent] = []
    stems: dict[str, str] = {}
    kept = {new: before[old].name for old, new in pairs if old is not None and new is not None}
    for index, each in enumerate(after):
        name = kept.get(index, each.name)
        if index not in kept and name in taken:
            last = named[-1] if named else each
            stem = stems.get(last.name, last.name) if last.kind == each.kind else each.name
            name = next(name for letter in _letters() if (name := stem + letter) not in taken)
            stems[name] = stem
        taken.add(name)
        named.append(Sent(name, each.kind, each.text))
    return named


def _letters() -> Iterator[str]:
    """Give a, b, … z, and after them a1, b1."""
    yield from ascii_lowercase
    for number in count(1):
        yield from (f"{letter}{number}" for letter in ascii_lowercase)


def _differs(against: _Round | None, old: int | None, named: Sequence[Sent], new: int) -> bool:
    return against is None or old is None or against.blocks[old].text != named[new].text


def _numbered(
    blocks: Sequence[Block],
    named: Sequence[Sent],
    where: dict[str, Stand],
    changed: set[int],
) -> Iterator[NumberedBlock]:
    for index, (block, name) in enumerate(zip(blocks, named, strict=True)):
        if stand := where.get(block.name):
            yield NumberedBlock(name.name, stand.section, stand.places, index in changed)


def _gaps(
    pairs: Sequence[tuple[int | None, int | None]],
    blocks: Sequence[Block],
    where: dict[str, Stand],
) -> Iterator[tuple[str, int, Rectangle]]:
    """Give the places after which something was taken away, each once."""
    last: tuple[str, int, Rectangle] | None = None
    told = None
    for _, new in pairs:
        if new is None and last and last != told:
            yield last
            told = last
        elif new is not None and (stand := where.get(blocks[new].name)):
            last = (stand.section, *stand.places[-1])


@dataclass(frozen=True, slots=True)
class _Pair:
    """A block as it was and as it is; one that is new or gone has one side."""

    sent: Sent
    """With the number by which it goes."""
    block: Block | None
    """As it is."""
    was: str | None
    now: str | None


def _held(
    against: _Round,
    pairs: Sequence[tuple[int | None, int | None]],
    blocks: Sequence[Block],
    named: Sequence[Sent],
) -> Iterator[_Pair]:
    """Give all that was and is, in order, with the numbers of notes at their calls."""
    labels = {each.name: block.label for each, block in zip(named, blocks, strict=True)}
    before, after = Calls(against.blocks), Calls(named, labels)
    for old, new in pairs:
        was = against.blocks[old] if old is not None else None
        now = named[new] if new is not None else None
        if sent := now or was:
            yield _Pair(
                sent,
                blocks[new] if new is not None else None,
                before.numbered(was) if was else None,
                after.numbered(now) if now else None,
            )


def _changes(
    held: Iterable[_Pair], where: dict[str, Stand], leaves: Sequence[Leaf]
) -> Iterator[Change]:
    folios = {leaf.section.id: leaf.folio for leaf in leaves}
    folio = 0
    for each in held:
        if each.block and (stand := where.get(each.block.name)):
            folio = folios[stand.section] + stand.places[0][0]
        if each.was != each.now:
            yield Change(each.sent.name, folio, *side_by_side(each.was, each.now))


def _passages(held: Iterable[_Pair]) -> Iterator[Passage]:
    """Give all that was and is, in order; what was taken away stands where it stood."""
    for each in held:
        kind, block = each.sent.kind, each.block
        if kind == "heading" and block is None:
            kind = "paragraph"  # a heading that is gone heads nothing
        table, _, row = each.sent.name.rpartition(".") if kind == "row" else ("", "", "")
        yield Passage(
            number=each.sent.name,
            kind=kind,
            level=block.level if block else 1,
            cells=in_one(each.was or "", each.now or ""),
            mark=block.mark if block else "•",
            table=table,
            is_head=row == "0",
        )
