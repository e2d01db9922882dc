"""What a layout is: its sections, their needs, its styles, fonts and options (layout.yml)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from posixpath import basename, dirname

from mgi_report.content.files import outside
from mgi_report.content.validate import Checked, read_model, span_of
from mgi_report.content.yaml import YamlMap
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span, nearest
from mgi_report.layout_file import LayoutFile, LeadEntry, SectionEntry
from mgi_report.project import OutsideProject, Project, join

USUAL_FURNITURE = ("head", "folio")
"""What is laid over the pages of a section that does not say."""


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
    pages: int = 1
    """How many pages it is expected to have, where it prints page numbers."""
    start: str = "any"
    """any or recto."""
    furniture_first: tuple[str, ...] = USUAL_FURNITURE
    """Laid over its first page."""
    furniture_next: tuple[str, ...] = USUAL_FURNITURE
    """Laid over its other pages."""
    span: Span = Span("layout.yml")

    @property
    def label(self) -> str | None:
        """The key of its title in labels.yml; a domain's chapter has the domain's title."""
        return None if self.domain else self.title or self.id


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
        return _option_value(self.type, text)


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font that the layout brings."""

    family: str
    weight: int
    path: str
    """Path in the project or in what is shipped."""
    italic: bool = False
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
    font: str
    """Path of its font."""


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
    colours: Mapping[str, str] = field(default_factory=dict)
    """Colour tokens by name: "#0033A0"."""
    fonts: tuple[FontFile, ...] = ()
    options: Mapping[str, Option] = field(default_factory=dict)
    labels: tuple[str, ...] = ()
    """The labels that its templates print, beside the titles of sections: "page", "handles[]"."""

    looks: Looks = Looks()
    lead: Lead | None = None
    """None where no lines need to be counted."""
    most_logos: int | None = None
    """How many logos the cover takes; None where any number fits."""

    def font(self, weight: int) -> str | None:
        """Give the path of the upright font of a weight."""
        paths = (font.path for font in self.fonts if font.weight == weight and not font.italic)
        return next(paths, None)

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


def read_layout(project: Project, name: str) -> Outcome[Layout | None]:
    """Read layouts/<name>/layout.yml, and see that the files which it names are there."""
    folder = f"layouts/{name}"
    path = f"{folder}/layout.yml"
    read = read_model(project, path, LayoutFile)
    if read.value is None:
        return Outcome(None, read.diagnostics or (_no_layout(project, name, path),))
    file, root = read.value.value, read.value.root
    found = list(read.diagnostics)
    layout = Layout(
        name=file.name,
        folder=folder,
        sections=tuple(
            _section(entry, span_of(root, ("sections", index)))
            for index, entry in enumerate(file.sections)
        ),
        styles=tuple(file.styles),
        colours=dict(file.colours),
        fonts=tuple(
            FontFile(
                font.family,
                font.weight,
                font.file,
                font.italic,
                span_of(root, ("fonts", index, "file")),
            )
            for index, font in enumerate(file.fonts)
        ),
        options=_options(read.value, found),
        labels=tuple(file.labels),
        looks=Looks(tuple(file.looks.boxes), tuple(file.looks.paragraphs), tuple(file.looks.words)),
        most_logos=file.cover.logos if file.cover else None,
    )
    if file.lead:
        layout = replace(layout, lead=_lead(layout, file.lead, root, found))
    if file.name != name:
        message = f'The layout in the folder "{name}" calls itself "{file.name}".'
        found.append(Diagnostic(Rule.VALUE_IS_VALID, message, span_of(root, ("name",))))
    found += _doubled(layout)
    found += _missing(project, layout, read.value)
    return Outcome(layout, tuple(found))


def _options(read: Checked[LayoutFile], found: list[Diagnostic]) -> dict[str, Option]:
    options = {}
    for name, entry in read.value.options.items():
        default = _option_value(entry.type, entry.default)
        if default is None:
            message = f'The default of a {entry.type} cannot be "{entry.default}".'
            span = span_of(read.root, ("options", name, "default"))
            found.append(Diagnostic(Rule.VALUE_IS_VALID, message, span))
        else:
            options[name] = Option(name, entry.type, default, entry.about)
    return options


