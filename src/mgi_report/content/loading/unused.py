"""Step 1, load: texts in the profile's folder of a language that are not printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from posixpath import basename

from mgi_report.content.facts import Facts
from mgi_report.content.files import names_in
from mgi_report.content.forms import is_language
from mgi_report.content.loading.labels import FILE as LABELS
from mgi_report.content.pictures import ICONS
from mgi_report.content.shared import DOMAINS, Shelf
from mgi_report.content.translation.overlay import FILE as SOURCES
from mgi_report.content.translation.record import FILE as RECORD
from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span, nearest, nearest_name
from mgi_report.layout.model import Layout, SectionSpec
from mgi_report.layout.reading import read_layout
from mgi_report.project import Project

_ASSETS = "assets"
_KINDS = ("colour", "countries", "fonts", "icons")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".pdf")
_ALWAYS = (
    LABELS,
    DOMAINS,
    "consultation.yml",
    "house-style.yml",
    "language.yml",
    "questions.yml",
    "spelling.yml",
    "terms.yml",
)


def check_unused(
    shelf: Shelf, layout: Layout, facts: Facts, *, is_known: bool
) -> Iterator[Diagnostic]:
    """Find files that nothing reads, and those of sections that such a profile does not have.

    The second only where it `is_known` what profile.yml says; a section that it leaves out by name
    (`covid-19: false`) is meant to be left out.
    """
    sections = _sections((*layout.sections, *layout.portal))
    own_sections = layout.sections_of(facts.level, facts.edition, facts.sections)
    printed = _sections((*own_sections, *layout.portal))
    known = {
        *sections,
        *_ALWAYS,
        layout.indicators or "",
        SOURCES,
        *((RECORD,) if shelf.behind else ()),
    }
    # One that is misspelt has been told as the one that is missing.
    absent = [each.span.file for each in shelf.found if each.rule is Rule.FILE_EXISTS and each.span]
    missing = {basename(path) for path in (*absent, *shelf.lacking)}
    yield from _unknown_to_all(shelf, known)
    own = shelf.folders[0]
    for name in names_in(shelf.project, own):
        span = Span(f"{own}/{name}")
        if name == RECORD and not shelf.behind:
            message = f'"{shelf.lang}" is the original now, and is translated from no language.'
            yield _unused(message, span, f"Take {name} away.")
        elif name in sections:
            if is_known and name not in printed:
                yield from _left_out(sections[name], facts, span)
        elif _is_text(name) and name not in known and nearest_name(name, known) not in missing:
            message = f"Nothing in the layout reads the file {name}."
            yield _unused(message, span, nearest(name, known))


def check_folders(project: Project, folder: str, languages: Sequence[str]) -> Iterator[Diagnostic]:
    """Find folders of texts in a profile's folder that are those of no language it has."""
    listed = ", ".join(languages)
    for name in names_in(project, folder):
        inside = f"{folder}/{name}" if folder else name
        if name in languages or not any(map(_is_text, names_in(project, inside))):
            continue
        lang = name.lower()
        if lang in languages:
            message, hint = "Nothing reads the folder.", f"Rename it: {lang}"
        elif is_language(name):
            message = (
                f'The profile is not made in the language "{name}", of which this holds texts.'
            )
            hint = f"Write in profile.yml languages: [{listed}, {name}], or take the folder away."
        else:
            message = "Nothing reads the folder: its name is not the tag of a language."
            hint = f"Rename it, or take it away. The languages in profile.yml are: {listed}."
        yield _unused(message, Span(inside), hint)


def _unknown_to_all(shelf: Shelf, known: set[str]) -> Iterator[Diagnostic]:
    """Find files in the shared folder that no layout of the project reads."""
    shared = shelf.folders[1]
    names = [name for name in names_in(shelf.project, shared) if _is_text(name)]
    if not {*names} - (known := {*known, SOURCES, RECORD}):
        return
    for folder in names_in(shelf.project, "layouts"):
        other = read_layout(shelf.project, folder).value
        known |= {*_sections((*other.sections, *other.portal))} if other else set()
        known |= {other.indicators} if other and other.indicators else set()
    for name in names:
        if name not in known:
            message = f"No layout reads the file {name}."
            yield _unused(message, Span(f"{shared}/{name}"), nearest(name, known))


def _is_text(name: str) -> bool:
    """Say whether a file may be meant to be printed; a README tells those who work here."""
    return name.endswith((".md", ".yml", ".yaml")) and not name.startswith("README")


def check_assets(project: Project, layout: Layout) -> Iterator[Diagnostic]:
    """Find icons that are no SVG, and folders whose names are nearly those that are used.

    Others are left alone: another layout may have its fonts there.
    """
    for name in names_in(project, ICONS):
        if name.endswith(_PICTURES):
            message = "The file is used by nothing: an icon is an SVG file."
            yield _unused(message, Span(f"{ICONS}/{name}"), "Draw it as SVG, or take it away.")
    fonts = "".join(f"{font.path}\n" for font in layout.fonts)
    for name in names_in(project, _ASSETS):
        folder = f"{_ASSETS}/{name}"
        if name not in _KINDS and f"{folder}/" not in fonts and (near := nearest(name, _KINDS)):
            yield _unused("The folder is used by nothing.", Span(folder), near)


def _sections(specs: tuple[SectionSpec, ...]) -> dict[str, list[SectionSpec]]:
    """Give the sections that read each file."""
    readers: dict[str, list[SectionSpec]] = {}
    for spec in specs:
        for name in filter(None, (spec.file, spec.data)):
            readers.setdefault(name, []).append(spec)
    return readers


def _left_out(specs: list[SectionSpec], facts: Facts, span: Span) -> Iterator[Diagnostic]:
    """Say why a file is not printed, and what would have it printed."""
    name = specs[0].id
    at_level = [each for each in specs if facts.level in (each.levels or (facts.level,))]
    if any(facts.edition in (each.editions or (facts.edition,)) for each in at_level):
        if name not in facts.sections:
            message = f'This is not printed: profile.yml does not ask for the section "{name}".'
            hint = f"Write there, under sections, {name}: true; or, to leave it out, {name}: false."
            yield _unused(message, span, hint)
        return
    kind = f'a {facts.level} profile of the edition "{facts.edition}"'
    message = f'This is not printed: {kind} has no section "{name}".'
    owners = {f"edition {each}" for spec in at_level for each in spec.editions}
    owners = owners or {f"level {each}" for spec in specs for each in spec.levels}
    hint = (
        f"It belongs to: {', '.join(sorted(owners))}. Correct profile.yml, or take the file away."
    )
    yield _unused(message, span, hint)


def _unused(message: str, span: Span, hint: str | None) -> Diagnostic:
    return Diagnostic(Rule.FILE_IS_USED, message, span, hint, Severity.WARNING)
