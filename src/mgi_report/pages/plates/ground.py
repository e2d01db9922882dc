"""Step 5, bind: what a press asks for, and its ICC profile, read before anything is typeset."""

from __future__ import annotations

from dataclasses import dataclass

from mgi_report.content.facts import Facts
from mgi_report.diagnostics import Outcome, Span, has_errors
from mgi_report.layout.model import Layout
from mgi_report.pages.imposing import Imposition, imposition
from mgi_report.pages.plates.profiles import PressProfile, press_profile, read_press_profile
from mgi_report.project import Project


@dataclass(frozen=True, slots=True)
class PressGround:
    """What a file for a press stands on."""

    imposition: Imposition
    profile: PressProfile


def press_ground(
    project: Project, layout: Layout, facts: Facts, given: tuple[str, bytes] | None
) -> Outcome[PressGround | None]:
    """Say how pages stand in the book, and which inks are meant.

    `given` is an ICC profile that goes before all others, with its name.
    """
    imposed = imposition(layout, facts.press)
    if imposed.value is None:
        return Outcome(None, imposed.diagnostics)
    spec = imposed.value.spec
    if given:
        name, content = given
        read = press_profile(content, name, "Custom", Span(name))
    else:
        read = read_press_profile(project, spec.profile, spec.condition, spec.profile_span)
    found = (*imposed.diagnostics, *read.diagnostics)
    if read.value is None or has_errors(found):
        return Outcome(None, found)
    return Outcome(PressGround(imposed.value, read.value), found)
