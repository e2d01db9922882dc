"""What stands in layout.yml."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from mgi_report.content.completion import AlsoWritten
from mgi_report.content.forms import (
    Colour,
    CoverThickness,
    LabelName,
    LanguageTag,
    LeafThickness,
    Length,
    Millimetres,
    Name,
    Number,
    Parts,
    Shares,
    Signature,
    Words,
    YesNo,
)
from mgi_report.content.validate import YamlModel

Weight: TypeAlias = Annotated[Number, Field(ge=1, le=1000)]
"""400 is regular (CSS Fonts 4, 2.2)."""


class FurnitureEntry(YamlModel):
    """What is laid over a section's pages; what is not named is left out."""

    first: list[Name] = []
    """Over its first page: [head, folio]."""
    next: list[Name] = []
    """Over its other pages."""


class SectionEntry(YamlModel):
    """A section of the layout."""

    id: Name
    """Stable name: covid-19."""
    kind: Name
    """Its template (sections/<kind>.html.j2) and style sheet (css/sections/<kind>.css)."""
    title: str = ""
    """Key of its title in labels.yml; its id, if nothing is given."""
    file: Words | None = None
    """Its Markdown: updates.md."""
    data: Words | None = None
    """Its YAML: framework.yml."""
    fields: list[Words] = []
    """The keys that its YAML has, all of them: is.items[].text."""
    headings: list[Words] = []
    """Those of them that head what follows: is.label."""
    described: list[Words] = []
    """Those of them that say in words what a picture shows: wheel."""
    domain: Name | None = None
    """The domain that it is the chapter of."""
    parts: Parts = []
    """Ids of the headings of first level that its Markdown has; `domains` means all domains."""
    icons: Annotated[Number, Field(ge=2, le=6)] | None = None
    """Each heading of this level names an icon."""
    editions: list[Name] = []
    """Editions that have it; without them, all."""
    levels: list[Name] = []
    """Levels that have it; without them, all."""
    optional: YesNo = False
    """Only where profile.yml says so under `sections`."""
    notes: Name | None = None
    """The series in which its footnotes are numbered."""
    contents: Literal["entry", "domain", "none"] = "entry"
    """How it stands in the contents."""
    folios: YesNo = False
    """Prints page numbers of other sections."""
    words: Annotated[list[Number], Field(min_length=2, max_length=2)] | None = None
    """The least and most words that it usually has, for `mgi-report status`: [150, 700]."""
    pages: Annotated[Number, Field(ge=1, le=99)] = 1
    """How many pages it is expected to have, where it prints page numbers. If it has more or fewer
    it is typeset twice, no more."""
    start: Literal["any", "recto"] = "any"
    """recto: begins on a right-hand page."""
    furniture: FurnitureEntry | None = None
    """What is laid over its pages; a running head and a folio, if nothing is given."""
    flows: YesNo = True
    """Stands in the text that is published without pages, as HTML and EPUB, too."""
    after: Name | None = None
    """In a layout that extends another: the section of that one behind which it stands."""


class PortalEntry(YamlModel):
    """Texts that the portal's pages print, and no section does."""

    id: Name
    """portal"""
    data: Words
    """Their YAML: portal.yml. A profile may be without."""
    fields: list[Words]
    """The keys that the YAML has, all of them: migrants-rights.potential[]."""


class EditionEntry(YamlModel):
    """An edition that a profile may be."""

    id: Name
    """first"""
    least: Annotated[Number, Field(ge=1)] = 1
    """The least number of such a profile among those of its territory."""
    most: Number | None = None
    """The greatest."""
    previous: YesNo = False
    """Whether it has a profile before it, which profile.yml names."""


class LooksEntry(YamlModel):
    """What in Markdown the layout has a look for."""

    boxes: list[Name] = []
    """Names of boxes: `::: example`."""
    paragraphs: list[Name] = []
    """Classes of paragraphs: `{.lead}`."""
    words: list[Name] = []
    """Classes of words: `[words]{.name}`."""


class LeadEntry(YamlModel):
    """How the style sheets set a lead, a paragraph under `{.lead}`."""

    size: Length
    """Size of its letters in points."""
    measure: Length
    """Width of its lines in points."""
    weight: Weight = 400


class CoverEntry(YamlModel):
    """What the cover has room for."""

    logos: Number
    """The most logos that stand on it."""


