"""How the pages of a volume come to stand in a book: sides, blank pages, the cover apart.

A right-hand page has an odd folio. The cover counts as the first page of the volume, though it is
printed on a sheet of its own: so the block begins with a blank page, and every folio stays true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from mgi_report.content.press import PressWish
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span
from mgi_report.layout.model import Layout, PressSpec
from mgi_report.pages.model import Leaf

MILLIMETRE = 72 / 25.4
"""Points."""


@dataclass(frozen=True, slots=True)
class Imposition:
    """Where pages come to stand in a book."""

    spec: PressSpec

    def furniture(self, name: str, folio: int) -> str:
        """Name a part of the furniture as it is on a page: "folio:12" may have another kind."""
        kind, *value = name.split(":", 1)
        return ":".join((self.spec.verso.get(kind, kind) if folio % 2 == 0 else kind, *value))

    def block(self, leaves: Iterable[Leaf]) -> list[Leaf]:
        """Choose what is bound into the block."""
        return [leaf for leaf in leaves if leaf.section.id not in self._cover]

    def front(self, leaves: Iterable[Leaf]) -> Leaf | None:
        """Give the cover's front."""
        return next((leaf for leaf in leaves if leaf.section.id == self.spec.front), None)

    def back(self, leaves: Iterable[Leaf]) -> Leaf | None:
        """Give the cover's back."""
        return next((leaf for leaf in leaves if leaf.section.id == self.spec.back), None)

    @property
    def _cover(self) -> frozenset[str]:
        return frozenset({self.spec.front, self.spec.back} - {""})

    def pages(self, leaves: Iterable[Leaf]) -> int:
        """Count the block's pages, blank ones too."""
        last = max((leaf.folio + leaf.pages.count - 1 for leaf in self.block(leaves)), default=0)
        return -(-last // self.spec.signature) * self.spec.signature

    def spine(self, leaves: Iterable[Leaf]) -> float:
        """Give the width of the spine in millimetres: all leaves, and the cover on both sides."""
        return round(self.pages(leaves) / 2 * self.spec.leaf + 2 * self.spec.board, 2)

    def spine_part(self, leaves: Sequence[Leaf]) -> str:
        """Name the furniture that is the spine, with its width: "spine:2.1"; empty without one."""
        if not self.spec.spine or not self.front(leaves):
            return ""
        return f"{self.spec.spine}:{self.spine(leaves):g}"


def imposition(layout: Layout, wish: PressWish) -> Outcome[Imposition | None]:
    """Put what the printer asks for on top of what the layout says, and see that it can be."""
    spec = layout.press
    if spec is None:
        message = "The layout says nothing of a press."
        hint = 'Add "press" to it; docs/layouts.md says what it holds.'
        span = Span(f"{layout.folder}/layout.yml")
        return Outcome(None, (Diagnostic(Rule.FIELD_IS_PRESENT, message, span, hint),))
    chosen = replace(
        spec,
        bleed=spec.bleed if wish.bleed is None else wish.bleed,
        signature=wish.signature or spec.signature,
        leaf=spec.leaf if wish.leaf is None else wish.leaf,
        board=spec.board if wish.cover is None else wish.cover,
        profile=wish.profile or spec.profile,
        condition="Custom" if wish.profile else spec.condition,
        profile_span=(wish.profile_span if wish.profile else None) or spec.profile_span,
        bleed_span=(wish.bleed_span if wish.bleed is not None else None) or spec.bleed_span,
    )
    return Outcome(Imposition(chosen), tuple(_too_far(chosen)))


def _too_far(spec: PressSpec) -> Iterator[Diagnostic]:
    most = spec.reach - spec.mirror
    if spec.bleed > most:
        message = (
            f"A bleed of {spec.bleed:g} mm cannot be printed: the layout draws {spec.reach:g} mm "
            f"beyond the page, and {spec.mirror:g} mm of that go into the margin at the back."
        )
        hint = f"Write {max(most, 0):g} mm or less, and tell the printer."
        yield Diagnostic(Rule.VALUE_IS_VALID, message, spec.bleed_span, hint)
