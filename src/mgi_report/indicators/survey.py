"""What a profile asks and has found, with all that a sheet needs to say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mgi_report.content.facts import Facts
from mgi_report.content.indicators import Finding, Indicators
from mgi_report.content.loading.indicators import findings_path, read_indicators, read_questionnaire
from mgi_report.content.loading.load import load, read_facts
from mgi_report.content.model import Domain, Source
from mgi_report.content.shared import Shelf
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Span, has_errors
from mgi_report.layout.model import Layout
from mgi_report.layout.reading import read_layout
from mgi_report.project import Project

FIELDS = ("answer", "evidence", "source", "earlier")
"""What is said about an indicator, in the order of the sheet and of indicators.yml."""
COLUMNS = ("id", "domain", "sub-category", "question", *FIELDS)

Values = Mapping[str, str]
"""What is said about an indicator, by field; several sources are separated by "; "."""


@dataclass(frozen=True, slots=True)
class Survey:
    """The indicators of a profile, in one language."""

    path: str
    """Where what was found is kept: "content/mali-2021/indicators.yml"."""
    lang: str
    is_turned: bool
    """Whether the language runs from right to left."""
    layout: Layout
    facts: Facts
    domains: Mapping[str, Domain]
    sources: tuple[Source, ...]
    indicators: Indicators

    @property
    def words(self) -> Mapping[str, str]:
        """Give the words of the questionnaire."""
        return self.indicators.words

    @property
    def answers(self) -> Mapping[str, str]:
        """Give what the answers are called."""
        return {name: self.words[f"answers.{name}"] for name in ("there", "partly", "absent")}

    @property
    def has_earlier(self) -> bool:
        """Say whether there was an assessment before."""
        return self.facts.previous_year is not None

    @property
    def columns(self) -> tuple[str, ...]:
        """Give the columns of its sheet."""
        return COLUMNS if self.has_earlier else COLUMNS[:-1]


def values_of(finding: Finding) -> Values:
    """Give what was found by field, without what is not known."""
    said = {
        "answer": finding.answer or "",
        "evidence": " ".join(finding.evidence.split()),
        "source": "; ".join(finding.sources),
        "earlier": finding.earlier or "",
    }
    return {field: str(text) for field, text in said.items() if text}


def read_survey(project: Project, folder: str, lang: str | None = None) -> Outcome[Survey | None]:
    """Read the indicators of a profile in a language, the original if none is given.

    What is wrong with the chapters is left to `check`.
    """
    facts = read_facts(project, folder, lang)
    if facts.value is None or has_errors(facts.diagnostics):
        return Outcome(None, facts.diagnostics)
    layout = read_layout(project, facts.value.layout, facts.value.layout_span)
    if layout.value is None or has_errors(layout.diagnostics):
        return Outcome(None, layout.diagnostics)
    lang = lang or facts.value.languages[0]
    read = load(project, folder, layout.value, lang)
    profile = read.value
    if profile is None:
        return Outcome(None, read.diagnostics)
    if layout.value.indicators is None:
        message = f'The layout "{layout.value.name}" has no indicators.'
        hint = "Say in its layout.yml which file asks for them: indicators: indicators.yml"
        wrong = Diagnostic(Rule.FIELD_IS_PRESENT, message, facts.value.layout_span, hint)
        return Outcome(None, (wrong,))
    path = findings_path(folder, layout.value)
    shelf = Shelf(project, folder, lang, profile.facts.languages[0])
    known = profile.sources if profile.has_sources else None
    names = [each.id for each in profile.domains]
    asked = read_indicators(shelf, layout.value, profile.facts, names, known, always=True)
    found = [*_of_sources(read.diagnostics, folder), *shelf.found]
    if asked is None or has_errors(found):
        return Outcome(None, tuple(found))
    language = profile.languages.get(lang)
    survey = Survey(
        path=path,
        lang=lang,
        is_turned=language is not None and language.direction == "rtl",
        layout=layout.value,
        facts=profile.facts,
        domains={each.id: each for each in profile.domains},
        sources=profile.sources,
        indicators=asked,
    )
    return Outcome(survey, tuple(found))


def wordings_of(project: Project, folder: str, survey: Survey) -> tuple[Mapping[str, str], ...]:
    """Give the questionnaire's words in all languages of the layout and the profile, each once.

    Its questions are among them: "questions.health-care".
    """
    original = survey.facts.languages[0]
    tags = dict.fromkeys((survey.lang, *survey.facts.languages, *survey.layout.languages))
    wordings = [_with_questions(survey.indicators)]
    for tag in tags:
        # What is wrong with another language is told where it is printed.
        shelf = Shelf(project, folder, tag, original)
        asked = read_questionnaire(shelf, survey.layout, survey.facts.level, [*survey.domains])
        if asked and (words := _with_questions(asked)) not in wordings:
            wordings.append(words)
    return tuple(wordings)


def _with_questions(indicators: Indicators) -> Mapping[str, str]:
    questions = {f"questions.{each.id}": each.question for each in indicators.asked}
    return {**indicators.words, **questions}


def _of_sources(diagnostics: tuple[Diagnostic, ...], folder: str) -> Iterator[Diagnostic]:
    """Give what is wrong with sources.yml: keys that it lacks would be refused for no fault."""
    own = Span(f"{folder}/sources.yml" if folder else "sources.yml").file
    return (
        each for each in diagnostics if each.span and each.span.file == own and has_errors([each])
    )
