"""Steps 3 and 4 for a whole volume: sections are made until the page numbers in them are true."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mgi_report.diagnostics import Diagnostic, Rule
from mgi_report.layout import SectionSpec
from mgi_report.pages.compose import Composer
from mgi_report.pages.model import Furniture, Leaf, Pages, Section
from mgi_report.progress import Tell

MOST_ROUNDS = 4
"""How often sections that print page numbers are made again before the build gives up."""

ONE_LINE = 14.0
"""Points; a heading so near to a page's first line begins the page."""

Made = tuple[Section, Pages]
"""A section, and what typesetting made of it."""


class Press:
    """Steps 3 and 4 for all sections, until the page numbers that they print are true."""

    def __init__(self, composer: Composer, tell: Tell) -> None:
        self._composer = composer
        self._tell = tell
        self._found: dict[str, tuple[Diagnostic, ...]] = {}
        self.typeset: set[str] = set()

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What is wrong with files of the layout, and what the last making of a section found."""
        of_sections = (each for found in self._found.values() for each in found)
        return [*self._composer.found, *of_sections]

    def run(self) -> tuple[list[Leaf], Furniture | None]:
        """Typeset all sections; give them at their places, with what is laid over them.

        Gives no furniture where a section could not be made.
        """
        if not self._composer.has_fonts:
            return [], None
        made = {spec.id: self._make(spec, {}) for spec in self._composer.specs}
        whole = {name: each for name, each in made.items() if each}
        if len(whole) < len(made):
            return [], None
        folios = self._settle(whole)
        leaves = [
            Leaf(
                *whole[spec.id],
                folios[spec.id],
                _furniture_of(
                    spec,
                    whole[spec.id][1],
                    folios[spec.id],
                    self._composer.number(spec),
                ),
            )
            for spec in self._composer.specs
        ]
        return leaves, self._make_furniture(leaves)

    def _settle(self, made: dict[str, Made]) -> dict[str, int]:
        """Make sections that print page numbers again until the numbers are true."""
        specs = self._composer.specs
        folios = _folios(specs, made)
        for _ in range(MOST_ROUNDS):
            again = {spec.id: self._make(spec, folios) for spec in specs if spec.folios}
            made |= {name: each for name, each in again.items() if each}
            before, folios = folios, _folios(specs, made)
            if folios == before:
                return folios
        self._found["folios"] = (
            Diagnostic(
                Rule.PAGES_SETTLE,
                f"The page numbers did not settle in {MOST_ROUNDS} rounds.",
                hint="A section that prints page numbers changes its length with them; shorten "
                "its text, or give it room.",
            ),
        )
        return folios

    def _make(self, spec: SectionSpec, folios: Mapping[str, int]) -> Made | None:
        self._tell("3 compose", spec.id)
        composed = self._composer.compose(spec, folios)
        self._found[spec.id] = composed.diagnostics
        if composed.value is None:
            return None
        return self._typeset(composed.value)

    def _typeset(self, section: Section) -> Made:
        # Imported here: a build with nothing to typeset does not pay for WeasyPrint's start.
        from mgi_report.pages.typeset import typeset

        self._tell("4 typeset", section.id)
        done = typeset(section)
        self._found[section.id] = (*self._found.get(section.id, ()), *done.diagnostics)
        self.typeset.add(section.id)
        return section, done.value

    def _make_furniture(self, leaves: Sequence[Leaf]) -> Furniture | None:
        names = sorted({name for leaf in leaves for page in leaf.furniture for name in page})
        composed = self._composer.furniture(names)
        self._found["furniture"] = composed.diagnostics
        if composed.value is None:
            return None
        made = self._typeset(composed.value)
        self.typeset.discard("furniture")
        return Furniture(made[1], {name: page for page, name in enumerate(names)}, made[0])


def _folios(specs: Iterable[SectionSpec], made: Mapping[str, Made]) -> dict[str, int]:
    """Give each section's first page, from 1."""
    folios, at = {}, 1
    for spec in specs:
        if spec.start == "recto" and at % 2 == 0:
            at += 1
        folios[spec.id] = at
        at += made[spec.id][1].count
    return folios


def _furniture_of(
    spec: SectionSpec, pages: Pages, folio: int, number: int
) -> tuple[tuple[str, ...], ...]:
    """Name what is laid over each page of a section: "folio:12", "tabs:3", "head"."""

    def named(kind: str, page: int) -> str | None:
        if kind.startswith("folio"):
            return f"{kind}:{folio + page}"
        if kind == "continued":
            heading = _running_on(pages, page)
            return f"{kind}:{heading}" if heading else None
        return f"{kind}:{number}" if kind == "tabs" else kind

    return tuple(
        tuple(
            name
            for kind in (spec.furniture_next if page else spec.furniture_first)
            if (name := named(kind, page))
        )
        for page in range(pages.count)
    )


def _running_on(pages: Pages, page: int) -> str | None:
    """Give the heading whose text runs on at the top of a page; None where a heading begins it."""
    before = [each for each in pages.headings if each.page < page and each.level > 1]
    here = [each for each in pages.headings if each.page == page]
    top = max((place.rectangle[3] for place in pages.places if place.page == page), default=0.0)
    if not before or any(each.y >= top - ONE_LINE for each in here):
        return None
    return before[-1].text
