"""What the figures of the indicators show, domain by domain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mgi_report.content.facts import Facts
from mgi_report.content.indicators import Answer, Indicator
from mgi_report.content.model import Domain, Profile

OPEN = "open"
"""In the place of an answer where there is none."""
_KINDS = (*Answer, OPEN)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """The answers of one assessment in a domain."""

    year: int
    marks: tuple[str, ...]
    """The answer of each indicator: there, partly, absent or open, in this order."""
    counts: Mapping[str, int]
    """How many have each answer."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What was found in a domain."""

    domain: Domain
    says: str
    """What it shows, in a sentence."""
    rows: tuple[FigureRow, ...]
    """The assessment before, where there was one, and this one."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was found in all domains, in their order."""

    domains: tuple[Figure, ...]
    words: Mapping[str, str]
    """The questionnaire's: words["answers.there"]."""
    kinds: tuple[str, ...]
    """The answers that are there; `open` only where an indicator has none."""
    most: int
    """How many indicators the largest domain has."""


def figures_of(profile: Profile) -> Figures | None:
    """Draw up the figures; None where a profile has nothing of indicators."""
    indicators = profile.indicators
    if indicators is None or not indicators.asked:
        return None
    made = []
    for domain in profile.domains:
        if asked := indicators.of(domain.id):
            rows = tuple(_rows(asked, profile.facts))
            made.append(Figure(domain, _says(rows, indicators.words), rows))
    has_open = any(row.counts[OPEN] for figure in made for row in figure.rows)
    return Figures(
        domains=tuple(made),
        words=indicators.words,
        kinds=tuple(str(kind) for kind in _KINDS if has_open or kind != OPEN),
        most=max((len(figure.rows[-1].marks) for figure in made), default=0),
    )


def _rows(asked: Iterable[Indicator], facts: Facts) -> Iterable[FigureRow]:
    findings = [each.finding for each in asked]
    if facts.previous_year is not None and any(each.earlier for each in findings):
        yield _row(facts.previous_year, [each.earlier for each in findings])
    yield _row(facts.year, [each.answer for each in findings])


def _row(year: int, answers: list[Answer | None]) -> FigureRow:
    names = [answer or OPEN for answer in answers]
    counts = {str(kind): names.count(kind) for kind in _KINDS}
    return FigureRow(year, tuple(kind for kind in counts for _ in range(counts[kind])), counts)


def _says(rows: tuple[FigureRow, ...], words: Mapping[str, str]) -> str:
    *before, now = rows
    values: dict[str, object] = {"all": len(now.marks), **now.counts}
    for row in before:
        values["earlier"] = row.year
        values |= {f"earlier-{kind}": count for kind, count in row.counts.items()}
    text = words["figures.then-and-now" if before else "figures.now"]
    text += f" {words['figures.unanswered']}" if now.counts[OPEN] else ""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text
