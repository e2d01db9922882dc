"""Step 4, typeset: HTML elements become structure elements.

Roles are those of PDF 1.7 (ISO 32000-1, 14.8.4) with PDF 2.0's Aside, Em and Strong; what may stand
in what follows ISO/TS 32005, table 5. The binding writes them for either standard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, TypeAlias

from mgi_report.pages.model import LinkAnnotation
from mgi_report.pages.tags import Leaf, Node

GROUPING = frozenset("Document Part Art Sect Div Aside BlockQuote".split())
"""Roles that hold blocks."""
_INLINE_ROLES = frozenset("Link Reference Note Span Em Strong Quote Code Lbl Figure".split())


@dataclass(slots=True, eq=False)
class Draft:
    """A structure element on its way."""

    role: str
    kids: list[Item] = field(default_factory=list)
    node: Node | None = None
    """The HTML element it is made from; of several drafts only the first has it."""
    lang: str | None = None
    """Language of its content, where the HTML element says it."""
    is_soft: bool = False
    """A paragraph that no HTML element asks for, but its place."""
    is_block: bool = False
    """An inline role that is laid out as a block."""
    id: str | None = None
    anchors: list[str] = field(default_factory=list)
    alt: str | None = None
    title: str | None = None
    attributes: dict[str, dict[str, object]] = field(default_factory=dict)
    headers: tuple[str, ...] = ()
    references: list[str] = field(default_factory=list)
    block: str | None = None

    @property
    def is_inline(self) -> bool:
        """Tell whether it stands in a line of text."""
        return self.role in _INLINE_ROLES and not self.is_block

    def leaves(self) -> Iterator[Leaf]:
        """Give all that it paints."""
        for kid in self.kids:
            if isinstance(kid, Leaf):
                yield kid
            elif isinstance(kid, Draft):
                yield from kid.leaves()


Item: TypeAlias = Draft | Leaf | LinkAnnotation


def is_inline(item: Item) -> bool:
    """Tell whether an item stands in a line of text."""
    return not isinstance(item, Draft) or item.is_inline


def paragraphs(items: Iterable[Item]) -> list[Item]:
    """Put runs of what stands in lines into paragraphs, for a role that holds blocks."""
    out: list[Item] = []
    for inline, run in groupby(items, key=is_inline):
        if not inline:
            for item in run:
                out += [item] if _stands_alone(item) else [Draft("P", [item], is_soft=True)]
            continue
        kids = list(run)
        if all(isinstance(kid, Draft) and kid.role == "Figure" for kid in kids):
            out += kids
        elif all(isinstance(kid, Draft) and kid.role == "Note" for kid in kids):
            out += kids
        else:
            out.append(Draft("P", kids, is_soft=True))
    return out


def _stands_alone(item: Item) -> bool:
    """Tell whether a block may stand in a group as it is."""
    return isinstance(item, Draft) and (
        item.role not in _INLINE_ROLES or item.role in ("Figure", "Note")
    )


def mixed(items: list[Item]) -> list[Item]:
    """Give the kids of a role that holds either lines or blocks, such as LBody and TD."""
    if all(is_inline(item) for item in items):
        return items
    blocks = paragraphs(items)
    only = blocks[0] if len(blocks) == 1 else None
    if isinstance(only, Draft) and only.is_soft and not only.anchors and not only.block:
        return only.kids
    return blocks


def in_line(items: Iterable[Item]) -> list[Item]:
    """Give the kids of a role that holds lines only: blocks give what they hold."""
    out: list[Item] = []
    for item in items:
        if isinstance(item, Draft) and item.role in ("P", "Div", "Sect", "Aside", "BlockQuote"):
            out += in_line(item.kids)
        else:
            out.append(item)
    return out


def spread(outer: Draft, items: list[Item]) -> list[Item]:
    """Wrap items in an inline role; where there are blocks, inside each of them.

    A Link holds no paragraphs (ISO/TS 32005, table 5), but HTML's `a` may.
    """
    if all(is_inline(item) for item in items):
        outer.kids = items
        return [outer]
    out: list[Item] = []
    for item in paragraphs(items):
        if isinstance(item, Draft) and not is_inline(item) and item.role != "Figure":
            item.kids = _spread_below(outer, item)
            out.append(item)
        else:
            out += [_same(outer, [item])]
    return out


def _spread_below(outer: Draft, block: Draft) -> list[Item]:
    if block.kids and all(is_inline(kid) for kid in block.kids):
        return [_same(outer, block.kids)]
    kids: list[Item] = []
    for inline, run in groupby(block.kids, key=is_inline):
        if inline:
            kids.append(_same(outer, list(run)))
            continue
        for kid in run:
            assert isinstance(kid, Draft)
            kid.kids = _spread_below(outer, kid)
            kids.append(kid)
    return kids


def _same(outer: Draft, items: list[Item]) -> Draft:
    """Make another element like `outer`; it has no id, which must be unique."""
    return Draft(outer.role, items, outer.node, outer.lang)


def plain_text(items: Iterable[Item]) -> str:
    """Give the text of items, with what pictures say."""
    words: list[str] = []
    for item in items:
        if isinstance(item, Leaf):
            words.append(item.text + (" " if item.space_after else ""))
        elif isinstance(item, Draft) and item.role != "Note":
            words.append(f" {item.alt} " if item.alt else plain_text(item.kids))
    return "".join(words)


def language(element: Any, parents: Any, default: str) -> str:
    """Give the language of an HTML element: its own, or the nearest that has one."""
    while element is not None:
        lang: str | None = element.get("lang")
        if lang:
            return lang
        element = parents.get(element)
    return default
