"""Step 4, typeset: where links, headings and blocks stand on the pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from mgi_report.pages.complaints import UNTIED, Origins
from mgi_report.pages.engine import boxes
from mgi_report.pages.model import (
    Anchor,
    BlockPlace,
    Link,
    LinkAnnotation,
    PageHeading,
    Rectangle,
    TextLine,
    WordsPlace,
)
from mgi_report.pages.rectangles import around
from mgi_report.pages.tagging.drafts import Draft, Item, plain_text
from mgi_report.pages.tagging.tags import INVISIBLE, POINTS, Node, Patch, Tree, is_decoration

_BEGINNING = 8
"""Words of a block that say which it is."""
_EASY = 12.0
"""Points that a link is wide and high, where its neighbours leave room."""


def place_links(items: Iterable[Item]) -> tuple[Link, ...]:
    """Find the rectangles of all links, and put their annotations into the structure."""
    links: list[Link] = []
    for item in items:
        for draft in item.drafts() if isinstance(item, Draft) else ():
            if draft.role == "Link":
                _place(draft, links)
    return tuple(_easy_to_hit(links))


def _easy_to_hit(links: list[Link]) -> Iterator[Link]:
    """Enlarge links that are hard to hit, such as calls of notes, but not over their neighbours."""
    for link in links:
        if len(link.rectangles) > 1:  # it is at least a line long
            yield link
            continue
        (own,) = link.rectangles
        others = [
            other
            for each in links
            if each is not link and each.page == link.page
            for other in each.rectangles
        ]
        yield replace(link, rectangles=(_enlarged(own, others),))


def _enlarged(own: Rectangle, others: Iterable[Rectangle]) -> Rectangle:
    x0, y0, x1, y1 = own
    across, up = max(0.0, (_EASY - (x1 - x0)) / 2), max(0.0, (_EASY - (y1 - y0)) / 2)
    left, low, right, high = x0 - across, y0 - up, x1 + across, y1 + up
    for other in others:
        beside = max(other[0] - x1, x0 - other[2])
        apart = max(other[1] - y1, y0 - other[3])
        if max(beside, apart) < 0:  # they lie on each other anyway
            continue
        if beside >= apart and other[0] >= x1:
            right = min(right, (x1 + other[0]) / 2)
        elif beside >= apart:
            left = max(left, (other[2] + x0) / 2)
        elif other[1] >= y1:
            high = min(high, (y1 + other[1]) / 2)
        else:
            low = max(low, (other[3] + y0) / 2)
    return round(left, 3), round(low, 3), round(right, 3), round(high, 3)


def _place(draft: Draft, links: list[Link]) -> None:
    assert draft.node
    target = draft.node.element.get("href").strip()
    text = _said(draft)
    for page, rectangles in sorted(_rectangles(draft).items()):
        draft.kids.append(LinkAnnotation(len(links)))
        links.append(Link(page, tuple(rectangles), target, text))


def _said(draft: Draft) -> str:
    """Give what a link says to those who hear it: aria-label, title or its text."""
    element = draft.element
    for name in ("aria-label", "title"):
        if text := element.get(name, "").strip():
            return str(text)
    return " ".join(plain_text(draft.kids).split()) or str(element.get("href"))


def _rectangles(draft: Draft) -> dict[int, list[Rectangle]]:
    """Give a link's rectangles by page: of a block its box, of text its lines."""
    found: dict[int, list[Rectangle]] = {}
    own = draft.node.boxes if draft.node and draft.node.element is draft.element else []
    if own and not draft.is_spread and not isinstance(own[0][2], boxes.InlineBox):
        for page, rectangle, _ in own:
            found.setdefault(page, []).append(rectangle)
        return found
    lines: dict[tuple[int, int], list[Rectangle]] = {}
    for patch in draft.patches():
        lines.setdefault((patch.page, patch.line), []).append(patch.rectangle)
    for (page, _), parts in lines.items():
        found.setdefault(page, []).append(around(parts))
    return found


def anchors(tree: Tree, headings: Iterable[tuple[Draft, Node]]) -> tuple[Anchor, ...]:
    """Give the places that links can lead to: all ids, and all headings."""
    places = dict(tree.anchors)
    for draft, node in headings:
        if node.boxes:
            page, rectangle, _ = node.boxes[0]
            places.setdefault(draft.anchors[0], (page, rectangle[0], rectangle[3]))
    return tuple(Anchor(name, *place) for name, place in places.items())


