"""What loading WeasyPrint costs: half of what it would, since some of it is never asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tests.pages.html import section

from mgi_report.pages.engine import boxes
from mgi_report.pages.typesetting.typeset import typeset


def test_no_program_is_started_to_find_libraries() -> None:
    if sys.platform != "linux":
        pytest.skip("libraries are found in another way there")
    started = _run(
        "import sys\n"
        "hear = lambda event, details: event == 'subprocess.Popen' and print(details[0])\n"
        "sys.addaudithook(hear)\n"
        "import mgi_report.pages.engine"
    )
    assert not started


def test_what_would_embed_fonts_is_left_out_but_not_for_others() -> None:
    embedding = "fontTools.subset", "fontTools.varLib.instancer"
    before, after = _run(
        "import sys, mgi_report.pages.engine\n"
        f"print(*set({embedding}) & set(sys.modules), '.')\n"
        "import fontTools.subset, fontTools.varLib.instancer as instancer\n"
        "print(fontTools.subset.Subsetter.__name__, instancer.instantiateVariableFont.__name__)"
    )
    assert before == "."
    assert after == "Subsetter instantiateVariableFont"


def _run(code: str) -> list[str]:
    """Run code in a new process; give the lines that it prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@pytest.mark.parametrize(("rule", "made"), [("", 0), ("@page { @top-left { content: 'x' } }", 16)])
def test_a_page_has_boxes_in_its_margins_only_where_one_says_something(
    monkeypatch: pytest.MonkeyPatch, rule: str, made: int
) -> None:
    counted = []

    class Counted(boxes.MarginBox):  # type: ignore[misc]
        def __init__(self, *given: object) -> None:
            counted.append(given)
            super().__init__(*given)

    monkeypatch.setattr(boxes, "MarginBox", Counted)
    typeset(section("<p>One page</p>", rule))
    assert len(counted) == made
