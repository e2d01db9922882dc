"""Step 4, typeset: pictures and what they say (ISO 32000-1, 14.8.4.5; ISO 14289-1, 7.3)."""

from __future__ import annotations

from typing import Any

from mgi_report.diagnostics import Rule
from mgi_report.pages.model import Rectangle
from mgi_report.pages.rectangles import around
from mgi_report.pages.tagging.drafts import Draft, Item, Maker, is_a, mixed, paragraphs
from mgi_report.pages.tagging.tags import Node, Patch


def picture_of(maker: Maker, node: Node) -> list[Item]:
    """Draft `img`, `svg` and whatever has the role img: all that it paints is one Figure."""
    patches = list(node.patches())
    if not patches:
        return []
    alt = _alternative(node.element)
    if not alt:
        maker.report(
            Rule.PICTURE_HAS_ALT,
            node.element,
            "A picture has no text for those who cannot see it.",
            'Give it alt or aria-label; where it only decorates, aria-hidden="true".',
        )
    draft = Draft("Figure", node.element, [*patches], node, is_block=node.is_block, alt=alt)
    draft.attributes["Layout"] = {"BBox": _around(patches)}
    return [draft]


def figure_of(maker: Maker, node: Node) -> list[Item]:
    """Draft `figure`: its one picture or table takes the caption, others share a Sect with it."""
    element = node.element
    if element.get("aria-label") and not any(_says(kid) for kid in node.kids):
        return picture_of(maker, node)
    items = maker.kids(node)
    captions = [item for item in items if is_a(item, "Caption")]
    others = [item for item in items if not is_a(item, "Caption")]
    only = others[0] if len(others) == 1 else None
    if (
        isinstance(only, Draft)
        and only.role in ("Figure", "Table")
        and len(captions) < 2
        and not any(is_a(kid, "Caption") for kid in only.kids)
    ):
        is_table = only.role == "Table"
        only.kids = [*captions, *only.kids] if is_table else [*only.kids, *captions]
        only.is_block = True
        return [only]
    blocks = paragraphs(items, element)
    # Not a Div: that is looked through, and its caption taken for one of what is around.
    return [Draft("Sect" if captions else "Div", element, blocks, node)] if blocks else []


def caption_of(maker: Maker, node: Node) -> list[Item]:
    """Draft `figcaption` and `caption`."""
    items = mixed(maker.kids(node), node.element)
    return [Draft("Caption", node.element, items, node)] if items else []


def _says(kid: Node | Patch) -> bool:
    return isinstance(kid, Node) and (
        bool(_alternative(kid.element)) or any(_says(below) for below in kid.kids)
    )


def _alternative(element: Any) -> str:
    """Give what a picture says: aria-label, alt, or the title and description of an SVG."""
    for name in ("aria-label", "alt"):
        if text := element.get(name, "").strip():
            return str(text)
    parts = [
        " ".join("".join(kid.itertext()).split())
        for kid in element
        if str(kid.tag).rpartition("}")[2] in ("title", "desc")
    ]
    return " ".join(part for part in parts if part) or str(element.get("title", "")).strip()


def _around(patches: list[Patch]) -> Rectangle:
    """Give the rectangle around what stands on the first page."""
    return around(patch.rectangle for patch in patches if patch.page == patches[0].page)
