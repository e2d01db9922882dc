"""Which passage of a translation stands for which of the original."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from mgi_report.content.translation.passages import Passage

Stretch = tuple[Passage, ...]
"""A heading and what stands under it, or all footnotes, or all entries."""
Pair = tuple[Passage, Passage | None]
"""A passage of the original, and that of the translation."""


def paired(original: Sequence[Passage], translation: Sequence[Passage]) -> list[Pair]:
    """Give each passage of the original with its counterpart, None where there is none."""
    counterparts: dict[int, Passage] = {}
    for mine, theirs in paired_stretches(original, translation):
        for kind in {passage.kind for passage in mine}:
            left = [passage for passage in mine if passage.kind == kind]
            right = [passage for passage in theirs or () if passage.kind == kind]
            if kind == "entry":
                named = {passage.name: passage for passage in right}
                found = [(each, named[each.name]) for each in left if each.name in named]
            else:
                found = list(zip(left, right, strict=False))
            counterparts.update((id(one), other) for one, other in found)
    return [(passage, counterparts.get(id(passage))) for passage in original]


def paired_stretches(
    original: Sequence[Passage], translation: Sequence[Passage]
) -> Iterator[tuple[Stretch, Stretch | None]]:
    """Give the stretches of the original with their counterparts."""
    mine, theirs = list(_stretches(original)), list(_stretches(translation))
    keys = [[_key(stretch) for stretch in stretches] for stretches in (mine, theirs)]
    matcher = SequenceMatcher(None, keys[0], keys[1], autojunk=False)
    counterparts = {
        block.a + step: theirs[block.b + step]
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }
    for index, stretch in enumerate(mine):
        yield stretch, counterparts.get(index)


def _stretches(passages: Sequence[Passage]) -> Iterator[Stretch]:
    """Cut passages before each heading and before the footnotes."""
    headings = 0
    numbered = []
    for passage in passages:
        headings += passage.kind == "heading"
        numbered.append((-1 if passage.kind == "footnote" else headings, passage))
    for _, group in groupby(numbered, key=lambda each: each[0]):
        yield tuple(passage for _, passage in group)


def _key(stretch: Stretch) -> Hashable:
    """Give what two stretches have in common: the level of their headings, or what they hold."""
    first = stretch[0]
    return (first.kind, first.name) if first.kind == "heading" else first.kind == "footnote"
