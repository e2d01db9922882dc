"""Step 1, load: what a passage holds that is the same in every language."""

from __future__ import annotations

from collections.abc import Iterator

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
    Variable,
)
from mgi_report.content.translation.figures import Figure, figures
from mgi_report.content.translation.passages import Passage
from mgi_report.content.walk import inlines_of

Invariant = tuple[str, str]
"""What it is and what it says: ("source", "law-2009")."""


def invariants(passage: Passage, decimal_mark: str, *, is_own: bool = False) -> set[Invariant]:
    """Give the sources, places, notes, variables and figures of a passage.

    Figures are those of its own words only, if asked.
    """
    found = {each for node in passage.nodes if (each := _invariant(node))}
    return found | {
        ("figure", each.value) for each in figures_of(passage, decimal_mark, is_own=is_own)
    }


def named(passage: Passage, kind: str) -> Iterator[str]:
    """Give the sources or places of a passage, in order."""
    for node in passage.nodes:
        found = _invariant(node)
        if found and found[0] == kind:
            yield found[1]


def figures_of(passage: Passage, decimal_mark: str, *, is_own: bool = False) -> Iterator[Figure]:
    """Give the figures of a passage; of its own words only, if asked."""
    for words in said_in(passage, is_own=is_own):
        yield from figures(words, decimal_mark)


def said_in(passage: Passage, *, is_own: bool = False) -> Iterator[str]:
    """Give the words of a passage, each run apart; its own words only, if asked."""
    for run in passage.runs:
        besides = _quoted(run) if is_own else frozenset()
        yield "".join(
            node.text if isinstance(node, Text) and id(node) not in besides else " "
            for node in inlines_of(run)
        )


def _invariant(node: Inline) -> Invariant | None:
    match node:
        case Citation() | SourceLink():
            return "source", node.key
        case CrossReference():
            return "place", node.target.rpartition("/")[2]
        case NoteCall():
            return "note", node.label
        case Variable():
            return "variable", node.name
        case _:
            return None


def _quoted(run: tuple[Inline, ...]) -> frozenset[int]:
    """Find the texts in another language; a translation may do without them."""
    return frozenset(
        id(kid)
        for node in inlines_of(run)
        if isinstance(node, (Emphasis, Strong, Phrase)) and node.lang
        for kid in inlines_of([node])
    )
