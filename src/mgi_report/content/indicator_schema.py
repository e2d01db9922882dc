"""What stands in the two files indicators.yml, each description under its field.

The one among the texts of a language asks; the one beside profile.yml answers.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field

from mgi_report.content.completion import AlsoWritten
from mgi_report.content.forms import Name, SourceKey, Words
from mgi_report.content.validate import YamlModel

AnswerName: TypeAlias = Literal["there", "partly", "absent"]
"""Whether the policy is there."""


def _in_a_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


# --- What is asked ----------------------------------------------------------------------------


class AnswerWords(YamlModel):
    """What the answers are called."""

    there: Words
    partly: Words
    absent: Words
    open: Words
    """Of an indicator without an answer."""


class FigureWords(YamlModel):
    """What the figures say; the file itself says what stands for numbers."""

    lead: Words
    """What a square is."""
    squares: Words
    """What the picture of a year is, for those who cannot see it; the year stands before it."""
    ranking: Words
    """That the figures rank nobody."""
    then_and_now: Words
    """What the figure of a domain shows, beside the assessment before."""
    now: Words
    """The same where there was none before."""
    unanswered: Words
    """Said behind it where indicators have no answer yet."""
    year: Words
    """Head of the column of years."""


class ColumnWords(YamlModel):
    """Heads of the sheet's columns."""

    id: Words
    domain: Words
    sub_category: Words
    question: Words
    answer: Words
    evidence: Words
    source: Words
    earlier: Words


class SourceColumnWords(YamlModel):
    """Heads of the columns of the sheet with sources."""

    key: Words
    entry: Words


class SheetWords(YamlModel):
    """What stands in the sheet for data collection."""

    title: Words
    """Its title; {profile} stands for the territory and the year."""
    how: Words
    """Name of the sheet that explains it."""
    steps: Annotated[list[Words], Field(min_length=1)]
    """The explanation, step by step."""
    indicators: Words
    """Name of the sheet with the questions."""
    sources: Words
    """Name of the sheet with sources."""
    columns: ColumnWords
    source_columns: SourceColumnWords
    choose: Words
    """Told where what is typed is none of the list."""


class SubCategoryEntry(YamlModel):
    """What some indicators of a domain have in common."""

    id: Name
    """right-to-work"""
    domain: Name
    """Id of its domain in domains.yml."""
    name: Words
    """Right to work"""


class IndicatorEntry(YamlModel):
    """What an indicator asks."""

    id: Name
    """How answers name it: health-care."""
    sub_category: Name
    """Id of its sub-category."""
    levels: list[Name] = []
    """The levels at which it is asked; without them, all."""
    question: Words
    """The question, in one sentence."""


class QuestionnaireFile(YamlModel):
    """<language>/indicators.yml: what an assessment asks, in order."""

    answers: AnswerWords
    figures: FigureWords
    sheet: SheetWords
    sub_categories: Annotated[list[SubCategoryEntry], Field(min_length=1)]
    indicators: Annotated[list[IndicatorEntry], Field(min_length=1)]


# --- What was found ---------------------------------------------------------------------------


class FindingEntry(YamlModel):
    """What was found about an indicator; what is not known stays out."""

    answer: AnswerName | None = None
    """Whether the policy is there: there, partly or absent."""
    evidence: Words | None = None
    """What there is, since when, and for whom."""
    source: (
        Annotated[
            list[SourceKey],
            Field(min_length=1),
            BeforeValidator(_in_a_list),
            AlsoWritten({"type": "string"}),
        ]
        | None
    ) = None
    """Key of a source in sources.yml, or a list of keys."""
    earlier: AnswerName | None = None
    """The answer of the assessment before."""


class FindingsFile(YamlModel):
    """indicators.yml beside profile.yml: what was found, by the ids of the indicators."""

    indicators: dict[Name, FindingEntry] = {}
    """What was found about each indicator: health-care: {answer: there}."""
