"""Steps 3 and 4 for a whole volume: sections are made until the page numbers in them are true."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from mgi_report.diagnostics import Diagnostic, Rule
from mgi_report.layout.model import SectionSpec
from mgi_report.pages.composing.compositions import Composed, Compositions
from mgi_report.pages.imposing import Imposition
from mgi_report.pages.model import Furniture, Leaf, Pages, Section
from mgi_report.pages.overlaid import overlaid
from mgi_report.pages.placing import numbered
from mgi_report.pages.typesetting.typesetter import Typesetter
from mgi_report.progress import Tell

if TYPE_CHECKING:
    from mgi_report.pages.drafting.margins import Margins

MOST_ROUNDS = 4
"""How often sections that print page numbers are made again before the build gives up."""

ONE_LINE = 14.0
"""Points; a heading so near to a page's first line begins the page."""

FOLIOS_TOGETHER = 16
"""Folios that are typeset in one go."""

_OF_DOMAIN = ("tabs", "corner")
"""Begin the names of furniture that is given the number of a domain."""

FURNITURE = "furniture:"
"""Begins the ids of sections whose pages are laid over others."""


class Press:
    """Steps 3 and 4 for all sections, until the page numbers that they print are true."""

    def __init__(
        self,
        compositions: Compositions,
        typesetter: Typesetter,
        tell: Tell,
        meanwhile: Callable[[], object],
        margins: Margins | None = None,
        imposition: Imposition | None = None,
    ) -> None:
        """Take what composes and typesets; `meanwhile` is done once while workers are at work."""
        self._compositions = compositions
        self._typesetter = typesetter
        self._tell = tell
        self._meanwhile = meanwhile
        self._margins = margins
        self._imposition = imposition
        self._found: dict[str, tuple[Diagnostic, ...]] = {}
        self._overlaid: list[Diagnostic] = []
        self._pages: dict[str, Pages] = {}
        self.composed: dict[str, Composed] = {}
        """What was composed last for each section, the furniture's parts too."""
        self.typeset: set[str] = set()
        """Ids of what was typeset and not found."""

    @property
    def diagnostics(self) -> list[Diagnostic]:
        """What is wrong with files of the layout, and what the last making of a section found."""
        folios = self._folios() if self.composed else {}
        of_sections = (each for name in self.composed for each in self._of(name, folios))
        return [
            *self._compositions.found,
            *of_sections,
            *self._found.get("folios", ()),
            *self._overlaid,
            *(self._margins.found if self._margins else ()),
        ]

    @property
    def has_new_furniture(self) -> bool:
        """Whether something that is laid over pages was typeset and not found."""
        used = self.typeset & self.composed.keys()  # what was made ahead may not be
        return any(name.startswith(FURNITURE) for name in used)

    def _of(self, name: str, folios: Mapping[str, int]) -> tuple[Diagnostic, ...]:
        told = self._found.get(name, ())
        section, pages = self.composed[name].section, self._pages.get(name)
        if self._imposition and section and pages:  # a press asks more of pictures than a screen
            told = tuple(each for each in told if not _is_soft(each))
            told += self._typesetter.placed(pages.coarse, section)
        found = numbered(told, folios.get(name, 1))
        return (*self.composed[name].diagnostics, *found)

    def run(self) -> tuple[list[Leaf], tuple[Furniture, ...] | None]:
        """Typeset all sections; give them at their places, with what is laid over them.

        Gives no furniture where a section could not be made.
        """
        if not self._compositions.has_fonts:
            return [], None
        specs = self._compositions.specs
        self.composed = dict.fromkeys((spec.id for spec in specs), Composed(None))
        self._typeset(self._compose_plain(spec for spec in specs if not spec.folios))
        self._settle()
        if any(spec.id not in self._pages for spec in specs):
            return [], None
        folios = self._folios()
        leaves = [self._leaf(spec, folios) for spec in specs]
        if self._margins:
            self._tell("4 typeset", "margins")
            marked = self._margins.mark(leaves)
            if marked is None:
                return leaves, None
            leaves = marked
        laid = _laid_over(leaves)
        if self._imposition and (spine := self._imposition.spine_part(leaves)):
            laid.add(spine)
        furniture = self._furniture(_groups(laid))
        # Text that is moved onto other text may well have come under the furniture too.
        as_meant = [leaf for leaf in leaves if not self._has_moved_text(leaf)]
        for section, found in overlaid(as_meant, furniture or ()):
            self._overlaid += self._typesetter.placed([found], section)
        return leaves, furniture

    def _longest_first(self, specs: Iterable[SectionSpec]) -> list[SectionSpec]:
        """Sort sections so that no worker begins a long one when the others are at their end."""
        return sorted(specs, key=self._compositions.weight, reverse=True)

    def _has_moved_text(self, leaf: Leaf) -> bool:
        found = self._found.get(leaf.section.id, ())
        return any(each.rule is Rule.TEXT_CAN_BE_READ for each in found)

    def _leaf(self, spec: SectionSpec, folios: Mapping[str, int]) -> Leaf:
        pages, folio = self._pages[spec.id], folios[spec.id]
        number = self._compositions.number(spec)
        section = self.composed[spec.id].section
        assert section is not None
        return Leaf(section, pages, folio, self._furniture_on(spec, pages, folio, number))

    def _furniture_on(
        self, spec: SectionSpec, pages: Pages, folio: int, number: int
    ) -> tuple[tuple[str, ...], ...]:
        """Name what is laid over each page of a section; in a book, left-hand pages differ."""
        named = _furniture_of(spec, pages, folio, number)
        if not self._imposition:
            return named
        turn = self._imposition.furniture
        return tuple(
            tuple(turn(name, folio + page) for name in names) for page, names in enumerate(named)
        )

    def _folios(self) -> dict[str, int]:
        """Give each section's first page, from 1; what has no pages yet has as many as expected."""
        folios, at = {}, 1
        for spec in self._compositions.specs:
            if spec.start == "recto" and at % 2 == 0:
                at += 1
            folios[spec.id] = at
            at += self._pages[spec.id].count if spec.id in self._pages else spec.pages
        return folios

    def _settle(self) -> None:
        """Make the sections that print page numbers, again until the numbers are true.

        It begins from what is known without them, never from the last build: so the same content
        settles in the same way, whatever is kept.
        """
        specs = self._longest_first(spec for spec in self._compositions.specs if spec.folios)
        folios = self._folios()
        for _ in range(MOST_ROUNDS):
            self._typeset(
                chain(
                    (self._compose(spec, folios) for spec in specs),
                    # What will be laid over pages, as far as is known: for workers that are idle.
                    self._compose_furniture(self._parts(folios)),
                )
            )
            before, folios = folios, self._folios()
            if folios == before:
                return
        self._found["folios"] = (
            Diagnostic(
                Rule.PAGES_SETTLE,
                f"The page numbers did not settle in {MOST_ROUNDS} rounds.",
                hint="A section that prints page numbers changes its length with them; shorten "
                "its text, or give it room.",
            ),
        )

    def _compose_plain(self, specs: Iterable[SectionSpec]) -> Iterator[Section | None]:
        for spec in self._longest_first(specs):
            yield self._compose(spec, {})
        self._meanwhile()

    def _compose(self, spec: SectionSpec, folios: Mapping[str, int]) -> Section | None:
        self._tell("3 compose", spec.id)
        composed = self.composed[spec.id] = self._compositions.compose(spec, folios)
        return composed.section

    def _typeset(self, sections: Iterable[Section | None]) -> None:
        waiting = (section for section in sections if section is not None)
        for section, typeset, is_new in self._typesetter.typeset(waiting):
            self._tell("4 typeset", section.id)
            self._found[section.id] = typeset.diagnostics
            self._pages[section.id] = typeset.value
            if is_new:
                self.typeset.add(section.id)

    def _parts(self, folios: Mapping[str, int]) -> dict[str, list[str]]:
        """Name the parts of the furniture that the pages have, by group."""
        names: set[str] = set()
        for spec in self._compositions.specs:
            pages = self._pages.get(spec.id, Pages(b"", spec.pages, ()))
            number = self._compositions.number(spec)
            names.update(chain(*self._furniture_on(spec, pages, folios[spec.id], number)))
        return _groups(names)

    def _furniture(self, groups: Mapping[str, Sequence[str]]) -> tuple[Furniture, ...] | None:
        """Make what is laid over pages, in groups that change as seldom as can be."""
        # Those that were made ahead and are not used say nothing.
        self.composed = {
            name: composed
            for name, composed in self.composed.items()
            if name in groups or not name.startswith(FURNITURE)
        }
        self._typeset(self._compose_furniture(groups))
        if any(group not in self._pages for group in groups):
            return None
        return tuple(
            Furniture(
                self._pages[group],
                {name: page for page, name in enumerate(parts)},
                section,
            )
            for group, parts in groups.items()
            if (section := self.composed[group].section)
        )

    def _compose_furniture(self, groups: Mapping[str, Sequence[str]]) -> Iterator[Section | None]:
        for group, parts in sorted(groups.items(), key=lambda each: len(each[1]), reverse=True):
            composed = self.composed[group] = self._compositions.furniture(group, parts)
            yield composed.section


