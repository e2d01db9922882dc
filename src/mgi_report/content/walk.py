"""Going through blocks and inline nodes: reading all of them, or making them anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from mgi_report.content.model import (
    Block,
    Box,
    Citation,
    CrossReference,
    Data,
    Emphasis,
    Figure,
    Heading,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    ListItem,
    NoteCall,
    Paragraph,
    Phrase,
    Quote,
    SourceLink,
    Strong,
    Table,
    Text,
    Variable,
)

Node: TypeAlias = Block | ListItem | Inline
Change: TypeAlias = Callable[[Inline], Iterable[Inline]]
"""What an inline node becomes; its kids have been changed before."""

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
    """Go through the stretches of text that are read without a break: paragraphs, headings, cells."""
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


def data_runs_of(data: Data) -> Iterator[tuple[Inline, ...]]:
    """Go through the texts of a section's YAML."""
    if isinstance(data, str):
        return
    if isinstance(data, Mapping):
        for value in data.values():
            yield from data_runs_of(value)
    elif is_text(data):
        yield data  # type: ignore[misc]  # `is_text` has looked
    else:
        for value in data:
            yield from data_runs_of(value)  # type: ignore[arg-type]  # no text, so a list


def is_text(data: Data) -> bool:
    """Say whether a piece of data is inline Markdown, not a list or a mapping."""
    return isinstance(data, tuple) and all(isinstance(each, _INLINE) for each in data)


def change_blocks(blocks: Iterable[Block], change: Change) -> tuple[Block, ...]:
    """Make blocks anew with their inline nodes changed."""
    return tuple(_change_block(block, change) for block in blocks)


def change_inlines(kids: Iterable[Inline], change: Change) -> tuple[Inline, ...]:
    """Make inline nodes anew, the inner before the outer."""
    changed: list[Inline] = []
    for kid in kids:
        node = kid
        if isinstance(node, _HAVE_KIDS):
            node = replace(node, kids=change_inlines(node.kids, change))
        changed += change(node)
    return tuple(changed)


def change_data(data: Data, change: Change) -> Data:
    """Make a section's YAML anew with its texts changed."""
    if isinstance(data, str):
        return data
    if isinstance(data, Mapping):
        return {key: change_data(value, change) for key, value in data.items()}
    if is_text(data):
        return change_inlines(data, change)  # type: ignore[arg-type]  # `is_text` has looked
    return tuple(change_data(value, change) for value in data)  # type: ignore[arg-type]


def text_of(kids: Iterable[Inline]) -> str:
    """Give the words of inline nodes as plain text."""
    pieces = []
    for node in inlines_of(kids):
        if isinstance(node, Text):
            pieces.append(node.text)
        elif isinstance(node, LineBreak):
            pieces.append(" ")
    return "".join(pieces)


def _change_block(block: Block, change: Change) -> Block:
    match block:
        case Paragraph() | Heading():
            return replace(block, kids=change_inlines(block.kids, change))
        case Quote() | Box():
            return replace(block, blocks=change_blocks(block.blocks, change))
        case ListBlock():
            items = tuple(
                replace(item, blocks=change_blocks(item.blocks, change)) for item in block.items
            )
            return replace(block, items=items)
        case Figure():
            return replace(block, caption=change_inlines(block.caption, change))
        case Table():
            return replace(
                block,
                head=tuple(change_inlines(cell, change) for cell in block.head),
                rows=tuple(
                    tuple(change_inlines(cell, change) for cell in row) for row in block.rows
                ),
            )
