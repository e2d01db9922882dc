"""Step 2, resolve: a text that differs by level says something at the profile's own."""

from __future__ import annotations

from collections.abc import Iterator

from mgi_report.content.facts import Facts
from mgi_report.content.flags import named
from mgi_report.content.model import Document, Heading, Paragraph
from mgi_report.diagnostics import Diagnostic, Rule, Severity
from mgi_report.layout.model import Layout

_SEVERAL = 2


def check_levels(
    section: str, whole: Document, printed: Document, facts: Facts, layout: Layout
) -> Iterator[Diagnostic]:
    """Tell where nothing of a file is printed, or all levels but the profile's have parts in it."""
    blocks = [block for block in whole.blocks if isinstance(block, Heading | Paragraph)]
    parts = [
        (block, level)
        for block in blocks
        for level in named(block.attributes.get("when", ""))
        if level in layout.levels
    ]
    there = list(dict.fromkeys(level for _, level in parts))
    hint = (
        f"Write what a {facts.level} profile says, with when={facts.level} above it or behind its "
        "heading; for one profile alone, in a copy of the file in its own folder."
    )
    if whole.blocks and not printed.blocks:
        message = f'Of this file nothing is printed, and the section "{section}" stays empty'
        if parts and facts.level not in there:
            message += f": there is no part for the level {facts.level}"
        else:
            hint = (
                "Look at each when= and unless=: what they ask for does not hold in this profile."
            )
        first = whole.blocks[0]
        places = first.places if isinstance(first, Heading | Paragraph) else {}
        span = next((places[word] for word in ("when", "unless") if word in places), first.span)
        yield Diagnostic(Rule.SLOT_IS_FILLED, f"{message}.", span, hint)
    elif len(there) >= _SEVERAL and {*there} == {*layout.levels} - {facts.level}:
        message = (
            f"There are parts here for the levels {', '.join(there)}, but none for {facts.level}."
        )
        span = parts[0][0].places["when"]
        yield Diagnostic(Rule.SLOT_IS_FILLED, message, span, hint, Severity.WARNING)
