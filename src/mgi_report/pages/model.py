"""The vocabulary of pages: what steps 3, 4 and 5 hand to each other.

Lengths are in points (1/72 inch); a place on a page is measured from the page's bottom left corner,
as in PDF. Pages of a section count from 0 inside the program, folios from 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from mgi_report.diagnostics import Diagnostic, Span
from mgi_report.results import BoundSection

Rectangle: TypeAlias = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points from the page's bottom left corner."""

# --- Step 3 gives -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """A style sheet, as text."""

    path: str
    """Where it came from, for messages: "layouts/mgi/css/type.css"."""
    text: str


@dataclass(frozen=True, slots=True)
class FontFace:
    """A font file that the layout brings."""

    family: str
    weight: int
    """100 to 900."""
    italic: bool
    path: str
    """Path in the project or in what is shipped; also the key of `Section.files`."""
    without: str = ""
    """Characters that it leaves to the next family, though it has them."""


@dataclass(frozen=True, slots=True)
class Supplies:
    """What all sections of a layout are typeset with, known before there is a section."""

    styles: tuple[StyleSheet, ...]
    fonts: tuple[FontFace, ...]
    files: Mapping[str, bytes]
    """The fonts' files by path."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the volume that starts on a new page, ready to be typeset; whole in itself."""

    id: str
    """"covid-19"."""
    kind: str
    """Which template made it: "domain"."""
    title: str
    """As printed in contents and outline."""
    lang: str
    """BCP 47 tag."""
    direction: str
    """ltr or rtl."""
    html: str
    """A whole HTML document. Internal links are `#id` (inside the section) or `section:id` and
    `section:id/anchor` (anywhere in the volume). Blocks carry `data-block` (a key of `blocks`)."""
    styles: tuple[StyleSheet, ...]
    fonts: tuple[FontFace, ...]
    files: Mapping[str, bytes]
    """All that the HTML and CSS may load, by the address they use: fonts, pictures."""
    blocks: Mapping[str, Span] = field(default_factory=dict)
    """Where each block comes from; not part of the section's digest."""
    template: str = ""
    """Path of its template, for messages."""
    templates: tuple[str, ...] = ()
    """Paths of its template and those that this one uses: what is wrong with their HTML and CSS is
    looked for in them; not part of the section's digest."""
    written: tuple[str, ...] = ()
    """Paths of the texts that its words may come from, the template first: the place of what is
    wrong is looked for in them; not part of the section's digest."""


# --- Step 4 gives -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MarkedContent:
    """A piece of a page's content stream."""

    page: int
    """Page of the section, from 0."""
    mcid: int
    """The number it carries in the content stream."""


@dataclass(frozen=True, slots=True)
class LinkAnnotation:
    """The place of a link in the structure tree."""

    link: int
    """Index in `Pages.links`."""


@dataclass(frozen=True, slots=True)
class Element:
    """A structure element, one for each HTML element that means something (ISO 32000-2, 14.7)."""

    role: str
    """Standard structure type of PDF 1.7 (ISO 32000-1, 14.8.4), with PDF 2.0's where they differ
    left to the binding: P, H1, L, LI, Lbl, LBody, Note, Reference, TOC, TOCI, Figure, Caption …"""
    kids: tuple[Element | MarkedContent | LinkAnnotation, ...] = ()
    id: str | None = None
    """Unique in the section; what `headers` and `references` name."""
    anchors: tuple[str, ...] = ()
    """HTML ids that lead to this element (structure destinations)."""
    lang: str | None = None
    """BCP 47 tag, only where it differs from the parent's."""
    alt: str | None = None
    actual_text: str | None = None
    title: str | None = None
    attributes: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """By owner, then name (ISO 32000-1, 14.8.5): {"Table": {"Scope": "Column"}, "List":
    {"ListNumbering": "Decimal"}, "Layout": {"BBox": (x0, y0, x1, y1)}}."""
    headers: tuple[str, ...] = ()
    """Ids of header cells, for a data cell of a table that needs them."""
    references: tuple[str, ...] = ()
    """Ids of elements that belong to it: of a Reference its Note, of a Note its Reference."""
    block: str | None = None
    """`data-block` of the HTML element."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link on a page; one line of a link that is broken over lines is one rectangle."""

    page: int
    """Page of the section, from 0. A link broken over pages is one `Link` a page."""
    rectangles: tuple[Rectangle, ...]
    """One a line."""
    target: str
    """An address, `#anchor` of this section, or `section:id[/anchor]`."""
    text: str
    """What the link says, for those who hear it."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that links lead to."""

    name: str
    """HTML id."""
    page: int
    x: float
    y: float
    """Points from the bottom left: the top of what has the id."""


@dataclass(frozen=True, slots=True)
class PageHeading:
    """A heading, for the outline."""

    level: int
    """1 to 6."""
    text: str
    anchor: str
    """HTML id of the heading (each has one)."""
    page: int
    y: float


