"""Files in the folders of layouts, and in a profile's own copies of them, that nothing uses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache, partial
from posixpath import basename, dirname

from mgi_report.content.files import names_in, read_text
from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span, nearest, nearest_name
from mgi_report.layout.model import READING, Layout
from mgi_report.project import Project

_OF_LAYOUTS = (".j2", ".html", ".css", ".yml", ".yaml")
"""How the names of files end that may be meant for a layout; others lie there beside them."""
_OF_VOLUME = ("furniture", "margins", "changes", "redline")
"""Templates of what is no section of the content: three of them are for drafts."""
PORTAL = ("portal/profile.html.j2", "portal/index.html.j2", "portal/portal.css")
"""What the portal's pages are made with."""
_TEMPLATES = "layouts"
_FILE = "layout.yml"
_NAMED = re.compile(r"""["']([^"'\n]+\.j2)["']""")
_MADE_UP = re.compile(
    r"""\{%[-+]?\s*(?:include|extends|import|from)\s+(?!["'][^"']*["']\s*[\w%+-])"""
)
"""A use of a template whose name is put together when it is filled in."""
_Names = Callable[[str], tuple[str, ...]]
"""Gives the names in a folder."""


def check_layout_files(project: Project, profile: str, layout: Layout) -> Iterator[Diagnostic]:
    """Find what lies in the layout's folder, or in the profile's own ones, and nothing uses.

    A profile's file takes the place of one of the layout, or is used by another of its own.
    """
    names_of = cache(partial(names_in, project))
    own = f"{profile}/{_TEMPLATES}" if profile else _TEMPLATES
    names = [basename(folder) for folder in layout.folders]
    for name in names_of(own) if own != _TEMPLATES else ():
        if name not in names and names_of(f"{own}/{name}"):
            message = f'The folder is used by nothing: the profile\'s layout is "{layout.name}".'
            yield _unused(message, f"{own}/{name}", nearest(name, names))
    known = _known(layout)
    missing = [
        name for name in known if not any(_is_in(names_of, each, name) for each in layout.folders)
    ]
    for folder in dict.fromkeys([layout.folder, *(f"{own}/{name}" for name in names)]):
        for path in _files(names_of, folder):
            inside = path.removeprefix(f"{folder}/")
            if inside == _FILE:
                if folder != layout.folder:
                    message = (
                        "The file is used by nothing: layout.yml belongs to the layout itself."
                    )
                    hint = (
                        "A profile chooses another one in profile.yml, with layout: and its name."
                    )
                    yield _unused(message, path, hint)
            elif not (
                inside in known
                or nearest_name(inside, missing)  # told where layout.yml misspells it
                or any(_is_in(names_of, each, inside) for each in layout.folders if each != folder)
                or _is_named(project, names_of, inside, [folder, *layout.folders])
            ):
                message = (
                    f'The file is used by nothing: the layout "{layout.name}" has no {inside}.'
                )
                yield _unused(message, path, _meant(inside, known))


def _known(layout: Layout) -> set[str]:
    """Give the files that a layout's sections, furniture, drafts and styles ask for."""
    kinds = {*(f"sections/{spec.kind}" for spec in layout.sections), *_OF_VOLUME}
    templates = {f"{kind}.html.j2" for kind in kinds}
    styles = (f"css/{kind}.css" for kind in kinds)
    pages = PORTAL if layout.portal else ()
    return {*templates, *styles, *layout.styles, *pages, READING}


def _files(names_of: _Names, folder: str) -> Iterator[str]:
    """Go through what may be files of a layout, in the folders below too."""
    for name in names_of(folder):
        if name.endswith(_OF_LAYOUTS) and not name.startswith((".", "_", "#")):
            yield f"{folder}/{name}"
        elif "." not in name:
            yield from _files(names_of, f"{folder}/{name}")


def _is_in(names_of: _Names, folder: str, inside: str) -> bool:
    return basename(inside) in names_of(dirname(f"{folder}/{inside}"))


def _is_named(project: Project, names_of: _Names, template: str, folders: list[str]) -> bool:
    """Say whether a template names another, or puts names together, so that none can be told."""
    if not template.endswith(".j2"):
        return False
    for path in (path for folder in folders for path in _files(names_of, folder)):
        if path.endswith(".j2"):
            named = _templates_in(read_text(project, path).value or "")
            if named is None or template in named:
                return True
    return False


@lru_cache(maxsize=128)
def _templates_in(text: str) -> frozenset[str] | None:
    """Give the templates that one names; None where it puts names together."""
    return None if _MADE_UP.search(text) else frozenset(_NAMED.findall(text))


def _meant(inside: str, known: Iterable[str]) -> str | None:
    """Name the file of the same kind whose name is most like it."""
    name, _, kind = basename(inside).partition(".")
    kind = f".{kind.partition('.')[0]}"
    alike = {basename(each).partition(".")[0]: each for each in sorted(known) if kind in each}
    near = nearest_name(name, alike)
    return f'Did you mean "{alike[near]}"?' if near else None


def _unused(message: str, path: str, hint: str | None) -> Diagnostic:
    hint = hint or "Rename it, or take it away."
    return Diagnostic(Rule.FILE_IS_USED, message, Span(path), hint, Severity.WARNING)
