"""The commands `mgi-report indicators …`: arguments in, diagnostics and paths out. No logic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mgi_report.diagnostics import Diagnostic, has_errors
from mgi_report.extras import how_to_install
from mgi_report.printing import FORMAT, end

if TYPE_CHECKING:
    from mgi_report.project import DiskProject

_NEEDED = ("lxml", "openpyxl", "xlsxwriter")
_PROFILE = click.argument("profile", type=click.Path(path_type=Path))


@click.group("indicators")
def indicators() -> None:
    """Collect what an assessment finds, in a spreadsheet.

    A profile keeps it in indicators.yml. The sheet has a row for each indicator, filled in with
    what is known; several people may fill in copies of it.

    \b
    Examples:
        mgi-report indicators export content/mali-2021 -o indicators.xlsx
        mgi-report indicators import content/mali-2021 health.xlsx labour.xlsx

    Where the packages of mgi-report's consult are missing, it says how to install them.
    """


@indicators.command("export")
@_PROFILE
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file. Default: build/PROFILE/PROFILE-indicators-LANGUAGE.xlsx.",
)
@click.option("--lang", metavar="TAG", help="Its language. Default: the original.")
@FORMAT
def export_command(profile: Path, output: Path | None, lang: str | None, form: str) -> int:
    """Make the sheet for data collection."""
    from mgi_report.indicators.sheet import make_sheet
    from mgi_report.indicators.survey import read_survey
    from mgi_report.project import shown
    from mgi_report.writing import write_whole

    project, folder = _opened(profile)
    read = read_survey(project, folder, lang)
    if read.value is None:
        return end(form, read.diagnostics)
    name = read.value.facts.id
    usual = project.root / "build" / name / f"{name}-indicators-{read.value.lang}.xlsx"
    path = (output or usual).absolute()
    try:
        write_whole(path, make_sheet(read.value))
    except OSError as error:
        raise click.ClickException(f"{shown(path)} cannot be written: {error.strerror}.") from error
    return end(form, read.diagnostics, shown(path), {"output": shown(path)})


@indicators.command("import")
@_PROFILE
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option(
    "--as-it-stands",
    is_flag=True,
    help="Take in all cells of sheets that have lost what was known when they were made.",
)
@FORMAT
def import_command(profile: Path, files: Sequence[Path], form: str, *, as_it_stands: bool) -> int:
    """Read filled-in sheets (.xlsx) into indicators.yml.

    Where something in one of them is wrong, all of it is told, and nothing is written. So it is
    with a table that was copied into another file: an old one would bring back what has changed.
    """
    from mgi_report.indicators.survey import read_survey, wordings_of
    from mgi_report.indicators.taking import take_in
    from mgi_report.writing import held

    project, folder = _opened(profile)
    found: list[Diagnostic] = []
    try:
        if project.folder(folder):
            # Until the command ends, so that nobody writes what is read here.
            click.get_current_context().with_resource(held(project.path(folder)))
        read = read_survey(project, folder)
        found += read.diagnostics
        if read.value is None:
            return end(form, found)
        words = wordings_of(project, folder, read.value)
        done = take_in(project, read.value, words, files, as_it_stands=as_it_stands)
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        raise click.ClickException(
            f"Nothing was written:{where} {error.strerror or error}."
        ) from error
    found += done.diagnostics
    if done.value is None:
        assert has_errors(found)
        click.echo(f"{profile}: nothing was taken in", err=True)
        return end(form, found)
    taken = done.value
    said = (
        f"{read.value.path}: {taken.new} new, {taken.changed} changed, {taken.gone} taken away; "
        f"{taken.answered} of {taken.asked} indicators have an answer"
    )
    return end(form, found, said, {"indicators": read.value.path, **asdict(taken)})


def _opened(profile: Path) -> tuple[DiskProject, str]:
    from mgi_report.project import Barred, open_project

    if missing := next((name for name in _NEEDED if find_spec(name) is None), None):
        raise click.ClickException(
            f"The sheet of indicators needs {missing}. Install it with: {how_to_install('consult')}"
        )
    try:
        project, folder = open_project(profile)
        project.path(folder)
    except Barred as error:
        raise click.ClickException(f"The path {error.path} leads out of the project.") from error
    return project, folder
