"""What a layout is: its sections, their needs, its styles, fonts and options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from mgi_report.diagnostics import Span

USUAL_FURNITURE = ("head", "folio")
"""What is laid over the pages of a section that does not say."""

READING = "css/reading.css"
"""The style sheet of the text that is published without pages."""

FIRST_LEVEL = 2
"""The level of a file's first headings; 1 is the section's title."""


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A section as the layout asks for it."""

    id: str
    """Stable name: "covid-19"."""
    kind: str
    """Template and style sheet: "domain"."""
    title: str = ""
    """Key of its title in labels.yml; the id where none is given."""
    file: str | None = None
    """Its Markdown, "updates.md"."""
    data: str | None = None
    """Its YAML, "framework.yml"."""
    fields: tuple[str, ...] = ()
    """The keys that its YAML must have, all of them: "is.items[].text"."""
    headings: tuple[str, ...] = ()
    """Those of them that head what follows: "is.label"."""
    described: tuple[str, ...] = ()
    """Those of them that say in words what a picture shows: "wheel"."""
    domain: str | None = None
    """The domain it is the chapter of."""
    parts: tuple[str, ...] = ()
    """Ids of the first-level headings that its Markdown must have, no others; ("domains",) means
    those of all domains."""
    icons: int | None = None
    """Each heading of this level names an icon."""
    editions: tuple[str, ...] = ()
    """Editions that have it; empty means all."""
    levels: tuple[str, ...] = ()
    """Levels that have it; empty means all."""
    optional: bool = False
    """Only where profile.yml says so."""
    notes: str | None = None
    """The series in which its footnotes are numbered."""
    contents: str = "entry"
    """entry, domain or none."""
    folios: bool = False
    """Prints page numbers of other sections."""
    words: tuple[int, int] | None = None
    """The least and most words that such a section usually has; None where nothing is usual."""
    pages: int = 1
    """How many pages it is expected to have, where it prints page numbers."""
    start: str = "any"
    """any or recto."""
    furniture_first: tuple[str, ...] = USUAL_FURNITURE
    """Laid over its first page."""
    furniture_next: tuple[str, ...] = USUAL_FURNITURE
    """Laid over its other pages."""
    flows: bool = True
    """Stands in the text that is published without pages, too."""
    after: str | None = None
    """In a layout that extends another, the section of that one behind which it stands."""
    span: Span = Span("layout.yml")

    @property
    def label(self) -> str | None:
        """The key of its title in labels.yml; a domain's chapter has the domain's title."""
        return None if self.domain else self.title or self.id


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition that a profile may be."""

    id: str
    """"first"."""
    least: int = 1
    """The least number of such a profile among those of its territory."""
    most: int | None = None
    """The greatest, None where there is none."""
    previous: bool = False
    """Whether there is a profile before it."""


@dataclass(frozen=True, slots=True)
class Option:
    """An option that a profile may set."""

    name: str
    type: str
    """boolean, number or text."""
    default: bool | int | str
    about: str

    def parse(self, text: str) -> bool | int | str | None:
        """Read a value as it stands in YAML, None where it has not the option's type."""
        return option_value(self.type, text)


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font that the layout brings."""

    family: str
    weight: int
    path: str
    """Path in the project or in what is shipped."""
    italic: bool = False
    languages: tuple[str, ...] = ()
    """The languages that it is the first choice for, by BCP 47 tag."""
    without: str = ""
    """Characters that it leaves to the next font, though it has them."""
    span: Span = Span("layout.yml")
    """Where layout.yml names it."""


@dataclass(frozen=True, slots=True)
class Looks:
    """The names in Markdown that the layout has a look for."""

    boxes: tuple[str, ...] = ()
    """Of boxes: `::: example`."""
    paragraphs: tuple[str, ...] = ()
    """Classes of paragraphs: `{.lead}`."""
    words: tuple[str, ...] = ()
    """Classes of words: `[words]{.name}`."""


@dataclass(frozen=True, slots=True)
class Lead:
    """How a lead is set, for its lines to be counted before anything is typeset."""

    size: float
    """Points."""
    measure: float
    """Width of its lines, points."""
    weight: int


@dataclass(frozen=True, slots=True)
class PressSpec:
    """What a file for a press is like; lengths in millimetres."""

    bleed: float
    """How far what runs off the page is printed beyond the trim."""
    reach: float
    """How far the layout draws beyond the page."""
    mirror: float
    """How far a page moves away from the back."""
    signature: int
    """A block has a multiple of so many pages."""
    leaf: float
    """How thick a leaf of the block is."""
    board: float
    """How thick the cover is."""
    profile: str
    """ICC profile of the press: path in the project or in what is shipped."""
    condition: str
    """Its printing condition in the registry of the International Color Consortium."""
    front: str = ""
    """Section that is the cover's front; empty where cover and block are one file."""
    back: str = ""
    """Section that is its back."""
    spine: str = ""
    """Furniture that is its spine."""
    edge: tuple[str, ...] = ()
    """Furniture that keeps to the page's edge."""
    verso: Mapping[str, str] = field(default_factory=dict)
    """What even pages have instead of a part of the furniture."""
    profile_span: Span = Span("layout.yml")
    """Where the profile is named."""
    bleed_span: Span = Span("layout.yml")
    """Where the bleed is given."""


