"""Step 5, bind: the structure tree of the volume (ISO 32000-2, 14.7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mgi_report.pages.binding.links import Target
from mgi_report.pages.binding.objects import (
    Objects,
    byte_string,
    name,
    name_tree,
    number,
    reference,
    references,
    text,
)
from mgi_report.pages.binding.places import Place
from mgi_report.pages.binding.roles import ONLY_1_7, PDF_2_0
from mgi_report.pages.model import Conformance, Element, Leaf, LinkAnnotation, MarkedContent

_TEXT_ATTRIBUTES = frozenset({"Summary", "Short"})
"""Attributes whose values are text; other words are names (ISO 32000-2, 14.8.5)."""


@dataclass(frozen=True, slots=True)
class Bed:
    """A section on its pages of the volume, by numbers of objects."""

    leaf: Leaf
    first: int
    """Its first page in the volume, from 0. A page's number is its key in the ParentTree too."""
    pages: Sequence[int]
    annotations: Mapping[int, int]
    """By index of the link; links that lead nowhere have none."""
    targets: Mapping[int, Target]
    """What the links lead to, by their index."""

    @property
    def section(self) -> str:
        """The section's id."""
        return self.leaf.section.id


@dataclass(slots=True)
class _Node:
    """An element with its place in the file."""

    element: Element
    parent: int
    number: int
    kids: list[_Node | MarkedContent | LinkAnnotation] = field(default_factory=list)


