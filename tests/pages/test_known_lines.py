"""A line that was broken before comes out as if it were broken anew."""

from __future__ import annotations

import pytest
from tests.pages.html import section
from weasyprint.layout import inline as inline_layout  # type: ignore[import-untyped]

from mgi_report.pages.typesetting.typeset import typeset

TEXT = "1/2 officials of AV Ta Internationalisation 0123456789 and fi\u00adnally nothing else "


def pdf(css: str, lang: str = "en") -> bytes:
    html = f'<p lang="{lang}">{TEXT * 2}</p>'
    pages = typeset(section(html, css=f"p {{ text-align: justify; {css} }}")).value
    assert pages.count == 1
    return pages.pdf


def forget() -> None:
    inline_layout.split_first_line.__self__._known.clear()


@pytest.mark.parametrize(
    ("css", "lang"),
    [
        ("font-size: 11pt", "en"),
        ("font-style: italic", "en"),
        ("font-weight: 600", "en"),
        ("font-kerning: none", "en"),
        ("font-variant-ligatures: none", "en"),
        ("font-variant-numeric: oldstyle-nums", "en"),
        ("font-variant-caps: small-caps", "en"),
        ("font-variant-position: super", "en"),
        ('font-feature-settings: "frac"', "en"),
        ("letter-spacing: 0.3pt", "en"),
        ("word-spacing: 3pt", "en"),
        ("text-decoration: underline", "en"),
        ("direction: rtl", "en"),
        ("width: 60pt", "en"),
        ("width: 60pt; overflow-wrap: anywhere", "en"),
        ("width: 60pt; word-break: break-all", "en"),
        ("white-space: nowrap", "en"),
        ("width: 60pt; hyphens: auto", "en"),
        ("width: 60pt; hyphens: auto", "fr"),
        ("width: 60pt; hyphens: auto; hyphenate-limit-chars: 5 4 4", "en"),
        ("width: 60pt; hyphens: none", "en"),
        ('width: 60pt; hyphenate-character: "="', "en"),
    ],
)
def test_what_was_set_before_in_another_way_is_set_anew(css: str, lang: str) -> None:
    forget()
    alone = pdf(css, lang)
    forget()
    plain, *_ = pdf("", lang), pdf("width: 60pt", lang), pdf("width: 60pt; hyphens: auto")
    assert pdf(css, lang) == alone
    assert alone != plain


def test_what_was_set_before_in_the_same_way_is_not_set_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = inline_layout.split_first_line.__self__
    forget()
    once = pdf("")
    broken = []
    monkeypatch.setattr(lines, "_split", lambda *given, **_: broken.append(given))
    assert pdf("") == once
    assert broken == []
