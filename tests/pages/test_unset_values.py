"""What no rule sets of an element comes out as if WeasyPrint had worked it out."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from tests.pages.html import section
from weasyprint import css  # type: ignore[import-untyped]

from mgi_report.pages import unset_values
from mgi_report.pages.engine import pixels
from mgi_report.pages.typesetting.typeset import typeset

HTML = '<div><p>A <b>few</b> <i style="float: right">words</i> by <a href="#x">chance</a></p></div>'


@pytest.mark.parametrize(
    "rules",
    [
        "p { margin-left: 20pt }",
        "p { margin-inline-start: 20pt }",
        "div { direction: rtl } p { margin-inline-start: 20pt; padding-inline: 4pt 9pt }",
        "div { color: red; letter-spacing: 2pt; text-indent: calc(10% + 9pt) }",
        "div { --far: 30pt } p { margin-left: var(--far); width: calc(var(--far) * 3) }",
        "div { text-decoration: underline red } b { text-decoration: overline }",
        "div { border: 2pt solid; font-size: 20pt } p { border-left: 1em solid; font-size: 50% }",
        "div { page: wide } @page wide { size: 400pt 100pt }",
        "b { position: absolute; right: 0 } div { position: relative }",
        "p { margin-left: 30pt; color: initial } b { margin-left: inherit; display: block }",
    ],
)
def test_values_are_those_that_are_worked_out(monkeypatch: pytest.MonkeyPatch, rules: str) -> None:
    made = typeset(section(HTML, rules)).value
    monkeypatch.setattr(css.ComputedStyle, "__missing__", _worked_out())
    assert typeset(section(HTML, rules)).value == made
    assert typeset(section(HTML, "")).value != made


def test_what_no_rule_sets_is_not_worked_out() -> None:
    asked: list[str] = []

    class Asked(css.ComputedStyle):  # type: ignore[misc]
        def __missing__(self, key: str) -> Any:
            asked.append(key)
            return _worked_out()(self, key)

    unset_values.mend(SimpleNamespace(**{**vars(css), "ComputedStyle": Asked}))
    sets = {"margin_inline_start": (pixels(9), (0, 0, (0, 0, 0)))}
    around = Asked(None, {}, None, None, "", None, {})
    style = Asked(around, sets, None, around, "", None, {})
    around["hyphens"] = "auto"
    assert [style["hyphens"], style["orphans"], style["hyphenate_character"]] == ["auto", 2, "‐"]
    assert "orphans" in asked  # of the root, around which there is nothing
    asked.clear()
    assert [style["widows"], style["box_sizing"]] == [around["widows"], "content-box"]
    assert style["margin_left"] == pixels(9)
    assert "box_sizing" not in asked
    assert "margin_left" in asked  # it is set by its other name


def _worked_out() -> Any:
    """Give WeasyPrint's own way."""
    mended = css.ComputedStyle.__missing__
    (own,) = [
        cell.cell_contents
        for name, cell in zip(mended.__code__.co_freevars, mended.__closure__, strict=True)
        if name == "work_out"
    ]
    return own
