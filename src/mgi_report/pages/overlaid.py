"""What is laid over pages, such as running heads and folios, is not printed over their text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mgi_report.diagnostics import Diagnostic, Rule, Span
from mgi_report.pages.model import Furniture, Leaf, Pages, Rectangle, Section, TextPlace
from mgi_report.remembering import remembered

_TOUCH = 0.5
"""Points; how far texts may reach into each other."""


def overlaid(
    leaves: Iterable[Leaf], furniture: Iterable[Furniture]
) -> Iterator[tuple[Section, Diagnostic]]:
    """Find text that furniture is printed over, once for each kind of furniture.

    Gives the section of the text with it, which `placing` asks for the text's place.
    """
    parts = {
        part: _by_page(laid.pages)[page] if page < laid.pages.count else ()
        for laid in furniture
        for part, page in laid.parts.items()
    }
    found: dict[str, list[tuple[Leaf, TextPlace, TextPlace]]] = {}
    for leaf in leaves:
        for below, names in zip(_by_page(leaf.pages), leaf.furniture, strict=False):
            for name in names:
                if met := _met(parts[name], below):
                    found.setdefault(name.partition(":")[0], []).append((leaf, *met))
    for kind, cases in found.items():
        yield cases[0][0].section, _told(kind, cases)


@remembered(128)
def _by_page(pages: Pages) -> tuple[tuple[TextPlace, ...], ...]:
    texts: list[list[TextPlace]] = [[] for _ in range(pages.count)]
    for text in pages.texts:
        texts[text.page].append(text)
    return tuple(map(tuple, texts))


@remembered(1024)  # most pages of a volume are those of the volume before it
def _met(
    laid: tuple[TextPlace, ...], below: tuple[TextPlace, ...]
) -> tuple[TextPlace, TextPlace] | None:
    """Give a text and the one that it stands on, of several the one with the most words."""
    met = [
        (over, under) for over in laid for under in below if _meet(over.rectangle, under.rectangle)
    ]
    # A figure alone is found in the content at many places.
    return max(met, key=lambda pair: len(pair[1].text), default=None)


def _meet(one: Rectangle, other: Rectangle) -> bool:
    return all(
        min(one[side + 2], other[side + 2]) - max(one[side], other[side]) >= _TOUCH
        for side in (0, 1)
    )


def _told(kind: str, cases: Sequence[tuple[Leaf, TextPlace, TextPlace]]) -> Diagnostic:
    leaf, over, under = cases[0]
    message = (
        f'"{over.text}", which is laid over pages as "{kind}", is printed over "{under.text}" '
        f"on page {leaf.folio + under.page}."
    )
    if more := len(cases) - 1:
        message += f" So it is on {more} more page{'s' if more > 1 else ''}."
    hint = f"Look for the place of .{kind} in furniture.css, and for the margins in page.css."
    return Diagnostic(
        Rule.TEXT_CAN_BE_READ, message, Span(under.origin), hint, cause=f"overlaid {kind}"
    )
