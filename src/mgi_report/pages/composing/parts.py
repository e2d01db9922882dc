"""Step 3, compose: content cut at its headings, and data with its words as HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from markupsafe import Markup

from mgi_report.content import model
from mgi_report.pages.composing.context import Part, Words
from mgi_report.pages.composing.markup import Writer, plain
from mgi_report.pages.composing.tongues import lent


def cut(
    blocks: Sequence[model.Block], writer: Writer, level: int = 2
) -> tuple[Markup, tuple[Part, ...]]:
    """Cut blocks at the headings of a level: what stands before the first, and a part for each."""
    starts = [
        index
        for index, block in enumerate(blocks)
        if isinstance(block, model.Heading) and block.level == level
    ]
    opening = writer.write(blocks[: starts[0]] if starts else blocks)
    parts = tuple(
        _part(heading, blocks[start + 1 : end], writer)
        for start, end in pairwise([*starts, len(blocks)])
        if isinstance(heading := blocks[start], model.Heading)
    )
    return opening, parts


def _part(heading: model.Heading, below: Sequence[model.Block], writer: Writer) -> Part:
    title = writer.inline(heading.kids)
    if writer.foreign:
        title = lent(title)
    block = writer.block_attribute(heading.span)
    opening, parts = cut(below, writer, heading.level + 1)
    return Part(
        id=heading.id or "",
        level=heading.level,
        title=title,
        plain=plain(heading.kids),
        block=block,
        opening=opening,
        parts=parts,
        icon=heading.attributes.get("icon", ""),
        attributes=heading.attributes,
    )


def by_id(parts: Iterable[Part]) -> dict[str, Part]:
    """Give parts, and the parts in them, by their ids."""
    found: dict[str, Part] = {}
    for part in parts:
        found[part.id] = part
        found |= by_id(part.parts)
    return found


def words(data: Mapping[str, model.Data], writer: Writer) -> dict[str, Words]:
    """Give a section's data with its inline Markdown as HTML."""

    def convert(value: model.Data) -> Words:
        if isinstance(value, str):
            return Markup.escape(value)
        if isinstance(value, Mapping):
            return {key: convert(each) for key, each in value.items()}
        nodes = [each for each in value if not isinstance(each, (str, tuple, Mapping))]
        if nodes:
            text = writer.inline(nodes, is_paragraph=True)
            return lent(text) if writer.foreign else text
        return [convert(each) for each in value if isinstance(each, (str, tuple, Mapping))]

    return {key: convert(value) for key, value in data.items()}


def figures(blocks: Iterable[model.Block]) -> Iterator[model.Figure]:
    """Give the figures among blocks, in boxes, quotations and lists too."""
    for block in blocks:
        match block:
            case model.Figure():
                yield block
            case model.Box() | model.Quote():
                yield from figures(block.blocks)
            case model.ListBlock():
                for item in block.items:
                    yield from figures(item.blocks)
            case _:
                pass
