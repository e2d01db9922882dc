"""Step 1, load: a translation has what its original has: headings, notes, sources, figures."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

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
from mgi_report.content.translation.pairing import Stretch, paired, paired_stretches
from mgi_report.content.translation.passages import Passage
from mgi_report.content.walk import inlines_of
from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span

_GROUPS = re.compile(r"(?<![\d])(\d{1,3})(?:[ \u00a0\u202f.,’']\d{3})+(?!\d)")
_FRACTION = re.compile(r"(?<=\d)[.,\u066b](?=\d)")
_FIGURE = re.compile(r"\d+(?:\.\d+)*")
_SHORTEST = 2
"""Digits of a figure that no language writes as a word."""


def compare(
    original: Sequence[Passage], translation: Sequence[Passage], path: str
) -> Iterator[Diagnostic]:
    """Hold a translation against its original, heading by heading.

    `path` is the translation's file. What differs in order within a heading is not told, nor how
    many paragraphs there are: languages differ in that.
    """
    yield from _headings(original, translation, path)
    pairs = {id(one): other for one, other in paired(original, translation)}
    for mine, theirs in paired_stretches(original, translation):
        if theirs is not None:
            yield from _stretch(mine, theirs, pairs)


def _headings(
    original: Sequence[Passage], translation: Sequence[Passage], path: str
) -> Iterator[Diagnostic]:
    """Tell of headings that only one of the two has."""
    last = Span(path)
    for mine, theirs in paired_stretches(original, translation):
        if theirs is not None:
            last = theirs[0].span
        elif mine[0].kind == "heading":
            message = f"The original has a heading ({mine[0].span}) that is missing below this."
            yield _warning(message, last)
    for theirs, mine_again in paired_stretches(translation, original):
        if mine_again is None and theirs[0].kind == "heading":
            yield _warning("The original has no such heading.", theirs[0].span)


def _stretch(
    mine: Stretch, theirs: Stretch, pairs: dict[int, Passage | None]
) -> Iterator[Diagnostic]:
    """Compare what stands under a heading, or all footnotes."""
    yield from _counts(mine, theirs)
    there = {kind: set(_facts(theirs, kind)) for kind in _FACTS}
    for passage in mine:
        counterpart = pairs.get(id(passage)) or theirs[0]
        for kind, said in _FACTS.items():
            asked = "own figure" if kind == "figure" else kind
            missing = [fact for fact in _facts([passage], asked) if fact not in there[kind]]
            there[kind].update(missing)  # each is told once
            each = [f'"{fact}"' for fact in dict.fromkeys(missing)]
            if kind == "figure" and each:  # of a paragraph that is missing there are many
                each = [", ".join(each)]
            for fact in each:
                message = f"{said.format(fact)} in the original here ({passage.span}), but not in "
                yield _warning(f"{message}the translation.", counterpart.span)
    known = {kind: set(_facts(mine, kind)) for kind in _FACTS}
    for passage in theirs:
        for kind in ("source", "place"):
            for fact in dict.fromkeys(_facts([passage], kind)):
                if fact not in known[kind]:
                    said = _FACTS[kind].format(f'"{fact}"')
                    message = f"{said} here, but not in the original"
                    yield _warning(f"{message} ({mine[0].span}).", passage.span)


_FACTS = {
    "source": "The source {} is cited",
    "place": "The place {} is referred to",
    "figure": "The figure {} stands",
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
        if kind == "figure":
            for run in passage.runs:
                yield from _figures(run)
        elif kind == "own figure":
            for run in passage.runs:
                yield from _figures(run, besides=_quoted(run))


def _quoted(run: tuple[Inline, ...]) -> frozenset[int]:
    """Find the texts in another language; a translation may do without them."""
    return frozenset(
        id(kid)
        for node in inlines_of(run)
        if isinstance(node, (Emphasis, Strong, Phrase)) and node.lang
        for kid in inlines_of([node])
    )


def _figures(run: tuple[Inline, ...], besides: frozenset[int] = frozenset()) -> Iterator[str]:
    """Give the figures that are read without a break, in the form of no language."""
    words = "".join(
        node.text if isinstance(node, Text) and id(node) not in besides else " "
        for node in inlines_of(run)
    )
    plain = "".join(str(unicodedata.decimal(each, each)) for each in words)
    plain = _GROUPS.sub(lambda group: re.sub(r"\D", "", group[0]), plain)
    for figure in _FIGURE.findall(_FRACTION.sub(".", plain)):
        if len(figure) >= _SHORTEST:
            yield figure


def _counts(mine: Stretch, theirs: Stretch) -> Iterator[Diagnostic]:
    """Compare how many notes, items, rows and pictures there are."""
    for name, count in _COUNTED.items():
        asked, there = count(mine), count(theirs)
        if asked != there:
            message = f"The original has {asked} {name} here ({mine[0].span}), the translation "
            yield _warning(f"{message}{there}.", theirs[0].span)


def _of_kind(kind: str) -> Callable[[Stretch], int]:
    return lambda stretch: Counter(passage.kind for passage in stretch)[kind]


def _calls(stretch: Stretch) -> int:
    return sum(isinstance(node, NoteCall) for passage in stretch for node in passage.nodes)


_COUNTED: dict[str, Callable[[Stretch], int]] = {
    "calls of footnotes": _calls,
    "footnotes": _of_kind("footnote"),
    "list items": _of_kind("list item"),
    "tables": _of_kind("table"),
    "rows in tables": lambda stretch: sum(passage.rows for passage in stretch),
    "pictures": _of_kind("picture"),
}


def _warning(message: str, span: Span) -> Diagnostic:
    return Diagnostic(Rule.TRANSLATION_HAS_ALL, message, span, None, Severity.WARNING)
