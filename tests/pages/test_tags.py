"""Step 4: HTML elements become structure elements; one case for each row of typesetting.md."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, pairwise

import pytest
from tests.conftest import Case
from tests.pages.html import FOX, noted, outline, said, section

from mgi_report.diagnostics import Rule, Span
from mgi_report.pages.model import Anchor, BlockPlace, Element, Link, PageHeading
from mgi_report.pages.typesetting.typeset import typeset

CASES = "tags.txt"


def test_tags(case: Case, golden: Callable[[str], None]) -> None:
    made = typeset(section(noted(case.input.replace("FOX ", FOX))))
    golden(f"{outline(made.value)}\n{said(made.diagnostics)}")


def test_a_link_over_lines_and_pages_is_one_element_and_an_annotation_a_page() -> None:
    made = typeset(section(f'<p>{FOX * 17}<a href="#x">{FOX * 3}</a></p><p id="x">x</p>')).value
    first, second = made.links
    assert (first.page, second.page) == (0, 1)
    assert (len(first.rectangles), len(second.rectangles)) == (2, 3)
    for link in made.links:
        ends = [(low, high) for _, low, _, high in link.rectangles]
        for (low, high), (next_low, next_high) in pairwise(ends):
            assert low - next_low == pytest.approx(14)
            assert high - next_high == pytest.approx(14)
            assert 10 < high - low < 14


def test_calls_of_notes_are_large_enough_to_hit_and_do_not_overlap() -> None:
    body = noted(f"<p>{FOX}a[^1: one] {FOX}b[^2: two] {FOX}[^3: three][^4: four]</p>")
    links = typeset(section(body)).value.links
    areas = [link.rectangles[0] for link in links]
    calls = [area for link, area in zip(links, areas, strict=True) if link.target == "#note-1"]
    (x0, y0, x1, y1) = calls[0]
    assert x1 - x0 == pytest.approx(12)
    assert y1 - y0 == pytest.approx(12)
    for one, other in combinations(areas, 2):
        beside = max(one[0], other[0]) - min(one[2], other[2])
        apart = max(one[1], other[1]) - min(one[3], other[3])
        assert max(beside, apart) >= 0, (one, other)


def test_places_are_in_points_from_the_bottom_left() -> None:
    body = (
        '<div style="margin-left: 20pt"><h2 id="h" data-block="b1">T</h2></div>'
        '<p style="margin-top: 6pt"><a href="section:sources/x">link</a></p>'
    )
    made = typeset(section(body)).value
    # The page is 300 by 400 points, its margins are 30, a line is 14.
    assert made.anchors == (Anchor("h", 0, 50, 370),)
    assert made.headings == (PageHeading(2, "T", "h", 0, 370),)
    assert made.places == (BlockPlace("b1", 0, (50, 356, 270, 370), "T"),)
    (link,) = made.links
    (x0, y0, x1, y1) = link.rectangles[0]
    assert x0 == 30
    assert 336 <= y0 < 340
    assert 346 < y1 <= 350
    assert 40 < x1 < 60


def test_places_follow_transforms() -> None:
    css = "div { transform: translate(10pt, 20pt); width: 100pt }"
    made = typeset(section('<div id="d"><a href="#d" style="display: block">x</a></div>', css))
    assert made.value.anchors == (Anchor("d", 0, 40, 350),)
    assert made.value.links == (Link(0, ((40, 336, 140, 350),), "#d", "x"),)


def test_headings_leave_out_notes_and_decoration_and_may_say_another_text() -> None:
    body = noted(
        "<style>h1::before { content: '1. ' } h2::before { content: '→ ' }</style>"
        '<h1>One <em>two</em>[^1: a note]<span aria-hidden="true">!</span></h1>'
        '<h2 id="heading-1">Na\u00adme<br>of it</h2><h2 data-outline="Other">Shown</h2>'
        '<h2 data-outline="">Left out</h2>'
    )
    made = typeset(section(body)).value
    assert [(entry.level, entry.text, entry.anchor) for entry in made.headings] == [
        (1, "1. One two", "heading-2"),
        (2, "Name of it", "heading-1"),
        (2, "Other", "heading-3"),
    ]
    assert {entry.anchor for entry in made.headings} <= {anchor.name for anchor in made.anchors}


def test_a_figure_has_its_rectangle_and_the_section_the_names_of_its_pages() -> None:
    css = "@page wide { size: 400pt 300pt } section { page: wide; padding-left: 10pt }"
    css += "img { display: block; width: 40pt }"
    body = '<p>x</p><section><img src="red.png" alt="Red"></section>'
    made = typeset(section(body, css)).value
    sect = made.structure[1]
    figure = sect.kids[0]
    assert isinstance(figure, Element)
    assert made.names == ("", "wide")
    assert figure.attributes["Layout"]["BBox"] == (40, 230, 80, 270)


def test_lines_of_a_paragraph_are_one_piece_of_content() -> None:
    (paragraph,) = typeset(section(f"<p>{FOX * 5}</p>")).value.structure
    assert len(paragraph.kids) == 1


def test_what_is_wrong_with_an_element_is_said_at_its_block() -> None:
    blocks = {"b7": Span("content/x.md", 12, 3)}
    body = '<div data-block="b7"><p>x</p><img src="red.png"></div>'
    (found,) = typeset(section(body, blocks=blocks)).diagnostics
    assert (found.rule, found.span) == (Rule.PICTURE_HAS_ALT, Span("content/x.md", 12, 3))
