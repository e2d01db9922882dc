"""Step 1, load: what has changed in an original, and where its translation follows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mgi_report.content.translation.aligning import ANY, align
from mgi_report.content.translation.pairing import kinds_of, paired
from mgi_report.content.translation.passages import Passage
from mgi_report.content.translation.record import NONE, Line
from mgi_report.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Change:
    """A passage in which a translation does not follow its original."""

    kind: str
    """changed, new, moved or gone, said of the original; lost, said of the translation."""
    old: int | None
    """Its line in the record; None where it is new."""
    new: int | None
    """Its passage in the original; None where it is gone."""
    passage: Passage | None
    """The translation's; None where it has none."""
    span: Span
    """Where in the translation to look: at the passage, or at the one before."""


NOWHERE: Mapping[int, int] = {}


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
        self._translation = translation
        self._start = Span(path)
        self._old = align([line.original for line in lines], [each.digest for each in original])
        self._line_of = {new: old for old, new in self._old.all.items()}
        kinds, theirs = kinds_of(original, translation)
        of_lines: list[Hashable] = [ANY] * len(lines)
        for old, new in self._old.all.items():
            of_lines[old] = kinds[new]
        digests = [line.translation for line in lines]
        is_there = [index for index, digest in enumerate(digests) if digest != NONE]
        found = align(
            [digests[index] for index in is_there],
            [each.digest for each in translation],
            ([of_lines[index] for index in is_there], theirs),
        )
        self._mine = {is_there[index]: other for index, other in found.all.items()}
        """Line → the translation's passage."""
        same = {is_there[index]: other for index, other in (found.stay | found.moved).items()}
        self.same_words = {new: same[old] for new, old in self._line_of.items() if old in same}
        """Passage of the original → the translation's, where that has not been changed."""
        self.agreed = frozenset(
            new for new in self.same_words if self._line_of[new] not in self._old.changed
        )
        """Passages of the original that are in step, and have not changed on either side since."""
        self.settled = frozenset(
            new for new, old in self._line_of.items() if lines[old].is_elsewhere
        )
        """Passages of the original that are meant to stand elsewhere in the translation."""
        self.counterparts = self._counterparts()
        """Passage of the original → the translation's, as far as there is one."""
        self._found = tuple(self._find())

    def __iter__(self) -> Iterator[Change]:
        return iter(self._found)

    @property
    def missing(self) -> frozenset[int]:
        """Give the passages of the original for which the translation has none."""
        return frozenset(range(len(self._original))) - {*self.counterparts}

    def kept(
        self,
        is_said: Callable[[Change], bool] = lambda _: True,
        is_meant: Callable[[int], bool] = lambda _: True,
        elsewhere: Mapping[int, int] = NOWHERE,
    ) -> tuple[Line, ...]:
        """Give what is to be kept once it is said of some changes that all is in step.

        `is_meant` says of which passages of the original it is said that have not changed;
        `elsewhere` has those that stand in another place, with their counterparts.
        """
        said = {change for change in self._found if is_said(change)}
        of_new = {change.new: change for change in self._found if change.new is not None}
        pairs = _exchanged(self.counterparts, elsewhere)
        lines: list[Line] = []
        for index, passage in enumerate(self._original):
            change = of_new.get(index)
            old = self._line_of.get(index)
            if change in said or (change is None and (old is None or is_meant(index))):
                mine = pairs.get(index)
                digest = NONE if mine is None else self._translation[mine].digest
                lines.append(Line(passage.digest, digest, is_elsewhere=index in elsewhere))
            elif old is not None and (change is None or change.kind in ("changed", "lost")):
                lines.append(self._lines[old])
        for change in self._found:
            has_left = change.kind in ("gone", "moved") and change not in said
            if has_left and change.old is not None:
                lines.insert(min(change.old, len(lines)), self._lines[change.old])
        return tuple(lines)

    def _counterparts(self) -> dict[int, int]:
        """Pair what was paired before; count off what is new on both sides."""
        known = {new: self._mine[old] for new, old in self._line_of.items() if old in self._mine}
        lost = [
            new
            for new, old in self._line_of.items()
            if new not in known and self._lines[old].translation != NONE
        ]
        return paired(self._original, self._translation, known, (lost, [*self._mine.values()]))

    def _passage(self, index: int) -> Passage | None:
        """Give the translation's passage for one of the original."""
        other = self.counterparts.get(index)
        return None if other is None else self._translation[other]

    def _find(self) -> Iterator[Change]:
        for new in range(len(self._original)):
            old, mine = self._line_of.get(new), self._passage(new)
            place = mine.span if mine else self._behind(new)
            if old is None:
                yield Change("new", None, new, mine, place)
            elif old in self._old.changed:
                yield Change("changed", old, new, mine, place)
            elif mine is None and self._lines[old].translation != NONE:
                yield Change("lost", old, new, None, place)
            elif mine and old in self._old.moved and self._is_elsewhere(new):
                yield Change("moved", old, new, mine, place)
        for old, other in self._mine.items():
            if old not in self._old.all:
                mine = self._translation[other]
                yield Change("gone", old, None, mine, mine.span)

    def _is_elsewhere(self, new: int) -> bool:
        """Say whether what was moved in the original was not in the translation."""
        mine = self.counterparts[new]
        return any(
            (stays < new) != (self.counterparts[stays] < mine)
            for stays in self._old.stay.values()
            if stays in self.counterparts
        )

    def _behind(self, new: int) -> Span:
        """Give the place behind which a passage is missing."""
        before = (passage for index in range(new - 1, -1, -1) if (passage := self._passage(index)))
        last = next(before, None)
        return last.span if last else self._start


def _exchanged(pairs: Mapping[int, int], elsewhere: Mapping[int, int]) -> dict[int, int]:
    """Give counterparts, with those that stand elsewhere in the place of what was counted off."""
    exchanged = dict(pairs)
    for one, other in elsewhere.items():
        holder = next((each for each, there in exchanged.items() if there == other), one)
        if holder != one and one in exchanged:
            exchanged[holder] = exchanged[one]
        exchanged[one] = other
    return exchanged
