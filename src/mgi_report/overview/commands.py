"""The command `mgi-report status`: a profile's overview, for people or for programs. No logic."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from mgi_report.overview.model import LanguageOverview, Overview, SectionOverview, State
from mgi_report.printing import FORMAT, print_line

_MARKS = {State.DONE: "✓", State.UNDER_WAY: "…", State.TO_COME: "–"}
_STEPS = {
    "launch": "1 Launch",
    "data": "2 Data collection",
    "consultation": "3 Consultation",
    "publication": "4 Publication",
}
_NAMED = 6
"""Indicators that are named; --format json names them all."""
_TITLE = 36
"""Characters of a section's title that are shown."""


@click.command("status")
@click.argument("profile", type=click.Path(path_type=Path))
@FORMAT
def status_command(profile: Path, form: str) -> int:
    """Say what of a profile is written, and what stands between it and publication.

    For each language and section: words against the usual length, words still to come, [?], sources
    still to be found, [@?], and open questions, <!-- ? … -->; what the indicators lack; and where
    the profile stands in the four steps of the process. What is wrong with it, `check` tells.

    \b
    Examples:
        mgi-report status content/mali-2021
        mgi-report status content/mali-2021 --format json
    """
    from mgi_report.overview.overview import overview

    taken = overview(profile)
    for diagnostic in taken.diagnostics:
        print_line(str(diagnostic), err=True)
    if taken.value is None:
        return 1
    if form == "json":
        print_line(json.dumps(asdict(taken.value), ensure_ascii=False, indent=2).encode())
    else:
        for line in _lines(taken.value):
            print_line(line)
    return 0


def _lines(overview: Overview) -> Iterator[str]:
    yield overview.profile
    yield ""
    for step in overview.steps:
        yield f"{_MARKS[step.state]} {_STEPS[step.name]:<20}{step.state}"
        yield from (f"    {each}" for each in step.lacking)
    for language in overview.languages:
        yield ""
        yield from _of_language(language)
    yield ""
    yield f"sources: {overview.sources}"
    if indicators := overview.indicators:
        yield f"indicators: {indicators.answered} of {indicators.asked} answered"
        for what, names in (
            ("not answered", indicators.open),
            ("without evidence", indicators.without_evidence),
            ("without a source", indicators.without_source),
        ):
            if names:
                yield f"  {what}: {_some(names)}"


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"


def _of_language(language: LanguageOverview) -> Iterator[str]:
    head = f"{language.lang:<{_TITLE + 2}}"
    yield f"{head}{'words':>7}{'usual':>12}{'to write':>10}{'sources':>9}{'questions':>11}"
    yield from map(_row, language.sections)
    if language.lent:
        yield f"  in the original's language: {', '.join(language.lent)}"


def _row(section: SectionOverview) -> str:
    usual = f"{section.usual[0]}–{section.usual[1]}" if section.usual else ""
    counts = (section.to_write, section.sources_to_find, section.questions)
    shown = "".join(
        f"{count or '':>{width}}" for count, width in zip(counts, (10, 9, 11), strict=True)
    )
    title = section.title if len(section.title) <= _TITLE else f"{section.title[: _TITLE - 1]}…"
    line = f"{_MARKS[section.state]} {title:<{_TITLE}}{section.words:>7}{usual:>12}{shown}"
    return f"{line}  {section.length}".rstrip()
