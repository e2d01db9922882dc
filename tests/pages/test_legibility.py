"""Step 4: text that stands on a page can be read there."""

from __future__ import annotations

import pytest
from tests.pages.html import FOX, complaints, made, section

from mgi_report.diagnostics import Span
from mgi_report.pages.typesetting.typeset import typeset

BAR = '<div style="background: navy; height: 40pt"></div>'
PICTURE = '<img src="red.png" alt="Red" style="position: absolute; width: 90pt; height: 90pt">'


@pytest.mark.parametrize(
    "body",
    [
        # Next to each other, or nearly.
        "<p>one</p><p>two</p>",
        '<p style="font-size: 30pt; line-height: 18pt">one<br>two</p>',
        '<p>A<span style="float: right">B</span></p><p style="margin: -14pt 0 0 30pt">C</p>',
        '<p>Law<sup style="font-size: 5pt; vertical-align: 4pt">1</sup> of 2020</p>',
        '<div style="transform: rotate(-90deg); width: 60pt">up</div><p>across</p>',
        '<div style="transform: rotate(45deg); width: 60pt">askew</div><p>next to it</p>',
        # Decoration.
        '<p>Words</p><p style="margin-top: -14pt" aria-hidden="true">over them</p>',
        '<p>Words</p><p class="ornament" style="font-size: 2pt">small</p>',
        # On a ground of its own.
        '<p style="background: navy; color: white">white on navy</p>',
        f'{BAR}<p style="margin-top: -20pt; color: white">white, and not in the bar</p>',
        f'{PICTURE}<p style="color: white">white on red</p>',
        '<p style="background: linear-gradient(navy, white); color: white">white</p>',
        "<style>@page { background: navy } body { color: white }</style><p>white on navy</p>",
        '<p style="color: rgba(0, 0, 0, .6)">grey</p>',
        '<p style="color: #767676">grey</p>',
        '<p style="color: #949494; font-size: 18pt; line-height: 20pt">grey and large</p>',
        '<p style="color: #949494; font-size: 14pt"><b>grey and bold</b></p>',
        f'{PICTURE}<p style="color: #ccc">grey on red</p>',
        f'{BAR}<p style="margin-top: -20pt; color: #ccc">grey, and not in the bar</p>',
        '<p style="letter-spacing: -.05em; word-spacing: -.04em">close, and well apart</p>',
        '<p style="word-spacing: -.25em">one</p>',
        '<table><col style="background: navy"><tr><td style="color: white">x</td></tr></table>',
        '<p style="font-size: 4pt; line-height: 5pt">the smallest</p>',
    ],
)
def test_text_that_can_be_read(body: str) -> None:
    made(body)


OVER = 'is printed over "one", which stands at sections/sample.html.j2:1:1.'
PALE = "is too near in colour to what it stands on: a contrast of"
ONE_MORE = "So it is with 1 more of this section."
CLOSE = "has its words or letters moved together, so that they run into each other."
LIKE_ITS_GROUND = "has the colour of what it stands on, so nobody sees it."


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('<p>one</p><div style="margin-top: -14pt">two</div>', f'"two" {OVER}'),
        ('<p>one</p><div style="position: absolute; top: 2pt">two</div>', f'"two" {OVER}'),
        ('<p>one</p><div style="position: relative; top: -12pt">two</div>', f'"two" {OVER}'),
        (
            '<p style="line-height: 2pt">one<br>two</p>',
            f'"two" {OVER}',
        ),
        (
            '<p>one</p><div style="transform: translate(0, -14pt) rotate(1deg)">two</div>',
            f'"two" {OVER}',
        ),
        (
            '<p style="font-size: 1pt">What nobody reads</p>',
            '"What nobody reads" is printed in 1.0 pt, too small to be read.',
        ),
        (
            '<p style="transform: scale(.3)">What nobody reads</p>',
            '"What nobody reads" is printed in 3.0 pt, too small to be read.',
        ),
        (
            '<p style="color: transparent">What is not there</p>',
            '"What is not there" is see-through, so nobody sees it.',
        ),
        (
            '<p style="opacity: 0">What is not there</p>',
            '"What is not there" is see-through, so nobody sees it.',
        ),
        (
            '<p style="color: #ccc">Grey</p><p style="color: #ccc">Ash</p>',
            f'"Grey" {PALE} 1.6 to 1, and text of this size needs 4.5. {ONE_MORE}',
        ),
        (
            '<p style="color: rgba(0, 0, 0, .5)">Grey</p>',
            f'"Grey" {PALE} 4.0 to 1, and text of this size needs 4.5.',
        ),
        (
            '<p style="background: #1a9fff; color: white">White</p>',
            f'"White" {PALE} 2.8 to 1, and text of this size needs 4.5.',
        ),
        (
            '<p style="color: #999; font-size: 18pt; line-height: 20pt">Grey</p>',
            f'"Grey" {PALE} 2.8 to 1, and text of this size needs 3.',
        ),
        ('<p style="word-spacing: -.25em">One two</p>', f'"One two" {CLOSE}'),
        ('<p style="letter-spacing: -.1em">One</p>', f'"One" {CLOSE}'),
        ('<p style="color: white">White</p>', f'"White" {LIKE_ITS_GROUND}'),
        ('<p style="color: #fbfbfb">White</p>', f'"White" {LIKE_ITS_GROUND}'),
        ('<p style="background: navy; color: navy">Navy</p>', f'"Navy" {LIKE_ITS_GROUND}'),
        (
            f'{BAR}<p style="color: white; position: absolute; top: 60pt">White</p>',
            f'"White" {LIKE_ITS_GROUND}',
        ),
        (
            '<p style="color: white">White</p><p style="color: white">Snow</p>',
            f'"White" {LIKE_ITS_GROUND} {ONE_MORE}',
        ),
    ],
)
def test_text_that_cannot_be_read(body: str, message: str) -> None:
    assert complaints(body) == [f"text-can-be-read: {message}"]


def test_texts_over_each_other_are_told_with_the_places_of_both() -> None:
    blocks = {"a": Span("content/x.md", 7, 1), "b": Span("content/x.md", 9, 1)}
    body = (
        f'<p data-block="a">{FOX * 3}</p><p data-block="b" style="margin-top: -28pt">{FOX * 3}</p>'
    )
    (found,) = typeset(section(body, blocks=blocks)).diagnostics
    assert found.span == blocks["b"]
    assert found.message == (
        '"The quick brown fox jumps over the lazy dog while" is printed over '
        '"the lazy dog while nobody is watching it. The quick brown", '
        "which stands at content/x.md:7:1."
    )
