"""Sites for tests: the project's own profiles, read but not typeset, with edits."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tests.projects import ROOT

from mgi_report.content.loading.load import load, read_facts
from mgi_report.content.resolving.resolve import resolve
from mgi_report.diagnostics import Diagnostic, Outcome, has_errors
from mgi_report.layout.model import Layout
from mgi_report.layout.reading import read_layout
from mgi_report.portal.entries import entry_of
from mgi_report.portal.model import Entry
from mgi_report.portal.site import site, with_those_of_site
from mgi_report.project import MemoryProject, Project

PROFILES = {
    "mali-2021": ("en", "fr"),
    "sample-city-2024": ("es", "en"),
    "sample-country-2024": ("en", "ar"),
    "sample-country-2026": ("en",),
}
MALI = "en/mali-2021/index.html"
PDF = b"%PDF-1.7 stands for the volume"


@cache
def files() -> dict[str, str | bytes]:
    """Give the files of all profiles by their path in the project."""
    return {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for name in PROFILES
        for path in sorted((ROOT / "content" / name).rglob("*"))
        if path.is_file()
    }


def text(path: str) -> str:
    """Give a file's text."""
    content = files()[path]
    return content if isinstance(content, str) else content.decode()


def entry(
    project: Project, folder: str, lang: str
) -> tuple[Entry | None, Layout, list[Diagnostic]]:
    """Read a profile in one language."""
    facts = read_facts(project, folder).value
    layout = read_layout(project, facts.layout if facts else "mgi").value
    assert layout is not None
    loaded = load(project, folder, layout, lang)
    found = list(loaded.diagnostics)
    if loaded.value is None:
        return None, layout, found
    resolved = resolve(loaded.value, layout)
    found += resolved.diagnostics
    return entry_of(resolved.value, layout, project, PDF, 31), layout, found


def made(
    edits: Mapping[str, str | bytes | None] = {},
    profiles: Mapping[str, tuple[str, ...]] = PROFILES,
) -> Outcome[Mapping[str, bytes]]:
    """Make the site of some profiles; an edit is a file's new content, None where it is gone."""
    whole = {**files(), **edits}
    project = MemoryProject(
        {path: content for path, content in whole.items() if content is not None}
    )
    entries: list[Entry] = []
    found: list[Diagnostic] = []
    layouts: dict[str, Layout] = {}
    for name, languages in profiles.items():
        for lang in languages:
            one, layout, wrong = entry(project, f"content/{name}", lang)
            layouts[layout.name] = layout
            found += wrong
            entries += [one] if one else []
    if has_errors(found):
        return Outcome({}, tuple(found))
    whole_site = site(entries, layouts)
    return Outcome(whole_site.value, with_those_of_site(found, whole_site.diagnostics))


def write(folder: Path, pages: Mapping[str, bytes]) -> Path:
    """Write a site's files into a folder; give the folder."""
    for name, content in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder
