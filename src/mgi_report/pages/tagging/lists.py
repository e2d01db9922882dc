"""Step 4, typeset: lists and contents (ISO 32000-1, 14.8.4.3.3, 14.8.5.5)."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from mgi_report.pages.tagging.drafts import (
    Draft,
    Item,
    Maker,
    in_line,
    is_a,
    is_inline,
    mixed,
    paragraphs,
)
from mgi_report.pages.tagging.tags import Node

_NUMBERING = {
    "disc": "Disc",
    "circle": "Circle",
    "square": "Square",
    "decimal": "Decimal",
    "decimal-leading-zero": "Decimal",
    "lower-roman": "LowerRoman",
    "upper-roman": "UpperRoman",
    "lower-alpha": "LowerAlpha",
    "lower-latin": "LowerAlpha",
    "upper-alpha": "UpperAlpha",
    "upper-latin": "UpperAlpha",
}
"""CSS's list-style-type → ListNumbering (ISO 32000-1, table 347)."""


def list_of(maker: Maker, node: Node) -> list[Item]:
    """Draft `ul` and `ol`: L, or in contents TOC."""
    if node.role in ("presentation", "none"):
        return maker.neutral(node)
    element = node.element
    is_contents = _is_contents(node)
    kids: list[Item] = []
    role = "TOCI" if is_contents else "LI"
    for own, run in groupby(maker.kids(node), key=lambda item: is_a(item, role)):
        items = list(run)
        if own:
            kids += items
        elif is_contents:
            kids.append(_entry(element, items, None, None))
        else:
            kids.append(Draft("LI", element, [Draft("LBody", element, mixed(items, element))]))
    if not kids:
        return []
    if is_contents:
        return [Draft("TOC", element, kids, node)]
    draft = Draft("L", element, kids, node)
    draft.attributes["List"] = {"ListNumbering": _numbering(node)}
    return [draft]


def item_of(maker: Maker, node: Node) -> list[Item]:
    """Draft `li`: LI with Lbl and LBody, or in contents TOCI."""
    element = node.element
    if node.parent is None or not _is_list(node.parent):
        return maker.neutral(node)
    items = maker.kids(node)
    label = Draft("Lbl", element, [*node.marker]) if node.marker else None
    if _is_contents(node):
        return [_entry(element, items, label, node)] if items else []
    kids: list[Item] = [label] if label else []
    if items:
        kids.append(Draft("LBody", element, mixed(items, element)))
    return [Draft("LI", element, kids, node)] if kids else []


def _is_list(node: Node) -> bool:
    if node.role in ("presentation", "none"):
        return False
    return node.tag in ("ul", "ol", "menu") or node.role in ("list", "doc-toc")


def _is_contents(node: Node) -> bool:
    return any(up.role == "doc-toc" for up in (node, *node.above()))


def _entry(element: Any, items: list[Item], label: Draft | None, node: Node | None) -> Draft:
    """Draft an entry of the contents: what stands in its line is a Reference."""
    entry = Draft("TOCI", element, [label] if label else [], node)
    for inline, run in groupby(items, key=is_inline):
        if inline:
            entry.kids.append(Draft("Reference", element, list(run)))
            continue
        for kid in run:
            known = is_a(kid, "P", "TOC", "Div", "Lbl", "Reference")
            block = kid if known else Draft("Div", element, paragraphs([kid], element))
            entry.kids.append(block)
    return entry


def _numbering(node: Node) -> str:
    """Say how the items of a list are numbered."""
    marked = [kid for kid in node.kids if isinstance(kid, Node) and kid.marker]
    if not marked:
        return "None"
    marker = marked[0].marker[0]
    style = marker.box.style["list_style_type"]
    if isinstance(style, str) and style in _NUMBERING:
        return _NUMBERING[style]
    # A style of the layout's own: told by what it prints.
    text, *others = (each.marker[0].text.strip(" .()\t") for each in marked)
    if text.isdecimal():
        return "Decimal"
    if text in ("i", "I") and others[:1] == [text * 2]:
        return "LowerRoman" if text == "i" else "UpperRoman"
    return "LowerAlpha" if text.islower() else "UpperAlpha" if text.isupper() else "Disc"


def descriptions_of(maker: Maker, node: Node) -> list[Item]:
    """Draft `dl`: each term, or terms that follow each other, with its descriptions is an LI."""
    element = node.element
    entries: list[Item] = []
    entry: Draft | None = None
    for item in maker.kids(node):
        starts = is_a(item, "Lbl")
        if entry is None or (starts and any(is_a(kid, "LBody") for kid in entry.kids)):
            entry = Draft("LI", element)
            entries.append(entry)
        known = starts or is_a(item, "LBody")
        entry.kids.append(item if known else Draft("LBody", element, mixed([item], element)))
    if not entries:
        return []
    draft = Draft("L", element, entries, node)
    draft.attributes["List"] = {"ListNumbering": "Description"}
    return [draft]


def term_of(maker: Maker, node: Node) -> list[Item]:
    """Draft `dt`."""
    items = in_line(maker.kids(node))
    return [Draft("Lbl", node.element, items, node, is_block=True)] if items else []


def description_of(maker: Maker, node: Node) -> list[Item]:
    """Draft `dd`."""
    items = mixed(maker.kids(node), node.element)
    return [Draft("LBody", node.element, items, node)] if items else []
