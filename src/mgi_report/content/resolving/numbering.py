"""Step 2, resolve: which parts are printed, and how footnotes are numbered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mgi_report.content.facts import Facts
from mgi_report.content.flags import flags_of, named
from mgi_report.content.model import (
    Block,
    Document,
    Heading,
    Inline,
    Note,
    NoteCall,
    Paragraph,
)
from mgi_report.content.walk import changing, inlines_of, rewrite_blocks
from mgi_report.layout.model import SectionSpec


def drop_parts(document: Document, facts: Facts) -> Document:
    """Leave out what its `when` or `unless` leaves out: parts and paragraphs, and their notes.

    A part goes from its heading to the next one of the same or a higher level.
    """
    flags = flags_of(facts)
    kept: list[Block] = []
    dropped_level = 0
    for block in document.blocks:
        if isinstance(block, Heading):
            if dropped_level and block.level > dropped_level:
                continue
            dropped_level = 0 if _holds(block, flags) else block.level
        if not dropped_level and (not isinstance(block, Paragraph) or _holds(block, flags)):
            kept.append(block)
    if len(kept) == len(document.blocks):
        return document
    called = {node.label for node in inlines_of(kept) if isinstance(node, NoteCall)}
    notes = {label: note for label, note in document.notes.items() if label in called}
    return replace(document, blocks=tuple(kept), notes=notes)


def _holds(block: Heading | Paragraph, flags: frozenset[str]) -> bool:
    when, unless = (named(block.attributes.get(word, "")) for word in ("when", "unless"))
    return flags.issuperset(when) and flags.isdisjoint(unless)


def number_notes(
    documents: dict[str, Document], specs: Sequence[SectionSpec]
) -> dict[str, Document]:
    """Give footnotes their numbers: from 1 in each series, in the order of their calls."""
    last: dict[str, int] = {}
    numbered = dict(documents)
    for spec in specs:
        document = documents.get(spec.id)
        if document is None:
            continue
        series = spec.notes or spec.id
        numbered[spec.id], last[series] = _number(document, last.get(series, 0))
    return numbered


def _number(document: Document, last: int) -> tuple[Document, int]:
    numbers: dict[str, int] = {}

    def change(node: Inline) -> tuple[Inline, ...]:
        if not isinstance(node, NoteCall) or node.label not in document.notes:
            return (node,)
        is_repeated = node.label in numbers
        number = numbers.setdefault(node.label, last + len(numbers) + 1)
        return (replace(node, number=number, repeated=is_repeated),)

    blocks = rewrite_blocks(document.blocks, changing(change))
    notes = {
        label: _without_calls(replace(document.notes[label], number=number))
        for label, number in numbers.items()
    }
    return replace(document, blocks=blocks, notes=notes), last + len(numbers)


def _without_calls(note: Note) -> Note:
    # A call in a note is an error that step 1 has told; going on with it would never end.
    drop = changing(lambda node: () if isinstance(node, NoteCall) else (node,))
    return replace(note, blocks=rewrite_blocks(note.blocks, drop))
