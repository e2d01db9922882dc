"""Step 1, load: a translation has what its original has: headings, notes, sources, figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from posixpath import basename, dirname

from mgi_report.content.model import (
    Citation,
    CrossReference,
    Emphasis,
    Inline,
    NoteCall,
    Phrase,
    SourceLink,
    Strong,
    Text,
)
from mgi_report.content.translation.changes import Changes
from mgi_report.content.translation.figures import Figure, figures
from mgi_report.content.translation.pairing import Stretch, paired, paired_stretches, told
from mgi_report.content.translation.passages import Passage
from mgi_report.content.translation.record import command
from mgi_report.content.walk import inlines_of
from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span

Marks = tuple[str, str]
"""The decimal marks of both languages, empty where one is not known."""


def compare(
    original: Sequence[Passage],
    translation: Sequence[Passage],
    path: str,
    changes: Changes | None = None,
    decimal_marks: Marks = ("", ""),
) -> Iterator[Diagnostic]:
    """Hold a translation against its original, heading by heading.

    `path` is the translation's file, `decimal_marks` are those of the original and of it. What
    differs in order within a heading is not told. Where `changes` are known, they say which
    passages are missing; else passages are counted.
    """
    stretches = list(paired_stretches(original, translation))
    counterparts = changes.counterparts if changes else paired(original, translation)
    if changes:
        missing = changes.missing
        new = {change.span for change in changes if change.new is None}
    else:
        missing, new = _under_missing_headings(original, stretches), set()
        yield from _missing_headings(original, translation, stretches, missing, path)
    for stretch, mine_again in paired_stretches(translation, original):
        first = translation[stretch[0]]
        if mine_again is None and first.kind == "heading" and first.span not in new:
            yield _warning("The original has no such heading.", first.span)
    for left, right in stretches:
        if right is None or missing.issuperset(left):
            continue
        mine, theirs = [original[index] for index in left], [translation[i] for i in right]
        known = [(original[index], index) for index in left if index not in missing]
        places = [translation[counterparts.get(index, right[0])].span for _, index in known]
        there = [passage for passage, _ in known]
        yield from _counts((mine, there), theirs, _COUNTED)
        if changes is None:
            yield from _counts((mine, there), theirs, _PASSAGES, _meant(path))
        yield from _lacking(there, theirs, places)
        yield from _lacking_figures(there, theirs, places, decimal_marks)
        yield from _added(mine, theirs)


def _under_missing_headings(
    original: Sequence[Passage], stretches: Sequence[tuple[Stretch, Stretch | None]]
) -> frozenset[int]:
    """Find what is missing with a heading, and the footnotes that are called there only."""
    missing = {
        index
        for stretch, other in stretches
        if other is None and original[stretch[0]].kind == "heading"
        for index in stretch
    }
    inside = {label for index in missing for label in original[index].calls}
    outside = {
        label for index, each in enumerate(original) if index not in missing for label in each.calls
    }
    return frozenset(missing) | {
        index
        for index, each in enumerate(original)
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


def _lacking(
    mine: Sequence[Passage], theirs: Sequence[Passage], places: Sequence[Span]
) -> Iterator[Diagnostic]:
    """Tell what is said in the original alone; `places` are those of the counterparts."""
    for kind, said in _FACTS.items():
        known = {*_facts(theirs, kind)}
        for passage, place in zip(mine, places, strict=True):
            for fact in _facts([passage], kind):
                if fact not in known:
                    known.add(fact)  # each is told once
                    message = f"{said.format(fact)} in the original here ({passage.span}), but not"
                    yield _warning(f"{message} in the translation.", place)


def _lacking_figures(
    mine: Sequence[Passage], theirs: Sequence[Passage], places: Sequence[Span], marks: Marks
) -> Iterator[Diagnostic]:
    """Tell once for each passage which of its figures are not there: of one there may be many."""
    known = {each.value for passage in theirs for each in _figures(passage, marks[1])}
    for passage, place in zip(mine, places, strict=True):
        own = _figures(passage, marks[0], is_own=True)
        missing = {each.value: each.written for each in own if each.value not in known}
        if missing:
            known |= {*missing}
            each = ", ".join(f'"{written}"' for written in missing.values())
            said = f"The figures {each} stand" if len(missing) > 1 else f"The figure {each} stands"
            message = f"{said} in the original here ({passage.span}), but not in the translation."
            yield _warning(message, place)


def _added(mine: Sequence[Passage], theirs: Sequence[Passage]) -> Iterator[Diagnostic]:
    """Tell what is said in the translation alone."""
    for kind, said in _FACTS.items():
        known = {*_facts(mine, kind)}
        for passage in theirs:
            for fact in dict.fromkeys(_facts([passage], kind)):
                if fact not in known:
                    message = f"{said.format(fact)} here, but not in the original"
                    yield _warning(f"{message} ({mine[0].span}).", passage.span)


_FACTS = {
    "source": 'The source "{}" is cited',
    "place": 'The place "{}" is referred to',
}


def _facts(passages: Iterable[Passage], kind: str) -> Iterator[str]:
    for passage in passages:
        for node in passage.nodes:
            match kind, node:
                case "source", Citation() | SourceLink():
                    yield node.key
                case "place", CrossReference():
                    yield node.target.rpartition("/")[2]
                case _:
                    pass


def _quoted(run: tuple[Inline, ...]) -> frozenset[int]:
    """Find the texts in another language; a translation may do without them."""
    return frozenset(
        id(kid)
        for node in inlines_of(run)
        if isinstance(node, (Emphasis, Strong, Phrase)) and node.lang
        for kid in inlines_of([node])
    )


def _figures(passage: Passage, decimal_mark: str, *, is_own: bool = False) -> Iterator[Figure]:
    """Give the figures of a passage; of its own words only, if asked."""
    for run in passage.runs:
        besides = _quoted(run) if is_own else frozenset()
        words = "".join(
            node.text if isinstance(node, Text) and id(node) not in besides else " "
            for node in inlines_of(run)
        )
        yield from figures(words, decimal_mark)


def _counts(
    mine: tuple[Sequence[Passage], Sequence[Passage]],
    theirs: Sequence[Passage],
    counted: Mapping[tuple[str, str], Callable[[Sequence[Passage]], int]],
    hint: str | None = None,
) -> Iterator[Diagnostic]:
    """Compare how many there are of what is counted.

    `mine` is all that stands there, and what of it has a counterpart: what has none may have become
    part of another passage.
    """
    for (one, many), count in counted.items():
        (most, asked), there = map(count, mine), count(theirs)
        if there not in (most, asked):
            name = one if asked == 1 else many
            message = f"The original has {asked} {name} here ({mine[0][0].span}), the translation "
            yield _warning(f"{message}{there}.", theirs[0].span, hint)


def _of_kind(kind: str) -> Callable[[Sequence[Passage]], int]:
    return lambda stretch: Counter(passage.kind for passage in stretch)[kind]


def _calls(stretch: Sequence[Passage]) -> int:
    return sum(isinstance(node, NoteCall) for passage in stretch for node in passage.nodes)


_COUNTED: dict[tuple[str, str], Callable[[Sequence[Passage]], int]] = {
    ("call of a footnote", "calls of footnotes"): _calls,
    ("row in tables", "rows in tables"): lambda stretch: sum(each.rows for each in stretch),
}
"""What is counted within passages."""
_PASSAGES = {
    (kind, f"{kind}s"): _of_kind(kind)
    for kind in ("paragraph", "list item", "footnote", "table", "picture")
}


def _meant(path: str) -> str:
    return f"If it is meant, say so: {command(dirname(path))} {basename(path)}"


def _warning(message: str, span: Span, hint: str | None = None) -> Diagnostic:
    return Diagnostic(Rule.TRANSLATION_HAS_ALL, message, span, hint, Severity.WARNING)
