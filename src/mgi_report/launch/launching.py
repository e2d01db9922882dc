"""Launches a profile: its folder is written whole or not at all, and the schemas beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mgi_report.content.loading.facts import read_profile_file
from mgi_report.content.loading.load import load
from mgi_report.content.schema import ProfileFile
from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span, each_once, has_errors
from mgi_report.launch.founding import SCHEMAS, found
from mgi_report.launch.model import Wish
from mgi_report.launch.plan import plan
from mgi_report.launch.schemas import schemas
from mgi_report.layout.model import Layout
from mgi_report.layout.reading import read_layout
from mgi_report.project import DiskProject, open_project, shown
from mgi_report.writing import files_in, write_folder, write_whole


@dataclass(frozen=True, slots=True)
class Launched:
    """What became of a wish."""

    paths: tuple[str, ...] = ()
    """The files that were written, as they can be understood where one stands."""
    diagnostics: tuple[Diagnostic, ...] = ()


def launch(folder: Path, wish: Wish, before: Path | None = None) -> Launched:
    """Make a new profile in a folder, from the one `before` where there is one.

    Nothing is written where something is wrong, or where the folder is there already.
    """
    project, inside = open_project(folder)
    diagnostics: list[Diagnostic] = []
    if _is_there(project.path(inside)):
        message = "There is something of this name already."
        hint = "Choose another name, or take it away first."
        diagnostics.append(Diagnostic(Rule.PROFILE_IS_WRITTEN, message, Span(shown(folder)), hint))
    earlier, carried = None, {}
    if before is not None:
        other, there = open_project(before)
        read = read_profile_file(other, there)
        wrong = () if read.value is None else _wrong_texts(other, there, read.value.value)
        told = (*read.diagnostics, *wrong)
        if read.value is None or has_errors(told):
            return Launched(diagnostics=(*diagnostics, *each_once(told)))
        earlier = read.value.value
        names = files_in(other.path(there)) or []
        carried = {name: other.read(f"{there}/{name}") or b"" for name in names}
    planned = plan(project, wish, earlier)
    diagnostics += planned.diagnostics
    if planned.value is None or diagnostics:
        return Launched(diagnostics=tuple(diagnostics))
    files = found(project, inside, planned.value, carried)
    if files.diagnostics:
        return Launched(diagnostics=files.diagnostics)
    try:
        write_schemas(planned.value.layout, project.path(inside).parent / SCHEMAS)
        write_folder(project.path(inside), files.value)
    except OSError as error:
        return Launched(diagnostics=(_unwritten(folder, error),))
    return Launched(tuple(shown(folder / name) for name in sorted(files.value)))


def _wrong_texts(project: DiskProject, folder: str, file: ProfileFile) -> Iterator[Diagnostic]:
    """Give the errors in the texts of a profile, which would be carried over."""
    layout = read_layout(project, file.layout)
    yield from layout.diagnostics
    if layout.value is None:
        return
    for lang in file.languages:
        found = load(project, folder, layout.value, lang).diagnostics
        yield from (each for each in found if each.severity is Severity.ERROR)


def launch_schemas(folder: Path, layout: str) -> Launched:
    """Write the JSON Schemas of a layout's YAML files into a folder, by name: profile.json."""
    project = DiskProject(folder.absolute().parent)
    read = read_layout(project, layout)
    if read.value is None or has_errors(read.diagnostics):
        return Launched(diagnostics=read.diagnostics)
    try:
        return Launched(write_schemas(read.value, folder))
    except OSError as error:
        return Launched(diagnostics=(_unwritten(folder, error),))


def write_schemas(layout: Layout, folder: Path) -> tuple[str, ...]:
    """Write each schema whole, and give their paths; raises `OSError` where one cannot be."""
    paths = []
    for name, schema in sorted(schemas(layout).items()):
        path = folder / f"{name}.json"
        text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        write_whole(path, text.encode())
        paths.append(shown(path))
    return tuple(paths)


def _is_there(path: Path) -> bool:
    try:
        return files_in(path) is not None
    except OSError:  # a file, or a folder that cannot be read
        return True


def _unwritten(folder: Path, error: OSError) -> Diagnostic:
    message = f"It cannot be written: {error.strerror or error}."
    hint = "Look whether the folder can be written to and the disk has room."
    return Diagnostic(Rule.PROFILE_IS_WRITTEN, message, Span(shown(folder)), hint)
