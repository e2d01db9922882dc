"""The site of one profile alone, in one language, as the preview shows it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mgi_report.diagnostics import Outcome
from mgi_report.layout.reading import read_layout
from mgi_report.portal.publishing import entry_of
from mgi_report.portal.site import site
from mgi_report.project import DiskProject
from mgi_report.workshop import Made


def alone(made: Made, root: Path) -> Outcome[Mapping[str, bytes]]:
    """Make the files of the site from a volume that was made without errors; `root` is its project.

    Nothing is made where there is none.
    """
    if made.profile is None or made.volume is None:
        return Outcome({})
    project = DiskProject(root)
    layout = read_layout(project, made.profile.facts.layout)
    if layout.value is None:
        return Outcome({}, layout.diagnostics)
    return site([entry_of(made, layout.value, project)], {layout.value.name: layout.value})
