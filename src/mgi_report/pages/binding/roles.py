"""Step 5, bind: a section's elements as each standard wants them.

The typesetting says what HTML says; here that becomes a tree that PDF 1.7 (ISO 32000-1, 14.8.4)
or PDF 2.0 (ISO 32000-2, 14.8.4; ISO/TS 32005 on nesting) allows. Pure: elements to elements.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import TypeAlias

from mgi_report.pages.model import Conformance, Element, LinkAnnotation, MarkedContent, Section
from mgi_report.remembering import remembered

Kid: TypeAlias = Element | MarkedContent | LinkAnnotation
Attributes: TypeAlias = Mapping[str, Mapping[str, object]]

PDF_2_0 = "http://iso.org/pdf2/ssn"
"""The namespace of PDF 2.0's structure types (ISO 32000-2, 14.8.6)."""

ONLY_1_7 = frozenset(
    {
        "Art",
        "BibEntry",
        "BlockQuote",
        "Code",
        "Index",
        "NonStruct",
        "Private",
        "Quote",
        "Reference",
        "TOC",
        "TOCI",
    }
)
"""Types that PDF 2.0 has left in the namespace of PDF 1.7, where they may still be used."""

_NAMES = {
    Conformance.UA1_A3A: {
        "Aside": "Div",
        "DocumentFragment": "Div",
        "Em": "Span",
        "FENote": "Note",
        "Strong": "Span",
        "Sub": "Span",
        "Title": "P",
    },
    Conformance.UA2_A4F: {"Note": "FENote"},
}
"""What a type is called where the standard does not have it."""

_NUMBERING_OF_1_7 = {"Description": "None", "Ordered": "Decimal", "Unordered": "Disc"}
"""ListNumbering that PDF 2.0 has added (ISO 32000-2, 14.8.5.5) → the nearest before it."""

_NO_BARE_TEXT = frozenset({"Document", "Part", "Art", "Sect", "Aside", "BlockQuote"})
"""Types that group blocks: text stands in them only inside a paragraph (ISO/TS 32005, table 5)."""

_NOT_IN = {
    "Aside": frozenset({"Aside", "BlockQuote", "TD", "TH"}),
    "BlockQuote": frozenset({"TD", "TH"}),
}
"""What PDF 2.0 does not let stand in what (ISO/TS 32005, table 5)."""

_SEEN_THROUGH = frozenset({"Div", "NonStruct"})
"""Types that do not count where nesting is judged."""

_INLINE = frozenset(
    {
        "BibEntry",
        "Code",
        "Em",
        "Lbl",
        "Link",
        "Quote",
        "Reference",
        "Ruby",
        "Span",
        "Strong",
        "Sub",
        "Warichu",
    }
)


@remembered(128)  # most sections of a volume are those of the volume before it
def shape_section(
    section: Section,
    elements: tuple[Element, ...],
    lang: str,
    conformance: Conformance,
    dead: tuple[int, ...],
) -> Element:
    """Make one Sect of a section's elements.

    `lang` is the volume's language; `dead` are the indexes of links that lead nowhere.
    """
    match elements:
        case (Element(role="Document" | "Part" | "Art" | "Sect" | "Div") as root,):
            sect = replace(root, role="Sect")
        case _:
            sect = Element("Sect", elements)
    if section.lang != lang and sect.lang is None:
        sect = replace(sect, lang=section.lang)
    sect = replace(sect, title=sect.title or section.title or None)
    return _Shaper(conformance, dead).shape(sect)


class _Shaper:
    """Shapes elements for one standard."""

    def __init__(self, conformance: Conformance, dead: Collection[int]) -> None:
        self._is_2_0 = conformance is Conformance.UA2_A4F
        self._names = _NAMES[conformance]
        self._dead = dead

    def shape(self, element: Element, around: str = "Document") -> Element:
        """Shape an element and all in it; `around` is the type of what it stands in."""
        role = self._names.get(element.role, element.role)
        if self._is_2_0 and around in _NOT_IN.get(role, ()):
            role = "Div"
        inside = around if role in _SEEN_THROUGH else role
        kids = tuple(
            self.shape(kid, inside) if isinstance(kid, Element) else kid
            for kid in element.kids
            if not isinstance(kid, LinkAnnotation) or kid.link not in self._dead
        )
        if role == "Link" and not any(isinstance(kid, LinkAnnotation) for kid in kids):
            role = "Span"  # a Link has an annotation (ISO 14289-1, 7.18.5)
        if role in _NO_BARE_TEXT:
            kids = tuple(_wrap_text(kids))
        attributes = self._attributes(role, element.attributes)
        if (role, kids, attributes) == (element.role, element.kids, element.attributes):
            return element
        return replace(element, role=role, kids=kids, attributes=attributes)

    def _attributes(self, role: str, given: Attributes) -> Attributes:
        numbering = given.get("List", {}).get("ListNumbering")
        if not self._is_2_0 and numbering in _NUMBERING_OF_1_7:
            return {**given, "List": {"ListNumbering": _NUMBERING_OF_1_7[str(numbering)]}}
        if role == "FENote" and "FENote" not in given:
            # Footnote is what PDF 2.0 calls a note at the foot of a page.
            return {**given, "FENote": {"NoteType": "Footnote"}}
        return given


def _wrap_text(kids: tuple[Kid, ...]) -> Iterator[Kid]:
    """Put runs of text and of what stands in a line into paragraphs."""
    for is_inline, run in groupby(kids, key=_is_inline):
        if is_inline:
            yield Element("P", tuple(run))
        else:
            yield from run


def _is_inline(kid: Kid) -> bool:
    return not isinstance(kid, Element) or kid.role in _INLINE