class StructureTree:
    """Numbers and writes the elements of all sections under one Document.

    All sections are added before anything is written: an element may name one that comes later.
    """

    def __init__(self, objects: Objects, conformance: Conformance) -> None:
        self._objects = objects
        self._is_2_0 = conformance is Conformance.UA2_A4F
        self._root = objects.reserve()
        self.document = objects.reserve()
        """Number of the Document element."""
        self.elements: dict[tuple[str, str], int] = {}
        """Numbers of elements by section and anchor; with "" the section's own."""
        self._namespace = ""
        if self._is_2_0:
            self._namespace = reference(objects.add(f"<</Type/Namespace/NS{text(PDF_2_0)}>>"))
        self._sections: list[tuple[_Node, Bed]] = []
        self._ids: dict[str, int] = {}
        self._parents: dict[int, str] = {}
        """Key in the ParentTree → what it holds."""

    def add(self, sect: Element, bed: Bed) -> None:
        """Add a section's Sect."""
        node = self._number(sect, self.document, bed.section)
        self.elements[bed.section, ""] = node.number
        self._sections.append((node, bed))

    def _number(self, element: Element, parent: int, section: str) -> _Node:
        node = _Node(element, parent, self._objects.reserve())
        for anchor in element.anchors:
            self.elements.setdefault((section, anchor), node.number)
        if element.id is not None:
            self._ids[_id(section, element.id)] = node.number
        node.kids = [
            self._number(kid, node.number, section) if isinstance(kid, Element) else kid
            for kid in element.kids
        ]
        return node

    def write(self, annotation_keys: Mapping[int, int]) -> int:
        """Write the tree and give its root's number.

        `annotation_keys` are the annotations' keys in the ParentTree by their numbers.
        """
        for node, bed in self._sections:
            owners: list[dict[int, int]] = [{} for _ in bed.pages]
            self._write(node, bed, owners, annotation_keys)
            for key, owned in enumerate(owners, start=bed.first):
                last = max(owned, default=-1)
                array = " ".join(
                    reference(owned[mcid]) if mcid in owned else "null" for mcid in range(last + 1)
                )
                self._parents[key] = reference(self._objects.add(f"[{array}]"))
        kids = references(node.number for node, _ in self._sections)
        self._objects.put(
            self.document,
            f"<</Type/StructElem/S/Document/P {reference(self._root)}/K{kids}"
            f"{self._namespace_of('Document')}>>",
        )
        self._objects.put(self._root, self._root_dictionary())
        return self._root

    def _root_dictionary(self) -> str:
        pairs = " ".join(f"{key} {value}" for key, value in sorted(self._parents.items()))
        entries = f"/K {reference(self.document)}/ParentTreeNextKey {len(self._parents)}"
        entries += f"/ParentTree {reference(self._objects.add(f'<</Nums[{pairs}]>>'))}"
        if self._ids:
            tree = name_tree({key: reference(value) for key, value in self._ids.items()})
            entries += f"/IDTree {reference(self._objects.add(tree))}"
        if self._namespace:
            entries += f"/Namespaces[{self._namespace}]"
        return f"<</Type/StructTreeRoot{entries}>>"

    def _write(
        self,
        node: _Node,
        bed: Bed,
        owners: list[dict[int, int]],
        annotation_keys: Mapping[int, int],
    ) -> None:
        own_page: int | None = None
        kids: list[str] = []
        for kid in node.kids:
            match kid:
                case MarkedContent(page, mcid):
                    owners[page][mcid] = node.number
                    if own_page is None:
                        own_page = page
                    kids.append(
                        str(mcid)
                        if page == own_page
                        else f"<</Type/MCR/Pg {reference(bed.pages[page])}/MCID {mcid}>>"
                    )
                case LinkAnnotation(link):
                    annotation = bed.annotations[link]
                    self._parents[annotation_keys[annotation]] = reference(node.number)
                    kids.append(f"<</Type/OBJR/Obj {reference(annotation)}>>")
                case _:
                    kids.append(reference(kid.number))
                    self._write(kid, bed, owners, annotation_keys)
        entries = f"/S{name(node.element.role)}/P {reference(node.parent)}"
        if own_page is not None:
            entries += f"/Pg {reference(bed.pages[own_page])}"
        if kids:
            entries += f"/K[{' '.join(kids)}]"
        entries += self._properties(node, bed) + self._namespace_of(node.element.role)
        self._objects.put(node.number, f"<</Type/StructElem{entries}>>")

    def _properties(self, node: _Node, bed: Bed) -> str:
        """Write what an element says of itself."""
        element = node.element
        entries = ""
        if element.id is not None:
            entries += f"/ID{byte_string(_id(bed.section, element.id))}"
        for key, value in (
            ("T", element.title),
            ("Lang", element.lang),
            ("Alt", element.alt),
            ("ActualText", element.actual_text),
        ):
            if value is not None:
                entries += f"/{key}{text(value)}"
        if attributes := self._attributes(element, bed.section):
            entries += f"/A[{attributes}]"
        if self._is_2_0 and (related := self._related(node, bed)):
            entries += f"/Ref{references(related)}"
        return entries

    def _attributes(self, element: Element, section: str) -> str:
        """Write attribute objects, one for each owner (ISO 32000-2, 14.7.6)."""
        by_owner = {
            owner: "".join(f"{name(key)} {_value(key, value)}" for key, value in values.items())
            for owner, values in element.attributes.items()
        }
        headers = [_id(section, header) for header in element.headers]
        if known := [header for header in headers if header in self._ids]:
            array = "".join(byte_string(header) for header in known)
            by_owner["Table"] = f"{by_owner.get('Table', '')}/Headers[{array}]"
        return "".join(f"<</O{name(owner)}{entries}>>" for owner, entries in by_owner.items())

    def _related(self, node: _Node, bed: Bed) -> list[int]:
        """Find the elements that belong to one (ISO 14289-2, 8.2.5.8 and 8.2.5.14).

        These are of a note its calls, of a call its note, of an entry in the contents what it
        leads to.
        """
        ids = (_id(bed.section, target) for target in node.element.references)
        related = [self._ids[target] for target in ids if target in self._ids]
        if node.element.role == "TOCI":
            targets = (bed.targets[link] for link in _links(node))
            related += [
                self.elements.get(
                    (target.section, target.anchor),
                    self.elements.get((target.section, ""), self.document),
                )
                for target in targets
                if isinstance(target, Place)
            ][:1]
        return related

    def _namespace_of(self, role: str) -> str:
        """Write the namespace of a type; without one it is PDF 1.7's."""
        return f"/NS {self._namespace}" if self._is_2_0 and role not in ONLY_1_7 else ""


def _id(section: str, element_id: str) -> str:
    """Make an id that is unique in the volume."""
    return f"{section}/{element_id}"


def _links(node: _Node) -> list[int]:
    """List the links in an element, not those in the entries nested in it."""
    found = []
    for kid in node.kids:
        if isinstance(kid, LinkAnnotation):
            found.append(kid.link)
        elif isinstance(kid, _Node) and kid.element.role != "TOC":
            found += _links(kid)
    return found


def _value(key: str, value: object) -> str:
    """Write an attribute's value."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return number(value)
        case str():
            return text(value) if key in _TEXT_ATTRIBUTES else name(value)
        case list() | tuple():
            return f"[{' '.join(_value(key, item) for item in value)}]"
        case _:
            raise TypeError(f"A structure attribute {key} cannot be {value!r}.")