@dataclass(frozen=True, slots=True)
class FontUse:
    """A font as the pages of a section use it. The PDF has no font file; the binding puts it in."""

    name: str
    """Key in the pages' /Resources /Font, the same in each section that uses the font."""
    path: str
    """Key in `Section.files` of the font file."""
    digest: str
    """SHA-256 of the font file, hexadecimal."""
    glyphs: Mapping[int, str]
    """Glyph id → the characters it stands for."""
    widths: Mapping[int, float]
    """Glyph id → width, in thousandths of the size."""
    italic: bool
    ascent: int
    descent: int


@dataclass(frozen=True, slots=True)
class BlockPlace:
    """Where a block of the content stands."""

    block: str
    """Key in `Section.blocks`."""
    page: int
    rectangle: Rectangle
    words: str = ""
    """How it begins."""


@dataclass(frozen=True, slots=True)
class WordsPlace:
    """Where words stand that are in no block: titles, labels, texts of YAML."""

    text: str
    """All that the HTML element says, without what ties words or parts them."""
    page: int
    rectangle: Rectangle


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text that is read."""

    page: int
    rectangle: Rectangle
    baseline: float
    """Points from the page's lower edge."""
    mcid: int
    """The marked content that it begins with."""


@dataclass(frozen=True, slots=True)
class TextPlace:
    """Where a text stands, or what of it is on one line."""

    text: str
    page: int
    rectangle: Rectangle
    """From the line that its letters stand on to the top of the tall ones."""
    origin: str
    """Where its words come from, as the file of a place in the way of `placing`."""


@dataclass(frozen=True, slots=True)
class Pages:
    """A section typeset. Same `Section`, same bytes."""

    pdf: bytes
    """The pages: content streams and resources, without font files, annotations, outline,
    structure tree or metadata, which the binding makes for the volume."""
    count: int
    structure: tuple[Element, ...]
    """In reading order."""
    links: tuple[Link, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    headings: tuple[PageHeading, ...] = ()
    fonts: tuple[FontUse, ...] = ()
    places: tuple[BlockPlace, ...] = ()
    words: tuple[WordsPlace, ...] = ()
    texts: tuple[TextPlace, ...] = ()
    """None where text is too long for its box; without what is seen on no page, or askew."""
    names: tuple[str, ...] = ()
    """For each page the class of the CSS page it was set on (`page: name`), "" without."""
    lines: tuple[TextLine, ...] = ()
    """In reading order; where columns stand side by side, each has its own."""
    drawn: tuple[tuple[int, Rectangle], ...] = ()
    """Page, and rectangle, of pictures and of text that only decorates."""
    coarse: tuple[Diagnostic, ...] = ()
    """What is told of pictures where the pages go to a press; its places are those of `placing`."""


# --- Step 5 gives -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Volume:
    """The finished publication in one language and variant."""

    pdf: bytes
    sections: tuple[BoundSection, ...]
    pages: int
    cover: Volume | None = None
    """Of a block that goes to a press: its cover, a file of its own."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A section's pages at their place in the volume, with what is laid over each page."""

    section: Section
    pages: Pages
    folio: int
    """Folio of its first page, from 1."""
    furniture: tuple[tuple[str, ...], ...] = ()
    """For each page the names of the parts that are laid over it as artifacts (running head,
    folio, thumb index): keys of `Furniture.parts`."""


@dataclass(frozen=True, slots=True)
class Furniture:
    """What is laid over pages: each part is one page of a section of its own."""

    pages: Pages
    parts: Mapping[str, int]
    """Name of the part, such as "folio:12" or "tabs:3" → page of `pages`, from 0."""
    section: Section
    """The section that `pages` were made from."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the volume says of itself."""

    title: str
    lang: str
    authors: tuple[str, ...]
    subject: str
    keywords: tuple[str, ...]
    producer: str
    """"mgi-report 0.1.0"."""
    date: str | None = None
    """ISO 8601 date and time in UTC, from SOURCE_DATE_EPOCH or the content; never the clock."""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    rights: str = ""


class Conformance(StrEnum):
    """The standards that a volume keeps, two in one file."""

    UA1_A3A = "ua1+3a"
    """PDF/UA-1 and PDF/A-3a, on PDF 1.7: what every reader and archive knows; the default."""
    UA2_A4F = "ua2+4f"
    """PDF/UA-2 and PDF/A-4f, on PDF 2.0: has footnotes, emphasis, structure destinations."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that travels inside the volume (ISO 32000-2, 7.11.4)."""

    name: str
    """File name, ASCII: "mali-2021-sources.json"."""
    content: bytes
    media_type: str
    """"application/json"."""
    relationship: str = "Source"
    """How it belongs to the volume: Source, Data, Alternative, Supplement or Unspecified."""
    description: str = ""
    """What it is, a phrase in the volume's language; its name where there is none."""
    date: str | None = None
    """ISO 8601 date and time in UTC, where it is known."""
