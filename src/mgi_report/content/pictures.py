"""Step 1, load: pictures are there, and are what they seem."""

from __future__ import annotations

import re

from mgi_report.content.files import names_in, outside
from mgi_report.diagnostics import Diagnostic, Rule, Span, nearest
from mgi_report.project import OutsideProject, Project, join

ICONS = "assets/icons"
"""Where icons lie, as <name>.svg."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_SVG_ROOT = re.compile(rb"\s*(<\?xml[^>]*>)?\s*(<!--.*?-->\s*)*<svg[\s>]", re.DOTALL)
_SVG_FETCHES = re.compile(
    rb"""<!DOCTYPE|<!ENTITY|<script|@import|(?:href|src)\s*=\s*["']\s*(?!\#|data:image/)[^"']|"""
    rb"""url\(\s*["']?(?!\#|["']|data:image/)""",
    re.IGNORECASE,
)


def picture_path(written: str, folder: str, span: Span, found: list[Diagnostic]) -> str | None:
    """Make a picture's path, written from a folder, one in the project; None where it cannot be."""
    if _SCHEME.match(written):
        message = f'The picture "{written}" would be fetched from elsewhere.'
        hint = "Copy it into the project and name it by its path there."
        found.append(Diagnostic(Rule.NO_NETWORK, message, span, hint))
        return None
    try:
        return join(folder, written)
    except OutsideProject:
        found.append(outside(written, span))
        return None


def check_picture(project: Project, path: str, span: Span) -> list[Diagnostic]:
    """See that a picture is a PNG, JPEG or SVG file that needs no other file."""
    try:
        content = project.read(path)
    except OutsideProject:
        return [outside(path, span)]
    if content is None:
        folder, _, name = path.rpartition("/")
        hint = nearest(name, names_in(project, folder)) or f"It was looked for at {path}."
        return [Diagnostic(Rule.PICTURE_EXISTS, f'There is no picture "{name}".', span, hint)]
    if content.startswith((_PNG, _JPEG)):
        return []
    if not _SVG_ROOT.match(content.removeprefix(b"\xef\xbb\xbf")):
        message = f'The file "{path}" is no PNG, JPEG or SVG picture.'
        return [Diagnostic(Rule.PICTURE_EXISTS, message, span, "Save the picture as one of these.")]
    if fetched := _SVG_FETCHES.search(content):
        what = fetched[0].decode(errors="replace").strip()
        message = f'The picture "{path}" asks for other files or runs a script ("{what}").'
        hint = "Save it as plain SVG, with everything embedded."
        return [Diagnostic(Rule.NO_NETWORK, message, span, hint)]
    return []


def check_icon(project: Project, name: str, span: Span) -> list[Diagnostic]:
    """See that there is an icon of this name."""
    if re.fullmatch(r"[a-z0-9-]+", name) and project.read(f"{ICONS}/{name}.svg") is not None:
        return []
    known = [file.removesuffix(".svg") for file in project.folder(ICONS) if file.endswith(".svg")]
    hint = nearest(name, known) or f"Known here: {', '.join(known)}."
    return [Diagnostic(Rule.PICTURE_EXISTS, f'There is no icon "{name}".', span, hint)]
