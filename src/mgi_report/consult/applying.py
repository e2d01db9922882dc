"""Writes accepted proposals into the source."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from mgi_report.consult.blocks import read_content
from mgi_report.consult.comparing import Map, differences
from mgi_report.consult.hindrances import AGREED, can_be_written, hindrances
from mgi_report.consult.model import (
    Block,
    Content,
    Kind,
    Proposal,
    Round,
    Status,
    conflicts,
)
from mgi_report.consult.overlay import Overlaid
from mgi_report.consult.places import in_all_profiles, is_shared, kept_as
from mgi_report.consult.proposals import changed_in, keep, proposals_path, with_status
from mgi_report.consult.records import Applied, record_of, record_path
from mgi_report.consult.restructuring import join, move, put, take_away, with_new_notes
from mgi_report.consult.rewriting import (
    DoesNotFit,
    labels_gone,
    without_loose_spaces,
    words_changed,
)
from mgi_report.consult.source import Change, changed
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Severity, Span
from mgi_report.project import DiskProject, digest_of_disk

_SAME_BLOCK = 55
"""Per cent of likeness from which a block that was changed since is still the same."""


@dataclass(slots=True)
class _Plan:
    """What is to be written, and what should then be read."""

    changes: dict[str, list[Change]] = field(default_factory=lambda: defaultdict(list))
    done: list[Proposal] = field(default_factory=list)
    texts: dict[int, list[str]] = field(default_factory=dict)
    """What becomes of blocks, by number: paragraphs, none of one that goes."""
    notes: list[str] = field(default_factory=list)
    """Footnotes that are new."""
    moved: bool = False
    """Blocks may stand in another order."""


def apply(
    project: DiskProject,
    profile: str,
    round_: Round,
    sent: Content,
    proposals: Sequence[Proposal],
    *,
    shared: bool = False,
) -> Outcome[Applied | None]:
    """Write what was accepted and has not been written yet; nothing where nothing is left to do.

    What does not fit is told and left, also what other profiles read, unless `shared`. Raises
    `OSError` where files cannot be written.
    """
    chosen = [each for each in proposals if each.status in AGREED and can_be_written(each)]
    project.begin()
    reading = read_content(project, profile, round_.lang)
    if reading.value is None:
        return Outcome(None, reading.diagnostics)
    worker = _Worker(
        project, profile, sent, reading.value, _errors(reading.diagnostics), shared=shared
    )

    def span_of(proposal: Proposal) -> Span:
        return worker.span_of(proposal) if proposal.block else Span(proposals_path(round_))

    found = hindrances(proposals, profile, span_of)
    left = {each.id for pair in conflicts(chosen) for each in pair}
    fitting = [each for each in chosen if each.id not in left]
    plan, wrong = worker.plan(fitting)
    found += wrong
    if plan.done and not worker.reads_well(plan):
        # Something of it is not read as it was meant; find out what, one by one.
        fitting, told = worker.those_that_read_well(plan.done)
        found += told
        plan, wrong = worker.plan(fitting)
        if not worker.reads_well(plan):
            plan = _Plan()
    if not plan.done:
        return Outcome(Applied((), ()), tuple(found))
    files = worker.files(plan)
    before = {each.id: each.status for each in plan.done}
    new = {each.id: with_status(each, Status.APPLIED) for each in plan.done}
    record = record_of(project, profile, before, files)
    keep(
        project,
        profile,
        round_,
        changed_in(proposals, new),
        [
            {
                "what": "apply",
                "proposals": list(new),
                "files": [kept_as(profile, path) for path in files],
            }
        ],
        {**files, record_path(project, round_): record},
    )
    return Outcome(Applied(tuple(plan.done), tuple(files)), tuple(found))


class _Worker:
    """Finds out what accepted proposals change in the source as it stands now."""

    def __init__(
        self,
        project: DiskProject,
        profile: str,
        sent: Content,
        now: Content,
        told: int,
        *,
        shared: bool,
    ) -> None:
        self._project = project
        self._profile = profile
        self._sent = sent
        self._now = now
        self._told = told
        self._shared = shared
        self._blocks = sent.by_name()
        self._current = _matched(sent.blocks, now.blocks)

    def plan(self, chosen: Sequence[Proposal]) -> tuple[_Plan, list[Diagnostic]]:
        """Find the changes of the source; what does not fit is told."""
        plan, found = _Plan(), []
        blocks = self._blocks
        groups: dict[str, list[Proposal]] = defaultdict(list)
        for each in chosen:
            groups[each.block].append(each)
        for name, group in groups.items():
            edits: list[tuple[int, int, str]] = []
            same: set[tuple[object, ...]] = set()
            for run in _in_runs(sorted(group, key=lambda one: (one.at, len(one.original)))):
                each = _as_one(run)
                what = (each.kind, each.at, each.original, each.wanted, each.target)
                if what in same:  # two institutions want the same
                    plan.done += run
                    continue
                same.add(what)
                try:
                    self._one(blocks[name], each, plan, edits)
                except DoesNotFit as error:
                    for one in run:
                        message = f"Proposal {one.id} cannot be written: {error.reason}."
                        found.append(self._wrong(one, message, error.hint))
                else:
                    plan.done += run
            self._expect(self._current.get(blocks[name].number), edits, plan)
        return plan, found

    def _one(
        self, block: Block, proposal: Proposal, plan: _Plan, edits: list[tuple[int, int, str]]
    ) -> None:
        now = self._current.get(block.number)
        if now is None:
            raise DoesNotFit("the block is no longer in the source")
        file = self._now.files[now.file]
        if digest_of_disk(self._project.path(now.file)) is None:
            raise DoesNotFit("the words are shipped with the program; copy the file to change it")
        if not self._shared and is_shared(self._profile, now.file):
            raise in_all_profiles(self._profile, now.file)
        wanted = proposal.wanted
        if proposal.kind == Kind.JOIN:
            following = self._following(now)
            plan.changes[now.file] += join(now, following, file, wanted)
            plan.texts[following.number] = []
            edits.append((len(now.text), len(now.text), wanted + following.text))
            return
        if proposal.kind == Kind.MOVE and proposal.target:
            self._move(now, proposal, plan)
            return
        start, end = self._place(block, now, proposal.at, proposal.at + len(proposal.original))
        if now.text[start:end] != proposal.original:
            raise words_changed(now)
        self._change(now, start, end, wanted, plan, edits)

    def _change(
        self,
        now: Block,
        start: int,
        end: int,
        wanted: str,
        plan: _Plan,
        edits: list[tuple[int, int, str]],
    ) -> None:
        file = self._now.files[now.file]
        start, end, wanted = without_loose_spaces(now, start, end, wanted)
        if not wanted and start == 0 and end == len(now.text) and now.kind != "note":
            plan.changes[now.file] += take_away(now, file)
            plan.texts[now.number] = []
            self._drop_notes(now, 0, end, plan)
            return
        labels = [each.label for each in self._now.blocks if each.file == now.file and each.label]
        text, added, new = with_new_notes(wanted, file, labels)
        changes = put(now, file, start, end, text)
        plan.moved |= now.kind == "source"  # sources are sorted by their authors
        self._drop_notes(now, start, end, plan, text)
        plan.changes[now.file] += changes + added
        plan.notes += new.values()
        edits.append((start, end, text))

    def _drop_notes(self, now: Block, start: int, end: int, plan: _Plan, new: str = "") -> None:
        """Take footnotes away with their last call."""
        for label in labels_gone(now, start, end):
            calls = sum(
                piece.note == label
                for each in self._now.blocks
                if each.file == now.file
                for piece in each.pieces
            )
            if calls > 1 or f"[^{label}]" in new:
                continue
            for each in self._now.blocks:
                if each.kind == "note" and each.label == label and each.file == now.file:
                    plan.changes[each.file] += take_away(each, self._now.files[each.file])
                    plan.texts[each.number] = []

    def _move(self, now: Block, proposal: Proposal, plan: _Plan) -> None:
        target = self._sent.by_name().get(proposal.target)
        behind = self._current.get(target.number) if target else None
        there = self._now.files[behind.file] if behind else None
        for path, change in move(now, self._now.files[now.file], behind, there):
            plan.changes[path].append(change)
        plan.moved = True

    def _following(self, now: Block) -> Block:
        after = [each for each in self._now.blocks if each.number == now.number + 1]
        if not after:
            raise DoesNotFit("no block follows it")
        return after[0]

    def _place(self, block: Block, now: Block, start: int, end: int) -> tuple[int, int]:
        """Find in a block's text of today the place of a change of the text that was sent."""
        if block.text == now.text:
            return start, end
        between = differences(now.text, block.text)
        for each in between:
            touches = each.new_start < end and start < each.new_end
            if (
                touches
                or (each.new_start == each.new_end and start <= each.new_start <= end)
                or (start == end and each.new_start <= start <= each.new_end)
            ):
                raise words_changed(now)
        back = Map(between)
        first = back.back(start, to_end=True)
        return first, max(first, back.back(end)) if end > start else first

    def _expect(
        self, now: Block | None, edits: Iterable[tuple[int, int, str]], plan: _Plan
    ) -> None:
        if now is None:
            return
        text = now.text
        for start, end, new in sorted(edits, reverse=True):
            text = text[:start] + new + text[end:]
        if text != now.text:
            plan.texts[now.number] = [part for part in text.split("\n\n") if part.strip()]

    # --- Reading again ------------------------------------------------------------------------

    def files(self, plan: _Plan) -> dict[str, bytes]:
        """Give the files as they will be. Raises `ValueError` where changes overlap."""
        return {
            path: changed(self._now.files[path], dict.fromkeys(changes)).encode()
            for path, changes in plan.changes.items()
        }

    def reads_well(self, plan: _Plan) -> bool:
        """Say whether the source, once written, says what was accepted, and nothing else."""
        try:
            files = self.files(plan)
        except ValueError:
            return False
        reading = read_content(Overlaid(self._project, files), self._profile, self._now.lang)
        if reading.value is None or _errors(reading.diagnostics) > self._told:
            return False
        expected: list[str] = []
        for block in self._now.blocks:
            expected += plan.texts.get(block.number, [block.text])
        got = [_plain(block.text) for block in reading.value.blocks]
        wanted = [_plain(text) for text in (*expected, *plan.notes)]
        if plan.moved or plan.notes:
            return sorted(got) == sorted(wanted)
        return got == wanted

    def those_that_read_well(
        self, chosen: Sequence[Proposal]
    ) -> tuple[list[Proposal], list[Diagnostic]]:
        """Keep proposals that can be written with the others, trying half of them at a time."""
        found: list[Diagnostic] = []
        return self._with([], list(_in_pairs(chosen)), found), found

    def _with(
        self, kept: list[Proposal], groups: list[list[Proposal]], found: list[Diagnostic]
    ) -> list[Proposal]:
        """Add to those kept what can be written with them."""
        both = [*kept, *(each for group in groups for each in group)]
        plan, wrong = self.plan(both)
        if not wrong and self.reads_well(plan):
            return both
        if len(groups) > 1:
            half = len(groups) // 2
            return self._with(self._with(kept, groups[:half], found), groups[half:], found)
        for one in groups[0]:
            message = f"Proposal {one.id} cannot be written so that it is read as it was meant."
            hint = "Write it into the source by hand, or accept another text."
            found.append(self._wrong(one, message, hint))
        return kept

    def _wrong(self, proposal: Proposal, message: str, hint: str) -> Diagnostic:
        return Diagnostic(Rule.CHANGE_FITS, message, self.span_of(proposal), hint, Severity.ERROR)

    def span_of(self, proposal: Proposal) -> Span:
        """Give where the block of a proposal stands now."""
        block = self._blocks[proposal.block]
        now = self._current.get(block.number) or block
        return Span(now.file, now.line)


