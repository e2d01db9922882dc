"""Step 2, resolve: the text speaks of each indicator that has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from mgi_report.content.flags import named
from mgi_report.content.indicators import Indicator
from mgi_report.content.model import (
    Block,
    Citation,
    Document,
    Heading,
    NoteCall,
    Paragraph,
    Profile,
    SourceLink,
)
from mgi_report.content.walk import inlines_of
from mgi_report.diagnostics import Diagnostic, Rule, Severity, nearest
from mgi_report.layout.model import FIRST_LEVEL, SectionSpec

ATTRIBUTE = "indicators"
"""By which a heading or a paragraph names those that it is about."""


def check_changes(profile: Profile, specs: Sequence[SectionSpec]) -> Iterator[Diagnostic]:
    """Find indicators that have changed and that no text speaks of, and names of none.

    A text speaks of an indicator where it names it, or, in what belongs to its domain, cites its
    source. A translation is left to its original.
    """
    if profile.original is not None:
        return
    ids = [each.id for each in profile.indicators.asked] if profile.indicators else []
    named_ids: set[str] = set()
    domains: dict[str, _Domain] = {each.id: _Domain() for each in profile.domains}
    for spec in specs:
        if (document := profile.documents.get(spec.id)) is None:
            continue
        yield from _unknown(document, ids)
        named_ids.update(_names(document.blocks))
        for name, blocks in _by_domain(spec, document):
            if name in domains:
                domains[name].take(document, blocks)
    for each in profile.indicators.changed if profile.indicators else ():
        domain = domains[each.domain]
        is_cited = not domain.cited.isdisjoint(each.finding.sources)
        if domain.files and each.id not in named_ids and not is_cited:
            yield _untold(each, domain, profile.facts.previous_year)


@dataclass(slots=True)
class _Domain:
    """What the texts say that belong to a domain."""

    files: list[str] = field(default_factory=list)
    cited: set[str] = field(default_factory=set)
    """Keys of sources."""

    def take(self, document: Document, blocks: Iterable[Block]) -> None:
        """Read some blocks of a file, with the notes that they call."""
        if document.path not in self.files:
            self.files.append(document.path)
        nodes = [*inlines_of(blocks)]
        labels = {node.label for node in nodes if isinstance(node, NoteCall)}
        for label in labels & document.notes.keys():
            nodes += inlines_of(document.notes[label].blocks)
        self.cited |= {node.key for node in nodes if isinstance(node, Citation | SourceLink)}


def _by_domain(spec: SectionSpec, document: Document) -> Iterator[tuple[str, list[Block]]]:
    """Give what of a file belongs to which domain: all of its chapter, a part of the updates."""
    if spec.domain:
        yield spec.domain, [*document.blocks]
    elif spec.parts == ("domains",):
        domain = ""
        for block in document.blocks:
            if isinstance(block, Heading) and block.level == FIRST_LEVEL:
                domain = block.id or ""
            yield domain, [block]


def _names(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            yield from named(block.attributes.get(ATTRIBUTE, ""))


def _unknown(document: Document, known: Sequence[str]) -> Iterator[Diagnostic]:
    for block in document.blocks:
        for name in _names([block]):
            if name not in known and isinstance(block, Heading | Paragraph):
                hint = nearest(name, known) or (
                    "mgi-report indicators export lists them."
                    if known
                    else "Write what was found into indicators.yml first, or take the name away."
                )
                message = f'There is no indicator "{name}" in this profile.'
                span = block.places.get(ATTRIBUTE, block.span)
                yield Diagnostic(Rule.VALUE_IS_VALID, message, span, hint)


def _untold(indicator: Indicator, domain: _Domain, year: int | None) -> Diagnostic:
    finding = indicator.finding
    since = f"since {year}" if year else "since the assessment before"
    message = (
        f'The answer to "{indicator.id}" has changed {since}, from {finding.earlier} to '
        f"{finding.answer}, and the text of its domain says nothing of it."
    )
    source = f"cite [@{finding.sources[0]}] there, or " if finding.sources else ""
    hint = (
        f"Say it in {' or '.join(reversed(domain.files))}; {source}write above the paragraph that "
        f"says it {{indicators={indicator.id}}}."
    )
    return Diagnostic(Rule.CHANGE_IS_TOLD, message, finding.span, hint, Severity.WARNING)
