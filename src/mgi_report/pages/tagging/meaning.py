"""Step 4, typeset: what HTML elements mean, as structure elements.

One handler for each role of ARIA and tag of HTML that means something; all others are neutral, and
what is in them counts as if it stood in their place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mgi_report.diagnostics import Diagnostic, Rule
from mgi_report.pages.complaints import Origins
from mgi_report.pages.tagging.drafts import (
    Draft,
    Item,
    in_line,
    is_a,
    is_inline,
    mixed,
    paragraphs,
    spread,
)
from mgi_report.pages.tagging.figures import caption_of, figure_of, picture_of
from mgi_report.pages.tagging.lists import (
    description_of,
    descriptions_of,
    item_of,
    list_of,
    term_of,
)
from mgi_report.pages.tagging.tables import cell_of, row_of, rows_of, table_of
from mgi_report.pages.tagging.tags import Node, Patch, Tree

_PLAIN = {"em": "Em", "strong": "Strong", "q": "Quote", "code": "Code", "kbd": "Code"}
_GROUPS = {"section": "Sect", "article": "Art", "main": "Part", "nav": "Div", "aside": "Aside"}
_BLOCK_TAGS = frozenset(
    {"address", "center", "details", "div", "dl", "fieldset", "footer", "form", "header", "hgroup"}
)
"""Blocks even where they have no box of their own."""


class Meaning:
    """Drafts the structure of a section from its HTML elements."""

    def __init__(self, tree: Tree, origins: Origins) -> None:
        self._tree = tree
        self._origins = origins
        self._ids = {element.get("id") for element in tree.root.element.iter()}
        self._nameless: dict[Node, list[str]] = {}
        self._notes: dict[str, Draft] = {}
        self._calls: list[tuple[str, Draft]] = []
        self.headings: list[tuple[Draft, Node]] = []
        self.diagnostics: list[Diagnostic] = []

    def draft(self) -> list[Item]:
        """Draft the whole section, in reading order."""
        root = self._tree.root
        items = paragraphs(self.kids(root), root.element)
        for target, call in self._calls:
            note = self._notes.get(target)
            if note and note.id and call.id:
                call.references.append(note.id)
                note.references.append(call.id)
        return items

    # --- for all handlers -------------------------------------------------------------------

    def kids(self, node: Node) -> list[Item]:
        """Draft all that is in an element."""
        kids = node.kids
        if not any(isinstance(kid, Patch) for kid in kids):
            # Reading order is that of the HTML, wherever CSS puts things.
            kids = sorted(kids, key=lambda kid: kid.order if isinstance(kid, Node) else 0)
        out: list[Item] = []
        for kid in kids:
            out += [kid] if isinstance(kid, Patch) else self._of(kid)
        return out

    def neutral(self, node: Node) -> list[Item]:
        """Draft an element that means nothing by itself: div, span, b."""
        items = self.kids(node)
        element = node.element
        if node.parent and node.parent.tag == "dl":
            return items
        if not (node.is_block or (not node.boxes and node.tag in _BLOCK_TAGS)):
            if items and element.get("lang") not in (None, "", _language(node.parent)):
                return spread(Draft("Span", element, node=node), items)
            return items
        is_paragraph = all(is_inline(item) for item in items)
        blocks = paragraphs(items, element)
        only = blocks[0] if len(blocks) == 1 else None
        if is_paragraph and isinstance(only, Draft) and only.is_soft:
            only.node = node
        label = element.get("aria-label")
        if blocks and (label or (element.get("data-block") and not only)):
            return [Draft("Div", element, blocks, node, title=label)]
        return blocks

    def new_id(self, stem: str) -> str:
        """Make an id that the section does not have: "call-1", "call-2" and so on."""
        count = 1
        while (name := f"{stem}-{count}") in self._ids:
            count += 1
        self._ids.add(name)
        return name

    def report(self, rule: Rule, element: Any, message: str, hint: str | None = None) -> None:
        """Say what is wrong with an element."""
        self.diagnostics.append(self._origins.diagnostic(rule, element, message, hint))

    def _of(self, node: Node) -> list[Item]:
        make = _BY_ROLE.get(node.role) or _BY_TAG.get(node.tag, Meaning.neutral)
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

    # --- blocks -----------------------------------------------------------------------------

    def paragraph(self, node: Node) -> list[Item]:
        """Draft `p` and `pre`."""
        items = in_line(self.kids(node))
        return [Draft("P", node.element, items, node)] if items else []

    def heading(self, node: Node) -> list[Item]:
        """Draft `h1` to `h6`."""
        level = node.tag[1:] if node.role != "heading" else node.element.get("aria-level", "2")
        items = in_line(self.kids(node))
        if not items:
            return []
        draft = Draft(f"H{level}", node.element, items, node)
        if not node.element.get("id"):
            draft.anchors.append(self.new_id("heading"))
        self.headings.append((draft, node))
        return [draft]

    def group(self, node: Node) -> list[Item]:
        """Draft `section`, `article`, `main`, `nav` and `aside`."""
        element = node.element
        items = paragraphs(self.kids(node), element)
        if not items:
            return []
        role = _GROUPS[node.tag]
        if role == "Art" and any(up.tag == "article" for up in node.above()):
            role = "Sect"
        if node.role == "doc-toc" and all(is_a(item, "TOC") for item in items):
            return items
        return [Draft(role, element, items, node, title=element.get("aria-label"))]

    def quotation(self, node: Node) -> list[Item]:
        """Draft `blockquote`."""
        items = paragraphs(self.kids(node), node.element)
        return [Draft("BlockQuote", node.element, items, node)] if items else []

    # --- in lines ---------------------------------------------------------------------------

    def emphasis(self, node: Node) -> list[Item]:
        """Draft `em`, `strong`, `q` and `code`."""
        outer = Draft(_PLAIN[node.tag], node.element, node=node, is_block=node.is_block)
        items = self.kids(node)
        return spread(outer, items) if items else []

    def link(self, node: Node) -> list[Item]:
        """Draft `a`; the call of a note is a Reference, the way back to it the note's label."""
        element = node.element
        target = element.get("href", "").strip()
        if not target:
            return self.neutral(node)
        items = self.kids(node)
        if not items:
            return []
        made = spread(Draft("Link", element, node=node, is_block=node.is_block), items)
        if node.role == "doc-noteref":
            call = Draft("Reference", element, made, node)
            call.id = element.get("id") or self.new_id("call")
            self._calls.append((target.removeprefix("#"), call))
            return [call]
        if node.role == "doc-backlink" and any(up.role == "doc-footnote" for up in node.above()):
            return [Draft("Lbl", element, made, node)]
        return made

    def note(self, node: Node) -> list[Item]:
        """Draft a note, where it is called."""
        items = mixed(self.kids(node), node.element)
        if not items:
            return []
        note = Draft("Note", node.element, items, node)
        note.id = node.element.get("id") or self.new_id("note")
        self._notes[note.id] = note
        return [note]


