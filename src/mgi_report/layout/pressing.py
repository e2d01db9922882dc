"""What layout.yml says of a press: its file, and what it prints for each colour."""

from __future__ import annotations

from mgi_report.content.validate import span_of
from mgi_report.content.yaml import YamlMap
from mgi_report.diagnostics import Diagnostic, Rule
from mgi_report.layout.file import LayoutFile
from mgi_report.layout.model import Inks, PressSpec


def press_of(file: LayoutFile, root: YamlMap) -> PressSpec | None:
    """Give what a file for a press is like."""
    entry = file.press
    if entry is None:
        return None
    return PressSpec(
        bleed=entry.bleed,
        reach=entry.reach,
        mirror=entry.mirror,
        signature=entry.signature,
        leaf=entry.paper.leaf,
        board=entry.paper.cover,
        profile=entry.profile,
        condition=entry.condition,
        front=entry.cover.front if entry.cover else "",
        back=entry.cover.back if entry.cover else "",
        spine=entry.cover.spine if entry.cover else "",
        edge=tuple(entry.edge),
        verso=dict(entry.verso),
        profile_span=span_of(root, ("press", "profile")),
        bleed_span=span_of(root, ("press", "bleed")),
    )


def inks_of(file: LayoutFile, root: YamlMap, found: list[Diagnostic]) -> dict[str, Inks]:
    """Give what a press prints for colours, by their sRGB values; one colour has one value."""
    inks: dict[str, tuple[str, Inks]] = {}
    for name, entry in file.colours.items():
        if entry.press is None:
            continue
        cyan, magenta, yellow, black = entry.press
        given = cyan, magenta, yellow, black
        other, known = inks.setdefault(entry.screen.upper(), (name, given))
        if known != given:
            message = (
                f'A press prints "{name}" as {_said(given)} and "{other}" as {_said(known)}, '
                "though they are one colour on screens."
            )
            hint = "Say it once: it holds for all names of the colour."
            span = span_of(root, ("colours", name, "press"))
            found.append(Diagnostic(Rule.VALUE_IS_VALID, message, span, hint))
    return {colour: given for colour, (_, given) in inks.items()}


def _said(inks: Inks) -> str:
    return "/".join(f"{share:g}" for share in inks)
