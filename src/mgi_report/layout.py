"""What a layout is: its sections, their needs, its styles, fonts and options (layout.yml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mgi_report.diagnostics import Span


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
    start: str = "any"
    """any or recto."""
    furniture_first: tuple[str, ...] = ("head", "folio")
    """Laid over its first page."""
    furniture_next: tuple[str, ...] = ("head", "folio")
    """Laid over its other pages."""
    span: Span = Span("layout.yml")


@dataclass(frozen=True, slots=True)
class Option:
    """An option that a profile may set."""

    name: str
    type: str
    """boolean, number or text."""
    default: bool | int | str
    about: str


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font that the layout brings."""

    family: str
    weight: int
    path: str
    """Path in the project or in what is shipped."""
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout as layout.yml describes it."""

    name: str
    folder: str
    """Path in the project: "layouts/mgi"."""
    sections: tuple[SectionSpec, ...]
    """All sections that the layout has, in order."""
    styles: tuple[str, ...] = ()
    """Style sheets that all sections share, relative to the layout's folder."""
    fonts: tuple[FontFile, ...] = ()
    options: Mapping[str, Option] = field(default_factory=dict)

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
