"""Step 6, audit: nothing of the content is lost on its way to the pages.

A template that forgets a part of a chapter makes pages that look right. So each block of the
content is looked for in the structure of the sections.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from mgi_report.diagnostics import Diagnostic, Rule, Span
from mgi_report.pages.model import Element, Leaf

_NAMED = 3
"""How many lines a message names."""


def lost(leaves: Sequence[Leaf]) -> list[Diagnostic]:
    """Say once a file which blocks stand in no section, and which sections say nothing."""
    places: dict[Span, list[Leaf]] = {}
    arrived: set[Span] = set()
    for leaf in leaves:
        shown = set(_blocks(leaf.pages.structure))
        for name, span in leaf.section.blocks.items():
            places.setdefault(span, []).append(leaf)
            if name in shown:
                arrived.add(span)
    missing = sorted(places.keys() - arrived)
    found = []
    for _, run in groupby(missing, key=lambda span: span.file):
        spans = list(run)
        found.append(_not_shown(spans, places[spans[0]]))
    told = {leaf.section.id for span in missing for leaf in places[span] if len(places[span]) == 1}
    return found + [
        _empty(leaf) for leaf in leaves if not leaf.pages.structure and leaf.section.id not in told
    ]


def _blocks(elements: Iterable[object]) -> Iterator[str]:
    for element in elements:
        if isinstance(element, Element):
            if element.block:
                yield element.block
            yield from _blocks(element.kids)


def _not_shown(spans: Sequence[Span], leaves: Sequence[Leaf]) -> Diagnostic:
    lines = list(dict.fromkeys(str(span.line) for span in spans))
    more = " and more" if len(lines) > _NAMED else ""
    message = (
        f"{'A block' if len(spans) == 1 else f'{len(spans)} blocks'} of this file "
        f"{'is' if len(spans) == 1 else 'are'} on no page: "
        f"{'line' if len(lines) == 1 else 'lines'} {', '.join(lines[:_NAMED])}{more}."
    )
    hint = "A template has to print each block, with its `block` where it is a heading."
    if len(leaves) == 1:
        hint = (
            f"{leaves[0].section.template} has to print it: `opening`, and of each of `parts` "
            "`title`, `block` and `opening`."
        )
    return Diagnostic(Rule.CONTENT_IS_SHOWN, message, spans[0], hint)


def _empty(leaf: Leaf) -> Diagnostic:
    message = f'Section "{leaf.section.id}" says nothing.'
    span = Span(leaf.section.template) if leaf.section.template else None
    hint = "Its template prints no text; write it, or take the section out of layout.yml."
    return Diagnostic(Rule.CONTENT_IS_SHOWN, message, span, hint)
