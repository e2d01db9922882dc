"""Running heads, folios and what else is laid over pages are not printed over their text."""

from __future__ import annotations

import pytest
from tests.pages.html import FOX, section

from mgi_report.diagnostics import Span
from mgi_report.pages.model import Furniture, Leaf
from mgi_report.pages.overlaid import overlaid
from mgi_report.pages.placing import placed
from mgi_report.pages.typesetting import keeping
from mgi_report.pages.typesetting.typeset import typeset

BLOCKS = {"a": Span("content/x.md", 7, 1)}
TEXT = f'<p data-block="a">{FOX}</p>'
TWO_PAGES = f'{TEXT}<p style="break-before: page">{FOX}</p>'


def said(
    body: str, parts: dict[str, str], laid: tuple[tuple[str, ...], ...] | None = None
) -> list[str]:
    """Lay parts, all of them if nothing else is said, over the pages of a section."""
    under = section(body, blocks=BLOCKS)
    pages = "".join(f'<div style="break-after: page">{part}</div>' for part in parts.values())
    over = section(f"<style>@page {{ margin: 0 }}</style>{pages}")
    # What has been kept knows as well where texts stand.
    kept = [keeping.decode(keeping.encode(typeset(each))) for each in (under, over)]
    assert kept[0]
    assert kept[1]
    assert not [*kept[0].diagnostics, *kept[1].diagnostics]
    count = kept[0].value.count
    leaf = Leaf(under, kept[0].value, 5, laid or (tuple(parts),) * count)
    furniture = Furniture(kept[1].value, {name: page for page, name in enumerate(parts)}, over)
    return [
        f"{found.span}: {found.message}"
        for of, each in overlaid([leaf], [furniture])
        for found in placed([each], of, lambda _path: "")
    ]


def at(style: str, words: str = "Head") -> str:
    return f'<p style="position: absolute; {style}">{words}</p>'


@pytest.mark.parametrize(
    "part",
    [
        at("top: 5pt; left: 30pt"),
        at("top: 200pt; left: 30pt"),
        # Beside the text.
        at("top: 31pt; left: 2pt; font-size: 8pt"),
        # What is seen nowhere near it, though its box is large.
        at("top: 0; left: 30pt; height: 300pt"),
        # Turned, in the margin.
        at("top: 40pt; left: 0; transform: rotate(-90deg)", "Headline"),
        # Decoration.
        '<p aria-hidden="true" style="position: absolute; top: 30pt; left: 30pt">Draft</p>',
    ],
)
def test_what_has_room_of_its_own(part: str) -> None:
    assert said(TEXT, {"head": part}) == []


def test_what_is_printed_over_text_is_told_with_the_place_of_the_text() -> None:
    (told,) = said(TEXT, {"head": at("top: 32pt; left: 30pt")})
    assert told == (
        'content/x.md:7:1: "Head", which is laid over pages as "head", is printed over '
        '"The quick brown fox jumps over the lazy dog while" on page 5.'
    )


def test_what_touches_only_tall_letters_is_printed_over_them() -> None:
    title = '<h1 style="font-size: 40pt; line-height: 40pt">Hill</h1>'
    assert said(title, {"head": at("top: 28pt; left: 30pt")}) != []
    assert said(title, {"head": at("top: 24pt; left: 30pt")}) == []


def test_each_kind_is_told_once() -> None:
    parts = {
        "folio:5": at("top: 32pt; left: 30pt", "5"),
        "folio:6": at("top: 32pt; left: 30pt", "6"),
        "head": at("top: 32pt; left: 60pt"),
    }
    folios, heads = said(TWO_PAGES, parts, (("folio:5", "head"), ("folio:6", "head")))
    assert 'as "folio"' in folios
    assert folios.endswith("on page 5. So it is on 1 more page.")
    assert 'as "head"' in heads


def test_a_part_is_held_against_the_pages_that_it_is_laid_over() -> None:
    head = {"head": at("top: 32pt; left: 30pt")}
    assert said(f'<div style="height: 200pt"></div>{TWO_PAGES}', head, (("head",), ())) == []
