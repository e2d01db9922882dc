"""The height of an empty line is worked out once for each way in which lines are set."""

from __future__ import annotations

from typing import Any

import pytest
from tests.pages.html import section
from weasyprint.layout import inline as inline_layout  # type: ignore[import-untyped]
from weasyprint.text import line_break  # type: ignore[import-untyped]

from mgi_report.pages import known_struts
from mgi_report.pages.typesetting.typeset import typeset

HTML = "<p>One <b>two</b> three</p><p>Four</p><p lang='fr'>Cinq</p>"


@pytest.mark.parametrize(
    "rules",
    [
        "p { line-height: 1.5 }",
        "p { line-height: 20pt }",
        "p { line-height: calc(2em + 1pt) } b { line-height: normal }",
        "b { font-size: 20pt }",
        "b { font-size: 0 }",
    ],
)
def test_lines_are_as_high_as_they_are_worked_out(
    monkeypatch: pytest.MonkeyPatch, rules: str
) -> None:
    made = typeset(section(HTML, rules)).value
    monkeypatch.setattr(inline_layout, "strut", line_break.strut)
    assert typeset(section(HTML, rules)).value == made
    assert typeset(section(HTML, "")).value != made


def test_they_are_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def work_out(style: Any) -> Any:
        asked.append(style)
        return line_break.strut(style)

    monkeypatch.setattr(inline_layout, "strut", work_out)
    known_struts.mend(inline_layout)
    rules = "p { font-size: 17.3pt }"  # in no other test
    typeset(section(HTML, rules))
    assert asked
    asked.clear()
    typeset(section(HTML, rules))
    assert not asked
