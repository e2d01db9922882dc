"""Step 1, load: passages and notes of a translation that stand elsewhere than in its original."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from mgi_report.content.model import NoteCall
from mgi_report.content.translation.aligning import align
from mgi_report.content.translation.invariants import invariants
from mgi_report.content.translation.pairing import Stretch
from mgi_report.content.translation.passages import Passage
from mgi_report.diagnostics import Span


def out_of_order(
    original: Sequence[Passage],
    translation: Sequence[Passage],
    stretches: Sequence[tuple[Stretch, Stretch | None]],
    same_words: Mapping[int, int],
    decimal_marks: tuple[str, str],
    settled: Collection[int] = (),
) -> dict[int, int]:
    """Find the passages of the original whose counterparts stand elsewhere, where that is sure.

    That is where a passage alone has the same figures, sources, notes and variables, or where it
    has the same words (`same_words`) as when it was in step. Headings are held against headings,
    passages against those under the same heading; footnotes stand where they are called. Of those
    that are `settled` it is known that they are meant to stand elsewhere.
    """
    heads = {
        left[0]: right[0]
        for left, right in stretches
        if right and original[left[0]].kind == "heading" == translation[right[0]].kind
    }
    found = _moved(heads, settled)
    for left, right in stretches:
        if right and original[left[0]].kind != "footnote":
            sure = _sure(original, translation, (left, right), same_words, decimal_marks)
            found |= _moved(sure, settled)
    return found


def exchanged_calls(
    original: Sequence[Passage],
    translation: Sequence[Passage],
    besides: Collection[Span],
    settled: Collection[str] = (),
) -> Iterator[tuple[NoteCall, NoteCall]]:
    """Find the notes that are called in another order; give the calls in both languages.

    What passages `besides` call has moved with them. The labels that are `settled` are meant so.
    """
    mine, theirs = (
        _first_calls(each for each in passages if each.span not in besides)
        for passages in (original, translation)
    )
    both = [label for label in mine if label in theirs and label not in settled]
    there = [label for label in theirs if label in both]
    for index in align(there, both).moved:
        yield mine[there[index]], theirs[there[index]]


def _first_calls(passages: Iterator[Passage]) -> dict[str, NoteCall]:
    calls: dict[str, NoteCall] = {}
    for passage in passages:
        for node in passage.nodes:
            if isinstance(node, NoteCall):
                calls.setdefault(node.label, node)
    return calls


def _sure(
    original: Sequence[Passage],
    translation: Sequence[Passage],
    stretch: tuple[Stretch, Stretch],
    same_words: Mapping[int, int],
    decimal_marks: tuple[str, str],
) -> dict[int, int]:
    """Pair the passages under a heading of which there is no doubt which is which."""
    lefts, rights = (
        [index for index in indexes if passages[index].kind != "heading"]
        for indexes, passages in zip(stretch, (original, translation), strict=True)
    )
    least = {index: invariants(original[index], decimal_marks[0], is_own=True) for index in lefts}
    most = {index: invariants(original[index], decimal_marks[0]) for index in lefts}
    there = {index: invariants(translation[index], decimal_marks[1]) for index in rights}
    fitting = [
        (one, other)
        for one in lefts
        for other in rights
        if least[one]
        and original[one].kind == translation[other].kind
        and least[one] <= there[other] <= most[one]
    ]
    of_mine = Counter(one for one, _ in fitting)
    of_theirs = Counter(other for _, other in fitting)
    sure = {one: other for one, other in fitting if of_mine[one] == 1 == of_theirs[other]}
    taken = {*sure.values()}
    for one in lefts:
        other = same_words.get(one)
        if one not in sure and other in there and other not in taken:
            sure[one] = other
    return sure


def _moved(known: Mapping[int, int], settled: Collection[int]) -> dict[int, int]:
    """Give the fewest of the pairs without which the others are in order.

    Of two that were exchanged it is the one that stands too late.
    """
    pairs = {one: other for one, other in known.items() if one not in settled}
    mine, theirs = sorted(pairs), sorted(pairs.values())
    wanted = [str(pairs[each]) for each in mine]
    moved = align([str(each) for each in theirs], wanted).moved
    return {mine[wants]: theirs[stands] for stands, wants in moved.items()}
