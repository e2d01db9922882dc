"""What has changed in an original since it was translated, and where the translation follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from mgi_report.content.translation.pairing import paired
from mgi_report.content.translation.passages import Passage
from mgi_report.content.translation.record import NONE, Line
from mgi_report.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Change:
    """A passage in which a translation does not follow its original."""

    kind: str
    """changed, new, moved or gone, said of the original."""
    old: int | None
    """Its line in the record; None where it is new."""
    new: int | None
    """Its passage in the original; None where it is gone."""
    passage: Passage | None
    """The translation's; None where it has none yet."""
    span: Span
    """Where in the translation to look: at the passage, or at the one before."""


class Changes:
    """What is kept of a file, held against the file and its original as they are now."""

    def __init__(
        self,
        lines: Sequence[Line],
        original: Sequence[Passage],
        translation: Sequence[Passage],
        path: str,
    ) -> None:
        """Take what is kept, the passages, and the path of the translation."""
        self._lines = lines
        self._original = original
        self._counterparts = [other for _, other in paired(original, translation)]
        self._there = {passage.digest: passage for passage in translation}
        self._start = Span(path)
        self._equal: dict[int, int] = {}
        """Passage of the original → its line in the record."""
        self._found = tuple(self._find())

    def __iter__(self) -> Iterator[Change]:
        return iter(self._found)

    def agreed(self, is_said: Callable[[Change], bool]) -> tuple[Line, ...]:
        """Give what is to be kept once it is said of some changes that all is in step."""
        said = {change for change in self._found if is_said(change)}
        of_new = {change.new: change for change in self._found if change.new is not None}
        lines: list[Line] = []
        for index, passage in enumerate(self._original):
            change = of_new.get(index)
            if change in said or change is None:
                lines.append((passage.digest, self._digest(index)))
            elif change.kind == "changed" and change.old is not None:
                lines.append(self._lines[change.old])
        for change in self._found:
            has_left = change.kind in ("gone", "moved") and change not in said
            if has_left and change.old is not None:
                lines.insert(min(change.old, len(lines)), self._lines[change.old])
        return tuple(lines)

    def _digest(self, index: int) -> str:
        """Give the digest of a passage's counterpart as it was kept, or as it is."""
        line = self._equal.get(index)
        if line is not None and self._lines[line][1] in self._there:
            return self._lines[line][1]
        counterpart = self._counterparts[index]
        return counterpart.digest if counterpart else NONE

    def _find(self) -> Iterator[Change]:
        before = [one for one, _ in self._lines]
        now = [passage.digest for passage in self._original]
        known, there = {*before}, {*now}
        matcher = SequenceMatcher(None, before, now, autojunk=False)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            if tag == "equal":
                self._equal.update(zip(range(j1, j2), range(i1, i2), strict=True))
                continue
            olds = [old for old in range(i1, i2) if before[old] not in there]
            news = [new for new in range(j1, j2) if now[new] not in known]
            for old, new in zip_longest(olds, news):
                yield from self._change(old, new)
            for new in range(j1, j2):
                if now[new] in known:
                    yield from self._moved(before.index(now[new]), new)

    def _change(self, old: int | None, new: int | None) -> Iterator[Change]:
        mine = self._there.get(self._lines[old][1]) if old is not None else None
        if new is None:
            if mine:
                yield Change("gone", old, None, mine, mine.span)
            return
        if old is None:
            counterpart = self._counterparts[new]
            is_new = counterpart and counterpart.digest not in {other for _, other in self._lines}
            mine = counterpart if is_new else None
            yield Change("new", None, new, mine, mine.span if mine else self._behind(new))
            return
        mine = mine or self._counterparts[new]
        yield Change("changed", old, new, mine, mine.span if mine else self._behind(new))

    def _moved(self, old: int, new: int) -> Iterator[Change]:
        """Tell of a passage that stands elsewhere, unless the translation has followed it."""
        mine, counterpart = self._there.get(self._lines[old][1]), self._counterparts[new]
        if mine and counterpart is not mine:
            yield Change("moved", old, new, mine, mine.span)
        else:
            self._equal[new] = old

    def _behind(self, new: int) -> Span:
        """Give the place behind which a passage is missing."""
        before = (passage for passage in self._counterparts[:new][::-1] if passage)
        last = next(before, None)
        return last.span if last else self._start
