"""Step 4, typeset: what HTML elements mean, as structure elements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby
from typing import Any

from mgi_report.diagnostics import Diagnostic, Rule
from mgi_report.pages.complaints import Places
from mgi_report.pages.drafts import Draft, Item, in_line, is_inline, mixed, paragraphs, spread
from mgi_report.pages.engine import boxes
from mgi_report.pages.tables import finish_table
from mgi_report.pages.tags import Leaf, Node, Tree

_PLAIN = {"em": "Em", "strong": "Strong", "q": "Quote", "code": "Code", "kbd": "Code"}
_GROUPS = {"section": "Sect", "article": "Art", "main": "Part", "nav": "Div", "aside": "Aside"}
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
_BLOCK_TAGS = frozenset("address center details div dl fieldset footer form header hgroup".split())
"""Blocks even where they have no box of their own."""


class Ids:
    """Makes ids that no HTML element of the section has."""

    def __init__(self, html: Any) -> None:
        self._taken = {element.get("id") for element in html.iter()}
        self._count: dict[str, int] = {}

    def new(self, stem: str) -> str:
        """Give "stem-1", "stem-2" and so on."""
        while True:
            self._count[stem] = count = self._count.get(stem, 0) + 1
            if (name := f"{stem}-{count}") not in self._taken:
                return name


class Meaning:
    """Drafts the structure of a section from its HTML elements."""

    def __init__(
        self, tree: Tree, parents: Mapping[Any, Any], places: Places, ids: Ids
    ) -> None:
        self._tree = tree
        self._parents = parents
        self._places = places
        self._ids = ids
        self._nameless: dict[Node, list[str]] = {}
        self._notes: dict[str, Draft] = {}
        self._calls: list[tuple[str, Draft]] = []
        self.headings: list[tuple[Draft, Node]] = []
        self.diagnostics: list[Diagnostic] = []

    def draft(self) -> list[Item]:
        """Draft the whole section, in reading order."""
        root = self._tree.root
        items = paragraphs(self._kids(root), root.element)
        for target, call in self._calls:
            if note := self._notes.get(target):
                assert note.id
                assert call.id
                call.references.append(note.id)
                note.references.append(call.id)
        return items

    # --- any element ------------------------------------------------------------------------

    def _kids(self, node: Node) -> list[Item]:
        kids = node.kids
        if not any(isinstance(kid, Leaf) for kid in kids):
            # Reading order is that of the HTML, wherever CSS puts things.
            kids = sorted(kids, key=lambda kid: kid.order if isinstance(kid, Node) else 0)
        out: list[Item] = []
        for kid in kids:
            out += [kid] if isinstance(kid, Leaf) else self._of(kid)
        return out

    def _of(self, node: Node) -> list[Item]:
        make = _BY_ROLE.get(node.role) or _BY_TAG.get(node.tag, Meaning._neutral)
        items = make(self, node)
        self._name(node, items)
        return items

    def _name(self, node: Node, items: list[Item]) -> None:
        """Give an element's id and block to what was made of it; ids of nothing go up."""
        drafts = [item for item in items if isinstance(item, Draft)]
        own = next((draft for draft in drafts if draft.node is node), None)
        names = self._nameless.pop(node, [])
        if name := node.element.get("id"):
            names.insert(0, name)
        if drafts:
            (own or drafts[0]).anchors += names
        elif node.parent:
            self._nameless.setdefault(node.parent, []).extend(names)
        block = node.element.get("data-block")
        if block and (own or len(drafts) == 1):
            named = own or drafts[0]
            named.block = named.block or block

    def _neutral(self, node: Node) -> list[Item]:
        """Draft an element that means nothing by itself: div, span, b."""
        items = self._kids(node)
        element = node.element
        if node.parent and node.parent.tag == "dl":
            return items
        if not (node.is_block or (not node.boxes and node.tag in _BLOCK_TAGS)):
            if items and element.get("lang") and element.get("lang") != self._language(node.parent):
                return spread(Draft("Span", element, node=node), items)
            return items
        if items and all(is_inline(item) for item in items):
            blocks = paragraphs(items, element)
            if len(blocks) == 1 and isinstance(blocks[0], Draft) and blocks[0].is_soft:
                blocks[0].node = node
        else:
            blocks = paragraphs(items, element)
        label = element.get("aria-label")
        if label or (element.get("data-block") and len(blocks) > 1):
            return [Draft("Div", element, blocks, node, title=label)]
        return blocks

    def _language(self, node: Node | None) -> str | None:
        while node:
            if lang := node.element.get("lang"):
                return str(lang)
            node = node.parent
        return None

    # --- blocks -----------------------------------------------------------------------------

    def _paragraph(self, node: Node) -> list[Item]:
        items = in_line(self._kids(node))
        return [Draft("P", node.element, items, node)] if items else []

    def _heading(self, node: Node) -> list[Item]:
        level = node.tag[1:] if node.role != "heading" else node.element.get("aria-level", "2")
        items = in_line(self._kids(node))
        notes = [item for item in items if isinstance(item, Draft) and item.role == "Note"]
        kids = [item for item in items if item not in notes]
        if not kids:
            return items
        draft = Draft(f"H{level}", node.element, kids, node)
        if not node.element.get("id"):
            draft.anchors.append(self._ids.new("heading"))
        self.headings.append((draft, node))
        return [draft, *notes]  # a note is no part of the heading that calls it

    def _group(self, node: Node) -> list[Item]:
        element = node.element
        items = paragraphs(self._kids(node), element)
        if not items:
            return []
        role = _GROUPS.get(node.tag, "Div")
        if role == "Art" and any(parent.tag == "article" for parent in _above(node)):
            role = "Sect"
        if node.role == "doc-toc" and all(_is(item, "TOC") for item in items):
            return items
        return [Draft(role, element, items, node, title=element.get("aria-label"))]

    def _quotation(self, node: Node) -> list[Item]:
        items = paragraphs(self._kids(node), node.element)
        return [Draft("BlockQuote", node.element, items, node)] if items else []

    # --- inline -----------------------------------------------------------------------------

    def _emphasis(self, node: Node) -> list[Item]:
        outer = Draft(_PLAIN[node.tag], node.element, node=node, is_block=node.is_block)
        items = self._kids(node)
        return spread(outer, items) if items else []

    def _link(self, node: Node) -> list[Item]:
        element = node.element
        items = self._kids(node)
        if not element.get("href", "").strip():
            return self._neutral(node)
        if not items:
            return []
        made = spread(Draft("Link", element, node=node, is_block=node.is_block), items)
        if node.role == "doc-noteref":
            call = Draft("Reference", element, made, node)
            call.id = element.get("id") or self._ids.new("call")
            self._calls.append((element.get("href").strip().removeprefix("#"), call))
            return [call]
        if node.role == "doc-backlink" and any(up.role == "doc-footnote" for up in _above(node)):
            return [Draft("Lbl", element, made, node)]
        return made

    def _note(self, node: Node) -> list[Item]:
        items = mixed(self._kids(node), node.element)
        if not items:
            return []
        note = Draft("Note", node.element, items, node)
        note.id = node.element.get("id") or self._ids.new("note")
        self._notes[note.id] = note
        return [note]

    # --- pictures ---------------------------------------------------------------------------

    def _picture(self, node: Node) -> list[Item]:
        leaves = list(node.leaves())
        if not leaves:
            return []
        alt = _alternative(node.element)
        if not alt:
            message = "A picture has no text for those who cannot see it."
            hint = "Give it alt or aria-label; where it only decorates, aria-hidden=\"true\"."
            self.diagnostics.append(
                self._places.diagnostic(Rule.PICTURE_HAS_ALT, node.element, message, hint)
            )
        draft = Draft("Figure", node.element, [*leaves], node, is_block=node.is_block, alt=alt)
        draft.attributes["Layout"] = {"BBox": _around(leaves)}
        return [draft]

    def _figure(self, node: Node) -> list[Item]:
        element = node.element
        if element.get("aria-label") and not any(kid for kid in node.kids if _has_alt(kid)):
            return self._picture(node)
        items = self._kids(node)
        captions = [item for item in items if _is(item, "Caption")]
        others = [item for item in items if not _is(item, "Caption")]
        only = others[0] if len(others) == 1 else None
        if isinstance(only, Draft) and only.role in ("Figure", "Table") and len(captions) < 2:
            has_caption = any(_is(kid, "Caption") for kid in only.kids)
            if not has_caption:
                only.kids = [*captions, *only.kids] if only.role == "Table" else [
                    *only.kids, *captions,
                ]  # fmt: skip
                only.is_block = True
                return [only]
        blocks = paragraphs(items, element)
        return [Draft("Div", element, blocks, node)] if blocks else []

    def _caption(self, node: Node) -> list[Item]:
        items = mixed(self._kids(node), node.element)
        return [Draft("Caption", node.element, items, node)] if items else []

    # --- lists ------------------------------------------------------------------------------

    def _list(self, node: Node) -> list[Item]:
        element = node.element
        is_contents = self._is_contents(node)
        item_role = "TOCI" if is_contents else "LI"
        kids: list[Item] = []
        for own, run in groupby(self._kids(node), key=lambda item: _is(item, item_role)):
            if own:
                kids += run
            else:
                body = Draft("LBody", element, mixed(list(run), element))
                kids.append(Draft("LI", element, [body]) if not is_contents else _entry(
                    element, body.kids, None
                ))  # fmt: skip
        if not kids:
            return []
        if is_contents:
            return [Draft("TOC", element, kids, node)]
        draft = Draft("L", element, kids, node)
        draft.attributes["List"] = {"ListNumbering": _numbering(node)}
        return [draft]

    def _list_item(self, node: Node) -> list[Item]:
        element = node.element
        if node.parent is None or not _is_list(node.parent):
            return self._neutral(node)
        items = self._kids(node)
        label = Draft("Lbl", element, [*node.marker]) if node.marker else None
        if self._is_contents(node):
            return [_entry(element, items, label, node)] if items else []
        kids: list[Item] = [label] if label else []
        if items:
            kids.append(Draft("LBody", element, mixed(items, element)))
        return [Draft("LI", element, kids, node)] if kids else []

    def _is_contents(self, node: Node) -> bool:
        return any(up.role == "doc-toc" for up in (node, *_above(node)))

    def _descriptions(self, node: Node) -> list[Item]:
        element = node.element
        entries: list[Item] = []
        entry: Draft | None = None
        for item in self._kids(node):
            starts = _is(item, "Lbl")
            if entry is None or (starts and any(_is(kid, "LBody") for kid in entry.kids)):
                entry = Draft("LI", element)
                entries.append(entry)
            known = starts or _is(item, "LBody")
            entry.kids.append(item if known else Draft("LBody", element, mixed([item], element)))
        if not entries:
            return []
        draft = Draft("L", element, entries, node)
        draft.attributes["List"] = {"ListNumbering": "Description"}
        return [draft]

    def _term(self, node: Node) -> list[Item]:
        items = in_line(self._kids(node))
        return [Draft("Lbl", node.element, items, node, is_block=True)] if items else []

    def _description(self, node: Node) -> list[Item]:
        items = mixed(self._kids(node), node.element)
        return [Draft("LBody", node.element, items, node)] if items else []

    # --- tables -----------------------------------------------------------------------------

    def _table(self, node: Node) -> list[Item]:
        if node.role in ("presentation", "none"):
            return self._neutral(node)
        items = self._kids(node)
        captions = [item for item in items if _is(item, "Caption")][:1]
        groups = [item for item in items if _is(item, "THead", "TBody", "TFoot", "TR")]
        feet = [item for item in groups if _is(item, "TFoot")]
        bodies = [item for item in groups if not _is(item, "TFoot")]
        rest = [item for item in items if item not in captions and item not in groups]
        draft = Draft("Table", node.element, [*captions, *bodies, *feet], node)
        finish_table(draft, self._ids)
        return [draft, *paragraphs(rest, node.element)]

    def _rows(self, node: Node) -> list[Item]:
        if self._is_only_layout(node):
            return self._neutral(node)
        role = {"thead": "THead", "tbody": "TBody", "tfoot": "TFoot"}[node.tag]
        rows = [item for item in self._kids(node) if _is(item, "TR")]
        return [Draft(role, node.element, rows, node)] if rows else []

    def _row(self, node: Node) -> list[Item]:
        if self._is_only_layout(node):
            return self._neutral(node)
        cells = [item for item in self._kids(node) if _is(item, "TH", "TD")]
        return [Draft("TR", node.element, cells, node)] if cells else []

    def _cell(self, node: Node) -> list[Item]:
        if self._is_only_layout(node):
            return self._neutral(node)
        role = node.tag.upper()
        draft = Draft(role, node.element, mixed(self._kids(node), node.element), node)
        box = node.boxes[0][2] if node.boxes else None
        table: dict[str, object] = {}
        if isinstance(box, boxes.TableCellBox):
            if box.colspan > 1:
                table["ColSpan"] = box.colspan
            if box.rowspan > 1:
                table["RowSpan"] = box.rowspan
        if table:
            draft.attributes["Table"] = table
        return [draft]

    def _is_only_layout(self, node: Node) -> bool:
        tables = [up for up in _above(node) if up.tag == "table"]
        return not tables or tables[0].role in ("presentation", "none")


