"""Steps 3 and 4 for a redline: what is heard of its changes, and on which pages they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mgi_report.pages.drafted import Change, Draft, Mark, Passage
from mgi_report.pages.model import Element, Leaf, Pages


def spoken(pages: Pages, passages: Sequence[Passage], words: Mapping[Mark, str]) -> Pages:
    """Give the pages of a redline so that those who do not see it hear what is gone, what is new.

    `words` say it. The template names each stretch by the numbers of its passage, of its
    cell and of itself: `data-block="12-1-3"`.
    """
    said = {
        f"{count}-{column}-{place}": f"[{words[mark]}: {text.strip()}] "
        for count, passage in enumerate(passages, start=1)
        for column, cell in enumerate(passage.cells, start=1)
        for place, (text, mark) in enumerate(cell, start=1)
        if mark in words
    }
    return replace(pages, structure=tuple(_said(each, said) for each in pages.structure))


def _said(element: Element, said: Mapping[str, str]) -> Element:
    kids = tuple(_said(kid, said) if isinstance(kid, Element) else kid for kid in element.kids)
    own = said.get(element.block or "", element.actual_text)
    return replace(element, kids=kids, actual_text=own)


def on_pages(draft: Draft, leaf: Leaf) -> Iterator[Change]:
    """Give the changes with the pages of the redline that they stand on."""
    pages = {each.name: each.page for each in leaf.pages.anchors}
    folios = {
        passage.number: leaf.folio + pages.get(f"passage-{count}", 0)
        for count, passage in enumerate(draft.passages, start=1)
    }
    for change in draft.changes:
        yield replace(change, folio=folios[change.number])
