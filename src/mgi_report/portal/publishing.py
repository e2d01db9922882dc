"""Makes the portal: all profiles of a folder as a site, written whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span, each_once, has_errors
from mgi_report.layout.model import Layout
from mgi_report.layout.reading import read_layout
from mgi_report.pages.store import Store
from mgi_report.portal.entries import entry_of
from mgi_report.portal.gathering import gathered
from mgi_report.portal.model import Entry
from mgi_report.portal.site import site, with_those_of_site
from mgi_report.progress import Progress
from mgi_report.project import DiskProject, open_project, read_returned, shown
from mgi_report.workshop import Crew, Made, Workshop, crew_ahead
from mgi_report.writing import barring, files_in, finish_folders, lies_in, replace_folder_in_turn

MARKER = "portal.json"
"""Lists a site's files, so that nothing else is ever taken away with them."""
_MADE_BY = "mgi-report portal"
"""What that list says of itself; what other programs call so is theirs."""
_MOST = 10_000_000
"""Bytes of that list that are read; a site of a thousand profiles has a hundredth."""


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
    chosen, left_out = gathered(project, inside, in_preparation=in_preparation)
    if has_errors(chosen.diagnostics):
        return Portal(left_out=left_out, diagnostics=each_once(chosen.diagnostics))
    entries: list[Entry] = []
    layouts: dict[str, Layout] = {}
    found_all = [*chosen.diagnostics]
    with crew_ahead(jobs) as crew:
        for folder, facts in chosen.value.items():
            for lang in facts.languages:
                made = _make(project, folder, lang, jobs, crew, progress)
                found_all += made.diagnostics
                layout = read_layout(project, facts.layout).value
                profile, volume = made.profile, made.volume
                if profile and volume and layout and not has_errors(made.diagnostics):
                    layouts[layout.name] = layout
                    own = DiskProject(project.root)
                    entries.append(entry_of(profile, layout, own, volume.pdf, volume.pages))
    if not has_errors(found_all):
        whole = site(entries, layouts)
        found_all = [*with_those_of_site(found_all, whole.diagnostics)]
        if not has_errors(found_all):
            found_all += _written(output, whole.value)
    found_once = each_once(found_all)
    path = "" if has_errors(found_once) else shown(output)
    return Portal(path, len(entries) if path else 0, left_out, found_once)


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
    if file := barring(output):
        message = f'The portal cannot be written below "{shown(file)}", which is no folder.'
        return Diagnostic(Rule.PORTAL_IS_WRITTEN, message, Span(shown(output)), hint)
    try:
        finish_folders(output.parent)
        there = files_in(output, all_else=True)
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
