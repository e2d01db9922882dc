"""Step 1, load: what the fields of sources say against each other, and against the profile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mgi_report.content.model import Source
from mgi_report.content.validate import span_of
from mgi_report.content.walk import text_of
from mgi_report.content.yaml import YamlMap
from mgi_report.diagnostics import Diagnostic, Rule, Severity, Span

_LATER = 2
"""Years after that of the profile in which a source may still appear, or be read anew."""


def doubts_of(source: Source, node: YamlMap, year: int | None) -> Iterator[Diagnostic]:
    """Find what cannot be true of a source; `node` is its entry, `year` the profile's."""
    if source.address and not source.online:
        message = 'This source is said to be "not-online", and has an address.'
        hint = "The address is printed: take medium away, or URL."
        yield _doubt(message, span_of(node, ("medium",)), hint)
    if source.accessed and not source.address:
        message = 'There is no "URL" at which the source was read on this day; it is not printed.'
        yield _doubt(message, span_of(node, ("accessed",)), "Write the URL, or take this away.")
    accessed = int(source.accessed[:4]) if source.accessed else None
    for key, then in (("issued", source.year), ("accessed", accessed)):
        if year and then and then > year + _LATER:
            message = f"The year {then} lies far behind {year}, the year of the profile."
            yield _doubt(message, span_of(node, (key,)), "Look for a typing error.")


def find_twins(sources: Iterable[Source]) -> Iterator[Diagnostic]:
    """Find sources that would be printed alike."""
    seen: dict[object, Source] = {}
    for source in sources:
        words = (source.author, text_of(source.title), source.number, source.edition, source.note)
        key = (source.year, *(each.casefold() for each in words))
        first = seen.setdefault(key, source)
        if first is not source:
            message = (
                f'The sources "{first.key}" and "{source.key}" have the same author, year and '
                f"title ({first.span})."
            )
            hint = "Cite one of them and take the other out, or tell them apart by a note."
            yield _doubt(message, source.span, hint)


def _doubt(message: str, span: Span, hint: str) -> Diagnostic:
    return Diagnostic(Rule.VALUE_IS_VALID, message, span, hint, Severity.WARNING)
