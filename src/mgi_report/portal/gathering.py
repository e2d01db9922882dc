"""Finds the profiles that a portal is made of, and what of them it would pass over in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from posixpath import join

from mgi_report.content.facts import Facts
from mgi_report.content.files import names_in
from mgi_report.content.loading.facts import read_profile_file
from mgi_report.content.loading.load import read_facts
from mgi_report.content.validate import span_of
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Severity, Span, has_errors
from mgi_report.layout.reading import read_layout
from mgi_report.portal.model import are_of_one_territory
from mgi_report.project import Project

FACTS = "profile.yml"
IN_PREPARATION = "in-preparation"
_MISNAMED = ("profile.yaml", "Profile.yml", "Profile.yaml", "profile.yml.txt")
_TEXTS = (".md", ".yml", ".yaml")


def gathered(
    project: Project, inside: str, *, in_preparation: bool
) -> tuple[Outcome[Mapping[str, Facts]], tuple[str, ...]]:
    """Read profile.yml of each profile in a folder; give those to show by their own folders.

    With them the ids of those that are left out since they are in preparation.
    """
    known: dict[str, Facts] = {}
    found: list[Diagnostic] = []
    passed_over: list[Diagnostic] = []
    for name in names_in(project, inside):
        folder = join(inside, name)
        if FACTS not in names_in(project, folder):
            passed_over += _passed_over(project, inside, folder)
            continue
        read = read_facts(project, folder)
        found += read.diagnostics
        if read.value:
            known[folder] = read.value
    shown = {
        folder: facts
        for folder, facts in known.items()
        if in_preparation or IN_PREPARATION not in facts.status
    }
    left_out = tuple(facts.id for folder, facts in known.items() if folder not in shown)
    if not known:
        is_told = bool(found or passed_over)
        found += [replace(each, severity=Severity.ERROR) for each in passed_over]
        found += [] if is_told else [_none(project, inside)]
        return Outcome(shown, tuple(found)), left_out
    found += passed_over
    found += [] if shown else [_all_left_out(inside)]
    if not has_errors(found):
        for folder, facts in shown.items():
            found += _without_texts(project, folder, facts)
            found += _without_earlier(project, folder, facts, list(known.values()))
        found += _of_one_year(project, shown)
    return Outcome(shown, tuple(found)), left_out


def _passed_over(project: Project, inside: str, folder: str) -> Iterator[Diagnostic]:
    """Find a profile that is none by the name of a file, or lies a folder too deep."""
    for name in names_in(project, folder):
        if name in _MISNAMED:
            message = f'The profile is not in the portal: its facts stand in "{name}".'
            yield _told(Rule.FILE_IS_USED, message, Span(join(folder, name)), f"Rename it: {FACTS}")
        if FACTS in names_in(project, deeper := join(folder, name)):
            message = "The profile is not in the portal: it lies a folder too deep."
            hint = f"Move it into {inside or '.'}, or make a portal of {folder} for itself."
            yield _told(Rule.FILE_IS_USED, message, Span(join(deeper, FACTS)), hint)


def _without_texts(project: Project, folder: str, facts: Facts) -> Iterator[Diagnostic]:
    """Find languages of a profile that it has no text in at all."""
    for index, lang in enumerate(facts.languages):
        place = join(folder, lang)
        if any(name.endswith(_TEXTS) for name in names_in(project, place)):
            continue
        message = f'The profile has no texts in the language "{lang}", so it has no page in it.'
        hint = f'Write them into {place}, or take "{lang}" out of "languages".'
        span = _place(project, folder, "languages", index)
        yield _told(Rule.FILE_EXISTS, message, span, hint, Severity.ERROR)


def _without_earlier(
    project: Project, folder: str, facts: Facts, known: Sequence[Facts]
) -> Iterator[Diagnostic]:
    """Find a year of the profile before that none has, although there are others of its place."""
    others = [each for each in known if _are_one(project, facts, each) and each.id != facts.id]
    years = sorted({each.year for each in others if each.year < facts.year})
    if facts.previous_year and years and facts.previous_year not in years:
        message = (
            f'No profile here is of the year {facts.previous_year}, so none stands beside "'
            f'{facts.id}"; there is one of {", ".join(map(str, years))}.'
        )
        hint = "Write the year of the profile before, as its own profile.yml has it under year."
        span = _place(project, folder, "previous", "year")
        yield _told(Rule.VALUE_IS_VALID, message, span, hint)


def _of_one_year(project: Project, shown: Mapping[str, Facts]) -> Iterator[Diagnostic]:
    """Find profiles of one place and year, of which neither is the earlier."""
    for (folder, one), (other_folder, other) in combinations(shown.items(), 2):
        if one.year == other.year and one.id != other.id and _are_one(project, one, other):
            message = (
                f"Two profiles are of one place and of the year {one.year}, this one and "
                f"{_place(project, folder, 'year')}."
            )
            hint = "Correct the year of one; or say in one that it is in-preparation, under status."
            yield _told(Rule.VALUE_IS_VALID, message, _place(project, other_folder, "year"), hint)


def _are_one(project: Project, one: Facts, other: Facts) -> bool:
    layout = read_layout(project, one.layout).value
    is_country = layout is not None and layout.is_country(one.level)
    return are_of_one_territory(one, other, is_country=is_country)


def _place(project: Project, folder: str, *path: str | int) -> Span:
    """Give where something stands in a profile.yml that was read."""
    read = read_profile_file(project, folder).value
    return span_of(read.root, path) if read else Span(join(folder, FACTS))


def _told(
    rule: Rule, message: str, span: Span, hint: str, severity: Severity = Severity.WARNING
) -> Diagnostic:
    return Diagnostic(rule, message, span, hint, severity)


def _none(project: Project, inside: str) -> Diagnostic:
    """Say that a folder holds no profiles, and what it is instead."""
    message = f'There is no profile in "{inside}".'
    hint = "Give the folder that the folders of the profiles lie in, such as content."
    if FACTS in names_in(project, inside):
        message = f'"{inside}" is a profile; the portal is made of the folder that it lies in.'
        hint = f"Give that one: {inside.rpartition('/')[0] or '.'}"
    return Diagnostic(Rule.FILE_EXISTS, message, Span(inside), hint)


def _all_left_out(inside: str) -> Diagnostic:
    message = f'All profiles in "{inside}" are in preparation.'
    hint = "Show them with --in-preparation, or take in-preparation out of profile.yml."
    return Diagnostic(Rule.VALUE_IS_VALID, message, Span(inside), hint)
