"""The vocabulary of the indicators: what an assessment asks, and what it has found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mgi_report.diagnostics import Span


class Answer(StrEnum):
    """Whether a policy is there; in the order in which figures show it."""

    THERE = "there"
    PARTLY = "partly"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class SubCategory:
    """What some indicators of a domain have in common."""

    id: str
    """"right-to-work"."""
    domain: str
    """Id of its domain: "migrants-rights"."""
    name: str
    """"Right to work"."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What an assessment has found about an indicator."""

    answer: Answer | None = None
    """None where it is not known yet."""
    earlier: Answer | None = None
    """The answer of the assessment before, None where there was none."""
    evidence: str = ""
    """What there is, in the words of those who looked."""
    sources: tuple[str, ...] = ()
    """Keys of sources.yml."""
    span: Span = Span("indicators.yml")
    """Where it stands."""

    @property
    def has_changed(self) -> bool:
        """Say whether the answer is another one than that of the assessment before."""
        return None not in (self.answer, self.earlier) and self.answer is not self.earlier


@dataclass(frozen=True, slots=True)
class Indicator:
    """A question of the assessment, with what was found."""

    id: str
    """"health-care"."""
    sub_category: SubCategory
    question: str
    """In one sentence."""
    finding: Finding = Finding()
    """Empty where the profile says nothing about it."""

    @property
    def domain(self) -> str:
        """Give the id of its domain."""
        return self.sub_category.domain


@dataclass(frozen=True, slots=True)
class Indicators:
    """All indicators that are asked at a profile's level, in the questionnaire's order."""

    asked: tuple[Indicator, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    """The questionnaire's words, laid flat: "answers.there", "sheet.columns.id"."""

    def of(self, domain: str) -> tuple[Indicator, ...]:
        """Give those of a domain."""
        return tuple(each for each in self.asked if each.domain == domain)

    def find(self, name: str) -> Indicator | None:
        """Give an indicator by its id."""
        return next((each for each in self.asked if each.id == name), None)

    @property
    def changed(self) -> Iterator[Indicator]:
        """Give those whose answer has changed since the assessment before."""
        return (each for each in self.asked if each.finding.has_changed)