def _lead(layout: Layout, entry: LeadEntry, root: YamlMap, found: list[Diagnostic]) -> Lead | None:
    font = layout.font(entry.weight)
    if font is None:
        message = f"The layout has no upright font of weight {entry.weight}."
        span = span_of(root, ("lead", "weight"))
        found.append(Diagnostic(Rule.VALUE_IS_VALID, message, span, "List one under fonts."))
        return None
    return Lead(entry.size, entry.measure, font)


def _section(entry: SectionEntry, span: Span) -> SectionSpec:
    laid = entry.furniture
    return SectionSpec(
        id=entry.id,
        kind=entry.kind,
        title=entry.title,
        file=entry.file,
        data=entry.data,
        fields=tuple(entry.fields),
        domain=entry.domain,
        parts=tuple(entry.parts),
        icons=entry.icons,
        editions=tuple(entry.editions),
        levels=tuple(entry.levels),
        optional=entry.optional,
        notes=entry.notes,
        contents=entry.contents,
        folios=entry.folios,
        pages=entry.pages,
        start=entry.start,
        furniture_first=USUAL_FURNITURE if laid is None else tuple(laid.first),
        furniture_next=USUAL_FURNITURE if laid is None else tuple(laid.next),
        span=span,
    )


def _option_value(kind: str, text: str) -> bool | int | str | None:
    if kind == "boolean":
        return {"true": True, "false": False}.get(text)
    if kind == "number":
        return int(text) if text.isascii() and text.isdigit() else None
    return text


def _no_layout(project: Project, name: str, path: str) -> Diagnostic:
    known = project.folder("layouts")
    hint = nearest(name, known) or (f"Known here: {', '.join(known)}." if known else None)
    return Diagnostic(Rule.FILE_EXISTS, f'There is no layout "{name}".', Span(path), hint)


def _doubled(layout: Layout) -> list[Diagnostic]:
    """Find section ids that stand twice for the same level and edition."""
    found = []
    for index, spec in enumerate(layout.sections):
        for other in layout.sections[:index]:
            if other.id == spec.id and _meet(other, spec):
                message = f'The section "{spec.id}" stands twice.'
                hint = f"It stands in line {other.span.line} already."
                found.append(Diagnostic(Rule.KEY_IS_UNIQUE, message, spec.span, hint))
                break
    return found


def _meet(one: SectionSpec, other: SectionSpec) -> bool:
    def overlap(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
        return not first or not second or bool({*first} & {*second})

    return overlap(one.editions, other.editions) and overlap(one.levels, other.levels)


def _missing(project: Project, layout: Layout, read: Checked[LayoutFile]) -> list[Diagnostic]:
    """Find templates, style sheets and fonts that the layout names but that are not there."""
    needed: dict[str, tuple[str, Span]] = {}
    for index, style in enumerate(layout.styles):
        span = span_of(read.root, ("styles", index))
        needed.setdefault(f"{layout.folder}/{style}", ("style sheet", span))
    for index, font in enumerate(layout.fonts):
        span = span_of(read.root, ("fonts", index, "file"))
        needed.setdefault(font.path, ("font", span))
    for index, spec in enumerate(layout.sections):
        span = span_of(read.root, ("sections", index, "kind"))
        template = f"{layout.folder}/sections/{spec.kind}.html.j2"
        needed.setdefault(template, ("template", span))
        if project.read(template) is not None:  # else the kind is misspelt
            sheet = f"{layout.folder}/css/sections/{spec.kind}.css"
            needed.setdefault(sheet, ("style sheet", span))
    found = []
    for path, (what, span) in needed.items():
        try:
            inside = join(path)
        except OutsideProject:
            found.append(outside(path, span))
            continue
        if project.read(inside) is None:
            message = f"There is no {what} {inside}."
            hint = nearest(basename(inside), project.folder(dirname(inside)))
            found.append(Diagnostic(Rule.FILE_EXISTS, message, span, hint))
    return found
