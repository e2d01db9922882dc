"""Step 4, typeset: structure elements on their way, and what may stand in what.

Roles are those of PDF 1.7 (ISO 32000-1, 14.8.4) with PDF 2.0's Aside, Em and Strong; nesting
follows ISO/TS 32005, table 5. The binding writes them for either standard.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Protocol, TypeAlias

from mgi_report.diagnostics import Rule
from mgi_report.pages.model import LinkAnnotation
from mgi_report.pages.tagging.tags import Node, Patch

_IN_LINES = frozenset(
    {"Code", "Em", "Figure", "Lbl", "Link", "Note", "Quote", "Reference", "Span", "Strong"}
)
_UNWRAPPED = frozenset({"P", "Div", "Sect", "Art", "Part", "Aside", "BlockQuote"})


@dataclass(slots=True, eq=False)
class Draft:
    """A structure element on its way."""

    role: str
    element: Any
    """The HTML element that says its language."""
    kids: list[Item] = field(default_factory=list)
    node: Node | None = None
    """The HTML element that it stands for, where it stands for one."""
    is_soft: bool = False
    """A paragraph that its place asks for, and no HTML element."""
    is_block: bool = False
    """An inline role that is laid out as a block."""
    is_spread: bool = False
    """One of several parts of an inline role with blocks in it."""
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
        return self.role in _IN_LINES and not self.is_block

    def drafts(self) -> Iterator[Draft]:
        """Give it and all elements in it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Draft):
                yield from kid.drafts()

    def patches(self) -> Iterator[Patch]:
        """Give all that it paints."""
        for kid in self.kids:
            if isinstance(kid, Patch):
                yield kid
            elif isinstance(kid, Draft):
                yield from kid.patches()


Item: TypeAlias = Draft | Patch | LinkAnnotation


class Maker(Protocol):
    """What drafting one kind of HTML element needs of the rest (`meaning.Meaning`)."""

    def kids(self, node: Node) -> list[Item]:
        """Draft all that is in an element."""
        ...

    def neutral(self, node: Node) -> list[Item]:
        """Draft an element as one that means nothing by itself."""
        ...

    def new_id(self, stem: str) -> str:
        """Make an id that the section does not have."""
        ...

    def report(self, rule: Rule, element: Any, message: str, hint: str | None = None) -> None:
        """Say what is wrong with an element."""
        ...


def is_a(item: Item, *roles: str) -> bool:
    """Tell whether an item is an element of one of the roles."""
    return isinstance(item, Draft) and item.role in roles


def is_inline(item: Item) -> bool:
    """Tell whether an item stands in a line of text."""
    return not isinstance(item, Draft) or item.is_inline


def paragraphs(items: Iterable[Item], element: Any) -> list[Item]:
    """Put runs of what stands in lines into paragraphs, for a role that holds blocks."""
    out: list[Item] = []
    for inline, run in groupby(items, key=is_inline):
        kids = list(run)
        if not inline:
            out += [
                kid if _stands_alone(kid) else Draft("P", element, [kid], is_soft=True)
                for kid in kids
            ]
        elif all(_stands_alone(kid) for kid in kids):
            out += kids
        else:
            out.append(Draft("P", element, kids, is_soft=True))
    return out


def _stands_alone(item: Item) -> bool:
    """Tell whether an item may stand among blocks as it is."""
    return isinstance(item, Draft) and (
        item.role not in _IN_LINES or item.role in ("Figure", "Note")
    )


def mixed(items: list[Item], element: Any) -> list[Item]:
    """Give the kids of a role that holds either lines or blocks, such as LBody and TD."""
    if all(is_inline(item) for item in items):
        return items
    blocks = paragraphs(items, element)
    only = blocks[0] if len(blocks) == 1 else None
    if isinstance(only, Draft) and only.is_soft and not only.anchors and not only.block:
        return only.kids
    return blocks


def in_line(items: Iterable[Item]) -> list[Item]:
    """Give the kids of a role that holds lines only: blocks give what they hold."""
    out: list[Item] = []
    for item in items:
        if isinstance(item, Draft) and item.role in _UNWRAPPED:
            out += in_line(item.kids)
        else:
            out.append(item)
    return out


def spread(outer: Draft, items: list[Item]) -> list[Item]:
    """Put items into an inline role; where there are blocks, the role goes inside of them.

    A Link holds no paragraphs (ISO/TS 32005, table 5), but HTML's `a` may.
    """
    if all(is_inline(item) for item in items):
        outer.kids = items
        return [outer]
    outer.is_block = False
    return _spread(outer, paragraphs(items, outer.element))


def _spread(outer: Draft, items: list[Item]) -> list[Item]:
    out: list[Item] = []
    for inline, run in groupby(items, key=is_inline):
        kids = list(run)
        if inline:
            out.append(Draft(outer.role, outer.element, kids, outer.node, is_spread=True))
            continue
        for kid in kids:
            assert isinstance(kid, Draft)  # patches stand in lines
            if kid.role == "Figure":
                kid.is_block = False
                out.append(
                    Draft(
                        outer.role, outer.element, [kid], outer.node, is_spread=True, is_block=True
                    )
                )
            else:
                kid.kids = _spread(outer, kid.kids)
                out.append(kid)
    return out


def plain_text(items: Iterable[Item]) -> str:
    """Give the text of items, with what pictures say."""
    words: list[str] = []
    for item in items:
        if isinstance(item, Patch):
            words.append(item.text + (" " if item.space_after else ""))
        elif isinstance(item, Draft) and item.role != "Note":
            words.append(f" {item.alt} " if item.alt else plain_text(item.kids))
    return "".join(words)