def _language(node: Node | None) -> str | None:
    while node:
        if lang := node.element.get("lang"):
            return str(lang)
        node = node.parent
    return None


_Handler = Callable[[Meaning, Node], list[Item]]

_BY_ROLE: dict[str, _Handler] = {
    "img": picture_of,
    "heading": Meaning.heading,
    "list": list_of,
    "listitem": item_of,
    "doc-footnote": Meaning.note,
}
_BY_TAG: dict[str, _Handler] = {
    "p": Meaning.paragraph,
    "pre": Meaning.paragraph,
    "blockquote": Meaning.quotation,
    "a": Meaning.link,
    "img": picture_of,
    "svg": picture_of,
    "figure": figure_of,
    "figcaption": caption_of,
    "caption": caption_of,
    "ul": list_of,
    "ol": list_of,
    "menu": list_of,
    "li": item_of,
    "dl": descriptions_of,
    "dt": term_of,
    "dd": description_of,
    "table": table_of,
    "thead": rows_of,
    "tbody": rows_of,
    "tfoot": rows_of,
    "tr": row_of,
    "td": cell_of,
    "th": cell_of,
    **dict.fromkeys(_PLAIN, Meaning.emphasis),
    **dict.fromkeys(_GROUPS, Meaning.group),
    **{f"h{level}": Meaning.heading for level in range(1, 7)},
}