def _in_runs(group: Iterable[Proposal]) -> Iterable[list[Proposal]]:
    """Put the blocks together that one institution adds at one place, in its order."""
    runs: dict[object, list[Proposal]] = {}
    for each in group:
        key = (each.institution, each.at) if each.is_new_block else each.id
        runs.setdefault(key, []).append(each)
    return runs.values()


def _as_one(run: Sequence[Proposal]) -> Proposal:
    if not run[0].is_new_block:
        return run[0]
    blocks = (each.wanted.strip(" \n") for each in run)
    text = "".join(f"\n\n{each}" for each in blocks if each)
    return replace(run[0], status=str(Status.ACCEPTED), proposed=text)


def _in_pairs(chosen: Iterable[Proposal]) -> Iterator[list[Proposal]]:
    groups: dict[str, list[Proposal]] = {}
    for each in chosen:
        groups.setdefault(each.pair or each.id, []).append(each)
    yield from groups.values()


def _errors(diagnostics: Iterable[Diagnostic]) -> int:
    return sum(each.severity is Severity.ERROR for each in diagnostics)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _matched(sent: Sequence[Block], now: Sequence[Block]) -> dict[int, Block]:
    """Find each block that was sent among those of today: by text, else by likeness."""
    found: dict[int, Block] = {}
    free = {block.number: block for block in now}
    texts: dict[tuple[str, str], list[Block]] = defaultdict(list)
    for block in now:
        texts[block.section, block.text].append(block)
    for block in sent:
        same = [each for each in texts[block.section, block.text] if each.number in free]
        if same:
            found[block.number] = min(same, key=lambda each: each.name != block.name)
            del free[found[block.number].number]
    for block in sent:
        if block.number in found:
            continue
        near = [
            each
            for each in free.values()
            if each.section == block.section and each.kind == block.kind
        ]
        best = max(near, key=lambda each: fuzz.ratio(each.text, block.text), default=None)
        if best and fuzz.ratio(best.text, block.text) >= _SAME_BLOCK:
            found[block.number] = best
            del free[best.number]
    return found
