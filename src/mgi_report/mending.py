"""A use: what the house style would have otherwise is found, and mended where that is safe."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mgi_report.content.loading.house_style import read_house_style
from mgi_report.content.loading.load import load, read_facts
from mgi_report.content.resolving.resolve import resolve
from mgi_report.content.shared import Shelf
from mgi_report.content.spelling.house_style import Finding, house_style
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span
from mgi_report.layout.reading import read_layout
from mgi_report.project import (
    DiskProject,
    Project,
    digest_of,
    digest_of_disk,
    open_project,
)
from mgi_report.writing import held, write_whole


@dataclass(frozen=True, slots=True)
class Mended:
    """What was mended, and written."""

    findings: tuple[Finding, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def style_of(project: Project, folder: str, lang: str) -> Outcome[list[Finding]]:
    """Hold a language of a profile against its house style; nothing where it cannot be read.

    What is wrong with the profile itself is left to others, what is wrong with the style is told.
    """
    facts = read_facts(project, folder).value
    layout = read_layout(project, facts.layout).value if facts else None
    profile = load(project, folder, layout, lang).value if layout else None
    if layout is None or profile is None:
        return Outcome([])
    # Not joined: only so each word has its place in the file.
    resolved = resolve(profile, layout, join=False).value
    shelf = Shelf(project, folder, lang)
    style = read_house_style(shelf)
    facts = profile.facts
    specs = layout.sections_of(facts.level, facts.edition, facts.sections)
    found = house_style(resolved, style, [spec.id for spec in specs])
    return Outcome(found, tuple(shelf.found))


def mend(folder: str | Path, languages: Sequence[str] = ()) -> Mended:
    """Write what the house style asks for, where a program may.

    Only texts of the project are mended, not those that are shipped with the program. Each file is
    written whole or not at all. What is found wrong otherwise is left to `check`.
    """
    project, inside = open_project(Path(folder))
    try:
        with held(project.path(inside)):
            return _mend_all(project, inside, languages)
    except (FileNotFoundError, NotADirectoryError):
        return Mended()  # `check` says that there is no such profile
    except OSError as error:
        return Mended(diagnostics=(_not_written(inside, error),))


def _mend_all(project: DiskProject, inside: str, languages: Sequence[str]) -> Mended:
    facts = read_facts(project, inside).value
    if facts is None:
        return Mended()
    findings: dict[str, set[Finding]] = defaultdict(set)
    for lang in languages or facts.languages:
        for finding in style_of(project, inside, lang).value:
            if finding.is_safe:
                findings[finding.span.file].add(finding)
    mended: list[Finding] = []
    found: list[Diagnostic] = []
    for path, wanted in sorted(findings.items()):
        outcome = _mend(project, path, wanted)
        mended += outcome.value
        found += outcome.diagnostics
    return Mended(tuple(mended), tuple(found))


def _mend(project: DiskProject, path: str, findings: Iterable[Finding]) -> Outcome[list[Finding]]:
    """Mend a file; a place at which something else is written than was read is left alone."""
    file, content = project.path(path), project.read(path) or b""
    if digest_of_disk(file) != digest_of(content):
        return Outcome([])  # it is the one that is shipped
    lines = content.decode().split("\n")
    mended = []
    for each in sorted(findings, key=lambda finding: finding.span, reverse=True):
        line, start = lines[each.span.line - 1], each.span.column - 1
        end = start + len(each.written)
        if line[start:end] == each.written:
            lines[each.span.line - 1] = f"{line[:start]}{each.instead}{line[end:]}"
            mended.append(each)
    if not mended:
        return Outcome([])
    try:
        write_whole(file, "\n".join(lines).encode())
    except OSError as error:
        return Outcome([], (_not_written(path, error),))
    return Outcome(mended[::-1])


def _not_written(path: str, error: OSError) -> Diagnostic:
    message = f'"{path}" cannot be written: {error.strerror}.'
    hint = "Look whether it can be written to and the disk has room."
    return Diagnostic(Rule.FILE_EXISTS, message, Span(path), hint)
