"""Step 4, typeset: which part of the pages belongs to which HTML element.

WeasyPrint lays an HTML element out as any number of boxes: one for each line, column and page that
it reaches, and anonymous ones between. `gather` walks the boxes of all pages and hangs what they
paint (patches: lines of text and pictures) on one node for each HTML element. What is decoration
(artifacts, ISO 32000-2, 14.8.2.2) gets no node.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from mgi_report.pages.engine import boxes, children, laid_out, page_box
from mgi_report.pages.model import Rectangle
from mgi_report.pages.tagging.texts import Piece, take

POINTS = 0.75
"""Points in a CSS pixel."""

INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
"""For `str.translate`: takes characters away that are neither seen nor heard."""

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_SYMBOLS = frozenset({"So", "Sm", "Sk", "Zs", "Cf", "Pd"})
_BULLETS = frozenset("•◦‣⁃·/|\\*")


@dataclass(slots=True, eq=False)
class Flow:
    """The text of a block so far: between its pieces spaces may be missing."""

    is_float: bool = False
    """It may be a large initial, and the rest of its word the text after it."""
    last: Patch | None = None
    gap: bool = False


@dataclass(slots=True, eq=False)
class Patch:
    """What the pages paint in one go: a line of text or a part of one, or a picture."""

    box: Any
    page: int
    """From 0."""
    rectangle: Rectangle
    """Points from the page's bottom left corner."""
    line: int
    """Tells the lines of a page apart."""
    text: str = ""
    """As it is read, in logical order; empty for pictures."""
    actual_text: str | None = None
    """What to read instead of the glyphs, where they are hyphens or small letters made large."""
    is_turned: bool = False
    """Its glyphs stand from left to right, but are read from right to left."""
    space_after: bool = False
    """A space follows that is not painted, because the line ends there."""
    mcid: int | None = None
    """Number of its marked content, once it is painted."""
    follows: Patch | None = None
    """The patch before it in the same structure element and on the same page."""
    owner: object = None
    """Tells its structure element from others."""
    flow: Flow | None = None
    """The text of the block that it is from."""
    space_before: bool = False
    """A space stands before it in its block that is not painted."""

    def part_from(self, after: Patch) -> None:
        """Let a space follow that is not painted, where neither text has one."""
        if self.space_after or self.text[-1:].isspace() or after.text[:1].isspace():
            return
        self.space_after = True
        if self.actual_text is not None:
            self.actual_text += " "


@dataclass(slots=True, eq=False)
class Node:
    """An HTML element on the pages."""

    element: Any
    parent: Node | None
    order: int
    """Place in the document."""
    kids: list[Node | Patch] = field(default_factory=list)
    marker: list[Patch] = field(default_factory=list)
    """Of a list item its number or bullet."""
    before: str = ""
    """Text that CSS puts before its content."""
    boxes: list[tuple[int, Rectangle, Any]] = field(default_factory=list)
    """Its outermost boxes: page, rectangle in points, box."""

    @property
    def tag(self) -> str:
        """HTML tag, of SVG without its namespace."""
        return str(self.element.tag).rpartition("}")[2]

    @property
    def role(self) -> str:
        """ARIA role, "" without."""
        return str(self.element.get("role", "")).split(" ")[0].lower()

    @property
    def is_block(self) -> bool:
        """Tell whether it is laid out as a block, and not in a line."""
        return bool(self.boxes) and not isinstance(self.boxes[0][2], boxes.InlineLevelBox)

    def above(self) -> Iterator[Node]:
        """Give the elements that it is in, the nearest first."""
        node = self.parent
        while node:
            yield node
            node = node.parent

    def patches(self) -> Iterator[Patch]:
        """Give all that it paints, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Patch):
                yield kid
            else:
                yield from kid.patches()


Place: TypeAlias = tuple[int, float, float]
"""Page from 0, x and y in points from the bottom left."""


@dataclass(frozen=True, slots=True, eq=False)
class Printed:
    """A piece of text, decoration too."""

    element: Any
    style: Any
    block: Any
    """The HTML element that is laid out as a block with the text in its lines."""
    page: int
    """From 0."""
    rectangle: Rectangle


@dataclass(slots=True)
class Tree:
    """What `gather` finds."""

    root: Node
    nodes: dict[Any, Node]
    """By HTML element."""
    plan: dict[int, Patch]
    """By the identity of its box, what stands in the structure; all else is decoration."""
    anchors: dict[str, Place]
    """HTML id → where its first box stands."""
    texts: list[Printed]
    calls: dict[Any, int]
    """HTML element of a note → page of its call, from 0."""
    pictures: list[tuple[int, Rectangle]]
    """Page, from 0, and rectangle of each, decoration too."""
    first_letters: set[Any]
    """HTML elements whose first letter stands apart, so that their text is not what it was."""


def gather(pages: list[Any], html: Any, parents: Mapping[Any, Any]) -> Tree:
    """Hang all that the pages paint on the HTML elements."""
    gatherer = _Gatherer(html, parents)
    for number, page in enumerate(pages):
        gatherer.gather_page(number, page)
    return gatherer.tree


def is_decoration(element: Any) -> bool:
    """Tell whether an HTML element means nothing to those who cannot see it."""
    tag = str(element.tag).rpartition("}")[2]
    return (
        tag == "hr"
        or element.get("aria-hidden") == "true"
        or "ornament" in element.get("class", "").split()
        or (tag == "img" and element.get("alt") == "")
        or (tag in ("img", "svg") and element.get("role") in ("presentation", "none"))
    )


@dataclass(frozen=True, slots=True)
class _Where:
    """What is known on the way down to a box."""

    matrix: Any = None
    hidden: bool = False
    again: bool = False
    """It stands on the pages already: a table's head on its next page."""
    line: int = 0
    flow: Flow | None = None
    element: Any = None
    tag: str = ""
    block: Any = None
    """The element of the nearest box that is laid out as a block."""


