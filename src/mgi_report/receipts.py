"""What a build was made from, so that the next one can tell that nothing has changed.

A receipt names all files that were read or looked for, with their digests, all folders that were
listed, the program, and the PDFs with theirs. All of it is read again and compared: times of files
decide nothing. Neither content nor layout is understood for that, and no library is loaded.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span
from mgi_report.pages.store import Store
from mgi_report.program import program
from mgi_report.project import Barred, DiskProject, NoDate, Project, digest_of_disk, shown
from mgi_report.results import BoundSection, Output, Result


class Receipt:
    """The receipt of one build: a profile, its languages, a standard, a folder."""

    def __init__(
        self,
        store: Store,
        project: DiskProject,
        folder: str,
        languages: Sequence[str],
        output: str | Path | None,
        standard: str,
        variant: str,
    ) -> None:
        there = str(Path(output).absolute()) if output else None
        wish = [str(project.root), folder, [*languages], there, standard, variant, _date(project)]
        name = json.dumps(wish)
        self._name = hashlib.sha256(f"receipt {name}".encode()).hexdigest()
        self._store = store
        self._project = project
        self._files: dict[str, str | None] = {}
        self._listings: dict[str, tuple[str, ...]] = {}
        self._is_true = True

    def note(self) -> None:
        """Note what the project has read since it began."""
        project = self._project
        for path, digest in project.reads.items():
            self._is_true &= self._files.setdefault(path, digest) == digest
        for path, names in project.listings.items():
            self._is_true &= self._listings.setdefault(path, names) == names

    def keep(self, result: Result, paths: Sequence[Path]) -> None:
        """Keep what a build gave, where nothing is wrong and nothing changed meanwhile.

        `paths` are where its PDFs lie, in the order of the outputs.
        """
        if not result.ok or not result.outputs or not self._is_true:
            return
        content = {
            "program": program(),
            "files": self._files,
            "listings": self._listings,
            "outputs": [
                [asdict(_kept(output)), str(path), digest_of_disk(path)]
                for output, path in zip(result.outputs, paths, strict=True)
            ],
            "diagnostics": [asdict(each) for each in result.diagnostics],
        }
        self._store.put(self._name, json.dumps(content).encode())

    def result(self) -> Result | None:
        """Give what the last build gave, None where anything has changed since."""
        content = self._store.get(self._name)
        if content is None:
            return None
        try:
            kept = json.loads(content)
            return self._result(kept) if self._holds(kept) else None
        except (ValueError, KeyError, TypeError):
            return None

    def _holds(self, kept: Mapping[str, Any]) -> bool:
        if kept["program"] != program():
            return False
        if not is_as_it_was(self._project, kept["files"], kept["listings"]):
            return False
        return all(digest_of_disk(Path(path)) == digest for _, path, digest in kept["outputs"])

    def _result(self, kept: Mapping[str, Any]) -> Result:
        outputs = tuple(_output(output, path) for output, path, _ in kept["outputs"])
        return Result(outputs, tuple(_diagnostic(each) for each in kept["diagnostics"]))


def is_as_it_was(
    project: Project, files: Mapping[str, str | None], listings: Mapping[str, Sequence[str]]
) -> bool:
    """Read files again and list folders; say whether their digests and names are these."""
    project.begin()
    try:
        for path, digest in files.items():
            project.read(path)
            if project.reads[path] != digest:
                return False
        return all(project.folder(path) == tuple(names) for path, names in listings.items())
    except (Barred, OSError):
        return False


def _kept(output: Output) -> Output:
    """Give a PDF as it is when nothing has changed."""
    return replace(output, retypeset=(), furniture=None, unchanged=True, seconds=0.0)


def _output(data: dict[str, Any], path: str) -> Output:
    sections = tuple(BoundSection(**each) for each in data.pop("sections"))
    data |= {"retypeset": (), "path": shown(Path(path))}
    return Output(sections=sections, **data)


def _diagnostic(data: dict[str, Any]) -> Diagnostic:
    span = Span(**data["span"]) if data["span"] else None
    return Diagnostic(
        Rule(data["rule"]), data["message"], span, data["hint"], Severity(data["severity"])
    )


def _date(project: DiskProject) -> str | None:
    try:
        return project.date()
    except NoDate as error:  # is told when it is used
        return error.written
