"""Step 5, bind: the ICC profile that says what the colours on the pages mean.

Source: ICC.1:2022, 7.2 (the header). A viewer that cannot use the profile would choose colours of
its own.
"""

from __future__ import annotations

from mgi_report.content.files import barred
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span
from mgi_report.project import Barred, Project

COLOUR_PROFILE = "assets/colour/sRGB2014.icc"
"""The ICC profile of sRGB, which colours on the pages are in."""

_HEADER = 128


def read_colour_profile(project: Project) -> Outcome[bytes]:
    """Read the colour profile, the project's own where it has one; empty if it is of no use."""
    try:
        content = project.read(COLOUR_PROFILE)
    except Barred as error:
        return Outcome(b"", (barred(error),))
    span = Span(COLOUR_PROFILE)
    if content is None:
        message = f"There is no colour profile {COLOUR_PROFILE}."
        return Outcome(b"", (Diagnostic(Rule.FILE_EXISTS, message, span),))
    if wrong := wrong_with(content, (b"mntr", "a screen"), (b"RGB ", "RGB")):
        message = f"The colour profile cannot be used: {wrong}."
        hint = "Put an ICC profile of sRGB there, or delete the file: the program has its own."
        return Outcome(b"", (Diagnostic(Rule.COLOUR_PROFILE_IS_SOUND, message, span, hint),))
    return Outcome(content)


def wrong_with(content: bytes, device: tuple[bytes, str], colours: tuple[bytes, str]) -> str | None:
    """Say what is wrong with an ICC profile; `device` and `colours` are what it should be for."""
    if len(content) < _HEADER or content[36:40] != b"acsp":
        return "it is no ICC profile"
    said = int.from_bytes(content[:4], "big")
    if said != len(content):
        return f"it says that it has {said:,} bytes, but has {len(content):,}"
    for place, (code, words) in ((12, device), (16, colours)):
        if content[place : place + 4] != code:
            return f"it is not one of {words}" if place == 12 else f"its colours are not {words}"
    return None
