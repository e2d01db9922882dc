"""Going through blocks and inline nodes: reading all of them, or making them anew."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias, TypeGuard, TypeVar, cast

from mgi_report.content.model import (
    Block,
    Box,
    Citation,
    CrossReference,
    Data,
    Document,
    Emphasis,
    Figure,
    Heading,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    ListItem,
    Note,
    NoteCall,
    Paragraph,
    Phrase,
    Quote,
    Source,
    SourceLink,
    Strong,
    Table,
    Text,
    Variable,
)
from mgi_report.content.words import is_blank

Node: TypeAlias = Block | ListItem | Inline
T = TypeVar("T")
V = TypeVar("V", bound="Document | Note | Source | Node")
Change: TypeAlias = Callable[[Inline], Iterable[Inline]]
"""What an inline node becomes that is no text; its kids have been changed before."""
Rewrite: TypeAlias = Callable[[tuple[Inline, ...]], tuple[Inline, ...]]
"""What a stretch of text becomes."""

_HAVE_KIDS = (Emphasis, Strong, Phrase, Link, CrossReference, SourceLink)
_INLINE = (*_HAVE_KIDS, Text, Variable, LineBreak, NoteCall, Citation)


def inlines_of(nodes: Iterable[Node]) -> Iterator[Inline]:
    """Go through all inline nodes in reading order, the outer before the inner."""
    for node in nodes:
        match node:
            case Paragraph() | Heading():
                yield from inlines_of(node.kids)
            case Quote() | Box() | ListItem():
                yield from inlines_of(node.blocks)
            case ListBlock():
                yield from inlines_of(node.items)
            case Figure():
                yield from inlines_of(node.caption)
            case Table():
                for row in (node.head, *node.rows):
                    for cell in row:
                        yield from inlines_of(cell)
            case _:
                yield node
                if isinstance(node, _HAVE_KIDS):
                    yield from inlines_of(node.kids)


def runs_of(nodes: Iterable[Node]) -> Iterator[tuple[Inline, ...]]:
    """Go through what is read without a break: paragraphs, headings, cells."""
    for node in nodes:
        match node:
            case Paragraph() | Heading():
                yield node.kids
            case Quote() | Box() | ListItem():
                yield from runs_of(node.blocks)
            case ListBlock():
                yield from runs_of(node.items)
            case Figure():
                yield node.caption
            case Table():
                for row in (node.head, *node.rows):
                    yield from row
            case _:
                message = f"{type(node).__name__} is no block"
                raise TypeError(message)


def texts_of(
    documents: Iterable[Document], data: Iterable[Mapping[str, Data]]
) -> Iterator[tuple[Inline, ...]]:
    """Go through all that a profile says in Markdown and YAML, a paragraph at a time."""
    for document in documents:
        yield from runs_of(document.blocks)
        for note in document.notes.values():
            yield from runs_of(note.blocks)
    for values in data:
        yield from data_runs_of(values)


def data_runs_of(data: Data) -> Iterator[tuple[Inline, ...]]:
    """Go through the texts of a section's YAML."""
    if isinstance(data, str):
        return
    if is_text(data):
        yield data
        return
    values = data.values() if isinstance(data, Mapping) else cast("tuple[Data, ...]", data)
    for value in values:
        yield from data_runs_of(value)


def is_text(data: object) -> TypeGuard[tuple[Inline, ...]]:
    """Say whether a piece of data is inline Markdown, not a list or a mapping."""
    return isinstance(data, tuple) and all(isinstance(each, _INLINE) for each in data)


def rewrite_document(document: Document, rewrite: Rewrite) -> Document:
    """Make a document anew with its texts rewritten, those of its notes too."""
    blocks = rewrite_blocks(document.blocks, rewrite)  # what is wrong is told in this order
    notes = {
        label: changed(note, blocks=rewrite_blocks(note.blocks, rewrite))
        for label, note in document.notes.items()
    }
    return with_blocks(document, blocks, notes)


def with_blocks(
    document: Document, blocks: tuple[Block, ...], notes: Mapping[str, Note]
) -> Document:
    """Give a document with other blocks and notes, or itself where all are what they were."""
    are_same = all(map(operator.is_, notes.values(), document.notes.values()))
    return changed(document, blocks=blocks, notes=document.notes if are_same else notes)


