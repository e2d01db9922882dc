"""Step 1: an SVG picture that would not be drawn whole is told."""

import pytest

from mgi_report.content.svg_files import flaw_of_svg
from mgi_report.diagnostics import Span

NAMED = Span("a.md", 3, 1)


def told(inside: str, attributes: str = 'viewBox="0 0 9 9"') -> str | None:
    """Say what is wrong with a picture: place and message."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>\n{inside}\n</svg>'
    flaw = flaw_of_svg(svg.encode(), "a.svg", NAMED)
    return f"{flaw.span}: {flaw.message}" if flaw else None


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M-1.5.5e1,2L3-4a1 1 0 012 3Z"/><g id="g"><circle r="10%"/></g><use href="#g"/>',
        '<metadata><rdf xmlns="http://x.org">NaN</rdf></metadata><style>path { fill: red }</style>',
        '<defs><filter id="left"><feGaussianBlur/></filter></defs>',
        '<g clip-path="url(#c)"><defs><clipPath id="c"><rect/></clipPath></defs></g>',
        '<text x="1 2 3">infinity</text>',
        "<g>" * 60 + "</g>" * 60,
    ],
)
def test_what_is_drawn_is_right(inside: str) -> None:
    assert told(inside) is None


@pytest.mark.parametrize(
    "attributes", ['width="9" height="8"', 'width="100%" viewBox="0 0 9 8"', 'viewBox="-1,-1,2,2"']
)
def test_a_size_may_be_said_in_several_ways(attributes: str) -> None:
    assert told("", attributes) is None


@pytest.mark.parametrize(
    "attributes",
    ["", 'width="9"', 'width="100%" height="100%"', 'viewBox="0 0 0 0"', 'viewBox="0 0 9"',
     'width="0" height="9"', 'viewBox="a b c d"'],
)  # fmt: skip
def test_a_picture_says_how_large_it_is(attributes: str) -> None:
    assert told("", attributes) == "a.svg:1:1: The SVG picture does not say how large it is."


@pytest.mark.parametrize(
    ("inside", "place", "message"),
    [
        (
            "<g>\n <foreignObject/></g>",
            "3:2",
            "an element <foreignObject>, which is not drawn.",
        ),
        ("<rect><animate/></rect>", "2:7", "has an element <animate>, which is not drawn."),
        (
            '<filter id="f"><feGaussianBlur/></filter><g filter="url(#f)"/>',
            "2:16",
            "has an element <feGaussianBlur>, which is not drawn.",
        ),
        ('<g id="g"><use href="#g"/></g>', "2:1", "<g> is drawn as a part of itself."),
        ("<g>" * 3000 + "</g>" * 3000, "2:295", "elements in elements, over 100 levels deep."),
        ('<path d="MNaN 2L3 4"/>', "2:1", '"d" of <path> is not made of numbers.'),
        ('<path d="M1e999 2"/>', "2:1", '"d" of <path> is not made of numbers.'),
        ('<polygon points="1,2 NaN,4"/>', "2:1", '"points" of <polygon> is not made of numbers.'),
        ('<circle r="Infinity"/>', "2:1", '"r" of <circle> is not made of numbers.'),
    ],
)
def test_what_is_not_drawn_is_told_at_its_element(inside: str, place: str, message: str) -> None:
    found = told(inside)
    assert found
    assert found.startswith(f"a.svg:{place}: ")
    assert found.endswith(message)


def test_what_would_be_drawn_without_end_is_told_at_once() -> None:
    levels = "".join(
        f'<g id="g{level}">' + f'<use href="#g{level + 1}"/>' * 10 + "</g>\n" for level in range(8)
    )
    found = told(f'{levels}<g id="g8"><rect/></g>')
    assert found
    assert found.endswith("The SVG picture draws more than 50000 elements.")


def test_a_picture_of_many_megabytes_is_told() -> None:
    flaw = flaw_of_svg(b"<svg>" + b" " * 10_000_000 + b"</svg>", "a.svg", NAMED)
    assert flaw
    assert flaw.span == NAMED
    assert flaw.message == 'The picture "a.svg" has more than 10 megabytes.'
