"""Reads layouts/<name>/layout.yml, and the layout that it extends."""

from __future__ import annotations

from dataclasses import replace
from posixpath import basename, dirname

from mgi_report.content.files import outside
from mgi_report.content.validate import Checked, read_model, span_of
from mgi_report.content.yaml import YamlMap
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span, nearest
from mgi_report.layout.extending import extended
from mgi_report.layout.file import LayoutFile, LeadEntry, SectionEntry
from mgi_report.layout.kinds import check_kinds
from mgi_report.layout.model import (
    USUAL_FURNITURE,
    Edition,
    FontFile,
    Layout,
    Lead,
    Looks,
    Option,
    SectionSpec,
    option_value,
)
from mgi_report.layout.pressing import inks_of, press_of
from mgi_report.project import OutsideProject, Project, join


def read_layout(
    project: Project, name: str, named: Span | None = None, extending: tuple[str, ...] = ()
) -> Outcome[Layout | None]:
    """Read layouts/<name>/layout.yml, and see that the files which it names are there.

    `named` is where a profile or another layout names it; `extending` are the layouts that lead
    to it by what they extend.
    """
    folder = f"layouts/{name}"
    path = f"{folder}/layout.yml"
    read = read_model(project, path, LayoutFile)
    if read.value is None:
        return Outcome(None, read.diagnostics or (_no_layout(project, name, named or Span(path)),))
    file, root = read.value.value, read.value.root
    found = list(read.diagnostics)
    layout = _layout(file, folder, root)
    layout = replace(layout, options=_options(read.value, found), inks=inks_of(file, root, found))
    if file.extends:
        span = span_of(root, ("extends",))
        if file.extends in (name, *extending):
            message = f'The layout "{file.extends}" cannot extend itself.'
            return Outcome(None, (*found, Diagnostic(Rule.VALUE_IS_VALID, message, span)))
        base = read_layout(project, file.extends, span, (name, *extending))
        found += base.diagnostics
        if base.value is None:
            return Outcome(None, tuple(found))
        merged = extended(base.value, layout, file, root)
        found += merged.diagnostics
        layout = merged.value
    if file.lead:
        layout = replace(layout, lead=_lead(layout, file.lead, root, found))
    if file.name != name:
        message = f'The layout in the folder "{name}" calls itself "{file.name}".'
        found.append(Diagnostic(Rule.VALUE_IS_VALID, message, span_of(root, ("name",))))
    found += _empty(layout, root)
    found += _unknown(layout, file, root)
    found += _doubled(layout)
    found += check_kinds(layout, file, root)
    found += _missing(project, layout, read.value)
    return Outcome(layout, tuple(found))


def _layout(file: LayoutFile, folder: str, root: YamlMap) -> Layout:
    """Give what stands in the file itself; options and lead are read apart."""
    return Layout(
        name=file.name,
        folders=(folder,),
        sections=tuple(
            _section(entry, span_of(root, ("sections", index)))
            for index, entry in enumerate(file.sections)
        ),
        levels=tuple(file.levels),
        editions=tuple(
            Edition(each.id, each.least, each.most, each.previous) for each in file.editions
        ),
        languages=tuple(file.languages),
        styles=tuple(file.styles),
        colours={name: entry.screen for name, entry in file.colours.items()},
        press=press_of(file, root),
        fonts=tuple(
            FontFile(
                font.family,
                font.weight,
                font.file,
                font.italic,
                tuple(font.languages),
                font.without,
                span_of(root, ("fonts", index, "file")),
            )
            for index, font in enumerate(file.fonts)
        ),
        labels=tuple(file.labels),
        looks=Looks(tuple(file.looks.boxes), tuple(file.looks.paragraphs), tuple(file.looks.words)),
        abstract=file.abstract,
        indicators=file.indicators,
        portal=tuple(
            SectionSpec(
                id=entry.id,
                kind="portal",
                data=entry.data,
                fields=tuple(entry.fields),
                contents="none",
                span=span_of(root, ("portal", index)),
            )
            for index, entry in enumerate(file.portal)
        ),
        most_logos=file.cover.logos if file.cover else None,
    )


def _options(read: Checked[LayoutFile], found: list[Diagnostic]) -> dict[str, Option]:
    options = {}
    for name, entry in read.value.options.items():
        default = option_value(entry.type, entry.default)
        if default is None:
            message = f'The default of a {entry.type} cannot be "{entry.default}".'
            span = span_of(read.root, ("options", name, "default"))
            found.append(Diagnostic(Rule.VALUE_IS_VALID, message, span))
        else:
            options[name] = Option(name, entry.type, default, entry.about)
    return options


def _lead(layout: Layout, entry: LeadEntry, root: YamlMap, found: list[Diagnostic]) -> Lead | None:
    if not layout.fonts_of(entry.weight):
        message = f"The layout has no upright font of weight {entry.weight}."
        span = span_of(root, ("lead", "weight"))
        found.append(Diagnostic(Rule.VALUE_IS_VALID, message, span, "List one under fonts."))
        return None
    return Lead(entry.size, entry.measure, entry.weight)