def _is_soft(found: Diagnostic) -> bool:
    return found.rule is Rule.PICTURE_IS_SHARP


def _laid_over(leaves: Iterable[Leaf]) -> set[str]:
    return {name for leaf in leaves for page in leaf.furniture for name in page}


def _groups(names: Iterable[str]) -> dict[str, list[str]]:
    """Group the parts of the furniture.

    Folios come in runs that are always whole, so that a page more changes none; a heading that
    runs on comes alone; the rest belongs to the layout.
    """
    groups: dict[str, list[str]] = {}
    for name in sorted(names):
        kind, _, value = name.partition(":")
        if kind.startswith("folio"):
            first = (int(value) - 1) // FOLIOS_TOGETHER * FOLIOS_TOGETHER + 1
            run = range(first, first + FOLIOS_TOGETHER)
            groups[f"{FURNITURE}{kind}s-{first}"] = [f"{kind}:{number}" for number in run]
        elif kind in ("head", "head-left", "banner") or kind.startswith(_OF_DOMAIN):
            groups.setdefault(f"{FURNITURE}laid", []).append(name)
        else:
            groups[f"{FURNITURE}{name}"] = [name]
    return dict(sorted(groups.items()))


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
        return f"{kind}:{number}" if kind.startswith(_OF_DOMAIN) else kind

    return tuple(
        tuple(
            name
            for kind in (spec.furniture_next if page else spec.furniture_first)
            if (name := named(kind, page))
        )
        for page in range(pages.count)
    )


def _running_on(pages: Pages, page: int) -> str | None:
    """Give the heading whose text runs on at the top of a page; None where a heading begins it.

    Of a heading with a colon, what stands before it says enough; French has a space there.
    """
    before = [each for each in pages.headings if each.page < page and each.level > 1]
    here = [each for each in pages.headings if each.page == page]
    top = max((place.rectangle[3] for place in pages.places if place.page == page), default=0.0)
    if not before or any(each.y >= top - ONE_LINE for each in here):
        return None
    return before[-1].text.partition(":")[0].rstrip()
