"""Lengths that are taken as they are come out as if WeasyPrint had worked them out."""

from __future__ import annotations

from typing import Any

import pytest
from tests.pages.html import section
from weasyprint.layout import percent  # type: ignore[import-untyped]

from mgi_report.pages.typesetting.typeset import typeset

HTML = "<div><p>A few <b>words</b> by chance</p><table><td>1<td>2</table></div>"


@pytest.mark.parametrize(
    "rules",
    [
        "p { margin: 9pt auto; width: 60pt }",
        "p { margin-left: 10%; padding-right: 1em; min-width: 80% }",
        "div { width: calc(100% - 20pt) } p { max-width: none; padding: calc(2pt + 1%) }",
        "div { position: absolute; left: 20pt; bottom: 5% } b { display: inline-block }",
        "td { min-width: auto; width: 30pt; padding: 0 5% }",
    ],
)
def test_lengths_are_those_that_are_worked_out(monkeypatch: pytest.MonkeyPatch, rules: str) -> None:
    made = typeset(section(HTML, rules)).value

    def worked_out(box: Any, key: str, whole: Any) -> None:
        length = percent.percentage(box.style[key], box.style, whole)
        setattr(box, key, 0 if length == "auto" and key.startswith("min_") else length)

    monkeypatch.setattr(percent, "resolve_one_percentage", worked_out)
    assert typeset(section(HTML, rules)).value == made
    assert typeset(section(HTML, "")).value != made