def _above(node: Node) -> list[Node]:
    found = []
    while node.parent:
        node = node.parent
        found.append(node)
    return found


def _is(item: Item, *roles: str) -> bool:
    return isinstance(item, Draft) and item.role in roles


def _is_list(node: Node) -> bool:
    if node.role in ("presentation", "none"):
        return False
    return node.tag in ("ul", "ol", "menu") or node.role in ("list", "doc-toc")


def _has_alt(kid: Node | Leaf) -> bool:
    return isinstance(kid, Node) and (
        bool(_alternative(kid.element)) or any(_has_alt(below) for below in kid.kids)
    )


def _entry(
    element: Any, items: list[Item], label: Draft | None, node: Node | None = None
) -> Draft:
    """Draft an entry of the contents: its text is a Reference to what it leads to."""
    entry = Draft("TOCI", element, [label] if label else [], node)
    for inline, run in groupby(items, key=is_inline):
        if inline:
            entry.kids.append(Draft("Reference", element, list(run)))
        else:
            entry.kids += [
                kid if _is(kid, "P", "TOC", "Div", "Lbl", "Reference")
                else Draft("Div", element, paragraphs([kid], element))
                for kid in run
            ]  # fmt: skip
    return entry


def _alternative(element: Any) -> str:
    """Give what a picture says: aria-label, alt, or the title and description of an SVG."""
    for name in ("aria-label", "alt"):
        if text := element.get(name, "").strip():
            return str(text)
    parts = []
    for kid in element:
        if str(kid.tag).rpartition("}")[2] in ("title", "desc"):
            parts.append(" ".join("".join(kid.itertext()).split()))
    return " ".join(part for part in parts if part) or element.get("title", "").strip()


