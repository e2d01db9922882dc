"""A profile whose indicators are being collected, in a folder of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from tests.projects import ROOT

from mgi_report.diagnostics import Diagnostic
from mgi_report.indicators.sheet import make_sheet
from mgi_report.indicators.survey import Survey, read_survey, wordings_of
from mgi_report.indicators.taking import Taken, take_in
from mgi_report.project import DiskProject, open_project

SAMPLE = "content/sample-country-2026"
FOUND = f"{SAMPLE}/indicators.yml"
ID, ANSWER, EVIDENCE, SOURCE, EARLIER = 1, 5, 6, 7, 8
"""Columns of the sheet."""
FEW = """\
# What we know so far.
indicators:
  # Asked in January.
  health-care:
    answer: there  # says the ministry
    source: insurance-act-2025
    earlier: there
  local-vote: {answer: absent, earlier: absent}

  # From the strategy.
  strategy-evaluation:
    answer: partly
    evidence: >-
      A report is
      planned.
    earlier: absent
"""


def copied(folder: Path, found: str | None = FEW) -> DiskProject:
    """Copy the sample into a project's folder, with what was found so far."""
    shutil.copytree(ROOT / SAMPLE, folder / SAMPLE)
    (folder / FOUND).unlink()
    if found is not None:
        (folder / FOUND).write_text(found, "utf-8")
    project, _ = open_project(folder / SAMPLE)
    return project


def survey_of(project: DiskProject, lang: str | None = None) -> Survey:
    """Read what is asked and known."""
    survey = read_survey(project, SAMPLE, lang)
    assert survey.value, survey.diagnostics
    assert survey.diagnostics == ()
    return survey.value


def taken(
    project: DiskProject, *files: Path, as_it_stands: bool = False
) -> tuple[Taken | None, list[Diagnostic]]:
    """Read sheets into the project."""
    project = DiskProject(project.root)  # one that has read nothing yet
    survey = survey_of(project)
    words = wordings_of(project, SAMPLE, survey)
    done = take_in(project, survey, words, files, as_it_stands=as_it_stands)
    return done.value, list(done.diagnostics)


def found_in(project: DiskProject) -> str:
    """Give indicators.yml."""
    return project.path(FOUND).read_text("utf-8")


def sheet_of(project: DiskProject, path: Path) -> Path:
    """Write the sheet."""
    path.write_bytes(make_sheet(survey_of(DiskProject(project.root))))
    return path


def filled(project: DiskProject, path: Path, change: Callable[[Any], None]) -> Path:
    """Write the sheet, changed and saved by openpyxl."""
    book = load_workbook(sheet_of(project, path))
    change(book)
    book.save(path)
    return path


def row_of(sheet: Any, name: str) -> int:
    """Give the row of an indicator, from 1."""
    return next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, ID).value == name)


def answering(name: str, answer: str, column: int = ANSWER) -> Callable[[Any], None]:
    """Give the change that fills in one cell."""

    def change(book: Any) -> None:
        sheet = book["Indicators"]
        sheet.cell(row_of(sheet, name), column).value = answer

    return change


def told(found: list[Diagnostic]) -> list[str]:
    """Give each message without the folder, with its place and what to do."""
    return [
        f"{Path(each.span.file).name}:{each.span.line}:{each.span.column} {each.message}"
        for each in found
        if each.span
    ]
