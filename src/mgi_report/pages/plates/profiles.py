"""Step 5, bind: the ICC profile of a press, which says what its inks look like.

Source: ICC.1:2022, 7.2 (the header).
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from mgi_report.content.files import barred
from mgi_report.content.press import no_press_profile
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span
from mgi_report.pages.binding.colour import wrong_with
from mgi_report.project import Barred, Project

_NEWEST = 4
"""What PDF/X-4 knows of ICC (ISO 15930-7, 6.2.2); newer ones are for other uses."""


@dataclass(frozen=True, slots=True)
class PressProfile:
    """The ICC profile of a press."""

    content: bytes
    condition: str
    """Its printing condition in the ICC's registry, or "Custom"."""
    description: str
    """What it calls itself: "Coated FOGRA39"."""


def read_press_profile(
    project: Project, path: str, condition: str, span: Span
) -> Outcome[PressProfile | None]:
    """Read a profile of the project, or one that is shipped; `span` is where it is named."""
    try:
        content = project.read(path)
    except Barred as error:
        return Outcome(None, (barred(error, span),))
    if content is None:
        return Outcome(None, (no_press_profile(path, span),))
    return press_profile(content, path, condition, span)


def press_profile(
    content: bytes, name: str, condition: str, span: Span
) -> Outcome[PressProfile | None]:
    """Take a profile, and see that a press can be spoken to in its colours."""
    described = ""
    wrong = wrong_with(content, (b"prtr", "a press"), (b"CMYK", "CMYK")) or _too_new(content)
    if not wrong:
        described, wrong = _opened(content)
    if wrong:
        message = f"The colour profile {name} cannot be used for a press: {wrong}."
        hint = (
            "Ask the printer for the ICC profile of the press and paper, in CMYK; without one, "
            "that of the layout is used."
        )
        return Outcome(None, (Diagnostic(Rule.COLOUR_PROFILE_IS_SOUND, message, span, hint),))
    return Outcome(PressProfile(content, condition, described))


def _too_new(content: bytes) -> str | None:
    version = content[8]
    return f"it is of version {version} of ICC" if version > _NEWEST else None


def _opened(content: bytes) -> tuple[str, str | None]:
    """Give what it calls itself, and what is wrong where it cannot be used."""
    from PIL import ImageCms

    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(content))
        screen = ImageCms.createProfile("sRGB")
        ImageCms.buildTransform(screen, profile, "RGB", "CMYK")
        ImageCms.buildTransform(profile, screen, "CMYK", "RGB")
        return ImageCms.getProfileDescription(profile).strip(), None
    except (ImageCms.PyCMSError, OSError, ValueError):
        return "", "its tables of colours are damaged, or missing"
