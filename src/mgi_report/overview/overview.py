"""Takes stock of a profile: what is written, and what stands between here and its publication."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from posixpath import basename, join

from mgi_report.consult.model import Round, Status
from mgi_report.consult.proposals import read_proposals
from mgi_report.consult.rounds import folder_of, rounds_of
from mgi_report.content.facts import Facts
from mgi_report.content.files import names_in, read_text
from mgi_report.content.indicators import Indicators
from mgi_report.content.loading.load import load, read_facts
from mgi_report.content.loading.questions_left import QUESTION
from mgi_report.content.loading.registration import check_registration
from mgi_report.content.model import Data, Document, Heading, Inline, Profile
from mgi_report.content.resolving.resolve import resolve
from mgi_report.content.walk import data_runs_of, runs_of, text_of
from mgi_report.diagnostics import Outcome, has_errors
from mgi_report.layout.model import Layout, SectionSpec
from mgi_report.layout.reading import read_layout
from mgi_report.overview.model import (
    IndicatorsOverview,
    LanguageOverview,
    Overview,
    SectionOverview,
    State,
    Step,
)
from mgi_report.project import DiskProject, Project, open_project, today

_TO_WRITE = re.compile(r"\[\?+\]")
_TO_FIND = re.compile(r"\[@\?\]")
_FACTS, _SOURCES = "profile.yml", "sources.yml"


def overview(folder: Path) -> Outcome[Overview | None]:
    """Take stock of a profile; the value is None where its profile.yml or layout cannot be read.

    The diagnostics are those that keep it from being read; what else is wrong, `check` tells.
    """
    project, inside = open_project(folder)
    facts = read_facts(project, inside)
    layout = read_layout(project, facts.value.layout) if facts.value else None
    told = (*facts.diagnostics, *(layout.diagnostics if layout else ()))
    if facts.value is None or layout is None or layout.value is None:
        return Outcome(None, told)
    profiles = {
        lang: profile
        for lang in facts.value.languages
        if (profile := load(project, inside, layout.value, lang).value)
    }
    languages = tuple(
        _language(project, layout.value, resolve(profile, layout.value, join=False).value)
        for profile in profiles.values()
    )
    questions = sum(_questions(project, join(inside, name)) for name in (_FACTS, _SOURCES))
    original = next(iter(profiles.values()), None)
    indicators = _indicators(original.indicators) if original and original.indicators else None
    made = Overview(
        facts.value.id,
        tuple(_steps(project, inside, facts.value, languages, questions, indicators)),
        languages,
        questions,
        len(original.sources) if original else 0,
        indicators,
    )
    return Outcome(made, told if has_errors(told) else ())


def _language(project: Project, layout: Layout, profile: Profile) -> LanguageOverview:
    facts = profile.facts
    specs = (*layout.sections_of(facts.level, facts.edition, facts.sections), *layout.portal)
    folder = join(profile.folder, profile.lang)
    own = {*names_in(project, folder)}
    rows, lent = [], []
    is_lent = {(kind, name) for kind, name in profile.lent}
    for spec in specs:
        name = spec.file or spec.data
        if name is None:
            continue
        if ("document", spec.id) in is_lent or ("data", spec.id) in is_lent:
            lent.append(name)
        elif name in own:
            path = join(folder, name)
            document = profile.documents.get(spec.id)
            text = "\n".join(map(text_of, _runs(document, profile.data.get(spec.id))))
            rows.append(_section(project, profile, spec, path, (text, _notes(document))))
    return LanguageOverview(profile.lang, tuple(rows), tuple(dict.fromkeys(lent)))


def _runs(document: Document | None, data: Mapping[str, Data] | None) -> list[tuple[Inline, ...]]:
    if document:
        return [*runs_of(block for block in document.blocks if not isinstance(block, Heading))]
    return [*data_runs_of(data)] if data else []


def _notes(document: Document | None) -> str:
    notes = document.notes.values() if document else ()
    return "\n".join(text_of(run) for note in notes for run in runs_of(note.blocks))


def _section(
    project: Project,
    profile: Profile,
    spec: SectionSpec,
    path: str,
    texts: tuple[str, str],
) -> SectionOverview:
    """Take stock of a section; `texts` are what it says, and what its notes say."""
    text, _ = texts
    to_write, to_find = (len(mark.findall("\n".join(texts))) for mark in (_TO_WRITE, _TO_FIND))
    words = len(_TO_FIND.sub(" ", _TO_WRITE.sub(" ", text)).split())
    questions = _questions(project, path)
    is_done = not (to_write or to_find or questions)
    state = State.TO_COME if not words else State.DONE if is_done else State.UNDER_WAY
    least, most = spec.words or (0, words)
    length = "short" if words < least else "long" if words > most else ""
    return SectionOverview(
        spec.id,
        _title(profile, spec, path),
        path,
        state,
        words,
        spec.words,
        to_write,
        to_find,
        questions,
        length if state is State.DONE else "",
    )


def _title(profile: Profile, spec: SectionSpec, path: str) -> str:
    """Name a section as editors speak of it: a domain by its number and short name."""
    for domain in profile.domains:
        if domain.id == spec.domain:
            return f"{domain.number} {domain.name}"
    return profile.labels.get(spec.label or "", basename(path))


def _questions(project: Project, path: str) -> int:
    return len(QUESTION.findall(read_text(project, path).value or ""))


def _indicators(indicators: Indicators) -> IndicatorsOverview:
    answered = [each for each in indicators.asked if each.finding.answer]
    return IndicatorsOverview(
        len(indicators.asked),
        len(answered),
        tuple(each.id for each in indicators.asked if not each.finding.answer),
        tuple(each.id for each in answered if not each.finding.evidence),
        tuple(each.id for each in answered if not each.finding.sources),
    )


# --- The four steps ---------------------------------------------------------------------------


def _steps(
    project: DiskProject,
    folder: str,
    facts: Facts,
    languages: Iterable[LanguageOverview],
    questions: int,
    indicators: IndicatorsOverview | None,
) -> Iterator[Step]:
    yield _step("launch", _BEGUN, _counted(questions, "question", "in profile.yml and sources.yml"))
    sections = [(each.lang, section) for each in languages for section in each.sections]
    open_ = [section for _, section in sections if section.state is not State.DONE]
    lacking = [*_counted(len(open_), "section", "not finished")]
    for each in languages:
        lacking += _counted(len(each.lent), "file", f'not translated into "{each.lang}"')
    if indicators:
        without = indicators.asked - indicators.answered
        lacking += _counted(without, "indicator", "without an answer")
        lacking += _counted(len(indicators.without_source), "indicator", "without a source")
    has_words = any(section.words and not section.to_write for _, section in sections)
    yield _step("data", has_words or bool(indicators and indicators.answered), lacking)
    rounds = rounds_of(project, folder)
    yield _step("consultation", bool(rounds), _of_rounds(project, folder, rounds))
    numbers = [each.message for each in check_registration(project, folder)]
    date = facts.release.date
    if "in-preparation" in facts.status:
        numbers.append("profile.yml says that it is in preparation.")
    if not date:
        numbers.append("There is no date of publication in profile.yml.")
    elif date > today():
        numbers.append(f"It is to be published on {date}.")
    yield _step("publication", bool(date), numbers)


_BEGUN = True
"""There is a profile.yml."""


def _step(name: str, is_begun: bool, lacking: Iterable[str]) -> Step:  # noqa: FBT001
    lacking = tuple(lacking)
    if is_begun and not lacking:
        return Step(name, State.DONE)
    return Step(name, State.UNDER_WAY if is_begun else State.TO_COME, lacking)


def _of_rounds(project: DiskProject, folder: str, rounds: Iterable[int]) -> Iterator[str]:
    if not rounds:
        yield f"No round is open: mgi-report consult open {folder} --round 1"
    for number in rounds:
        round_ = Round(number, profile="", lang="", opened="", folder=folder_of(folder, number))
        proposals = read_proposals(project, round_).value
        undecided = sum(each.status is Status.OPEN for each in proposals)
        unwritten = sum(each.status in (Status.ACCEPTED, Status.PARTLY) for each in proposals)
        yield from _counted(undecided, "proposal", f"of round {number} to decide about")
        yield from _counted(unwritten, "accepted proposal", f"of round {number} to be written")


def _counted(count: int, noun: str, rest: str) -> Iterator[str]:
    if count:
        yield f"{count} {noun}{'s' if count > 1 else ''} {rest}"