def rewrite_blocks(blocks: tuple[Block, ...], rewrite: Rewrite) -> tuple[Block, ...]:
    """Make blocks anew with their texts rewritten; what has not changed stays itself."""
    return same(blocks, [_rewrite_block(block, rewrite) for block in blocks])


def rewrite_data(data: Data, rewrite: Rewrite) -> Data:
    """Make a section's YAML anew with its texts rewritten."""
    if isinstance(data, str):
        return data
    if is_text(data):
        return rewrite(data)
    if isinstance(data, Mapping):
        now = {key: rewrite_data(value, rewrite) for key, value in data.items()}
        return data if all(map(operator.is_, now.values(), data.values())) else now
    values = cast("tuple[Data, ...]", data)
    return same(values, [rewrite_data(value, rewrite) for value in values])


def changing(change: Change) -> Rewrite:
    """Make the rewriting that changes each inline node but text, the inner before the outer."""

    def rewrite(kids: tuple[Inline, ...]) -> tuple[Inline, ...]:
        if all(isinstance(kid, Text) for kid in kids):
            return kids
        changed: list[Inline] = []
        for kid in kids:
            changed += (kid,) if isinstance(kid, Text) else change(_rewrite_kids(kid, rewrite))
        return same(kids, changed)

    return rewrite


def joined(kids: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Join neighbouring texts, so that the words on both sides of a line's end meet."""
    together: list[Inline] = []
    for kid in kids:
        last = together[-1] if together else None
        if isinstance(kid, Text) and isinstance(last, Text):
            together[-1] = replace(last, text=last.text + kid.text)
        else:
            together.append(_rewrite_kids(kid, joined))
    return same(kids, together)


def figures_of(blocks: Iterable[Block]) -> Iterator[Figure]:
    """Go through the figures, in boxes, lists and quotations too."""
    for block in blocks:
        match block:
            case Figure():
                yield block
            case Box() | Quote():
                yield from figures_of(block.blocks)
            case ListBlock():
                for item in block.items:
                    yield from figures_of(item.blocks)


def headings_of(blocks: Iterable[Block]) -> Iterator[Heading]:
    """Go through the headings, in boxes too."""
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, Box):
            yield from headings_of(block.blocks)


def says_nothing(kids: Iterable[Inline]) -> bool:
    """Say whether nothing would be seen of inline nodes."""
    return not any(
        isinstance(node, (Variable, Citation, NoteCall))
        or (isinstance(node, Text) and not is_blank(node.text))
        for node in inlines_of(kids)
    )


def text_of(kids: Iterable[Inline]) -> str:
    """Give the words of inline nodes as plain text."""
    pieces = []
    for node in inlines_of(kids):
        if isinstance(node, Text):
            pieces.append(node.text)
        elif isinstance(node, LineBreak):
            pieces.append(" ")
    return "".join(pieces)


def _rewrite_kids(node: Inline, rewrite: Rewrite) -> Inline:
    if not isinstance(node, _HAVE_KIDS):
        return node
    return changed(node, kids=rewrite(node.kids))


def changed(value: V, **fields: Any) -> V:
    """Give a value with other fields, or itself where they are what they were."""
    if all(getattr(value, name) is now for name, now in fields.items()):
        return value
    return replace(value, **fields)


def same(before: tuple[T, ...], now: Sequence[T]) -> tuple[T, ...]:
    """Give what was before where nothing has changed: to make it anew takes long."""
    if len(before) == len(now) and all(map(operator.is_, before, now)):
        return before
    return tuple(now)


def _rewrite_block(block: Block, rewrite: Rewrite) -> Block:
    match block:
        case Paragraph() | Heading():
            return changed(block, kids=rewrite(block.kids))
        case Quote() | Box():
            return changed(block, blocks=rewrite_blocks(block.blocks, rewrite))
        case ListBlock():
            items = [
                changed(item, blocks=rewrite_blocks(item.blocks, rewrite)) for item in block.items
            ]
            return changed(block, items=same(block.items, items))
        case Figure():
            return changed(block, caption=rewrite(block.caption))
        case Table():
            head, *rows = (
                same(row, [rewrite(cell) for cell in row]) for row in (block.head, *block.rows)
            )
            return changed(block, head=head, rows=same(block.rows, rows))