def outline(headings: Iterable[tuple[Draft, Node]]) -> tuple[PageHeading, ...]:
    """Give the headings in order; `data-outline` says another text, or none to leave one out."""
    entries = []
    for draft, node in headings:
        page, rectangle = _first_place(node)
        text = node.element.get("data-outline")
        if text is None:
            text = " ".join(f"{node.before}{_text_of(node.element)}".split())
        if text:
            level = int(draft.role[1:])
            entries.append(PageHeading(level, text, draft.anchors[0], page, rectangle[3]))
    return tuple(entries)


def _first_place(node: Node) -> tuple[int, Rectangle]:
    if node.boxes:
        return node.boxes[0][0], node.boxes[0][1]
    patch: Patch = next(node.patches())
    return patch.page, patch.rectangle


def _text_of(element: Any) -> str:
    """Give the text of an HTML element without note calls, notes and decoration."""
    parts = [element.text or ""]
    for kid in element:
        if isinstance(kid.tag, str) and not is_decoration(kid):
            tag = kid.tag.rpartition("}")[2]
            if tag == "br":
                parts.append(" ")
            elif tag == "img":
                parts.append(kid.get("alt", ""))
            elif kid.get("role") not in ("doc-noteref", "doc-footnote"):
                parts.append(_text_of(kid))
        parts.append(kid.tail or "")
    return "".join(parts).translate(INVISIBLE)


def block_places(tree: Tree) -> tuple[BlockPlace, ...]:
    """Give where each block of the content stands, one rectangle a page."""
    found = []
    for element, node in tree.nodes.items():
        block = element.get("data-block")
        if not block:
            continue
        by_page: dict[int, list[Rectangle]] = {}
        for page, rectangle, _ in node.boxes:
            by_page.setdefault(page, []).append(rectangle)
        if not by_page:  # it has no box of its own (display: contents)
            for patch in node.patches():
                by_page.setdefault(patch.page, []).append(patch.rectangle)
        words = _beginning(element)
        found += [BlockPlace(block, page, around(parts), words) for page, parts in by_page.items()]
    return tuple(sorted(found, key=lambda place: (place.page, -place.rectangle[3], place.block)))


def _beginning(element: Any) -> str:
    """Give the first words of a block."""
    words = islice((word for text in element.itertext() for word in text.split()), _BEGINNING)
    return " ".join(words).translate(UNTIED)


def words_places(tree: Tree, origins: Origins) -> tuple[WordsPlace, ...]:
    """Give where words stand that no block holds: what templates print of YAML and labels."""
    found: dict[tuple[int, Any], list[Rectangle]] = {}
    for text in tree.texts:
        if text.style["visibility"] == "visible" and origins.block(text.block) is None:
            found.setdefault((text.page, text.block), []).append(text.rectangle)
    return tuple(
        WordsPlace(words, page, around(rectangles))
        for (page, element), rectangles in found.items()
        if (words := " ".join("".join(element.itertext()).translate(UNTIED).split()))
    )


def text_lines(tree: Tree) -> tuple[TextLine, ...]:
    """Give the lines of text that are read, once they are painted."""
    lines: dict[tuple[int, int], list[Patch]] = {}
    for patch in tree.root.patches():
        if patch.text.strip() and patch.mcid is not None:
            lines.setdefault((patch.page, patch.line), []).append(patch)
    return tuple(
        TextLine(
            page,
            around([patch.rectangle for patch in patches]),
            _baseline(max(patches, key=lambda patch: patch.rectangle[3] - patch.rectangle[1])),
            patches[0].mcid or 0,
        )
        for (page, _), patches in lines.items()
    )


def drawn(tree: Tree) -> tuple[tuple[int, Rectangle], ...]:
    """Give where pictures stand, and text that only decorates."""
    read = {(patch.page, patch.rectangle) for patch in tree.root.patches()}
    texts = dict.fromkeys((text.page, text.rectangle) for text in tree.texts)
    return (*tree.pictures, *(text for text in texts if text not in read))


def _baseline(patch: Patch) -> float:
    """Give where the letters of a text stand; of one that is turned, its lower edge."""
    _, low, _, high = patch.rectangle
    height = patch.box.height * POINTS
    if not height or abs(high - low - height) > 1:
        return low
    below: float = (patch.box.baseline - patch.box.margin_top) * POINTS
    return round(high - below, 3)
