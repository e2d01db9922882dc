"""Profiles of a project that have one id or one number: each publication has its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename, join

from mgi_report.content.files import names_in, read_text
from mgi_report.diagnostics import Diagnostic, Rule, Span
from mgi_report.project import Project

_DEEPEST = 3
"""How far below a folder of the project a profile is looked for."""
_FACTS = "profile.yml"
_NOT_WRITTEN_BY_HAND = ("build", "node_modules", "venv")
_NUMBER = re.compile(r"\b(?:97[89](?:[- ]?\d){10}|PUB20\d\d/\d+(?:/[A-Z]+)+)\b")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_ID = re.compile(r"""^id:[ \t]*["']?([^\s"'#]+)""", re.MULTILINE)


def check_namesakes(project: Project, folder: str, *, has_output: bool) -> Iterator[Diagnostic]:
    """Find another profile with the id of this one, which is the name of its `folder`.

    `has_output` says that the PDFs go to a folder that is chosen, so that a copy in another place
    may be made there.
    """
    name = basename(folder)
    for other in _profiles(project, folder):
        is_copy = basename(other) == name
        if other == folder or (is_copy and has_output):
            continue
        if is_copy or name == _id_of(project, other):
            message = f'Two profiles have the id "{name}": this one and {other}.'
            hint = "Give one another name, or say with --output where the PDFs of this one go."
            if not is_copy:
                hint = f"Write in {other}/{_FACTS} the name of its folder: {basename(other)}"
            yield Diagnostic(Rule.VALUE_IS_VALID, message, Span(join(folder, _FACTS)), hint)
            return


def check_numbers(project: Project, folder: str) -> Iterator[Diagnostic]:
    """Find ISBNs and reference numbers of this profile that another has, too."""
    own = _numbers_of(project, folder)
    for other in _profiles(project, folder) if own else ():
        theirs = _numbers_of(project, other) if basename(other) != basename(folder) else {}
        for number in sorted(own.keys() & theirs.keys()):
            message = f"This number is that of another profile, too: {theirs[number]}."
            hint = "Each publication has its own: look which of them is right."
            yield Diagnostic(Rule.VALUE_IS_VALID, message, own[number], hint)


def _profiles(project: Project, folder: str) -> Iterator[str]:
    """Go through the profiles of a project, nearest to its root first.

    Where a profile lies in no project, only those beside it are looked at.
    """
    places, deepest = ([""], _DEEPEST + 1) if "/" in folder else ([""], 1)
    for _ in range(deepest):
        inside = [join(place, each) for place in places for each in _inside(project, place)]
        profiles = [each for each in inside if _FACTS in names_in(project, each)]
        yield from sorted(profiles)
        places = sorted({*inside} - {*profiles})


def _inside(project: Project, place: str) -> Iterator[str]:
    """Give the folders that may hold profiles; one with `content` of its own is another project."""
    names = names_in(project, place)
    if place and not {"content", "layouts"}.isdisjoint(names):
        return
    for name in names:
        if "." not in name and name not in _NOT_WRITTEN_BY_HAND:
            yield name


def _id_of(project: Project, folder: str) -> str:
    found = _ID.search(read_text(project, join(folder, _FACTS)).value or "")
    return found[1] if found else ""


def _numbers_of(project: Project, folder: str) -> dict[str, Span]:
    """Give the numbers that profile.yml has, without hyphens, each with its place."""
    path = join(folder, _FACTS)
    lines = (read_text(project, path).value or "").splitlines()
    return {
        re.sub("[- ]", "", found[0]): Span(path, line, found.start() + 1)
        for line, text in enumerate(lines, start=1)
        for found in _NUMBER.finditer(_COMMENT.sub("", text))
    }
