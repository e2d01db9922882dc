"""A project with some of its files as they were, or as they would be."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import AbstractContextManager

from mgi_report.project import Project, join


class Overlaid:
    """A project in which some files have another content."""

    def __init__(self, project: Project, files: Mapping[str, bytes]) -> None:
        """Take the project, and the files by path in it."""
        self._project = project
        self._files = dict(files)
        self.reads: dict[str, str | None] = {}
        self.listings: dict[str, tuple[str, ...]] = {}

    def begin(self) -> None:
        """Read all anew."""
        self.reads.clear()
        self.listings.clear()
        self._project.begin()

    def noting(self) -> AbstractContextManager[set[str]]:
        """Note what is read meanwhile."""
        return self._project.noting()

    def read(self, path: str) -> bytes | None:
        """Give a file's bytes."""
        plain = join(path)
        content = self._files.get(plain)
        if content is None:
            content = self._project.read(plain)
        self.reads[plain] = None if content is None else hashlib.sha256(content).hexdigest()
        return content

    def folder(self, path: str) -> tuple[str, ...]:
        """Give the names in a folder."""
        plain = join(path)
        own = {
            file[len(plain) + 1 :].split("/")[0]
            for file in self._files
            if file.startswith(f"{plain}/")
        }
        names = self.listings[plain] = tuple(sorted({*self._project.folder(plain), *own}))
        return names

    def date(self) -> str | None:
        """Give the date that the environment names."""
        return self._project.date()
