"""How the Word file looks: styles, numbers in the margin, page."""

from __future__ import annotations

from typing import Any

from docx.document import Document as DocumentObject
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

BLUE, NAVY, QUIET, HAIR, BED = "0033A0", "18375F", "5A6270", "B9C2D0", "EEF3FA"
FONT = "Calibri"
ARABIC_FONT = "Arial"
"""For scripts that Word calls complex, which Calibri does not have."""
NUMBER_WIDTH = Mm(23)
"""Of the margin in which the blocks' numbers stand, left of the text."""

_HEADINGS = (
    (1, 22, BLUE, 0, 10),
    (2, 14, NAVY, 18, 4),
    (3, 11.5, NAVY, 12, 2),
    (4, 11, QUIET, 10, 2),
)
"""Level, size, colour, space above and below, in points."""


def element(tag: str, /, **attributes: object) -> Any:
    """Make an element of WordprocessingML; attributes are of its own namespace."""
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


def set_up(document: DocumentObject, lang: str, *, is_turned: bool = False) -> None:
    """Give a document its page and styles, turned for text that runs from right to left."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = (Mm(24), Mm(42)) if is_turned else (Mm(42), Mm(24))
    section.top_margin, section.bottom_margin = Mm(26), Mm(24)
    section.header_distance = section.footer_distance = Mm(12)
    normal = document.styles["Normal"]
    _font(normal, 10.5, None)
    _language(document, lang)
    if is_turned:
        _insert(normal.element.get_or_add_pPr(), element("w:bidi"), "w:bidi")
        section._sectPr.find(qn("w:docGrid")).addprevious(element("w:bidi"))  # noqa: SLF001
    paragraph = normal.paragraph_format
    paragraph.space_after, paragraph.line_spacing = Pt(7), 1.22
    paragraph.widow_control = True
    for level, height, ink, above, below in _HEADINGS:
        style = document.styles[f"Heading {level}"]
        _font(style, height, ink, bold=level != 1)
        style.paragraph_format.space_before = Pt(above)
        style.paragraph_format.space_after = Pt(below)
        style.paragraph_format.line_spacing = 1.05
        style.paragraph_format.keep_with_next = True
        if level == 1:
            style.paragraph_format.page_break_before = True
            _border(style, "bottom", BLUE, 8, 6)
    _font(document.styles["Title"], 30, BLUE)
    document.styles["Title"].paragraph_format.space_after = Pt(4)
    _plain(document.styles["Title"])
    for name, like, size, colour in (
        ("Kicker", "Normal", 11, QUIET),
        ("Lead", "Normal", 12, NAVY),
        ("Quotation", "Normal", 10.5, NAVY),
        ("Source", "Normal", 9.5, None),
        ("Table Cell", "Normal", 9.5, None),
        ("Table Head", "Normal", 9.5, "FFFFFF"),
        ("Instruction", "Normal", 11, None),
        ("Figure Caption", "Normal", 9, QUIET),
    ):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles[like]
        _font(style, size, colour, bold=name == "Table Head")
    for name in ("Table Cell", "Table Head", "Source"):
        document.styles[name].paragraph_format.space_after = Pt(3)
    document.styles["Instruction"].paragraph_format.space_after = Pt(8)
    _border(document.styles["Quotation"], "right" if is_turned else "left", HAIR, 12, 8)
    _note_styles(document)
    for name in ("Header", "Footer"):
        _font(document.styles[name], 8.5, QUIET)


def _note_styles(document: DocumentObject) -> None:
    text = document.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
    text.base_style = document.styles["Normal"]
    _font(text, 8.5, None)
    text.paragraph_format.space_after, text.paragraph_format.line_spacing = Pt(2), 1.1
    mark = document.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    mark.font.superscript = True
    link = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb = RGBColor.from_string(BLUE)
    link.font.underline = True
    number = document.styles.add_style("Block Number", WD_STYLE_TYPE.CHARACTER)
    _font(number, 7.5, QUIET)


def _font(style: Any, size: float, colour: str | None, *, bold: bool = False) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.bold = style.font.cs_bold = bold
    style.font.italic = style.font.cs_italic = False
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for key in ("ascii", "hAnsi", "eastAsia"):
        fonts.set(qn(f"w:{key}"), FONT)
    fonts.set(qn("w:cs"), ARABIC_FONT)
    for old in list(properties.iter(qn("w:szCs"))):
        properties.remove(old)
    properties.find(qn("w:sz")).addnext(element("w:szCs", val=round(size * 2)))
    if colour:
        style.font.color.rgb = RGBColor.from_string(colour)


def _language(document: DocumentObject, lang: str) -> None:
    for properties in document.styles.element.iter(qn("w:rPrDefault")):
        for old in list(properties.iter(qn("w:lang"))):
            old.getparent().remove(old)
        properties[0].append(element("w:lang", val=lang, eastAsia=lang, bidi=lang))


def _border(style: Any, side: str, colour: str, size: int, space: int) -> None:
    properties = style.element.get_or_add_pPr()
    borders = element("w:pBdr")
    borders.append(element(f"w:{side}", val="single", sz=size, space=space, color=colour))
    _insert(properties, borders, "w:pBdr")


def _plain(style: Any) -> None:
    """Take away the line below, and the space between letters, which parts Arabic ones."""
    properties = style.element
    for old in (
        properties.find(".//" + qn("w:pBdr")),
        properties.find(qn("w:rPr")).find(qn("w:spacing")),
    ):
        if old is not None:
            old.getparent().remove(old)


_ORDER = (
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "framePr",
    "widowControl",
    "numPr",
    "suppressLineNumbers",
    "pBdr",
    "shd",
    "tabs",
    "suppressAutoHyphens",
    "kinsoku",
    "wordWrap",
    "overflowPunct",
    "topLinePunct",
    "autoSpaceDE",
    "autoSpaceDN",
    "bidi",
    "adjustRightInd",
    "snapToGrid",
    "spacing",
    "ind",
    "contextualSpacing",
    "mirrorIndents",
    "suppressOverlap",
    "jc",
    "textDirection",
    "textAlignment",
    "textboxTightWrap",
    "outlineLvl",
    "divId",
    "cnfStyle",
    "rPr",
    "sectPr",
    "pPrChange",
)
"""Of the elements in w:pPr (ECMA-376, 17.3.1.26)."""


def _insert(properties: Any, made: Any, name: str) -> None:
    rank = _ORDER.index(name.removeprefix("w:"))
    for index, other in enumerate(properties):
        local = other.tag.rpartition("}")[2]
        if local in _ORDER and _ORDER.index(local) > rank:
            properties.insert(index, made)
            return
    properties.append(made)


_TWIP = 635
"""In English Metric Units, as python-docx gives lengths."""


class Margin:
    """The numbers in the margin: each block has a list of its own, whose label is its number.

    So nobody types over them, and a paragraph that is divided keeps its number on both parts.
    """

    def __init__(self, document: DocumentObject) -> None:
        numbering = document.part.numbering_part.element
        for old in list(numbering):
            numbering.remove(old)
        self._numbering = numbering
        self._count = 0

    def number(
        self,
        paragraph: Any,
        label: str,
        indent: int = 0,
        mark: str = "",
        *,
        is_cell: bool = False,
        colour: str = QUIET,
    ) -> None:
        """Put a label beside a paragraph whose text is indented so far; in a cell, before it."""
        width, left = round(int(NUMBER_WIDTH) / _TWIP), round(int(indent) / _TWIP)
        width = 0 if is_cell else width
        self._count += 1
        level = element("w:lvl", ilvl=0)
        level.append(element("w:start", val=1))
        level.append(element("w:numFmt", val="decimal"))
        level.append(element("w:suff", val="space" if is_cell else "tab"))
        # The last sign keeps the point of "2." behind its figure beside text that is turned.
        shown = (
            f"{label}  {mark}\u200e" if mark[:-1].isdigit() else f"{label} " if is_cell else label
        )
        level.append(element("w:lvlText", val=shown))
        level.append(element("w:lvlJc", val="left"))
        place = element("w:pPr")
        stops = element("w:tabs")
        stops.append(element("w:tab", val="num", pos=left))
        place.append(stops)
        place.append(element("w:ind", left=left, hanging=width + left))
        level.append(place)
        look = element("w:rPr")
        look.append(element("w:rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, hint="default"))
        look.append(element("w:b", val=0))
        look.append(element("w:i", val=0))
        look.append(element("w:color", val=colour))
        look.append(element("w:sz", val=15))
        look.append(element("w:szCs", val=15))
        look.append(element("w:u", val="none"))
        level.append(look)
        abstract = element("w:abstractNum", abstractNumId=self._count)
        abstract.append(element("w:multiLevelType", val="singleLevel"))
        abstract.append(level)
        self._numbering.insert(self._count - 1, abstract)
        num = element("w:num", numId=self._count)
        num.append(element("w:abstractNumId", val=self._count))
        self._numbering.append(num)
        properties = paragraph.get_or_add_pPr()
        numbered = element("w:numPr")
        numbered.append(element("w:ilvl", val=0))
        numbered.append(element("w:numId", val=self._count))
        _insert(properties, numbered, "w:numPr")
        _insert(properties, element("w:ind", left=left, hanging=width + left), "w:ind")