class _Gatherer:
    def __init__(self, html: Any, parents: Mapping[Any, Any]) -> None:
        self._parents = parents
        self._order = {element: count for count, element in enumerate(html.iter())}
        root = Node(html, None, 0)
        self.tree = Tree(root, {html: root}, {}, {}, [], {}, [], set())
        self._flows: dict[Any, Flow] = {}
        self._groups: dict[tuple[int, bool], int] = {}
        self._fixed: set[Any] = set()
        self._fixed_here: set[Any] = set()
        self._page = 0
        self._height = 0.0
        self._lines = 0

    def gather_page(self, number: int, page: Any) -> None:
        self._page, self._height = number, page.height
        for box in children(page_box(page)):
            hidden = isinstance(box, boxes.MarginBox)
            self._visit(box, _Where(hidden=hidden, again=hidden))
        self._fixed |= self._fixed_here

    # --- going down -------------------------------------------------------------------------

    def _visit(self, box: Any, where: _Where) -> None:
        box = laid_out(box)
        matrix, hidden, again = where.matrix, where.hidden, where.again
        if box.transformation_matrix:
            matrix = box.transformation_matrix @ matrix if matrix else box.transformation_matrix
        if isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer):
            again = again or self._is_repeated(box)
        elif box.style["position"] == "fixed":  # painted on every page
            again = again or box.element in self._fixed
            self._fixed_here.add(box.element)
        hidden = hidden or again or box.is_leader
        element, flow, line = box.element, where.flow, where.line
        if element is not None:
            hidden = hidden or (element is not where.element and is_decoration(element))
            self._meet(box, where, matrix, None if hidden else self._node(element))
        if isinstance(box, boxes.TextBox | boxes.ReplacedBox):
            self._patch(box, _Where(matrix, hidden, again, line, flow, block=where.block))
            return
        if isinstance(box, boxes.LineBox):
            flow = flow or self._flows.setdefault((element, where.tag), Flow())
            self._lines += 1
            line = self._lines
        elif not isinstance(box, boxes.InlineLevelBox):
            flow = Flow(is_float=True) if box.is_floated() else None
        if flow and (box.is_leader or (element is not None and element.tag == "br")):
            flow.gap = True
        block = where.block if isinstance(box, boxes.InlineLevelBox) else element
        below = _Where(matrix, hidden, again, line, flow, element, box.element_tag or "", block)
        for child in children(box):
            self._visit(child, below)

    def _is_repeated(self, group: Any) -> bool:
        """Tell whether a table's head or foot has been on a page before."""
        key = (id(group.element), group.is_header)
        return self._groups.setdefault(key, self._page) != self._page

    def _meet(self, box: Any, where: _Where, matrix: Any, node: Node | None) -> None:
        """Note where an element stands; decoration has no node, but it may have an id."""
        element, tag = box.element, box.element_tag
        if tag.endswith("::footnote-call") and not where.again:
            self.tree.calls.setdefault(element, self._page)
        if "::" in tag or (element is where.element and tag == where.tag):
            return
        if isinstance(box, boxes.LineBox | boxes.TextBox) or where.again:
            return
        rectangle = self._rectangle(box.hit_area(), matrix)
        if node:
            node.boxes.append((self._page, rectangle, box))
        name = element.get("id")
        if name and name not in self.tree.anchors:
            self.tree.anchors[name] = (self._page, rectangle[0], rectangle[3])

    def _node(self, element: Any) -> Node:
        node = self.tree.nodes.get(element)
        if node is None:
            parent = self._node(self._parents[element])
            node = Node(element, parent, self._order[element])
            self.tree.nodes[element] = node
            parent.kids.append(node)
        return node

    # --- patches -----------------------------------------------------------------------------

    def _patch(self, box: Any, where: _Where) -> None:
        if isinstance(box, boxes.TextBox):
            self._text(box, where)
            return
        if box.style["visibility"] != "visible":
            return
        content = (box.content_box_x(), box.content_box_y(), box.width, box.height)
        rectangle = self._rectangle(content, where.matrix)
        self.tree.pictures.append((self._page, rectangle))
        if not where.hidden and "::" not in box.element_tag:
            self._add(Patch(box, self._page, rectangle, where.line), box)

    def _text(self, box: Any, where: _Where) -> None:
        flow = where.flow or Flow()
        piece = Piece()
        if not where.again and box.element is not None:
            piece = take(box)
            if box.element_tag.endswith("::first-letter"):
                self.tree.first_letters.add(box.element)
            if box.text.strip():
                self.tree.texts.append(self._printed(box, where))
        if box.style["visibility"] != "visible" or not box.text.strip():
            flow.gap = True
            return
        if where.hidden:
            return
        pseudo = box.element_tag.partition("::")[2]
        if pseudo in ("before", "after") and _is_symbol(box.text, box.element):
            return
        shown = box.text[:-1] if piece.is_hyphenated else box.text
        text = piece.written or shown
        if box.pango_layout.text[-1:].isspace():  # before the next element a space is painted
            text = f"{text.rstrip()} "
        patch = Patch(
            box,
            self._page,
            self._rectangle(_area(box), where.matrix),
            where.line,
            text=text.translate(INVISIBLE),
            flow=flow,
            is_turned=bool(_RIGHT_TO_LEFT.search(text)),
            space_before=flow.gap or piece.space_before,
        )
        if patch.space_before and flow.last:
            flow.last.part_from(patch)
        if piece.is_hyphenated or text.rstrip() != shown.rstrip():
            patch.actual_text = patch.text
        flow.last, flow.gap = patch, piece.space_after
        node = self._add(patch, box)
        if pseudo == "before":
            node.before += patch.text

    def _printed(self, box: Any, where: _Where) -> Printed:
        rectangle = self._rectangle(_area(box), where.matrix)
        return Printed(box.element, box.style, where.block, self._page, rectangle)

    def _add(self, patch: Patch, box: Any) -> Node:
        node = self._node(box.element)
        if "::marker" in box.element_tag:
            node.marker.append(patch)
        else:
            node.kids.append(patch)
        self.tree.plan[id(box)] = patch
        return node

    def _rectangle(self, area: tuple[float, float, float, float], matrix: Any) -> Rectangle:
        """Turn x, y, width and height in CSS pixels from the top left into points from below."""
        x, y, width, height = area
        corners = [(x, y), (x + width, y), (x, y + height), (x + width, y + height)]
        if matrix:
            corners = [matrix.transform_point(*corner) for corner in corners]
        across, down = zip(*corners, strict=True)
        return (
            round(min(across) * POINTS, 3),
            round((self._height - max(down)) * POINTS, 3),
            round(max(across) * POINTS, 3),
            round((self._height - min(down)) * POINTS, 3),
        )


def _area(box: Any) -> tuple[float, float, float, float]:
    """Give x, y, width and height of a piece of text."""
    return box.position_x, box.position_y + box.margin_top, box.width, box.height


def _is_symbol(text: str, element: Any) -> bool:
    """Tell whether generated content only decorates: arrows, bullets, slashes; not quotes."""
    if str(element.tag) == "q":
        return False
    return all(
        character in _BULLETS or unicodedata.category(character) in _SYMBOLS for character in text
    )