def _around(leaves: list[Leaf]) -> tuple[float, float, float, float]:
    """Give the rectangle around what stands on the first page."""
    page = leaves[0].page
    x0, y0, x1, y1 = zip(*(leaf.rectangle for leaf in leaves if leaf.page == page), strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def _numbering(node: Node) -> str:
    """Say how the items of a list are numbered (ISO 32000-1, table 347)."""
    marked = [
        kid for kid in node.kids if isinstance(kid, Node) and kid.marker
    ]
    if not marked:
        return "None"
    style = marked[0].marker[0].box.style["list_style_type"]
    if isinstance(style, str) and style in _NUMBERING:
        return _NUMBERING[style]
    text = marked[0].marker[0].text.strip(" .()")
    if text.isdecimal():
        return "Decimal"
    return "LowerAlpha" if text.islower() else "UpperAlpha" if text.isupper() else "Disc"


_Maker = Callable[[Meaning, Node], list[Item]]

_BY_ROLE: dict[str, _Maker] = {
    "img": Meaning._picture,
    "heading": Meaning._heading,
    "list": Meaning._list,
    "listitem": Meaning._list_item,
    "doc-footnote": Meaning._note,
}
_BY_TAG: dict[str, _Maker] = {
    "p": Meaning._paragraph,
    "pre": Meaning._paragraph,
    "blockquote": Meaning._quotation,
    "a": Meaning._link,
    "img": Meaning._picture,
    "svg": Meaning._picture,
    "figure": Meaning._figure,
    "figcaption": Meaning._caption,
    "caption": Meaning._caption,
    "ul": Meaning._list,
    "ol": Meaning._list,
    "menu": Meaning._list,
    "li": Meaning._list_item,
    "dl": Meaning._descriptions,
    "dt": Meaning._term,
    "dd": Meaning._description,
    "table": Meaning._table,
    "thead": Meaning._rows,
    "tbody": Meaning._rows,
    "tfoot": Meaning._rows,
    "tr": Meaning._row,
    "td": Meaning._cell,
    "th": Meaning._cell,
    **dict.fromkeys(_PLAIN, Meaning._emphasis),
    **dict.fromkeys(_GROUPS, Meaning._group),
    **{f"h{level}": Meaning._heading for level in range(1, 7)},
}
