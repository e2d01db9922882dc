"""Pictures are there, and are what they seem."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import dirname, relpath

from mgi_report.content.files import barred, names_in, outside
from mgi_report.content.model import Block, Box, Figure, ListBlock, Quote
from mgi_report.content.picture_files import PIXELS, flaw_of
from mgi_report.content.walk import changed, same
from mgi_report.diagnostics import Diagnostic, Rule, Span, nearest
from mgi_report.project import Barred, OutsideProject, Project, join

ICONS = "assets/icons"
"""Where icons lie, as <name>.svg."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


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
    """See that a picture is a whole PNG, JPEG or SVG file that needs no other file."""
    try:
        content = project.read(path)
    except Barred as error:
        return [barred(error, span, Rule.PICTURE_EXISTS)]
    if content is None:
        folder, _, name = path.rpartition("/")
        names = names_in(project, folder)
        plain = re.split(r"[?#]", name)[0]
        if plain in names:
            hint = f'Write "{plain}": what stands behind it is of an address on the web.'
        elif there := next(_places(project, plain, dirname(span.file)), None):
            hint = f'It stands in another folder: write "{there}".'
        else:
            hint = nearest(name, names) or f"It was looked for at {path}."
        return [Diagnostic(Rule.PICTURE_EXISTS, f'There is no picture "{name}".', span, hint)]
    flaw = flaw_of(content, path, span)
    return [flaw] if flaw else []


def _places(project: Project, name: str, folder: str) -> Iterator[str]:
    """Look for a file around a folder of the profile; give its paths as they are written there."""
    above = dirname(folder)
    around = [folder, above] if "profile.yml" in names_in(project, above) else [folder]
    below = [f"{each}/{inside}" for each in around for inside in names_in(project, each)]
    for place in (*around, *below):
        if name in names_in(project, place):
            yield relpath(f"{place}/{name}", folder)


def sound_figures(
    project: Project, blocks: tuple[Block, ...], found: list[Diagnostic]
) -> tuple[Block, ...]:
    """Leave out the figures whose picture cannot be used, so that this is said once, here."""
    sound: list[Block] = []
    for block in blocks:
        match block:
            case Figure():
                wrong = check_picture(project, block.path, block.span)
                found += wrong
                if not wrong:
                    sound.append(block)
            case Box() | Quote():
                inner = sound_figures(project, block.blocks, found)
                sound.append(changed(block, blocks=inner))
            case ListBlock():
                items = [
                    changed(item, blocks=sound_figures(project, item.blocks, found))
                    for item in block.items
                ]
                sound.append(changed(block, items=same(block.items, items)))
            case _:
                sound.append(block)
    return same(blocks, sound)


def flaw_of_icon(content: bytes, path: str) -> Diagnostic | None:
    """Say what is wrong with an icon's file; there, for no place that names it is to blame."""
    flaw = flaw_of(content, path, Span(path))
    if flaw is None and content.startswith(PIXELS):
        message = "The icon is no SVG picture."
        return Diagnostic(Rule.PICTURE_EXISTS, message, Span(path), "Save it as plain SVG.")
    return flaw


def check_icon(project: Project, name: str, span: Span) -> list[Diagnostic]:
    """See that there is an icon of this name, and that its file is whole."""
    path = f"{ICONS}/{name}.svg"
    if re.fullmatch(r"[a-z0-9-]+", name):
        try:
            content = project.read(path)
        except Barred as error:
            return [barred(error, span, Rule.PICTURE_EXISTS)]
        if content is not None:
            flaw = flaw_of_icon(content, path)
            return [flaw] if flaw else []
    known = [
        file.removesuffix(".svg") for file in names_in(project, ICONS) if file.endswith(".svg")
    ]
    hint = nearest(name, known) or f"Known here: {', '.join(known)}."
    return [Diagnostic(Rule.PICTURE_EXISTS, f'There is no icon "{name}".', span, hint)]
