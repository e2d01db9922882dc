"""Step 5, bind: links and the destinations that they lead to.

Sources: ISO 32000-2, 12.3.2 (destinations), 12.5.6.5 (link annotations), 12.6.4 (actions);
ISO 14289-2, 8.8 (structure destinations).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote, urlsplit

from mgi_report.diagnostics import Diagnostic, Rule, Span
from mgi_report.pages.binding.objects import number, numbers, reference, text
from mgi_report.pages.binding.places import Place, Places
from mgi_report.pages.model import (
    Conformance,
    Element,
    Leaf,
    Link,
    LinkAnnotation,
    Rectangle,
)
from mgi_report.pages.rectangles import around

Target = Place | str
"""A place in the volume, or an address that is ready for a URI action."""

_PRINT = 4
"""Flag of an annotation: it is printed, which PDF/A asks for (ISO 19005-3, 6.3.2)."""
_ADDRESS = re.compile(r"(https?://[^/]|mailto:[^@]+@|tel:)", re.IGNORECASE)
_KEPT_IN_ADDRESS = "!#$%&'()*+,/:;=?@[]~"
"""Characters that mean something in an address, and % of what is escaped already (RFC 3986)."""


def resolve(leaf: Leaf, places: Places) -> tuple[dict[int, Target], list[Diagnostic]]:
    """Find what a section's links lead to, by their index; say which lead nowhere."""
    targets: dict[int, Target] = {}
    diagnostics = []
    for index, link in enumerate(leaf.pages.links):
        if link.target.startswith(("#", "section:")):
            target: Target | None = places.find(leaf.section.id, link.target)
        else:
            target = _address(link.target)
        if target is None:
            message = f'The link "{link.text}" leads to "{link.target}", which is not there.'
            span = _span(leaf, index)
            diagnostics.append(Diagnostic(Rule.LINK_LEADS_SOMEWHERE, message, span))
        else:
            targets[index] = target
    return targets, diagnostics


def _address(target: str) -> str | None:
    """Write an address in ASCII (RFC 3987, 3.1); None for one that a reader cannot follow."""
    if not _ADDRESS.match(target):
        return None
    try:
        host = urlsplit(target).hostname or ""
        if not host.isascii():
            target = target.replace(host, host.encode("idna").decode("ascii"), 1)
    except ValueError:
        return None
    return quote(target, safe=_KEPT_IN_ADDRESS)


def _span(leaf: Leaf, index: int) -> Span | None:
    """Find where the block with a link comes from."""
    for block, found in _blocks_of_links(leaf.pages.structure, None):
        if found == index and block is not None:
            return leaf.section.blocks.get(block)
    return None


def _blocks_of_links(
    elements: Sequence[object], block: str | None
) -> Iterator[tuple[str | None, int]]:
    for kid in elements:
        if isinstance(kid, Element):
            yield from _blocks_of_links(kid.kids, kid.block or block)
        elif isinstance(kid, LinkAnnotation):
            yield block, kid.link


class Destinations:
    """Writes destinations: to a page, and from PDF 2.0 on to a structure element too."""

    def __init__(
        self,
        pages: Sequence[int],
        elements: Mapping[tuple[str, str], int],
        document: int,
        conformance: Conformance,
    ) -> None:
        """Take the numbers of pages, of elements by section and anchor, and of the Document."""
        self._pages = pages
        self._elements = elements
        self._document = document
        self._structured = conformance is Conformance.UA2_A4F

    def entries(self, place: Place) -> str:
        """Write the entries /D and /SD, of an action or a named destination.

        Readers that do not know /SD follow /D (ISO 32000-2, table 202).
        """
        view = f"/XYZ {_coordinate(place.x)} {_coordinate(place.y)} null]"
        page = f"/D[{reference(self._pages[place.page])}{view}"
        if not self._structured:
            return page
        element = self._elements.get(
            (place.section, place.anchor), self._elements.get((place.section, ""), self._document)
        )
        return f"{page}/SD[{reference(element)}{view}"

    def action(self, place: Place) -> str:
        """Write an action that goes to a place."""
        return f"<</S/GoTo{self.entries(place)}>>"


def _coordinate(value: float | None) -> str:
    return "null" if value is None else number(value)


def annotation(link: Link, target: Target, destinations: Destinations, parent_key: int) -> str:
    """Write a link; `parent_key` is its key in the ParentTree."""
    entries = f"/Rect{numbers(around(link.rectangles))}"
    if len(link.rectangles) > 1:
        entries += f"/QuadPoints{numbers(_quadrilaterals(link.rectangles))}"
    if isinstance(target, str):
        action = f"<</S/URI/URI{text(target)}>>"
    else:
        action = destinations.action(target)
    return (
        f"<</Type/Annot/Subtype/Link{entries}/Border[0 0 0]/F {_PRINT}"
        f"/Contents{text(link.text or link.target)}/StructParent {parent_key}/A{action}>>"
    )


def _quadrilaterals(rectangles: Sequence[Rectangle]) -> Iterator[float]:
    """Give corners as readers expect them, against the letter of 12.5.6.10: top, then bottom."""
    for x0, y0, x1, y1 in rectangles:
        yield from (x0, y1, x1, y1, x0, y0, x1, y0)
