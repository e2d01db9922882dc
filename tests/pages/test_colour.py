"""Step 5: a colour profile that is none is told before it goes into a PDF."""

import pytest

from mgi_report.diagnostics import Rule
from mgi_report.pages.binding.colour import COLOUR_PROFILE, read_colour_profile
from mgi_report.project import MemoryProject

SHIPPED = MemoryProject({}).read(COLOUR_PROFILE) or b""


def test_what_is_shipped_is_sound() -> None:
    assert read_colour_profile(MemoryProject({})).value == SHIPPED


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no ICC profile"),
        (b"x" * 4000, "no ICC profile"),
        (SHIPPED[: len(SHIPPED) // 2], "but has 1,512"),
        (SHIPPED[:12] + b"prtr" + SHIPPED[16:], "not one of a screen"),
        (SHIPPED[:16] + b"CMYK" + SHIPPED[20:], "not RGB"),
    ],
)
def test_a_broken_one_of_the_project_is_told(content: bytes, says: str) -> None:
    read = read_colour_profile(MemoryProject({COLOUR_PROFILE: content}))
    (found,) = read.diagnostics
    assert found.rule is Rule.COLOUR_PROFILE_IS_SOUND
    assert str(found.span) == f"{COLOUR_PROFILE}:1:1"
    assert says in found.message