class ColourEntry(YamlModel):
    """A colour, on a screen and from a press."""

    screen: Colour
    press: Shares | None = None
    """Per cent of cyan, magenta, yellow and black: [100, 78, 0, 0]. Without it, the press's colour
    profile decides."""


def _on_screen(value: object) -> object:
    return {"screen": value} if isinstance(value, str) else value


class PaperEntry(YamlModel):
    """How thick the paper is, in millimetres."""

    leaf: LeafThickness
    """A leaf of the block: 0.1."""
    cover: CoverThickness
    """The cover: 0.25."""


class PressCoverEntry(YamlModel):
    """What a cover is made of."""

    front: Name
    """Id of the section that is its front."""
    back: Name
    """Id of the section that is its back."""
    spine: Name
    """The furniture that is its spine."""


class PressEntry(YamlModel):
    """What a file for a press is like; lengths in millimetres."""

    bleed: Millimetres = 3
    """How far what runs off the page is printed beyond the trim."""
    reach: Millimetres
    """How far the layout draws beyond the page: `bleed` and `mirror` together, at most."""
    mirror: Millimetres = 0
    """How far a page moves away from the back, so that margins are mirrored."""
    signature: Signature = 4
    """A block has a multiple of so many pages."""
    paper: PaperEntry
    profile: Words
    """ICC profile of the press, by its path in the project, or in what is shipped."""
    condition: Words = "Custom"
    """The profile's printing condition, as the International Color Consortium registers it."""
    cover: PressCoverEntry | None = None
    """Without it, cover and block are one file."""
    edge: list[Name] = []
    """Furniture that keeps to the page's edge: [tabs]."""
    verso: dict[Name, Name] = {}
    """What even pages have instead of a part of the furniture: {tabs: tabs-even}."""


class OptionEntry(YamlModel):
    """An option that a profile may set."""

    type: Literal["boolean", "number", "text"]
    default: str
    """Its value where a profile sets none."""
    about: Words
    """What it does."""


class FontEntry(YamlModel):
    """A font that the layout brings."""

    family: Words
    weight: Weight
    italic: YesNo = False
    file: Words
    """Path in the project, or in what is shipped."""
    languages: list[LanguageTag] = []
    """The languages that it is the first choice for."""
    without: Words = ""
    """Characters that it leaves to the next font, though it has them: "0123456789"."""


class LayoutFile(YamlModel):
    """layout.yml."""

    name: Name
    """The layout's name, also that of its folder: mgi."""
    extends: Name | None = None
    """The layout that it adds to. What stands here is added to that one's, or takes its place."""
    without: list[Name] = []
    """The sections of that layout that it does not have."""
    levels: list[Name] = []
    """The levels that a profile may be of, that of whole countries first: [national, local]."""
    editions: list[EditionEntry] = []
    """The editions that a profile may be."""
    languages: list[LanguageTag] = []
    """The languages that it has words in; without them, any."""
    colours: dict[
        Name, Annotated[ColourEntry, BeforeValidator(_on_screen), AlsoWritten({"type": "string"})]
    ] = {}
    """Colour tokens by name: "#0033A0", or {screen: "#0033A0", press: [100, 78, 0, 0]}."""
    styles: list[Words] = []
    """Style sheets that all sections share, relative to the layout's folder."""
    fonts: list[FontEntry] = []
    options: dict[Name, OptionEntry] = {}
    labels: list[LabelName] = []
    """The keys of labels.yml that its templates print, beside the titles of its sections; handles[]
    is a list."""
    looks: LooksEntry = LooksEntry()
    abstract: Name | None = None
    """The section that says what the publication is for; catalogues get its text as the abstract,
    where profile.yml has none."""
    indicators: Words | None = None
    """The file of the indicators: the questions among the texts of a language, what was found
    beside profile.yml. Without it, there are none."""
    lead: LeadEntry | None = None
    """How a lead is set, for its lines to be counted."""
    cover: CoverEntry | None = None
    """Where nothing is given, the cover takes any number of logos."""
    press: PressEntry | None = None
    """Where nothing is given, there is no file for a press."""
    sections: list[SectionEntry] = []
    """All sections, in order; where it extends another layout, those that differ."""
    portal: list[PortalEntry] = []
    """The texts that the portal's pages print beside those of sections."""
