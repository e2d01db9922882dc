"""Makes what goes to a press, in each language: the block of pages, and the cover around it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from mgi_report.diagnostics import Outcome, Rule
from mgi_report.progress import Progress
from mgi_report.publish.editions import PRESS, PRESS_COVER
from mgi_report.publish.gate import judge
from mgi_report.steps import volumes
from mgi_report.variants import PRINT

Pressed = Mapping[str, Mapping[str, bytes]]
"""PDFs by language, then by what they are."""


def pressed(
    folder: Path, *, allowed: Collection[Rule] = (), progress: Progress | None = None
) -> Outcome[Pressed]:
    """Make the PDFs for the press; errors stand in the way, as in `gate`."""
    made = volumes(folder, variant=PRINT, progress=progress)
    files: dict[str, dict[str, bytes]] = {}
    for each in made.value:
        if each.profile is None or each.volume is None:
            continue
        files[each.profile.lang] = {PRESS: each.volume.pdf}
        if each.volume.cover:
            files[each.profile.lang][PRESS_COVER] = each.volume.cover.pdf
    is_whole = bool(made.value) and len(files) == len(made.value)
    return Outcome(files, tuple(judge(made.diagnostics, allowed, is_whole=is_whole)))
