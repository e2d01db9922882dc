"""Step 1, load: a translation has what its original has: headings, notes, sources, figures."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from posixpath import basename, dirname

from mgi_report.content.model import NoteCall
from mgi_report.content.translation.amounts import UNKNOWN, Languages, compare_figures
from mgi_report.content.translation.changes import Changes
from mgi_report.content.translation.invariants import named
from mgi_report.content.translation.measures import compare_measures
from mgi_report.content.translation.order import exchanged_calls, out_of_order
from mgi_report.content.translation.pairing import (
    Stretch,
    behind,
    paired,
    paired_stretches,
    stretches_of,
    told,
    uneven_tables,
)
from mgi_report.content.translation.passages import Passage
from mgi_report.content.translation.record import command
from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span


@dataclass(frozen=True, slots=True)
class _Side:
    """What one of the languages has under a heading."""

    all: Sequence[Passage]
    sure: Sequence[Passage]
    """Those that the other language should have in the same place."""
    more: Sequence[Passage]
    """Those that it may have there: what has gone or is new is told by itself."""


def compare(
    original: Sequence[Passage],
    translation: Sequence[Passage],
    path: str,
    changes: Changes | None = None,
    languages: Languages = UNKNOWN,
) -> Iterator[Diagnostic]:
    """Hold a translation against its original, heading by heading.

    `path` is the translation's file, `languages` are that of the original and its own. Where
    `changes` are known, they say which passages are missing; else passages are counted.
    """
    counterparts = changes.counterparts if changes else paired(original, translation)
    stretches = list(paired_stretches(original, translation, counterparts))
    lefts = [left for left, right in stretches if right]
    rights = [right for _, right in stretches if right]
    extra = _under_lone_headings(translation, rights)
    if changes:
        missing = changes.missing
        gone = {change.span for change in changes if change.new is None}
    else:
        missing, gone = _under_lone_headings(original, lefts), set()
        yield from _missing_headings(original, translation, stretches, missing, path)
    for index in told(translation, extra):
        passage = translation[index]
        if passage.kind == "heading" and passage.span not in gone:
            yield _warning("The original has no such heading.", passage.span)
    uneven = uneven_tables(original, translation, counterparts)
    for one, other in uneven.items():
        yield _other_rows(original[one], translation[other])
    yield from _elsewhere(original, translation, stretches, changes, languages, path)
    behind_mine, behind_theirs = behind(original, lefts), behind(translation, rights)
    lost = {original[i].anchor for i in missing if original[i].kind == "footnote"}
    at = {each.span: each for each in translation}
    calls_agree = True
    measured: list[tuple[Passage, Passage]] = []
    for left, right in stretches:
        if right is None or missing.issuperset(left):
            continue
        # A footnote that is missing with its call has been told.
        lone = set() if calls_agree else _footnotes(original) - counterparts.keys()
        mine = _side(original, left, behind_mine, missing | uneven.keys() | lone)
        theirs = _side(translation, right, behind_theirs, extra | {*uneven.values()})
        calls = _counted(_CALLS, mine, theirs, _calls_but(()), _calls_but(lost))
        calls_agree &= not calls
        counts = []
        for kind in _KINDS if changes is None else ():
            if calls_agree or kind != "footnote":
                names = kind, f"{kind}s"
                counts.append(_counted(names, mine, theirs, _of_kind(kind), hint=_meant(path)))
        yield from filter(None, counts)
        known = (*mine.all, *mine.more), (*theirs.all, *theirs.more)
        pairs = []
        if not any(counts) or len(mine.all) < len(theirs.all):  # else all that lacks may go with it
            yield from filter(None, [calls])
            places = {
                original[index].span: translation[counterparts.get(index, right[0])].span
                for index in left
            }
            yield from _lacking(mine, theirs, places)
            pairs = [(each, at[places[each.span]]) for each in mine.sure]
        if not any(counts):
            measured += [
                (original[i], translation[counterparts[i]]) for i in left if i in counterparts
            ]
        yield from compare_figures(pairs, theirs.sure, known, languages)
        yield from _added(mine, theirs)
    agreed = {original[index].span for index in changes.agreed} if changes else set()
    unsaid = [pair for pair in measured if pair[0].span not in agreed]
    yield from compare_measures(measured, unsaid, meant(path, is_kept=changes is not None))


def _side(
    passages: Sequence[Passage],
    stretch: Stretch,
    behind: Mapping[Stretch, Stretch],
    unsure: Collection[int],
) -> _Side:
    more = [*behind.get(stretch, ()), *(index for index in stretch if index in unsure)]
    return _Side(
        [passages[index] for index in stretch],
        [passages[index] for index in stretch if index not in unsure],
        [passages[index] for index in more],
    )


def _footnotes(passages: Sequence[Passage]) -> set[int]:
    return {index for index, each in enumerate(passages) if each.kind == "footnote"}


def _under_lone_headings(
    passages: Sequence[Passage], paired: Collection[Stretch]
) -> frozenset[int]:
    """Find what stands under headings that the other language lacks.

    With it go the footnotes that are called there only.
    """
    alone = {
        index
        for stretch in stretches_of(passages)
        if stretch not in paired and passages[stretch[0]].kind == "heading"
        for index in stretch
    }
    inside = {label for index in alone for label in passages[index].calls}
    outside = {
        label for index, each in enumerate(passages) if index not in alone for label in each.calls
    }
    return frozenset(alone) | {
        index
        for index, each in enumerate(passages)
        if each.kind == "footnote" and each.anchor in inside - outside
    }


def _missing_headings(
    original: Sequence[Passage],
    translation: Sequence[Passage],
    stretches: Sequence[tuple[Stretch, Stretch | None]],
    missing: frozenset[int],
    path: str,
) -> Iterator[Diagnostic]:
    """Tell of headings that the translation lacks, behind what stands before them."""
    causes = told(original, missing)
    last = Span(path)
    for left, right in stretches:
        if right is not None:
            last = translation[right[-1]].span
        elif left[0] in causes:
            message = "Behind this a heading is missing, which stands in the original: "
            message += f"{original[left[0]].span}, with what stands under it."
            yield _warning(message, last, _meant(path))


def _elsewhere(
    original: Sequence[Passage],
    translation: Sequence[Passage],
    stretches: Sequence[tuple[Stretch, Stretch | None]],
    changes: Changes | None,
    languages: Languages,
    path: str,
) -> Iterator[Diagnostic]:
    """Tell of passages and calls of notes that stand in another order."""
    same_words = changes.same_words if changes else {}
    is_told = {change.new for change in changes or () if change.kind == "moved"}
    marks = (languages[0].decimal_mark, languages[1].decimal_mark)
    settled = changes.settled if changes else frozenset()
    moved = out_of_order(original, translation, stretches, same_words, marks, settled)
    known = changes.counterparts if changes else {}
    elsewhere = moved | {one: known[one] for one in settled if one in known}
    spans = {original[one].span for one in elsewhere}
    spans |= {translation[other].span for other in elsewhere.values()}
    labels = {original[one].anchor for one in settled if original[one].kind == "footnote"}
    order = f"Put it where it stands in the original; or, {meant(path, is_kept=bool(changes))}"
    for one, other in moved.items():
        if one not in is_told:
            passage = original[one]
            message = f"This {passage.kind} stands in another place than in the original: "
            span = translation[other].span
            yield _warning(f"{message}{passage.span}.", span, _of_line(order, span))
    for mine, theirs in exchanged_calls(original, translation, spans, labels):
        message = f'The note "{theirs.label}" is called in another place than in the original: '
        yield _warning(f"{message}{mine.span}.", theirs.span, _of_line(order, theirs.span))


def _lacking(mine: _Side, theirs: _Side, places: Mapping[Span, Span]) -> Iterator[Diagnostic]:
    """Tell what is said in the original alone; `places` are those of the counterparts."""
    for kind, said in _NAMED.items():
        known = {name for each in (*theirs.all, *theirs.more) for name in named(each, kind)}
        for passage in mine.sure:
            for name in named(passage, kind):
                if name not in known:
                    known.add(name)  # each is told once
                    message = f"{said.format(name)} in the original here ({passage.span}), but not"
                    yield _warning(f"{message} in the translation.", places[passage.span])


def _added(mine: _Side, theirs: _Side) -> Iterator[Diagnostic]:
    """Tell what is said in the translation alone."""
    for kind, said in _NAMED.items():
        known = {name for each in (*mine.all, *mine.more) for name in named(each, kind)}
        for passage in theirs.sure:
            for name in dict.fromkeys(named(passage, kind)):
                if name not in known:
                    message = f"{said.format(name)} here, but not in the original"
                    yield _warning(f"{message} ({mine.all[0].span}).", passage.span)


_NAMED = {
    "source": 'The source "{}" is cited',
    "place": 'The place "{}" is referred to',
}
_KINDS = ("paragraph", "list item", "footnote", "table", "picture")
_CALLS = ("call of a footnote", "calls of footnotes")


def _other_rows(mine: Passage, theirs: Passage) -> Diagnostic:
    rows = f"{mine.rows} row{'s' if mine.rows != 1 else ''}"
    message = f"The original has {rows} in this table ({mine.span}), the translation {theirs.rows}."
    return _warning(message, theirs.span)


_Count = Callable[[Passage], int]


def _counted(
    names: tuple[str, str],
    mine: _Side,
    theirs: _Side,
    count: _Count,
    least: _Count | None = None,
    hint: str | None = None,
) -> Diagnostic | None:
    """Compare how many there are of what is counted; `least` counts those that have to be there.

    What has no counterpart may have become part of another passage.
    """
    asked = sum(map(least or count, mine.sure))
    there = sum(map(count, theirs.sure))
    if asked <= there + sum(map(count, theirs.more)) and there <= sum(
        map(count, chain(mine.sure, mine.more))
    ):
        return None
    there = sum(map(count, theirs.all))
    number = f"{asked} {names[asked != 1]}"
    message = f"The original has {number} here ({mine.all[0].span}), the translation {there}."
    return _warning(message, theirs.all[0].span, hint)


def _of_kind(kind: str) -> _Count:
    return lambda passage: int(passage.kind == kind)


def _calls_but(lost: Collection[str]) -> _Count:
    """Count the calls of footnotes, but for those that are `lost`, which is told."""
    return lambda passage: sum(
        isinstance(node, NoteCall) and node.label not in lost for node in passage.nodes
    )


def meant(path: str, *, is_kept: bool) -> str:
    """Give what to type where something is meant; of a file that is not kept yet, for all of it.

    "{line}" stands for the line.
    """
    line = ":{line}" if is_kept else ""
    return f"if it is meant, say so: {command(dirname(path))} {basename(path)}{line}"


def _of_line(hint: str, span: Span) -> str:
    return hint.replace("{line}", str(span.line))


def _meant(path: str) -> str:
    return f"I{meant(path, is_kept=False)[1:]}"


def _warning(message: str, span: Span, hint: str | None = None) -> Diagnostic:
    return Diagnostic(Rule.TRANSLATION_HAS_ALL, message, span, hint, Severity.WARNING)
