"""The site of one profile in one language, with the profiles before and after it, for the preview.

Those are read and not typeset: they have no PDF.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from posixpath import dirname, join

from mgi_report.content.files import names_in
from mgi_report.content.loading.load import load, read_facts
from mgi_report.content.resolving.resolve import resolve
from mgi_report.diagnostics import Outcome, has_errors
from mgi_report.layout.model import Layout
from mgi_report.layout.reading import read_layout
from mgi_report.portal.entries import entry_of
from mgi_report.portal.gathering import FACTS, IN_PREPARATION
from mgi_report.portal.model import Entry, is_of_same_territory
from mgi_report.portal.site import site
from mgi_report.project import DiskProject
from mgi_report.workshop import Made


def around(made: Made, root: Path) -> Outcome[Mapping[str, bytes]]:
    """Make the files of the site from a volume that was made without errors; `root` is its project.

    The first page is the volume's. Nothing is made where there is no volume.
    """
    if made.profile is None or made.volume is None:
        return Outcome({})
    project = DiskProject(root)
    layout = read_layout(project, made.profile.facts.layout)
    if layout.value is None:
        return Outcome({}, layout.diagnostics)
    volume = made.volume
    own = entry_of(made.profile, layout.value, project, volume.pdf, volume.pages)
    entries = [own]
    layouts = {layout.value.name: layout.value}
    for entry, its in _others(own, project):
        entries.append(entry)
        layouts[its.name] = its
    return site(entries, layouts)


def _others(own: Entry, project: DiskProject) -> Iterator[tuple[Entry, Layout]]:
    """Read the profiles before and after one that lie beside it, in its language if they have it.

    One with errors is left out: they are told where it is made itself.
    """
    beside = dirname(own.profile.folder)
    for name in names_in(project, beside):
        folder = join(beside, name)
        if folder == own.profile.folder or FACTS not in names_in(project, folder):
            continue
        facts = read_facts(project, folder).value
        layout = read_layout(project, facts.layout).value if facts else None
        if facts is None or layout is None or IN_PREPARATION in facts.status:
            continue
        is_near = own.facts.previous_year == facts.year or facts.previous_year == own.facts.year
        lang = own.lang if own.lang in facts.languages else facts.languages[0]
        loaded = load(project, folder, layout, lang) if is_near else Outcome(None)
        if loaded.value is None or has_errors(loaded.diagnostics):
            continue
        resolved = resolve(loaded.value, layout)
        entry = entry_of(resolved.value, layout, project)
        if is_of_same_territory(own, entry) and not has_errors(resolved.diagnostics):
            yield entry, layout
