"""Judges a profile before it is published: nothing is while anything is wrong."""

from __future__ import annotations

from pathlib import Path

from mgi_report.consult.blocks import languages_of
from mgi_report.consult.gate import unready
from mgi_report.diagnostics import Outcome, each_once
from mgi_report.making import Made
from mgi_report.progress import Progress
from mgi_report.project import open_project
from mgi_report.steps import volumes


def gate(folder: Path, *, progress: Progress | None = None) -> Outcome[tuple[Made, ...]]:
    """Make the volumes of a profile, one for each language, and find all that is wrong."""
    project, inside = open_project(folder)
    made = volumes(folder, progress=progress)
    languages = languages_of(project, inside)
    found = unready(project, inside, languages) if languages else []
    return Outcome(made.value, each_once([*made.diagnostics, *found]))
