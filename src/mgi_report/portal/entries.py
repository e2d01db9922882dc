"""Makes of a profile what a site shows of it, and what lists and style sheets are made of."""

from __future__ import annotations

from contextlib import AbstractContextManager
from posixpath import join

from mgi_report.content.loading.load import load
from mgi_report.content.model import Profile
from mgi_report.content.resolving.resolve import resolve
from mgi_report.layout.model import Layout
from mgi_report.pages.composing.web import WebComposer
from mgi_report.portal.gathering import FACTS
from mgi_report.portal.model import Common, Entry
from mgi_report.project import Project


def entry_of(
    profile: Profile, layout: Layout, project: Project, pdf: bytes = b"", pages: int = 0
) -> Entry:
    """Give what a site shows of a profile that was resolved; `pages` are its PDF's."""
    return Entry(
        profile=profile,
        composer=WebComposer(profile, layout, project),
        common=_common(profile, layout, project),
        layout=layout.name,
        pdf=pdf,
        pages=pages,
        is_country=layout.is_country(profile.facts.level),
    )


def _common(profile: Profile, layout: Layout, project: Project) -> Common:
    """Read the layout and the shared texts as if the profile had no files of its own.

    What is wrong with that is of no account: it is told where the profile is read.
    """
    without = _WithoutOwn(project, profile.folder)
    read = load(without, profile.folder, layout, profile.lang).value
    bare = resolve(read, layout).value if read else profile
    return Common(bare, WebComposer(bare, layout, without))


class _WithoutOwn:
    """A project in which a profile has its facts alone."""

    def __init__(self, project: Project, folder: str) -> None:
        self._project = project
        self._folder = folder
        self.reads = project.reads
        self.listings = project.listings

    def begin(self) -> None:
        self._project.begin()

    def noting(self) -> AbstractContextManager[set[str]]:
        return self._project.noting()

    def read(self, path: str) -> bytes | None:
        is_own = path.startswith(f"{self._folder}/") and path != join(self._folder, FACTS)
        return None if is_own else self._project.read(path)

    def folder(self, path: str) -> tuple[str, ...]:
        if path == self._folder:
            return (FACTS,)
        return () if path.startswith(f"{self._folder}/") else self._project.folder(path)

    def date(self) -> str | None:
        return self._project.date()
