"""Step 6, audit: catalogues can show the cover."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from mgi_report.content.facts import Facts
from mgi_report.diagnostics import Diagnostic, Rule, Severity
from mgi_report.pages.model import Leaf


def cover_flaws(
    leaves: Sequence[Leaf], front: str, facts: Facts, told: Collection[str]
) -> Iterator[Diagnostic]:
    """Say what keeps catalogues from showing the cover of a volume.

    `front` is the section that the layout has for it, empty where any may come first; `told` are
    messages that need not be said again.
    """
    first = leaves[0]
    if front and first.section.id != front:
        yield Diagnostic(
            Rule.COVER_IS_THERE,
            f'In the language "{first.section.lang}" the volume begins with the section '
            f'"{first.section.id}", not with its cover.',
            facts.layout_span or facts.span,
            f'Catalogues show the first page. Let the section "{front}" of the layout come first.',
        )
        return
    photograph = facts.cover.photograph
    for each in first.pages.coarse:  # a press asks for a little more than the largest picture has
        if each.message not in told:
            yield Diagnostic(
                Rule.COVER_IS_SHARP,
                each.message,
                photograph.span if photograph else facts.span,
                f"Catalogues show the cover 1840 pixels wide. {each.hint}",
                Severity.WARNING,
            )