Inks: TypeAlias = tuple[float, float, float, float]
"""Per cent of cyan, magenta, yellow and black."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout as layout.yml describes it."""

    name: str
    folders: tuple[str, ...]
    """Paths in the project where its files lie, nearest first: ("layouts/mine", "layouts/mgi")."""
    sections: tuple[SectionSpec, ...]
    """All sections that the layout has, in order."""
    levels: tuple[str, ...] = ()
    """The levels that a profile may be of, that of whole countries first."""
    editions: tuple[Edition, ...] = ()
    """The editions that a profile may be."""
    languages: tuple[str, ...] = ()
    """The languages that it has words in; empty means any."""
    styles: tuple[str, ...] = ()
    """Style sheets that all sections share, relative to the layout's folders."""
    colours: Mapping[str, str] = field(default_factory=dict)
    """Colour tokens by name: "#0033A0"."""
    fonts: tuple[FontFile, ...] = ()
    options: Mapping[str, Option] = field(default_factory=dict)
    labels: tuple[str, ...] = ()
    """The labels that its templates print, beside the titles of sections: "page", "handles[]"."""

    dropped: tuple[str, ...] = ()
    """Labels of titles that the layout which it extends prints, and it does not."""
    looks: Looks = Looks()
    abstract: str | None = None
    """The section whose text catalogues get as the abstract."""
    lead: Lead | None = None
    """None where no lines need to be counted."""
    inks: Mapping[str, Inks] = field(default_factory=dict)
    """What a press prints for colours, by their sRGB values in capitals: "#0033A0"."""
    press: PressSpec | None = None
    """None where there is no file for a press."""
    portal: tuple[SectionSpec, ...] = ()
    """The texts that the portal prints beside those of sections, each from a YAML file."""
    indicators: str | None = None
    """The file of the indicators, among the texts and beside profile.yml: "indicators.yml"."""
    most_logos: int | None = None
    """How many logos the cover takes; None where any number fits."""

    @property
    def folder(self) -> str:
        """The layout's own folder: "layouts/mgi"."""
        return self.folders[0]

    @property
    def flags(self) -> tuple[str, ...]:
        """The flags that say of which level and edition a profile is."""
        return (*self.levels, *(edition.id for edition in self.editions))

    def is_country(self, level: str) -> bool:
        """Say whether profiles of a level are of whole countries, which their codes name."""
        return self.levels[:1] == (level,)

    def edition(self, name: str) -> Edition | None:
        """Give an edition by its name."""
        return next((each for each in self.editions if each.id == name), None)

    def fonts_of(self, weight: int, lang: str = "") -> tuple[FontFile, ...]:
        """Give the upright fonts of a weight, each for what those before it lack.

        Those made for the language come first.
        """
        upright = [font for font in self.fonts if font.weight == weight and not font.italic]
        upright.sort(key=lambda font: lang.partition("-")[0] not in font.languages)
        return tuple(upright)

    @property
    def domains(self) -> tuple[str, ...]:
        """The domains that it has chapters of, in order."""
        return tuple(dict.fromkeys(spec.domain for spec in self.sections if spec.domain))

    def sections_of(
        self, level: str, edition: str, wanted: Mapping[str, bool]
    ) -> tuple[SectionSpec, ...]:
        """Choose the sections of a level and edition; `wanted` decides on the optional ones."""
        return tuple(
            spec
            for spec in self.sections
            if (not spec.levels or level in spec.levels)
            and (not spec.editions or edition in spec.editions)
            and (not spec.optional or wanted.get(spec.id, False))
        )


def option_value(kind: str, text: str) -> bool | int | str | None:
    """Read a value as it stands in YAML, None where it has not the type."""
    if kind == "boolean":
        return {"true": True, "false": False}.get(text)
    if kind == "number":
        return int(text) if text.isascii() and text.isdigit() else None
    return text
