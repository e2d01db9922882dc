"""Step 1, load: which passage of a translation stands for which of the original."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from mgi_report.content.translation.passages import Passage

Stretch = tuple[int, ...]
"""The indexes of a heading and what stands under it, or of all footnotes, or of all entries."""


def paired(
    original: Sequence[Passage],
    translation: Sequence[Passage],
    known: Mapping[int, int] | None = None,
    alone: tuple[Collection[int], Collection[int]] = ((), ()),
) -> dict[int, int]:
    """Give the counterpart of each passage of the original that has one, by their indexes.

    Where some are `known`, the others are counted off against each other, heading by heading;
    those `alone`, of both, have none.
    """
    pairs = dict(known or {})
    taken = {*pairs.values(), *alone[1]}
    mine, theirs = kinds_of(original, translation)
    stretches = list(paired_stretches(original, translation, known))
    more = behind(translation, (right for _, right in stretches if right))
    for left, right in stretches:
        there = (*right, *more.get(right, ())) if right else ()
        free = [index for index in there if index not in taken]
        for index in left:
            if index not in pairs and index not in alone[0]:
                fits = (other for other in free if theirs[other] == mine[index])
                if (other := next(fits, None)) is not None:
                    pairs[index] = other
                    free.remove(other)
    return pairs


def paired_stretches(
    original: Sequence[Passage],
    translation: Sequence[Passage],
    known: Mapping[int, int] | None = None,
) -> Iterator[tuple[Stretch, Stretch | None]]:
    """Give the stretches of the original with their counterparts.

    Headings that are called the same in both, or whose counterparts are `known`, are paired where
    they stand; others in order.
    """
    mine, theirs = list(stretches_of(original)), list(stretches_of(translation))
    kinds = kinds_of(original, translation)
    keys = [
        [_key(passages[stretch[0]], kind[stretch[0]]) for stretch in stretches]
        for passages, stretches, kind in zip(
            (original, translation), (mine, theirs), kinds, strict=True
        )
    ]
    starts = {stretch[0]: index for index, stretch in enumerate(theirs)}
    counterparts: dict[int, int] = {}
    for index, stretch in enumerate(mine):
        first = original[stretch[0]]
        other = starts.get((known or {}).get(stretch[0], -1))
        if other is None and first.anchor and keys[0].count(keys[0][index]) == 1:
            other = keys[1].index(keys[0][index]) if keys[0][index] in keys[1] else None
        if other is not None and other not in counterparts.values():
            counterparts[index] = other
    left = [index for index in range(len(mine)) if index not in counterparts]
    right = [index for index in range(len(theirs)) if index not in counterparts.values()]
    matcher = SequenceMatcher(
        None, [keys[0][each] for each in left], [keys[1][each] for each in right], autojunk=False
    )
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            counterparts[left[block.a + step]] = right[block.b + step]
    for index, stretch in enumerate(mine):
        yield stretch, theirs[counterparts[index]] if index in counterparts else None


def behind(passages: Sequence[Passage], paired: Iterable[Stretch]) -> dict[Stretch, Stretch]:
    """Give what stands behind stretches that are paired, under headings that are not.

    It may have stood under the heading before it in the other language.
    """
    taken = {*paired}
    found: dict[Stretch, Stretch] = {}
    last: Stretch | None = None
    for stretch in stretches_of(passages):
        if stretch in taken:
            last = stretch
        elif last and passages[stretch[0]].kind == "heading":
            found[last] = (*found.get(last, ()), *stretch)
    return found


def kinds_of(
    original: Sequence[Passage], translation: Sequence[Passage]
) -> tuple[list[Hashable], list[Hashable]]:
    """Say of each passage which of the other language may stand for it.

    A heading stands for that of its id, a footnote for that of its label; where only one of the two
    languages has it, for one of its level.
    """
    mine, theirs = (
        {(each.kind, each.anchor) for each in passages} for passages in (original, translation)
    )
    both = mine & theirs

    def kind(passage: Passage) -> Hashable:
        is_known = (passage.kind, passage.anchor) in both
        return (passage.kind, passage.name, passage.anchor if is_known else "")

    return [kind(each) for each in original], [kind(each) for each in translation]


def uneven_tables(
    original: Sequence[Passage], translation: Sequence[Passage], pairs: Mapping[int, int]
) -> dict[int, int]:
    """Find the tables that have more or fewer rows than their counterparts."""
    return {
        one: other for one, other in pairs.items() if original[one].rows != translation[other].rows
    }


def told(
    original: Sequence[Passage], missing: Collection[int], uneven: Collection[int] = ()
) -> list[int]:
    """Leave out what is missing only because something else is, which is told.

    With a heading goes what stands under it, with the last call of a footnote the footnote; the
    call may have stood in a row that an `uneven` table lacks.
    """
    causes: list[int] = []
    level = ""
    called = {
        label
        for index, each in enumerate(original)
        if index not in missing and index not in uneven
        for label in each.calls
    }
    for index, passage in enumerate(original):
        if passage.kind == "heading" and (not level or passage.name <= level):
            level = passage.name if index in missing else ""
            is_cause = True
        else:
            is_cause = not level or passage.kind == "footnote"
        if passage.kind == "footnote" and passage.anchor not in called:
            is_cause = False
        if index in missing and is_cause:
            causes.append(index)
    return causes


def stretches_of(passages: Sequence[Passage]) -> Iterator[Stretch]:
    """Cut passages before each heading and before the footnotes."""
    headings = 0
    numbered = []
    for index, passage in enumerate(passages):
        headings += passage.kind == "heading"
        numbered.append((-1 if passage.kind == "footnote" else headings, index))
    for _, group in groupby(numbered, key=lambda each: each[0]):
        yield tuple(index for _, index in group)


def _key(first: Passage, kind: Hashable) -> Hashable:
    """Give what two stretches have in common: their headings, or what they hold."""
    return kind if first.kind == "heading" else first.kind == "footnote"