def _section(entry: SectionEntry, span: Span) -> SectionSpec:
    laid = entry.furniture
    return SectionSpec(
        id=entry.id,
        kind=entry.kind,
        title=entry.title,
        file=entry.file,
        data=entry.data,
        fields=tuple(entry.fields),
        headings=tuple(entry.headings),
        described=tuple(entry.described),
        domain=entry.domain,
        parts=tuple(entry.parts),
        icons=entry.icons,
        editions=tuple(entry.editions),
        levels=tuple(entry.levels),
        optional=entry.optional,
        notes=entry.notes,
        contents=entry.contents,
        folios=entry.folios,
        words=(entry.words[0], entry.words[1]) if entry.words else None,
        pages=entry.pages,
        start=entry.start,
        furniture_first=USUAL_FURNITURE if laid is None else tuple(laid.first),
        furniture_next=USUAL_FURNITURE if laid is None else tuple(laid.next),
        flows=entry.flows,
        after=entry.after,
        span=span,
    )


def _no_layout(project: Project, name: str, span: Span) -> Diagnostic:
    known = project.folder("layouts")
    hint = nearest(name, known) or (f"Known here: {', '.join(known)}." if known else None)
    return Diagnostic(Rule.FILE_EXISTS, f'There is no layout "{name}".', span, hint)


def _empty(layout: Layout, root: YamlMap) -> list[Diagnostic]:
    """Find what a layout cannot be without."""
    there = {
        "levels": (layout.levels, "[national, local]"),
        "editions": (layout.editions, "[{id: first}]"),
        "sections": (layout.sections, "[{id: cover, kind: cover}]"),
    }
    return [
        Diagnostic(
            Rule.FIELD_IS_PRESENT,
            f'There are no "{name}" in the layout.',
            span_of(root, (name,)),
            f"Write for example {name}: {example}",
        )
        for name, (values, example) in there.items()
        if not values
    ]


def _unknown(layout: Layout, file: LayoutFile, root: YamlMap) -> list[Diagnostic]:
    """Find sections, and levels, editions and fields of sections, that the layout does not have."""
    known = {"levels": layout.levels, "editions": tuple(each.id for each in layout.editions)}
    found = []
    ids = tuple(dict.fromkeys(spec.id for spec in layout.sections))
    if file.abstract and ids and file.abstract not in ids:
        message = f'The layout has no section "{file.abstract}" to be the abstract.'
        hint = nearest(file.abstract, ids) or f"It has: {', '.join(ids)}."
        span = span_of(root, ("abstract",))
        found.append(Diagnostic(Rule.VALUE_IS_VALID, message, span, hint))
    for index, section in enumerate(file.sections):
        for key, named in (("levels", section.levels), ("editions", section.editions)):
            for place, name in enumerate(named):
                if known[key] and name not in known[key]:
                    message = f'The layout has no {key.removesuffix("s")} "{name}".'
                    hint = nearest(name, known[key]) or f"It has: {', '.join(known[key])}."
                    span = span_of(root, ("sections", index, key, place))
                    found.append(Diagnostic(Rule.VALUE_IS_VALID, message, span, hint))
        for key, named in (("headings", section.headings), ("described", section.described)):
            for place, name in enumerate(named):
                if name not in section.fields:
                    message = f'The section "{section.id}" has no field "{name}".'
                    hint = nearest(name, section.fields) or "Name it under fields, too."
                    span = span_of(root, ("sections", index, key, place))
                    found.append(Diagnostic(Rule.VALUE_IS_VALID, message, span, hint))
    return found


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
    """Find templates, style sheets and fonts that the file names but that are not there."""
    needed: dict[str, tuple[str, tuple[str, ...], Span]] = {}
    for index, style in enumerate(read.value.styles):
        span = span_of(read.root, ("styles", index))
        needed.setdefault(style, ("style sheet", layout.folders, span))
    for index, font in enumerate(read.value.fonts):
        span = span_of(read.root, ("fonts", index, "file"))
        needed.setdefault(font.file, ("font", ("",), span))
    if read.value.press:
        span = span_of(read.root, ("press", "profile"))
        needed.setdefault(read.value.press.profile, ("colour profile", ("",), span))
    for index, section in enumerate(read.value.sections):
        span = span_of(read.root, ("sections", index, "kind"))
        template = f"sections/{section.kind}.html.j2"
        needed.setdefault(template, ("template", layout.folders, span))
        if any(project.read(f"{folder}/{template}") is not None for folder in layout.folders):
            # Else the kind is misspelt.
            sheet = f"css/sections/{section.kind}.css"
            needed.setdefault(sheet, ("style sheet", layout.folders, span))
    found = []
    for name, (what, folders, span) in needed.items():
        paths = [f"{folder}/{name}" if folder else name for folder in folders]
        try:
            inside = [join(path) for path in paths]
        except OutsideProject:
            found.append(outside(paths[0], span))
            continue
        if all(project.read(path) is None for path in inside):
            message = f"There is no {what} {inside[0]}."
            near = [other for path in inside for other in project.folder(dirname(path))]
            hint = nearest(basename(name), near)
            found.append(Diagnostic(Rule.FILE_EXISTS, message, span, hint))
    return found
