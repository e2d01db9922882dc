"""Holds what sheets say against what is known: all of it is taken in, or nothing."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mgi_report.content.files import read_text
from mgi_report.diagnostics import Diagnostic, Outcome, Rule, Severity, Span, has_errors
from mgi_report.indicators.sheet_reader import Reading, Said
from mgi_report.indicators.survey import Survey, Values, values_of
from mgi_report.indicators.writing import lost_remarks, with_changes
from mgi_report.office.package import Unsound, read_file
from mgi_report.office.workbook import read_workbook
from mgi_report.project import DiskProject
from mgi_report.writing import write_whole


@dataclass(frozen=True, slots=True)
class Taken:
    """What sheets brought."""

    new: int = 0
    """Values that were not known."""
    changed: int = 0
    """Values that were known to be others."""
    gone: int = 0
    """Values that were taken away."""
    answered: int = 0
    """Indicators that have an answer now."""
    asked: int = 0


def take_in(
    project: DiskProject,
    survey: Survey,
    wordings: Sequence[Mapping[str, str]],
    files: Iterable[Path],
    *,
    as_it_stands: bool = False,
) -> Outcome[Taken | None]:
    """Read sheets, and write what they say into indicators.yml.

    `wordings` are the questionnaire's words in all languages that a sheet may be in;
    `as_it_stands` reads sheets, too, that lack what was known when they were made. None where
    something is wrong: nothing is written then. Raises `OSError` where it cannot be.
    """
    reading = Reading(survey, wordings, as_it_stands)
    said: list[Said] = []
    for path in files:
        try:
            _check_name(path)
            said += reading.read(read_workbook(read_file(path)), str(path))
        except Unsound as unsound:
            rule = Rule.RETURNED_FILE_IS_SOUND
            wrong = Diagnostic(rule, unsound.message, Span(str(path)), unsound.hint)
            reading.found.append(wrong)
    changes = _Changes(survey, reading.found)
    changes.take(said)
    if has_errors(reading.found):
        return Outcome(None, tuple(reading.found))
    if changes.made:
        text = read_text(project, survey.path).value or ""
        order = [each.id for each in survey.indicators.asked]
        known = {
            each.id: values_of(each.finding)
            for each in survey.indicators.asked
            if values_of(each.finding)
        }
        written = with_changes(text, survey.path, known, changes.made, order)
        if lost := lost_remarks(text, written):
            return Outcome(None, (*reading.found, *_of_remarks(lost, survey.path)))
        write_whole(project.path(survey.path), _as_before(project, survey.path, written))
    elif not has_errors(reading.found):
        message = "There is nothing in the sheets that is not known already."
        hint = "Look whether they are those that were filled in."
        rule, warning = Rule.RETURNED_FILE_SAYS_SOMETHING, Severity.WARNING
        reading.found.append(Diagnostic(rule, message, Span(survey.path), hint, warning))
    return Outcome(changes.counted(), tuple(reading.found))


def _as_before(project: DiskProject, path: str, text: str) -> bytes:
    """Give a text with the mark at its beginning and the ends of lines that the file has."""
    before = project.read(path) or b""
    ends = b"\r\n" if before.count(b"\r\n") * 2 > before.count(b"\n") else b"\n"
    mark = BOM_UTF8 if before.startswith(BOM_UTF8) else b""
    return mark + text.encode().replace(b"\n", ends)


def _of_remarks(lost: Iterable[tuple[int, str]], path: str) -> Iterator[Diagnostic]:
    """Tell the remarks that stand where a change would be written."""
    for line, remark in lost:
        message = f"What came back changes what this remark stands in: “{remark[:80]}”."
        hint = "Take the remark to a line of its own above the indicator, and import again."
        yield Diagnostic(Rule.RETURNED_FILE_IS_READ, message, Span(path, line, 1), hint)


def _check_name(path: Path) -> None:
    """Refuse a format that is not read, before its content is looked at."""
    if path.suffix.lower() not in (".xlsx", ".xlsm"):  # what has macros is told as such
        raise Unsound(
            f"Files that end in {path.suffix or 'nothing'} are not read.",
            "Open it in the program that it was made with, save it as .xlsx, and import that.",
        )


@dataclass(slots=True)
class _Changes:
    """What is to be written; what cannot be goes to `found`."""

    survey: Survey
    found: list[Diagnostic]
    made: dict[str, dict[str, str]] = field(default_factory=dict)
    """By indicator and field; empty where a value is taken away."""
    _counts: dict[str, int] = field(default_factory=dict)

    def take(self, said: Iterable[Said]) -> None:
        """Take in what cells say, where they agree with each other and with what is known."""
        known = {each.id: values_of(each.finding) for each in self.survey.indicators.asked}
        first: dict[tuple[str, str], Said] = {}
        for each in self._agreeing(said):
            other = first.setdefault((each.indicator, each.field), each)
            if other.value != each.value:
                self._refuse(each, *_two_answers(each, other))
            elif other is each:
                self._take(each, known[each.indicator])

    def _agreeing(self, said: Iterable[Said]) -> Iterator[Said]:
        """Give what was changed, where a file says but one thing of an indicator.

        A second row of it may be one that nobody changed: which of them holds is not known.
        """
        inside: dict[tuple[str, str, str], Said] = {}
        told: set[tuple[str, str]] = set()
        for each in said:
            file = each.span.file
            other = inside.setdefault((file, each.indicator, each.field), each)
            if other.value != each.value:
                if (file, each.indicator) not in told:
                    self._refuse(each, *_two_answers(each, other))
                told.add((file, each.indicator))
            elif not each.is_as_sent:
                yield each

    def _take(self, said: Said, known: Values) -> None:
        now = known.get(said.field, "")
        if said.value == now:
            return
        if now and said.sent is not None and said.sent != now:
            before = said.sent or "nothing"
            message = (
                f"{self.survey.path} says {_short(now)} of the {said.field} of “{said.indicator}”, "
                f"and said {_short(before)} when this sheet was made."
            )
            hint = "Decide which holds: write that into the cell, or take the other out of there."
            self._refuse(said, message, hint)
            return
        kind = "gone" if not said.value else "changed" if now else "new"
        self._counts[kind] = self._counts.get(kind, 0) + 1
        self.made.setdefault(said.indicator, {})[said.field] = said.value

    def _refuse(self, said: Said, message: str, hint: str) -> None:
        message = f"{said.where[:1].upper()}{said.where[1:]}: {message}"
        self.found.append(Diagnostic(Rule.RETURNED_FILE_IS_READ, message, said.span, hint))

    def counted(self) -> Taken:
        """Say how much was taken in."""
        return Taken(
            **self._counts,
            answered=sum(1 for each in self._answered() if each),
            asked=len(self.survey.indicators.asked),
        )

    def _answered(self) -> Iterator[str]:
        for each in self.survey.indicators.asked:
            made = self.made.get(each.id, {})
            yield made.get("answer", str(each.finding.answer or ""))


def _two_answers(said: Said, other: Said) -> tuple[str, str]:
    place = other.where
    if other.span.file != said.span.file:
        place = f"{other.span.file}, {place}"
    message = (
        f"There are two answers: of the {said.field} of “{said.indicator}” this says "
        f"{_short(said.value)}, and {place} says {_short(other.value)}."
    )
    return message, "Find out which holds, and write it into both."


def _short(words: str) -> str:
    if not words:
        return "nothing"
    return f"“{words if len(words) <= 80 else f'{words[:79]}…'}”"
