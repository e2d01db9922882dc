"""What one process keeps of sections, from one making to the next."""

from __future__ import annotations

import gc

from tests.pages.html import section

from mgi_report.pages.model import Pages
from mgi_report.pages.typesetting.typesetter import Typesetter

MAKINGS = 30


def test_a_day_of_edits_takes_no_more_memory_than_the_last_two() -> None:
    typesetter = Typesetter("program", jobs=1)
    before = _pages_in_memory()
    for edit in range(MAKINGS):
        ((_, _, is_new),) = typesetter.typeset([section(f"<p>{edit}</p>")])
        assert is_new
        typesetter.trim()
    assert _pages_in_memory() - before == 2
    ((_, _, is_new),) = typesetter.typeset([section(f"<p>{MAKINGS - 2}</p>")])
    assert not is_new, "an edit that is undone should be found again"


def _pages_in_memory() -> int:
    gc.collect()
    return sum(isinstance(each, Pages) for each in gc.get_objects())
