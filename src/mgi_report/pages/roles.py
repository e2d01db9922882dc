"""Step 5, bind: a section's elements as each standard wants them.

The typesetting says what HTML says; here that becomes a tree that PDF 1.7 (ISO 32000-1, 14.8.4)
or PDF 2.0 (ISO 32000-2, 14.8.4; ISO/TS 32005 on nesting) allows. Pure: elements to elements.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import groupby

from mgi_report.pages.model import Conformance, Element, LinkAnnotation, MarkedContent, Section

Kid = Element | MarkedContent | LinkAnnotation

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

_NO_BARE_TEXT = frozenset({"Document", "Part", "Art", "Sect", "Aside", "BlockQuote"})
"""Types that group blocks: text stands in them only inside a paragraph (ISO/TS 32005, table 5)."""

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


def shape_section(
    section: Section, elements: tuple[Element, ...], lang: str, conformance: Conformance,
    dead: Collection[int],
) -> Element:  # fmt: skip
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
    return _shape(replace(sect, title=sect.title or section.title or None), conformance, dead)


def _shape(element: Element, conformance: Conformance, dead: Collection[int]) -> Element:
    role = _NAMES[conformance].get(element.role, element.role)
    kids = tuple(_shape_kids(element, conformance, dead))
    if role == "Link" and not any(isinstance(kid, LinkAnnotation) for kid in kids):
        role = "Span"  # a Link has an annotation (ISO 14289-1, 7.18.5)
    if role in _NO_BARE_TEXT:
        kids = tuple(_wrap_text(kids))
    attributes = element.attributes
    if role == "FENote" and "FENote" not in attributes:
        # The standard's Footnote stands for notes at the foot of a page or at the end of a text.
        attributes = {**attributes, "FENote": {"NoteType": "Footnote"}}
    if (role, kids, attributes) == (element.role, element.kids, element.attributes):
        return element
    return replace(element, role=role, kids=kids, attributes=attributes)


def _shape_kids(element: Element, conformance: Conformance, dead: Collection[int]) -> Iterator[Kid]:
    for kid in element.kids:
        if isinstance(kid, Element):
            yield _shape(kid, conformance, dead)
        elif not isinstance(kid, LinkAnnotation) or kid.link not in dead:
            yield kid


def _wrap_text(kids: tuple[Kid, ...]) -> Iterator[Kid]:
    """Put runs of text and of what stands in a line into paragraphs."""
    for is_inline, run in groupby(kids, key=_is_inline):
        if is_inline:
            yield Element("P", tuple(run))
        else:
            yield from run


def _is_inline(kid: Kid) -> bool:
    return not isinstance(kid, Element) or kid.role in _INLINE
