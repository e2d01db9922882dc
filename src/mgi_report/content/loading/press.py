"""Step 1, load: what the printer asks for, `press` in profile.yml."""

from __future__ import annotations

from posixpath import basename, dirname

from mgi_report.content.files import names_in, outside
from mgi_report.content.press import PressWish, no_press_profile
from mgi_report.content.schema import ProfileFile
from mgi_report.content.validate import Checked, span_of
from mgi_report.diagnostics import Diagnostic
from mgi_report.project import OutsideProject, Project, join


def press_wish(
    project: Project, folder: str, read: Checked[ProfileFile], found: list[Diagnostic]
) -> PressWish:
    """Read what the printer of the profile in a folder asks for."""
    entry = read.value.press
    span = span_of(read.root, ("press", "profile"))
    profile = ""
    if entry.profile:
        try:
            profile = join(folder, entry.profile)
            if basename(profile) not in names_in(project, dirname(profile)):
                found.append(no_press_profile(profile, span))
        except OutsideProject:
            found.append(outside(entry.profile, span))
    return PressWish(
        bleed=entry.bleed,
        signature=entry.signature,
        leaf=entry.paper.leaf,
        cover=entry.paper.cover,
        profile=profile,
        bleed_span=span_of(read.root, ("press", "bleed")),
        profile_span=span,
    )
