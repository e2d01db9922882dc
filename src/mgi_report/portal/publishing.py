"""Makes the portal: all profiles of a folder as a site, written whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from posixpath import join

from mgi_report.content.facts import Facts
from mgi_report.content.files import names_in
from mgi_report.content.loading.load import read_facts
from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span, each_once, has_errors
from mgi_report.layout.model import Layout
from mgi_report.layout.reading import read_layout
from mgi_report.pages.composing.web import WebComposer
from mgi_report.pages.store import Store
from mgi_report.portal.model import Entry
from mgi_report.portal.site import site
from mgi_report.progress import Progress
from mgi_report.project import DiskProject, open_project, read_returned, shown
from mgi_report.workshop import Crew, Made, Workshop, crew_ahead
from mgi_report.writing import files_in, finish_folders, lies_in, replace_folder_in_turn

IN_PREPARATION = "in-preparation"
MARKER = "portal.json"
"""Lists a site's files, so that nothing else is ever taken away with them."""
_MADE_BY = "mgi-report portal"
"""What that list says of itself; what other programs call so is theirs."""
_MOST = 10_000_000
"""Bytes of that list that are read; a site of a thousand profiles has a hundredth."""
FACTS = "profile.yml"


@dataclass(frozen=True, slots=True)
class Portal:
    """What was made, and all that was found."""

    path: str = ""
    """The site's folder; "" where nothing was written."""
    pages: int = 0
    """Pages of profiles, one for each language."""
    left_out: tuple[str, ...] = ()
    """Ids of profiles in preparation."""
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing found is an error."""
        return not has_errors(self.diagnostics)


def portal(
    content: Path,
    output: Path,
    *,
    in_preparation: bool = False,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Portal:
    """Make the site of all profiles that lie in a folder, and write it to `output`.

    The PDFs come along. Profiles that are `in-preparation` are left out unless they are asked for.
    Where something is wrong nothing is written, and a site that was there stays as it was.
    """
    output = output.absolute()
    if found := _among_texts(output, content) or _foreign(output):
        return Portal(diagnostics=(found,))
    project, inside = open_project(content)
    known, found_of_facts = _facts(project, inside)
    chosen = {
        folder: facts
        for folder, facts in known.items()
        if in_preparation or IN_PREPARATION not in facts.status
    }
    left_out = tuple(facts.id for folder, facts in known.items() if folder not in chosen)
    if has_errors(found_of_facts) or not chosen:
        if not has_errors(found_of_facts):
            found_of_facts += (_all_left_out(inside) if known else _none(project, inside),)
        return Portal(left_out=left_out, diagnostics=found_of_facts)
    entries: list[Entry] = []
    layouts: dict[str, Layout] = {}
    found_all = [*found_of_facts]
    with crew_ahead(jobs) as crew:
        for folder, facts in chosen.items():
            for lang in facts.languages:
                made = _make(project, folder, lang, jobs, crew, progress)
                found_all += made.diagnostics
                layout = read_layout(project, facts.layout).value
                if made.profile and made.volume and layout and not has_errors(made.diagnostics):
                    layouts[layout.name] = layout
                    entries.append(entry_of(made, layout, DiskProject(project.root)))
    if not has_errors(found_all):
        whole = site(entries, layouts)
        found_all += whole.diagnostics
        if not has_errors(found_all):
            found_all += _written(output, whole.value)
    found_once = each_once(found_all)
    path = "" if has_errors(found_once) else shown(output)
    return Portal(path, len(entries) if path else 0, left_out, found_once)


def entry_of(made: Made, layout: Layout, project: DiskProject) -> Entry:
    """Give what the portal shows of a volume that was made without errors."""
    profile, volume = made.profile, made.volume
    if profile is None or volume is None:
        message = "there is no volume"
        raise ValueError(message)
    composer = WebComposer(profile, layout, project)
    is_country = layout.is_country(profile.facts.level)
    return Entry(profile, composer, layout.name, volume.pdf, volume.pages, is_country)


def _make(
    project: DiskProject,
    folder: str,
    lang: str,
    jobs: int | None,
    crew: Crew | None,
    progress: Progress | None,
) -> Made:
    own = DiskProject(project.root)
    store = Store.of(project.root)
    return Workshop.of(own, folder, lang, store=store, jobs=jobs, crew=crew).make(progress)


def _facts(project: DiskProject, inside: str) -> tuple[dict[str, Facts], tuple[Diagnostic, ...]]:
    """Read profile.yml of each profile in a folder."""
    known: dict[str, Facts] = {}
    found: list[Diagnostic] = []
    for name in names_in(project, inside):
        folder = join(inside, name)
        if FACTS in names_in(project, folder):
            read = read_facts(project, folder)
            found += read.diagnostics
            if read.value:
                known[folder] = read.value
    return known, tuple(found)


def _none(project: DiskProject, inside: str) -> Diagnostic:
    """Say that a folder holds no profiles, and what it is instead."""
    message = f'There is no profile in "{inside}".'
    hint = "Give the folder that the folders of the profiles lie in, such as content."
    if FACTS in names_in(project, inside):
        message = f'"{inside}" is a profile; the portal is made of the folder that it lies in.'
        hint = f"Give that one: {inside.rpartition('/')[0] or '.'}"
    return Diagnostic(Rule.FILE_EXISTS, message, Span(inside), hint)


def _all_left_out(inside: str) -> Diagnostic:
    message = f'All profiles in "{inside}" are in preparation.'
    hint = "Show them with --in-preparation, or take in-preparation out of profile.yml."
    return Diagnostic(Rule.VALUE_IS_VALID, message, Span(inside), hint)


# --- The site's folder ------------------------------------------------------------------------


def _among_texts(output: Path, content: Path) -> Diagnostic | None:
    """Say that the site would lie among the texts that it is made of."""
    if not lies_in(output, content):
        return None
    message = f'The portal cannot be written to "{shown(output)}", among the profiles.'
    hint = f"Give a folder with -o that does not lie in {shown(content.absolute())}, such as site."
    return Diagnostic(Rule.PORTAL_IS_WRITTEN, message, Span(shown(output)), hint)


def _foreign(output: Path) -> Diagnostic | None:
    """Say what lies in the place of the site and is none; None where it may be written.

    A site that a program was killed over is put there first.
    """
    hint = "Nothing was touched. Give another folder with -o, or take away what is there."
    try:
        finish_folders(output.parent)
        there = files_in(output)
        mine = _listed(output, there or ())
    except OSError as error:
        what = "is no folder" if isinstance(error, NotADirectoryError) else "cannot be read"
        message = f'The portal cannot be written to "{shown(output)}", which {what}.'
        return Diagnostic(Rule.PORTAL_IS_WRITTEN, message, Span(shown(output)), hint)
    others = [name for name in there or () if name not in mine]
    if not others:
        return None
    some = ", ".join(others[:3]) + (" …" if len(others) > 3 else "")
    message = f'The folder "{shown(output)}" holds something else than a portal: {some}'
    return Diagnostic(Rule.PORTAL_IS_WRITTEN, message, Span(shown(output)), hint)


def _listed(output: Path, there: Sequence[str]) -> frozenset[str]:
    """Give the files that belong to the site that is there."""
    if MARKER not in there:
        return frozenset()
    try:
        read = json.loads(read_returned(output / MARKER, _MOST))
    except ValueError:
        return frozenset()
    is_mine = isinstance(read, dict) and read.get("made-by") == _MADE_BY
    files = read.get("files") if is_mine else None
    return frozenset(map(str, files)) | {MARKER} if isinstance(files, list) else frozenset()


def _written(output: Path, files: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    marker = json.dumps({"made-by": _MADE_BY, "files": sorted(files)}, indent=1)
    try:
        replace_folder_in_turn(output, {**files, MARKER: f"{marker}\n".encode()})
    except OSError as error:
        yield Diagnostic(
            Rule.PORTAL_IS_WRITTEN,
            f"The portal cannot be written: {error.strerror or error}.",
            Span(shown(output)),
            "Look whether the folder can be written to and the disk has room; what was there is "
            "still there.",
            Severity.ERROR,
        )
