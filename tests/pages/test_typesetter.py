"""What one process keeps of sections, from one making to the next."""

from __future__ import annotations

import gc

import pytest
from tests.pages.html import section

from mgi_report.pages.model import Pages
from mgi_report.pages.typesetting.typeset import typeset_anywhere
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


@pytest.mark.parametrize(
    ("before", "after", "counts"),
    [
        ("p { color: navy }", "/* A comment. */\np { color: navy }", False),
        ("p { color: navy }", "p {\n  /* navy\n  */ color:   navy\n}", False),
        ("p { color: navy }", "p { color: navy /* as all */ }", False),
        ("p {color: navy}", "p {/**/color: navy}", True),
        ("p.a .b { color: navy }", "p.a/**/.b { color: navy }", True),
        ("p::before { content: 'a' }", "p::before { content: 'a  ' }", True),
        ("p::before { content: '/*a*/' }", "p::before { content: '/*b*/' }", True),
        ("p { background: url(a/*b*/) }", "p { background: url(a/*c*/) }", True),
        ("p { color: navy }", "p { color: navy } /* left open", True),
    ],
)
def test_comments_in_style_sheets_are_no_edit(before: str, after: str, *, counts: bool) -> None:
    """Where in doubt, it is one."""
    typesetter = Typesetter("program", jobs=1)
    [*typesetter.typeset([section("<p>Words</p>", before)])]
    ((_, typeset, is_new),) = typesetter.typeset([section("<p>Words</p>", after)])
    assert is_new == counts
    assert typeset == typeset_anywhere(section("<p>Words</p>", after))


def test_what_is_wrong_follows_its_line_below_a_comment() -> None:
    typesetter = Typesetter("program", jobs=1)
    lines = []
    for css in ("p { colour: red }", "/* One.\nTwo. */ p { colour: red }", "p { colour: red }"):
        ((_, typeset, _),) = typesetter.typeset([section("<p>Words</p>", css)])
        lines += [each.span.line for each in typeset.diagnostics if each.span]
    assert lines == [1, 2, 1]


def _pages_in_memory() -> int:
    gc.collect()
    return sum(isinstance(each, Pages) for each in gc.get_objects())
