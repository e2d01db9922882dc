"""The site of one profile in one language, with the profiles before and after it, for the preview.

Those are read and not typeset: they have no PDF.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import dirname, join

from mgi_report.content.files import names_in
from mgi_report.content.loading.load import load, read_facts
from mgi_report.content.resolving.resolve import resolve
from mgi_report.diagnostics import Diagnostic, Outcome, each_once, has_errors
from mgi_report.layout.model import Layout
from mgi_report.layout.reading import read_layout
from mgi_report.portal.entries import entry_of
from mgi_report.portal.gathering import FACTS, IN_PREPARATION
from mgi_report.portal.model import Entry, are_of_one_territory
from mgi_report.portal.site import site
from mgi_report.project import DiskProject
from mgi_report.workshop import Made


def around(made: Made, project: DiskProject) -> Outcome[Mapping[str, bytes]]:
    """Make the files of the site from a volume that was made without errors, in its project.

    The first page is the volume's. Nothing is made where there is no volume, or where the profile
    before or after it has errors: those are told.
    """
    if made.profile is None or made.volume is None:
        return Outcome({})
    layout = read_layout(project, made.profile.facts.layout)
    if layout.value is None:
        return Outcome({}, layout.diagnostics)
    volume = made.volume
    own = entry_of(made.profile, layout.value, project, volume.pdf, volume.pages)
    entries, layouts = [own], {layout.value.name: layout.value}
    found: list[Diagnostic] = []
    for folder in _near(own, project):
        other = _other(own, folder, project)
        found += [each for each in other.diagnostics if has_errors([each])]
        if other.value:
            entry, its = other.value
            entries.append(entry)
            layouts[its.name] = its
    return Outcome({}, each_once(found)) if found else site(entries, layouts)


def _near(own: Entry, project: DiskProject) -> Iterator[str]:
    """Find the profiles before and after one that lie beside it."""
    beside = dirname(own.profile.folder)
    for name in names_in(project, beside):
        folder = join(beside, name)
        if folder == own.profile.folder or FACTS not in names_in(project, folder):
            continue
        facts = read_facts(project, folder).value
        if facts is None or IN_PREPARATION in facts.status:
            continue
        is_near = own.facts.previous_year == facts.year or facts.previous_year == own.facts.year
        if is_near and are_of_one_territory(own.facts, facts, is_country=own.is_country):
            yield folder


def _other(own: Entry, folder: str, project: DiskProject) -> Outcome[tuple[Entry, Layout] | None]:
    """Read a profile in the language of another, if it has it; None where it has errors."""
    facts = read_facts(project, folder)
    layout = read_layout(project, facts.value.layout if facts.value else own.layout)
    found = (*facts.diagnostics, *layout.diagnostics)
    if facts.value is None or layout.value is None:
        return Outcome(None, found)
    languages = facts.value.languages
    lang = own.lang if own.lang in languages else languages[0]
    loaded = load(project, folder, layout.value, lang)
    found += loaded.diagnostics
    if loaded.value is None or has_errors(found):
        return Outcome(None, found)
    resolved = resolve(loaded.value, layout.value)
    entry = entry_of(resolved.value, layout.value, project)
    return Outcome((entry, layout.value), (*found, *resolved.diagnostics))
