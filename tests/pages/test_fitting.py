"""Step 4: text stays inside its box and on its page."""

from __future__ import annotations

import pytest
from tests.pages.html import FOX, complaints, made, section

from mgi_report.diagnostics import Span
from mgi_report.pages.typesetting.typeset import typeset


@pytest.mark.parametrize(
    "body",
    [
        '<div style="height: 28pt">one<br>two</div>',
        '<div style="height: 14pt; font-size: 60pt; line-height: 14pt">12</div>',
        '<div><p style="height: 0; width: 0; white-space: nowrap; margin-left: -9pt">x</p></div>',
        '<div style="height: 14pt"><div style="position: absolute; top: 40pt">below</div></div>',
        '<p style="padding-left: 14pt; text-indent: -14pt">' + FOX * 4 + "</p>",
        '<p style="text-align: justify; letter-spacing: .02em">' + FOX * 6 + "</p>",
        '<p style="text-transform: uppercase">Straße</p>',
        f'<style>p::first-letter {{ font-size: 2em }}</style><p class="l">{FOX}</p>',
        '<p style="width: 60pt; hyphens: auto">extraordinary internationalization</p>',
        '<table><tr><td style="height: 5pt">a<br>b</td></tr></table>',
        '<div style="transform: rotate(-90deg); width: 50pt">abc</div>',
        '<p style="width: 20pt; white-space: nowrap">a line on purpose</p>',
        '<div style="height: 600pt">' + "<p>x</p>" * 30 + "</div>",
        '<div style="position: running(h)">in a margin or on no page</div><p>x</p>',
        f'<div style="columns: 2; height: 90pt">{FOX * 2}</div>',
    ],
)
def test_text_that_fits(body: str) -> None:
    made(body)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            "<div data-whole>" + "<p>x</p>" * 60 + "<p>last</p></div>",
            'One page must hold all of this part; "x" stands on the next.',
        ),
        (
            '<div style="height: 20pt">a<br>b<br>c</div>',
            "The text is 7.8 mm (2 lines) too long for its box.",
        ),
        (
            '<div style="height: 0">what follows stands on it</div>',
            "The text is 4.9 mm (1 line) too long for its box.",
        ),
        (
            '<div style="max-height: 20pt; overflow: hidden">a<br>b</div>',
            "The text is 2.8 mm (1 line) too long for its box.",
        ),
        (
            '<div data-fit style="height: 20pt; padding-bottom: 9pt">a<br>b</div>',
            "The text is 2.8 mm (1 line) too long for its box.",
        ),
        (
            '<p style="width: 40pt">Donaudampfschiff</p>',
            '"Donaudampfschiff" is 13.1 mm too wide for its line.',
        ),
        (
            '<div style="position: absolute; left: 250pt; white-space: nowrap">over it</div>',
            "Text runs 2.2 mm off the edge of the page.",
        ),
        (
            '<div style="position: absolute; top: 320pt">a<br>b<br>c</div>',
            'Text is cut off at the end of its box or page: "b c".',
        ),
        (
            '<div style="position: absolute; top: 330pt"><p>a</p><p>b</p><p>c</p></div><p>x</p>',
            'Text is cut off at the end of its box or page: "b c".',
        ),
        (
            '<p style="width: 20pt; padding-left: 220pt">Donaudampfschiff</p>',
            '"Donaudampfschiff" is 20.2 mm too wide for its line.',  # and off the page
        ),
        (
            '<p style="max-lines: 1; continue: discard; width: 60pt">one two three four</p>',
            'Text is cut off at the end of its box or page: "four".',
        ),
    ],
)
def test_text_that_does_not_fit(body: str, message: str) -> None:
    assert complaints(body) == [f"text-fits-its-box: {message}"]


def test_text_that_does_not_fit_is_found_at_its_block() -> None:
    blocks = {"b": Span("content/x.md", 9, 1)}
    body = '<div style="height: 10pt" data-block="b"><p>a</p></div>'
    (found,) = typeset(section(body, blocks=blocks)).diagnostics
    assert found.span == blocks["b"]
