"""Step 6, audit: the structure tree as a reader finds it (ISO 32000-2, 14.7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf

from mgi_report.checks.painted import Identity

_NO_PAGE = (0, 0)
_MCR, _OBJR, _TOCI = Name.MCR, Name.OBJR, Name.TOCI  # to make a name takes longer than to compare


@dataclass(slots=True)
class Tagged:
    """What the elements that can be reached from the root lay claim to."""

    elements: set[Identity] = field(default_factory=set)
    content: dict[tuple[Identity, int], Identity] = field(default_factory=dict)
    """Page or form, and MCID → the element that has it."""
    annotations: dict[Identity, Identity] = field(default_factory=dict)
    """Annotation → the element that has it."""
    entries: set[Identity] = field(default_factory=set)
    """Annotations in the entries of the contents."""
    strays: int = 0
    """Elements whose parent entry names another parent, or that are reached twice."""
    parents: dict[int, Object] = field(default_factory=dict)
    """The ParentTree: StructParents or StructParent → element, or elements by MCID."""

    def owner(self, key: int | None, mcid: int) -> Identity | None:
        """Find by the ParentTree the element that a piece of content belongs to."""
        if key is None or key not in self.parents:
            return None
        owners = self.parents[key]
        if not isinstance(owners, Array) or not 0 <= mcid < len(owners):
            return None
        return owners[mcid].objgen if isinstance(owners[mcid], Dictionary) else None


def read_structure(pdf: Pdf) -> Tagged:
    """Read the tree from its root, and the ParentTree."""
    tagged = Tagged()
    if (root := pdf.Root.get("/StructTreeRoot")) is None:
        return tagged
    waiting = [(kid, root.objgen, _NO_PAGE, False) for kid in kids_of(root.get("/K"))]
    while waiting:
        kid, parent, page, in_contents = waiting.pop()
        if isinstance(kid, int):
            tagged.content[page, kid] = parent
            continue
        if not isinstance(kid, Dictionary):
            tagged.strays += 1
            continue
        kind = kid.get("/Type")
        if kind == _MCR:
            stream = kid.Stm.objgen if "/Stm" in kid else _page(kid, page)
            tagged.content[stream, int(kid.MCID)] = parent
        elif kind == _OBJR:
            tagged.annotations[kid.Obj.objgen] = parent
            if in_contents:
                tagged.entries.add(kid.Obj.objgen)
        else:
            own = kid.objgen
            if own in tagged.elements or kid.P.objgen != parent:
                tagged.strays += 1
                continue
            tagged.elements.add(own)
            own_page = _page(kid, _NO_PAGE)
            in_contents = in_contents or kid.S == _TOCI
            waiting += [(below, own, own_page, in_contents) for below in kids_of(kid.get("/K"))]
    tagged.parents = dict(number_tree(root.get("/ParentTree")))
    return tagged


def number_tree(node: Object | None) -> Iterator[tuple[int, Object]]:
    """Give the entries of a number tree (7.9.7)."""
    if node is None:
        return
    entries = kids_of(node.get("/Nums"))
    for key, value in zip(entries[::2], entries[1::2], strict=True):
        yield int(key), value
    for kid in kids_of(node.get("/Kids")):
        yield from number_tree(kid)


def name_tree(node: Object | None) -> Iterator[tuple[bytes, Object]]:
    """Give the entries of a name tree (7.9.6)."""
    if node is None:
        return
    entries = kids_of(node.get("/Names"))
    for key, value in zip(entries[::2], entries[1::2], strict=True):
        yield bytes(key), value
    for kid in kids_of(node.get("/Kids")):
        yield from name_tree(kid)


def _page(node: Object, default: Identity) -> Identity:
    page = node.get("/Pg")
    identity: Identity = default if page is None else page.objgen
    return identity


def kids_of(kids: Object | None) -> list[Any]:
    """Give what stands alone or in an array."""
    if kids is None:
        return []
    return list(kids) if not isinstance(kids, int) and isinstance(kids, Array) else [kids]
